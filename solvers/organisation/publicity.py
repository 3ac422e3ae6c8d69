"""What publicity for the common good can do where nobody pays, and at whose expense (ATLAS DL-7)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from ...games.deliberation.opinions import needed_weights
from ...games.exact import Number
from ...games.message import say
from ...games.organisation.publicity import Publicity
from .analysis import Analysis, figure


class PublicityAnalysis(Analysis[Publicity]):
    """A host accepts a site that it loses ``l`` by, of surplus W, from the weight l / (W + l) on."""

    @property
    def _best(self) -> int | None:
        """The unit at whose site the surplus is largest, None where no site has any."""
        game = self.model.siting()
        site = max(game.sites, key=lambda x: game.surplus[x])
        return site - 1 if game.surplus[site] > 0 else None

    @figure(say("weight on the gains of all from which the host of the best site accepts it"))
    def needed(self) -> Number | None:
        """loss / (surplus + loss); None where no site has a surplus."""
        if self._best is None:
            return None
        return needed_weights(self.model.siting(), self._best + 1)[self._best]

    @figure(say("weight that this host gives to the gains of all before the talk"))
    def host_before(self) -> Number | None:
        """See ``needed``."""
        return None if self._best is None else self.model.hearts[self._best]

    @figure(say("weight that it gives to them after the talk"))
    def host_after(self) -> Number | None:
        """before (1 - susceptibility) + susceptibility mean."""
        return None if self._best is None else self.weights_after[self._best]

    @figure(say("everybody's weight on the gains of all after the talk"))
    def weights_after(self) -> list[Number]:
        """Each moved towards the mean."""
        return list(self.model.talk().persuaded(self.model.siting()))

    @figure(say("what is built before the talk, x0 for nothing"))
    def built_before(self) -> str:
        """The first site by surplus that its host accepts."""
        return self._built(replace(self.model, susceptibility=Fraction(0)))

    @figure(say("what is built after the talk, x0 for nothing"))
    def built_after(self) -> str:
        """The first site by surplus that its host accepts."""
        return self._built(self.model)

    @staticmethod
    def _built(model: Publicity) -> str:
        game = model.siting()
        return game.alternatives[int(np.argmax(model.talk().outcome(game).lottery))]

    @figure(say("least susceptibility at which the host of the best site accepts it"))
    def least_susceptibility(self) -> Number | None:
        """(needed - before) / (mean - before), 0 where it accepts already; None where even the mean is not enough."""
        if self.needed is None or self.host_before is None:
            return None
        if self.host_before >= self.needed:
            return Fraction(0)
        mean = sum(self.model.hearts, start=Fraction(0)) / len(self.model.hearts)
        return (self.needed - self.host_before) / (mean - self.host_before) if mean >= self.needed else None

    @figure(say("what the host of the best site loses in money if it is built there"))
    def host_loses(self) -> Number | None:
        """damage - gain: persuasion pays nobody."""
        return None if self._best is None else self.model.damage[self._best] - self.model.gain[self._best]
