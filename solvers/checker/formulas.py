"""The part of the checker for claims of cases: every formula worked out anew from the figures it names, and what they rest on re-read.

It does not show that the figures are those of the case: that is what the certificates of the answers they rest on are for.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ...games.message import say
from .reread import Claims

LONGEST = 2_000  # characters of a formula
LARGEST_POWER = 200
MOST_BITS = 100_000  # of a number on the way
_NUMBER = re.compile(r"[-+]?(\d{1,4000}(/\d{1,4000})?|\d{0,60}\.\d{1,60}([eE][-+]?\d{1,2})?|\d{1,60}[eE][-+]?\d{1,2})")
_ARITHMETIC: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def formula_claims(claim: Mapping[str, Any]) -> Claims:
    """Every check of one claim of a certificate of kind ``claims``."""
    yield say("{id} is shown by at least one check", id=claim["id"]), bool(claim["checks"])
    for check in claim["checks"]:
        holds = _CHECKS[check["kind"]](check)
        yield say("{id}: {formula}", id=claim["id"], formula=check.get("formula") or check["that"]), holds is check["holds"] is True


def _truth(check: Mapping[str, Any]) -> bool:
    return _worked(check["formula"], check["figures"]) is True


def _looked_up(check: Mapping[str, Any]) -> bool:
    if check["equals"] is check["at_least"] is check["at_most"] is None:
        raise ValueError("a check that asks for nothing")
    found = _read(check["figure"])
    right = check["equals"] is None or _close(found, _read(check["equals"]), check["within"])
    over = check["at_least"] is None or found >= _read(check["at_least"])
    return right and over and (check["at_most"] is None or found <= _read(check["at_most"]))


def _sweep(check: Mapping[str, Any]) -> bool:
    if check["holds_each"] is check["equals"] is check["direction"] is None:
        raise ValueError("a check that asks for nothing")
    values = [_worked(check["formula"], cell["figures"]) for cell in check["cells"]]
    right = bool(values)
    if check["holds_each"] is not None:
        right = right and all(_worked(check["holds_each"], cell["figures"]) is True for cell in check["cells"])
    if check["equals"] is not None:
        wanted = _read(check["equals"])
        right = right and len(wanted) == len(values) and all(_close(v, w, check["within"]) for v, w in zip(values, wanted))
    return right and (check["direction"] is None or _goes(check["direction"], values))


_CHECKS: dict[str, Callable[[Mapping[str, Any]], bool]] = {"holds": _truth, "that": _looked_up, "sweep": _sweep}


def _goes(direction: str, values: Sequence[Any]) -> bool:
    if direction not in ("rises", "falls", "stays") or None in values:
        raise ValueError("figures go up, go down or stay, and must be there")
    if direction == "stays":
        return all(value == values[0] for value in values)
    steps = [(a, b) if direction == "rises" else (b, a) for a, b in pairwise(values)]
    return all(a <= b for a, b in steps) and any(a < b for a, b in steps)


def _close(found: Any, wanted: Any, within: Any) -> bool:
    margin = _read(within)
    if margin and not isinstance(wanted, bool):
        return abs(found - wanted) <= margin
    return found == wanted and isinstance(found, bool) == isinstance(wanted, bool)


def _read(value: Any) -> Any:
    """JSON as the checker computes with it: texts that are numbers are exact, lists likewise."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, list):
        return [_read(entry) for entry in value]
    if isinstance(value, int) or (isinstance(value, str) and _NUMBER.fullmatch(value.strip())):
        return Fraction(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} is no number")
    return value


def _worked(formula: str, figures: Mapping[str, Any]) -> Any:
    """The value of ``formula`` where every name, with its dots and subscripts, means what ``figures`` says."""
    if len(formula) > LONGEST:
        raise ValueError("a formula is too long")

    def of(node: ast.AST) -> Any:
        match node:
            case ast.Name() | ast.Attribute() | ast.Subscript():
                return _read(figures[ast.unparse(node)])
            case ast.Constant(value=float()):
                return _read(ast.unparse(node))
            case ast.Constant(value=value):
                return _read(value)
            case ast.List(elts=parts):
                return [of(part) for part in parts]
            case ast.UnaryOp(op=ast.USub(), operand=part):
                return -of(part)
            case ast.UnaryOp(op=ast.UAdd(), operand=part):
                return of(part)
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return not of(part)
            case ast.BoolOp(op=ast.And(), values=parts):
                return all(of(part) for part in parts)
            case ast.BoolOp(op=ast.Or(), values=parts):
                return any(of(part) for part in parts)
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return _power(of(left), of(right))
            case ast.BinOp(left=left, op=sign, right=right):
                return _small(_ARITHMETIC[type(sign)](of(left), of(right)))
            case ast.Compare(left=left, ops=signs, comparators=others):
                values = [of(left), *map(of, others)]
                return all(_ARITHMETIC[type(sign)](a, b) for sign, a, b in zip(signs, values, values[1:]))
            case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]):
                return _FUNCTIONS[name](*map(of, parts))
            case _:
                raise ValueError(f"{ast.dump(node)[:40]} is not allowed in a formula")

    return of(ast.parse(formula.strip(), mode="eval").body)


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1 and abs(exponent) <= LARGEST_POWER:
        return _small(_small(base, int(MOST_BITS / max(1, abs(exponent)))) ** int(exponent))
    found = float(base) ** float(exponent)
    if not isinstance(found, float):
        raise ValueError("a root of a number below 0 is not read")
    return found


def _small(x: Any, most: int = MOST_BITS) -> Any:
    """``x``, unless it is a number with too many digits."""
    if isinstance(x, Fraction) and max(x.numerator.bit_length(), x.denominator.bit_length()) > most:
        raise ValueError("a number on the way has too many digits")
    return x


def _root(x: Any) -> Any:
    if isinstance(x, Fraction) and x >= 0:
        p, q = math.isqrt(x.numerator), math.isqrt(x.denominator)
        if p * p == x.numerator and q * q == x.denominator:
            return Fraction(p, q)
    return math.sqrt(x)


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": lambda first, *rest: min(first, *rest) if rest else min(first),
    "max": lambda first, *rest: max(first, *rest) if rest else max(first),
    "sum": lambda values: sum(values, start=Fraction(0)),
    "len": lambda values: Fraction(len(values)),
    "abs": abs,
    "sqrt": _root,
    "exp": math.exp,
    "log": math.log,
}
