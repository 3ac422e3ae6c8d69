"""How far a guaranteed share of the whole turns grabbing into producing (ATLAS P15.1)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...games.exact import TOLERANCE, Number, root
from ...games.message import say
from ...games.organisation.shared_product import SharedProduct
from ..moves.shared_product import grabbing
from .analysis import Analysis, figure
from .smooth import smooth_certificate


class SharedProductAnalysis(Analysis[SharedProduct]):
    """The only equilibrium (:mod:`..moves.shared_product`); all payoffs together are the product, at most one unit a head."""

    @figure(say("part of its effort that each actor grabs with"))
    def grabs(self) -> list[Number]:
        """f_1 .. f_n."""
        return list(grabbing(self.model))

    @figure(say("effort spent on grabbing together"))
    def grabbed(self) -> Number:
        """F."""
        return sum(self.grabs, start=Fraction(0))

    @figure(say("what each would grab if all had the same guaranteed share"))
    def equal_grabs(self) -> Number:
        """K (n - 1) / (1 + K (n - 1)), K the contested part."""
        pull = self.model.contested * (self.model.actors - 1)
        return pull / (1 + pull)

    @figure(say("what is produced"))
    def product(self) -> Number:
        """n - F, which is also the sum of payoffs."""
        return self.model.actors - self.grabbed

    @figure(say("what is produced a head"))
    def product_per_head(self) -> Number:
        """1 / (1 + K (n - 1)) where no bound holds anybody."""
        return self.product / self.model.actors

    @figure(say("what each actor has"))
    def gains(self) -> list[Number]:
        """They sum to the product."""
        m = self.model
        return [m.payoff(i, f, self.grabbed - f) for i, f in enumerate(self.grabs)]

    @figure(say("most that any actor would gain by another effort"))
    def regret(self) -> Number:
        """Recomputed from the payoffs: 0 by the sign of the slope of a concave payoff, or against the best reply."""
        return max((self._gain(i, f) for i, f in enumerate(self.grabs)), default=Fraction(0))

    def _gain(self, i: int, f: Number) -> Number:
        m, F = self.model, self.grabbed
        K, n, others = m.contested, m.actors, F - f
        if K == 0:
            return Fraction(0)  # what is guaranteed falls in the own grabbing
        slope = K * (F * (n - F) - f * n) / (F * F) - m.encompassing * m.guaranteed[i]
        if (slope == 0 or (slope < 0 and f == 0) or (slope > 0 and f == 1)) and isinstance(slope, Fraction):
            return Fraction(0)
        best = min(1, max(0, root(n * others * K / (K + m.encompassing * m.guaranteed[i])) - others))
        gain = m.payoff(i, best, others) - m.payoff(i, f, others)
        return max(gain, gain * 0)

    @figure(say("largest product over that of the equilibrium"))
    def price_of_anarchy(self) -> Number:
        """n / (n - F); 1 + K (n - 1) where no bound holds anybody."""
        return self.model.actors / self.product

    @figure(say("whether no actor is held at grabbing with nothing or with everything"))
    def inner(self) -> bool:
        """Then F does not depend on how the guaranteed shares are divided, and f_i falls in its own share."""
        m, F = self.model, self.grabbed
        if m.contested == 0:
            return True
        loose = TOLERANCE if isinstance(F, float) else 0
        wanted = [F - (1 + m.encompassing * g / m.contested) * F * F / m.actors for g in m.guaranteed]
        return all(-loose <= f <= 1 + loose for f in wanted)

    @figure(say("whether nobody who has more of the guaranteed part grabs more"))
    def ordered(self) -> bool:
        """Over all pairs; who has as much grabs as much."""
        pairs = list(zip(self.model.guaranteed, self.grabs))
        loose = TOLERANCE if isinstance(self.grabbed, float) else 0
        return all(f <= e + loose for g, f in pairs for h, e in pairs if g >= h)

    @figure(say("guaranteed share from which an actor grabs nothing, while no bound holds the others"))
    def idle_share(self) -> Number | None:
        """1 / ((n - 1) L); None where nothing is guaranteed."""
        m = self.model
        return 1 / ((m.actors - 1) * m.encompassing) if m.encompassing else None

    @figure(say("guaranteed share up to which an actor grabs with everything, while no bound holds the others"))
    def greedy_share(self) -> Number | None:
        """(1 - (1 + K (n - 1))^2 / (n (n - 1) K)) / ((n - 1) L): below 0 where nobody does.

        None where nothing is guaranteed, or nothing contested.
        """
        m, K, n = self.model, self.model.contested, self.model.actors
        if not m.encompassing or not K:
            return None
        return (1 - (1 + K * (n - 1)) ** 2 / (n * (n - 1) * K)) / ((n - 1) * m.encompassing)

    @figure(say("whether the equilibrium is the only one"))
    def unique(self) -> bool:
        """Yes, but where nothing is contested and somebody has no share: it does not matter to that actor what it does."""
        return self.model.contested > 0 or min(self.model.guaranteed) > 0

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no actor gains by grabbing more or less."""
        m = self.model
        names = [f"f{k + 1}" for k in range(m.actors)]
        total = " + ".join(names)
        fought = {name: f" + contested * {name} / ({total})" if m.contested else "" for name in names}
        payoffs = {name: f"(encompassing * s{k + 1}{fought[name]}) * (actors - ({total}))" for k, name in enumerate(names)}
        constants: dict[str, Number] = {"encompassing": m.encompassing, "contested": m.contested, "actors": Fraction(m.actors)}
        constants |= {f"s{k + 1}": share for k, share in enumerate(m.guaranteed)}
        bounds = dict.fromkeys(names, (Fraction(0), Fraction(1)))
        return (smooth_certificate(payoffs, constants, dict(zip(names, self.grabs)), bounds),)
