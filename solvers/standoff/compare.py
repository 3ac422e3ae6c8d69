"""``compare``: what each mechanism does to a standoff, before and after, in closed accounting (Theorem 4.2).

tau(e') = min_i [u_i(e') - max over today's equilibria of u_i], the funder counting as a player whenever it pays.
A mechanism turns the game positive-sum strongly if every equilibrium under it has tau > 0, weakly if some has. In games given
in floats, gains within the game's slack count as none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from ...games.errors import EncompassError, InputError, NotApplicable
from ...games.exact import Array, Number, frozen, zeros
from ...games.mechanisms import MECHANISMS, Mechanism, Outcome
from ...games.message import Message
from ...games.normal_form import NormalForm
from ...games.outcome_game import OutcomeGame
from ...games.rights import Liability
from ..advice.correlated import SOLVER_TOLERANCE, solve_correlated
from ..certificate import comparison_certificate, comparison_fits
from ..pure import siting_outcomes
from ..solution import Solution
from .comparison import Comparison, Row
from .conclusion import Names, conclusion, everybody_gains, may_gain, who_does_not_gain
from .conflict import conflict_share
from .fairness import blocking_gain, envy

if TYPE_CHECKING:
    from ...cases.case import Case

_STREAMED = "mechanisms are compared on gains in memory, and those of {n} residents are streamed; count residents that are alike in one row"
_ORDER = {"strong": 0, "weak": 1, "none": 2, "not-applicable": 3}


@dataclass(frozen=True, eq=False)
class Result:
    """One end a mechanism can come to: the lottery over alternatives, transfers and payoffs by row, money per resident."""

    lottery: Array
    transfers: Array
    payoffs: Array
    paid: Any  # Number: what the funder pays out to residents
    tau: Number = Fraction(0)


@dataclass(frozen=True, eq=False)
class Before:
    """The most that each row of residents, and the funder, gets in any of today's equilibria."""

    payoffs: Array
    funder: Any  # Number

    @classmethod
    def of(cls, game: OutcomeGame, today: Solution) -> Before:
        """Under today's rule, the assessed damage of the liability rule counted on both sides."""
        ends = [game.alternatives.index(name) for name in today.outcomes or ()]
        assessed = game.rights.assessed if isinstance(game.rights, Liability) else None
        owed = [0 if assessed is None else game.counts @ assessed[:, x] for x in ends]
        funder = max(game.funder_weight * game.surplus[x] - game.grants[x] - paid for x, paid in zip(ends, owed))
        return cls(frozen(np.max(np.stack([np.asarray(e.payoffs) for e in today.equilibria]), axis=0)), funder)


@dataclass(frozen=True, eq=False)
class Trial:
    """A mechanism tried on a game: all its ends, the equilibrium ``concept`` meant, and the transformed game if there is one."""

    mechanism: Mechanism
    concept: str
    results: tuple[Result, ...]
    after: OutcomeGame | None = None
    solution: Any = None
    row: Row | None = None


def compare(
    case: Case | OutcomeGame, mechanisms: Sequence[str] | None = None, progress: Callable[[int, int, str], None] | None = None
) -> Comparison:
    """Every mechanism of ``case`` (or those named by id) tried on its game, best first.

    A bare :class:`OutcomeGame` is tried with all mechanisms known. ``progress(done, all, id)`` is called before each.
    Raises :class:`InputError` for an unknown id, :class:`NotApplicable` for a game that is not over outcomes.
    """
    game = case if isinstance(case, OutcomeGame) else case.game
    if not isinstance(game, OutcomeGame):
        raise NotApplicable("mechanisms are compared on a game over outcomes: residents by alternatives, in money over the status quo")
    if mechanisms is None:
        mechanisms = list(MECHANISMS) if isinstance(case, OutcomeGame) else case.mechanisms
    tried = [_known(name) for name in dict.fromkeys(mechanisms)]
    names = Names.of(case, game)
    if game.stream is not None:
        raise NotApplicable(_STREAMED, n=game.residents)
    today = siting_outcomes(game)
    ends = today.outcomes or ()
    before = Before.of(game, today)
    rows: list[Row] = []
    trials: list[Trial] = []
    certified = comparison_fits(game, len(tried))
    for k, mechanism in enumerate(tried):
        if progress is not None:
            progress(k, len(tried), mechanism.id)
        trial = _try(mechanism, game, ends, before, names)
        if trial.row is not None:
            rows.append(trial.row)
        if certified:
            trials.append(trial)
        del trial  # in a large game hundreds of megabytes, not to be kept while the next is tried
    rows.sort(key=_rank)
    recommended = next((row for row in rows if row.verdict in ("strong", "weak")), None)
    return Comparison(
        case=None if isinstance(case, OutcomeGame) else case.id,
        before=before.payoffs,
        before_outcomes=ends,
        mechanisms=tuple(rows),
        recommended=None if recommended is None else recommended.id,
        conclusion=conclusion(names, game, ends, recommended),
        alternatives=game.alternatives,
        players=game.players,
        counts=tuple(game.counts.tolist()),
        certificate=comparison_certificate(game, today, before.payoffs, trials) if certified else None,
    )


def _known(name: str) -> Mechanism:
    if name not in MECHANISMS:
        raise InputError("mechanism {name!r} is not known; one of {known}", name=name, known=list(MECHANISMS))
    return MECHANISMS[name]


def _rank(row: Row) -> tuple[Any, ...]:
    """Verdict, then least gain, outside money, how it is judged, and how much must be known."""
    outside = max(-row.budget, Fraction(0)) if row.budget is not None else Fraction(0)
    return (
        _ORDER[row.verdict],
        -((row.tau_strong if row.verdict == "strong" else row.tau_weak) or Fraction(0)),
        outside,
        row.concept in ("max-min", "sincere-vote"),  # judged in one way of playing, not in all equilibria
        "KN-U" in row.requires,
        row.id,
    )


def _try(mechanism: Mechanism, game: OutcomeGame, today: tuple[str, ...], before: Before, names: Names) -> Trial:
    try:
        reason = mechanism.refuses(game)
        if reason is not None:
            raise NotApplicable(reason)
        concept, results, after, solution = _play(mechanism, game, today, before)
    except EncompassError as error:  # a mechanism that cannot be computed here must not stop the others
        row = Row(mechanism.id, mechanism.title, "not-applicable", error.message, requires=tuple(mechanism.requires))
        return Trial(mechanism, "", (), row=row)
    trial = Trial(mechanism, concept, tuple(replace(r, tau=least_gain(game, before, r)) for r in results), after, solution)
    return replace(trial, row=_row(trial, game, before, names))


def _play(mechanism: Any, game: OutcomeGame, today: tuple[str, ...], before: Before) -> tuple[str, list[Result], OutcomeGame | None, Any]:
    """The equilibrium concept, all ends, the transformed game and its solution."""
    if hasattr(mechanism, "transform"):
        after = mechanism.transform(game)
        solution = siting_outcomes(after)
        transfers = after.utilities - game.utilities
        ends = [game.alternatives.index(e.outcome or "") for e in solution.equilibria]
        return solution.method, [_certain(game, x, transfers[:, x]) for x in ends], after, solution
    if hasattr(mechanism, "advise"):
        solution = best_advice(mechanism.advise(game), game, before)
        kept = [_certain(game, game.alternatives.index(name), zeros(len(game.players), like=game.utilities)) for name in today]
        return "correlated", [_advised(game, solution), *kept], None, solution  # nobody is bound: today's equilibria remain
    concept = {"M-02": "max-min", "M-21": "binding-lottery"}.get(mechanism.id.split(":")[0], "dominant-strategy")
    return concept, [_decided(game, mechanism.outcome(game))], None, None


def _certain(game: OutcomeGame, alternative: int, transfers: Array) -> Result:
    lottery = zeros(len(game.alternatives), like=game.utilities)
    lottery[alternative] = 1 if lottery.dtype != object else Fraction(1)
    return _decided(game, Outcome(lottery, transfers))


def _decided(game: OutcomeGame, outcome: Outcome) -> Result:
    kind = object if game.exact else np.float64  # one kind of number throughout: fractions times floats are slow and neither
    lottery, transfers = outcome.lottery.astype(kind), outcome.transfers.astype(kind)
    return Result(lottery, transfers, game.utilities @ lottery + transfers, game.counts @ transfers)


def _advised(game: OutcomeGame, solution: Any) -> Result:
    """A recommendation carries probabilities over profiles; what matters is the lottery over alternatives they end in."""
    from ...games.siting import consent

    play = consent(game)
    rows = [row for row, count in enumerate(game.counts) for _ in range(count)]
    lottery = zeros(len(game.alternatives), like=game.utilities)
    for entry in solution.equilibria[0].profile:
        lottery[play.ending(entry["profile"], rows)] += entry["probability"]
    return _decided(game, Outcome(lottery, zeros(len(game.players), like=game.utilities)))


def best_advice(form: NormalForm, game: OutcomeGame, before: Before) -> Solution:
    """The correlated equilibrium of the consent game ``form`` that is best for whoever gains least over today."""
    now = np.repeat(before.payoffs, game.counts)
    table = form.table - (now * form.denominator)[(slice(None), *[None] * len(form.shape))]
    gains = NormalForm(table / form.denominator if not form.exact else table, form.players, form.actions)
    gains.denominator *= form.denominator if form.exact else 1
    return solve_correlated(gains, objective="maximin")


def least_gain(game: OutcomeGame, before: Before, result: Result) -> Number:
    """tau of one end: the least gain of any resident over today, and of the funder if it pays."""
    gains = (result.payoffs - before.payoffs).min()
    outlay, worth = _funder(game, before, result)
    return min(gains, worth) if outlay > game.slack * game.residents else gains


def _funder(game: OutcomeGame, before: Before, result: Result) -> tuple[Any, Any]:
    """What the funder lays out in one end, and what it gains by it over today."""
    outlay = result.paid + game.grants @ result.lottery
    return outlay, game.funder_weight * (game.surplus @ result.lottery) - outlay - before.funder


def _row(trial: Trial, game: OutcomeGame, before: Before, names: Names) -> Row:
    taus = [r.tau for r in trial.results]
    strong, weak = min(taus), max(taus)
    least = _least_that_counts(trial, game)
    verdict = "strong" if strong > least else "weak" if weak > least else "none"
    wanted = strong if verdict == "strong" else weak
    shown = next(r for r in trial.results if abs(r.tau - wanted) <= game.slack)
    outcome = Outcome(shown.lottery, shown.transfers)
    chosen = outcome.alternative
    envious, blocking = envy(game, outcome), blocking_gain(game, shown.payoffs)
    return Row(
        id=trial.mechanism.id,
        title=trial.mechanism.title,
        verdict=verdict,
        reason=_reason(verdict, trial, game, shown, before, names),
        concept=trial.concept,
        alternative=None if chosen is None else game.alternatives[chosen],
        lottery=None if chosen is not None else dict(zip(game.alternatives, shown.lottery)),
        transfers=frozen(shown.transfers),
        payoffs=frozen(shown.payoffs),
        budget=-shown.paid,
        min_gain=shown.payoffs.min(),
        tau_strong=strong,
        tau_weak=weak,
        conflict_share_where=None if trial.after is None else conflict_share(trial.after),
        envy_free=None if envious is None else bool(envious <= game.slack),
        coalition_stable=None if blocking is None else bool(blocking <= game.slack * game.residents),
        ex_ante=chosen is None,
        requires=tuple(trial.mechanism.requires),
        equilibrium_outcomes=() if trial.solution is None or trial.after is None else trial.solution.outcomes,
    )


def _least_that_counts(trial: Trial, game: OutcomeGame) -> Number:
    """The tau from which a rule does something: advice found in floats may be obeyed only up to the solver's tolerance."""
    if trial.concept == "correlated" and trial.solution.proof is None:
        return max(game.slack, SOLVER_TOLERANCE * abs(game.utilities).max())
    return game.slack


def _reason(verdict: str, trial: Trial, game: OutcomeGame, shown: Result, before: Before, names: Names) -> Message:
    if verdict == "strong":
        return everybody_gains(shown.tau)
    if verdict == "weak":
        stuck = min(trial.results, key=lambda r: r.tau)
        return may_gain(names, shown.tau, Outcome(stuck.lottery, stuck.transfers).alternative)
    outlay, worth = _funder(game, before, shown)
    unpaid = outlay if worth <= game.slack * game.residents else 0
    return who_does_not_gain(names, game, shown.payoffs - before.payoffs, unpaid)
