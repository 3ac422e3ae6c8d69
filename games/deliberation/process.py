"""The common shape of a deliberation rule: states, moves by chance from each, and the answer in which the talk ends.

A rule is a finite Markov chain that is told by its moves: ``moves(state)`` lists ``(probability, next state)``; a state without
moves is where the talk ends, and ``answer(state)`` is what is then decided. Chances are rational.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from typing import Any, Protocol

from ..errors import InputError, SizeError

State = Hashable
Chances = tuple[tuple[Fraction, Any], ...]  # probabilities, which sum to 1, and states

LARGEST_ACYCLIC = 20_000  # states that are gone through one by one


class Process(Protocol):
    """A deliberation rule on given preferences."""

    def start(self) -> Chances:
        """Where the talk begins."""
        ...

    def moves(self, state: Any) -> Chances:
        """What can happen next in ``state``; empty where the talk is over."""
        ...

    def answer(self, state: Any) -> Hashable:
        """What is decided if the talk stays in ``state``."""
        ...


def gathered(chances: Iterable[tuple[Fraction, Any]]) -> Chances:
    """The same chances with each state once, in order of first mention."""
    total: dict[Any, Fraction] = {}
    for p, state in chances:
        total[state] = total.get(state, Fraction(0)) + p
    return tuple((p, state) for state, p in total.items())


def alike(states: Iterable[Any]) -> Chances:
    """Equal chances for all of ``states`` (one named twice counts twice)."""
    listed = tuple(states)
    return gathered((Fraction(1, len(listed)), state) for state in listed)


def ends(process: Process, most: int = LARGEST_ACYCLIC) -> dict[Any, Fraction]:
    """The chance of every answer of a process that never returns to a state, exactly.

    Raises :class:`SizeError` beyond ``most`` states, :class:`InputError` if it does return.
    """
    mass = {state: p for p, state in gathered(process.start())}
    answers: dict[Any, Fraction] = {}
    following: dict[Any, Chances] = {}
    passed = set[Any]()
    for state in reversed(_last_first(process, most, following)):
        passed.add(state)
        for p, after in following[state]:
            if after in passed:
                raise InputError("this talk can return to where it was: its ends are not found one state after another")
            mass[after] = mass.get(after, Fraction(0)) + mass[state] * p
        if not following[state]:
            answer = process.answer(state)
            answers[answer] = answers.get(answer, Fraction(0)) + mass[state]
    return answers


def _last_first(process: Process, most: int, following: dict[Any, Chances]) -> list[Any]:
    """The reachable states, each after all that it leads to (unless it leads back); fills ``following``."""
    order: list[Any] = []
    for _, first in process.start():
        if first in following:
            continue
        following[first] = process.moves(first)
        path = [(first, iter(following[first]))]
        while path:
            state, left = path[-1]
            fresh = next((after for _, after in left if after not in following), None)
            if fresh is None:
                order.append(state)
                path.pop()
                continue
            if len(following) >= most:
                raise SizeError("the talk can come to more than {limit} states, too many to go through", limit=most)
            following[fresh] = process.moves(fresh)
            path.append((fresh, iter(following[fresh])))
    return order
