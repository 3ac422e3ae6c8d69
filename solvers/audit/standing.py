"""How everybody stands when the truth is told: does somebody lose, is money missing, is the best missed, is anybody envied?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...games.environment import Types
from ...games.errors import NotApplicable
from ...games.exact import Number
from ...games.message import Message, say
from ...games.outcome_game import OutcomeGame
from ..standoff.fairness import blocking_gain, envy
from .forecast import same_types
from .incentives import cells, expected_worth, needs_prior, needs_reports, prior_of
from .play import Play
from .properties import ANY, Property, Violation


def efficient(play: Play, types: Types) -> Iterator[Violation]:
    """W(best) - W(decided)."""
    problem = play.problem(types)
    for outcome in play.ends(types).outcomes:
        missed = problem.most - problem.welfare(outcome)
        if missed < -play.slack(types, missed):
            raise NotApplicable(
                "the largest welfare is said to be {most}, and a decision gives {size} more", most=problem.most, size=-missed
            )
        yield Violation(missed, types, before=outcome)


def individually_rational(play: Play, types: Types) -> Iterator[Violation]:
    """What refusing gives, less what the mechanism gives after any draw of lots."""
    for outcome in play.ends(types).outcomes:
        for i in play.players:
            yield Violation(play.floor(i, types) - play.worst(i, types, outcome), types, (i,), before=outcome)


def before_the_draw(play: Play, types: Types) -> Iterator[Violation]:
    """With a prior: what a player expects before anything is known. Without one: before lots are drawn, whatever the types are."""
    if play.environment.prior is not None:
        yield from _before_types(play)
        return
    for one in play.profiles() if not types else (types,):
        for outcome in play.ends(one).outcomes:
            for i in play.players:
                yield Violation(play.floor(i, one) - play.problem(one).worth(i, outcome), one, (i,), before=outcome)


def _before_types(play: Play) -> Iterator[Violation]:
    for i in play.players:
        chances = [(k, p) for k, p in enumerate(prior_of(play, i)) if p]
        expected = sum(p * (expected_worth(play, i, k, play.lies[i][k]) - _expected_floor(play, i, k)) for k, p in chances)
        yield Violation(-expected, (ANY,) * len(play.players), (i,))


def interim(play: Play, types: Types) -> Iterator[Violation]:
    """What a player of each type expects when it knows its own type, against what refusing gives."""
    del types
    for i in play.players:
        for k, p in enumerate(prior_of(play, i)):
            if p:
                size = _expected_floor(play, i, k) - expected_worth(play, i, k, play.lies[i][k])
                yield Violation(size, tuple(play.lies[i][k] if j == i else ANY for j in play.players), (i,))


def _expected_floor(play: Play, player: int, kind: int) -> Number:
    if play.fallback is None:
        return 0  # type: ignore[return-value]
    return sum(p * play.floor(player, types) for p, types in cells(play, player, kind)) / prior_of(play, player)[kind]


def no_deficit(play: Play, types: Types) -> Iterator[Violation]:
    """Outside money that is needed."""
    for outcome in play.ends(types).outcomes:
        yield Violation(play.paid(types, outcome), types, before=outcome)


def budget_balanced(play: Play, types: Types) -> Iterator[Violation]:
    """Outside money that is needed, or money that is left over (note ``surplus``)."""
    for outcome in play.ends(types).outcomes:
        paid = play.paid(types, outcome)
        yield Violation(abs(paid), types, before=outcome, note="surplus" if paid < 0 else "")


def balanced_on_average(play: Play, types: Types) -> Iterator[Violation]:
    """The same, on average over types."""
    del types
    paid = sum(p * play.paid(types, play.outcome(types)) for p, types in cells(play))
    yield Violation(abs(paid), (ANY,) * len(play.players), note="surplus" if paid < 0 else "")


def pareto_improving(play: Play, types: Types) -> Iterator[Violation]:
    """Somebody loses against refusing; or nobody gains although the best decision is worth more than that (note ``nobody-gains``)."""
    problem = play.problem(types)
    floors = [play.floor(i, types) for i in play.players]
    possible = problem.most - sum(n * floor for n, floor in zip(play.heads(types), floors))
    for outcome in play.ends(types).outcomes:
        gains = [problem.worth(i, outcome) - floors[i] for i in play.players]
        slack = play.slack(types, sum(gains))
        loser = min(play.players, key=lambda i: gains[i])
        if gains[loser] < -slack:
            yield Violation(-gains[loser], types, (loser,), before=outcome)
        elif max(gains) <= slack < possible:
            yield Violation(possible, types, before=outcome, note="nobody-gains")


def anonymous(play: Play, types: Types) -> Iterator[Violation]:
    """Two neighbours exchange types, and what everybody gets is not exchanged likewise.

    Exchanges of neighbours generate all permutations. Neighbours of one type are not exchanged, so that a tie broken in the order of the
    players is no violation: their order does not change.
    """
    for i in play.players[:-1]:
        if types[i] == types[i + 1]:
            continue
        swapped = (*types[:i], types[i + 1], types[i], *types[i + 2 :])
        places = [*range(i), i + 1, i, *range(i + 2, len(types))]
        gaps = [abs(play.worth(there, swapped, swapped) - play.worth(j, types, types)) for j, there in enumerate(places)]
        yield Violation(max(gaps), types, (i, i + 1), swapped, play.outcome(types), play.outcome(swapped))


def envy_free(play: Play, types: Types) -> Iterator[Violation]:
    """The most that anybody would gain in another's place."""
    problem = play.problem(types)
    for outcome in play.ends(types).outcomes:
        size = problem.envy(outcome) if hasattr(problem, "envy") else envy(problem, outcome)
        if size is not None:
            yield Violation(size, types, before=outcome)


def coalition_stable(play: Play, types: Types) -> Iterator[Violation]:
    """The most that a group would gain by leaving and building alone."""
    problem = play.problem(types)
    for outcome in play.ends(types).outcomes:
        size = problem.blocking(outcome) if hasattr(problem, "blocking") else _blocking(play, types, outcome)
        if size is not None:
            yield Violation(size, types, before=outcome)


def _blocking(play: Play, types: Types, outcome: Any) -> Number | None:
    problem = play.problem(types)
    return blocking_gain(problem, problem.utilities @ outcome.lottery + outcome.transfers)


def _needs_alike(play: Play) -> Message | None:
    if not play.environment.alike or not same_types(play.environment):
        return say("needs an environment whose players are alike")
    return needs_reports(play)


def _needs_places(play: Play) -> Message | None:
    problem = play.problem(play.some)
    if hasattr(problem, "envy") or (isinstance(problem, OutcomeGame) and problem.hosts is not None and problem.parts is not None):
        return None
    return say("nobody can be in another's place: needs one host a site, or a problem with 'envy'")


def _needs_groups(play: Play) -> Message | None:
    problem = play.problem(play.some)
    if hasattr(problem, "blocking") or (isinstance(problem, OutcomeGame) and problem.parts is not None and problem.consented):
        return None
    return say("needs to know what a group can do alone: sites with consent and damages, or a problem with 'blocking'")


STANDING = (
    Property("efficient", efficient, "welfare"),
    Property("individually-rational", individually_rational, "loss"),
    Property("interim-individually-rational", interim, "mean-loss", needs_prior, whole=True),
    Property("ex-ante-individually-rational", before_the_draw, "mean-loss", needs_reports, whole=True),
    Property("budget-balanced", budget_balanced, "money"),
    Property("no-deficit", no_deficit, "money"),
    Property("budget-balanced-in-expectation", balanced_on_average, "mean-money", needs_prior, whole=True),
    Property("anonymous", anonymous, "exchange", _needs_alike, lambda sizes: len(sizes) ** 2),
    Property("envy-free", envy_free, "envy", _needs_places),
    Property("pareto-improving", pareto_improving, "loss"),
    Property("coalition-stable", coalition_stable, "block", _needs_groups),
)
