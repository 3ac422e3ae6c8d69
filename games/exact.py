"""Exact money: integers, fractions and decimals stay rational numbers, floats stay floats.

An array is *exact* when its dtype is ``object`` and every entry a :class:`fractions.Fraction`; otherwise it is
``float64``. Formulas are written once and serve both.
"""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import InputError

Number = Fraction | float
Array = NDArray[Any]

_INT64_SAFE = 2**62
MOST_DIGITS = 100  # before or after the point of a text: beyond, a few characters such as 1e999999999 would fill the memory
TOLERANCE = 1e-9  # of the largest number of a game given in floats: closer is equal. Exact games forgive nothing.


def is_long(value: object) -> bool:
    """Whether ``value`` is a number of more digits than are computed with."""
    if isinstance(value, str):
        if len(value) > 3 * MOST_DIGITS:
            return True
        try:
            value = Decimal(value.strip())
        except InvalidOperation:  # a fraction "1/3", or no number
            return False
    if isinstance(value, Decimal):
        digits, exponent = value.as_tuple().digits, value.as_tuple().exponent
        return isinstance(exponent, int) and (len(digits) + max(exponent, 0) > MOST_DIGITS or -exponent > MOST_DIGITS) and any(digits)
    return isinstance(value, int | float) and abs(value) >= 10**MOST_DIGITS and value not in (math.inf, -math.inf)


def number(value: object, name: str = "value") -> Number:
    """``value`` as a :class:`~fractions.Fraction` if it is an integer, fraction, decimal or text such as ``"3/5"``.

    Floats stay floats. Raises :class:`InputError` for anything not a finite number.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, (str, Decimal, float, np.floating)) and is_long(value):
        raise InputError("{name} has too many digits; at most {n} before or after the point", name=name, n=MOST_DIGITS)
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        if isinstance(value, (int, np.integer)):
            return Fraction(int(value))
        if isinstance(value, (float, np.floating)) and math.isfinite(float(value)):
            return float(value)
        if isinstance(value, (str, Decimal)):
            return Fraction(value)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        pass
    raise InputError("{name}={value!r} must be a finite number", name=name, value=value)


def root(value: Number) -> Number:
    """The square root: rational if it can be, else a float. Raises :class:`ValueError` below zero."""
    if isinstance(value, Fraction) and value >= 0:
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if top * top == value.numerator and bottom * bottom == value.denominator:
            return Fraction(top, bottom)
    return math.sqrt(value)


def array(data: object, name: str = "values") -> Array:
    """``data`` as a read-only array, exact unless some entry is a float. Raises :class:`InputError` if not numbers."""
    if isinstance(data, np.ndarray) and data.dtype == np.float64:  # large tables: do not make an object of each number
        if not np.isfinite(data).all():
            raise InputError("{name}={value!r} must be a finite number", name=name, value=float(data[~np.isfinite(data)][0]))
        if data.size and max(abs(float(x)) for x in (data.max(), data.min())) >= 10.0**MOST_DIGITS:
            raise InputError("{name} has too many digits; at most {n} before or after the point", name=name, n=MOST_DIGITS)
        return frozen(data.copy()) if data.flags.writeable else data
    raw = np.array(data, dtype=object)
    flat = [number(x, name) for x in raw.ravel()]
    if any(isinstance(x, float) for x in flat):
        result: Array = np.array([float(x) for x in flat], dtype=np.float64).reshape(raw.shape)
    else:
        result = np.empty(len(flat), dtype=object)
        result[:] = flat
        result = result.reshape(raw.shape)
    return frozen(result)


def frozen(values: Array) -> Array:
    """``values`` made read-only, in place."""
    values.setflags(write=False)
    return values


def is_exact(values: Array) -> bool:
    """Whether the entries are rational numbers."""
    return values.dtype == object


def zeros(shape: int | tuple[int, ...], like: Array) -> Array:
    """Zeros of the kind of ``like``: rational if it is exact."""
    result = np.zeros(shape, dtype=like.dtype)
    if is_exact(like):
        result[...] = Fraction(0)
    return result


def scaled(values: Array, terms: int = 1) -> tuple[Array, int]:
    """Integers and one common denominator: ``values == integers / denominator``; floats come back as they are, with 1.

    The integers are ``int64`` where sums of up to ``terms`` of them fit, Python integers otherwise. Order is preserved, so
    searches can run on them.
    """
    if not is_exact(values):
        return values, 1
    flat = values.ravel()
    denominator = reduce(math.lcm, (x.denominator for x in flat), 1)
    integers = [x.numerator * (denominator // x.denominator) for x in flat]
    return machine_integers(np.array(integers, dtype=object).reshape(values.shape), terms), denominator


def machine_integers(integers: Array, terms: int) -> Array:
    """``integers`` as ``int64`` where sums of up to ``terms`` of them fit, as Python integers otherwise."""
    largest = max((abs(int(x)) for x in (integers.max(), integers.min())), default=0) if integers.size else 0
    return integers.astype(np.int64 if largest * terms < _INT64_SAFE else object)


def slack_of(values: Array) -> Number:
    """How far apart two numbers of the size of ``values`` may be and still count as equal: 0 if they are exact."""
    if is_exact(values) or values.dtype == np.int64:
        return Fraction(0)
    return TOLERANCE * float(np.abs(values).max(initial=0.0))


def as_json(value: Any) -> Any:
    """``value`` for JSON: rationals as ``"p/q"`` (integers ``"8"``), infinity as ``"inf"``, arrays as nested lists."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (float, np.floating)):
        return ("inf" if value > 0 else "-inf") if math.isinf(value) else float(value)
    if isinstance(value, np.ndarray):
        return as_json(value.tolist())
    if isinstance(value, dict):
        return {str(key): as_json(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(entry) for entry in value]
    if isinstance(value, (np.integer, np.bool_)):
        return value.item()
    return value
