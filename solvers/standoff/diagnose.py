"""``diagnose``: the whole of ATLAS 4.1 for one standoff, with the certificate that proves it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...games.errors import EncompassError, NotApplicable
from ...games.exact import Number
from ...games.mechanisms import MECHANISMS
from ...games.message import Message, say
from ...games.normal_form import NormalForm
from ...games.outcome_game import OutcomeGame
from ...games.siting import consent, in_window
from ..certificate import diagnosis_certificate
from ..pure import siting_outcomes
from ..solution import Solution
from .conflict import conflict_share, encompassing, opposition
from .diagnosis import Diagnosis, Margins, Remedy
from .efficiency import impasse, price, selfishness_level, zero_sum_share
from .margins import margins

if TYPE_CHECKING:
    from ...cases.case import Case

_LARGEST_FORM = 12  # residents whose consent game is written out for the figures of the game form
_STEPS = {"coordinate": ("DL-1",), "lottery": ("M-21",), "money": ("M-01", "M-02", "M-04", "M-06"), "mitigate": ()}


def diagnose(case: Case | OutcomeGame) -> Diagnosis:
    """How zero-sum ``case`` is, whether to build and where; what everybody can be sure to gain, by which means; what today's
    rule loses; and what to try. Every figure is proved in the certificate. Raises :class:`NotApplicable` for a game that is
    not over outcomes."""
    game = case if isinstance(case, OutcomeGame) else getattr(case, "game", None)
    if not isinstance(game, OutcomeGame):
        raise NotApplicable("a diagnosis needs a game over outcomes: residents by alternatives, in money over the status quo")
    found, form = margins(game), _form(game)
    solution, notes = _today(game)
    ends = [game.surplus[game.alternatives.index(name)] for name in (solution.outcomes if solution else None) or ()]
    welfare = [w if abs(w) > game.slack * game.residents else w * 0 for w in ends]
    best = game.surplus[game.best]
    shares = {"whether": conflict_share(game, whether=True), "where": conflict_share(game), "strategic": form and zero_sum_share(form)}
    against = {"whether": opposition(game, whether=True), "where": opposition(game)}
    answer = Diagnosis(
        case=getattr(case, "id", None),
        status_quo=game.alternatives[game.status_quo],
        best=(game.alternatives[game.best], best),
        kind=found.kind,
        conflict_share=shares,
        opposition=against,
        margins=found,
        encompassing=encompassing(game),
        impasse=impasse(best, welfare) if found.kind != "Z" else None,
        equilibrium_outcomes=(solution.outcomes if solution else None) or (),
        equilibria_complete=bool(solution and solution.complete),
        price_of_anarchy=price(best, min(welfare)) if welfare and found.kind != "Z" else None,
        price_of_stability=price(best, max(welfare)) if welfare and found.kind != "Z" else None,
        selfishness_level=selfishness_level(form) if form else None,
        standoff_window=in_window(game) if game.stream is None else None,
        veto_players=_veto_players(game),
        remedies=remedies(found),
        notes=(*_reading(shares, found), *_outside(game), *notes),
        residents=game.residents,
        alternatives=game.alternatives,
        players=game.players,
        rights=game.rights.id,
        certificate=None,
    )
    return diagnosis_certificate(game, solution, answer)


def _form(game: OutcomeGame) -> NormalForm | None:
    """The consent game written out, for the figures that need it; None where it would be too large or does not apply."""
    if game.residents > _LARGEST_FORM or not game.consented:
        return None
    try:
        return consent(game).normal_form()
    except EncompassError:
        return None


def _today(game: OutcomeGame) -> tuple[Solution | None, tuple[Message, ...]]:
    """What today's rule ends in, and what must be said about it."""
    if game.stream is not None:
        return None, (say("Equilibria are left out: the gains of {n} residents are streamed.", n=game.residents),)
    solution = siting_outcomes(game)
    return solution, () if solution.stop is None else (solution.stop,)


def _veto_players(game: OutcomeGame) -> dict[str, tuple[str, ...]]:
    """Who can block each site alone; empty for regimes without vetoes."""
    if game.stream is not None or not game.consented:
        return {}
    return {game.alternatives[x]: tuple(game.players[row] for row in sorted(game.consent_set(x))) for x in game.sites}


def _registered(families: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in MECHANISMS if name.split(":")[0] in families)


def remedies(found: Margins) -> tuple[Remedy, ...]:
    """The remedy ladder, cheapest means first: co-ordination, lottery, money, or not building as designed."""
    margins = {"coordinate": found.deterministic, "lottery": found.lottery, "money": found.transfers}
    steps = [_remedy(step, margin > found.slack, margin) for step, margin in margins.items()]
    return (*steps, _remedy("mitigate", not any(step.helps for step in steps), Fraction(0)))


_REASONS = {  # why a step helps, and why it does not
    "coordinate": (
        say("one site leaves everybody better off: agree on it"),
        say("every site leaves somebody no better off, so agreeing on one is not enough"),
    ),
    "lottery": (
        say("a lottery leaves everybody better off before the draw, if it binds"),
        say("no lottery over the sites leaves everybody better off"),
    ),
    "money": (
        say("the best site gains enough to pay everybody"),
        say("no site gains enough to pay everybody"),
    ),
    "mitigate": (
        say("as designed the facility is not worth building: lower the damage or the cost, or do not build"),
        say("not needed: the facility is worth building"),
    ),
}


def _remedy(step: str, helps: bool, margin: Number) -> Remedy:
    return Remedy(step, bool(helps), margin, _registered(_STEPS[step]), _REASONS[step][0 if helps else 1])


def _outside(game: OutcomeGame) -> tuple[Message, ...]:
    """That what residents gain may come from outside."""
    most = max(game.grants)
    what = say("Of what residents gain, the funder pays up to {money}; the surplus and the gain by money are net of it.", money=most)
    return (what,) if most > 0 else ()


def _reading(shares: dict[str, Any], found: Margins) -> tuple[Message, ...]:
    """The decision table of ATLAS 4.7, in words."""
    if found.kind == "Z":
        if found.positive_sum:
            return (say("Some lottery harms nobody and helps somebody, but nothing leaves everybody strictly better off."),)
        return (say("Not positive-sum: some weighting of residents makes the status quo best, and no mechanism can change that."),)
    if shares["whether"] < Fraction(1, 10) and shares["where"] > Fraction(9, 10):
        return (say("A distributive standoff: whether to build unites, where to build divides."),)
    if found.kind == "T" and found.positive_sum:
        return (say("Without money somebody always gains nothing."),)
    if found.kind == "T":
        return (say("Without money nobody can be helped without harming somebody."),)
    return ()
