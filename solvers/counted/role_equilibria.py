"""Games of roles: all pure equilibria, counted; and those in which the players of a role act alike, mixing or not.

Role r has n_r players with two actions. When all of a role mix with p_r, the gain of its second action is a Bernstein polynomial, of
degree n_s in p_s for every other role and n_r - 1 in its own, with the gains by counts as coefficients. A set of mixing roles solves
as many polynomials as it has members in the open cube (:mod:`.bernstein_box`), the other roles standing at 0 or 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import numpy as np

from ...games.counted_game import Counts, RoleSymmetricGame, count_index, count_vectors, ways, without
from ...games.errors import SizeError
from ...games.exact import Array, Number
from ...games.message import Message, say
from ..describe import describe
from ..solution import Equilibrium, Solution
from .bernstein import Bernstein, Root, sign_at, sign_changes
from .bernstein_box import common_roots, rational_root, sign_near
from .counted_regret import counted_regret
from .mixing_pattern import orbit_size

MOST = 20_000  # equilibria that are listed
MOST_COUNTS = 5_000_000  # combinations of counts that are compared
MOST_NUMBERS = 100_000  # coefficients of a polynomial that is subdivided
MOST_MIXING = 3  # roles that mix at once

Progress = Callable[[int, int, str], None]
Alike = tuple[Number, ...]  # by role, the probability of the second action


def refuses_counted(game: object) -> Message | None:
    """Why :func:`solve_counted_pure` does not take ``game``."""
    return None if isinstance(game, RoleSymmetricGame) else say("needs a game of players who are counted")


def refuses_roles(game: object) -> Message | None:
    """Why :func:`solve_roles` does not take ``game``."""
    if not isinstance(game, RoleSymmetricGame):
        return say("needs a game of players who are counted")
    sizes = sorted({len(names) for names in game.actions} - {1, 2})
    if sizes:
        return say("mixed equilibria of roles are computed for two actions; this game has {n}", n=sizes[-1])
    return None


def pure_counts(game: RoleSymmetricGame) -> list[tuple[Counts, ...]]:
    """How many of every role take each action, in every pure equilibrium. Complete. Raises :class:`SizeError`."""
    kinds = [len(names) for names in game.actions]
    sizes = [ways(n, k) for n, k in zip(game.players, kinds)]
    if prod(sizes) * max(kinds) ** 2 > MOST_COUNTS:
        raise SizeError("the roles can act in {ways} ways; at most {limit} are compared", ways=f"{prod(sizes):.3g}", limit=MOST_COUNTS)
    holds = np.ones(sizes, dtype=bool)
    for r, n in enumerate(game.players):
        vectors = count_vectors(n, kinds[r])
        for own in range(kinds[r]):
            rows = np.flatnonzero(vectors[:, own] > 0)
            seen = vectors[rows].copy()
            seen[:, own] -= 1
            others = seen[:, 1] if kinds[r] == 2 else np.array([count_index(list(map(int, v))) for v in seen], dtype=int)
            values = np.take(game.tables[r], others, axis=r + 1)
            best = values.max(axis=0) - values[own] <= (0 if game.exact else float(game.slack))
            place: list[Any] = [slice(None)] * len(sizes)
            place[r] = rows
            holds[tuple(place)] &= best
    spaces = [count_vectors(n, k) for n, k in zip(game.players, kinds)]
    return [tuple(tuple(map(int, spaces[r][c])) for r, c in enumerate(place)) for place in np.argwhere(holds)]


def solve_counted_pure(game: RoleSymmetricGame) -> Solution:
    """Every pure equilibrium of ``game`` up to exchanging players of a role; ``orbit_size`` counts the profiles each stands for."""
    found = pure_counts(game)
    stop = say("limit: {kept} of {all} equilibria are listed", kept=MOST, all=len(found)) if len(found) > MOST else None
    listed = tuple(_pure(game, counts) for counts in found[:MOST])
    sizes = [e.orbit_size for e in listed]
    proof = {"classes": len(found), "profiles": None if None in sizes or stop is not None else sum(size or 0 for size in sizes)}
    return Solution(describe(game), "pure", "counted-enumeration", stop is None, stop, listed, limited=stop is not None, proof=proof)


def _pure(game: RoleSymmetricGame, counts: tuple[Counts, ...]) -> Equilibrium:
    profile: list[dict[str, Any]] = []
    payoffs: list[Number] = []
    worst: Number = Fraction(0)
    for r, taken in enumerate(counts):
        for a, m in enumerate(taken):
            if m:
                strategy = [Fraction(int(b == a)) for b in range(len(taken))]
                profile.append({"role": game.roles[r], "players": m, "strategy": strategy})
                place = tuple(map(count_index, without(counts, r, a)))
                values = game.tables[r][(slice(None), *place)]
                payoffs.append(game.money(values[a]))
                worst = max(worst, game.money(values.max() - values[a]))
    return Equilibrium(profile, tuple(payoffs), worst, orbit_size(counts))


def solve_roles(game: RoleSymmetricGame, progress: Progress | None = None) -> Solution:
    """All pure equilibria, up to exchanging players of a role, and all in which the players of each role act alike.

    Complete as a list of all Nash equilibria only where every role has one player. Raises :class:`SizeError`.
    """
    pure = solve_counted_pure(game)
    found, stop = list(pure.equilibria), pure.stop
    sides = [(0,) if len(names) == 1 else (0, 1, None) for names in game.actions]
    cases = [case for case in product(*sides) if None in case]
    stuck, done = 0, 0
    try:
        for done, case in enumerate(cases):
            if progress is not None:
                progress(done, len(cases), "sets of roles that mix")
            mixtures, sure = _mixing(game, case)
            stuck += not sure
            for mix in mixtures:
                profile = _profile(game, mix)
                payoffs, regret = counted_regret(game, profile)
                found.append(Equilibrium(profile, payoffs, regret))
    except KeyboardInterrupt:
        stop = say("limit: interrupted after {n} equilibria", n=len(found))
    if stop is None and stuck:
        stop = say("{n} sets of roles that mix could not be decided: there may be more, or a continuum", n=stuck)
    if stop is None and any(n > 1 and len(names) > 1 for n, names in zip(game.players, game.actions)):
        stop = say("all pure equilibria and all in which those of a role act alike; that others exist is not excluded")
    proof = {"pure": pure.proof, "sets_of_mixing_roles": len(cases), "undecided": stuck}
    limited = stop is not None and stop.template.startswith("limit:")
    return Solution(describe(game), "nash", "bernstein-roles", stop is None, stop, tuple(found), limited=limited, proof=proof)


def _profile(game: RoleSymmetricGame, mix: Alike) -> list[dict[str, Any]]:
    rows = zip(game.roles, game.players, game.actions, mix)
    return [{"role": role, "players": n, "strategy": [1 - p, p] if len(names) == 2 else [Fraction(1)]} for role, n, names, p in rows]


def _mixing(game: RoleSymmetricGame, case: Sequence[int | None]) -> tuple[list[Alike], bool]:
    """The equilibria in which the roles marked None mix and the others take the action named, and whether they are all."""
    mixing = [r for r, side in enumerate(case) if side is None]
    if len(mixing) > MOST_MIXING:
        return [], False
    equations = [_gain(game, r, case) for r in mixing]
    sides = [
        _gain(game, r, case) * (1 if side == 0 else -1) for r, side in enumerate(case) if side is not None and len(game.actions[r]) == 2
    ]
    if any((form > 0).all() for form in sides) or any((form > 0).all() or (form < 0).all() for form in equations):
        return [], True
    if any(form.size > MOST_NUMBERS for form in equations):
        raise SizeError(
            "the gains of {n} roles that mix have {size} numbers; at most {limit} fit",
            n=len(mixing), size=max(form.size for form in equations), limit=MOST_NUMBERS,
        )  # fmt: skip
    if any(not form.any() for form in equations):
        return [], False
    if len(mixing) == 1:
        return _alone(equations[0], sides, case)
    return _together(equations, sides, case)


def _gain(game: RoleSymmetricGame, role: int, case: Sequence[int | None]) -> Array:
    """The gain of ``role`` as coefficients, one axis for each role that mixes."""
    place: list[Any] = []
    for s, side in enumerate(case):
        n = game.players[s] - (s == role)
        place.append(slice(None) if side is None else n * side)
    table = game.tables[role]
    gain = (table[1] - table[0])[tuple(place)]
    if game.exact:
        return gain.astype(object)
    unit = 2.0 ** np.floor(np.log2(float(game.slack) or 1.0))  # of a game given in floats: what is below counts as nothing
    return np.rint(gain / unit).astype(np.int64).astype(object)


def _alone(gain: Array, sides: Sequence[Array], case: Sequence[int | None]) -> tuple[list[Alike], bool]:
    """One role mixes: the roots in exact arithmetic, or the only one where the sign changes once."""
    polynomial, found = Bernstein(gain), list[Alike]()
    if len(gain) > 200:
        changes = sign_changes(gain)
        if changes > 1:
            return [], False
        last = 1 if gain[np.flatnonzero(gain)[-1]] > 0 else -1
        roots = [polynomial.refined(Fraction(0), Fraction(1), last)] if changes else []
    else:
        roots = polynomial.roots()
    sure = True
    for root in roots:
        signs = [_side_sign(root, polynomial, form) for form in sides]
        sure = sure and (1 in signs or None not in signs)
        if 1 not in signs and None not in signs:
            found.append(tuple(root.value if side is None else Fraction(side) for side in case))
    return found, sure


def _side_sign(root: Root, polynomial: Bernstein, form: Array) -> int | None:
    other = Bernstein(form)
    if polynomial.short and other.short:
        return sign_at(root, polynomial, other)
    ends = {other.certain_sign(x) for x in (root.low, root.high)}
    return ends.pop() if len(ends) == 1 and sign_changes(form) <= 1 and 0 not in ends else None


def _together(equations: Sequence[Array], sides: Sequence[Array], case: Sequence[int | None]) -> tuple[list[Alike], bool]:
    answer = common_roots(equations, sides)
    found: list[Alike] = []
    sure = answer.complete
    for root in answer.roots:
        rational = rational_root(equations, root)
        signs = [sign_near(form, root, rational) for form in sides]
        if 1 in signs:
            continue
        if None in signs:
            sure = False
            continue
        points: Iterator[Number] = iter(rational if rational is not None else [float(x) for x in root.point])
        found.append(tuple(next(points) if side is None else Fraction(side) for side in case))
    return found, sure


__all__ = ["refuses_counted", "refuses_roles", "solve_counted_pure", "solve_roles"]
