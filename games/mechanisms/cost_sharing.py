"""Sharing a cost: serial shares of what is asked for, and an excludable good whose users pay equally.

Serial (Moulin and Shenker 1992): with demands q_1 <= ... <= q_n and q^k = q_1 + ... + q_{k-1} + (n - k + 1) q_k, player k pays
sum_{l <= k} (C(q^l) - C(q^{l-1})) / (n - l + 1): nobody pays for what others ask beyond its own demand.

Equal shares with exclusion (Moulin 1994): the largest k of whom the k-th highest value is at least C/k are served and pay C/k each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..errors import InputError
from ..exact import Array, Number, array
from ..fund import Fund, Provision, transfers_of
from ..message import Message, say
from ..normal_form import NormalForm, Profile
from ..parameters import amounts
from .mechanism import Claim, Form, Knowledge, accept

MOST_PROFILES = 50_000
ZERO = Fraction(0)


def serial_shares(demands: object, cost: Callable[[Any], Number]) -> tuple[Number, ...]:
    """What each pays, in the order given, when ``cost(total)`` is the cost of a total demand and ``cost(0)`` = 0."""
    q = amounts(demands, "demands", least=ZERO)
    n, order = len(q), sorted(range(len(q)), key=lambda i: (q[i], i))
    shares: list[Number] = [ZERO] * n
    paid, before, smaller = ZERO, cost(ZERO), ZERO
    if before != 0:
        raise InputError("nothing must cost nothing, not {cost}", cost=before)
    for k, i in enumerate(order):
        after = cost(smaller + (n - k) * q[i])
        paid = paid + (after - before) / (n - k)
        shares[i], before, smaller = paid, after, smaller + q[i]
    return tuple(shares)


@dataclass(frozen=True, eq=False)
class Served:
    """How much each player gets (``amounts``), the money each receives (``transfers``), and what it ``cost`` in all."""

    amounts: tuple[int, ...]
    transfers: Array
    cost: Number


@dataclass(frozen=True, eq=False)
class JointProduction:
    """``values[i][q]`` of q = 0, 1, ... units to player i, and ``costs[Q]`` of Q units in all. Nothing is worth and costs nothing."""

    values: tuple[tuple[Number, ...], ...]
    costs: tuple[Number, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(amounts(own, "values") for own in self.values))
        object.__setattr__(self, "costs", amounts(self.costs, "costs"))
        most = sum(len(own) - 1 for own in self.values)
        if not self.values or len(self.costs) != most + 1 or self.costs[0] != 0 or any(own[0] != 0 for own in self.values):
            raise InputError("costs must be given for 0 to {n} units, and nothing must be worth and cost nothing", n=most)

    @property
    def players(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(str(i + 1) for i in range(len(self.values)))

    @property
    def most(self) -> Number:
        """The largest welfare, by the most that Q units can be worth, player after player."""
        best = [ZERO]
        for own in self.values:
            wide = range(len(best) + len(own) - 1)
            best = [max(best[Q - q] + own[q] for q in range(len(own)) if 0 <= Q - q < len(best)) for Q in wide]
        return max(worth - cost for worth, cost in zip(best, self.costs))

    def worth(self, player: int, outcome: Served) -> Number:
        """What the units are worth, and the money received."""
        return self.values[player][outcome.amounts[player]] + outcome.transfers[player]

    def welfare(self, outcome: Served) -> Number:
        """What all units are worth, less their cost."""
        return sum((own[q] for own, q in zip(self.values, outcome.amounts)), start=ZERO) - outcome.cost

    def spent(self, outcome: Served) -> Number:
        """The cost, which player 0 pays from what it collects."""
        return outcome.cost


@dataclass(frozen=True)
class SerialCostSharing:
    """Everybody asks for a number of units and pays its serial share."""

    @property
    def id(self) -> str:
        """The identifier."""
        return "CS-1"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("serial cost sharing: nobody pays for what others ask beyond its own demand")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The cost only."""
        return (Knowledge.VERIFIABLE,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Moulin and Shenker 1992."""
        source, convex = "Moulin and Shenker 1992", "convex cost, concave values, no ties"
        return (
            Claim("unique-equilibrium-outcome", True, source, convex),
            Claim("budget-balanced", True, "the shares sum to the cost"),
            Claim("individually-rational", True, "nothing may be asked for", "a cost that rises"),
            Claim("equilibria-efficient", False, source),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on joint production, for few who demand."""
        if not isinstance(game, JointProduction):
            return say("acts on units made at a common cost, of which everybody asks for some")
        profiles = 1
        for own in game.values:
            profiles *= len(own)
        if profiles > MOST_PROFILES:
            shown = f"{profiles:,}" if profiles < 10**15 else "over 1e15"
            return say("the game has {n} profiles of demands; at most {limit} are written out", n=shown, limit=f"{MOST_PROFILES:,}")
        return None

    def form(self, game: JointProduction) -> Form:
        """The game of demands, solved for its pure equilibria."""
        accept(self.refuses(game))

        def outcome(profile: Sequence[int]) -> Any:
            shares = serial_shares(list(profile), lambda Q: game.costs[int(Q)])
            return Served(tuple(profile), transfers_of([-x for x in shares]), game.costs[sum(profile)])

        def payoff(profile: Profile) -> list[Number]:
            shares = serial_shares(list(profile), lambda Q: game.costs[int(Q)])
            return [own[q] - share for own, q, share in zip(game.values, profile, shares)]

        labels = [tuple(map(str, range(len(own)))) for own in game.values]
        return Form(NormalForm.from_function(payoff, labels, game.players), "pure", outcome)


@dataclass(frozen=True)
class EqualAccess:
    """An excludable good for those who pay equally for it: the largest group whose every member values it at C/k or more."""

    @property
    def id(self) -> str:
        """The identifier."""
        return "CS-2"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("the good for those who pay an equal share of it, as many as will")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """No knowledge of values; that others can be kept out."""
        return (Knowledge.NONE, Knowledge.ENFORCEMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Moulin 1994; Moulin and Shenker 2001."""
        return (
            Claim("strategy-proof", True, "Moulin 1994"),
            Claim("group-strategy-proof", True, "Moulin and Shenker 2001"),
            Claim("individually-rational", True, "nobody pays more than its report"),
            Claim("budget-balanced", True, "Moulin 1994"),
            Claim("anonymous", True, "by construction"),
            Claim("envy-free", True, "all who pay, pay the same"),
            Claim("efficient", False, "Moulin 1994: values below C/k are left out"),
            Claim("false-name-proof", False, "a second name lowers the price for both"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on a fund."""
        return None if isinstance(game, Fund) else say("acts on a fund for a good of given cost from which one can be kept out")

    def outcome(self, game: Fund) -> Provision:
        """Who is served, at which price."""
        accept(self.refuses(game))
        falling = sorted(game.values, reverse=True)
        k = max((k for k in range(1, len(falling) + 1) if falling[k - 1] * k >= game.cost), default=0)
        price = game.cost / k if k else ZERO
        served = [Fraction(int(k > 0 and v * k >= game.cost)) for v in game.values]
        return Provision(array(served), transfers_of([-price * s for s in served]), game.cost if k else ZERO)
