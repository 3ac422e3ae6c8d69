"""Mechanisms in a row: a contract, then the rule that acts on the game it makes; and the names of such compositions.

``A+B``: A first changes the game, B then acts on what A has made of it (``M-01:EQ+M-21:uniform``: the damage is shared equally wherever
it falls, then the site is drawn). ``M-24(B)``: everybody is asked to sign before the site is known; B decides once all have signed.
What residents get is counted in the game before A, so that whoever pays stays visible.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from importlib import import_module
from typing import Any

import numpy as np

from ..errors import InputError, NotApplicable
from ..exact import Array, frozen
from ..message import Message, say
from ..outcome_game import OutcomeGame
from .mechanism import Claim, Form, Knowledge, Mechanism, Outcome

LONGEST = 200  # characters of a name
WAYS = ("transform", "outcome", "form", "advise")
_KEPT = ("budget-balanced", "no-deficit", "budget-balanced-in-expectation")
_OVER: dict[str, str] = {"M-24": "binding_petition:BindingPetition"}  # rules that stand over another, as in M-24(M-21:uniform)


@dataclass(frozen=True, eq=False)
class Contract:
    """What a rule settles before the site is known: the ``lottery`` over alternatives, and ``transfers[i, x]``, the money that each
    resident of row i receives if alternative x comes out.
    """

    lottery: Array
    transfers: Array

    @property
    def outcome(self) -> Outcome:
        """The lottery with the transfers that are expected."""
        return Outcome(self.lottery, self.transfers @ self.lottery)


def contract_of(rule: Any, game: OutcomeGame) -> Contract:
    """What ``rule`` settles on ``game``. A contract for every site is taken at the site with the largest surplus.

    Raises :class:`NotApplicable` for a rule that only gives advice, or a game to be played, or other alternatives to choose from.
    """
    reason = refuses_contract(rule, game)
    if reason is not None:
        raise NotApplicable(reason)
    if hasattr(rule, "contract"):
        return rule.contract(game)
    kind: Any = object if game.exact else np.float64
    if hasattr(rule, "outcome"):
        decided = rule.outcome(game)
        paid = np.repeat(decided.transfers.astype(kind)[:, None], len(game.alternatives), axis=1)
        return Contract(frozen(decided.lottery.astype(kind)), frozen(paid))
    after = rule.transform(game)
    lottery = game.certain(after.best)
    return Contract(frozen(lottery), money_of(rule, game, after))


def refuses_contract(rule: Any, game: OutcomeGame) -> Message | None:
    """Why ``rule`` settles nothing on ``game`` before the site is known, or None."""
    if not hasattr(rule, "outcome") and not hasattr(rule, "transform"):
        return say("{rule} decides nothing by itself: it has to be played", rule=rule.id)
    reason = rule.refuses(game)
    if reason is not None or hasattr(rule, "outcome"):
        return reason
    return refuses_money(rule, game, rule.transform(game))


def money_of(first: Any, game: OutcomeGame, after: OutcomeGame) -> Array:
    """The money that each row of residents receives under every alternative when ``first`` has made ``after`` of ``game``."""
    if hasattr(first, "transfers"):
        return first.transfers(game)
    return frozen(after.utilities - game.utilities)


def refuses_money(first: Any, game: OutcomeGame, after: Any) -> Message | None:
    """Why ``first`` does more than move money, so that what follows cannot be told as an outcome of ``game``; None if it only does that."""
    if not isinstance(after, OutcomeGame) or after.alternatives != game.alternatives:
        return say("{rule} changes what can be chosen: solve the game that it makes", rule=first.id)
    if after.stream is not None or game.stream is not None:
        return say("needs every resident's gains in memory")
    moved = abs(after.utilities - game.utilities - money_of(first, game, after))
    if moved.max() > game.slack:
        return say("{rule} changes more than who pays: solve the game that it makes", rule=first.id)
    return None


@dataclass(frozen=True)
class Then:
    """``first``, a contract or a change of rights, then ``second`` on the game that it makes.

    It acts in the ways in which ``second`` does (``transform``, ``outcome``, ``form``, ``advise``). Outcomes are told in the game before
    ``first``: their transfers hold the money that ``first`` moves too.
    """

    first: Mechanism
    second: Mechanism

    @property
    def id(self) -> str:
        """Both identifiers, joined by a plus sign."""
        return f"{self.first.id}+{self.second.id}"

    @property
    def title(self) -> Message:
        """What both are called."""
        return say("{first}; then: {second}", first=self.first.title, second=self.second.title)

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """What either needs."""
        needed = dict.fromkeys((*self.first.requires, *self.second.requires))
        return tuple(k for k in needed if k is not Knowledge.NONE) or (Knowledge.NONE,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The budget balances where it does under both; nothing else carries over."""
        both = [{c.property for c in rule.claims if c.holds} for rule in (self.first, self.second)]
        if "budget-balanced" in both[0]:  # whoever balances in every state has no deficit, and balances in expectation
            both[0].update(_KEPT)
        if "budget-balanced" in both[1]:
            both[1].update(_KEPT)
        return tuple(Claim(name, True, "both parts do") for name in _KEPT if name in both[0] & both[1])

    def refuses(self, game: Any) -> Message | None:
        """Why either does not act: ``first`` on the game, or ``second`` on what ``first`` makes of it."""
        if not hasattr(self.first, "transform"):
            return say("{first} leaves no game for {second} to act on", first=self.first.id, second=self.second.id)
        reason = self.first.refuses(game)
        if reason is not None:
            return reason
        after = self._after(game)
        reason = self.second.refuses(after)
        return reason if reason is not None or hasattr(self.second, "transform") else refuses_money(self.first, game, after)

    def contract(self, game: OutcomeGame) -> Contract:
        """What both settle before the site is known."""
        after = self._after(game)
        reason = refuses_money(self.first, game, after)
        if reason is not None:
            raise NotApplicable(reason)
        settled = contract_of(self.second, after)
        return Contract(settled.lottery, frozen(money_of(self.first, game, after) + settled.transfers))

    def transfers(self, game: OutcomeGame) -> Array:
        """The money that moves under every alternative where both are contracts, shape of the utilities."""
        after: OutcomeGame = self._after(game)
        last: OutcomeGame = self.second.transform(after)  # type: ignore[attr-defined]
        return money_of(self.first, game, after) + money_of(self.second, after, last)

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        if name in WAYS and hasattr(self.second, name):
            return {"transform": self._transform, "outcome": self._outcome, "form": self._form, "advise": self._advise}[name]
        raise AttributeError(name)

    def _after(self, game: Any) -> Any:
        return self.first.transform(game)  # type: ignore[attr-defined]

    def _transform(self, game: Any) -> Any:
        return self.second.transform(self._after(game))  # type: ignore[attr-defined]

    def _advise(self, game: Any) -> Any:
        return self.second.advise(self._after(game))  # type: ignore[attr-defined]

    def _outcome(self, game: OutcomeGame) -> Outcome:
        return self._told(game, self.second.outcome(self._after(game)))  # type: ignore[attr-defined]

    def _form(self, game: OutcomeGame) -> Form:
        inner: Form = self.second.form(self._after(game))  # type: ignore[attr-defined]
        return Form(inner.game, inner.concept, lambda play: self._told(game, inner.outcome(play)))

    def _told(self, game: OutcomeGame, decided: Outcome) -> Outcome:
        """An outcome of the game after ``first`` as one of ``game``."""
        kind: Any = object if game.exact else np.float64
        lottery = decided.lottery.astype(kind)
        money = money_of(self.first, game, self._after(game))
        return Outcome(lottery, decided.transfers.astype(kind) + money @ lottery)


def mechanism_named(text: str) -> Mechanism:
    """The mechanism that ``text`` names: an id of the registry, ``A+B``, ``M-24(A)``, and what can be made of these.

    Raises :class:`InputError` for a name that is not known, or brackets that do not fit.
    """
    if len(text) > LONGEST:
        raise InputError("the name of a mechanism has at most {limit} characters", limit=LONGEST)
    return reduce(Then, map(_term, _parts(text)))


def _parts(text: str) -> list[str]:
    """``text`` cut at the plus signs that stand in no bracket."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "+" and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
        if depth < 0:
            break
    if depth:
        raise InputError("the brackets in {text!r} do not fit", text=text)
    return [part.strip() for part in parts]


def _term(text: str) -> Mechanism:
    if not text.endswith(")"):
        return _known(text)
    name, inner = text[:-1].split("(", 1)
    if name not in _OVER:
        raise InputError("{name!r} does not stand over another mechanism; one of {known} does", name=name, known=list(_OVER))
    module, kind = _OVER[name].split(":")
    return getattr(import_module(f".{module}", __package__), kind)(rule=mechanism_named(inner))


def _known(name: str) -> Mechanism:
    from .registry import LISTED, MECHANISMS

    if name not in LISTED:
        raise InputError("mechanism {name!r} is not known; one of {known}", name=name, known=list(MECHANISMS))
    return MECHANISMS[name]


__all__ = ["Contract", "Then", "contract_of", "mechanism_named", "money_of", "refuses_contract", "refuses_money"]
