"""What ledgers leave of the time for real work, and what a reward by the count makes of it (ATLAS P6.5, D-18)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.ledgers import Ledgers
from .analysis import Analysis, figure
from .formalism import formalism_index
from .written import best_choice


class LedgersAnalysis(Analysis[Ledgers]):
    """A committee free to choose the count J gains ``reward J + worth (1 - ledger J)``, linear in J: all it has time for, or none."""

    @figure(say("share of the time left for real work"))
    def real_work(self) -> Number:
        """1 - ledger organisations, never below 0."""
        return self.model.real_work(self.model.organisations)

    @figure(say("number of organisations from which ledgers take all the time; none where they take none"))
    def trap_from(self) -> int | None:
        """1 / ledger, rounded up."""
        return ceil(1 / self.model.ledger) if self.model.ledger else None

    @figure(say("whether ledgers take all the time"))
    def trapped(self) -> bool:
        """organisations >= 1 / ledger."""
        return self.trap_from is not None and self.model.organisations >= self.trap_from

    @figure(say("formalism index"))
    def formalism(self) -> Number | None:
        """1 - (work / work with the reference) / (organisations / reference), between 0 and 1 (D-18); None without organisations, or where
        the reference leaves no time.
        """
        m = self.model
        before = m.real_work(m.reference)
        return formalism_index(m.organisations, self.real_work, m.reference, before) if m.organisations and before else None

    @figure(say("organisations that can be kept on the books"))
    def most_possible(self) -> int:
        """1 / ledger rounded down, at most those that can be founded."""
        return self.model.most_possible

    @figure(say("organisations a committee founds that is free to choose their number; the fewest where it does not care"))
    def founded(self) -> int:
        """All it can if one earns more than its ledger takes from real work, none otherwise."""
        return self.most_possible if self.model.reward > self.model.worth * self.model.ledger else 0

    @figure(say("share of the time then left for real work"))
    def founded_real_work(self) -> Number:
        """1 - ledger founded."""
        return self.model.real_work(self.founded)

    @figure(say("ledger from which a count that is rewarded is not worth its paper; none where real work is worth nothing"))
    def deterring_ledger(self) -> Number | None:
        """reward / worth: at lighter ledgers a committee founds all it can."""
        return self.model.reward / self.model.worth if self.model.worth else None

    @figure(say("time that one organisation less on the books frees for real work"))
    def freed(self) -> Number:
        """ledger, while there is any time left or it is just used up; 0 deeper in the trap."""
        m = self.model
        return m.real_work(m.organisations - 1) - self.real_work if m.organisations else Fraction(0)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That a committee free to choose gains by no other number of organisations."""
        return best_choice(self.model.game, self.model.most_possible + 1)
