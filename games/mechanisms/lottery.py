"""M-21, the site lottery: the burden is shared by chance instead of money. Gains are expected gains; it must bind before the draw.

* ``maxmin``: max t subject to U p >= t (O-02), the lottery best for whoever gains least;
* ``uniform``: every site alike, or with ``most`` the so many sites of the largest surplus;
* ``welfare``: max sum_i (U p)_i subject to U p >= 0 (ex-ante rationality), the first optimal vertex that the simplex finds;
* ``nash``: max sum_i log (U p)_i (Nash 1950), by cvxpy, accepted by its own first-order gap.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import ClassVar

import numpy as np

from ..errors import EncompassError, InputError
from ..exact import Array, Number, zeros
from ..linear_program import maximise
from ..maximin import Residents, maximin_lottery, rational
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import whole
from ..siting import by_surplus
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome

_TITLES = {
    "maxmin": say("lottery that is best for whoever gains least"),
    "uniform": say("lottery with equal chances for all sites"),
    "nash": say("lottery with the largest product of gains"),
    "welfare": say("lottery with the largest surplus by which nobody expects to lose"),
}
_DENOMINATOR = 10**12  # probabilities of the Nash lottery are multiples of one over this
MOST_ROWS = 20_000  # different rows of residents in the program of the Nash product
_NOISE = 1e-12
_TOLERANCES = (1e-12, 1e-9)  # of the solver, tried in turn
_ACCEPTED = 1e-7  # gap a head with which a point is taken for the optimum


@dataclass(frozen=True)
class SiteLottery:
    """M-21 of the ``kind`` maxmin, uniform, nash or welfare; ``most`` sites take part in the uniform one (None: all)."""

    played: ClassVar[str] = "binding-lottery"

    kind: str
    most: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in _TITLES:
            raise InputError("{name}={value!r} is not known; one of {known}", name="kind", value=self.kind, known=list(_TITLES))
        if self.most is not None:
            whole(self.most, "most")
            if self.kind != "uniform":
                raise InputError("{name}={value!r} is for the uniform lottery only", name="most", value=self.most)

    @property
    def id(self) -> str:
        """The identifier."""
        return f"M-21:{self.kind}" if self.most is None else f"M-21:{self.kind}-{self.most}"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.most is not None:
            return say("lottery with equal chances for the {n} sites of the largest surplus", n=self.most)
        return _TITLES[self.kind]

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The uniform lottery needs no knowledge; all need that the drawn host is bound."""
        blind = self.kind == "uniform" and self.most is None
        return (Knowledge.NONE if blind else Knowledge.UTILITIES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-21 and 3G."""
        return (
            Claim("budget-balanced", True, "no money moves"),
            Claim("individually-rational", False, "ATLAS M-21: the drawn host loses"),
            Claim(
                "ex-ante-individually-rational",
                self.kind != "uniform",
                "ATLAS M-21: hosting may cost more than it gains" if self.kind == "uniform" else "the status quo is one of the lotteries",
            ),
            *((Claim("efficient", False, "ATLAS M-21"),) if self.most is None else ()),
            *((Claim("strategy-proof", *self._by_reports),) if self.most is None else ()),
        )

    @property
    def _by_reports(self) -> tuple[bool, str]:
        return (
            (True, "chances are equal, whatever is reported")
            if self.kind == "uniform"
            else (False, "ATLAS M-21: chances follow the reports")
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """The Nash product needs a lottery by which everybody gains."""
        if not isinstance(game, OutcomeGame):  # pyright: ignore[reportUnnecessaryIsInstance]
            return ONLY_OUTCOMES
        if self.most is not None and self.most > len(game.sites):
            return say("there are only {n} sites to draw from", n=len(game.sites))
        if game.stream is not None and self.kind == "nash":
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
        rules = {"maxmin": _maxmin, "nash": _nash, "welfare": _welfare}
        p = rules[self.kind](game) if self.kind != "uniform" else _uniform(game, self.most)
        return Outcome(p, zeros(game.rows, like=p))

    def bond(self, game: OutcomeGame) -> Number:
        """What the drawn host must stand to lose by refusing: the most that anybody loses at a site that can be drawn and that it may
        refuse, max(d_i - a_i); anybody, where nobody is asked.
        """
        p, everybody = self.outcome(game).lottery, range(game.rows)
        losses = [-game.utilities[i, x] for x in game.sites if p[x] > 0 for i in (game.consent_set(x) or everybody)]
        return max(losses, default=Fraction(0))


def _maxmin(game: OutcomeGame) -> Array:
    return _chances(game, np.array(maximin_lottery(game).p, dtype=object))


def _chances(game: OutcomeGame, p: Array) -> Array:
    """Rational chances as they are in an exact game, as floats otherwise."""
    if game.exact:
        return p
    p = np.where(p.astype(float) < _NOISE, 0.0, p.astype(float))  # in floats a chance this small is rounding
    return p / p.sum()


def _uniform(game: OutcomeGame, most: int | None) -> Array:
    drawn = list(game.sites) if most is None else list(by_surplus(game)[:most])
    p = np.array([Fraction(0)] * len(game.alternatives), dtype=object)
    p[drawn] = Fraction(1, len(drawn))
    return p


def _welfare(game: OutcomeGame) -> Array:
    """The linear program on a growing set of residents: who would lose by the lottery found joins (as in :mod:`..maximin`)."""
    residents, sites, worth = Residents(game), list(game.sites), rational(np.array(game.surplus))
    working: dict[int, Array] = {}
    while True:
        A = np.array([[Fraction(1)] * len(sites), *(-rational(gains[sites]) for gains in working.values())], dtype=object)
        best = maximise(worth[sites], A, np.array([Fraction(1)] + [Fraction(0)] * len(working), dtype=object))
        p = [Fraction(0)] * len(game.alternatives)
        for x, chance in zip(sites, best.x):
            p[x] = chance
        p[game.status_quo] = 1 - sum(best.x, start=Fraction(0))
        fresh = {row: gains for gain, row, gains in residents.worst(tuple(p)) if gain < -residents.slack and row not in working}
        if not fresh:
            return _chances(game, np.array(p, dtype=object))
        working |= fresh


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
