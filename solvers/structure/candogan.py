"""Potential, harmonic and nonstrategic parts of a game by the flow of its deviations (Candogan, Menache, Ozdaglar, Parrilo 2011).

The flow on a deviation is what the deviator gains. phi is the function of the profile whose differences fit it best (least
squares, all deviations alike); what is left is harmonic: what flows into a profile flows out. With k_i actions and u_i^T the
interactions of :mod:`.decomposition`, the Laplacian is diagonal and phi has a closed form::

    phi^T = sum_{i in T} k_i u_i^T / sum_{i in T} k_i          so everything is exact where the game is

    nonstrategic u_i averaged over own actions; potential phi less its average over own actions; harmonic the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np

from ...games.exact import Array, Number, as_json
from ...games.normal_form import NormalForm, Profile
from ..pure import pure_regret
from .decomposition import check_interactions, interactions, memberships, square, together, widened
from .potential import rationals


@dataclass(frozen=True, eq=False)
class FlowDecomposition:
    """Components of shape ``(n, |A1|, ..., |An|)`` that sum to the payoffs, and ``phi`` of shape ``(|A1|, ..., |An|)``, which averages 0.

    Norms are sums of squared gains, each pair of profiles that one deviation joins counted once: ``flow2 = potential2 +
    harmonic2``. ``distance`` is the most by which a deviation's gain differs between the game and its potential part
    (maximum pairwise difference, Candogan, Ozdaglar and Parrilo 2013): every equilibrium of the potential part has at most
    this regret in the game. ``summit`` is a profile with the largest phi and ``summit_regret`` its regret in the game.
    """

    phi: Array
    nonstrategic: Array
    potential: Array
    harmonic: Array
    flow2: Number
    potential2: Number
    harmonic2: Number
    distance: Number
    summit: Profile
    summit_regret: Number

    @property
    def harmonic_share(self) -> Number:
        """harmonic2 / flow2; 0 where no deviation changes anything."""
        return self.harmonic2 / self.flow2 if self.flow2 else 0 * self.flow2

    def regret_bound(self, regret: Number = 0) -> Number:
        """The most regret in the game of a profile whose regret in its potential part is ``regret``."""
        return regret + self.distance

    def to_dict(self) -> dict[str, Any]:
        """Norms and distance in JSON form (the components are arrays of the answer)."""
        names = ("flow2", "potential2", "harmonic2", "harmonic_share", "distance", "summit", "summit_regret")
        return {name: as_json(getattr(self, name)) for name in names}


def candogan(game: NormalForm) -> FlowDecomposition:
    """The decomposition of the flow of deviations; exact if the game is. Raises :class:`SizeError`."""
    check_interactions(game)
    shape, n = game.shape, len(game.shape)
    scale = prod(shape) * lcm(*_sums(shape)) if game.exact else 1
    table = widened(game.table, scale, 4**n * sum(shape))
    phi = _phi(interactions(table), shape, game.exact)
    own = [_own_average(table[i], i, game.exact) for i in range(n)]
    shift = [_own_average(phi, i, game.exact) for i in range(n)]
    nonstrategic = np.stack([np.broadcast_to(mean, shape) for mean in own])
    potential = np.stack([phi - mean for mean in shift])
    harmonic = table - nonstrategic - potential
    denominator = game.denominator * scale
    noise = Fraction(0) if game.exact else (float(game.slack) * max(shape)) ** 2 * game.table.size
    flow2, potential2, harmonic2 = (_norm(x, shape, denominator, noise) for x in (potential + harmonic, potential, harmonic))
    distance = rationals(np.array([max(_width(harmonic[i], i) for i in range(n))], dtype=table.dtype), denominator)[0]
    summit = tuple(map(int, np.unravel_index(int(np.argmax(phi)), shape)))
    P, E, H = (rationals(x, denominator) for x in (potential, nonstrategic, harmonic))
    regret = pure_regret(game, summit)
    return FlowDecomposition(rationals(phi, denominator), E, P, H, flow2, potential2, harmonic2, distance, summit, regret)


def _phi(v: Array, shape: Sequence[int], exact: bool) -> Array:
    """The least-squares potential from the interactions ``v`` of all payoffs."""
    inside = memberships(tuple(shape))
    weighted = sum((np.where(inside[i], v[i], 0) * k for i, k in enumerate(shape)), start=np.zeros_like(v[0]))
    degree = np.maximum(sum(inside[i] * k for i, k in enumerate(shape)), 1)
    return together((weighted // degree if exact else weighted / degree)[None])[0]


def _sums(shape: Sequence[int]) -> set[int]:
    """The sums of actions over all sets of players but the empty one."""
    sums = {0}
    for k in shape:
        sums |= {s + k for s in sums}
    return sums - {0}


def _own_average(values: Array, axis: int, exact: bool) -> Array:
    total = values.sum(axis=axis, keepdims=True)
    return total // values.shape[axis] if exact else total / values.shape[axis]


def _norm(centred: Array, shape: Sequence[int], denominator: int, noise: Number) -> Number:
    """The sum of squared differences over all deviations: along an axis of k centred values, k times the sum of squares."""
    total = sum((k * square(centred[i], denominator) for i, k in enumerate(shape)), start=Fraction(0))
    return total if total > noise else Fraction(0)  # of a float game, what rounding leaves


def _width(values: Array, axis: int) -> Any:
    return (values.max(axis=axis) - values.min(axis=axis)).max()
