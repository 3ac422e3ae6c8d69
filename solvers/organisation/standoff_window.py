"""Who signs, who refuses, and what the consent game comes to (ATLAS P1.1 to P1.4)."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from ...games.exact import Number
from ...games.message import say
from ...games.normal_form import NormalForm
from ...games.organisation.standoff import Standoff
from ...games.outcome_game import OutcomeGame
from ...games.rights import Quota
from ...games.siting import consent, vote
from ..solution import Solution
from ..solve import solve
from ..standoff.talk import refused_for_sure
from .analysis import Analysis, figure


class WindowFigures(Analysis[Standoff]):
    """What each wants, and what comes of it where each may refuse."""

    @cached_property
    def siting(self) -> OutcomeGame:
        """The game over outcomes."""
        return self.model.game()

    @cached_property
    def form(self) -> NormalForm:
        """The consent game written out."""
        return consent(self.siting).normal_form()

    @cached_property
    def impasse(self) -> Solution:
        """All pure equilibria of the consent game."""
        return solve(self.siting)

    @cached_property
    def advice(self) -> Solution:
        """The best correlated equilibrium."""
        return solve(self.siting, "correlated")

    @property
    def host(self) -> int:
        """The unit whose site is the best one."""
        return max(range(self.model.units), key=lambda i: (self.siting.surplus[self.siting.sites[i]], -i))

    @figure(say("what each gains from a facility at the site of another"))
    def gains(self) -> list[Number]:
        """a_i = reach b_i - fee."""
        return list(self.model.elsewhere)

    @figure(say("damage over that gain, by unit"))
    def ratios(self) -> list[Number | None]:
        """d_i / a_i; None for whoever gains nothing elsewhere."""
        return [d / a if a > 0 else None for a, d in zip(self.model.elsewhere, self.model.harm)]

    @figure(say("the least damage over gain of all units"))
    def least_ratio(self) -> Number | None:
        """Below 1 somebody hosts gladly."""
        return min((r for r in self.ratios if r is not None), default=None)

    @figure(say("who signs for a facility at a site drawn among all"))
    def signs(self) -> list[bool]:
        """a_i - d_i / m > 0, m the sites in the draw (P1.1)."""
        return [a - d / self.model.sites > 0 for a, d in zip(self.model.elsewhere, self.model.harm)]

    @figure(say("who refuses it at home"))
    def refuses(self) -> list[bool]:
        """a_i - d_i < 0."""
        return [h < 0 for h in self.model.home]

    @figure(say("how many sign and refuse: units in the standoff window"))
    def inside(self) -> int:
        """Counted from what each gains; ``window`` says the same of the ratios (P1.1)."""
        return sum(map(bool.__and__, self.signs, self.refuses))

    @figure(say("whose damage over gain lies between 1 and the sites in the draw"))
    def window(self) -> list[bool]:
        """1 < d_i / a_i < m, by unit; never for whoever gains nothing elsewhere."""
        return [ratio is not None and 1 < ratio < self.model.sites for ratio in self.ratios]

    @figure(say("surplus of all residents and the funder, by site"))
    def surplus(self) -> list[Number]:
        """W(s)."""
        return [self.siting.surplus[x] for x in self.siting.sites]

    @figure(say("largest surplus of a site, or of building nothing"))
    def best_surplus(self) -> Number:
        """W* = max(0, max W(s))."""
        return self.siting.surplus[self.siting.best]

    @figure(say("what the host of the best site gains by it"))
    def host_net(self) -> Number:
        """a_h - d_h where W(s) is largest."""
        return self.model.home[self.host]

    @figure(say("by unit, what accepting brings more than refusing: least and most"))
    def accepting(self) -> list[list[Number]]:
        """Over all that the others may do in the consent game (P1.2)."""
        form = self.form
        found: list[list[Number]] = []
        for i in range(len(form.players)):
            more = np.take(form.table[i], 0, axis=i) - np.take(form.table[i], 1, axis=i)
            found.append([form.money(more.min()), form.money(more.max())])
        return found

    @figure(say("whether refusing is never worse for anybody, whatever the others do"))
    def refusing_dominant(self) -> bool:
        """Accepting brings nobody more than refusing does (P1.2)."""
        return all(most <= 0 for _, most in self.accepting)

    @figure(say("whether nothing being built is the only end of a pure equilibrium"))
    def only_impasse(self) -> bool:
        """All pure equilibria of the consent game, by its structure."""
        return self.impasse.complete and self.impasse.outcomes == ("x0",)

    @figure(say("what whoever is advised to host gains by refusing, whatever the others do"))
    def refusal_gain(self) -> Number | None:
        """The least over sites. Above 0 no correlated equilibrium, so no mixed one and no talk, ever builds (P1.2, P1.3); else None."""
        refusals = refused_for_sure(self.siting)
        return None if refusals is None else min(gain for _, gain in refusals.values())

    @figure(say("the largest surplus that a mediator's advice can reach"))
    def advice_worth(self) -> Number | None:
        """Over all correlated equilibria of the consent game (P1.3)."""
        return self.advice.welfare

    @figure(say("votes for and against each site, against building nothing"))
    def tallies(self) -> list[list[int]]:
        """By site, sincere votes (P1.4)."""
        found = {tally.alternative: [tally.yes, tally.no] for tally in vote(self.siting, Quota())}
        return [found[x] for x in self.siting.sites]

    @figure(say("between the two best sites: for the first, for the second, indifferent"))
    def pairwise(self) -> list[int]:
        """Of a vote between two sites (P1.4)."""
        first, second = sorted(self.siting.sites, key=lambda x: (-self.siting.surplus[x], x))[:2]
        gap = self.siting.utilities[:, first] - self.siting.utilities[:, second]
        return [int((gap > 0).sum()), int((gap < 0).sum()), int((gap == 0).sum())]
