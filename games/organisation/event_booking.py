"""Events that organisations must have held: one event can be booked by several of them (ATLAS game 6c)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..normal_form import NormalForm
from ..parameters import amount, whole
from .choice import choice_game

MOST = 1_000_000


@dataclass(frozen=True)
class EventBooking:
    """``organisations`` must each book ``events``; an event costs ``event_cost``, every booking of it beyond the first ``booking_cost``.

    A booking beyond the first is found with probability ``audit`` and costs ``penalty`` then. At most ``most_joint`` organisations may
    book one event (None: all may), and there are hands for ``hands`` events at most (None: for any). Raises :class:`InputError`, also where
    hands do not reach for the events that must take place at least.
    """

    organisations: int = 7
    events: int = 12
    event_cost: Number = Fraction(10)
    booking_cost: Number = Fraction(1, 2)
    audit: Number = Fraction(0)
    penalty: Number = Fraction(0)
    most_joint: int | None = None
    hands: int | None = None

    def __post_init__(self) -> None:
        for name in ("organisations", "events"):
            object.__setattr__(self, name, whole(getattr(self, name), name, 1, MOST))
        for name in ("event_cost", "booking_cost", "penalty"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        object.__setattr__(self, "audit", amount(self.audit, "audit", least=0, most=1))
        if self.most_joint is not None:
            object.__setattr__(self, "most_joint", whole(self.most_joint, "most_joint", 1))
        if self.hands is not None:
            object.__setattr__(self, "hands", whole(self.hands, "hands", 0))
            if self.hands < self.least_events:
                raise InputError(
                    "hands={hands} do not reach for the {n} events that must take place", hands=self.hands, n=self.least_events
                )

    @property
    def booked(self) -> int:
        """Bookings that are asked for in all."""
        return self.organisations * self.events

    @property
    def joint(self) -> int:
        """How many organisations may book one event: never more than there are."""
        return self.organisations if self.most_joint is None else min(self.most_joint, self.organisations)

    @property
    def least_events(self) -> int:
        """The fewest events that yield all bookings: nobody books an event twice, so never fewer than each must book."""
        return -(-self.booked // self.joint)

    @property
    def duplicate_cost(self) -> Number:
        """What a booking beyond the first costs, with what it is expected to cost if found."""
        return self.booking_cost + self.audit * self.penalty

    @property
    def most_events(self) -> int:
        """The most events that hands allow, and never more than bookings."""
        return self.booked if self.hands is None else min(self.booked, self.hands)

    def cost_of(self, events: int) -> Number:
        """What all bookings cost when so many events take place."""
        return self.event_cost * events + self.duplicate_cost * (self.booked - events)

    def game(self) -> NormalForm:
        """The choice of how many events take place; whoever books what costs the same. Raises :class:`SizeError`."""
        return choice_game(lambda events: -self.cost_of(events), range(self.least_events, self.most_events + 1))
