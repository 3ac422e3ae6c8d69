"""Where participation spirals end: every attractor, and how many beginnings lead to each (ATLAS game 7c).

Who comes next time depends on who is there only through the agenda, so that the spiral is a map of agendas: A goes to the agenda that those
set whom A brings. Its cycles are all the attractors there are, since every state after the first is brought by some agenda. Basins are
counted over all 2^n sets of residents who may come at first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ...games.errors import SizeError
from ...games.exact import array, scaled
from ...games.organisation.participation_spiral import ParticipationSpiral

MOST_COUNTED = 15  # residents whose 2^n sets are gone through

Agenda = tuple[int, ...]


@dataclass(frozen=True)
class Attractor:
    """The ``agendas`` that follow one another for ever (one, if they stay), the sets of those who are there (``present``, seats included),
    and from how many beginnings it is reached (``basin``; None where they were not counted)."""

    agendas: tuple[Agenda, ...]
    present: tuple[frozenset[int], ...]
    basin: int | None = None


def attractors(model: ParticipationSpiral) -> tuple[Attractor, ...]:
    """Every attractor, in the order of their agendas; basins where there are at most :data:`MOST_COUNTED` residents."""
    step = _steps(model)
    counts = beginnings(model)[0] if model.residents <= MOST_COUNTED else None
    basins: dict[tuple[Agenda, ...], int] = {}
    for agenda in step:
        cycle = _cycle(step, agenda)[0]
        basins[cycle] = basins.get(cycle, 0) + (0 if counts is None else counts.get(agenda, 0))
    return tuple(_attractor(model, cycle, None if counts is None else n) for cycle, n in sorted(basins.items()))


def ending(model: ParticipationSpiral, start: Collection[int]) -> tuple[Attractor, int]:
    """The attractor reached when those in ``start`` come at first, and after how many meetings its first agenda is up."""
    cycle, before = _cycle(_steps(model), model.top(start, model.seats))
    return _attractor(model, cycle, None), before


def beginnings(model: ParticipationSpiral) -> tuple[dict[Agenda, int], int]:
    """How many of the 2^n sets of residents set each agenda, and for how many the order of the issues decided a tie.

    Raises :class:`SizeError` for more than :data:`MOST_COUNTED` residents.
    """
    n, k = model.residents, model.capacity
    if n > MOST_COUNTED:
        raise SizeError("{n} residents form 2^{n} sets; those of at most {most} residents are gone through", n=n, most=MOST_COUNTED)
    table = scaled(array(model.stakes), n)[0]
    there = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    there[:, [i - 1 for i in model.seats]] = 1
    totals = there.astype(table.dtype) @ table
    order = np.argsort(-totals, axis=1, kind="stable")
    ranked = np.take_along_axis(totals, order, axis=1)
    ties = int((ranked[:, k - 1] == ranked[:, k]).sum()) if k < model.issues else 0
    codes, counts = np.unique((1 << order[:, :k]).sum(axis=1), return_counts=True)
    return {_agenda(int(code), model.issues): int(count) for code, count in zip(codes, counts)}, ties


def _agenda(code: int, issues: int) -> Agenda:
    return tuple(k + 1 for k in range(issues) if code >> k & 1)


def _steps(model: ParticipationSpiral) -> dict[Agenda, Agenda]:
    """Which agenda follows which."""
    agendas = combinations(range(1, model.issues + 1), model.capacity)
    return {agenda: model.top(model.comes(agenda), model.seats) for agenda in agendas}


def _cycle(step: dict[Agenda, Agenda], agenda: Agenda) -> tuple[tuple[Agenda, ...], int]:
    """The cycle that ``agenda`` leads to, beginning with its least one, and how many steps come before it."""
    seen: dict[Agenda, int] = {}
    while agenda not in seen:
        seen[agenda] = len(seen)
        agenda = step[agenda]
    cycle = [a for a, place in seen.items() if place >= seen[agenda]]
    first = cycle.index(min(cycle))
    return (*cycle[first:], *cycle[:first]), seen[agenda]


def _attractor(model: ParticipationSpiral, cycle: tuple[Agenda, ...], basin: int | None) -> Attractor:
    return Attractor(cycle, tuple(frozenset({*model.comes(agenda), *model.seats}) for agenda in cycle), basin)


__all__ = ["Attractor", "attractors", "beginnings", "ending"]
