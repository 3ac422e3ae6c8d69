"""Cheap talk with private types (DL-3): one round of public messages before acting, by enumeration of pure plans.

All types send messages at once, everybody hears them, then all act. A message plan of a player is a partition of its types into those who
say the same; after every profile of messages the players are in a game with the prior given what was said, and play a pure equilibrium of
it; and no type wants to be taken for another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import numpy as np

from ...games.bayesian_game import BayesianGame
from ...games.errors import NotApplicable, SizeError
from ...games.exact import Array, Number, as_json
from ...games.parameters import whole
from ..pure import pure_profiles
from .talk import check_objective, full_support

MOST_TALKERS = 3
MOST_MESSAGES = 3
MOST_REPLIES = 2_000_000  # ways to answer the messages that are tried in all

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, eq=False)
class CheapTalk:
    """One round of public messages and what is done after them.

    ``messages[i][t]`` is what type t of player i says; ``replies[m][i][t]`` what it does after the messages m of all. ``payoffs`` are
    expected before types are known; ``regret`` is the most that a player gains by saying or doing otherwise, recomputed. ``tried``
    counts the combinations of message plans and replies compared.
    """

    messages: tuple[tuple[int, ...], ...]
    replies: dict[tuple[int, ...], tuple[tuple[int, ...], ...]]
    payoffs: tuple[Number, ...]
    regret: Number
    tried: int

    @property
    def welfare(self) -> Number:
        """The sum over players."""
        return sum(self.payoffs, start=Fraction(0))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        after = [{"heard": list(m), "acts": acts} for m, acts in sorted(self.replies.items())]
        return as_json({"messages": self.messages, "replies": after, "payoffs": self.payoffs, "regret": self.regret, "tried": self.tried})


def best_cheap_talk(
    game: BayesianGame, messages: int = MOST_MESSAGES, objective: str = "welfare", progress: Progress | None = None
) -> CheapTalk | None:
    """The best equilibrium in which all types send pure public messages at once and then act by pure plans; None if there is none.

    A message that nobody sends is heard as one that is sent, so that plans are partitions of types into at most ``messages`` classes.
    Best among pure plans: with mixed ones, more rounds, or lotteries drawn together more may be reached. Raises :class:`NotApplicable`
    for more than 3 players or a prior that leaves out a profile of types, :class:`SizeError` where there are too many combinations.
    """
    check_objective(objective)
    whole(messages, "messages", 1, MOST_MESSAGES)
    if len(game.players) > MOST_TALKERS:
        raise NotApplicable(
            "talk is solved by enumeration for at most {most} players; here are {given}", most=MOST_TALKERS, given=len(game.players)
        )
    full_support(game)
    plans = list(product(*(list(partitions(kinds, messages)) for kinds in game.kinds)))
    if len(plans) > MOST_REPLIES:
        raise SizeError("talk has {n} combinations of message plans; at most {limit} are tried", n=len(plans), limit=f"{MOST_REPLIES:,}")
    best: CheapTalk | None = None
    tried = 0
    for done, plan in enumerate(plans):
        if progress is not None:
            progress(done, len(plans), "plans")
        for replies in _equilibria_of(game, plan, tried):
            tried += 1
            payoffs = _expected(game, plan, replies)
            if best is None or _worth(payoffs, objective) > _worth(best.payoffs, objective):
                best = CheapTalk(plan, replies, payoffs, Fraction(0), tried)
    if best is None:
        return None
    return CheapTalk(best.messages, best.replies, best.payoffs, talk_regret(game, best.messages, best.replies), tried)


def _worth(payoffs: Sequence[Number], objective: str) -> Number:
    return sum(payoffs, start=Fraction(0)) if objective == "welfare" else min(payoffs)


def partitions(kinds: int, classes: int) -> Iterator[tuple[int, ...]]:
    """Every partition of 0..kinds-1 into at most ``classes`` classes, as the class of each, classes numbered as they first occur."""

    def grow(start: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(start) == kinds:
            yield start
            return
        for label in range(min(classes, max(start, default=-1) + 2)):
            yield from grow((*start, label))

    yield from grow(())


Replies = dict[tuple[int, ...], tuple[tuple[int, ...], ...]]


def _equilibria_of(game: BayesianGame, plan: tuple[tuple[int, ...], ...], tried: int) -> Iterator[Replies]:
    """Every choice of a pure equilibrium after each profile of messages under which all message plans are best."""
    heard = list(product(*(range(max(own) + 1) for own in plan)))
    options = [_continuations(game, plan, m) for m in heard]
    ways = prod(map(len, options))
    if tried + ways > MOST_REPLIES:
        raise SizeError(
            "messages can be answered in {n} ways or more; at most {limit} are tried", n=tried + ways, limit=f"{MOST_REPLIES:,}"
        )
    values = [[_values(game, plan, m, reply) for reply in replies] for m, replies in zip(heard, options)]
    place = {m: k for k, m in enumerate(heard)}
    for chosen in product(*(range(len(replies)) for replies in options)):
        if _says_so(game, plan, heard, place, [values[k][c] for k, c in enumerate(chosen)]):
            yield {m: options[k][c] for k, (m, c) in enumerate(zip(heard, chosen))}


def _continuations(game: BayesianGame, plan: Sequence[Sequence[int]], heard: tuple[int, ...]) -> list[tuple[tuple[int, ...], ...]]:
    """The pure equilibria after the messages ``heard``, as an action for each type; types that say otherwise are written -1."""
    cells = [[t for t, label in enumerate(own) if label == m] for own, m in zip(plan, heard)]
    n = len(cells)
    weights = game.weights[np.ix_(*cells)]
    mass = weights.sum()
    prior = np.array([Fraction(int(w), int(mass)) if game.exact else w / mass for w in weights.ravel()], dtype=object).reshape(
        weights.shape
    )
    table = game.table[np.ix_(range(n), *cells, *map(range, game.shape))]
    kept = BayesianGame(table.astype(float) if not game.exact else table.astype(object), prior.astype(float) if not game.exact else prior)
    agents = [(i, t) for i, cell in enumerate(cells) for t in cell]
    found: list[tuple[tuple[int, ...], ...]] = []
    for profile in pure_profiles(kept.agent_form()):
        acts = dict(zip(agents, profile))
        found.append(tuple(tuple(acts.get((i, t), -1) for t in range(kinds)) for i, kinds in enumerate(game.kinds)))
    return found


def _values(
    game: BayesianGame, plan: Sequence[Sequence[int]], heard: tuple[int, ...], reply: Sequence[Sequence[int]]
) -> list[list[Number]]:
    """What each type of each player gets at best where the others are those who say ``heard`` and do ``reply``, times the prior.

    The type itself need not be one of those who say its part of ``heard``: it may have lied.
    """
    n, result = len(plan), list[list[Number]]()
    for i in range(n):
        cells = [[t for t, label in enumerate(own) if label == m] for own, m in zip(plan, heard)]
        own: list[Number] = []
        for t in range(game.kinds[i]):
            totals: Array = np.zeros(game.shape[i], dtype=object if game.exact else float)
            for types in product(*([t] if j == i else cells[j] for j in range(n))):
                at = (i, *types, *(slice(None) if j == i else reply[j][types[j]] for j in range(n)))
                totals = totals + game.weighted[at]
            own.append(max(totals))
        result.append(own)
    return result


def _says_so(
    game: BayesianGame,
    plan: Sequence[Sequence[int]],
    heard: Sequence[tuple[int, ...]],
    place: dict[tuple[int, ...], int],
    values: Sequence[Any],
) -> bool:
    """Whether every type does best by the message of its plan."""
    slack = game.slack * game.mass if game.exact else game.slack
    for i, own in enumerate(plan):
        others = {(*m[:i], 0, *m[i + 1 :]) for m in heard}
        for t, says in enumerate(own):
            by_message = [sum(values[place[(*m[:i], k, *m[i + 1 :])]][i][t] for m in others) for k in range(max(own) + 1)]
            if max(by_message) > by_message[says] + slack:
                return False
    return True


def _expected(game: BayesianGame, plan: Sequence[Sequence[int]], replies: Replies) -> tuple[Number, ...]:
    """The payoffs before types are known."""
    totals: list[Number] = [Fraction(0)] * len(plan)
    for types in game.type_profiles():
        heard = tuple(own[t] for own, t in zip(plan, types))
        pay = game.payoffs(types, tuple(acts[t] for acts, t in zip(replies[heard], types)))
        totals = [total + game.chance(types) * x for total, x in zip(totals, pay)]
    return tuple(totals)


def talk_regret(game: BayesianGame, plan: Sequence[Sequence[int]], replies: Replies) -> Number:
    """The most a player gains, before types are known, by other messages and other replies to what it hears; from the payoffs alone."""
    now, worst = _expected(game, plan, replies), Fraction(0)
    for i in range(len(plan)):
        best: Number = Fraction(0)
        for t in range(game.kinds[i]):
            by_message: list[Number] = []
            for said in range(max(plan[i]) + 1):
                by_heard: dict[tuple[int, ...], list[Number]] = {}
                for types in game.type_profiles():
                    if types[i] != t:
                        continue
                    heard = tuple(said if j == i else own[k] for j, (own, k) in enumerate(zip(plan, types)))
                    row = by_heard.setdefault(heard, [Fraction(0)] * game.shape[i])
                    for a in range(game.shape[i]):
                        done = tuple(a if j == i else replies[heard][j][k] for j, k in enumerate(types))
                        row[a] += game.chance(types) * game.payoffs(types, done)[i]
                by_message.append(sum((max(row) for row in by_heard.values()), start=Fraction(0)))
            best += max(by_message)
        worst = max(worst, best - now[i])
    return worst
