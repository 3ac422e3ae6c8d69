"""Where participation spirals end: every state of rest, and how many beginnings lead to each (ATLAS game 7c).

Those who come maximise Phi(E, A) = sum_{i in E} (stakes of i in A - c_i) over E for the agenda A, and the agenda they set maximises it over
A for E: one climbs Phi in turns, so that every spiral comes to rest. (Where Phi stays the same, so does the order in which equal agendas
are preferred; so nothing turns in circles.) Who comes depends on who is there only through the agenda: the spiral is a map of agendas, its
fixed points are all states of rest, and the beginnings of each are counted over all 2^n sets of residents who may come at first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from ...games.errors import SizeError
from ...games.exact import array, scaled
from ...games.organisation.participation_spiral import ParticipationSpiral

MOST_COUNTED = 15  # residents whose 2^n sets are gone through

Agenda = tuple[int, ...]


@dataclass(frozen=True)
class Rest:
    """An ``agenda`` that brings those who set it, who is there (``present``, seats included), and from how many beginnings it is reached
    (``basin``; None where they were not counted)."""

    agenda: Agenda
    present: frozenset[int]
    basin: int | None = None


def rests(model: ParticipationSpiral) -> tuple[Rest, ...]:
    """Every state of rest, in the order of their agendas; basins where there are at most :data:`MOST_COUNTED` residents."""
    step = _steps(model)
    counts = beginnings(model)[0] if model.residents <= MOST_COUNTED else None
    basins = {agenda: 0 for agenda, after in step.items() if after == agenda}
    for agenda, n in (counts or {}).items():
        basins[_last(step, agenda)] += n
    return tuple(_rest(model, agenda, None if counts is None else n) for agenda, n in sorted(basins.items()))


def ending(model: ParticipationSpiral, start: Collection[int]) -> tuple[Rest, int]:
    """The state of rest reached when those in ``start`` come at first, and after how many meetings its agenda is up."""
    agenda = model.top(start, model.seats)
    for before in range(comb(model.issues, model.capacity)):
        after = model.top(model.comes(agenda), model.seats)
        if after == agenda:
            return _rest(model, agenda, None), before
        agenda = after
    raise AssertionError("the spiral climbs")


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


def _last(step: dict[Agenda, Agenda], agenda: Agenda) -> Agenda:
    """The agenda that stays."""
    while step[agenda] != agenda:
        agenda = step[agenda]
    return agenda


def _rest(model: ParticipationSpiral, agenda: Agenda, basin: int | None) -> Rest:
    return Rest(agenda, frozenset({*model.comes(agenda), *model.seats}), basin)


__all__ = ["MOST_COUNTED", "Rest", "beginnings", "ending", "rests"]
