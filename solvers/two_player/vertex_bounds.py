"""Which constraints are tight at a basis, decided from floats by rigorous bounds on their error.

A basis leaves k own actions S free and makes k replies J tight; its point z is 0 outside S and solves ``K z_S = h_J`` with
``K = M[J, S]``. Let ``R`` be an approximate inverse of K. If ``alpha = ||I - R K|| < 1`` then K is regular, and any approximate
solution is off by at most ``||R|| / (1 - alpha) ||h_J - K z_S||`` (Frobenius norms; Rump 1999, INTLAB). Rounding errors of the sums
that are compared, and of the entries of M, are bounded by (d + 8) units of 2^-53 times the products of norms (Higham 2002, 3.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ...games.exact import Array
from .best_response_polytope import Polytope

_UNIT = 2.0**-53
_SAFE = 1.01  # the bounds are themselves computed in floats


@dataclass(frozen=True, eq=False)
class Block:
    """The bases ``f`` with the same number k of free actions ``S[f]`` and tight replies ``J[f]``, and their ``K`` (F, k, k)."""

    f: Array
    S: Array
    J: Array
    K: Array


@dataclass(frozen=True, eq=False)
class Signs:
    """For F bases, what is proved of their points.

    ``regular[f]``: K is regular. Only then: ``near[f, k]``: constraint k is outside the basis and not proved to be slack;
    ``outside[f]``: some constraint is proved to be broken; ``inside[f]``: none is, and the perturbation makes all ``near`` slack
    provided that they are tight without it.
    """

    regular: Array
    near: Array
    outside: Array
    inside: Array


class Bounds:
    """The constraints of one polytope, ready to judge bases."""

    def __init__(self, polytope: Polytope) -> None:
        self.d, self.M = polytope.own, polytope.M
        self.h = np.stack([np.ones(polytope.replies), polytope.delta / 2.0**20], axis=1)  # right-hand side, and its perturbation
        self.rounding = (self.d + 8) * _UNIT
        self.norm = float(np.sqrt((self.M**2).sum()))  # at least 1, the largest entry

    def signs(self, basis: Array, inverse: Callable[[Block], Array]) -> Signs:
        """Judge bases given as flags (F, labels); ``inverse`` makes an approximate inverse of every ``K``."""
        z, alpha, norm_R = np.zeros((len(basis), 2, self.d)), np.zeros(len(basis)), np.zeros(len(basis))
        for block in self._blocks(basis):
            R, k = inverse(block), block.S.shape[1]
            residual = np.matmul(R, block.K)
            residual.reshape(len(R), -1)[:, :: k + 1] -= 1
            norm_R[block.f] = _norms(R)
            alpha[block.f] = _norms(residual) + k * self.rounding
            z[block.f[:, None], :, block.S] = np.matmul(R, self.h[block.J])
        alpha = _SAFE * (alpha + self.rounding * self.norm * norm_R)
        with np.errstate(all="ignore"):
            norm = norm_R / (1 - alpha)
        slack, off = self._slack(z[:, 0], basis, norm, self.h[:, 0])
        near = ~(basis | (slack > off))
        broken = (near & (slack < -off)).any(axis=1)
        inside: Array = np.logical_not(broken)
        tied = np.flatnonzero(near.any(axis=1))
        slack, off = self._slack(z[tied, 1], basis[tied], norm[tied], self.h[:, 1])
        inside[tied] &= ~(near[tied] & ~(slack > off)).any(axis=1)
        return Signs(alpha < 1, near, (alpha < 1) & broken, inside)

    def _blocks(self, basis: Array) -> Iterator[Block]:
        free, tight = ~basis[:, : self.d], basis[:, self.d :]
        size = tight.sum(axis=1)
        for k in range(1, int(size.max(initial=0)) + 1):  # the basis of no reply is the point 0, where all slacks are exact
            f = np.flatnonzero(size == k)
            if len(f):
                S, J = np.nonzero(free[f])[1].reshape(len(f), k), np.nonzero(tight[f])[1].reshape(len(f), k)
                yield Block(f, S, J, self.M[J[:, :, None], S[:, None, :]])

    def _slack(self, z: Array, basis: Array, norm: Array, h: Array) -> tuple[Array, Array]:
        """The slack of all constraints where K z_S = h_J, and how far it may be off, as a column."""
        earned = h - np.einsum("fi,ki->fk", z, self.M)
        left = np.where(basis[:, self.d :], earned, 0)
        with np.errstate(all="ignore"):
            rough = self.rounding * (np.sqrt(self.d) + self.norm * _lengths(z))
            off = _SAFE * (self.norm * norm * (_lengths(left) + np.sqrt(self.d) * rough) + rough)
        return np.concatenate([z, earned], axis=1), off[:, None]


def _lengths(rows: Array) -> Array:
    return np.sqrt(np.einsum("fi,fi->f", rows, rows))


def _norms(stack: Array) -> Array:
    """The Frobenius norm of every matrix."""
    return np.sqrt(np.einsum("fij,fij->f", stack, stack))
