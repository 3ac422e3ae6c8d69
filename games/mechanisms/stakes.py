"""M-29, encompassing shares: residents who take some of the whole to heart, or are paid some of it (Olson 1982; McGuire and Olson 1996).

``transfers(game)`` is the money that moves under every alternative, shape of the utilities: none where only hearts change.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, overload

import numpy as np

from ..counted_game import Counts, RoleSymmetricGame, SymmetricGame, count_vectors, without
from ..errors import InputError
from ..exact import Array, Number, frozen, zeros
from ..message import Message, say
from ..normal_form import NormalForm
from ..outcome_game import OutcomeGame
from ..parameters import amount
from .mechanism import Claim, Knowledge, accept

KINDS = ("share", "others", "dividend")
_TITLES = {
    "share": say("everybody takes a share of the whole gain to heart"),
    "others": say("everybody takes a share of the others' gains to heart"),
    "dividend": say("everybody pools a share of its gain, the pool is divided equally"),
}


@dataclass(frozen=True)
class EncompassingShare:
    """M-29 (Olson 1982; McGuire and Olson 1996; Apt and Schaefer 2014): ``alpha`` of the whole, of ``kind``

    * ``share``: u_i + alpha W, W the surplus (in games without outcomes the sum of payoffs): the selfishness-level form;
    * ``others``: u_i + alpha (sum of the others' u_j); the same equilibria as a share of alpha / (1 - alpha);
    * ``dividend``: u_i + alpha (W / n - u_i), money that sums to zero: the equity share by which the first can be paid out.
    """

    alpha: Number = Fraction(1, 2)
    kind: str = "share"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputError("{name}={value!r} is not known; one of {known}", name="kind", value=self.kind, known=list(KINDS))
        most = None if self.kind == "share" else Fraction(1)
        object.__setattr__(self, "alpha", amount(self.alpha, "alpha", least=Fraction(0), most=most))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-29" if self.kind == "share" else f"M-29:{self.kind}"

    @property
    def title(self) -> Message:
        """What it is called."""
        return _TITLES[self.kind]

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """A dividend must know all gains and bind; the others are a change of heart."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT) if self.kind == "dividend" else (Knowledge.NONE,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The budget. From the selfishness level on some equilibrium is efficient; only that, others may stay (ATLAS M-29)."""
        return (Claim("budget-balanced", True, "sums to zero by construction" if self.kind == "dividend" else "no money moves"),)

    def refuses(self, game: Any) -> Message | None:
        """It acts on games over outcomes in memory, normal forms and games of counted players."""
        if isinstance(game, OutcomeGame):
            return say("needs every resident's gains in memory") if game.stream is not None else None
        if isinstance(game, (NormalForm, RoleSymmetricGame)):
            return None
        return say("acts on games over outcomes, normal forms and games of players who are counted")

    def transfers(self, game: OutcomeGame) -> Array:
        """The dividend less what is pooled, or nothing."""
        if self.kind != "dividend":
            return zeros(game.utilities.shape, like=game.utilities)
        alpha: Any = _like(self.alpha, game)
        mean = game.counts @ game.utilities / game.residents
        return frozen(alpha * (mean - game.utilities))

    @overload
    def transform(self, game: OutcomeGame) -> OutcomeGame: ...
    @overload
    def transform(self, game: NormalForm) -> NormalForm: ...
    @overload
    def transform(self, game: SymmetricGame) -> SymmetricGame: ...
    @overload
    def transform(self, game: RoleSymmetricGame) -> RoleSymmetricGame: ...

    def transform(self, game: Any) -> Any:
        """The game as residents then feel it, or are paid; of the same kind, alternatives and actions."""
        accept(self.refuses(game))
        if isinstance(game, OutcomeGame):
            return self._outcomes(game)
        n = len(game.players) if isinstance(game, NormalForm) else game.n
        alpha: Any = self.alpha if game.exact else float(self.alpha)
        own, whole = {"share": (1, alpha), "others": (1 - alpha, alpha), "dividend": (1 - alpha, alpha / n)}[self.kind]
        if isinstance(game, NormalForm):
            return _mixed(game, own, whole)
        return _counted(game, own, whole)

    def _outcomes(self, game: OutcomeGame) -> OutcomeGame:
        alpha = _like(self.alpha, game)
        if self.kind == "dividend":
            return game.with_utilities(frozen(game.utilities + self.transfers(game)))
        felt = game.surplus if self.kind == "share" else game.counts @ game.utilities - game.utilities
        return game.with_utilities(frozen(game.utilities + alpha * felt))


def _like(value: Number, game: OutcomeGame) -> Number:
    return value if game.exact else float(value)


def _mixed(game: NormalForm, own: Number, whole: Number) -> NormalForm:
    """The game that pays ``own * u_i + whole * W``."""
    if game.exact and isinstance(own, (int, Fraction)) and isinstance(whole, (int, Fraction)):
        a, w = Fraction(own), Fraction(whole)
        scale = a.denominator * w.denominator
        table = game.table.astype(object) * int(a * scale) + game.welfare.astype(object) * int(w * scale)
        return NormalForm.from_integers(table, game.denominator * scale, game.players, game.actions)
    floats = (game.table / game.denominator).astype(np.float64)
    return NormalForm(float(own) * floats + float(whole) * floats.sum(axis=0), game.players, game.actions)


def _counted(game: RoleSymmetricGame, own: Number, whole: Number) -> RoleSymmetricGame:
    """The counted game that pays ``own * u + whole * W``, W the sum over all players."""
    if isinstance(game, SymmetricGame) and len(game.actions[0]) == 2:
        return _two_actions(game, own, whole)

    def felt(role: int, action: int, others: tuple[Counts, ...]) -> Number:
        counts = [tuple(k + (s == role and a == action) for a, k in enumerate(taken)) for s, taken in enumerate(others)]
        total = sum(
            (k * game.payoff(s, a, without(counts, s, a)) for s, taken in enumerate(counts) for a, k in enumerate(taken) if k),
            start=Fraction(0),
        )
        return own * game.payoff(role, action, others) + whole * total

    if isinstance(game, SymmetricGame):
        return SymmetricGame.of(lambda a, others: felt(0, a, (others,)), game.n, game.actions[0], game.roles[0])
    return RoleSymmetricGame.from_function(felt, game.players, game.actions, game.roles)


def _two_actions(game: SymmetricGame, own: Number, whole: Number) -> SymmetricGame:
    """The same by arrays, so that a million players take a second: W(m) when m take the second action, m = 0..n."""
    n, table = game.n, game.table.astype(object if game.exact else np.float64)
    m = count_vectors(n, 2)[:, 1].astype(table.dtype)
    W = np.append((n - m[:-1]) * table[0], 0 * table[0, :1]) + np.append(0 * table[0, :1], m[1:] * table[1])
    if not game.exact or isinstance(own, float) or isinstance(whole, float):
        mixed = float(own) * table.astype(float) + float(whole) * np.stack([W[:-1], W[1:]]).astype(float)
        return SymmetricGame(mixed / game.denominator, n, game.actions[0], game.roles[0])
    a, w = Fraction(own), Fraction(whole)
    scale = a.denominator * w.denominator
    integers = int(a * scale) * table + int(w * scale) * np.stack([W[:-1], W[1:]])
    fits = max(abs(int(integers.max())), abs(int(integers.min()))) < 2**60
    return SymmetricGame.from_integers(
        integers.astype(np.int64) if fits else integers, game.denominator * scale, n, game.actions[0], game.roles[0]
    )


__all__ = ["KINDS", "EncompassingShare"]
