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

from ...games.errors import EncompassError, InputError, NotApplicable
from ...games.exact import Number, frozen
from ...games.mechanisms import MECHANISMS, Mechanism, Outcome
from ...games.message import Message, say
from ...games.outcome_game import OutcomeGame
from ..advice.correlated import SOLVER_TOLERANCE
from ..certificate import certifiable, comparison_certificate, comparison_fits
from ..pure import siting_outcomes
from .comparison import Comparison, Row
from .conclusion import Names, conclusion, everybody_gains, may_gain, who_does_not_gain
from .conflict import conflict_share
from .fairness import blocking_gain, envy
from .talk import talk_alone
from .trial import Before, Play, Result, funder, least_gain, play

if TYPE_CHECKING:
    from ...cases.case import Case

_STREAMED = "mechanisms are compared on gains in memory, and those of {n} residents are streamed; count residents that are alike in one row"
_ORDER = {"strong": 0, "weak": 1, "none": 2, "not-applicable": 3}


@dataclass(frozen=True, eq=False)
class Trial:
    """A mechanism tried on a game: how it is played with all its ends, and the row that says so."""

    mechanism: Mechanism
    played: Play | None = None
    row: Row | None = None


def compare(
    case: Case | OutcomeGame,
    mechanisms: Sequence[str | Mechanism] | str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Comparison:
    """Every mechanism of ``case`` tried on its game, best first; or those named by id, or objects of your own, or ``"all"`` known.

    A bare :class:`OutcomeGame` is tried with all mechanisms known. ``progress(done, all, id)`` is called before each.
    Raises :class:`InputError` for an unknown id, :class:`NotApplicable` for a game that is not over outcomes.
    """
    game = case if isinstance(case, OutcomeGame) else case.game
    if not isinstance(game, OutcomeGame):
        raise NotApplicable("mechanisms are compared on a game over outcomes: residents by alternatives, in money over the status quo")
    if mechanisms is None:
        mechanisms = "all" if isinstance(case, OutcomeGame) else case.mechanisms
    tried = [_known(name) for name in dict.fromkeys(list(MECHANISMS) if mechanisms == "all" else mechanisms)]
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
        if certified and certifiable(mechanism):
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
        talk=talk_alone(names, game),
        certificate=comparison_certificate(game, today, before.payoffs, trials) if certified else None,
    )


def _known(name: str | Mechanism) -> Mechanism:
    if not isinstance(name, str):
        return name
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
        row.concept in ("max-min", "sincere-vote", "true-reports"),  # judged in one way of playing, not in all equilibria
        "KN-U" in row.requires,
        row.id,
    )


def _try(mechanism: Mechanism, game: OutcomeGame, today: tuple[str, ...], before: Before, names: Names) -> Trial:
    try:
        reason = mechanism.refuses(game) if hasattr(mechanism, "refuses") else None
        if reason is not None:
            raise NotApplicable(reason)
        found = play(mechanism, game, today, before)
    except EncompassError as error:  # a mechanism that cannot be computed here must not stop the others
        row = Row(mechanism.id, _title(mechanism), "not-applicable", error.message, requires=_requires(mechanism))
        return Trial(mechanism, None, row)
    results = tuple(replace(r, tau=least_gain(found.world, before, r)) for r in found.results)
    played = replace(found, results=results)
    return Trial(mechanism, played, _row(mechanism, played, game, before, names))


def _title(mechanism: Any) -> Message:
    """A mechanism of one's own may leave its title out."""
    return getattr(mechanism, "title", None) or say("{name}", name=mechanism.id)


def _requires(mechanism: Any) -> tuple[str, ...]:
    return tuple(getattr(mechanism, "requires", ()))


def _row(mechanism: Mechanism, found: Play, game: OutcomeGame, before: Before, names: Names) -> Row:
    taus, world = [r.tau for r in found.results], found.world
    slack = max(game.slack, world.slack)  # a mechanism may compute in floats on an exact game
    strong, weak = min(taus), max(taus)
    least = _least_that_counts(found, game)
    verdict = "strong" if strong > least else "weak" if weak > least else "none"
    wanted = strong if verdict == "strong" else weak
    shown = next(r for r in found.results if abs(r.tau - wanted) <= slack)
    outcome = Outcome(shown.lottery, shown.transfers)
    chosen = outcome.alternative
    envious, blocking = envy(world, outcome), blocking_gain(world, shown.payoffs)
    return Row(
        id=mechanism.id,
        title=_title(mechanism),
        verdict=verdict,
        reason=_reason(verdict, found, shown, before, names),
        concept=found.concept,
        alternative=None if chosen is None else world.alternatives[chosen],
        lottery=None if chosen is not None else dict(zip(world.alternatives, shown.lottery)),
        transfers=frozen(shown.transfers),
        payoffs=frozen(shown.payoffs),
        budget=-shown.paid,
        min_gain=shown.payoffs.min(),
        tau_strong=strong,
        tau_weak=weak,
        conflict_share_where=None if found.after is None else conflict_share(found.after),
        envy_free=None if envious is None else bool(envious <= slack),
        coalition_stable=None if blocking is None else bool(blocking <= slack * game.residents),
        ex_ante=chosen is None,
        requires=_requires(mechanism),
        equilibrium_outcomes=() if found.solution is None or found.after is None else found.solution.outcomes,
        certified=certifiable(mechanism),
    )


def _least_that_counts(found: Play, game: OutcomeGame) -> Number:
    """The tau from which a rule does something: advice found in floats may be obeyed only up to the solver's tolerance."""
    if found.concept == "correlated" and found.solution.proof is None:
        return max(game.slack, SOLVER_TOLERANCE * abs(game.utilities).max())
    return max(game.slack, found.world.slack)


def _reason(verdict: str, found: Play, shown: Result, before: Before, names: Names) -> Message:
    world = found.world
    if verdict == "strong":
        return everybody_gains(shown.tau)
    if verdict == "weak":
        stuck = min(found.results, key=lambda r: r.tau)
        called = names.alternatives if len(names.alternatives) == len(world.alternatives) else world.alternatives  # packages have no names
        end = Outcome(stuck.lottery, stuck.transfers).alternative
        return may_gain(shown.tau, say("a lottery") if end is None else called[end])
    outlay, worth = funder(world, before, shown)
    unpaid = outlay if worth <= world.slack * world.residents else 0
    return who_does_not_gain(names, world, shown.payoffs - before.payoffs, unpaid)
