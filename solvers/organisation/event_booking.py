"""How many events take place when organisations must book some and may share them (ATLAS P6.4)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.event_booking import EventBooking
from .analysis import Analysis, figure
from .written import best_choice


class EventBookingAnalysis(Analysis[EventBooking]):
    """D events with J E bookings cost ``event_cost D + duplicate_cost (J E - D)``, whoever books what: linear in D. So D is as small as it
    can be where an event costs more than a second booking of another, as large as it can be where it costs less; where both cost the same
    all that hands allow take place. Every D between the two can be booked, going round the events in order.
    """

    @figure(say("bookings that are asked for in all"))
    def booked(self) -> int:
        """organisations times events."""
        return self.model.booked

    @figure(say("events that take place"))
    def distinct(self) -> int:
        """The cheapest number."""
        m = self.model
        return m.least_events if m.event_cost > m.duplicate_cost else m.most_events

    @figure(say("inflation of events"))
    def inflation(self) -> Number:
        """booked / distinct (D-18): J where all may share every event and that is cheaper."""
        return Fraction(self.booked, self.distinct)

    @figure(say("organisations that book the same event, at the most"))
    def sharing(self) -> int:
        """booked / distinct, rounded up: bookings are spread evenly."""
        return -(-self.booked // self.distinct)

    @figure(say("cost of all bookings"))
    def cost(self) -> Number:
        """event_cost for each event, and what a second booking costs, found or not, for each of the rest."""
        return self.model.cost_of(self.distinct)

    @figure(say("cost if every booking were an event of its own"))
    def honest_cost(self) -> Number:
        """event_cost for each booking."""
        return self.model.cost_of(self.booked)

    @figure(say("whether there are too few hands for an event for each booking"))
    def short_of_hands(self) -> bool:
        """hands < booked."""
        return self.model.hands is not None and self.model.hands < self.booked

    @figure(say("events that would take place if hands were no limit"))
    def distinct_with_hands(self) -> int:
        """The cheapest number then: the same where sharing is cheaper."""
        return self.model.least_events if self.model.event_cost > self.model.duplicate_cost else self.booked

    @figure(say("expected penalty for a second booking from which every booking is an event of its own, hands permitting"))
    def needed(self) -> Number:
        """event_cost - booking_cost."""
        return max(self.model.event_cost - self.model.booking_cost, Fraction(0))

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no other number of events is cheaper."""
        return best_choice(self.model.game, self.model.most_events - self.model.least_events + 1)
