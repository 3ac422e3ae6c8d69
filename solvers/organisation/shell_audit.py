"""When organisations on paper stop paying (ATLAS P6.6)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...games.exact import Number
from ...games.inspection import balance
from ...games.message import say
from ...games.organisation.shell_audit import ShellAudit
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure
from .written import certified


class ShellAuditAnalysis(Analysis[ShellAudit]):
    """A shell is worth ``reward - shell_cost - audit penalty``; it is no better than the best of the rest iff
    ``audit penalty >= min(genuine_cost, reward + shortfall) - shell_cost``. The reward for the count stands on both sides where the count
    must be reached, and drops out.
    """

    @property
    def chosen(self) -> Solution:
        """The committee's best choices."""
        if "chosen" not in self.known:
            self.known["chosen"] = solve(self.model.game(), "pure")
        return self.known["chosen"]

    @figure(say("what the committee expects of a genuine organisation, of a shell and of none"))
    def expected(self) -> list[Number]:
        """The reward less what each costs."""
        return list(self.model.payoffs)

    @figure(say("what is best for the committee; several where they are worth the same"))
    def best(self) -> list[str]:
        """Of genuine, shell, none."""
        game = self.model.game()
        shares = [equilibrium.profile[0] for equilibrium in self.chosen.equilibria]
        return [name for k, name in enumerate(game.actions[0]) if any(share[k] for share in shares)]

    @figure(say("whether a shell is better than anything else"))
    def shell_pays(self) -> bool:
        """Strictly: where it is only as good, it is not built."""
        return self.best == ["shell"]

    @figure(say("expected penalty from which no shell pays"))
    def needed(self) -> Number:
        """min(genuine_cost, reward + shortfall) - shell_cost; 0 where shells never pay."""
        m = self.model
        return max(min(m.genuine_cost, m.reward + m.shortfall) - m.shell_cost, Fraction(0))

    @figure(say("expected penalty from which no shell pays, if only shells earned the reward"))
    def needed_with_reward(self) -> Number:
        """genuine_cost - shell_cost + reward: enough, and more than is needed where genuine organisations are counted too."""
        return self.model.genuine_cost - self.model.shell_cost + self.model.reward

    @figure(say("least probability of an audit at which no shell pays; none where the penalty is too small"))
    def audit_needed(self) -> Number | None:
        """needed / penalty."""
        if not self.needed:
            return Fraction(0)
        return self.needed / self.model.penalty if self.model.penalty >= self.needed else None

    @figure(say("probability of a shell while looking is not promised beforehand; none where looking or shells never pay"))
    def shells_without_promise(self) -> Number | None:
        """look_cost / harm in the mixed equilibrium of looking against building shells (Avenhaus, von Stengel and Zamir 2002)."""
        m = self.model
        saving = m.genuine_cost - m.shell_cost
        if saving <= 0 or m.penalty <= saving or not m.harm:
            return None
        found = balance(saving, m.penalty - saving, m.look_cost, m.harm)
        return None if found is None else found.violate

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That the choice is best, the audit being what it is."""
        return certified(self.chosen)
