"""An organisation that counts towards a target: really built, only on paper, or not at all, while somebody may look (ATLAS P6.6)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..inspection import inspection_game
from ..normal_form import NormalForm
from ..parameters import amount


@dataclass(frozen=True)
class ShellAudit:
    """A shell costs the committee ``shell_cost``, a genuine organisation ``genuine_cost``; either earns ``reward`` because it is counted.

    A shell is found with probability ``audit`` and costs ``penalty`` then; one that is missing costs ``shortfall``. A look costs the
    street office ``look_cost``, a shell that nobody finds ``harm``. Raises :class:`InputError`.
    """

    shell_cost: Number = Fraction(1)
    genuine_cost: Number = Fraction(3)
    reward: Number = Fraction(1)
    audit: Number = Fraction(1, 10)
    penalty: Number = Fraction(10)
    shortfall: Number = Fraction(10)
    look_cost: Number = Fraction(1)
    harm: Number = Fraction(5)

    def __post_init__(self) -> None:
        for name in ("shell_cost", "genuine_cost", "reward", "penalty", "shortfall", "look_cost", "harm"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        object.__setattr__(self, "audit", amount(self.audit, "audit", least=0, most=1))

    @property
    def payoffs(self) -> tuple[Number, Number, Number]:
        """What the committee expects of a genuine organisation, of a shell, and of none."""
        expected = self.audit * self.penalty
        return self.reward - self.genuine_cost, self.reward - self.shell_cost - expected, -self.shortfall

    def game(self) -> NormalForm:
        """The committee's choice, the audit being what it is."""
        return NormalForm([list(self.payoffs)], ("committee",), (("genuine", "shell", "none"),))

    def looking(self) -> NormalForm:
        """Street office (look, wait) against committee (shell, genuine), both at once: nobody has promised to look."""
        saving = self.genuine_cost - self.shell_cost
        return inspection_game(saving, self.penalty - saving, self.look_cost, self.harm)
