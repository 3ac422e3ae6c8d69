"""Where a deliberation ends, how likely, and after how long: the absorbing chain of a rule, solved exactly or sampled.

The states that can be reached are parted into classes that lead back to themselves. Classes are gone through in the order in which they
lead to each other: a class that is left passes its probability on (one state: by a division; several: by elimination), a class that is
never left keeps it (Kemeny and Snell 1960). In a class of several states that is never left the talk goes on for ever; its share is
divided by how often each state is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from math import log, sqrt
from random import Random
from typing import Any

import numpy as np

from ...games.deliberation.elimination import long_run_shares, resolved
from ...games.deliberation.process import Chances, Process, gathered
from ...games.errors import InputError, SizeError
from ...games.exact import Array, Number, as_json
from ...games.message import Message, say
from ...games.parameters import whole

LARGEST_STATES = 20_000  # reachable states of a process that is solved exactly
LARGEST_CLASS = 120  # states that lead back to each other, eliminated in rational numbers
MOST_STEPS = 10_000  # of a sampled talk
CONFIDENCE = Fraction(99, 100)

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, eq=False)
class Deliberation:
    """What a talk comes to. ``answers``: each answer and its probability, most likely first (while it goes on: its share of the time).

    ``settles``: the probability that the answer changes no more from some round on; ``rounds``: the expected number of moves until the
    class in which it stays is reached. ``exact``: both computed on all ``states``. Otherwise estimated from ``samples`` talks, with
    ``error`` for each single probability at the confidence 99% (Hoeffding 1963), and ``stop`` says why.
    """

    answers: tuple[tuple[Hashable, Number], ...]
    rounds: Number
    settles: Number
    states: int
    exact: bool
    samples: int = 0
    error: float = 0.0
    stop: Message | None = None

    @property
    def complete(self) -> bool:
        """Whether every answer that is possible is listed."""
        return self.exact

    def probability(self, answer: Hashable) -> Number:
        """The probability of ``answer``."""
        return dict(self.answers).get(answer, Fraction(0))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/deliberation/1``."""
        answers = [{"answer": as_json(_plain(answer)), "probability": as_json(p)} for answer, p in self.answers]
        numbers = as_json({"rounds": self.rounds, "settles": self.settles, "states": self.states, "error": self.error})
        how = {"exact": self.exact, "complete": self.complete, "samples": self.samples}
        stop = None if self.stop is None else str(self.stop)
        return {"schema": "encompass/deliberation/1", "answers": answers, **numbers, **how, "stop": stop}


def _plain(answer: Any) -> Any:
    return sorted(map(_plain, answer), key=repr) if isinstance(answer, (set, frozenset)) else answer


def deliberate(
    process: Process,
    rounds: int | None = None,
    samples: int = 10_000,
    seed: int = 0,
    most_states: int = LARGEST_STATES,
    progress: Progress | None = None,
) -> Deliberation:
    """Where ``process`` ends, or stands after ``rounds`` moves: exactly if at most ``most_states`` states can be reached, else sampled."""
    whole(samples, "samples")
    if rounds is not None:
        whole(rounds, "rounds", 0)
    try:
        return _after(process, rounds, most_states) if rounds is not None else _solved(process, most_states)
    except SizeError as error:
        return _sampled(process, rounds, samples, seed, error.message, progress)


def _after(process: Process, rounds: int, most: int) -> Deliberation:
    """The chances after a number of moves, one by one."""
    known: dict[Any, Chances] = {}
    now: Any = gathered(process.start())
    taken = Fraction(0)
    for _ in range(rounds):
        following: list[tuple[Fraction, Any]] = []
        for p, state in now:
            if state not in known:
                _check_states(len(known) + 1, most)
                known[state] = process.moves(state)
            taken += p if known[state] else 0
            following += [(p * q, after) for q, after in known[state]] or [(p, state)]
        now = gathered(following)
    settled = sum((p for p, state in now if not process.moves(state)), start=Fraction(0))
    return Deliberation(_answers((process.answer(state), p) for p, state in now), taken, settled, len(known), True)


def _check_states(n: int, most: int) -> None:
    if n > most:
        raise SizeError("more than {limit} states can be reached", limit=f"{most:,}")


def _answers(found: Any) -> tuple[tuple[Hashable, Number], ...]:
    total: dict[Hashable, Any] = {}
    for answer, p in found:
        total[answer] = total.get(answer, Fraction(0)) + p
    return tuple(sorted(((a, p) for a, p in total.items() if p), key=lambda entry: (-entry[1], repr(entry[0]))))


@dataclass(eq=False)
class _Chain:
    """The reachable states, their moves (to numbers of states), and the probability that has come to each."""

    process: Process
    states: list[Any]
    moves: list[list[tuple[int, Fraction]]]
    mass: list[Fraction]
    shares: list[tuple[Hashable, Fraction]] = field(default_factory=list)
    settled: Fraction = Fraction(0)
    rounds: Fraction = Fraction(0)

    def pass_on(self, members: list[int], visits: Array) -> None:
        inside = set(members)
        for i, v in zip(members, visits):
            self.rounds += v
            for j, p in self.moves[i]:
                if j not in inside:
                    self.mass[j] += v * p

    def keep(self, members: list[int], shares: Array) -> None:
        total = sum((self.mass[i] for i in members), start=Fraction(0))
        answers = [self.process.answer(self.states[i]) for i in members]
        self.shares += [(answer, total * share) for answer, share in zip(answers, shares)]
        self.settled += total if len(set(answers)) == 1 else 0


def _explored(process: Process, most: int) -> _Chain:
    start = gathered(process.start())
    number: dict[Any, int] = {state: k for k, (_, state) in enumerate(start)}
    states, moves = [state for _, state in start], list[list[tuple[int, Fraction]]]()
    for state in states:
        row: list[tuple[int, Fraction]] = []
        for p, after in gathered(process.moves(state)):
            if after not in number:
                number[after] = len(states)
                states.append(after)
            row.append((number[after], p))
        moves.append(row)
        _check_states(len(states), most)
    return _Chain(process, states, moves, [p for p, _ in start] + [Fraction(0)] * (len(states) - len(start)))


def _solved(process: Process, most: int) -> Deliberation:
    chain = _explored(process, most)
    for members in _classes(chain.moves):
        if not any(chain.mass[i] for i in members):
            continue
        inside = set(members)
        closed = all(j in inside for i in members for j, _ in chain.moves[i])
        if len(members) > LARGEST_CLASS:
            raise SizeError("{n} states lead back to each other; at most {limit} are solved together", n=len(members), limit=LARGEST_CLASS)
        P = _matrix(chain.moves, members)
        if closed:
            chain.keep(members, long_run_shares(P) if len(members) > 1 else np.array([Fraction(1)], dtype=object))
            continue
        came = np.array([chain.mass[i] for i in members], dtype=object)
        chain.pass_on(members, resolved(P.T, came[:, None])[:, 0] if len(members) > 1 else came / (1 - P[0, 0]))
    return Deliberation(_answers(chain.shares), chain.rounds, chain.settled, len(chain.states), True)


def _matrix(moves: list[list[tuple[int, Fraction]]], members: list[int]) -> Array:
    place = {i: k for k, i in enumerate(members)}
    P = np.full((len(members), len(members)), Fraction(0), dtype=object)
    for i in members:
        for j, p in moves[i]:
            if j in place:
                P[place[i], place[j]] = p
    return P


def _classes(moves: list[list[tuple[int, Fraction]]]) -> list[list[int]]:
    """The states that lead to each other, each class before those it leads to."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    n = len(moves)
    rows = np.array([i for i, row in enumerate(moves) for _ in row], dtype=np.int64)
    columns = np.array([j for row in moves for j, _ in row], dtype=np.int64)
    graph = csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(n, n))
    count, group = connected_components(graph, directed=True, connection="strong")
    members: list[list[int]] = [[] for _ in range(count)]
    for i, g in enumerate(group.tolist()):
        members[g].append(i)
    after = [{int(group[j]) for i in part for j, _ in moves[i]} - {g} for g, part in enumerate(members)]
    waiting = Counter(h for following in after for h in following)
    ready = [g for g in range(count) if not waiting[g]]
    for g in ready:  # grows: a class is ready when all that lead to it are done
        for h in after[g]:
            waiting[h] -= 1
            if not waiting[h]:
                ready.append(h)
    return [members[g] for g in ready]


def _sampled(process: Process, rounds: int | None, samples: int, seed: int, why: Message, progress: Progress | None) -> Deliberation:
    random = Random(seed)
    start = _drawer(process.start())
    known: dict[Any, Any] = {}
    tally, lengths, finished = Counter[Hashable](), 0, 0
    for k in range(samples):
        if progress is not None and k % 100 == 0:
            progress(k, samples, "samples")
        state, over = start(random), False
        for _ in range(MOST_STEPS if rounds is None else rounds):
            if state not in known:
                _room(known)[state] = _drawer(process.moves(state))
            if known[state] is None:
                over = True
                break
            state, lengths = known[state](random), lengths + 1
        tally[process.answer(state)] += 1
        finished += over or not process.moves(state)
    if rounds is None and finished < samples:
        stop = say("{why}; sampled, and {n} of {samples} talks were cut off", why=str(why), n=samples - finished, samples=samples)
    else:
        stop = say("{why}; sampled", why=str(why))
    error = sqrt(log(2 / float(1 - CONFIDENCE)) / (2 * samples))
    answers = _answers((answer, Fraction(n, samples)) for answer, n in tally.items())
    return Deliberation(answers, Fraction(lengths, samples), Fraction(finished, samples), len(known), False, samples, error, stop)


def _room(known: dict[Any, Any]) -> dict[Any, Any]:
    if len(known) >= 10 * LARGEST_STATES:
        known.clear()
    return known


def _drawer(chances: Chances) -> Any:
    """Draws a state; None where there is nothing to draw."""
    if not chances:
        return None
    steps = list(accumulate(float(p) for p, _ in chances))
    states = [state for _, state in chances]

    def draw(random: Random) -> Any:
        from bisect import bisect

        return states[min(bisect(steps, random.random() * steps[-1]), len(states) - 1)]

    return draw


def terminal_states(process: Process, most_states: int = LARGEST_STATES) -> tuple[Any, ...]:
    """All states in which the talk can end. Raises :class:`SizeError` if more than ``most_states`` can be reached."""
    chain = _explored(process, most_states)
    return tuple(state for state, moves in zip(chain.states, chain.moves) if not moves)


def sampled_states(process: Process, samples: int, seed: int = 0, most_steps: int = MOST_STEPS) -> list[list[Any]]:
    """The states of ``samples`` talks, each from its start on. Raises :class:`InputError` if one is not over after ``most_steps``."""
    random, found = Random(seed), list[list[Any]]()
    start = _drawer(process.start())
    for _ in range(whole(samples, "samples")):
        talk = [start(random)]
        while (draw := _drawer(process.moves(talk[-1]))) is not None:
            talk.append(draw(random))
            if len(talk) > most_steps:
                raise InputError("a talk was not over after {n} moves", n=most_steps)
        found.append(talk)
    return found
