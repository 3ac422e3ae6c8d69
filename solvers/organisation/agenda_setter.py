"""How far whoever sets the agenda gets from the median voter (ATLAS P7.1)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.agenda_setter import AgendaSetter
from ...games.parameters import label
from ..deliberation.agendas import closed_rule, open_rule
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure
from .written import certified

MOST_SOLVED = 15  # voters of the game written out


class AgendaSetterAnalysis(Analysis[AgendaSetter]):
    """The closed rule has one equilibrium outcome on the line (Romer and Rosenthal 1978): a voter who is indifferent says yes, since
    otherwise the setter would ask for a little less and have no best proposal. On a grid a refusal of the indifferent voter costs the
    setter at most one step (with everything between 0 and 1), and the game written out is solved to show it."""

    @figure(say("ideal of the median voter"))
    def median(self) -> Number:
        """The lower one of two; it beats every other point (Black 1948)."""
        return open_rule(self.model.voters)

    @figure(say("policy that the setter gets accepted"))
    def outcome(self) -> Number:
        """The point nearest to the setter's ideal that enough voters like at least as well as the status quo."""
        m = self.model
        return closed_rule(m.voters, m.needed, m.status_quo, m.setter)

    @figure(say("distance of that policy from the median voter"))
    def capture(self) -> Number:
        """By simple majority of an odd number: min(|e - m|, |m - q|)."""
        return abs(self.outcome - self.median)

    @figure(say("distance of the setter from the median voter"))
    def setter_distance(self) -> Number:
        """|e - m|: the most that capture can be by simple majority."""
        return abs(self.model.setter - self.median)

    @figure(say("distance of the status quo from the median voter"))
    def fallback(self) -> Number:
        """|m - q|: what refusing would cost the median voter."""
        return abs(self.model.status_quo - self.median)

    @figure(say("share of the way from the median to the setter that the policy goes"))
    def capture_share(self) -> Number | None:
        """Part of the measures of capture, ATLAS D-17; None where the setter is the median."""
        return self.capture / self.setter_distance if self.setter_distance else None

    @figure(say("policy under an open rule, where every proposal may be amended"))
    def open_outcome(self) -> Number:
        """The median."""
        return self.median

    @figure(say("distance from the median under the open rule"))
    def open_capture(self) -> Number:
        """0."""
        return abs(self.open_outcome - self.median)

    @figure(say("policies if each voter in turn were the one who proposes"))
    def drawn_outcomes(self) -> list[Number]:
        """By voter, the voting rule and the status quo as they are."""
        m = self.model
        return [closed_rule(m.voters, m.needed, m.status_quo, proposer) for proposer in m.voters]

    @figure(say("expected distance from the median if who proposes is drawn by lot"))
    def drawn_capture(self) -> Number:
        """The mean over voters."""
        return sum((abs(x - self.median) for x in self.drawn_outcomes), start=Fraction(0)) / len(self.model.voters)

    @figure(say("expected policy if who proposes is drawn by lot"))
    def drawn_mean(self) -> Number:
        """The mean over voters."""
        return sum(self.drawn_outcomes, start=Fraction(0)) / len(self.model.voters)

    @figure(say("whether a vote of all would leave everything as it is"))
    def unanimity_stuck(self) -> bool:
        """Whether no proposal of the setter's is accepted by everybody."""
        m = self.model
        return closed_rule(m.voters, len(m.voters), m.status_quo, m.setter) == m.status_quo

    @figure(say("policies that the written-out game ends in, solved by backward induction"))
    def solved(self) -> list[Number] | None:
        """One a subgame-perfect equilibrium outcome, those that the setter likes better first; None where there are too many voters."""
        if self._solution is None:
            return None
        found = {self._end(e.profile) for e in self._solution.equilibria}
        return sorted(found, key=lambda x: (abs(x - self.model.setter), x))

    def _end(self, path: list[dict[str, Any]]) -> Number:
        """Where a path of play ends."""
        named = {label(x): x for x in self.model.points()}
        proposal = next(iter(path[0]["moves"].values()))
        refused = any(move == "no" for stage in path[1:] for move in stage["moves"].values())
        return self.model.status_quo if refused else named[proposal]

    @cached_property
    def _solution(self) -> Solution | None:
        return solve(self.model.game(), "subgame-perfect") if len(self.model.voters) <= MOST_SOLVED else None

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """The plans of the written-out game."""
        return certified(self._solution)


__all__ = ["AgendaSetterAnalysis"]
