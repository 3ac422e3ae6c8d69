"""M-37, a hub that assigns suppliers to needs by what it credits them with (ATLAS CASE-08c, P8.3).

Suppliers choose a need each; need k is worth v_k to the residents once somebody serves it. If those who serve it share v_k, suppliers
crowd where the value is; credited with what they add, v(all) - v(all but me), the total value is an exact potential and its maximum an
equilibrium (Vetta 2002: every pure equilibrium has more than half of it). Credits are paid by player 0 and never exceed the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from ..errors import InputError
from ..exact import Array, Number
from ..fund import transfers_of
from ..message import Message, say
from ..normal_form import NormalForm, Profile
from ..parameters import amounts, whole
from .mechanism import Claim, Form, Knowledge, accept

MOST_PROFILES = 50_000
ZERO = Fraction(0)
CREDITS = ("marginal", "shared")


@dataclass(frozen=True, eq=False)
class Assignment:
    """The need that each supplier serves (``needs``), and its credit in money (``transfers``)."""

    needs: tuple[int, ...]
    transfers: Array


@dataclass(frozen=True)
class Needs:
    """``values[k]`` of need k once it is served, and by supplier the needs that it can serve (``able``, default: all)."""

    values: tuple[Number, ...]
    suppliers: int
    able: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", amounts(self.values, "values", least=ZERO))
        n = whole(self.suppliers, "suppliers")
        able = tuple(map(tuple, self.able)) or (tuple(range(len(self.values))),) * n
        if len(able) != n or not all(own and set(own) <= set(range(len(self.values))) for own in able):
            raise InputError(
                "able must list for each of {n} suppliers one or more of the needs from 0 to {last}", n=n, last=len(self.values) - 1
            )
        object.__setattr__(self, "able", able)

    @property
    def players(self) -> tuple[str, ...]:
        """The suppliers."""
        return tuple(str(i + 1) for i in range(self.suppliers))

    def value(self, needs: Sequence[int]) -> Number:
        """v: the needs that are served, each once."""
        return sum((self.values[k] for k in set(needs)), start=ZERO)

    @property
    def most(self) -> Number:
        """The largest value: needs by falling value, each taken if those taken before can still be served (a transversal matroid)."""
        server: dict[int, int] = {}
        for k in sorted(range(len(self.values)), key=lambda k: (-self.values[k], k)):
            self._serve(k, server, set())
        return self.value(tuple(server.values()))

    def _serve(self, need: int, server: dict[int, int], seen: set[int]) -> bool:
        """Find a supplier for ``need``, moving others along an augmenting path."""
        for i in range(self.suppliers):
            if need in self.able[i] and i not in seen:
                seen.add(i)
                if i not in server or self._serve(server[i], server, seen):
                    server[i] = need
                    return True
        return False

    def worth(self, player: int, outcome: Assignment) -> Number:
        """The credit: suppliers act from interest of their own."""
        return outcome.transfers[player]

    def welfare(self, outcome: Assignment) -> Number:
        """The value to the residents; credits cancel."""
        return self.value(outcome.needs)


@dataclass(frozen=True)
class MatchingHub:
    """M-37 with ``credit`` for what one adds (``marginal``); ``shared`` is how it is without a hub: the value of a need, divided."""

    credit: str = "marginal"

    def __post_init__(self) -> None:
        if self.credit not in CREDITS:
            raise InputError("{name}={value!r} is not known; one of {known}", name="credit", value=self.credit, known=list(CREDITS))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-37" if self.credit == "marginal" else "M-37:shared"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.credit == "marginal":
            return say("hub that credits every supplier with what it adds")
        return say("suppliers share the credit for the need they serve")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """What needs are worth, who served them, and money for the credits."""
        return (Knowledge.UTILITIES, Knowledge.VERIFIABLE, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-37 and P8.3."""
        if self.credit == "shared":
            return (Claim("equilibria-efficient", False, "ATLAS P8.3: duplication"), Claim("individually-rational", True, "credits only"))
        return (
            Claim("some-equilibrium-efficient", True, "ATLAS M-37: the value is a potential"),
            Claim("equilibria-efficient", True, "ATLAS M-37", "everybody can serve every need, values above 0"),
            Claim("individually-rational", True, "credits only"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on suppliers and needs, few enough to write out."""
        if not isinstance(game, Needs):
            return say("acts on suppliers who each choose a need to serve")
        profiles = prod(map(len, game.able))
        if profiles > MOST_PROFILES:
            shown = f"{profiles:,}" if profiles < 10**15 else "over 1e15"
            return say("the game has {n} assignments of suppliers; at most {limit} are written out", n=shown, limit=f"{MOST_PROFILES:,}")
        return None

    def credits(self, game: Needs, needs: Sequence[int]) -> list[Number]:
        """What each supplier is credited with when they serve ``needs``."""
        alone = [needs.count(k) for k in needs]
        if self.credit == "marginal":
            return [game.values[k] if heads == 1 else ZERO for k, heads in zip(needs, alone)]  # v(all) - v(all but i)
        return [game.values[k] / heads for k, heads in zip(needs, alone)]

    def form(self, game: Needs) -> Form:
        """The game of suppliers, solved for its pure equilibria."""
        accept(self.refuses(game))

        def needs(profile: Profile | Sequence[int]) -> tuple[int, ...]:
            return tuple(own[a] for own, a in zip(game.able, profile))

        def outcome(profile: Sequence[int]) -> Any:
            served = needs(profile)
            return Assignment(served, transfers_of(self.credits(game, served)))

        labels = [tuple(str(k + 1) for k in own) for own in game.able]
        played = NormalForm.from_function(lambda a: self.credits(game, needs(a)), labels, game.players)
        return Form(played, "pure", outcome)
