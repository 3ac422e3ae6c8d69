"""M-21, the site lottery: the burden is shared by chance instead of money. Gains are expected gains; it must bind before the draw.

* ``maxmin``: max t subject to U p >= t (O-02), the lottery best for whoever gains least;
* ``uniform``: every site alike;
* ``nash``: max sum_i log (U p)_i (Nash 1950), by cvxpy, accepted by its own first-order gap.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from fractions import Fraction
from math import inf

import numpy as np

from ..errors import EncompassError
from ..exact import Array, Number, zeros
from ..maximin import maximin_lottery
from ..message import Message, say
from ..outcome_game import OutcomeGame
from .mechanism import Claim, Knowledge, Outcome

_TITLES = {
    "maxmin": say("lottery that is best for whoever gains least"),
    "uniform": say("lottery with equal chances for all sites"),
    "nash": say("lottery with the largest product of gains"),
}
_DENOMINATOR = 10**12  # probabilities of the Nash lottery are multiples of one over this
MOST_ROWS = 20_000  # different rows of residents in the program of the Nash product
_NOISE = 1e-12
_TOLERANCES = (1e-12, 1e-9)  # of the solver, tried in turn
_ACCEPTED = 1e-7  # gap a head with which a point is taken for the optimum


@dataclass(frozen=True)
class SiteLottery:
    """M-21 of the ``kind`` maxmin, uniform or nash."""

    kind: str

    @property
    def id(self) -> str:
        """The identifier."""
        return f"M-21:{self.kind}"

    @property
    def title(self) -> Message:
        """What it is called."""
        return _TITLES[self.kind]

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The uniform lottery needs no knowledge; all need that the drawn host is bound."""
        return (Knowledge.NONE if self.kind == "uniform" else Knowledge.UTILITIES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-21 and 3G."""
        return (
            Claim("budget-balanced", True, "no money moves"),
            Claim("individually-rational", False, "ATLAS M-21: the drawn host loses"),
            Claim("ex-ante-individually-rational", self.kind != "uniform", "the status quo is one of the lotteries"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """The Nash product needs a lottery by which everybody gains."""
        if game.stream is not None and self.kind != "maxmin":
            return say("needs every resident's gains in memory")
        if self.kind == "nash" and game.exact and np.abs(game.utilities).max() > 10**100:
            return say("payoffs are too large for a solver in floats")
        if self.kind == "nash" and len(_distinct(game)[1]) > MOST_ROWS:
            return say("the Nash product is computed for at most {limit} different rows of residents", limit=f"{MOST_ROWS:,}")
        if self.kind == "nash" and maximin_lottery(game).value <= game.slack:
            return say("no lottery leaves everybody better off, so the product of gains has no maximum")
        return None

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """The lottery for the true (or reported) gains; no transfers."""
        del reports  # a lottery chosen from known gains; audits of reports come with the game they are played in
        p = {"maxmin": _maxmin, "uniform": _uniform, "nash": _nash}[self.kind](game)
        return Outcome(p, zeros(len(game.players), like=p))


def _maxmin(game: OutcomeGame) -> Array:
    p = np.array(maximin_lottery(game).p, dtype=object)
    if game.exact:
        return p
    p = np.where(p.astype(float) < _NOISE, 0.0, p.astype(float))  # in floats a chance this small is rounding
    return p / p.sum()


def _uniform(game: OutcomeGame) -> Array:
    p = np.array([Fraction(0)] * len(game.alternatives), dtype=object)
    p[list(game.sites)] = Fraction(1, len(game.sites))
    return p


def _nash(game: OutcomeGame) -> Array:
    import cvxpy as cp

    U, counts = _distinct(game)
    U /= np.abs(U).max()  # scaled, and averaged over residents, so that the solver's tolerances mean the same in every case
    p = cp.Variable(U.shape[1], nonneg=True)
    mean_log = counts / game.residents @ cp.log(U @ p)  # pyright: ignore[reportOperatorIssue]
    problem = cp.Problem(cp.Maximize(mean_log), [cp.sum(p) - 1 == 0])  # pyright: ignore[reportArgumentType]
    for tolerance in _TOLERANCES:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # not the solver's word counts, but the gap of the point it leaves
                problem.solve(solver=cp.CLARABEL, tol_gap_abs=tolerance, tol_gap_rel=tolerance, tol_feas=tolerance)
        except cp.SolverError:
            continue
        found = None if p.value is None else _rounded(p.value)
        if found is not None and nash_gap(U, counts, found.astype(float)) <= _ACCEPTED:
            return found
    raise EncompassError("the Nash product was not found: the solver stopped with {status!r}", status=str(problem.status))


def _rounded(p: Array) -> Array:
    units = np.array([max(round(float(x) * _DENOMINATOR), 0) for x in p], dtype=object)
    return np.array([Fraction(int(x), int(units.sum())) for x in units], dtype=object)


def nash_gap(U: Array, counts: Array, p: Array) -> Number:
    """What any other lottery could add to the mean of log-gains at most: max_x sum_i c_i u_i(x) / (U p)_i / n - 1.

    0 exactly at the largest Nash product (first-order condition; the objective is concave); infinite if somebody gains
    nothing. Exact if ``U`` and ``p`` are.
    """
    expected = U @ p
    return max(counts @ (U / expected[:, None])) / counts.sum() - 1 if expected.min() > 0 else inf


def _distinct(game: OutcomeGame) -> tuple[Array, Array]:
    """The different rows of gains, and how many residents have each: what the program is about."""
    U, which = np.unique(game.utilities.astype(float), axis=0, return_inverse=True)
    return U, np.bincount(which.ravel(), weights=game.counts)
