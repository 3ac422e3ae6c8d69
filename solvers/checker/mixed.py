"""The part of the checker for mixed equilibria of several players: every equilibrium proved, and that there is no other.

An irrational equilibrium is given by a box in fractions; the box is proved to hold exactly one solution of the indifference
equations of its supports (Krawczyk 1969). That no other exists is proved by cutting the mixtures of every combination of supports
into pieces until each piece is empty (some form has one sign at all its corners) or holds one solution at most, a listed one.
Everything is computed in integers and fractions; nothing is shared with the code that found the equilibria.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import lcm, prod
from typing import Any

from ...games.message import say
from .equilibria import Table
from .equilibria import _mixed as mixed_claims  # pyright: ignore[reportPrivateUsage]
from .reread import Claims, real, reals

MOST_PIECES = 3000  # pieces that completeness may take
SHORTEST = Fraction(1, 2**14)  # edges of a piece that is given up
MOST_COMBINATIONS = 250  # combinations of supports
Supports = tuple[tuple[int, ...], ...]
Blocks = list[list[Fraction]]  # by mixing player, probabilities over its support


def mixed_equilibria_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about mixed equilibria of any number of players."""
    table = Table(certificate["game"])
    yield say("the concept is known to the checker"), certificate["concept"] == "nash"
    boxes = {box["equilibrium"]: box for box in certificate["boxes"]}
    roots: list[tuple[Supports, Blocks, Fraction]] = []
    for number, entry in enumerate(certificate["equilibria"]):
        profile = [reals(mix) for mix in entry["profile"]]
        yield from mixed_claims(entry, profile, table)
        if number in boxes:
            box = boxes[number]
            centre, radius = [reals(mix) for mix in box["centre"]], real(box["radius"])
            chosen, blocks = _split(centre)
            near = [
                abs(p - q) <= Fraction(1, 2**50) for mix, true in zip(profile, centre, strict=True) for p, q in zip(mix, true, strict=True)
            ]
            yield say("the floats are those of the box"), all(near)
            yield say("the box holds exactly one equilibrium"), _proved(table, chosen, blocks, radius)
        elif any(isinstance(p, float) for mix in entry["profile"] for p in mix):
            yield say("a rounded equilibrium of a complete list has its box"), not certificate["complete"]
            continue
        else:
            chosen, blocks, radius = *_split(profile), Fraction(0)
            exactly = all(form.at(blocks) == 0 for form in Equations(table, chosen).equal)
            yield say("an equilibrium in fractions is one to the last digit"), exactly or not table.exact
        roots.append((chosen, blocks, radius))
    keys = [str(entry["profile"]) for entry in certificate["equilibria"]]
    yield say("there is no profile twice"), len(set(keys)) == len(keys) and all(_apart(*pair) for pair in combinations(roots, 2))
    if certificate["complete"]:
        edges = [_edge(entry) for entry in certificate["edges"]]
        true = all(_on_edge(Equations(table, chosen), x) for chosen, x in edges)
        yield say("solutions on the edge of their supports are such"), true
        known = [*roots, *((chosen, x, Fraction(0)) for chosen, x in edges)]
        yield say("no other combination of mixtures is an equilibrium"), table.exact and true and nothing_else(table, known)


def _edge(entry: Mapping[str, Any]) -> tuple[Supports, Blocks]:
    return tuple(map(tuple, entry["supports"])), [reals(mix) for mix in entry["point"]]


def _on_edge(system: Equations, blocks: Blocks) -> bool:
    """Whether a point whose blocks sum to 1 solves the equations and is none of the mixtures with all of the support."""
    shaped = [len(mix) for mix in blocks] == system.sizes and all(sum(mix) == 1 for mix in blocks)
    return shaped and any(min(mix) <= 0 for mix in blocks) and all(form.at(blocks) == 0 for form in system.equal)


def _apart(one: tuple[Supports, Blocks, Fraction], other: tuple[Supports, Blocks, Fraction]) -> bool:
    """Whether two equilibria differ: in their supports, or by more than their boxes are wide."""
    far = (abs(p - q) > one[2] + other[2] for a, b in zip(one[1], other[1]) for p, q in zip(a[1:], b[1:]))
    return one[0] != other[0] or any(far)


def _split(profile: Sequence[Sequence[Fraction]]) -> tuple[Supports, Blocks]:
    """Supports of all players, and the mixtures of those who mix."""
    chosen = tuple(tuple(a for a, p in enumerate(mix) if p) for mix in profile)
    return chosen, [[mix[a] for a in S] for mix, S in zip(profile, chosen) if len(S) > 1]


class Form:
    """A multilinear function: ``flat`` values over the corners of the blocks it depends on, ``sizes[j]`` corners each."""

    def __init__(self, flat: list[int], blocks: list[int], sizes: Sequence[int]) -> None:
        self.flat, self.blocks, self.sizes = flat, blocks, sizes

    def strides(self) -> list[int]:
        """By block depended on, how far apart neighbours along it stand in ``flat``."""
        return [prod(self.sizes[j] for j in self.blocks[k + 1 :]) for k in range(len(self.blocks))]

    def at(self, x: Sequence[Sequence[Any]]) -> Any:
        """The value at mixtures x."""
        values: list[Any] = list(self.flat)
        for j in reversed(self.blocks):
            s = self.sizes[j]
            values = [sum(p * v for p, v in zip(x[j], values[k : k + s])) for k in range(0, len(values), s)]
        return values[0]

    def along(self, block: int, weights: Sequence[int]) -> Form:
        """The block contracted with integer weights."""
        if block not in self.blocks:
            return Form([v * sum(weights) for v in self.flat], self.blocks, self.sizes)
        stride, s = self.strides()[self.blocks.index(block)], self.sizes[block]
        starts = [k for k in range(len(self.flat)) if k // stride % s == 0]
        flat = [sum(w * self.flat[k + r * stride] for r, w in enumerate(weights)) for k in starts]
        return Form(flat, [j for j in self.blocks if j != block], self.sizes)

    def mapped(self, block: int, matrix: Sequence[Sequence[int]]) -> Form:
        """The values at new corners of a block, integer combinations of the old ones (all forms may be scaled alike)."""
        if block not in self.blocks:
            return self
        stride, s = self.strides()[self.blocks.index(block)], self.sizes[block]
        flat = list(self.flat)
        for k in range(len(flat)):
            base = k - (k // stride % s) * stride
            flat[k] = sum(w * self.flat[base + r * stride] for r, w in enumerate(matrix[k // stride % s]) if w)
        return Form(flat, self.blocks, self.sizes)

    def spread(self, everything: Sequence[int]) -> list[int]:
        """The values over the corners of all blocks."""
        strides = dict(zip(self.blocks, self.strides()))
        return [self.flat[sum(strides.get(j, 0) * r for j, r in enumerate(corner))] for corner in product(*map(range, everything))]


class Equations:
    """What mixtures with the supports ``chosen`` must satisfy: forms ``equal`` to 0 and forms ``most`` 0."""

    def __init__(self, table: Table, chosen: Supports) -> None:
        mixing = [i for i, S in enumerate(chosen) if len(S) > 1]
        self.sizes = [len(chosen[i]) for i in mixing]
        self.equal: list[Form] = []
        self.most: list[Form] = []
        for i, S in enumerate(chosen):
            others = [(0,) if k == i else T for k, T in enumerate(chosen)]
            blocks = [mixing.index(k) for k in mixing if k != i]
            cases = list(product(*others))
            for a in range(table.shape[i]):
                if a == S[0]:
                    continue
                exact = [table.payoff(i, _put(c, i, a)) - table.payoff(i, _put(c, i, S[0])) for c in cases]
                scale = lcm(*(x.denominator for x in exact))
                form = Form([int(x * scale) for x in exact], blocks, self.sizes)
                (self.equal if a in S else self.most).append(form)


def _put(profile: Sequence[int], player: int, action: int) -> tuple[int, ...]:
    return (*profile[:player], action, *profile[player + 1 :])


def _slopes(form: Form, sizes: Sequence[int]) -> Iterator[Form]:
    """Derivatives by all entries of all blocks but the first ones."""
    for j, s in enumerate(sizes):
        for k in range(1, s):
            weights = [0] * s
            weights[0], weights[k] = -1, 1
            yield form.along(j, weights)


def _inverse(matrix: Sequence[Sequence[Fraction]]) -> list[list[Fraction]] | None:
    n = len(matrix)
    rows = [[*map(Fraction, row), *(Fraction(int(k == r)) for k in range(n))] for r, row in enumerate(matrix)]
    for c in range(n):
        place = next((r for r in range(c, n) if rows[r][c]), None)
        if place is None:
            return None
        rows[c], rows[place] = rows[place], rows[c]
        rows[c] = [x / rows[c][c] for x in rows[c]]
        for r in range(n):
            if r != c and rows[r][c]:
                rows[r] = [x - rows[r][c] * y for x, y in zip(rows[r], rows[c])]
    return [row[n:] for row in rows]


def _proved(table: Table, chosen: Supports, x: Blocks, radius: Fraction) -> bool:
    """Whether the box round x holds exactly one solution, inside the simplices, at which no other action pays more."""
    system = Equations(table, chosen)
    sizes = system.sizes
    if len(system.equal) != sum(s - 1 for s in sizes) or radius <= 0 or any(sum(mix) != 1 for mix in x):
        return False
    if any(min(mix) <= radius * (s - 1) for mix, s in zip(x, sizes)):
        return False
    growth = prod((1 + 2 * (s - 1) * radius for s in sizes), start=Fraction(1)) - 1
    J = [[slope.at(x) for slope in _slopes(form, sizes)] for form in system.equal]
    Y = _inverse(J)
    if Y is None:
        return False
    F = [form.at(x) for form in system.equal]
    drift = [2 * growth * max(map(abs, form.flat)) for form in system.equal]
    for row in Y:  # Y J(x) is the identity exactly, so only the drift over the box remains
        off = abs(sum(y * f for y, f in zip(row, F))) + sum(abs(y) * d for y, d in zip(row, drift)) * radius * len(J)
        if off >= radius:
            return False
    tied = [form.spread(sizes) for form in system.equal]
    return all(form.at(x) < -growth * max(map(abs, form.flat)) or _follows(form.spread(sizes), tied) for form in system.most)


def _follows(row: Sequence[int], others: Sequence[Sequence[int]]) -> bool:
    """Whether a form is a linear combination of others, and so 0 where they are."""
    basis: list[tuple[int, list[Fraction]]] = []
    for index, given in enumerate((*others, row)):
        rest = list(map(Fraction, given))
        for pivot, base in basis:
            rest = [x - rest[pivot] / base[pivot] * y for x, y in zip(rest, base)]
        lead = next((k for k, v in enumerate(rest) if v), None)
        if index == len(others):
            return lead is None
        if lead is not None:
            basis.append((lead, rest))
    return False


def nothing_else(table: Table, known: Sequence[tuple[Supports, Blocks, Fraction]], most: int = MOST_PIECES) -> bool:
    """Whether the equilibria ``known`` (supports, mixtures, radius of the box) are proved to be all, in so many pieces."""
    every = [[S for size in range(1, k + 1) for S in combinations(range(k), size)] for k in table.shape]
    if prod(map(len, every)) > MOST_COMBINATIONS:
        return False
    left = most
    for chosen in product(*every):
        here = [(x, radius) for supports, x, radius in known if supports == chosen]
        used = _search(Equations(table, chosen), here, left)
        if used is None:
            return False
        left -= used
    return True


class _Piece:
    """A product of simplices: integer ``corners[j][r]`` over ``scale[j]``, and the forms by their values there, up to a factor."""

    def __init__(self, corners: list[list[list[int]]], scale: list[int], equal: list[Form], most: list[Form]) -> None:
        self.corners, self.scale, self.equal, self.most = corners, scale, equal, most


def _search(system: Equations, known: list[tuple[Blocks, Fraction]], most: int) -> int | None:
    """How many pieces it took to show that only the ``known`` solutions exist; None if it could not be shown."""
    sizes = system.sizes
    corners = [[[int(a == r) for a in range(s)] for r in range(s)] for s in sizes]
    stack, used = [_Piece(corners, [1] * len(sizes), system.equal, system.most)], 0
    while stack:
        piece, used = stack.pop(), used + 1
        if used > most:
            return None
        if any(_signed(f, piece) for f in piece.equal) or any(min(f.flat) >= 0 and _signed(f, piece) for f in piece.most):
            continue
        if not sizes:
            if not known:
                return None  # a pure equilibrium that is not listed
            continue
        if len(piece.equal) == sum(s - 1 for s in sizes) and _done(piece, sizes, known):
            continue
        halves = _halves(piece, sizes)
        if halves is None:
            return None
        stack += halves
    return used


def _signed(form: Form, piece: _Piece) -> bool:
    """Whether a form has one strict sign at all points of the piece inside the simplices (see the covers of corners)."""
    low, high = min(form.flat), max(form.flat)
    if low > 0 or high < 0:
        return True
    if low < 0 < high or low == high == 0:
        return False
    covers = [_covers(piece.corners[j]) for j in form.blocks]
    strides = form.strides()
    return all(any(form.flat[sum(r * t for r, t in zip(corner, strides))] for corner in product(*chosen)) for chosen in product(*covers))


def _covers(corners: list[list[int]]) -> list[tuple[int, ...]]:
    """Least sets of corners that leave no action without weight: a point inside puts weight on all of one of them."""
    found: list[tuple[int, ...]] = []
    for size in range(1, len(corners) + 1):
        for rows in combinations(range(len(corners)), size):
            if all(any(corners[r][a] for r in rows) for a in range(len(corners[0]))) and not any(set(f) <= set(rows) for f in found):
                found.append(rows)
    return found


def _done(piece: _Piece, sizes: list[int], known: list[tuple[Blocks, Fraction]]) -> bool:
    """Whether the piece is empty, or a wider one holds one solution at most and that is known."""
    wide = [[[(4 + s) * int(r == q) - 1 for q in range(s)] for r in range(s)] for s in sizes]
    forms = piece.equal
    for j, matrix in enumerate(wide):
        forms = [f.mapped(j, matrix) for f in forms]
    hulls = [[(min(f.flat), max(f.flat)) for f in _slopes(form, sizes)] for form in forms]
    Y = _inverse([[Fraction(low + high, 2) for low, high in row] for row in hulls])
    if Y is None:
        return False
    full = [f.spread(sizes) for f in piece.equal]
    narrow = Form([], list(range(len(sizes))), sizes)
    for row in _straight(piece, sizes) or Y:
        narrow.flat = [sum(y * v for y, v in zip(row, column)) for column in zip(*full)]  # type: ignore[misc]
        if _signed(narrow, piece):
            return True
    for row in Y:
        radius = sum(abs(y) * Fraction(high - low, 2) for y, hull in zip(row, hulls) for low, high in hull)
        if radius >= 1:  # |I - Y J| for all J in the hull: the middle gives the identity
            return False
    corners = [
        [[sum(w * c[a] for w, c in zip(weights, block)) for a in range(len(block))] for weights in matrix]
        for matrix, block in zip(wide, piece.corners)
    ]
    return any(_inside(x, radius, corners, [4 * t for t in piece.scale]) for x, radius in known)


def _straight(piece: _Piece, sizes: list[int]) -> list[list[Fraction]] | None:
    """The inverse of the middle of the Jacobian over the piece itself."""
    hulls = [[(min(f.flat), max(f.flat)) for f in _slopes(form, sizes)] for form in piece.equal]
    return _inverse([[Fraction(low + high, 2) for low, high in row] for row in hulls])


def _inside(x: Blocks, radius: Fraction, corners: list[list[list[int]]], scale: list[int]) -> bool:
    """Whether all points within ``radius`` of x lie in the simplices with these corners."""
    for mix, block, unit in zip(x, corners, scale):
        inverse = _inverse([[Fraction(corner[a], unit) for corner in block] for a in range(len(mix))])
        if inverse is None:
            return False
        reach = 2 * (len(mix) - 1) * radius
        for row in inverse:
            if sum(w * p for w, p in zip(row, mix)) < max(map(abs, row)) * reach:
                return False
    return True


def _halves(piece: _Piece, sizes: list[int]) -> list[_Piece] | None:
    """The piece cut in two at the middle of its longest edge; None if that is short already."""
    edges = [(j, r, q) for j, s in enumerate(sizes) for r, q in combinations(range(s), 2)]

    def length(edge: tuple[int, int, int]) -> Fraction:
        j, r, q = edge
        return Fraction(max(abs(a - b) for a, b in zip(piece.corners[j][r], piece.corners[j][q])), piece.scale[j])

    j, r, q = max(edges, key=length)
    if length((j, r, q)) < SHORTEST:
        return None
    result: list[_Piece] = []
    for new in (r, q):
        matrix = [[int(k in (r, q)) if row == new else 2 * int(k == row) for k in range(sizes[j])] for row in range(sizes[j])]
        corners = list(piece.corners)
        corners[j] = [[sum(w * c[a] for w, c in zip(weights, piece.corners[j])) for a in range(sizes[j])] for weights in matrix]
        scale = [2 * t if k == j else t for k, t in enumerate(piece.scale)]
        result.append(_Piece(corners, scale, [f.mapped(j, matrix) for f in piece.equal], [f.mapped(j, matrix) for f in piece.most]))
    return result
