"""M-33 and M-35: a budget divided by the uniform rule, in proportion, or by priority (:mod:`..division`)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..division import Division, Shares, plain, uniform_shares
from ..exact import Number, array
from ..message import Message, say
from .mechanism import Claim, Knowledge, accept

ZERO = Fraction(0)
_ONLY = say("acts on a budget to be divided among claims that each are best at some amount")


@dataclass(frozen=True)
class UniformRule:
    """M-33, the uniform rule (Sprumont 1991; Benassy 1982): everybody up to the same amount, so that the budget is used up."""

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-33"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("uniform rule: requests are met up to one amount for all")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Requests only."""
        return (Knowledge.NONE,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-33, P9.4."""
        return (
            Claim("strategy-proof", True, "Sprumont 1991"),
            Claim("group-strategy-proof", True, "strategy-proof, and who keeps its share changes nobody's; checked on grids"),
            Claim("efficient", True, "Sprumont 1991"),
            Claim("envy-free", True, "Sprumont 1991"),
            Claim("anonymous", True, "Sprumont 1991"),
            Claim("budget-balanced", True, "no money moves"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on a budget to be divided."""
        return None if isinstance(game, Division) else _ONLY

    def outcome(self, game: Division) -> Shares:
        """The shares."""
        accept(self.refuses(game))
        return Shares(uniform_shares(game.peaks, game.budget))


@dataclass(frozen=True)
class ProportionalRationing:
    """M-35: the budget in proportion to requests; equal shares if nobody asks for anything."""

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-35:proportional"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("requests are scaled in proportion to fit the budget")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Requests only."""
        return (Knowledge.NONE,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS P9.4."""
        return (
            Claim("strategy-proof", False, "ATLAS P9.4: requests are exaggerated"),
            Claim("envy-free", False, "who asks for more gets nearer to what another wanted"),
            Claim("efficient", True, "all on the same side of what they want"),
            Claim("anonymous", True, "by construction"),
            Claim("budget-balanced", True, "no money moves"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on a budget to be divided."""
        return None if isinstance(game, Division) else _ONLY

    def outcome(self, game: Division) -> Shares:
        """The shares."""
        accept(self.refuses(game))
        n, asked = len(game.peaks), game.asked
        if not asked:
            return Shares(array([game.budget / n] * n))
        return Shares(array([plain(p) * game.budget / asked for p in game.peaks]))


@dataclass(frozen=True)
class PriorityRationing:
    """M-35: requests met one after the other until the budget is used up; what is left over goes to the last.

    ``largest_first`` takes the largest requests first, which rewards exaggeration; otherwise players come in their own order, and truth
    is dominant, at the price of anonymity.
    """

    largest_first: bool = False

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-35:largest-first" if self.largest_first else "M-35:priority"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.largest_first:
            return say("the largest requests are met first, until the budget is used up")
        return say("requests are met in a fixed order, until the budget is used up")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Requests only."""
        return (Knowledge.NONE,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """ATLAS M-35 calls every priority manipulable; one that does not depend on requests is not."""
        return (
            Claim("strategy-proof", False, "ATLAS M-35: whoever asks for more comes first")
            if self.largest_first
            else Claim("strategy-proof", True, "a fixed order offers each what those before it leave"),
            Claim("envy-free", False, "who comes last gets the rest"),
            Claim("efficient", True, "all on the same side of what they want"),
            *((Claim("anonymous", False, "by construction"),) if not self.largest_first else ()),
            Claim("budget-balanced", True, "no money moves"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on a budget to be divided."""
        return None if isinstance(game, Division) else _ONLY

    def outcome(self, game: Division) -> Shares:
        """The shares."""
        accept(self.refuses(game))
        peaks = [plain(p) for p in game.peaks]
        order = sorted(range(len(peaks)), key=lambda i: (-peaks[i] if self.largest_first else 0, i))
        left = game.budget
        shares: list[Number] = [ZERO] * len(peaks)
        for i in order:
            shares[i] = min(peaks[i], left)
            left = left - shares[i]
        shares[order[-1]] += left
        return Shares(array(shares))
