"""M-31, mitigation in kind: a design that does less damage, where it is worth what it costs; and what rules about damage share."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from ..errors import NotApplicable
from ..exact import Array, Number, frozen, is_exact, zeros
from ..message import Message, say
from ..outcome_game import OutcomeGame, Parts
from ..parameters import amount
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge


@dataclass(frozen=True)
class Design:
    """A way to build: ``cost`` K(z) to all, and the share of the damage that ``remains``, one number or one a site."""

    cost: Number
    remains: Number | tuple[Number, ...]
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "cost", amount(self.cost, "cost", least=Fraction(0)))
        given = self.remains if isinstance(self.remains, tuple) else (self.remains,)
        checked = tuple(amount(x, "remains", least=Fraction(0)) for x in given)
        object.__setattr__(self, "remains", checked if isinstance(self.remains, tuple) else checked[0])


@dataclass(frozen=True)
class Mitigation:
    """M-31: for every site the one of the ``designs`` is taken with the largest surplus W(s, z) = sum b - K(z) - d_s(z), or none.

    Residents pay K(z) in equal shares. Ties go to none, then to the first.
    """

    alters: ClassVar[str] = "world"

    designs: tuple[Design, ...] = (Design(Fraction(2), Fraction(1, 4)),)

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-31"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("a better design does less damage")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """What designs cost and do."""
        return (Knowledge.DAMAGES,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-31."""
        return (Claim("budget-balanced", True, "the residents pay for the design"),)

    def refuses(self, game: Any) -> Message | None:
        """It needs the damages, and designs for as many sites as there are."""
        reason = refuses_damages(game)
        if reason is not None:
            return reason
        if any(isinstance(z.remains, tuple) and len(z.remains) != len(game.sites) for z in self.designs):
            return say("a design lists what remains of the damage at other sites than the {n} of this game", n=len(game.sites))
        return None

    def chosen(self, game: OutcomeGame) -> dict[int, Design | None]:
        """The design taken at every site (column); None: as it is."""
        parts = parts_of(self, game)
        totals = game.counts @ parts.damages
        return {x: self._best(k, totals[x], game) for k, x in enumerate(game.sites)}

    def _best(self, place: int, damage: Number, game: OutcomeGame) -> Design | None:
        best, least = None, damage
        for design in self.designs:
            total = _remaining(design, place) * damage + design.cost
            if total < least - game.slack * game.residents:
                best, least = design, total
        return best

    def transfers(self, game: OutcomeGame) -> Array:
        """No money changes hands among residents: the cost of a design is spent."""
        return zeros(game.utilities.shape, like=game.utilities)

    def transform(self, game: OutcomeGame) -> OutcomeGame:
        """The game with every site built in its best design."""
        parts = parts_of(self, game)
        damages, fees, costs = parts.damages.copy(), parts.fees.copy(), parts.costs.copy()
        if not self._exact:
            damages, fees, costs = (values.astype(float) for values in (damages, fees, costs))
        for place, (x, design) in enumerate(self.chosen(game).items()):
            if design is not None:
                damages[:, x] = damages[:, x] * _remaining(design, place)
                fees[:, x] = fees[:, x] + design.cost / game.residents
                costs[x] = costs[x] + design.cost
        return rebuilt(game, parts, damages, fees, costs)

    @property
    def _exact(self) -> bool:
        numbers = [x for z in self.designs for x in (z.cost, *(z.remains if isinstance(z.remains, tuple) else (z.remains,)))]
        return all(isinstance(x, Fraction) for x in numbers)


def _remaining(design: Design, place: int) -> Number:
    return design.remains[place] if isinstance(design.remains, tuple) else design.remains


def refuses_damages(game: Any) -> Message | None:
    """Why a rule that changes or assesses damage does not act on ``game``, or None."""
    if not isinstance(game, OutcomeGame):
        return ONLY_OUTCOMES
    if game.stream is not None:
        return say("needs every resident's gains in memory")
    if game.parts is None:
        return say("needs the damages, and this case gives only total gains")
    return None


def parts_of(mechanism: Any, game: OutcomeGame) -> Parts:
    """What the gains of ``game`` are made of. Raises :class:`NotApplicable` with the reason why ``mechanism`` refuses it."""
    reason = mechanism.refuses(game)
    if reason is not None or game.parts is None:
        raise NotApplicable(reason if reason is not None else ONLY_OUTCOMES)
    return game.parts


def rebuilt(game: OutcomeGame, parts: Parts, damages: Array, fees: Array, costs: Array | None = None) -> OutcomeGame:
    """``game`` with other damages, fees and costs: residents, rights and what the funder bears stay."""
    spent = parts.costs if costs is None else costs
    if not is_exact(damages):
        parts = Parts(*(x.astype(float) for x in (parts.benefits, parts.damages, parts.fees, parts.costs, parts.grants)))
        fees, spent = fees.astype(float), spent.astype(float)
    fresh = Parts(parts.benefits, frozen(damages), frozen(fees), frozen(spent), parts.grants)
    return OutcomeGame.from_parts(fresh, rights=game.rights, **same_residents(game))


def same_residents(game: OutcomeGame) -> dict[str, Any]:
    """Names and numbers of residents and alternatives, as the constructor takes them."""
    return {
        "alternatives": game.alternatives,
        "status_quo": game.status_quo,
        "players": game.players,
        "counts": game.counts.tolist(),
        "funder_weight": game.funder_weight,
    }


__all__ = ["Design", "Mitigation", "parts_of", "rebuilt", "refuses_damages", "same_residents"]
