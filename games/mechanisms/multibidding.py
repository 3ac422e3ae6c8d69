"""M-05, multibidding (Perez-Castrillo and Wettstein 2002): everybody bids for and against every project, bids summing to zero.

Projects Q are the sites and, unless told otherwise, the status quo. B^q = sum_i B_i^q; the largest B^q wins; everybody pays its bid for
the winner, and B^q (never negative) is returned in equal shares. Ties go to the largest surplus, then the first project: that is where
the projects go which the players, who know everything, announce for ties. Let u_i(q) be the gains, W(q) their sum, W* the largest.

In equilibrium (bids any numbers) all B^q are 0, a project of W* wins, and the payoffs p are exactly those with sum W* and
p_i >= the mean of u_i over Q. What i can gain is computed from the rule: against totals O^q of the others, i wins q most cheaply by
levelling all totals at 0, which costs -O^q; so the best it can get (or come as near to as it likes) is max_q u_i(q) + O^q.
Of the paper the abstract and the known rule were read; the transport construction of the bids is that of ATLAS H-5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, ClassVar

import numpy as np

from ..errors import InputError, NotApplicable, SizeError
from ..exact import Array, Number, array, frozen, scaled
from ..message import Message, say
from ..normal_form import NormalForm
from ..outcome_game import OutcomeGame
from ..parameters import grid_of, labels
from .mechanism import ONLY_OUTCOMES, Claim, Form, Knowledge, Outcome, accept

LARGEST_FORM = 4_000_000  # payoffs of a game of bids
MOST_BIDS = 100_000  # vectors of bids looked through for those that sum to zero


@dataclass(frozen=True)
class Multibidding:
    """M-05 over the sites, and the status quo unless ``status_quo`` is False. As a game, every single bid comes from ``grid``
    (default: the whole numbers up to the largest gain either way)."""

    status_quo: bool = True
    grid: tuple[Number, ...] = ()
    played: ClassVar[str] = "nash"

    def __post_init__(self) -> None:
        object.__setattr__(self, "grid", grid_of(self.grid, least=None) if self.grid else ())

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-05" if self.status_quo else "M-05:sites"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.status_quo:
            return say("multibidding: bids for and against every site and the status quo")
        return say("multibidding: bids for and against every site")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The players know each other's utilities, the designer nothing; bids bind."""
        return (Knowledge.NONE, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-05 and 3G."""
        among = "" if self.status_quo else "among the sites"
        return (
            Claim("efficient", True, "Perez-Castrillo and Wettstein 2002", among),
            Claim("budget-balanced", True, "sums to zero by construction"),
            Claim("strategy-proof", False, "ATLAS M-05"),
            Claim("individually-rational", False, "ATLAS M-05: only the mean over the projects is guaranteed"),
            Claim("envy-free", False, "ATLAS Appendix B"),
            Claim("anonymous", True, "by construction", "no two projects of the largest surplus"),
            Claim("equilibria-efficient", True, "Perez-Castrillo and Wettstein 2002", " ".join(filter(None, ["bids any numbers", among]))),
            Claim("unique-equilibrium-outcome", False, "ATLAS M-05"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs all gains in memory, two bidders and two projects, and nobody else who pays."""
        if not isinstance(game, OutcomeGame):  # pyright: ignore[reportUnnecessaryIsInstance]
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if game.grants.any():
            return say("needs residents who bear all costs: the funder does not bid")
        if game.residents < 2 or len(self.projects(game)) < 2:
            return say("needs at least two residents and two projects")
        return None

    def projects(self, game: OutcomeGame) -> tuple[int, ...]:
        """The alternatives (columns) that are bid for."""
        return tuple(range(len(game.alternatives))) if self.status_quo else game.sites

    def gains(self, game: OutcomeGame) -> Array:
        """u_i(q), shape ``(rows, projects)``. Raises :class:`NotApplicable`."""
        accept(self.refuses(game))
        return game.utilities[:, list(self.projects(game))]

    def guarantees(self, game: OutcomeGame) -> Array:
        """The mean of u_i over the projects: what everybody gets at least in every equilibrium, by row."""
        return _mean(self.gains(game))

    def equal_above_average(self, game: OutcomeGame) -> Array:
        """The equilibrium payoffs in which everybody gets the same beyond its guarantee, by row."""
        u = self.gains(game)
        mean = _mean(u)
        return mean + (max(game.counts @ u) - game.counts @ mean) / game.residents

    def levelled(self, game: OutcomeGame) -> Array:
        """The equilibrium payoffs that are best for whoever gets least: max(guarantee, one level), by row."""
        u = self.gains(game)
        mean, counts = _mean(u), game.counts
        left, rows = max(counts @ u), np.argsort(mean, kind="stable")
        for k in range(len(rows), 0, -1):  # the k lowest guarantees are raised to the level
            level = (left - counts[rows[k:]] @ mean[rows[k:]]) / int(counts[rows[:k]].sum())
            if level >= mean[rows[k - 1]]:
                return np.maximum(mean, level)
        return mean

    def equilibrium_bids(self, game: OutcomeGame, payoffs: object) -> Array:
        """Bids ``(rows, projects)`` that are an equilibrium with those ``payoffs`` by row, rows and columns summing to zero (ATLAS H-5).

        Raises :class:`InputError` unless the payoffs sum to the largest surplus and nobody gets less than the mean of its gains.
        """
        u, counts = self.gains(game), game.counts
        p, W = _alike(array(payoffs, "payoffs"), u), counts @ u
        slack = game.slack * game.residents
        if p.shape != (len(u),) or abs(counts @ p - max(W)) > slack or (p - _mean(u) < -slack).any():
            raise InputError(
                "payoffs={value} must sum to {most}, and give everybody at least the mean of its gains, {least}",
                value=p.tolist(), most=max(W), least=_mean(u).tolist(),
            )  # fmt: skip
        short = max(W) - W
        low = u - p[:, None]
        total = short.sum()
        return frozen(low if total <= slack else low + np.multiply.outer(u.shape[1] * (p - _mean(u)), short) / total)

    def best_deviation(self, game: OutcomeGame, bids: object) -> Array:
        """The most that one resident of each row gains by other bids (a supremum), by row; 0 everywhere exactly in equilibrium.

        See the head of the file for how it is found. Raises :class:`InputError` for bids that do not sum to zero by row.
        """
        u, B = self.gains(game), self._checked(game, bids)
        others = game.counts @ B - B
        now = self._payoffs(game, u, B)
        return frozen((u + others).max(axis=1) - now)

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """Project and transfers for the bids ``reports`` of shape ``(rows, projects)``, each row summing to zero.

        By default the equilibrium in which everybody gets the same beyond its guarantee.
        """
        self.gains(game)
        bids = self.equilibrium_bids(game, self.equal_above_average(game)) if reports is None else self._checked(game, reports)
        won = self._winner(game, bids)
        lottery = game.certain(self.projects(game)[won])
        return Outcome(lottery, frozen((game.counts @ bids)[won] / game.residents - bids[:, won]))

    def ends(self, game: OutcomeGame) -> tuple[Outcome, ...]:
        """Equilibrium outcomes that span what can happen: equal beyond the guarantee, best for the least, and both ends for everybody.

        All equilibrium payoffs are the guarantees and the rest of W* divided in any way; in one of the last two, whoever you are, you
        get no more than your guarantee.
        """
        mean = self.guarantees(game)
        rest = max(game.counts @ self.gains(game)) - game.counts @ mean
        kinds = [self.equal_above_average(game), self.levelled(game)]
        for row in sorted({0, len(mean) - 1}):
            one = mean.copy()
            one[row] = one[row] + rest / int(game.counts[row])
            kinds.append(one)
        return tuple(self.outcome(game, self.equilibrium_bids(game, p)) for p in kinds)

    def bid_vectors(self, game: OutcomeGame) -> list[tuple[Number, ...]]:
        """All vectors of bids on the grid that sum to zero. Raises :class:`SizeError`, with the figure."""
        width = len(self.projects(game))
        grid = self.grid or _whole_grid(game)
        if len(grid) ** (width - 1) > MOST_BIDS:
            raise SizeError(
                "{k} bids for each of {q} projects are {n} vectors; at most {limit} are looked through",
                k=len(grid), q=width, n=f"{float(len(grid)) ** (width - 1):.3g}", limit=f"{MOST_BIDS:,}",
            )  # fmt: skip
        held = set(grid)
        return [(*free, -sum(free)) for free in product(grid, repeat=width - 1) if -sum(free) in held]

    def form(self, game: OutcomeGame) -> Form:
        """The game of bids on the grid, for pure equilibria. Raises :class:`SizeError`, :class:`NotApplicable` for counted residents."""
        u = self.gains(game)
        if (game.counts != 1).any():
            raise NotApplicable("needs every resident in a row of its own")
        vectors, n = self.bid_vectors(game), len(u)
        if not vectors:
            raise InputError("no bids of grid={value} sum to zero", value=self.grid)
        if n * len(vectors) ** n > LARGEST_FORM:
            raise SizeError(
                "the game of bids of {n} residents with {k} vectors of bids has {cells} payoffs; at most {limit} fit",
                n=n, k=len(vectors), cells=f"{n * float(len(vectors)) ** n:.3g}", limit=f"{LARGEST_FORM:,}",
            )  # fmt: skip
        bids = _alike(array(vectors), u)
        return Form(self._bid_game(game, u, bids), "pure", lambda play: self.outcome(game, bids[list(play)]))

    def _bid_game(self, game: OutcomeGame, u: Array, bids: Array) -> NormalForm:
        n, k = len(u), len(bids)
        values, denominator = scaled(np.concatenate([u, bids]), 4 * n)
        gains, offers = values[:n], values[n:]
        total: Any = 0
        for i in range(n):
            total = total + offers.reshape([1] * i + [k] + [1] * (n - 1 - i) + [-1])
        line = self._line(game)
        won = line[_first_largest(total[..., line], 0)]
        back = np.take_along_axis(total, won[..., None], axis=-1)[..., 0]
        places = np.indices([k] * n)
        table = np.stack([n * (gains[i][won] - offers[places[i], won]) + back for i in range(n)])
        names = [["|".join(labels(vector)) for vector in bids.tolist()]] * n
        if table.dtype == np.float64:
            return NormalForm(table / n, game.players, names)
        return NormalForm.from_integers(table, denominator * n, game.players, names)

    def _winner(self, game: OutcomeGame, bids: Array) -> int:
        total, line = game.counts @ bids, self._line(game)
        return int(line[_first_largest(total[line], game.slack * game.residents)])

    def _line(self, game: OutcomeGame) -> Array:
        """The projects in the order in which ties are broken."""
        W = game.counts @ self.gains(game)
        best = max(W) - game.slack * game.residents
        return np.array(sorted(range(len(W)), key=lambda q: (-max(W) if W[q] >= best else -W[q], q)))

    def _payoffs(self, game: OutcomeGame, u: Array, bids: Array) -> Array:
        won = self._winner(game, bids)
        return u[:, won] - bids[:, won] + (game.counts @ bids)[won] / game.residents

    def _checked(self, game: OutcomeGame, bids: object) -> Array:
        B = _alike(array(bids, "bids"), game.utilities)
        shape = (game.rows, len(self.projects(game)))
        if B.shape != shape:
            raise InputError("{name} of shape {given} must be of shape {shape}", name="bids", given=B.shape, shape=shape)
        if (abs(B.sum(axis=1)) > game.slack * shape[1]).any():
            raise InputError("bids must sum to zero for every resident: {value}", value=B.sum(axis=1).tolist())
        return B


def _alike(values: Array, like: Array) -> Array:
    """``values`` in floats where the game is."""
    return values.astype(np.float64) if like.dtype == np.float64 else values


def _mean(u: Array) -> Array:
    return u.sum(axis=1) / u.shape[1]


def _first_largest(values: Array, slack: Number) -> Array:
    """Where the first of the largest ``values`` stands along the last axis, up to ``slack``."""
    return np.argmax(values >= values.max(axis=-1, keepdims=True) - slack, axis=-1)


def _whole_grid(game: OutcomeGame) -> Sequence[Number]:
    most = int(np.ceil(float(abs(game.utilities).max())))
    if most > MOST_BIDS:
        raise SizeError("whole numbers up to {most} are too many bids; at most {limit}. Give a grid", most=most, limit=f"{MOST_BIDS:,}")
    return [Fraction(k) for k in range(-most, most + 1)]
