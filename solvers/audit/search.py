"""Looking for violations where there are too many profiles to go through, or no end of them: Hypothesis, aimed at the size, then shrunk.

The same search runs over *families* of environments (:func:`hostings`, :func:`votes_on_projects`): small numbers of players with small
whole numbers for types. So the counterexamples that the literature gives by hand are found by machine, in their smallest form.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from ...games.environment import Environment, Interval, Type, Types, hosting, projects
from ...games.errors import EncompassError, InputError, NotApplicable
from ...games.message import Message
from .play import Fallback, Play
from .properties import Property, Violation, worst_and_smallest
from .report import Result
from .story import witness

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_PATIENCE = 20  # situations in a row that do not apply, before no others are asked for
Situation = tuple[Environment, Types]  # what is true, and among which types lies are chosen


class Search:
    """Tries ``property`` of ``mechanism`` in situations drawn from ``situations``: the largest violation seen, and a shrunk one.

    After :meth:`run`: ``worst`` and ``smallest``, each a violation with the play it is in (None: none found), ``tries`` (situations in
    which the mechanism and the property apply), ``reason`` (why the last that does not apply does not).
    """

    def __init__(self, mechanism: Any, asked: Property, situations: SearchStrategy[Situation], fallback: Fallback = None) -> None:
        self.mechanism, self.asked, self.situations, self.fallback = mechanism, asked, situations, fallback
        self.worst: tuple[Play, Violation] | None = None
        self.smallest: tuple[Play, Violation] | None = None
        self.tries = self.refused = 0
        self.reason: Message | None = None

    def run(self, tries: int, seed: int) -> None:
        """Half of the tries go after the largest violation, and when one is found the rest after the smallest."""
        self._find(tries - tries // 2, seed, stop=False)
        if self.tries or self.reason is None:
            self._find(max(tries // 2, 1), seed + 1, stop=True)

    def result(self, **claim: Any) -> Result:
        """What was found, told."""
        name = self.asked.name
        if not self.tries:
            return Result(name, "not-applicable", reason=self.reason, **claim)
        if self.worst is None or self.smallest is None:
            return Result(name, "not-refuted", tries=self.tries, **claim)
        told = [witness(play, self.asked, violation) for play, violation in (self.worst, self.smallest)]
        return Result(name, "refuted", self.worst[1].size, told[0], told[1], self.tries, **claim)

    def _find(self, tries: int, seed: int, stop: bool) -> None:
        from hypothesis import HealthCheck, Phase, find, settings
        from hypothesis.errors import NoSuchExample, Unsatisfiable

        how = settings(
            max_examples=tries,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.target, Phase.shrink),
            suppress_health_check=list(HealthCheck),  # pyright: ignore[reportArgumentType]
        )
        with quiet_hypothesis():
            try:
                find(self.situations, lambda situation: self._violated(situation, stop) and stop, settings=how, random=Random(seed))
            except (NoSuchExample, Unsatisfiable):
                return

    def _violated(self, situation: Situation, stop: bool) -> bool:
        """Whether the property fails here; ``stop`` while shrinking, when the last failure seen is the smallest."""
        from hypothesis import reject, target

        play = Play(self.mechanism, situation[0], self.fallback, profiles=(situation[1],))
        try:
            reason = self.asked.needs(play)
            if reason is not None:
                raise NotApplicable(reason)
            if play.direct:
                play.outcome(situation[1])  # where there is nothing to lie about, the mechanism must act all the same
            worst, small = worst_and_smallest(play, (None, None), self.asked.violations(play, situation[1]))
        except InputError:
            raise
        except EncompassError as refusal:
            self.reason = refusal.message
            self.refused += 1
            return False if not self.tries and self.refused > _PATIENCE else reject()
        self.tries += 1
        target(float(worst.size) if worst is not None else 0.0, label="size")
        if worst is None or small is None:
            return False
        if self.worst is None or worst.size > self.worst[1].size:
            self.worst = (play, worst)
        if stop or self.smallest is None:
            self.smallest = (play, small)
        return True


@contextmanager
def quiet_hypothesis() -> Generator[None, None, None]:
    """Hypothesis writes into the folder it is called from; here it writes into one that is thrown away."""
    from hypothesis import configuration

    name = "__hypothesis_home_directory"
    before = getattr(configuration, name, None)
    with tempfile.TemporaryDirectory() as folder:
        configuration.set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            configuration.set_hypothesis_home_dir(before)


def within(environment: Environment, most_lies: int = 2) -> SearchStrategy[Situation]:
    """Profiles of types of ``environment`` that may be true, each with up to ``most_lies`` reports a player to lie with."""
    from hypothesis import strategies as st

    kinds = [types_of(own) for own in environment.types]
    lies = [st.lists(own, min_size=1, max_size=most_lies) for own in kinds]

    def situation(drawn: tuple[tuple[Type, ...], tuple[list[Type], ...]]) -> Situation:
        truth, told = drawn
        pools = tuple(tuple(dict.fromkeys((own, *lies))) for own, lies in zip(truth, told))
        if environment.alike:  # whoever is alike may be anything that another is
            together = tuple(dict.fromkeys(kind for pool in pools for kind in pool))
            pools = tuple(tuple(dict.fromkeys((*pool, *together))) for pool in pools)
        return Environment(pools, environment.problem, alike=environment.alike, name=environment.name), truth

    return st.tuples(st.tuples(*kinds), st.tuples(*lies)).map(situation)


def truths_of(environments: SearchStrategy[Any]) -> SearchStrategy[Situation]:
    """Situations from a strategy of finite environments: any profile may be true. Situations themselves pass unchanged."""
    from hypothesis import strategies as st

    def situation(drawn: Any) -> SearchStrategy[Situation]:
        if isinstance(drawn, tuple):
            return st.just(drawn)
        if not drawn.finite:
            return within(drawn)
        return st.tuples(*(st.sampled_from(kinds) for kinds in drawn.types)).map(lambda truth: (drawn, truth))

    return environments.flatmap(situation)


def types_of(own: tuple[Type, ...] | Interval) -> SearchStrategy[Type]:
    """The types of one player: whole numbers first in an interval, then fractions; floats where its ends are floats."""
    from hypothesis import strategies as st

    if not isinstance(own, Interval):
        return st.sampled_from(own)
    low, high = own.low, own.high
    if isinstance(low, float) or isinstance(high, float):
        return st.floats(float(low), float(high), allow_nan=False, allow_subnormal=False)
    first, last = -(-low.numerator // low.denominator), high.numerator // high.denominator
    fine = st.fractions(low, high, max_denominator=max(12, low.denominator, high.denominator))
    return st.integers(first, last).map(Fraction) | fine if first <= last else fine


Family = Callable[[Any, list[list[Any]]], Environment]  # of what is common knowledge, and the types of each player


def _pooled(of: Family, known: SearchStrategy[Any], kind: SearchStrategy[Any], n: int) -> SearchStrategy[Situation]:
    """Situations of ``n`` players: alike, with one pool of types, or each with types of its own; ``known`` is drawn for each player."""
    from hypothesis import strategies as st

    own = st.lists(kind, min_size=1, max_size=3, unique=True)

    def alike(drawn: tuple[Any, list[Type], list[Type]]) -> Situation:
        common, truth, more = drawn
        pool = list(dict.fromkeys((*truth, *more)))
        return of([common] * n, [pool] * n), tuple(truth)

    def unlike(drawn: tuple[list[Any], list[list[Type]]]) -> Situation:
        return of(drawn[0], drawn[1]), tuple(kinds[0] for kinds in drawn[1])

    together = st.tuples(known, st.lists(kind, min_size=n, max_size=n), st.lists(kind, max_size=2)).map(alike)
    apart = st.tuples(st.lists(known, min_size=n, max_size=n), st.lists(own, min_size=n, max_size=n)).map(unlike)
    return together | apart


def hostings(min_players: int = 2, max_players: int = 4, largest: int = 12) -> SearchStrategy[Situation]:
    """Sitings with a site a player: small whole benefits and damages, alike for all or not.

    Only situations in which building at the best site is worth while, as rules that take the decision to build for granted assume.
    """
    from hypothesis import strategies as st

    amount = st.integers(0, largest).map(Fraction)

    def situations(n: int) -> SearchStrategy[Situation]:
        return _pooled(hosting, amount, amount, n)

    return st.integers(min_players, max_players).flatmap(situations).filter(_worth_building)


def _worth_building(situation: Situation) -> bool:
    return situation[0].problem(situation[1]).most > 0


def votes_on_projects(min_players: int = 2, max_players: int = 4, most_projects: int = 2, largest: int = 9) -> SearchStrategy[Situation]:
    """Choices among up to ``most_projects`` projects and doing nothing, with small whole gains and losses."""
    from hypothesis import strategies as st

    def situations(shape: tuple[int, int]) -> SearchStrategy[Situation]:
        n, m = shape
        kind = st.tuples(*[st.integers(-largest, largest).map(Fraction)] * m)
        return _pooled(lambda _, kinds: projects(kinds), st.none(), kind, n)

    return st.tuples(st.integers(min_players, max_players), st.integers(1, most_projects)).flatmap(situations)
