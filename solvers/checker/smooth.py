"""The part of the checker for games whose players each choose a number: nobody does better by any other amount.

With everybody else's amount at the profile a payoff is a quotient N(x) / D(x) of polynomials in the own amount x, with rational
coefficients. D must have no zero within the bounds, so that it keeps its sign s there; then u(x*) >= u(x) on the whole interval if and
only if s (u(x*) D - N) >= 0, a polynomial whose sign Sturm's theorem decides. Where a certificate holds floats, they are the binary
fractions they are, and the same is decided for u(x*) + slack, a billionth of the scale: the sum of the absolute terms of the player's
N at the profile, over D.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from typing import Any

from ...games.message import say
from .polynomials import End, Polynomial, added, common_divisor, divided, inside, multiplied, never_negative, plain, roots_between, value
from .reread import TOLERANCE, Claims

LONGEST = 50_000  # characters of a formula
MOST_PLAYERS = 2_000
LARGEST_POWER = 60
MOST_DIVISIONS = 200  # of one formula
MOST_LABOUR = 100_000_000  # some ten seconds of arithmetic with polynomials
MOST_DIGITS = 4_000
_LITERAL = re.compile(r"(\d{1,60}(\.\d{0,60})?|\.\d{1,60})([eE][+-]?\d{1,2})?")
_WRITTEN = re.compile(r"-?\d+(/\d+|\.\d+)?", re.ASCII)
ONE = Fraction(1)


def smooth_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate of kind ``smooth``."""
    game = _Smooth(certificate)
    yield say("every player has a payoff, an amount and bounds"), game.fits()
    for name, payoff in game.payoffs.items():
        slack = game.slack(name)
        low, high = game.bounds[name]
        x = game.profile[name]
        within = (low is None or (low < x if name in game.open else low <= x)) and (high is None or x <= high)
        yield say("the amount of {player} lies within its bounds", player=name), within
        corner = payoff.undecided_at(None if name in game.open else low, high)
        if corner is not None:
            yield say("the payoff of {player} is 0/0 at {amount}, where nothing is proved", player=name, amount=str(corner)), False
        game.labour.spend(*(b for _, b in payoff.divisions), payoff.top)
        defined = payoff.defined(low, high, name in game.open)
        yield say("the payoff of {player} is defined at every amount within the bounds", player=name), defined
        if not (within and defined):
            yield say("no other amount is worth more to {player}", player=name), False
            continue
        worth = payoff.at(x)
        yield say("the payoff of {player} is {payoff}", player=name, payoff=str(worth)), game.written(name, worth)
        best = (low is not None and low == high) or payoff.never_over(worth + slack, low, high)
        if slack:
            yield say("no other amount is worth over {slack} more to {player}", player=name, slack=f"{float(slack):.3g}"), best
        else:
            yield say("no other amount is worth more to {player}", player=name), best


class _Smooth:
    """The game that the certificate writes: every payoff as a quotient in the own amount, all others at the profile."""

    def __init__(self, certificate: Mapping[str, Any]) -> None:
        texts: Mapping[str, Any] = certificate["payoffs"]
        if not texts or len(texts) > MOST_PLAYERS:
            raise ValueError(f"{len(texts)} payoffs; between 1 and {MOST_PLAYERS} are read")
        self.profile = {name: written_number(x) for name, x in certificate["profile"].items()}
        self.constants = {name: written_number(x) for name, x in certificate["constants"].items()}
        self.bounds = {name: _interval(ends) for name, ends in certificate["bounds"].items()}
        self.open = frozenset(certificate.get("open", ()))
        self.values: Mapping[str, Any] = certificate["values"]
        given = [certificate["profile"], certificate["constants"], certificate["bounds"]]
        self.exact = not any(isinstance(x, float) for entry in given for value in entry.values() for x in _flat(value))
        self.names: list[str] = list(texts)
        self.labour = _Labour()
        known = self.constants | self.profile
        self.payoffs = {name: _Reader(name, known, self.labour).payoff(text) for name, text in texts.items()}

    def fits(self) -> bool:
        """Whether names belong together: one set of players, no constant named like one, no bounds that are empty.

        Names are plain letters, because Python takes some other letters for the same.
        """
        players = set(self.names)
        same = players == set(self.profile) == set(self.bounds) == set(self.values) and self.open <= players
        proper = all(low is None or high is None or low <= high for low, high in self.bounds.values())
        plain_names = all(isinstance(name, str) and name.isascii() and name.isidentifier() for name in (*players, *self.constants))
        return same and proper and plain_names and players.isdisjoint(self.constants)

    def slack(self, name: str) -> Fraction:
        """What counts as nothing to this player: what is large to others does not excuse it."""
        return Fraction(0) if self.exact else TOLERANCE * self.payoffs[name].scale(self.profile[name])

    def written(self, name: str, worth: Fraction) -> bool:
        """Whether the certificate states this payoff, or none."""
        return self.values[name] is None or abs(written_number(self.values[name]) - worth) <= self.slack(name)


@dataclass(frozen=True)
class _Quotient:
    """``top / bottom`` in lowest terms, and every division on the way to it: (dividend, divisor)."""

    top: Polynomial
    bottom: Polynomial
    divisions: tuple[tuple[Polynomial, Polynomial], ...] = field(default=())

    def undecided_at(self, low: End, high: End) -> End:
        """The end at which a division of the formula is 0/0; None if there is none."""
        ends = [end for end in (low, high) if end is not None]
        return next((end for end in ends for a, b in self.divisions if value(a, end) == value(b, end) == 0), None)

    def defined(self, low: End, high: End, open_low: bool) -> bool:
        """Whether no divisor is 0 anywhere within the bounds."""
        return all(_without_root(b, low, high, open_low) for _, b in self.divisions)

    def at(self, x: Fraction) -> Fraction:
        """Its value."""
        return value(self.top, x) / value(self.bottom, x)

    def scale(self, x: Fraction) -> Fraction:
        """The sum of the absolute terms of ``top`` at ``x``, over ``bottom``; 0 at a pole."""
        below = abs(value(self.bottom, x))
        return value([abs(c) for c in self.top], abs(x)) / below if below else Fraction(0)

    def never_over(self, most: Fraction, low: End, high: End) -> bool:
        """Whether it is at most ``most`` from ``low`` to ``high``, where ``bottom`` has no root."""
        sign = 1 if value(self.bottom, inside(low, high, Fraction(1, 2))) > 0 else -1
        rest = added(multiplied([most] if most else [], self.bottom), self.top, -1)
        return never_negative([sign * c for c in rest], low, high)


def _without_root(p: Polynomial, low: End, high: End, open_low: bool) -> bool:
    if not p:
        return False
    ends = [end for end, closed in ((low, not open_low), (high, True)) if end is not None and closed]
    return all(value(p, end) != 0 for end in ends) and ((low is not None and low == high) or roots_between(p, low, high) == 0)


def _lowest(top: Polynomial, bottom: Polynomial, divisions: tuple[tuple[Polynomial, Polynomial], ...]) -> _Quotient:
    """In lowest terms; a quotient by the polynomial 0 stays one, by 1, and its division tells."""
    if not bottom:
        return _Quotient(top, [ONE], divisions)
    if len(bottom) > 1:
        shared = common_divisor(top, bottom)
        top, bottom = divided(top, shared)[0], divided(bottom, shared)[0]
    return _Quotient(plain([x / bottom[-1] for x in top]), [x / bottom[-1] for x in bottom], divisions)


class _Labour:
    """How much arithmetic the reading of one certificate has taken, in rough steps: a short text can ask for hours of it."""

    def __init__(self) -> None:
        self.left = MOST_LABOUR

    def spend(self, *worked: Polynomial, power: int = 3) -> None:
        """The work of remainders of these; of products for ``power`` 2. Raises ValueError where it becomes too much."""
        for p in worked:
            bits = max((x.numerator.bit_length() + x.denominator.bit_length() for x in p), default=0)
            self.left -= len(p) ** power * (4 if power == 3 else 1) * (1 + bits // 500)
        if self.left < 0:
            raise ValueError("the formulas take more arithmetic than is done for one certificate")


class _Reader:
    """Formulas of numbers, names, ``+ - * /`` and powers by whole numbers; anything else raises ValueError."""

    def __init__(self, own: str, known: Mapping[str, Fraction], labour: _Labour) -> None:
        self.own, self.known, self.labour = own, known, labour

    def payoff(self, text: Any) -> _Quotient:
        if not isinstance(text, str) or len(text) > LONGEST:
            raise ValueError(f"a formula is a text of at most {LONGEST} characters")
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, RecursionError, MemoryError):
            raise ValueError(f"{text[:80]!r} is no formula") from None
        self.text = text.strip()
        return self._of(tree)

    def _of(self, node: ast.expr) -> _Quotient:
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return self._constant(self._literal(node))
            case ast.Name(id=name) if name == self.own:
                return _Quotient([Fraction(0), ONE], [ONE])
            case ast.Name(id=name) if name in self.known:
                return self._constant(self.known[name])
            case ast.UnaryOp(op=ast.USub(), operand=part):
                a = self._of(part)
                return _Quotient([-x for x in a.top], a.bottom, a.divisions)
            case ast.UnaryOp(op=ast.UAdd(), operand=part):
                return self._of(part)
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return self._power(self._of(left), self._of(right))
            case ast.BinOp():
                return self._chain(node)
            case _:
                raise ValueError(f"{ast.unparse(node)[:80]!r} is more than numbers, known names, + - * / and whole powers")

    def _chain(self, node: ast.expr) -> _Quotient:
        """``a + b - c ...`` from the left, however long it is."""
        steps: list[tuple[ast.operator, ast.expr]] = []
        while isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Pow):
            steps.append((node.op, node.right))
            node = node.left
        result = self._of(node)
        for sign, right in reversed(steps):
            result = self._binary(result, sign, self._of(right))
        return result

    @staticmethod
    def _constant(x: Fraction) -> _Quotient:
        return _Quotient([x] if x else [], [ONE])

    def _literal(self, node: ast.Constant) -> Fraction:
        """The number as it is written: 0.1 is one tenth."""
        written = ast.get_source_segment(self.text, node) or ""
        if not _LITERAL.fullmatch(written):
            raise ValueError(f"{written[:80]!r} is not a number of the kind that is read")
        return Fraction(written)

    def _binary(self, a: _Quotient, sign: ast.operator, b: _Quotient) -> _Quotient:
        divisions = tuple(a.divisions) + tuple(d for d in b.divisions if d not in a.divisions)
        if len(divisions) > MOST_DIVISIONS:
            raise ValueError(f"over {MOST_DIVISIONS} different divisions by amounts are not read")
        self.labour.spend(a.top, a.bottom, b.top, b.bottom, power=2 if len(a.bottom) == len(b.bottom) == 1 else 3)
        match sign:
            case ast.Add() | ast.Sub():
                factor = 1 if isinstance(sign, ast.Add) else -1
                if a.bottom == b.bottom:
                    return _lowest(added(a.top, b.top, factor), a.bottom, divisions)
                over = added(multiplied(a.top, b.bottom), multiplied(b.top, a.bottom), factor)
                return _lowest(over, multiplied(a.bottom, b.bottom), divisions)
            case ast.Mult():
                return _lowest(multiplied(a.top, b.top), multiplied(a.bottom, b.bottom), divisions)
            case ast.Div():
                new = () if len(b.top) == 1 else ((a.top, b.top),)
                return _lowest(multiplied(a.top, b.bottom), multiplied(a.bottom, b.top), divisions + new)
            case _:
                raise ValueError(f"{type(sign).__name__} is not an operation that is read")

    def _power(self, base: _Quotient, exponent: _Quotient) -> _Quotient:
        if len(exponent.top) > 1 or len(exponent.bottom) > 1 or exponent.divisions:
            raise ValueError("a power by an amount is not read")
        k = exponent.top[0] if exponent.top else Fraction(0)
        if k.denominator != 1 or abs(k) > LARGEST_POWER:
            raise ValueError(f"a power by {str(k)[:40]} is not read; whole numbers up to {LARGEST_POWER} are")
        result = _Quotient([ONE], [ONE], base.divisions)
        for _ in range(abs(int(k))):
            result = self._binary(result, ast.Mult(), base)
        return result if k >= 0 else self._binary(self._constant(ONE), ast.Div(), result)


def written_number(x: object) -> Fraction:
    """An integer, a text ``"p/q"`` or a decimal one, or a float, which is the binary fraction it is."""
    if isinstance(x, float) and isfinite(x):
        return Fraction(x)
    if isinstance(x, str) and len(x) <= 2 * MOST_DIGITS and _WRITTEN.fullmatch(x):
        return Fraction(x)
    if isinstance(x, int) and not isinstance(x, bool) and x.bit_length() <= 4 * MOST_DIGITS:
        return Fraction(x)
    raise TypeError(f"{str(x)[:40]!r} is not a number")


def _interval(ends: Any) -> tuple[End, End]:
    if not isinstance(ends, list | tuple):
        raise TypeError("bounds are a list of two")
    low, high = ends
    return None if low is None else written_number(low), None if high is None else written_number(high)


def _flat(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


__all__ = ["smooth_claims", "written_number"]
