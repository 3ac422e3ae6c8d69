"""Formulas over named quantities, as case files write them: parsed against a short list of what is allowed, never ``eval``.

Allowed are numbers (exact: ``0.1`` is one tenth), names, dots and subscripts that lead to a value, ``+ - * / **``, comparisons,
``and or not``, and the functions in :data:`FUNCTIONS`. Everything stays rational except where a root, logarithm or exponential of a
rational is not one.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar

from .errors import EncompassError, InputError
from .exact import Number, number, root
from .message import short

T = TypeVar("T")

LONGEST = 2_000  # characters
MOST_STEPS = 500  # nodes of a formula
LARGEST_POWER = 200
MOST_BITS = 20_000  # of a rational that a power may make


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": lambda first, *rest: min(first, *rest) if rest else min(first),
    "max": lambda first, *rest: max(first, *rest) if rest else max(first),
    "sum": lambda x: sum(x, start=Fraction(0)),
    "len": lambda x: Fraction(len(x)),
    "abs": abs,
    "sqrt": root,
    "exp": math.exp,
    "log": math.log,
}

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


@dataclass(frozen=True)
class Expression:
    """A formula that was found to hold nothing but what is allowed. Raises :class:`InputError` otherwise, on construction."""

    text: str

    def __post_init__(self) -> None:
        _check(self._tree, self.text)

    @cached_property
    def _tree(self) -> ast.expr:
        if len(self.text) > LONGEST:
            raise InputError("a formula has {n} characters; at most {most}", n=len(self.text), most=LONGEST)
        try:
            return ast.parse(self.text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise InputError("{text!r} is no formula", text=self.text) from None

    @property
    def names(self) -> frozenset[str]:
        """The names that it begins from, without the functions."""
        found = {node.id for node in ast.walk(self._tree) if isinstance(node, ast.Name)}
        return frozenset(
            found - {node.func.id for node in ast.walk(self._tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        )

    def __call__(self, names: Mapping[str, Any]) -> Any:
        """Its value where every name means what ``names`` says. Raises :class:`InputError` for what cannot be computed."""
        return self._guarded(_value, names)

    def figures(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """Everything that it names, with its dots and subscripts, and the value of it; without what has none (behind an ``and``)."""
        found: dict[str, Any] = {}
        waiting: list[ast.AST] = [self._tree]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
                with suppress(EncompassError):
                    found[ast.unparse(node)] = _value(node, names, self.text)
            else:
                waiting += node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
        return found

    def sides(self, names: Mapping[str, Any]) -> str:
        """The formula with the value of each side of every comparison in place of the side: ``1/5 = 1/5``.

        Raises as a call does.
        """
        return self._guarded(_sides, names)

    def _guarded(self, work: Callable[[ast.AST, Mapping[str, Any], str], T], names: Mapping[str, Any]) -> T:
        try:
            return work(self._tree, names, self.text)
        except EncompassError:  # said already
            raise
        except ZeroDivisionError:
            raise InputError("{text!r} divides by zero", text=self.text) from None
        except (TypeError, ValueError, OverflowError):
            raise InputError("{text!r} cannot be computed", text=self.text) from None


def evaluate(text: str, names: Mapping[str, Any]) -> Any:
    """The value of the formula ``text``; numbers in ``names`` should be exact for the answer to be."""
    return Expression(text)(names)


_ALLOWED = (
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.Call,
    ast.List,
    ast.Load,
    ast.operator,
    ast.unaryop,
    ast.boolop,
    ast.cmpop,
)


def _check(tree: ast.expr, text: str) -> None:
    for step, node in enumerate(ast.walk(tree)):
        if step == MOST_STEPS:
            raise InputError("a formula has more than {n} parts", n=MOST_STEPS)
        named = not isinstance(node, ast.Call) or (isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords)
        known = not isinstance(node, ast.operator | ast.cmpop) or type(node) in {**_BINARY, **_COMPARE, ast.Pow: None}
        if not isinstance(node, _ALLOWED) or not named or not known or _hidden(node):
            raise InputError(
                "{text!r} holds more than numbers, names, arithmetic, comparisons and {functions}", text=text, functions=list(FUNCTIONS)
            )


def _hidden(node: ast.AST) -> bool:
    """A name that Python keeps to itself."""
    return isinstance(node, ast.Attribute) and node.attr.startswith("_")


def _value(node: ast.AST, names: Mapping[str, Any], text: str) -> Any:
    def of(part: ast.AST) -> Any:
        return _value(part, names, text)

    match node:
        case ast.Constant(value=bool() | str() | None as value):
            return _as_number(value)
        case ast.Constant():
            return number(ast.unparse(node)) if isinstance(node.value, float) else number(node.value)
        case ast.List(elts=parts):
            return [of(part) for part in parts]
        case ast.Name(id=name):
            return _named(names, name, text)
        case ast.Attribute(value=start, attr=name):
            return _named(of(start), name, text)
        case ast.Subscript(value=start, slice=place):
            return _entry(of(start), of(place), text)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name](*map(of, arguments))
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(of(left), of(right), text)
        case ast.BinOp(left=left, op=sign, right=right):
            return _BINARY[type(sign)](of(left), of(right))
        case ast.UnaryOp(op=ast.Not(), operand=part):
            return not of(part)
        case ast.UnaryOp(op=sign, operand=part):
            return -of(part) if isinstance(sign, ast.USub) else of(part)
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(of(part) for part in parts)
        case ast.BoolOp(values=parts):
            return any(of(part) for part in parts)
        case ast.Compare(left=left, ops=signs, comparators=others):
            values = [of(left), *map(of, others)]
            return all(_COMPARE[type(sign)](a, b) for sign, a, b in zip(signs, values, values[1:]))
        case _:
            raise InputError("{text!r} is no formula", text=text)


_SIGNS: dict[type[ast.cmpop], str] = {ast.Eq: "=", ast.NotEq: "≠", ast.Lt: "<", ast.LtE: "≤", ast.Gt: ">", ast.GtE: "≥"}


def _sides(node: ast.AST, names: Mapping[str, Any], text: str) -> str:
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            shown: list[str] = []
            for part in parts:  # as far as it is worked out: the rest may have no value
                shown.append(_sides(part, names, text))
                if not _value(part, names, text):
                    break
            return ", ".join(shown)
        case ast.Compare(left=left, ops=signs, comparators=others):
            values = [_shown(_value(part, names, text)) for part in (left, *others)]
            return values[0] + "".join(f" {_SIGNS[type(sign)]} {value}" for sign, value in zip(signs, values[1:]))
        case _:
            return _shown(_value(node, names, text))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) or (isinstance(value, Fraction) and len(str(value)) > 12):
        return short(value)
    return ", ".join(map(_shown, value)) if isinstance(value, list | tuple) else str(value)


def _power(base: Number, exponent: Number, text: str) -> Number:
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1 and abs(exponent) <= LARGEST_POWER:
        if abs(exponent) * max(base.numerator.bit_length(), base.denominator.bit_length()) > MOST_BITS:
            raise InputError("{text!r} cannot be computed", text=text)
        return base ** int(exponent)
    value = float(base) ** float(exponent)
    if isinstance(value, complex) or not math.isfinite(value):
        raise InputError("{text!r} cannot be computed", text=text)
    return value


def _named(names: Any, name: str, text: str) -> Any:
    """What ``name`` means in a mapping, or the entry of that place in a list (``profile.0`` is written ``profile[0]``)."""
    try:
        return _as_number(names[name])
    except (KeyError, TypeError, IndexError):
        raise InputError("{text!r} names {name!r}, which is not known here", text=text, name=name) from None


def _entry(values: Any, place: Any, text: str) -> Any:
    try:
        return _as_number(values[int(place) if isinstance(place, Fraction) else place])
    except (KeyError, TypeError, IndexError, ValueError):
        raise InputError("{text!r} names {name!r}, which is not known here", text=text, name=str(place)) from None


def _as_number(value: Any) -> Any:
    """Whole numbers and texts such as ``"8/5"`` of JSON answers as the rationals that they are."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, list):
        return [_as_number(entry) for entry in value]
    if isinstance(value, int | str):
        try:
            return number(value)
        except InputError:
            return value
    return value


__all__ = ["FUNCTIONS", "Expression", "evaluate"]
