"""Expectations at a binomial count of any size, in floats with a bound on the error: only the counts that can occur are summed."""

from __future__ import annotations

from math import sqrt

import numpy as np

from ...games.exact import Array

EXPONENT = 80.0  # what is left out has probability at most 2 exp(-80)
MISSING = 4e-35
EPS = 2.0**-53


def window(d: int, p: float) -> tuple[int, Array]:
    """``first`` and P(Bin(d, p) = first + i): all counts but some of total probability at most ``MISSING``, scaled to sum to 1.

    By Bernstein's inequality P(abs(X - dp) >= t) <= 2 exp(-t^2 / (2 (dp(1-p) + t/3))). Each weight has a relative error of at
    most ``relative_error(len)``: ratios of neighbours, multiplied up from the mode.
    """
    spread = d * p * (1 - p)
    reach = EXPONENT / 3 + sqrt((EXPONENT / 3) ** 2 + 2 * EXPONENT * spread)
    first, last = max(0, int(d * p - reach)), min(d, int(d * p + reach) + 1)
    mode = min(max(first, int((d + 1) * p)), last)
    odds = p / (1 - p)
    up = np.arange(mode, last, dtype=float)
    down = np.arange(mode, first, -1, dtype=float)
    weights = np.empty(last - first + 1)
    weights[mode - first] = 1.0
    weights[mode - first + 1 :] = np.cumprod((d - up) / (up + 1) * odds)
    weights[: mode - first] = np.cumprod(down / (d - down + 1) / odds)[::-1]
    return first, weights / weights.sum()


def relative_error(length: int) -> float:
    """A bound on the relative error of a weight in a window of ``length`` counts: six roundings a step, and those of the sum."""
    return (8 * length + 20) * EPS


def window_mean(values: Array, d: int, p: float, largest: float | None = None) -> tuple[float, float]:
    """The expectation of ``values[X]``, X = Bin(d, p) and 0 < p < 1, and a bound on its error; ``largest`` is their largest size,
    where it is known.
    """
    first, weights = window(d, p)
    part = np.asarray(values[first : first + len(weights)], dtype=float)
    if largest is None:
        largest = float(max(abs(values.max()), abs(values.min())))
    absolute = float(weights @ np.abs(part))
    return float(weights @ part), relative_error(len(weights)) * absolute + 2 * MISSING * largest
