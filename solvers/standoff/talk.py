"""Talk alone cannot help (ATLAS P1.3): where it is true, and why.

If every site has somebody who can refuse it and for whom it is worse than whatever may come instead, then whoever is advised to accept it
refuses and strictly gains whenever the site would have been chosen. So no correlated equilibrium, no mediator, straw poll or debate that
leaves payoffs and vetoes as they are ever leads to a site: what is advised must be obeyed (Aumann 1974; Forges 1986).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...games.exact import Number, as_json
from ...games.message import Message, say
from ...games.outcome_game import OutcomeGame
from ...games.siting import by_surplus

if TYPE_CHECKING:
    from .conclusion import Names


@dataclass(frozen=True)
class Talk:
    """The theorem where it bites: by site (id) who refuses it (id of the row) and what it gains by that at least."""

    statement: Message
    proof: tuple[tuple[str, str, Number], ...]

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form."""
        entries = [{"site": site, "refuses": who, "gains": as_json(gain)} for site, who, gain in self.proof]
        return {"id": "P1.3", "statement": read(self.statement), "proof": entries}


def talk_alone(names: Names, game: OutcomeGame) -> Talk | None:
    """The theorem with its proof, or None where it does not hold: nobody is asked, or some site is refused by nobody for sure."""
    refusals = refused_for_sure(game)
    if refusals is None:
        return None
    site, (row, gain) = min(refusals.items(), key=lambda entry: (entry[1][1], entry[0]))
    statement = say(
        "Talk alone cannot help: every site has somebody who gains by refusing it whatever the others do ({who} gains at least {gain} by "
        "refusing {site}), so no advice, debate or straw poll that leaves payoffs and vetoes as they are leads to any site.",
        who=names.players[row],
        gain=gain,
        site=names.alternatives[site],
    )
    return Talk(statement, tuple((game.alternatives[x], game.players[i], least) for x, (i, least) in refusals.items()))


def refused_for_sure(game: OutcomeGame) -> dict[int, tuple[int, Number]] | None:
    """By site (column) the row that gains most by refusing it whatever comes instead, and how much at least; None if some site has none.

    Instead of a site comes one that is later in the order of priority, or the status quo.
    """
    if not game.consented or game.stream is not None:
        return None
    order = by_surplus(game)
    found: dict[int, tuple[int, Number]] = {}
    for k, site in enumerate(order):
        instead = [game.status_quo, *order[k + 1 :]]
        rows = sorted(game.consent_set(site))
        least = game.utilities[rows][:, instead].min(axis=1) - game.utilities[rows, site]
        best = max(range(len(rows)), key=lambda j: (least[j], -j))
        if least[best] <= game.slack:
            return None
        found[site] = (rows[best], least[best])
    return found
