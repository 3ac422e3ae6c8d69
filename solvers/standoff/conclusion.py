"""What a comparison says in words: why a rule does or does not do, and one sentence that a resident would understand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ...games.exact import Array, Number
from ...games.message import Message, Text, say
from ...games.outcome_game import OutcomeGame
from .comparison import Row

if TYPE_CHECKING:
    from ...cases.case import Case


@dataclass(frozen=True, eq=False)
class Names:
    """What residents and alternatives are called in sentences, and the unit of money."""

    players: Sequence[Text | str]
    alternatives: Sequence[Text | str]
    unit: Text

    @classmethod
    def of(cls, case: Case | OutcomeGame, game: OutcomeGame) -> Names:
        """Those of a case; ids where there is only a game."""
        if isinstance(case, OutcomeGame):
            return cls(game.players, game.alternatives, Text("", ""))
        return cls(case.players, case.alternatives, case.unit)


def everybody_gains(gain: Number) -> Message:
    """Why a rule is strong."""
    return say("everybody gains at least {gain}", gain=gain)


def may_gain(gain: Number, stuck: Text | Message | str) -> Message:
    """Why a rule is only weak: where else it can end."""
    return say("everybody may gain {gain}, but it can also end at: {stuck}", gain=gain, stuck=stuck)


def who_does_not_gain(names: Names, game: OutcomeGame, gains: Array, outlay: Number) -> Message:
    """Why a rule does not do: who loses most, or that nobody gains by paying for it, or who gains nothing."""
    worst = int(np.argmin(gains))
    if gains[worst] < -game.slack:
        return say("{who} loses {loss}", who=names.players[worst], loss=-gains[worst])
    if outlay > game.slack * game.residents:
        return say("needs {money} of outside money that nobody gains by paying", money=outlay)
    return say("{who} gains nothing", who=names.players[worst])


def conclusion(names: Names, game: OutcomeGame, today: tuple[str, ...], row: Row | None) -> Message:
    """One sentence on what today's rule leads to, and one on the recommended rule (``row``), if there is one."""
    called = dict(zip(game.alternatives, names.alternatives))
    if today == (game.alternatives[game.status_quo],):
        now = say("Under today's rule nothing is built.")
    else:
        now = say("Under today's rule it can end at: {outcomes}.", outcomes=[called[x] for x in today])
    if row is None:
        return say("{today} None of the rules tried here leaves everybody better off.", today=now)
    values = {"today": now, "rule": row.title, "id": row.id, "gain": _amount(names, row), "site": called.get(row.alternative or "")}
    if row.concept == "correlated":
        return say(
            "{today} Let a mediator recommend what to accept ({id}): following pays, and each can expect to gain at least {gain}; "
            "but nobody is bound, and today's end remains possible.",
            **values,
        )
    if row.lottery is not None:
        return say(
            "{today} Draw the site by lot and bind everybody beforehand ({id}): each can then expect to gain at least {gain}.",
            **values,
        )
    if row.verdict == "strong":
        return say("{today} Choose {site} under this rule: {rule} ({id}). Everybody is then better off by at least {gain}.", **values)
    return say(
        "{today} Under this rule, {rule} ({id}), {site} can leave everybody better off by at least {gain}, "
        "if residents agree on it together; nothing forces them to.",
        **values,
    )


def _amount(names: Names, row: Row) -> Any:
    """The least gain in its unit, and how the rule must be played for it."""
    gain = row.tau_strong if row.verdict == "strong" else row.tau_weak
    amount: Any = say("{gain} {unit}", gain=gain, unit=names.unit) if str(names.unit) else gain
    if row.concept == "max-min":
        return say("{gain}, if everybody bids with caution", gain=amount)
    if row.concept == "sincere-vote":
        return say("{gain}, if everybody votes sincerely", gain=amount)
    return amount
