"""Properties of votes: more support never harms what is chosen, and staying away never pays.

A vote over alternatives is a game over outcomes; its quorum counts those who are not indifferent. Other problems say by methods of
their own what support and staying away are (:mod:`.play`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ...games.environment import Types
from ...games.exact import Number
from ...games.message import Message, say
from ...games.outcome_game import OutcomeGame
from ...games.rights import Imposition, Quota
from .incentives import needs_reports
from .play import Play, changed, decide
from .properties import Property, Violation, lies_of_one


def monotonic(play: Play, types: Types) -> Iterator[Violation]:
    """What is chosen gets more support from one player, and is chosen with less probability: by how much."""
    problem, chosen = play.problem(types), play.outcome(types)
    for i in play.movers(types):
        for report in play.lies[i]:
            if report == types[i]:
                continue
            reports = changed(types, i, report)
            if supports(problem, i, play.problem(reports), chosen):
                after = play.outcome(reports)
                yield Violation(_chance(problem, chosen, chosen) - _chance(problem, after, chosen), types, (i,), reports, chosen, after)


def participation(play: Play, types: Types) -> Iterator[Violation]:
    """One player stays away and gains by it: the no-show paradox (Fishburn and Brams 1983)."""
    problem, decided = play.problem(types), play.outcome(types)
    for i in play.movers(types):
        after = decide(play.mechanism, without(problem, i))
        yield Violation(problem.worth(i, after) - problem.worth(i, decided), types, (i,), before=decided, after=after)


def quorum_monotonic(play: Play, types: Types) -> Iterator[Violation]:
    """One player who is against the motion makes it pass by voting no: it would fail if the player stayed away."""
    for violation in participation(play, types):
        if _stays(play.problem(types), violation.after):
            yield violation


def supports(problem: Any, player: int, told: Any, outcome: Any) -> bool:
    """Whether ``told`` differs only in that ``player`` supports what ``outcome`` chooses more: it rose against every other alternative."""
    if hasattr(problem, "supports"):
        return bool(problem.supports(player, told, outcome))
    chosen = outcome.alternative
    rise = told.utilities[player] - problem.utilities[player]
    return chosen is not None and bool((rise <= rise[chosen]).all() and (rise < rise[chosen]).any())


def _chance(problem: Any, outcome: Any, chosen: Any) -> Number:
    return problem.chance(outcome, chosen) if hasattr(problem, "chance") else outcome.lottery[chosen.alternative]


def without(problem: Any, player: int) -> Any:
    """The problem told when ``player`` stays away: in a game over outcomes a resident who does not care and is not counted."""
    if hasattr(problem, "without"):
        return problem.without(player)
    gains = problem.utilities.copy()
    gains[player] = gains[player] * 0
    return problem.with_utilities(gains)


def split(problem: Any, player: int, rows: Sequence[Any]) -> Any:
    """The problem told when ``player`` comes as several identities, one for each problem of ``rows``; the others stand at the end."""
    if hasattr(problem, "split"):
        return problem.split(player, rows)
    gains = problem.utilities.copy()
    gains[player] = rows[0].utilities[player]
    gains = np.vstack([gains, *(row.utilities[player][None, :] for row in rows[1:])])
    return OutcomeGame(gains, problem.alternatives, problem.status_quo, problem.rights, grants=problem.grants)


def _stays(problem: Any, outcome: Any) -> bool:
    if hasattr(problem, "stays"):
        return bool(problem.stays(outcome))
    return outcome.alternative == getattr(problem, "status_quo", None)


def why_no_split(play: Play) -> Message | None:
    """Why nobody can come under several names."""
    problem = play.problem(play.some)
    if hasattr(problem, "split") or (isinstance(problem, OutcomeGame) and isinstance(problem.rights, (Imposition, Quota))):
        return None
    return say("nobody can come under several names: needs a choice without vetoes, or a problem with 'split'")


def _needs_absence(play: Play) -> Message | None:
    problem = play.problem(play.some)
    if not hasattr(problem, "without") and not (isinstance(problem, OutcomeGame) and isinstance(problem.rights, (Imposition, Quota))):
        return say("nobody can stay away: needs a choice without vetoes, or a problem with 'without'")
    return needs_reports(play)


def _needs_quorum(play: Play) -> Message | None:
    problem = play.problem(play.some)
    if not isinstance(problem, OutcomeGame) and not hasattr(problem, "stays"):
        return say("nothing is passed or rejected: needs a status quo, or a problem with 'stays'")
    return _needs_absence(play)


def _needs_support(play: Play) -> Message | None:
    problem = play.problem(play.some)
    if not isinstance(problem, OutcomeGame) and not hasattr(problem, "supports"):
        return say("needs alternatives that can be supported more: a game over outcomes, or a problem with 'supports'")
    return needs_reports(play)


VOTES = (
    Property("monotonic", monotonic, "support", _needs_support, lies_of_one),
    Property("participation", participation, "absence", _needs_absence),
    Property("quorum-monotonic", quorum_monotonic, "absence", _needs_quorum),
)
