"""Mixed equilibria of two-player games: all extreme ones and the components they span, decided in exact arithmetic.

Where iterated strict dominance leaves a single profile, that is the only equilibrium of any kind (Moulin 1979); otherwise
:mod:`.extreme_equilibria` finds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from ...games.exact import TOLERANCE, Array, as_json
from ...games.message import Message, say
from ...games.normal_form import MixedProfile, NormalForm
from ..certificate import LARGEST, normal_form_json, sealed, solution_certificate
from ..describe import describe
from ..pure import pure_profiles
from ..regret import regrets
from ..solution import Equilibrium, Solution
from .best_response_polytope import integers, unit
from .components import Component
from .extreme_equilibria import LIMIT, MOST_ACTIONS, extreme_equilibria
from .strict_dominance import eliminations, strict_dominance
from .vertex_walk import Progress, Vertices

METHOD = "best-response-polytopes"
MOST_BASES = 15_000  # of both polytopes, that a certificate lists for each to be solved again


def refuses_bimatrix(game: object) -> Message | None:
    """Why ``game`` is not for :func:`solve_bimatrix`: only two players in normal form are."""
    if not isinstance(game, NormalForm):
        return say("needs a normal form")
    if len(game.players) != 2:
        return say("mixed equilibria are computed for two players; this game has {n}", n=len(game.players))
    return None


def too_large(game: NormalForm) -> bool:
    """Whether the two players have more actions together than are searched."""
    return sum(game.shape) > MOST_ACTIONS


def solve_bimatrix(game: NormalForm, limit: int = LIMIT, progress: Progress | None = None) -> Solution:
    """All extreme equilibria of a two-player game; every equilibrium is a mixture of some within one maximal Nash subset.

    ``components[c]`` lists the ``equilibria`` (indices) of a connected component of the equilibrium set and its ``subsets``: the row
    mixtures of the equilibria ``rows`` combine freely with the column mixtures of the equilibria ``columns``, and so do their
    averages. Games given in floats are solved as the binary fractions they are, and answered in floats. At most about ``limit`` bases
    of a polytope are visited. Raises :class:`SizeError` where there are too many actions.
    """
    survivors = strict_dominance(game)
    if all(len(actions) == 1 for actions in survivors):
        only = game.pure(tuple(a[0] for a in survivors))
        parts = ({"equilibria": [0], "subsets": [{"rows": [0], "columns": [0]}]},)
        return Solution(describe(game), "nash", "strict-dominance", True, None, listed_equilibria(game, [only]), parts)
    found = extreme_equilibria(game, limit, progress)
    profiles: list[MixedProfile] = list(found.profiles)
    apart = profiles if game.exact else _told_apart(profiles)
    if len(apart) < len(profiles) or (not game.exact and _has_near_ties(game)):
        stop = say("some payoffs or equilibria differ by rounding alone; in exact payoffs there may be others")
        return Solution(describe(game), "nash", METHOD, False, stop, listed_equilibria(game, apart))
    if found.complete:
        parts = tuple(component_json(part, found.pairs) for part in found.components)
        return Solution(describe(game), "nash", METHOD, True, None, listed_equilibria(game, profiles), parts)
    profiles += [pure for pure in map(game.pure, pure_profiles(game)) if pure not in set(profiles)]
    stop = say("limit: the search ended after {n} steps; every profile listed is an equilibrium, and there may be others", n=found.visited)
    return Solution(describe(game), "nash", METHOD, False, stop, listed_equilibria(game, profiles), limited=True)


def _told_apart(profiles: Sequence[MixedProfile]) -> list[MixedProfile]:
    """One of each group of profiles that are equal up to rounding."""
    seen: list[Array] = []
    kept: list[MixedProfile] = []
    for profile in profiles:
        numbers = np.array([float(p) for mix in profile for p in mix])
        if not any(np.abs(numbers - other).max() <= 2 * TOLERANCE for other in seen):
            seen.append(numbers)
            kept.append(profile)
    return kept


def _has_near_ties(game: NormalForm) -> bool:
    """Whether two actions of a player earn almost, but not quite, the same against some action of the other."""
    steps: list[Array] = [np.diff(np.sort(table, axis=own), axis=own) for own, table in enumerate(game.table)]
    return any(bool(((step > 0) & (step <= float(game.slack))).any()) for step in steps)


def component_json(part: Component, pairs: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """A component with its mixtures named by the first equilibrium that uses them."""
    row, column = ({pair[side]: k for k, pair in reversed(list(enumerate(pairs)))} for side in (0, 1))
    subsets = part.subsets and [{"rows": [row[i] for i in rows], "columns": [column[j] for j in columns]} for rows, columns in part.subsets]
    return {"equilibria": list(part.equilibria), "subsets": subsets}


def listed_equilibria(game: NormalForm, profiles: Sequence[MixedProfile]) -> tuple[Equilibrium, ...]:
    """The profiles with payoffs and regret recomputed from the game."""
    if game.exact and all(isinstance(p, Fraction) for profile in profiles for mix in profile for p in mix):
        table = integers(game)
        return tuple(_exactly(profile, table, game.denominator) for profile in profiles)
    return tuple(_in_floats(game, tuple(tuple(map(float, mix)) for mix in profile)) for profile in profiles)


def _exactly(profile: MixedProfile, table: Array, denominator: int) -> Equilibrium:
    (X, D), (Y, E) = map(_over_one, profile)
    values = [table[0] @ Y, X @ table[1]]
    earned = [X @ values[0], values[1] @ Y]
    units = D * E * denominator
    gains = [max(values[0]) * D - earned[0], max(values[1]) * E - earned[1]]
    return Equilibrium(profile, tuple(Fraction(int(v), units) for v in earned), Fraction(int(max(gains)), units))


def _over_one(mix: Sequence[Any]) -> tuple[Array, int]:
    """The numerators and the one denominator of a mixture."""
    shared = lcm(*(p.denominator for p in mix))
    return np.array([p.numerator * (shared // p.denominator) for p in mix], dtype=object), shared


def _in_floats(game: NormalForm, profile: MixedProfile) -> Equilibrium:
    payoffs = tuple(sum(p * v for p, v in zip(mix, game.mixed_payoffs(i, profile))) for i, mix in enumerate(profile))
    return Equilibrium(profile, payoffs, max(regrets(game, profile)))


def bimatrix_certificate(game: NormalForm, answer: Solution) -> dict[str, Any] | None:
    """The equilibria, and all bases of both best-response polytopes where they are few enough; None for too large a game.

    Where there are too many bases the certificate does not claim that the equilibria are all.
    """
    if answer.method != METHOD:
        return solution_certificate(game, answer)
    if game.table.size > LARGEST:
        return None
    proof = _proof(game) if answer.complete else None
    return sealed(
        {
            "kind": "bimatrix",
            "game": normal_form_json(game),
            "concept": "nash",
            "method": answer.method,
            "complete": proof is not None,
            "equilibria": [as_json({"profile": e.profile, "payoffs": e.payoffs, "regret": e.regret}) for e in answer.equilibria],
            "components": as_json(answer.components) if proof else [],
            "proof": proof,
        }
    )


def _proof(game: NormalForm) -> dict[str, Any] | None:
    found = extreme_equilibria(game, MOST_BASES)
    if not found.complete or not all(held.complete for held in found.both) or sum(len(held.bases) for held in found.both) > MOST_BASES:
        return None
    reduced = tuple(map(len, found.alive)) != game.shape
    return {
        "eliminated": [list(step) for step in eliminations(game)] if reduced else [],
        "nondegenerate": found.nondegenerate,
        "polytopes": [_walked(held, unit(game)) for held in found.both],
    }


def _walked(held: Vertices, unit_of: int) -> dict[str, Any]:
    """What was added to payoffs to make them positive, the perturbations, and every basis as hexadecimal digits of its labels."""
    return {
        "shift": str(Fraction(held.polytope.shift, unit_of)),
        "delta": [int(x) for x in held.polytope.delta],
        "bases": [format(sum(1 << int(k) for k in np.flatnonzero(basis)), "x") for basis in held.bases],
    }


__all__ = [
    "bimatrix_certificate",
    "component_json",
    "listed_equilibria",
    "refuses_bimatrix",
    "solve_bimatrix",
    "strict_dominance",
    "too_large",
]
