"""Paradoxes of adding votes up: issues against parties, premises against conclusions, rights against unanimity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from ...games.errors import InputError


@dataclass(frozen=True)
class IssueVotes:
    """``issues[k]`` wins issue k, ``party`` wins when everybody votes for the party that they agree with on more issues; None: a tie."""

    issues: tuple[Hashable | None, ...]
    party: Hashable | None

    @property
    def paradox(self) -> bool:
        """Whether one party wins every issue and another the vote on parties (Rae and Daudt 1976)."""
        return len(set(self.issues)) == 1 and None not in (self.issues[0], self.party) and self.party != self.issues[0]


def ostrogorski(votes: Sequence[Sequence[Hashable]]) -> IssueVotes:
    """Majorities by issue and by party: ``votes[i][k]`` is the party that voter i favours on issue k. Voters who agree equally often
    with two parties back none (the Ostrogorski paradox: Rae and Daudt 1976)."""
    _same_length(votes)
    backed = [party for party in map(majority, votes) if party is not None]
    return IssueVotes(tuple(majority(column) for column in zip(*votes)), majority(backed))


def majority(ballots: Sequence[Hashable]) -> Hashable | None:
    """The most frequent entry; None if two are, or there is none."""
    top = Counter(ballots).most_common(2)
    return None if not top or (len(top) == 2 and top[0][1] == top[1][1]) else top[0][0]


@dataclass(frozen=True)
class Verdicts:
    """On "all premises hold": by majorities on each premise, and by the majority on the conclusion."""

    premise: bool
    conclusion: bool

    @property
    def dilemma(self) -> bool:
        """Whether they differ (List and Pettit 2002)."""
        return self.premise != self.conclusion


def discursive(judges: Sequence[Sequence[bool]]) -> Verdicts:
    """Verdicts of ``judges[i][k]``, whether judge i holds premise k, on the conjunction of the premises; a tie counts as no."""
    _same_length(judges)

    def most(ballots: Sequence[bool]) -> bool:
        return 2 * sum(map(bool, ballots)) > len(ballots)

    return Verdicts(all(map(most, zip(*judges))), most([all(judge) for judge in judges]))


@dataclass(frozen=True)
class SocialPreference:
    """``relations``: pairs (better, worse) that society must hold; ``choice``: the alternatives that nothing is better than."""

    relations: tuple[tuple[str, str], ...]
    choice: tuple[str, ...]


def liberal_paradox(rankings: Mapping[str, Sequence[str]], rights: Mapping[str, Sequence[str]]) -> SocialPreference:
    """What rights and unanimity ask of society (Sen 1970): each person decides between the two alternatives of ``rights``, and what all
    prefer is preferred. ``rankings`` are best first. A ``choice`` of nothing is the paradox.
    """
    places = {person: {x: k for k, x in enumerate(ranking)} for person, ranking in rankings.items()}
    names = sorted(set().union(*map(set, rankings.values())))
    if not names or any(sorted(ranking) != names for ranking in rankings.values()):
        raise InputError("everybody must rank the same alternatives")
    for person, pair in rights.items():
        if person not in places or len(set(pair)) != 2 or not set(pair) <= set(names):
            raise InputError("the right of {person} must be a person's, over two of the alternatives", person=person)

    def better(x: str, y: str) -> bool:
        decisive = [places[person] for person, pair in rights.items() if {x, y} == set(pair)]
        return any(place[x] < place[y] for place in decisive) or all(place[x] < place[y] for place in places.values())

    relations = tuple((x, y) for x in names for y in names if x != y and better(x, y))
    return SocialPreference(relations, tuple(y for y in names if not any(pair[1] == y for pair in relations)))


def _same_length(rows: Sequence[Sequence[object]]) -> None:
    if not rows or not rows[0] or len({len(row) for row in rows}) != 1:
        raise InputError("every voter must say the same number of things, at least one")
