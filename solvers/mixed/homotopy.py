"""One equilibrium of any finite game, along the path of logit equilibria from the uniform mixture (McKelvey and Palfrey 1995).

With y = log p, the path solves, for every player i and action a after the first::

    y_ia - y_i0 = lambda (u_ia(p) - u_i0(p)),      sum over a of p_ia = 1

from lambda = 0 upwards, traced by tangents and Newton steps (Turocy 2005); it may turn back on its way. Where it has come close to an
equilibrium, the actions still in use are taken for the supports and the indifference equations solved to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from ...games.errors import SizeError
from ...games.exact import TOLERANCE, Array
from ...games.message import Message, say
from ...games.normal_form import NormalForm
from ..describe import describe
from ..solution import Equilibrium, Solution
from .certified_root import Root, certify
from .continuum import descend, on_continuum
from .multilinear import System, independent, value
from .support_systems import Supports, equilibrium, in_fractions, pattern_name, placed, refuses_mixed, system_of

LARGEST = 2_000_000  # payoffs
MOST_STEPS = 4000
_FARTHEST = 1e6  # lambda, for payoffs of size 1
_CLOSE = 0.05  # regret, for payoffs of size 1, from which the supports are tried
_CUTS = (1e-2, 1e-3, 1e-5, 0.1)  # probability from which an action counts as used
_EXACT_CELLS = 1024  # payoffs of a player up to which the equations are solved in fractions; beyond, in floats
NEAR = 1e-9  # regret, for payoffs of size 1, up to which a profile in floats is called one
_SETTLED = 1e-11  # regret, for payoffs of size 1, at which the path ends where nothing is solved in fractions

Progress = Callable[[int, int, str], None]


def refuses_homotopy(game: object) -> Message | None:
    """Why the path does not take ``game``; None if it does."""
    return refuses_mixed(game)


def solve_homotopy(game: NormalForm, most_steps: int = MOST_STEPS, progress: Progress | None = None) -> Solution:
    """One equilibrium, with its regret recomputed; never complete. ``proof["boxes"]`` holds its box where it is
    irrational; certificates are those of :func:`.support_systems.mixed_certificate`.

    Raises :class:`SizeError` where the game does not fit.
    """
    if game.table.size > LARGEST:
        raise SizeError(
            "a path through a game with {cells} payoffs does not fit; at most {limit}", cells=f"{game.table.size:,}", limit=LARGEST
        )
    best: list[Array] = [np.full(k, 1 / k) for k in game.shape]
    scaled, least, tried, steps = _unit(game), np.inf, _CLOSE, 0
    try:
        for steps, (rate, mixes) in enumerate(path(scaled), start=1):
            if progress is not None:
                progress(steps, most_steps, f"lambda {rate:.3g}")
            regret = _regret(scaled, mixes)
            if regret <= least:
                best, least = mixes, regret
            if regret < tried:
                tried = regret / 4  # an attempt costs more than a step
                found = polished(game, mixes)
                if found is not None:
                    return _answer(game, *found, steps)
            if steps >= most_steps or rate > _FARTHEST or regret < _SETTLED:
                break
    except KeyboardInterrupt:
        pass
    last = polished(game, best)
    if last is not None:
        return _answer(game, *last, steps)
    profile = tuple(tuple(Fraction(float(p)) for p in mix) for mix in sharpened(scaled, best))
    shown, about = equilibrium(game, profile, exact=False), describe(game)
    size = float(game.money(abs(game.table).max()))
    if _regret(scaled, _floats(profile)) < NEAR and shown.regret <= TOLERANCE * size:  # the second is what the checker asks
        stop = say("one profile, found along the logit path: an equilibrium up to the regret shown; others may exist")
        return Solution(about, "nash", "homotopy", False, stop, (shown,), proof={"steps": steps, "boxes": [], "edges": []})
    stop = say("the path was followed for {n} steps and no equilibrium was reached; the profile listed has the regret shown", n=steps)
    return Solution(about, "nash", "homotopy", False, stop, (shown,), limited=True)


def _floats(profile: Sequence[Sequence[Fraction]]) -> list[Array]:
    """A profile as float arrays."""
    return [np.array([float(p) for p in mix]) for mix in profile]


def _answer(game: NormalForm, chosen: Supports, root: Root, steps: int) -> Solution:
    stop = say("one equilibrium, found along the logit path; others may exist")
    centre = placed(game.shape, chosen, root.point)
    shown: Equilibrium = equilibrium(game, centre, exact=not root.radius)
    boxes = [{"equilibrium": 0, "radius": root.radius, "centre": centre}] if root.radius else []
    proof: dict[str, Any] = {"patterns": {pattern_name(chosen, game.shape): 1}, "steps": steps, "boxes": boxes, "edges": []}
    return Solution(describe(game), "nash", "homotopy", False, stop, (shown,), proof=proof)


def _unit(game: NormalForm) -> Array:
    """Payoffs as floats, each player's between 0 and 1: equilibria stay what they are."""
    rows: list[Array] = []
    for own in game.table:
        low, size = own.min(), own.max() - own.min()
        rows.append(np.array([float(Fraction(x - low) / Fraction(size)) if size else 0.0 for x in own.ravel().tolist()]).reshape(own.shape))
    return np.array(rows)


def _regret(U: Array, mixes: Sequence[Array]) -> float:
    worth = [_against(U[i], mixes, (i,)) for i in range(len(mixes))]
    return max(float(v.max() - v @ mix) for v, mix in zip(worth, mixes))


def _against(own: Array, mixes: Sequence[Array], kept: Sequence[int]) -> Array:
    """Payoffs by the actions of the players ``kept``, the others mixing."""
    for j in reversed(range(len(mixes))):
        if j not in kept:
            own = np.tensordot(own, mixes[j], axes=(j, 0))
    return own


def path(U: Array) -> Iterator[tuple[float, list[Array]]]:
    """Points of the path: lambda and the mixtures there, starting with the uniform ones."""
    shape = U.shape[1:]
    x = np.concatenate([*(np.full(k, -np.log(k)) for k in shape), [0.0]])
    tangent = _tangent(_system(U, x)[1], None)
    length = 0.05
    while True:
        yield float(x[-1]), _mixes(x, shape)
        while True:
            corrected = _corrected(U, x + length * tangent, tangent)
            if corrected is not None and np.abs(corrected - x).max() < 4 * length:
                break
            length /= 2
            if length < 1e-10:
                return
        after = _tangent(_system(U, corrected)[1], tangent)
        length *= 1.5 if after @ tangent > 0.98 else 0.7
        length = min(length, 0.2 * (1 + abs(float(corrected[-1]))))
        x, tangent = corrected, after


def _mixes(x: Array, shape: Sequence[int]) -> list[Array]:
    ends = np.cumsum(shape)
    parts = [np.exp(np.minimum(x[end - k : end], 0.5)) for end, k in zip(ends, shape)]
    return [p / p.sum() for p in parts]


def _system(U: Array, x: Array) -> tuple[Array, Array]:
    """What vanishes on the path, and its derivatives by the logarithms and lambda."""
    shape, rate = U.shape[1:], float(x[-1])
    ends = np.cumsum(shape)
    starts = ends - np.array(shape)
    y = [x[a:b] for a, b in zip(starts, ends)]
    mixes = [np.exp(np.minimum(part, 0.5)) for part in y]
    F, J = np.zeros(len(x) - 1), np.zeros((len(x) - 1, len(x)))
    for i, k in enumerate(shape):
        worth = _against(U[i], mixes, (i,))
        rows = slice(starts[i] + 1, ends[i])
        F[rows] = y[i][1:] - y[i][0] - rate * (worth[1:] - worth[0])
        F[starts[i]] = mixes[i].sum() - 1
        J[starts[i], starts[i] : ends[i]] = mixes[i]
        J[rows, starts[i]] = -1
        J[rows, rows] += np.eye(k - 1)
        J[rows, -1] = -(worth[1:] - worth[0])
        for j in range(len(shape)):
            if j != i:
                both = _against(U[i], mixes, (i, j))
                both = both if i < j else both.T
                J[rows, starts[j] : ends[j]] = -rate * (both[1:] - both[0]) * mixes[j]
    return F, J


def _tangent(J: Array, before: Array | None) -> Array:
    """The unit vector along which the path goes on."""
    vector = np.linalg.svd(J)[2][-1]
    forward = vector[-1] if before is None else vector @ before
    return vector if forward >= 0 else -vector


def _corrected(U: Array, x: Array, tangent: Array) -> Array | None:
    """The point of the path in the plane across ``tangent``, by Newton's method; None if it does not settle."""
    start = x
    for _ in range(12):
        F, J = _system(U, x)
        try:
            step = np.linalg.solve(np.vstack([J, tangent]), np.append(F, tangent @ (x - start)))
        except np.linalg.LinAlgError:
            return None
        x = x - step
        if not np.isfinite(x).all() or np.abs(step).max() > 1e3:
            return None
        if np.abs(step).max() < 1e-9 * (1 + np.abs(x).max()):
            return x
    return None


def polished(game: NormalForm, mixes: Sequence[Array]) -> tuple[Supports, Root] | None:
    """The equilibrium near ``mixes`` whose supports are the actions in use, proved in fractions; None if there is none."""
    if prod(game.shape) > _EXACT_CELLS:
        return None
    table = in_fractions(game).table.astype(object)
    for chosen in dict.fromkeys(tuple(tuple(int(a) for a in np.flatnonzero(mix > cut)) for mix in mixes) for cut in _CUTS):
        system = system_of(table, chosen) if all(chosen) else None
        if system is None:
            continue
        near = [mix[list(S)] / mix[list(S)].sum() for mix, S in zip(mixes, chosen) if len(S) > 1]
        root = _solved(independent(system), near)
        if root is not None:
            return chosen, root
    return None


def sharpened(U: Array, mixes: Sequence[Array]) -> list[Array]:
    """``mixes`` with the actions no longer in use left out and the indifference equations solved in floats, if that is better."""
    best, least = list(mixes), _regret(U, mixes)
    for cut in _CUTS:
        chosen = tuple(tuple(int(a) for a in np.flatnonzero(mix > cut)) for mix in mixes)
        system = system_of(U, chosen) if all(chosen) else None
        if system is None:
            continue
        near = descend(system, [mix[list(S)] / mix[list(S)].sum() for mix, S in zip(mixes, chosen) if len(S) > 1])
        if near is None or any(float(w.min()) <= 0 for w in near):
            continue
        blocks = iter(near)
        whole = [np.zeros(k) for k in U.shape[1:]]
        for mix, S in zip(whole, chosen):
            mix[list(S)] = next(blocks) if len(S) > 1 else 1.0
        if _regret(U, whole) < least:
            best, least = whole, _regret(U, whole)
    return best


def _solved(system: System, near: Sequence[Array]) -> Root | None:
    """A solution of the system near a point: certified where it is isolated, otherwise in fractions."""
    if not system.sizes:
        return Root((), Fraction(0)) if all(value(form, ()) <= 0 for form in system.inequalities) else None
    root = certify(system, near) if len(system.equations) == system.unknowns else None
    if root is None:
        point = on_continuum(system, near)
        root = None if point is None else Root(point, Fraction(0))
    if root is None or any(root.bounds(j, k)[0] <= 0 for j, mix in enumerate(root.point) for k in range(len(mix))):
        return None
    return root if all(root.sign(form) in (-1, 0) for form in system.inequalities) else None
