"""Re-reading values and a policy of a controlled chain: the Bellman residual anew, in whole numbers, and the bounds that follow from it.

Floats in the certificate are the binary fractions that they are, so nothing is rounded here. The bounds are for the chain as written:
a state on a grid is one whose value is interpolated between grid points, and nothing is said about the problem without a grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from ...games.message import say
from .reread import Claims, real, reals
from .sizes import common_denominator, whole

MOST_ROWS = 10_000_000  # states times controls
MOST_LABOUR = 6_000_000_000  # rows times bits of the numbers in them

Row = tuple[Sequence[int | Fraction], int]  # what each control is worth in one state, given the values afterwards, in parts of a unit


def bellman_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every figure of a ``bellman`` certificate."""
    game, values, policy = certificate["game"], reals(certificate["values"]), certificate["policy"]
    modulus, rows = _FORMS[game["form"]](game, values)
    yield say("the discount factor is at least 0 and less than 1"), real(game["discount"]) >= 0 and modulus < 1
    residual, gap, near = Fraction(0), Fraction(0), list[tuple[Fraction, Fraction | None]]()
    for (row, scale), value, u in zip(rows, values, policy, strict=True):
        best, taken = Fraction(max(row)) / scale, Fraction(row[_place(u, len(row))]) / scale
        others = [*row[:u], *row[u + 1 :]]
        residual, gap = max(residual, abs(best - value)), max(gap, best - taken)
        near.append((best, Fraction(max(others)) / scale if others else None))
    claimed, missed = real(certificate["residual"]), real(certificate["gap"])
    yield say("there is a value and a control for each of {n} states", n=len(near)), 0 < len(near) == len(values) == len(policy)
    yield say("the values solve the Bellman equation up to {residual}", residual=claimed), residual <= claimed
    yield say("the policy's controls are best ones up to {gap}", gap=missed), gap <= missed
    right = _covers(certificate["error"], claimed / (1 - modulus), residual / (1 - modulus))
    yield say("bound on the values, residual / (1 - discount)"), right
    lost = [(2 * modulus * r + g) / (1 - modulus) for r, g in ((claimed, missed), (residual, gap))]
    yield say("bound on what the policy loses"), _covers(certificate["loss"], *lost)
    margin = 2 * modulus * residual / (1 - modulus)
    decided = sum(other is None or other < best - margin for best, other in near)
    yield say("in {n} states no other control can be best", n=certificate["decided"]), decided >= whole(certificate["decided"])
    if "falls" in certificate:
        yield from _falls(certificate)


def _covers(claimed: object, stated: Fraction, true: Fraction) -> bool:
    """Whether the bound given is that of the figures stated but for rounding, and never below that of the figures found here."""
    bound = real(claimed)
    return true <= bound and stated * (1 - Fraction(1, 10**9)) <= bound <= stated * (1 + Fraction(1, 10**9)) + Fraction(1, 10**9)


def _falls(certificate: Mapping[str, Any]) -> Claims:
    """Whether take-over and cultivation never rise with the state under the policy (the only best one where all states are decided)."""
    if certificate["game"]["form"] != "hand-over" or certificate["game"]["intervention"] != "free":
        raise ValueError("take-over and cultivation are the controls of the free hand-over only")
    steps = certificate["game"]["cultivations"]
    levels = {"intervention": [u // steps for u in certificate["policy"]], "cultivation": [u % steps for u in certificate["policy"]]}
    falls = {name: all(b <= a for a, b in pairwise(row)) for name, row in levels.items()}
    claimed = certificate["falls"]
    yield say("whether the take-over never rises with self-organisation"), falls["intervention"] == claimed["intervention"]
    yield say("whether the cultivation never rises with self-organisation"), falls["cultivation"] == claimed["cultivation"]


def _chain(game: Mapping[str, Any], values: Sequence[Fraction]) -> tuple[Fraction, Iterator[Row]]:
    """A chain written out: the modulus of contraction, and the rows."""
    beta = real(game["discount"])
    weights = [[reals(w) for w in row] for row in game["weights"]]
    for numbers in ((p for row in weights for w in row for p in w), values, (real(r) for row in game["rewards"] for r in row)):
        common_denominator(numbers)
    if any(p < 0 for row in weights for w in row for p in w):
        raise ValueError("a probability is negative")
    sums = [sum(w) for row in weights for w in row]
    if any(abs(total - 1) > Fraction(1, 10**9) for total in sums):
        raise ValueError("probabilities do not add up to 1")

    def rows() -> Iterator[Row]:
        for rewards, places, chances in zip(game["rewards"], game["successors"], weights, strict=True):
            yield (
                [
                    real(r) + beta * sum((p * values[_place(k, len(values))] for k, p in zip(places_u, w, strict=True)), start=Fraction(0))
                    for r, places_u, w in zip(rewards, places, chances, strict=True)
                ],
                1,
            )

    return beta * max(sums), rows()


def _place(k: object, size: int) -> int:
    if not isinstance(k, int) or isinstance(k, bool) or not 0 <= k < size:
        raise IndexError("no such state")
    return k


def _hand_over(game: Mapping[str, Any], values: Sequence[Fraction]) -> tuple[Fraction, Iterator[Row]]:
    """The hand-over between administration and self-government, from its parameters (the head of games/organisation/hand_over.py)."""
    p = {name: real(value) for name, value in game["parameters"].items()}
    size, beta = whole(game["states"], 2), real(game["discount"])
    cultivations, involvements = whole(game["cultivations"], 2), whole(game["interventions"], 2)
    if size != len(values) or size * cultivations * involvements > MOST_ROWS:
        raise ValueError(f"a value for each point of the grid is needed, and at most {MOST_ROWS} states times controls are read")
    if min(p.values()) < 0 or min(p["strain"], p["training"]) == 0 or max(p[name] for name in _SHARES) > 1:
        raise ValueError("a parameter is outside what it can be")
    grid = [Fraction(i, size - 1) for i in range(size)]
    v = [p["funds"] * m / (cultivations - 1) for m in range(cultivations)]
    taken = [p["cap"] * j / (involvements - 1) for j in range(involvements)]
    myopic = {"free": False, "myopic": True}[game["intervention"]]

    def interventions(s: Fraction) -> list[Fraction]:
        return [max(min((p["administration"] - p["autonomy"] * s) / p["strain"], p["cap"]), Fraction(0))] if myopic else taken

    trained = [-p["training"] * x * x / 2 for x in v]
    before = [[(p["administration"] * a + p["autonomy"] * s * (1 - a) - p["strain"] * a * a / 2) for a in interventions(s)] for s in grid]
    still = [
        [(s + p["growth"] * s * (1 - s) * (1 - p["crowding"] * a) - p["decay"] * s) * (size - 1) for a in interventions(s)] for s in grid
    ]
    taught = [[p["teaching"] * x * (1 - s) * (size - 1) for x in v] for s in grid]
    return beta, _on_grid(before, trained, still, taught, [beta * value for value in values])


def _on_grid(
    before: list[list[Fraction]], trained: list[Fraction], still: list[list[Fraction]], taught: list[list[Fraction]], ahead: list[Fraction]
) -> Iterator[Row]:
    """Rows of a chain whose reward and next place (in steps of the grid) are sums of a part of a and a part of v; all in whole numbers."""
    place = common_denominator(x for rows in (*still, *taught) for x in rows)
    money = common_denominator(x for rows in (*before, trained, ahead) for x in rows)
    largest = max(abs(x.numerator).bit_length() for rows in (*before, trained, ahead, *still, *taught) for x in rows)
    if len(before) * len(before[0]) * len(trained) * (place.bit_length() + money.bit_length() + largest) > MOST_LABOUR:
        raise ValueError("numbers with so many digits are not read for so many states and controls")
    worth = [x.numerator * (money // x.denominator) for x in ahead]
    at, last, scale = [w * place for w in worth], len(ahead) - 1, money * place
    slope = [b - a for a, b in pairwise(worth)] + [0]
    end = last * place
    costs = [x.numerator * (money // x.denominator) * place for x in trained]
    for rewards, bases, steps in zip(before, still, taught, strict=True):
        moves = [x.numerator * (place // x.denominator) for x in steps]
        row: list[int] = []
        for reward, base in zip(rewards, bases, strict=True):
            gain, start = reward.numerator * (money // reward.denominator) * place, base.numerator * (place // base.denominator)
            for cost, move in zip(costs, moves, strict=True):
                k, rest = divmod(min(max(start + move, 0), end), place)
                row.append(gain + cost + at[k] + slope[k] * rest)
        yield row, scale


_SHARES = ("growth", "crowding", "teaching", "decay", "cap", "funds")
_FORMS = {"chain": _chain, "hand-over": _hand_over}
