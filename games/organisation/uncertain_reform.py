"""A change that most would gain by, voted on before anybody knows who (Fernandez and Rodrik 1991)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amount, whole


@dataclass(frozen=True)
class UncertainReform:
    """``known`` voters gain ``gain`` for sure. Of ``others``, ``hidden_winners`` will gain it too and the rest lose ``loss``; nobody of
    them knows which, and each is as likely. Raises :class:`InputError`.
    """

    known: int = 40
    others: int = 60
    hidden_winners: int = 20
    gain: Number = Fraction(1)
    loss: Number = Fraction(1)

    def __post_init__(self) -> None:
        for name in ("known", "others", "hidden_winners"):
            object.__setattr__(self, name, whole(getattr(self, name), name, 0, 10**9))
        whole(self.known + self.others, "known + others", 1)
        whole(self.hidden_winners, "hidden_winners", 0, self.others)
        object.__setattr__(self, "gain", amount(self.gain, "gain", above=0))
        object.__setattr__(self, "loss", amount(self.loss, "loss", least=0))

    @property
    def voters(self) -> int:
        """How many vote."""
        return self.known + self.others

    @property
    def losers(self) -> int:
        """How many will lose."""
        return self.others - self.hidden_winners


__all__ = ["UncertainReform"]
