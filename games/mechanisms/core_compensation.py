"""M-13, compensation that no group wants to leave: the site best for all residents, its gain divided in the core or the least core.

A group that holds all consents of a site may build there alone, paying what the funder does not:
v(S) = max(0, max over s with H(s) in S of sum_{i in S} (b_i(s) - d_i(s)) - (K_s - G_s)) (ATLAS P1.11, O-08). The shares are the nucleolus
(Schmeidler 1969) for few residents, and the least unequal division within the least core for more.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from ..coalitional_game import MOST_NUCLEOLUS, CoalitionalGame, LeastCore, Stakes, members, nucleolus, prenucleolus, siting_least_core
from ..errors import InputError, NotApplicable
from ..exact import Array, Number
from ..maximin import rational
from ..message import Message, say
from ..outcome_game import OutcomeGame
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome, accept

MOST_RESIDENTS = 20  # whose least core is computed in exact arithmetic
_ALIKE = "one host a site, one site a resident, all benefits alike everywhere, no grants"


@dataclass(frozen=True)
class CoreCompensation:
    """M-13: the nucleolus up to ``nucleolus_up_to`` residents (at most 10), the division of least variance in the least core beyond."""

    played: ClassVar[str] = "contract"

    nucleolus_up_to: int = 8

    def __post_init__(self) -> None:
        if not 0 <= self.nucleolus_up_to <= MOST_NUCLEOLUS:
            raise InputError(
                "{name}={value} must be at most {most}", name="nucleolus_up_to", value=self.nucleolus_up_to, most=MOST_NUCLEOLUS
            )

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-13"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("compensation that no group wants to leave")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody's utilities, and binding contracts."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-13 and P1.11."""
        return (
            Claim("budget-balanced", True, "sums to zero by construction"),
            Claim("efficient", True, "ATLAS M-13", "no grants"),
            Claim("individually-rational", True, "ATLAS P1.11", _ALIKE),
            Claim("coalition-stable", True, "ATLAS P1.11", _ALIKE),
            Claim("strategy-proof", False, "ATLAS M-13: the host overstates its damage"),
            Claim("envy-free", False, "ATLAS Appendix B"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It acts on games over outcomes in which consent is asked, of some tens of residents."""
        if not isinstance(game, OutcomeGame):  # pyright: ignore[reportUnnecessaryIsInstance]
            return ONLY_OUTCOMES
        if not game.consented:
            return say("groups can build alone only where consent is asked, and {regime} asks nobody", regime=game.rights.id)
        if game.stream is not None or not 2 <= game.residents <= MOST_RESIDENTS:
            return say("the least core is computed for 2 to {most} residents, not {n}", most=MOST_RESIDENTS, n=game.residents)
        if game.parts is not None and _unpaid(game) > game.slack * game.residents:
            return say("residents pay other fees than what the funder leaves of the cost, so that they cannot share what a site is worth")
        return None

    def selects(self, game: OutcomeGame) -> str:
        """``"nucleolus"`` or ``"variance"``: how the division is chosen in ``game``."""
        return "nucleolus" if game.residents <= self.nucleolus_up_to else "variance"

    def least_core(self, game: OutcomeGame) -> LeastCore:
        """The least core of the siting, by the coalitions that bind. Raises :class:`NotApplicable` as :meth:`refuses` says."""
        return siting_least_core(self._stakes(game), _total(game)[1])

    def shares(self, game: OutcomeGame) -> tuple[Fraction, ...]:
        """What every resident gains in all, one by one in the order of the rows; sums to what the best site gives."""
        stakes, (_, total) = self._stakes(game), _total(game)
        if self.selects(game) == "variance":
            return least_variance(stakes, total, siting_least_core(stakes, total).epsilon)
        play = CoalitionalGame.siting(game)
        values = play.values.copy()
        values[-1] = total
        play = CoalitionalGame(play.players, values)
        alone = sum((values[1 << i] for i in range(play.n)), start=Fraction(0))
        return nucleolus(play) if alone <= total else prenucleolus(play)

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The site with the largest sum of gains (the status quo, then the lowest index, wins ties) and the transfers."""
        shares, (chosen, _) = self.shares(game), _total(game)
        first = np.concatenate([[0], np.cumsum(game.counts)[:-1]])  # those alike are treated alike
        x = np.array(shares, dtype=object)[first.astype(int)]
        transfers = x - rational(game.utilities)[:, chosen]
        lottery = game.certain(chosen)
        return Outcome(lottery, transfers if game.exact else transfers.astype(np.float64))

    def _stakes(self, game: OutcomeGame) -> Stakes:
        accept(self.refuses(game))
        return Stakes.of(game)


def _unpaid(game: OutcomeGame) -> Number:
    """The most by which fees miss what the funder leaves of a site's cost."""
    parts, sites = game.parts, list(game.sites)
    assert parts is not None
    return np.abs((parts.costs - parts.grants - game.counts @ parts.fees)[sites]).max()


def _total(game: OutcomeGame) -> tuple[int, Fraction]:
    """The alternative with the largest sum of residents' gains, and that sum in exact arithmetic."""
    sums = game.counts @ game.utilities
    chosen = game.largest(sums, game.slack * game.residents)
    return chosen, sum((int(c) * u for c, u in zip(game.counts, rational(game.utilities)[:, chosen])), start=Fraction(0))


def least_variance(stakes: Stakes, total: Fraction, epsilon: Fraction) -> tuple[Fraction, ...]:
    """The most equal division of ``total`` that leaves no proper coalition an excess above ``epsilon``; exact.

    The dual method of Goldfarb and Idnani (1983): begin with equal shares, and take in the coalition that complains most until none does.
    Raises :class:`NotApplicable` if there is no such division.
    """
    n = len(stakes.gains)
    x = np.array([total / n] * n, dtype=object)
    normals: list[Array] = [np.array([Fraction(1)] * n, dtype=object)]
    prices: list[Fraction] = [Fraction(0)]  # of the normals; the first, of everybody, may have any sign
    while True:
        excess, S = max(stakes.worst(x), key=lambda entry: (entry[0], -entry[1]))
        if excess <= epsilon:
            return tuple(x)
        normal = np.array([Fraction(int(i in members(S, n))) for i in range(n)], dtype=object)
        x, normals, prices = _taken_in(x, normal, excess - epsilon, normals, prices)


def _taken_in(
    x: Array, normal: Array, short: Fraction, normals: list[Array], prices: list[Fraction]
) -> tuple[Array, list[Array], list[Fraction]]:
    """Move x until ``normal @ x`` has grown by ``short``, dropping constraints that no longer bind."""
    price = Fraction(0)
    while True:
        r = _solved(np.stack(normals) @ np.stack(normals).T, np.stack(normals) @ normal)
        z = normal - sum((k * p for k, p in zip(r, normals)), start=np.array([Fraction(0)] * len(x), dtype=object))
        size = z @ normal
        limits = [(prices[j] / r[j], j) for j in range(1, len(normals)) if r[j] > 0]
        step, drop = min(limits, default=(None, 0))
        if not size and step is None:
            raise NotApplicable("no division leaves every coalition as little to gain as asked")
        full = step is None or (size > 0 and short / size <= step)
        t = short / size if full else step
        assert t is not None
        x, short, price = x + t * z, short - t * size, price + t
        prices = [u - t * k for u, k in zip(prices, r)]
        if full:
            return x, [*normals, normal], [*prices, price]
        normals, prices = normals[:drop] + normals[drop + 1 :], prices[:drop] + prices[drop + 1 :]


def _solved(M: Array, b: Array) -> list[Fraction]:
    """The solution of M y = b for an invertible M."""
    rows = [[*map(Fraction, row), value] for row, value in zip(M.tolist(), b.tolist())]
    for j in range(len(rows)):
        k = next(i for i in range(j, len(rows)) if rows[i][j])
        rows[j], rows[k] = rows[k], rows[j]
        rows[j] = [value / rows[j][j] for value in rows[j]]
        for i in range(len(rows)):
            if i != j and rows[i][j]:
                rows[i] = [a - rows[i][j] * c for a, c in zip(rows[i], rows[j])]
    return [row[-1] for row in rows]
