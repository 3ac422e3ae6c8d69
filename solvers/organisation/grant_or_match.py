"""Lump sums crowd gifts out, matches do not, and many small gifts can be matched more (ATLAS P9.5, M-20)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.mechanisms.matching import contributed_level
from ...games.mechanisms.quadratic_funding import quadratic_funding
from ...games.message import say
from ...games.organisation.grant_or_match import GrantOrMatch
from ..moves.continuous_goods import Provision, log_provision, private_provision
from .analysis import Analysis, figure
from .smooth import smooth_certificate

ZERO = Fraction(0)
LARGEST_POWER = 30


class GrantOrMatchAnalysis(Analysis[GrantOrMatch]):
    """Private provision has one equilibrium where both goods are normal, as Cobb-Douglas tastes make them (Bergstrom, Blume and Varian
    1986, theorem 3). With ``theta ln Q - gift`` only those with the largest theta give, and Q is unique.
    """

    @cached_property
    def _before(self) -> Provision:
        return private_provision(self.model.taste, self.model.wealth)

    @cached_property
    def _after(self) -> Provision:
        return private_provision(self.model.taste, self.model.wealth, self.model.grant)

    @figure(say("what is given to the common good without a grant"))
    def given(self) -> Number:
        """The sum of gifts."""
        return self._before.total

    @figure(say("what is given where the same people are taxed for a grant"))
    def given_with_grant(self) -> Number:
        """The sum of gifts."""
        return self._after.total - self.model.grant

    @figure(say("the common good with the grant"))
    def good_with_grant(self) -> Number:
        """Gifts and grant."""
        return self._after.total

    @figure(say("share of the grant that takes the place of gifts"))
    def crowded_out(self) -> Number | None:
        """(given - given_with_grant) / grant; None without a grant."""
        return (self.given - self.given_with_grant) / self.model.grant if self.model.grant else None

    @figure(say("largest grant of which nothing is gained"))
    def neutral_up_to(self) -> Number:
        """n times the smallest gift: no equal tax then exceeds what anybody gave (Warr 1983)."""
        return len(self.model.wealth) * min(self._before.gifts)

    @figure(say("whether the grant leaves the common good as it was"))
    def neutral(self) -> bool:
        """good_with_grant = given."""
        return self.good_with_grant == self.given

    @figure(say("the common good where a match from outside is added to every gift"))
    def good_with_match(self) -> Number:
        """(1 + match) given: with Cobb-Douglas tastes the factor moves nobody's gift."""
        return (1 + self.model.match) * self.given

    @figure(say("the good that those with stakes provide by themselves"))
    def staked(self) -> Number:
        """theta ln Q: the largest stake."""
        return log_provision(self.model.stakes).total

    @figure(say("the good that they provide with the match"))
    def staked_with_match(self) -> Number:
        """(1 + match) times the largest stake."""
        return contributed_level(self.model.stakes, self.model.match)

    @figure(say("the good that they provide with a lump sum from outside instead"))
    def staked_with_grant(self) -> Number:
        """The same as without, until the lump sum alone is more."""
        return contributed_level(self.model.stakes, 0, self.model.grant)

    @figure(say("the best good for all who have stakes"))
    def staked_best(self) -> Number:
        """The sum of stakes (Samuelson 1954)."""
        return sum(self.model.stakes, start=ZERO)

    @figure(say("match at which that is provided"))
    def best_match(self) -> Number:
        """sum / largest - 1."""
        return self.staked_best / self.staked - 1

    @figure(say("the good under quadratic funding"))
    def quadratic(self) -> Number:
        """(sum theta)^2, for a good worth 2 theta sqrt(F): giving theta^2 is dominant, and that is efficient (M-20)."""
        return quadratic_funding([x * x for x in self.model.stakes]).funding

    @figure(say("what the givers pay of it"))
    def quadratic_paid(self) -> Number:
        """sum theta^2."""
        return sum((x * x for x in self.model.stakes), start=ZERO)

    @figure(say("what has to be added to it from outside"))
    def quadratic_subsidy(self) -> Number:
        """The difference."""
        return self.quadratic - self.quadratic_paid

    @figure(say("what the first giver pays if it alone gives, under several names"))
    def names_paid(self) -> Number:
        """names theta^2."""
        return self.model.names * self.model.stakes[0] ** 2

    @figure(say("what is added to that from outside"))
    def names_subsidy(self) -> Number:
        """names (names - 1) theta^2: whoever comes under several names is matched with itself."""
        return quadratic_funding([self.model.stakes[0] ** 2] * self.model.names).funding - self.names_paid

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That nobody gains by another gift, before and after the grant: ``own^p good^q`` for taste = q / (p + q), which ranks gifts as
        the logarithms do; where p and q are small enough to be written.
        """
        taste = Fraction(self.model.taste)
        q, p = taste.numerator, taste.denominator - taste.numerator
        if taste.denominator > LARGEST_POWER or len(self.model.wealth) > LARGEST_POWER:
            return ()
        return tuple(self._certificate(found, p, q) for found in (self._before, self._after))

    def _certificate(self, found: Provision, p: int, q: int) -> dict[str, Any]:
        names = [f"g{i + 1}" for i in range(len(self.model.wealth))]
        tax = found.public / len(names)
        left = {name: w - tax for name, w in zip(names, self.model.wealth)}
        good = " + ".join(names)
        payoffs = {name: f"({name}_left - {name}) ** {p} * (public + {good}) ** {q}" for name in names}
        constants = {f"{name}_left": x for name, x in left.items()} | {"public": found.public}
        return smooth_certificate(payoffs, constants, dict(zip(names, found.gifts)), {name: (0, x) for name, x in left.items()})
