"""Which constraints are tight at a basis, decided from floats by rigorous bounds on their error.

``G z <= h`` lists the constraints of the polytope, ``G_L`` the d rows of a basis and ``R`` an approximate inverse of it. If
``alpha = ||I - R G_L|| < 1`` then G_L is regular, and any approximate solution z of ``G_L z = h_L`` is off by at most
``||R|| / (1 - alpha) ||h_L - G_L z||`` (Frobenius norms; Rump 1999, INTLAB). Rounding errors of the sums that are compared, and of the
entries of M, are bounded by (d + 8) units of 2^-53 times the products of norms (Higham 2002, section 3.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..games.exact import Array
from .best_response_polytope import Polytope

_UNIT = 2.0**-53
_SAFE = 1.01  # the bounds are themselves computed in floats


@dataclass(frozen=True, eq=False)
class Signs:
    """For F bases: ``basis[f, k]`` whether label k is in the basis, ``slack[f, k]`` of every constraint at its point, off by
    ``off[f]`` at most. ``regular[f]`` whether G_L is proved regular; only then the rest is proved. ``norm[f]`` bounds its inverse.
    """

    basis: Array
    slack: Array
    off: Array
    regular: Array
    norm: Array

    @property
    def near(self) -> Array:
        """Which constraints outside the basis are not proved to be slack."""
        return ~(self.basis | (self.slack > self.off[:, None]))

    @property
    def outside(self) -> Array:
        """Whether the point is proved to lie outside the polytope."""
        return self.regular & (~self.basis & (self.slack < -self.off[:, None])).any(axis=1)


class Bounds:
    """The constraints of one polytope, ready to judge bases."""

    def __init__(self, polytope: Polytope) -> None:
        d, r = polytope.own, polytope.replies
        self.d = d
        self.G = np.vstack([-np.eye(d), polytope.M])
        self.h = np.repeat([0.0, 1.0], [d, r])
        self.delta = np.append(np.zeros(d), polytope.delta / 2.0**20)
        self.rounding = (d + 8) * _UNIT
        self.norm = float(np.sqrt((self.G**2).sum()))

    def signs(self, R: Array, columns: Array) -> Signs:
        """Judge the bases ``columns`` (F, d) of which ``R`` (F, d, d) are approximate inverses."""
        norm_R = _norms(R)
        residual = np.matmul(R, self.G[columns])
        residual.reshape(len(R), -1)[:, :: self.d + 1] -= 1
        alpha = _SAFE * (_norms(residual) + self.rounding * (norm_R * self.norm + self.d))
        basis = np.zeros((len(R), len(self.G)), dtype=bool)
        basis[np.arange(len(R))[:, None], columns] = True
        with np.errstate(all="ignore"):
            norm = norm_R / (1 - alpha)
        return Signs(basis, *self._slack(R, columns, basis, norm, self.h), alpha < 1, norm)

    def perturbed_inside(self, R: Array, columns: Array, norm: Array, near: Array) -> bool:
        """Whether the perturbation moves every constraint ``near[f, k]`` to where it is slack at basis f, proved."""
        basis = np.zeros(near.shape, dtype=bool)
        basis[np.arange(len(R))[:, None], columns] = True
        slack, off = self._slack(R, columns, basis, norm, self.delta)
        return bool((~near | (slack > off[:, None])).all())

    def _slack(self, R: Array, columns: Array, basis: Array, norm: Array, h: Array) -> tuple[Array, Array]:
        """h - G z with G_L z = h_L, and how far each may be off."""
        z = np.einsum("fij,fj->fi", R, h[columns])
        slack = h - np.einsum("fi,ki->fk", z, self.G)
        with np.errstate(all="ignore"):
            rough = self.rounding * (np.sqrt(self.d) + self.norm * np.sqrt(np.einsum("fi,fi->f", z, z)))
            left = np.sqrt(self.d) * (np.abs(slack).max(axis=1, where=basis, initial=0.0) + rough)
            return slack, _SAFE * (self.norm * norm * left + rough)


def _norms(stack: Array) -> Array:
    """The Frobenius norm of every matrix."""
    return np.sqrt(np.einsum("fij,fij->f", stack, stack))


def inverses(T: Array, rows: Array, columns: Array) -> Array:
    """Approximate inverses of every G_L, read off dictionaries (:mod:`.vertex_walk`): z = R (h_L - s_L)."""
    F, d = columns.shape
    R = np.zeros((F, d, d))
    f, k = np.nonzero(rows < d)
    R[f, rows[f, k]] = T[f, :d, k]
    f, k = np.nonzero(columns < d)
    R[f, columns[f, k], k] = -1
    return R
