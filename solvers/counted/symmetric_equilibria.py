"""All equilibria, up to permutation, of n interchangeable players with two actions.

``g[j]`` is what the second action gains over the first when j others take it. In an equilibrium k0 players take action 0, k1 action
1, and the M others mix. Let X count who takes action 1 among the others of a player: those who mix need E g(X) = 0, those who take
action 0 E g(X) <= 0, action 1 E g(X) >= 0.

**Like players who mix need not do so alike.** If d distinct probabilities are used, take one player of each kind away and let Z count
the rest of those who mix. Subtracting the conditions of two kinds, one after the other, gives u(0) = ... = u(d-1) = 0 for
u(t) = E g(k1 + t + Z). Z is a sum of independent trials, so the d x M matrix P(Z = i - t) has only positive maximal minors (its
generating function has only real roots: Edrei 1953, Karlin 1968), and a vector that it takes to zero changes sign at least d times
or is zero (Gantmacher and Krein 1950). Hence **the number of distinct mixing probabilities is at most the number of sign changes of g
along k1 .. k1+M-1, unless g is zero all along**. With at most one sign change (volunteer's dilemma, best shot, weakest link,
congestion) those who mix do so alike, and the following is complete:

* g with no sign change: nobody mixes, except where g is zero along a stretch: a continuum, in which some players may do anything;
* one change from + to -: for every k1 and m whose stretch has both signs, one equilibrium (shifting the count by one moves E g
  strictly down: the ratio P(Y = i-1) / P(Y = i) rises in i);
* one change from - to +: by the same argument only that in which all mix.

A gain with one spike (k-of-n) is in :mod:`.pivotal_equilibria`, complete for any n. Everything else: roots of Bernstein polynomials for
those that mix alike, in exact arithmetic; the unalike by subdivision for few players.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, pairwise
from math import lcm
from typing import Any

import numpy as np

from ...games.counted_game import SymmetricGame
from ...games.errors import SizeError
from ...games.exact import Array
from ...games.message import Message, say
from ..describe import describe
from ..solution import Equilibrium, Solution
from .bernstein import Bernstein, Root, sign, sign_at, sign_changes
from .counted_regret import counted_regret
from .mixing_pattern import Pattern
from .pivotal_equilibria import everybody_mixes, find_pivot, free_player, pivotal_patterns
from .symmetric_supports import symmetric_mixtures
from .unalike_mixers import MOST_PLAYERS, unalike_patterns

MOST = 5_000  # equilibria that are listed
LARGEST_GENERAL = 120  # players where the gain changes sign more than once, in no known way
SIMPLEST = 50_000  # the largest denominator of a simple fraction: 6**6 and less
MOST_SIMPLE = 1000  # different floats that are read as fractions
GRID = 400  # points at which a gain of very many players is looked at

Progress = Callable[[int, int, str], None]
Listed = tuple[Pattern, Equilibrium]


def refuses_symmetric(game: object) -> Message | None:
    """Why :func:`solve_symmetric` does not take ``game``."""
    if not isinstance(game, SymmetricGame):
        return say("needs a game of players who are all alike")
    if len(game.actions[0]) != 2:
        return say("all equilibria of like players are computed for two actions; this game has {n}", n=len(game.actions[0]))
    return None


def refuses_symmetric_only(game: object) -> Message | None:
    """Why :func:`solve_symmetric_only` does not take ``game``."""
    return None if isinstance(game, SymmetricGame) else say("needs a game of players who are all alike")


def integer_gain(game: SymmetricGame) -> Array:
    """The gain as integers of the same signs; of a game given in floats, what is within the slack counts as zero."""
    if game.exact:
        return game.gain
    gain = np.where(np.abs(game.gain) <= 2 * float(game.slack), 0.0, game.gain)
    simple = _simple(gain)
    if simple is not None:
        return simple
    unit = 2.0 ** np.floor(np.log2(float(game.slack) or 1.0))
    coarse = np.rint(gain / unit).astype(np.int64)
    if find_pivot(coarse) is not None:  # all but one are equal up to rounding
        return coarse
    bits = 60 - int(np.ceil(np.log2(float(np.abs(gain).max(initial=0.0)) or 1.0)))
    return np.rint(np.ldexp(gain, bits)).astype(np.int64)  # the last bits of a float may go: far below the slack


def _simple(gain: Array) -> Array | None:
    """Floats that are simple fractions of the largest, but for rounding, in proportion: so that ties are ties; None if they are not."""
    shares = gain / (float(np.abs(gain).max(initial=0.0)) or 1.0)
    values, places = np.unique(shares, return_inverse=True)
    if len(values) > MOST_SIMPLE or not np.isfinite(values).all():
        return None
    simple = [Fraction(float(x)).limit_denominator(SIMPLEST) for x in values]
    if any(abs(float(s) - x) > 1e-12 for s, x in zip(simple, values)):
        return None
    common = lcm(*(s.denominator for s in simple))
    return np.array([int(s * common) for s in simple], dtype=np.int64)[places] if common < 2**60 else None


def pure_counts(g: Array) -> list[int]:
    """How many take action 1 in each pure equilibrium: all of them, by the signs of the gain."""
    enough = np.concatenate([[True], g >= 0])  # those who act would not rather rest
    no_more = np.concatenate([g <= 0, [True]])
    return [int(k) for k in np.flatnonzero(enough & no_more)]


def solve_symmetric(game: SymmetricGame, progress: Progress | None = None) -> Solution:
    """Every Nash equilibrium of ``game`` (two actions), each standing for all profiles that differ by who is who.

    ``components`` are continua: the players under ``fixed`` act as said, and those under ``free`` may each do anything. ``proof``
    holds the sign changes, the theorem used, and the interval of every probability. Raises :class:`SizeError` where a gain of many
    sign changes has too many patterns.
    """
    g = integer_gain(game)
    n, changes, pivot = len(g), sign_changes(g), find_pivot(g)
    pure = pure_counts(g)
    if pivot is not None:
        method, rest = "pivotal", pivotal_patterns(pivot)
    elif changes <= 1:
        method, rest = "one-sign-change", _one_change(g)
    elif n <= LARGEST_GENERAL:
        method, rest = "bernstein", _alike(g, progress)
    else:
        raise SizeError(
            "the gain of {n} players changes sign {changes} times; at most {limit} players are searched then",
            n=n, changes=changes, limit=LARGEST_GENERAL,
        )  # fmt: skip
    found, stop = _collected(game, [Pattern(n - k, k) for k in pure], rest, progress)
    if stop is None and method == "bernstein":
        found, stop = _with_unalike(game, g, found, progress)
    limited = stop is not None and stop.template.startswith("limit:")
    components = [*_runs(game, pure, n), *_free(game, g)]
    proof = {
        "gain_sign_changes": changes,
        "theorem": method,
        "patterns": [[p.zeros, p.ones, [m for m, _ in p.mixing]] for p, _ in found if p.mixing],
        "intervals": [p.enclosures() for p, _ in found],
    }
    equilibria = tuple(equilibrium for _, equilibrium in found)
    return Solution(describe(game), "nash", method, stop is None, stop, equilibria, tuple(components), limited=limited, proof=proof)


def _alike_only(n: int) -> Message:
    if n > MOST_PLAYERS:
        return say(
            "all equilibria in which those who mix do so alike; that others exist is not excluded (searched up to {n} players)",
            n=MOST_PLAYERS,
        )
    return say("all equilibria in which those who mix do so alike; of some ways to mix unalike it could not be decided whether they occur")


def _collected(
    game: SymmetricGame, pure: Sequence[Pattern], rest: Iterable[Pattern], progress: Progress | None
) -> tuple[list[Listed], Message | None]:
    """The equilibria, up to the most that are listed; what was found stays when the search is interrupted."""
    found: list[Listed] = []
    try:
        for pattern in chain(pure, rest):
            if len(found) >= MOST:
                return found, say("limit: the first {n} equilibria are listed", n=MOST)
            found.append((pattern, _equilibrium(game, pattern)))
            if progress is not None and len(found) % 50 == 0:
                progress(len(found), MOST, "equilibria")
    except KeyboardInterrupt:
        return found, say("limit: interrupted after {n} equilibria", n=len(found))
    except ArithmeticError:
        return found, say("limit: after {n} equilibria two numbers are too close to be told apart", n=len(found))
    return found, None


def _with_unalike(game: SymmetricGame, g: Array, found: list[Listed], progress: Progress | None) -> tuple[list[Listed], Message | None]:
    try:
        patterns, proved = unalike_patterns(g, progress)
    except KeyboardInterrupt:
        return found, say("limit: interrupted after {n} equilibria", n=len(found))
    listed = [*found, *((pattern, _equilibrium(game, pattern)) for pattern in patterns)]
    return listed, None if proved else _alike_only(len(g))


def _equilibrium(game: SymmetricGame, pattern: Pattern) -> Equilibrium:
    profile = pattern.profile(game.roles[0])
    payoffs, regret = counted_regret(game, profile)
    return Equilibrium(profile, payoffs, regret, pattern.orbit())


def _one_change(g: Array) -> Iterator[Pattern]:
    """At most one sign change: by the theorem, for + to - every stretch with both signs, for - to + only the whole."""
    n, signs = len(g), np.sign(g)
    places = np.flatnonzero(signs)
    if len(places) == 0 or signs[places[0]] == signs[places[-1]]:
        return
    first = int(places[signs[places] == signs[places[0]]][-1])
    second = int(places[signs[places] == signs[places[-1]]][0])
    last = int(signs[places[-1]])
    if last > 0:
        yield Pattern(0, 0, ((n, _only_root(g, last)),))
        return
    for ones in range(first + 1):
        for m in range(second + 1 - ones, n - ones + 1):
            yield Pattern(n - ones - m, ones, ((m, _only_root(g[ones : ones + m], last)),))


def _only_root(g: Array, last: int) -> Root:
    return Bernstein(g).refined(Fraction(0), Fraction(1), last)


def _alike(g: Array, progress: Progress | None) -> Iterator[Pattern]:
    """All equilibria in which those who mix do so alike, by the roots of every stretch."""
    n = len(g)
    for ones in range(n - 1):
        if progress is not None:
            progress(ones, n, "numbers of players who act")
        for m in range(2, n - ones + 1):
            zeros, part = n - ones - m, g[ones : ones + m]
            if not sign_changes(part) or (zeros and (g[ones + 1 : ones + m + 1] > 0).all()):
                continue
            if ones and (g[ones - 1 : ones + m - 1] < 0).all():
                continue
            polynomial = Bernstein(part)
            for root in polynomial.roots():
                if zeros and sign_at(root, polynomial, Bernstein(g[ones + 1 : ones + m + 1])) > 0:
                    continue
                if ones and sign_at(root, polynomial, Bernstein(g[ones - 1 : ones + m - 1])) < 0:
                    continue
                yield Pattern(zeros, ones, ((m, root),))


def _runs(game: SymmetricGame, pure: list[int], n: int) -> Iterator[dict[str, Any]]:
    """Continua through pure equilibria: where neighbouring numbers are both equilibria, the players between may do anything."""
    start = 0
    for i in range(1, len(pure) + 1):
        if i == len(pure) or pure[i] != pure[i - 1] + 1:
            low, high = pure[start], pure[i - 1]
            if high > low:
                yield _component(game, Pattern(n - high, low), high - low)
            start = i


def _free(game: SymmetricGame, g: Array) -> Iterator[dict[str, Any]]:
    """The continuum of a game with one pivotal number, where one player may do anything while others mix."""
    pivot = find_pivot(g)
    alike = free_player(pivot) if pivot is not None else None
    if pivot is not None and alike is not None:
        m, p = alike
        pattern = Pattern(pivot.n - m - 1, 0, ((m, Root(p, p)),))
        yield _component(game, pattern.mirrored() if pivot.mirrored else pattern, 1)


def _component(game: SymmetricGame, pattern: Pattern, free: int) -> dict[str, Any]:
    role = game.roles[0]
    return {"fixed": pattern.profile(role), "free": {"role": role, "players": free}}


def solve_symmetric_only(game: SymmetricGame) -> Solution:
    """Every equilibrium in which all players act alike. With two actions complete at any n where the gain changes sign at most once
    or has one spike, and up to 200 players otherwise; with more actions by supports (:mod:`.symmetric_supports`).
    """
    if len(game.actions[0]) != 2:
        return _by_supports(game)
    g = integer_gain(game)
    n, changes, pivot = len(g), sign_changes(g), find_pivot(g)
    patterns = [Pattern(n - k, k) for k, holds in ((0, g[0] <= 0), (n, g[-1] >= 0)) if holds]
    stop: Message | None = None
    components: list[Any] = []
    if n == 1:
        components = [] if g[0] else [_component(game, Pattern(0, 0), 1)]
    elif not g.any():
        components = [{"fixed": [], "alike": {"role": game.roles[0], "players": n}}]
    elif pivot is not None:
        patterns += everybody_mixes(pivot)
    elif changes == 1:
        patterns.append(Pattern(0, 0, ((n, _only_root(g, sign(g[np.flatnonzero(g)[-1]]))),)))
    elif changes and n <= 200:
        patterns += [Pattern(0, 0, ((n, root),)) for root in Bernstein(g).roots()]
    elif changes:
        patterns += [Pattern(0, 0, ((n, root),)) for root in _looked_up(Bernstein(g))]
        stop = say("roots between {n} points that do not change the sign are not excluded", n=GRID)
    proof = {"gain_sign_changes": changes, "intervals": [p.enclosures() for p in patterns]}
    found = tuple(_equilibrium(game, pattern) for pattern in patterns)
    return Solution(describe(game), "symmetric", "bernstein", stop is None, stop, found, tuple(components), proof=proof)


def _looked_up(polynomial: Bernstein) -> Iterator[Root]:
    """Roots between neighbouring points at which the sign is certain and differs."""
    points = [Fraction(1, 2) - Fraction(np.cos(np.pi * k / GRID) / 2) for k in range(1, GRID)]
    signs = [(x, polynomial.certain_sign(x)) for x in points]
    known = [(x, s) for x, s in signs if s]
    for (low, before), (high, after) in pairwise(known):
        if before != after:
            yield polynomial.refined(low, high, after)


def _by_supports(game: SymmetricGame) -> Solution:
    mixtures, stop = symmetric_mixtures(game)
    found: list[Equilibrium] = []
    for mix in mixtures:
        profile = [{"role": game.roles[0], "players": game.n, "strategy": list(mix)}]
        payoffs, regret = counted_regret(game, profile)
        found.append(Equilibrium(profile, payoffs, regret))
    return Solution(describe(game), "symmetric", "bernstein-supports", stop is None, stop, tuple(found))


__all__ = ["refuses_symmetric", "refuses_symmetric_only", "solve_symmetric", "solve_symmetric_only"]
