"""Groups that compete for a prize by what their members give of their own accord (Katz, Nitzan and Rosenberg 1990)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amount, whole


@dataclass(frozen=True)
class GroupContest:
    """Group g of ``sizes[g]`` members wins with the probability that is its share of all effort; members choose their efforts apart.

    The ``prize`` (one number, or one for each group) goes to every member of the winning group if it is public; a part ``private`` of it
    (True: all) is divided among them: a member gets ``prize * (1 - private + private / size)`` (Esteban and Ray 2001). Raises
    :class:`InputError`.
    """

    sizes: tuple[int, ...] = (2, 10)
    prize: Number | tuple[Number, ...] = Fraction(60)
    private: Number = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sizes", tuple(whole(n, "sizes", 1, 10**9) for n in self.sizes))
        whole(len(self.sizes), "len(sizes)", 2, 1_000)
        given = self.prize if isinstance(self.prize, (tuple, list)) else (self.prize,) * len(self.sizes)
        prizes = tuple(amount(v, "prize", above=0) for v in given)
        whole(len(prizes), "len(prize)", len(self.sizes), len(self.sizes))
        object.__setattr__(self, "prize", prizes if isinstance(self.prize, (tuple, list)) else prizes[0])
        shared = Fraction(self.private) if isinstance(self.private, bool) else self.private
        object.__setattr__(self, "private", amount(shared, "private", least=0, most=1))

    @property
    def worth(self) -> tuple[Number, ...]:
        """What winning is worth to a member, by group."""
        prizes = self.prize if isinstance(self.prize, tuple) else (self.prize,) * len(self.sizes)
        return tuple(v * (1 - self.private + self.private / n) for v, n in zip(prizes, self.sizes))


__all__ = ["GroupContest"]
