"""Properties of mechanisms that are games of their own: all equilibria, as found by ``solve``, when everybody's type is known."""

from __future__ import annotations

from collections.abc import Iterator

from ...games.environment import Types
from ...games.message import Message, say
from .play import Play
from .properties import Property, Violation


def all_efficient(play: Play, types: Types) -> Iterator[Violation]:
    """How much the worst equilibrium misses."""
    problem = play.problem(types)
    for outcome in play.equilibria(types).outcomes:
        yield Violation(problem.most - problem.welfare(outcome), types, before=outcome)


def some_efficient(play: Play, types: Types) -> Iterator[Violation]:
    """How much the best equilibrium misses (note ``none`` where there is no equilibrium)."""
    problem, outcomes = play.problem(types), play.equilibria(types).outcomes
    if not outcomes:
        yield Violation(max(problem.most, problem.most * 0 + 1), types, note="none")
        return
    best = max(outcomes, key=problem.welfare)
    yield Violation(problem.most - problem.welfare(best), types, before=best)


def unique_outcome(play: Play, types: Types) -> Iterator[Violation]:
    """How much two equilibria differ to somebody (note ``none`` where there is no equilibrium)."""
    problem, outcomes = play.problem(types), play.equilibria(types).outcomes
    if not outcomes:
        yield Violation(problem.most * 0 + 1, types, note="none")
    worths = [[problem.worth(i, outcome) for outcome in outcomes] for i in play.players]
    gaps = [max(worth) - min(worth) for worth in worths if worth]
    if gaps and len(outcomes) > 1:
        i = gaps.index(max(gaps))
        least, most = worths[i].index(min(worths[i])), worths[i].index(max(worths[i]))
        yield Violation(gaps[i], types, (i,), before=outcomes[least], after=outcomes[most])


def _needs_form(play: Play) -> Message | None:
    return None if hasattr(play.mechanism, "form") else say("the mechanism is not a game of its own: it has no form to be solved")


EQUILIBRIA = (
    Property("equilibria-efficient", all_efficient, "equilibrium", _needs_form),
    Property("some-equilibrium-efficient", some_efficient, "equilibrium", _needs_form),
    Property("unique-equilibrium-outcome", unique_outcome, "two-equilibria", _needs_form),
)
