"""A mechanism in an environment: what it decides on reports, and what that is worth to everybody when something else is true.

A *problem* is what an environment gives for a profile of types (:class:`..games.environment.Problem`). Beyond its four attributes
these are used where a problem has them:

* ``slack``: how far apart two payoffs may be and still count as equal;
* ``counts``: how many residents stand in each row; transfers are per resident;
* ``spent(outcome)``: money of player 0 that an outcome takes beside transfers;
* ``worst(player, outcome)``: what an outcome is worth after the draw, in the least favourable case (default: the worst alternative
  of a lottery in an :class:`..games.outcome_game.OutcomeGame`, else ``worth``);
* ``split(player, rows)``: the problem told when a player comes as several identities, the first in its own place, the others at the
  end, each as the player of the problem ``rows[k]`` (:func:`.votes.split`);
* ``without(player)``: the problem told when a player stays away, all places kept;
* ``stays(outcome)``: whether the motion was rejected;
* ``supports(player, told, outcome)``: whether the problem ``told`` differs from this one only in that ``player`` supports what
  ``outcome`` decides more, and ``chance(outcome, chosen)``: the probability with which ``outcome`` decides what ``chosen`` does;
* ``envy(outcome)`` and ``blocking(outcome)``: as :func:`..standoff.fairness.envy` and ``blocking_gain``;
* ``describe(outcome)``: what was decided, in a few words or symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import inf, prod
from typing import Any

import numpy as np

from ...games.environment import Environment, Interval, Type, Types
from ...games.errors import InputError, NotApplicable, SizeError
from ...games.exact import TOLERANCE, Array, Number, is_exact
from ...games.mechanisms.mechanism import Outcome
from ...games.message import say
from ...games.outcome_game import OutcomeGame
from ..form_ends import Ends, solved_ends

NOTHING_DECIDED = say("the mechanism decides nothing on reports: it has no outcome and makes no contract")
MOST_TRIED = 200_000  # worths compared to see whether values are private, in all
MOST_TRIED_EACH = 2_000  # and in each situation of a search
Fallback = str | Callable[[Any, int], Number] | None


class Play:
    """``mechanism`` in ``environment``; what was computed once is kept.

    ``lies`` are the reports tried for each player (default: all of its types), ``profiles`` the profiles that may be true (default:
    all). ``fallback`` is what a player keeps by refusing: 0 (None), the gain at an alternative named, ``"rights"`` (the most that it gets
    in any equilibrium under the rights regime of today), or ``fallback(problem, player)``.
    """

    def __init__(
        self,
        mechanism: Any,
        environment: Environment,
        fallback: Fallback = None,
        lies: Sequence[Sequence[Type]] | None = None,
        profiles: Sequence[Types] | None = None,
    ) -> None:
        self.mechanism = mechanism
        self.environment = environment
        self.fallback = fallback
        self.given = profiles
        kinds = environment.types if lies is None else lies
        self.lies: tuple[tuple[Type, ...], ...] = tuple(() if isinstance(own, Interval) else tuple(own) for own in kinds)
        self._problems: dict[Types, Any] = {}
        self._outcomes: dict[Types, Any] = {}
        self._ends: dict[Types, Ends] = {}
        self._floors: dict[Types, Array] = {}

    @property
    def players(self) -> range:
        """The players, from 0."""
        return range(len(self.environment.types))

    def profiles(self) -> Iterable[Types]:
        """The profiles of types that may be true. For finite environments."""
        return product(*self.environment.types) if self.given is None else self.given  # type: ignore[arg-type]

    def movers(self, types: Types) -> Sequence[int]:
        """The players whose lies are tried at ``types``."""
        del types
        return self.players

    @property
    def name(self) -> str:
        """The mechanism's id, or its class."""
        return str(getattr(self.mechanism, "id", type(self.mechanism).__name__))

    @property
    def some(self) -> Types:
        """Any profile that may be true. For finite environments."""
        return next(iter(self.profiles()))

    def problem(self, types: Types) -> Any:
        """The problem that is true, or told, when types are ``types``. Raises :class:`InputError` unless it has a player for each."""
        found = self._problems.get(types)
        if found is None:
            found = self._problems[types] = self.environment.problem(types)
            if len(found.players) != len(types):
                raise InputError("a problem of {n} players for {types} types: each needs one", n=len(found.players), types=len(types))
        return found

    def heads(self, types: Types) -> Sequence[int]:
        """How many residents stand behind each player."""
        counts = getattr(self.problem(types), "counts", None)
        return [1] * len(types) if counts is None else list(map(int, counts))

    def outcome(self, reports: Types) -> Any:
        """What the rule decides on ``reports``. Raises :class:`NotApplicable` with the mechanism's reason."""
        found = self._outcomes.get(reports)
        if found is None:
            problem = self.problem(reports)
            try:
                found = self._outcomes[reports] = decide(self.mechanism, problem)
            except (NotApplicable, SizeError):
                raise
            except Exception as fault:
                told = ", ".join(map(str, reports))
                fault.add_note(str(say("raised when {mechanism} was told {types}", mechanism=self.name, types=told)))
                raise
        return found

    def worth(self, player: int, types: Types, reports: Types) -> Number:
        """What the decision on ``reports`` is worth to ``player`` when ``types`` are true."""
        worth = self.problem(types).worth(player, self.outcome(reports))
        if worth != worth:  # not a number: no comparison would hold, and every property with it
            raise InputError("{name}={value!r} must be a finite number", name="worth", value=worth)
        return worth

    @property
    def direct(self) -> bool:
        """Whether the mechanism decides on reports."""
        return hasattr(self.mechanism, "outcome") or (hasattr(self.mechanism, "transform") and not hasattr(self.mechanism, "form"))

    def ends(self, types: Types) -> Ends:
        """What may happen at ``types``: the decision on the truth, or the outcomes of the equilibria of a mechanism that is a form."""
        return Ends((self.outcome(types),), True) if self.direct else self.equilibria(types)

    def equilibria(self, types: Types) -> Ends:
        """The outcomes of all equilibria of the mechanism's form when ``types`` are known to everybody."""
        if not hasattr(self.mechanism, "form"):
            raise NotApplicable(NOTHING_DECIDED)
        if types not in self._ends:
            self._ends[types] = solved_ends(self.mechanism, self.problem(types))
        return self._ends[types]

    @property
    def complete(self) -> bool:
        """Whether all equilibria were found, wherever any were asked for."""
        return all(ends.complete for ends in self._ends.values())

    def paid(self, types: Types, outcome: Any) -> Number:
        """Outside money that ``outcome`` takes; negative if money is left over."""
        problem = self.problem(types)
        spent = problem.spent(outcome) if hasattr(problem, "spent") else 0
        counts = getattr(problem, "counts", None)
        transfers = outcome.transfers
        return (sum(transfers) if counts is None else counts @ np.asarray(transfers)) + spent

    def worst(self, player: int, types: Types, outcome: Any) -> Number:
        """What ``outcome`` is worth to ``player`` after the draw, at worst."""
        problem = self.problem(types)
        if hasattr(problem, "worst"):
            return problem.worst(player, outcome)
        if isinstance(problem, OutcomeGame):
            return min(u for u, p in zip(problem.utilities[player], outcome.lottery) if p > 0) + outcome.transfers[player]
        return problem.worth(player, outcome)

    def floor(self, player: int, types: Types) -> Number:
        """What ``player`` keeps by refusing."""
        if self.fallback is None:
            return Fraction(0)
        problem = self.problem(types)
        if callable(self.fallback):
            return self.fallback(problem, player)
        if not isinstance(problem, OutcomeGame):
            raise NotApplicable("a fallback by name needs a game over outcomes; give fallback(problem, player)")
        if types not in self._floors:
            self._floors[types] = _named(problem, self.fallback)
        return self._floors[types][player]

    def slack(self, types: Types, size: Number = Fraction(0)) -> Number:
        """How large a difference must be to count: nothing in exact arithmetic, rounding of sums over players in floats."""
        problem = self.problem(types)
        own = getattr(problem, "slack", None) or Fraction(0)
        if not own and isinstance(size, float):  # the problem is exact, the transfers or the prior are not
            own = TOLERANCE * max(1.0, abs(float(problem.most)))
        return own * max(len(self.players), 1)

    @cached_property
    def private(self) -> bool:
        """Whether an outcome is worth to a player what its own type says, whatever the others' types are.

        For games over outcomes all rows of gains are compared, for other problems the worth of everything that is decided; of what is
        decided on the truth alone where that is too much (:attr:`settled`).
        """
        if not self.settled:
            return all(self._own_only(i, types, types) for types in self.profiles() for i in self.players)
        told = list(product(*self.lies))
        return all(self._own_only(i, types, reports) for reports in told for types in told for i in self.players)

    @cached_property
    def settled(self) -> bool:
        """Whether :attr:`private` is known and not only likely."""
        work = prod(map(len, self.lies)) ** 2 * len(self.players)
        return not isinstance(self.problem(self.some), OutcomeGame) and work <= (MOST_TRIED if self.given is None else MOST_TRIED_EACH)

    def _own_only(self, player: int, types: Types, reports: Types) -> bool:
        base = tuple(own if i == player else kinds[0] for i, (own, kinds) in enumerate(zip(types, self.lies)))
        here, there = self.problem(types), self.problem(base)
        if isinstance(here, OutcomeGame):
            return bool((here.utilities[player] == there.utilities[player]).all())
        outcome = self.outcome(reports)
        return abs(here.worth(player, outcome) - there.worth(player, outcome)) <= self.slack(types, here.most)


class Counted(Play):
    """Players who are alike counted: a profile stands for all its permutations, and of equal types only the first and last lie.

    Ties may be broken in the order of players. So every profile is tried in two orders: a liar stands before, and after, all whom it joins.
    """

    def movers(self, types: Types) -> Sequence[int]:
        """The first and the last player of every type."""
        first, last = dict[Type, int](), dict[Type, int]()
        for i, own in enumerate(types):
            first.setdefault(own, i)
            last[own] = i
        return sorted({*first.values(), *last.values()})


def decide(mechanism: Any, problem: Any) -> Any:
    """What ``mechanism`` decides when ``problem`` is told. Raises :class:`NotApplicable` with its reason.

    A contract (``transform``) decides for the alternative of largest surplus as told, under its ``transfers(problem)`` (rows by
    alternatives; none needed where only rights change); where nobody is asked for consent, for what the rights regime leads to.
    """
    refuses = getattr(mechanism, "refuses", None)
    reason = None if refuses is None else refuses(problem)
    if reason is not None:
        raise NotApplicable(reason)
    if hasattr(mechanism, "outcome"):
        return _usable(mechanism.outcome(problem), problem)
    if not hasattr(mechanism, "transform"):
        raise NotApplicable(NOTHING_DECIDED)
    after = mechanism.transform(problem)
    if not isinstance(after, OutcomeGame) or not isinstance(problem, OutcomeGame) or after.alternatives != problem.alternatives:
        raise NotApplicable("the contract makes another game, not a decision on reports")
    return _contract(mechanism, problem, after)


def _usable(outcome: Any, problem: Any) -> Any:
    """``outcome`` if it is one: chances of all alternatives and a transfer a resident in a game over outcomes, numbers anywhere.

    Raises :class:`InputError` for anything else, because nothing that is not a number is ever larger than what is allowed.
    """
    over_outcomes = isinstance(problem, OutcomeGame)
    if outcome is None or (over_outcomes and not (hasattr(outcome, "lottery") and hasattr(outcome, "transfers"))):
        raise InputError("the mechanism decides {value!r}, not an outcome with lottery and transfers", value=outcome)
    transfers = getattr(outcome, "transfers", ())
    if any(t != t or t in (inf, -inf) for t in transfers) or (over_outcomes and len(transfers) != len(problem.players)):
        raise InputError("transfers must be finite, one a player, not {given}", given=list(map(str, transfers)))
    if over_outcomes:
        chances = np.asarray(outcome.lottery)
        loose = 0 if is_exact(chances) or chances.dtype.kind in "iu" else TOLERANCE
        if chances.shape != (len(problem.alternatives),) or not (chances >= -loose).all() or not abs(chances.sum() - 1) <= loose:
            raise InputError("the lottery must be chances of all alternatives that sum to one, not {given}", given=list(map(str, chances)))
    return outcome


def _contract(mechanism: Any, problem: OutcomeGame, after: OutcomeGame) -> Outcome:
    from ..pure import siting_outcomes

    if hasattr(mechanism, "transfers"):
        transfers = mechanism.transfers(problem)
    elif (after.utilities == problem.utilities).all():
        transfers = problem.utilities * 0
    else:
        raise NotApplicable(
            "the contract changes what everybody gains, and does not say what of it is money: it needs outcome or transfers"
        )
    chosen = after.best if after.consented else after.alternatives.index((siting_outcomes(after).outcomes or ("",))[0])
    lottery = problem.certain(chosen)
    return Outcome(lottery, transfers[:, chosen])


def _named(game: OutcomeGame, fallback: object) -> Array:
    from ..pure import siting_outcomes

    if fallback == "rights":
        return np.max(np.stack([np.asarray(e.payoffs) for e in siting_outcomes(game).equilibria]), axis=0)
    if fallback not in game.alternatives:
        raise InputError(
            "{name}={value!r} is not known; one of {known}", name="fallback", value=fallback, known=["rights", *game.alternatives]
        )
    return game.payoffs(game.alternatives.index(str(fallback)))


def changed(types: Types, player: int, report: Type) -> Types:
    """``types`` with another ``report`` of ``player``."""
    return (*types[:player], report, *types[player + 1 :])
