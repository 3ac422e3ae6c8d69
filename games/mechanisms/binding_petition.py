"""M-24, the binding petition: whoever signs is bound by a declared rule before the site is known (P1.15).

Stage 1: everybody signs or waits; the petition stands if all have signed. Stage 2: ``rule`` decides (a lottery over sites, a
contract, an auction); a host who then refuses forfeits its ``bond`` to the others in equal shares, and nothing is built. Without a
``bond`` nobody can refuse. What is known of the site in advance may be told as a ``prior``: then some know that it will be theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, ClassVar

import numpy as np

from ..errors import EncompassError, InputError, NotApplicable
from ..exact import Array, Number, frozen, zeros
from ..message import Message, say
from ..normal_form import NormalForm, Profile, check_size
from ..outcome_game import OutcomeGame
from ..parameters import amount
from .composition import Contract, contract_of, refuses_contract
from .lottery import SiteLottery
from .mechanism import ONLY_OUTCOMES, Claim, Form, Knowledge, Mechanism, Outcome, accept

LARGEST = 60_000  # profiles of the signing game
_INHERITED = ("budget-balanced", "no-deficit", "budget-balanced-in-expectation")


@dataclass(frozen=True)
class BindingPetition:
    """M-24 over ``rule``, with the ``bond`` that a refusing host forfeits (None: refusing is impossible), and a ``prior`` over sites, in
    the order of the game's sites, where the rule leaves the site open (None: as the rule draws it).
    """

    played: ClassVar[str] = "binding-lottery"

    rule: Mechanism = field(default_factory=lambda: SiteLottery("uniform"))
    bond: Number | None = None
    prior: tuple[Number, ...] | None = None

    def __post_init__(self) -> None:
        if self.bond is not None:
            object.__setattr__(self, "bond", amount(self.bond, "bond", least=0))
        if self.prior is not None:
            chances = tuple(amount(p, "prior", least=0) for p in self.prior)
            total = sum(chances)
            if abs(total - 1) > (0 if isinstance(total, Fraction) else 1e-9):
                raise InputError("prior={value} must be probabilities that sum to one", value=chances)
            object.__setattr__(self, "prior", chances)

    @property
    def id(self) -> str:
        """The identifier, with that of the rule in brackets."""
        return f"M-24({self.rule.id})"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("sign first, site later: {rule}", rule=self.rule.title)

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Binding signatures, beside what the rule needs."""
        return tuple(dict.fromkeys((*self.rule.requires, Knowledge.COMMITMENT)))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-24; the budget as under the rule."""
        kept = {c.property for c in self.rule.claims if c.holds}
        uniform = self.rule.id == "M-21:uniform"
        return (
            Claim("ex-ante-individually-rational", True, "ATLAS P1.15: nobody is bound without a signature"),
            *(Claim(name, True, "as under the rule") for name in _INHERITED if name in kept),
            *((Claim("strategy-proof", True, "a signature counts only for or against"),) if uniform and self.bond is None else ()),
            *((Claim("individually-rational", False, "ATLAS M-21: the drawn host loses"),) if uniform else ()),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts where the rule does; a prior needs a rule that leaves the site open."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if not game.consented:
            return say("nobody can refuse to host under {regime}, so signatures bind nobody", regime=game.rights.id)
        if self.bond is not None and any((game.counts[list(game.consent_set(x))] != 1).any() for x in game.sites):
            return say("needs every resident in a row of its own")
        if self.prior is not None:
            if len(self.prior) != len(game.sites):
                return say("the prior has {given} probabilities for {sites} sites", given=len(self.prior), sites=len(game.sites))
            if hasattr(self.rule, "outcome") and not hasattr(self.rule, "contract") and not isinstance(self.rule, SiteLottery):
                return say("{rule} settles the site by reports, so nothing is left to a prior", rule=self.rule.id)
        return refuses_contract(self.rule, game)

    def contract(self, game: OutcomeGame) -> Contract:
        """What the signatures are put under: the chances of every site, and the money that moves there."""
        accept(self.refuses(game))
        settled = contract_of(self.rule, game)
        if self.prior is None:
            return settled
        known = zeros(len(game.alternatives), like=game.utilities)
        known[list(game.sites)] = [p if game.exact else float(p) for p in self.prior]
        return Contract(frozen(known), settled.transfers)

    def gains(self, game: OutcomeGame) -> Array:
        """What every row of residents expects of a petition that everybody has signed, if nobody refuses afterwards."""
        return _worth(game, self.contract(game))

    def signs(self, game: OutcomeGame) -> Array:
        """Which rows gain by it: for them signing is weakly dominant, for who loses waiting is."""
        return self.gains(game) > game.slack

    def bond_needed(self, game: OutcomeGame) -> Number:
        """The least bond with which no host refuses the site that comes out: max(d_i - a_i - t_i); not above 0: none is needed."""
        settled = self.contract(game)
        left = game.utilities + settled.transfers
        losses = [-left[i, x] for x in game.sites if settled.lottery[x] > 0 for i in game.consent_set(x)]
        return max(losses, default=Fraction(0))

    def outcome(self, game: OutcomeGame) -> Outcome:
        """What comes of it when exactly those sign who gain: the rule's outcome if all do, the status quo otherwise.

        With a bond it is taken that hosts who lose more than their bond refuse (the first of them in the order of rows), and that
        everybody foresees it.
        """
        settled = self.contract(game)
        kept = _Signing(game, settled, self.bond).after({i: self._honours(game, settled, i) for i in range(game.rows)})
        if bool((game.utilities @ kept.lottery + kept.transfers > game.slack).all()):
            return kept
        return _nothing(game)

    def _honours(self, game: OutcomeGame, settled: Contract, row: int) -> frozenset[int]:
        """The sites at which ``row`` keeps its word: those where it loses no more than its bond, or another refuses before it."""
        left = game.utilities + settled.transfers
        if self.bond is None:
            return frozenset(game.sites)
        most = self.bond + game.slack
        refuses = [x for x in game.sites if min((i for i in game.consent_set(x) if -left[i, x] > most), default=None) == row]
        return frozenset(game.sites) - frozenset(refuses)

    def form(self, game: OutcomeGame) -> Form:
        """The signing game: wait, or sign and, where there is a bond, refuse some of one's own sites should they come out.

        Solved for all pure equilibria. Raises :class:`NotApplicable` with the reason, size among them.
        """
        settled = self.contract(game)
        reason = self._too_large(game)
        if reason is not None:
            raise NotApplicable(reason)
        play = _Signing(game, settled, self.bond)
        plans = [play.plans(row) for row in range(game.rows)]
        names = [["wait", *(play.label(row, plan) for plan in own)] for row, own in enumerate(plans)]

        def outcome(profile: Profile) -> Outcome:
            if not all(profile):
                return _nothing(game)
            return play.after({row: plans[row][a - 1] for row, a in enumerate(profile)})

        def payoff(profile: Profile) -> Sequence[Number]:
            reached = outcome(profile)
            return (game.utilities @ reached.lottery + reached.transfers).tolist()

        table = np.empty((game.rows, *map(len, names)), dtype=object)
        table[...] = Fraction(0) if game.exact else 0.0
        for profile in product(*(range(1, len(own)) for own in names)):  # the petition stands only where nobody waits
            table[(slice(None), *profile)] = payoff(profile)
        return Form(NormalForm(table, game.players, names), "pure", outcome)

    def _too_large(self, game: OutcomeGame) -> Message | None:
        if (game.counts != 1).any():
            return say("needs every resident in a row of its own")
        held = [sum(row in game.consent_set(x) for x in game.sites) for row in range(game.rows)]
        sizes = [1 + (2 ** min(k, 40) if self.bond is not None else 1) for k in held]
        try:
            check_size(sizes)
        except EncompassError as error:
            return error.message
        if prod(sizes) > LARGEST:
            return say("the signing game has {n} profiles; at most {limit} are written out", n=prod(sizes), limit=f"{LARGEST:,}")
        return None


@dataclass(frozen=True, eq=False)
class _Signing:
    """What follows once everybody has signed ``settled``."""

    game: OutcomeGame
    settled: Contract
    bond: Number | None

    def plans(self, row: int) -> list[frozenset[int]]:
        """The sets of sites at which ``row`` may keep its word: all of them first."""
        everywhere = frozenset(self.game.sites)
        if self.bond is None:
            return [everywhere]
        own = [x for x in self.game.sites if row in self.game.consent_set(x)]
        return [everywhere - {x for x, refused in zip(own, choice) if refused} for choice in product((False, True), repeat=len(own))]

    def label(self, row: int, plan: frozenset[int]) -> str:
        """The name of the action: sign, and refuse the sites that are not in ``plan``."""
        refused = [self.game.alternatives[x] for x in self.game.sites if x not in plan]
        return "sign" if not refused else "sign, refuse " + "+".join(refused)

    def after(self, honoured: dict[int, frozenset[int]]) -> Outcome:
        """The outcome when row i keeps its word at the sites ``honoured[i]``."""
        game, settled = self.game, self.settled
        lottery, transfers = settled.lottery.copy(), zeros(game.rows, like=game.utilities)
        for x in game.sites:
            refusing = [i for i in sorted(game.consent_set(x)) if x not in honoured[i]]
            chance = settled.lottery[x]
            if not refusing:
                transfers = transfers + chance * settled.transfers[:, x]
                continue
            lottery[x], lottery[game.status_quo] = chance - chance, lottery[game.status_quo] + chance
            transfers = transfers + chance * self._forfeited(refusing)
        return Outcome(lottery, transfers)

    def _forfeited(self, refusing: list[int]) -> Array:
        """Who pays and who receives the bonds of ``refusing`` hosts: each loses its own, all others share it equally."""
        game = self.game
        bond: Any = self.bond if game.exact else float(self.bond or 0)
        others = game.residents - 1
        moved = zeros(game.rows, like=game.utilities)
        if others == 0:
            return moved  # nobody to receive it
        for host in refusing:
            moved = moved + bond / others
            moved[host] -= bond + bond / others
        return moved


def _worth(game: OutcomeGame, settled: Contract) -> Array:
    return (game.utilities + settled.transfers) @ settled.lottery


def _nothing(game: OutcomeGame) -> Outcome:
    lottery = game.certain(game.status_quo)
    return Outcome(lottery, zeros(game.rows, like=game.utilities))


__all__ = ["BindingPetition"]
