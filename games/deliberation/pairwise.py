"""DL-4, sequential pairwise deliberation (Fain, Goel, Munagala and Sakshuwong 2017) on median graphs: paths, trees, grids.

The alternative on the table is a node a. Two residents u, v drawn at random (with replacement) bargain with a as the fallback; on a
median graph they agree on median(u, v, a), the node between all three. A *cut* of the graph is a way to part it in two halves between
which shortest paths cross once; a node is the list of its sides. The median takes the majority on every cut, so on each cut the talk is a
chain of two states: with a share p of residents on side 1,

    P(1 after | 1) = 1 - (1-p)^2,    P(1 after | 0) = p^2,    in the long run  p^2 / (p^2 + (1-p)^2),

and the expected cost (mean distance to the residents' nodes) is a sum over cuts: exact at any size. The ratio to the best node is at most
(1 + sqrt 2)/2 in the long run. For what people want near: for a nuisance, distances are to be long and this logic does not apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from ..environment import Environment, Types
from ..errors import InputError
from ..exact import Array, Number, array
from ..mechanisms.mechanism import Claim, Knowledge
from ..message import Message, say
from ..parameters import amounts, whole
from .median_space import MedianSpace
from .process import Chances, gathered


@dataclass(frozen=True, eq=False)
class PairwiseTalk:
    """The process: ``shares[x]`` of the residents want node x; the first proposal is the node of a random resident, or ``first``.

    Raises :class:`InputError` unless the shares are one a node, not negative, and sum to 1.
    """

    space: MedianSpace
    shares: tuple[Number, ...]
    first: int | None = None

    def __post_init__(self) -> None:
        shares = amounts(self.shares, "shares", self.space.nodes, Fraction(0))
        if abs(sum(shares) - 1) > (0 if all(isinstance(s, Fraction) for s in shares) else 1e-9):
            raise InputError("shares must sum to 1, not {total}", total=sum(shares))
        if self.first is not None:
            whole(self.first, "first", 0, self.space.nodes - 1)
        object.__setattr__(self, "shares", shares)

    @classmethod
    def of_ideals(cls, space: MedianSpace, ideals: Sequence[int], first: int | None = None) -> PairwiseTalk:
        """One resident a node of ``ideals``."""
        counts = [0] * space.nodes
        for x in ideals:
            counts[whole(x, "ideals", 0, space.nodes - 1)] += 1
        return cls(space, tuple(Fraction(c, len(ideals)) for c in counts), first)

    @cached_property
    def _wanted(self) -> tuple[tuple[int, Fraction], ...]:
        return tuple((x, Fraction(s)) for x, s in enumerate(self.shares) if s)

    def start(self) -> Chances:
        """A random resident's node, or the given one."""
        return ((Fraction(1), self.first),) if self.first is not None else tuple((s, x) for x, s in self._wanted)

    def moves(self, state: int) -> Chances:
        """The agreement of two random residents; the talk goes on for ever."""
        pairs = ((p * q, self.space.median(u, v, state)) for u, p in self._wanted for v, q in self._wanted)
        return gathered(pairs)

    def answer(self, state: int) -> int:
        """The node on the table."""
        return state

    def sides(self, rounds: int | None = None) -> tuple[Number, ...]:
        """For every cut, the probability that the node on the table after ``rounds`` rounds lies on side 1; None: in the long run."""
        if rounds is not None:
            whole(rounds, "rounds", 0)
        found: list[Number] = []
        for cut, p in enumerate(self._on_side_one):
            q = 1 - p
            if rounds is None:
                found.append(p * p / (p * p + q * q))
                continue
            now = p if self.first is None else Fraction(self.space.side(self.first, cut))
            for _ in range(rounds):
                now = p * p + 2 * p * q * now
            found.append(now)
        return tuple(found)

    @cached_property
    def _on_side_one(self) -> tuple[Number, ...]:
        cuts = range(len(self.space.lengths))
        return tuple(sum((s for x, s in enumerate(self.shares) if self.space.side(x, k)), start=Fraction(0)) for k in cuts)

    def cost(self, rounds: int | None = None) -> Number:
        """The expected mean distance from the residents' nodes to the node on the table after ``rounds``; None: in the long run."""
        parts = zip(self.space.lengths, self._on_side_one, self.sides(rounds))
        return sum((length * (here * (1 - p) + (1 - here) * p) for length, p, here in parts), start=Fraction(0))

    @cached_property
    def least_cost(self) -> Number:
        """The mean distance to the best node: on a median graph, the one on the majority's side of every cut."""
        return sum((length * min(p, 1 - p) for length, p in zip(self.space.lengths, self._on_side_one)), start=Fraction(0))

    def ratio(self, rounds: int | None = None) -> Number:
        """Expected cost over least cost (1 if both are 0)."""
        return self.cost(rounds) / self.least_cost if self.least_cost else Fraction(1)


@dataclass(frozen=True, eq=False)
class IdealNodes:
    """The problem: resident i wants node ``ideals[i]`` of ``space``, and an outcome is worth to it minus the expected distance."""

    space: MedianSpace
    ideals: tuple[int, ...]

    @property
    def players(self) -> tuple[str, ...]:
        """Numbered from 1."""
        return tuple(str(i + 1) for i in range(len(self.ideals)))

    @property
    def most(self) -> Number:
        """Minus the least total distance to any node."""
        return -PairwiseTalk.of_ideals(self.space, self.ideals).least_cost * len(self.ideals)

    def worth(self, player: int, outcome: Any) -> Number:
        """Minus the expected distance to the node decided on, and what the resident receives."""
        own = [self.space.side(self.ideals[player], k) for k in range(len(self.space.lengths))]
        far = [p if side == 0 else 1 - p for side, p in zip(own, outcome.sides)]
        return outcome.transfers[player] - sum((length * p for length, p in zip(self.space.lengths, far)), start=Fraction(0))

    def welfare(self, outcome: Any) -> Number:
        """Minus the expected total distance."""
        return sum((self.worth(i, outcome) - outcome.transfers[i] for i in range(len(self.ideals))), start=Fraction(0))


def ideal_nodes(space: MedianSpace, n: int) -> Environment:
    """The environment of ``n`` residents, each of whom may want any node."""

    def problem(types: Types) -> IdealNodes:
        return IdealNodes(space, tuple(types))

    return Environment((tuple(range(space.nodes)),) * n, problem, alike=True)


@dataclass(frozen=True, eq=False)
class Talked:
    """What pairwise deliberation comes to: the chance of side 1 of every cut, and transfers (none)."""

    sides: tuple[Number, ...]
    transfers: Array


@dataclass(frozen=True)
class PairwiseDeliberation:
    """DL-4 as a rule: residents say which node they want; ``rounds`` rounds of bargaining in pairs are held, None: very many."""

    rounds: int | None = None

    def __post_init__(self) -> None:
        if self.rounds is not None:
            whole(self.rounds, "rounds", 0)

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-4" if self.rounds is None else f"DL-4:{self.rounds}"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("two residents at a time bargain about the proposal on the table")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Residents name the place that they want."""
        return (Knowledge.ORDINAL,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-4; truth puts one on one's own side of every cut, and the chance of a side rises with those who stand on it."""
        return (
            Claim(
                "strategy-proof", True, "derived here: each cut is a monotone vote", "the residents want a place near, on a median graph"
            ),
            Claim("budget-balanced", True, "no money moves"),
            Claim("anonymous", True, "residents are drawn alike"),
            Claim("efficient", False, "Fain, Goel, Munagala and Sakshuwong 2017: up to 1.208 times the least cost"),
        )

    def refuses(self, game: object) -> Message | None:
        """It needs places near which residents want to be."""
        if isinstance(game, IdealNodes):
            return None
        return say(
            "needs places on a median graph that residents want near; a nuisance is wanted far, and distances then mean the opposite"
        )

    def outcome(self, game: IdealNodes) -> Talked:
        """The chances of all sides after the rounds."""
        talk = PairwiseTalk.of_ideals(game.space, game.ideals)
        return Talked(talk.sides(self.rounds), array([0] * len(game.ideals)))
