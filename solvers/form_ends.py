"""What a mechanism that is a game of its own may end in: the outcomes of the equilibria of its form, as found by ``solve``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..games.errors import NotApplicable


@dataclass(frozen=True, eq=False)
class Ends:
    """What a mechanism may end in: one outcome of a direct rule, or those of a form's equilibria of the ``concept`` named.

    ``complete`` if there is no other end.
    """

    outcomes: tuple[Any, ...]
    complete: bool
    concept: str = ""


def solved_ends(mechanism: Any, problem: Any) -> Ends:
    """The outcomes of the equilibria of ``mechanism``'s form on ``problem``; incomplete if the solver says so, or some are mixed.

    Raises :class:`NotApplicable` with the mechanism's reason.
    """
    from .solve import solve

    reason = mechanism.refuses(problem) if hasattr(mechanism, "refuses") else None
    if reason is not None:
        raise NotApplicable(reason)
    form = mechanism.form(problem)
    solution = solve(form.game, form.concept)
    plays = [pure_play(e.profile) for e in solution.equilibria]
    outcomes = tuple(form.outcome(play) for play in plays if play is not None)
    return Ends(outcomes, solution.complete and None not in plays, form.concept)


def pure_play(profile: Any) -> Any:
    """The profile of a pure equilibrium by indices, the path of a staged one by the names of what was done; None if it is mixed."""
    if profile and isinstance(profile[0], dict):
        return tuple(tuple(stage["moves"].values()) for stage in profile) if "moves" in profile[0] else None
    places = [next((k for k, p in enumerate(mix) if p == 1), None) for mix in profile]
    return None if None in places else tuple(places)
