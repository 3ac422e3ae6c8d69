"""Does it pay to lie? Alone, whatever others say or on average; in a group, with or without side payments; under several names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

import numpy as np

from ...games.environment import Type, Types
from ...games.errors import SizeError
from ...games.exact import Number
from ...games.message import Message, say
from .play import Play, changed, decide
from .properties import ANY, LARGEST_COMPARISONS, Property, Violation, lies_of_one, lies_together


def needs_reports(play: Play) -> Message | None:
    """Whoever asks about lies needs a rule of reports."""
    return None if play.direct else say("the mechanism is a game of its own, not a rule of reports: ask about its equilibria")


def needs_prior(play: Play) -> Message | None:
    """Averages need a prior."""
    if play.environment.prior is None:
        return say("needs a prior over profiles of types")
    return needs_reports(play)


def ex_post(play: Play, types: Types) -> Iterator[Violation]:
    """One player lies where all others tell the truth: u_i(f(t'_i, t_-i), t) - u_i(f(t), t)."""
    for i in play.movers(types):
        for lie in play.lies[i]:
            if lie != types[i]:
                yield from _lie(play, types, types, i, lie)


def dominant(play: Play, types: Types) -> Iterator[Violation]:
    """One player lies, whatever others report.

    With private values the others' true types do not matter, and their reports may be taken for them. Raises :class:`SizeError`
    otherwise, where there are too many lies of others.
    """
    if play.private:
        yield from ex_post(play, types)
        return
    profiles = prod(map(len, play.lies))
    work = profiles * len(play.lies) * (1 if play.given is not None else profiles)
    if work > LARGEST_COMPARISONS:
        raise SizeError(
            "{property}: {n} comparisons; at most {most} are made",
            property="strategy-proof",
            n=f"{work:,}",
            most=f"{LARGEST_COMPARISONS:,}",
        )
    for i in play.players:
        others = (play.lies[j] if j != i else (types[i],) for j in play.players)
        for reports in product(*others):
            for lie in play.lies[i]:
                if lie != types[i]:
                    yield from _lie(play, types, reports, i, lie)


def _lie(play: Play, types: Types, told: Types, i: int, lie: Type) -> Iterator[Violation]:
    reports = changed(told, i, lie)
    gain = play.worth(i, types, reports) - play.worth(i, types, told)
    if gain > 0:
        yield Violation(gain, types, (i,), reports, play.outcome(told), play.outcome(reports))


def bayes(play: Play, types: Types) -> Iterator[Violation]:
    """One player lies where all others tell the truth, on average over the others' types given its own."""
    del types
    for i in play.players:
        for k, truth in enumerate(play.lies[i]):
            if not prior_of(play, i)[k]:
                continue
            for lie in play.lies[i]:
                gain = expected_worth(play, i, k, lie) - expected_worth(play, i, k, truth) if lie != truth else 0
                if gain > 0:
                    yield Violation(gain, _only(play, i, truth), (i,), _only(play, i, lie))


def _only(play: Play, i: int, own: Type) -> Types:
    return tuple(own if j == i else ANY for j in play.players)


def prior_of(play: Play, player: int) -> np.ndarray:
    """The probability of each type of ``player``."""
    prior = play.environment.prior
    assert prior is not None
    return prior.sum(axis=tuple(j for j in play.players if j != player))


def expected_worth(play: Play, player: int, kind: int, report: Type) -> Number:
    """What ``player``, whose type is the ``kind``-th, expects from reporting ``report`` while all others tell the truth."""
    prior = play.environment.prior
    assert prior is not None
    worths = (p * play.worth(player, types, changed(types, player, report)) for p, types in cells(play, player, kind))
    return sum(worths, start=prior.sum() * 0) / prior_of(play, player)[kind]


def cells(play: Play, player: int | None = None, kind: int = 0) -> Iterator[tuple[Number, Types]]:
    """The profiles that are possible, with their probabilities; those in which ``player`` is of its ``kind``-th type, if one is given."""
    prior = play.environment.prior
    assert prior is not None
    for place in product(*(range(len(kinds)) if j != player else (kind,) for j, kinds in enumerate(play.lies))):
        if prior[place]:
            yield prior[place], tuple(kinds[k] for k, kinds in zip(place, play.lies))


def _together(play: Play, types: Types) -> Iterator[tuple[Types, list[int], list[Number]]]:
    """Every other profile of reports, who lies in it, and what everybody gains by it."""
    truth = [play.worth(i, types, types) for i in play.players]
    for reports in product(*(dict.fromkeys((own, *kinds)) for own, kinds in zip(types, play.lies))):
        liars = [i for i in play.players if reports[i] != types[i]]
        if liars:
            yield reports, liars, [play.worth(i, types, reports) - now for i, now in zip(play.players, truth)]


def group(play: Play, types: Types) -> Iterator[Violation]:
    """A group lies, nobody in it loses and somebody in it gains; whoever gains most by it belongs to it, even without lying.

    The note ``all-gain`` marks violations in which everybody who lies gains, the size is the largest gain.
    """
    slack = play.slack(types, play.problem(types).most)
    for reports, liars, gains in _together(play, types):
        if min(gains[i] for i in liars) >= -slack and max(gains) > slack:
            top = max(play.players, key=lambda i: gains[i])
            members = tuple(sorted({*liars, *((top,) if gains[top] > max(gains[i] for i in liars) + slack else ())}))
            note = "all-gain" if min(gains[i] for i in liars) > slack else ""
            yield Violation(max(gains[i] for i in members), types, members, reports, play.outcome(types), play.outcome(reports), note)


def group_all_gain(play: Play, types: Types) -> Iterator[Violation]:
    """A group lies and everybody in it gains."""
    return (violation for violation in group(play, types) if violation.note == "all-gain")


def side_payments(play: Play, types: Types) -> Iterator[Violation]:
    """A group lies and gains in sum, so that side payments inside it leave all better off; whoever gains by it belongs to it."""
    heads = play.heads(types)
    for reports, liars, gains in _together(play, types):
        members = tuple(i for i in play.players if i in liars or gains[i] > 0)
        total = sum(heads[i] * gains[i] for i in members)
        if total > 0:
            yield Violation(total, types, members, reports, play.outcome(types), play.outcome(reports))


def false_names(play: Play, types: Types) -> Iterator[Violation]:
    """One player comes as two identities, each with any type, and receives what both receive."""
    from .votes import split

    problem = play.problem(types)
    for i in play.movers(types):
        truth = play.worth(i, types, types)
        for names in product(play.lies[i], repeat=2):
            told = split(problem, i, [play.problem(changed(types, i, name)) for name in names])
            outcome = decide(play.mechanism, told)
            gain = problem.worth(i, outcome) + sum(outcome.transfers[len(play.players) :]) - truth
            if gain > 0:
                yield Violation(gain, types, (i,), (*changed(types, i, names[0]), names[1]), play.outcome(types), outcome)


def _needs_identities(play: Play) -> Message | None:
    from .votes import why_no_split

    reason = needs_reports(play)
    return reason if reason is not None else why_no_split(play)


INCENTIVES = (
    Property("strategy-proof", dominant, "lie", needs_reports, lies_of_one),
    Property("ex-post-incentive-compatible", ex_post, "lie", needs_reports, lies_of_one),
    Property("bayes-incentive-compatible", bayes, "mean-lie", needs_prior, lies_of_one, whole=True),
    Property("group-strategy-proof", group, "group", needs_reports, lies_together, joint=True),
    Property("weakly-group-strategy-proof", group_all_gain, "group", needs_reports, lies_together, joint=True),
    Property("coalition-strategy-proof", side_payments, "group", needs_reports, lies_together, joint=True),
    Property("false-name-proof", false_names, "names", _needs_identities, lambda sizes: sum(k * k for k in sizes)),
)
