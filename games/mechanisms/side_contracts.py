"""M-12, the least balanced side payments that make a profile a strict, dominant or strong equilibrium (ATLAS O-01, H-6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any, Literal

import numpy as np

from ..errors import InputError, NotApplicable, SizeError
from ..exact import Array, Number, frozen, number, zeros
from ..linear_program import maximise
from ..message import Message, say
from ..normal_form import NormalForm, Profile
from ..outcome_game import OutcomeGame
from ..parameters import amount, amounts
from ..siting import consent, subsets
from .mechanism import Claim, Knowledge, Outcome, accept
from .promises import Site, check_target, in_money, why_not_siting, why_not_target

LARGEST_PROGRAM = 200_000  # entries of a linear program solved in exact arithmetic
CONCEPTS = ("strict", "dominant", "strong")


@dataclass(frozen=True, eq=False)
class Terms:
    """The least contract: ``gross``, what is paid out on the target, and ``transfers`` (shape of the payoffs, money received).

    Infeasible contracts have ``gross`` None and no transfers. ``rows`` are the inequalities ``(coalition, kept, left, by)``: the coalition
    must get more by ``by`` in profile ``kept`` than in ``left``.
    """

    gross: Fraction | None
    transfers: Array | None
    rows: tuple[tuple[tuple[int, ...], Profile, Profile, Fraction], ...]


def least_contract(
    game: NormalForm,
    target: Profile,
    concept: str = "strict",
    margin: object = Fraction(1, 100),
    balanced: bool = True,
    reserve: object = 0,
    ends: Array | None = None,
    unpaid: int | None = None,
) -> Terms:
    """The side payments that make ``target`` an equilibrium of ``concept`` at the least gross cost on the target, exact (ATLAS O-01).

    ``"strict"``: every deviation costs the player ``margin``; ``"dominant"``: whatever the others do; ``"strong"``: every coalition loses
    it in sum, everybody together at least nothing. ``balanced`` payments sum to 0 in every profile; others come from outside and are
    not negative. On the target everybody gets at least ``reserve`` (one number or one a player; None: anything). Payments depend on
    the profile, or only on its end ``ends[profile]`` (whole numbers); at the end ``unpaid`` none are made. Deviations to the same end
    are free. Floats are taken for the binary fractions they are. Raises :class:`InputError`, :class:`SizeError`.
    """
    check_target(game, target)
    if concept not in CONCEPTS:
        raise InputError("{name}={value!r} is not known; one of {known}", name="concept", value=concept, known=list(CONCEPTS))
    by = Fraction(amount(margin, "margin", least=0))
    cells = np.arange(int(np.prod(game.shape))).reshape(game.shape) if ends is None else np.asarray(ends)
    if cells.shape != game.shape:
        raise InputError("ends of shape {given} must be of shape {shape}", given=cells.shape, shape=game.shape)
    program = _Program(game, target, cells, unpaid, balanced)
    _check_rows(game, concept, program)
    rows = tuple((S, a, b, m) for S, a, b, m in _demands(game, target, concept, by) if cells[a] != cells[b])
    return program.solved(rows, _reserves(reserve, len(game.players)))


def _reserves(reserve: object, n: int) -> list[Fraction] | None:
    if reserve is None:
        return None
    if isinstance(reserve, (list, tuple)):
        return [Fraction(x) for x in amounts(reserve, "reserve", n)]
    return [Fraction(number(reserve, "reserve"))] * n


def _demands(game: NormalForm, z: Profile, concept: str, by: Fraction) -> Iterator[tuple[tuple[int, ...], Profile, Profile, Fraction]]:
    """Who must get more where than where, and by how much."""
    n = len(game.shape)
    if concept == "dominant":
        for a in game.profiles():
            for i in range(n):
                if a[i] != z[i]:
                    yield (i,), (*a[:i], z[i], *a[i + 1 :]), a, by
        return
    for size in range(1, n + 1 if concept == "strong" else 2):
        for S in combinations(range(n), size):
            others = [[a for a in range(game.shape[i]) if a != z[i]] for i in S]
            for moves in product(*others):
                a = list(z)
                for i, move in zip(S, moves):
                    a[i] = move
                yield S, z, tuple(a), by if size < n or n == 1 else Fraction(0)


def _check_rows(game: NormalForm, concept: str, program: _Program) -> None:
    """Raises :class:`SizeError` before the program is written."""
    profiles, n = int(np.prod(game.shape)), len(game.shape)
    rows = {"strict": sum(game.shape) - n, "dominant": n * profiles, "strong": profiles}[concept]
    cells = min(rows + 1, len(np.unique(program.cells))) if concept == "strict" else len(np.unique(program.cells))
    entries = (rows + 2 * n) * (2 * n * cells + n)
    if entries > LARGEST_PROGRAM:
        raise SizeError("the program of side payments has {n} entries; at most {limit} fit", n=f"{entries:,}", limit=f"{LARGEST_PROGRAM:,}")


class _Program:
    """Minimise what is paid out on the target, over free payments by player and cell, written as differences, and gross_i >= 0."""

    def __init__(self, game: NormalForm, target: Profile, cells: Array, unpaid: int | None, balanced: bool) -> None:
        self.game, self.target, self.cells, self.unpaid, self.balanced = game, target, cells, unpaid, balanced
        self.n = len(game.shape)
        self.places: dict[tuple[int, int], int] = {}

    def money(self, player: int, profile: Profile) -> Fraction:
        """The payoff without payments."""
        return Fraction(self.game.money(self.game.table[(player, *profile)]))

    def solved(self, demands: Sequence[tuple[tuple[int, ...], Profile, Profile, Fraction]], reserve: list[Fraction] | None) -> Terms:
        """Solved as the dual: minimise c'x, A x >= b, x >= 0 with c >= 0."""
        rows: list[dict[tuple[int, int], int]] = []
        b: list[Fraction] = []
        for S, kept, left, by in demands:
            rows.append(self._sum(*((i, kept, 1) for i in S), *((i, left, -1) for i in S)))
            b.append(by + sum((self.money(i, left) - self.money(i, kept) for i in S), start=Fraction(0)))
        for i in range(self.n if reserve is not None else 0):
            rows.append(self._sum((i, self.target, 1)))
            b.append(reserve[i] - self.money(i, self.target))  # type: ignore[index]
        plain = len(rows)
        for i in range(self.n):
            rows.append(self._sum((i, self.target, -1)))
            b.append(Fraction(0))
        width = len(self.places)
        signs = (1, -1) if self.balanced else (1,)
        A = np.zeros((len(rows), len(signs) * width + self.n), dtype=object)
        for r, row in enumerate(rows):
            for key, weight in row.items():
                for k, sign in enumerate(signs):
                    A[r, k * width + self.places[key]] = sign * weight
        for i in range(self.n):
            A[plain + i, len(signs) * width + i] = 1
        c = np.array([Fraction(0)] * (len(signs) * width) + [Fraction(1)] * self.n, dtype=object)
        try:
            found = maximise(np.array(b, dtype=object), A.T, c)
        except InputError:  # the dual is unbounded
            return Terms(None, None, tuple(demands))
        paid = {key: found.y[k] - (found.y[width + k] if self.balanced else 0) for key, k in self.places.items()}
        return Terms(found.value, self._table(paid), tuple(demands))

    def _sum(self, *terms: tuple[int, Profile, int]) -> dict[tuple[int, int], int]:
        """A sum of payments by player and cell; the last player of a balanced contract pays what the others receive."""
        total: dict[tuple[int, int], int] = {}
        for i, profile, sign in terms:
            cell = int(self.cells[profile])
            if cell == self.unpaid:
                continue
            last = self.balanced and i == self.n - 1
            for j in range(self.n - 1) if last else (i,):
                total[j, cell] = total.get((j, cell), 0) + (-sign if last else sign)
        for key in total:
            self.places.setdefault(key, len(self.places))
        return total

    def _table(self, paid: dict[tuple[int, int], Fraction]) -> Array:
        table = np.empty((self.n, *self.game.shape), dtype=object)
        table[...] = Fraction(0)
        for (i, cell), amount_paid in paid.items():
            table[i][self.cells == cell] = amount_paid
        if self.balanced:
            table[-1] = -table[:-1].sum(axis=0)
        return frozen(table)


@dataclass(frozen=True)
class Contract:
    """M-12 on a normal form: the least side payments among the players that make ``target`` an equilibrium of ``concept``."""

    target: Profile
    concept: Literal["strict", "dominant", "strong"] = "strict"
    margin: Number = Fraction(1, 100)
    reserve: Number | None = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "target", tuple(int(a) for a in self.target))
        object.__setattr__(self, "margin", amount(self.margin, "margin", above=Fraction(0)))
        if self.concept not in CONCEPTS:
            raise InputError("{name}={value!r} is not known; one of {known}", name="concept", value=self.concept, known=list(CONCEPTS))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-12:profile"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("least side payments that make a profile an equilibrium")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The game, and binding contracts on what can be verified."""
        return (Knowledge.UTILITIES, Knowledge.VERIFIABLE, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-12."""
        return (Claim("budget-balanced", True, "sums to zero by construction"),)

    def refuses(self, game: object) -> Message | None:
        """It acts on normal forms that have the target, if there is such a contract."""
        return why_not_target(game, self.target)

    def transform(self, game: NormalForm) -> NormalForm:
        """The game with the payments. Raises :class:`NotApplicable` if no contract does it."""
        accept(self.refuses(game))
        terms = least_contract(game, self.target, self.concept, self.margin, reserve=self.reserve)
        if terms.transfers is None:
            raise NotApplicable("no balanced side payments make this profile a {concept} equilibrium", concept=self.concept)
        paid = terms.transfers if game.exact else terms.transfers.astype(np.float64)
        return NormalForm(in_money(game) + paid, game.players, game.actions)


@dataclass(frozen=True)
class SidePaymentContract:
    """M-12 on a siting: if the best site is built, those who gain pay those who must consent just enough that refusing costs ``margin``.

    Payments depend on the site alone, none at the status quo. Each payer pays in proportion to what it gains above what it needs, so
    nobody loses. Where the surplus is smaller than the margins, it is what they share.
    """

    margin: Number = Fraction(1, 100)

    def __post_init__(self) -> None:
        object.__setattr__(self, "margin", amount(self.margin, "margin", above=Fraction(0)))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-12"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("least contract: those who gain pay whoever must consent")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody's utilities, and binding contracts."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-12."""
        alone = "one host a site, one site a resident, and hosting is a loss to every host"
        return (
            Claim("budget-balanced", True, "sums to zero by construction"),
            Claim("efficient", True, "ATLAS M-12", "no grants"),
            Claim("individually-rational", True, "ATLAS O-01", "no grants"),
            Claim("unique-equilibrium-outcome", True, "refusing any other site is better for its host than hosting", alone),
            Claim("strategy-proof", False, "whoever is paid overstates its loss"),
            Claim("envy-free", False, "the host is left with the margin alone"),
        )

    def refuses(self, game: object) -> Message | None:
        """It acts on sitings in which somebody can refuse, and whose best site can be paid for out of its gains."""
        reason = why_not_siting(game)
        if reason is not None:
            return reason
        assert isinstance(game, OutcomeGame)
        at = Site.of(game)
        if at.site != game.status_quo and self._room(game, at) <= game.slack * game.residents:
            return say("what all gain at the best site does not cover what those who must consent can get elsewhere")
        return None

    @staticmethod
    def _room(game: OutcomeGame, at: Site) -> Any:
        """What is left at the best site when everybody has got its fallback."""
        return game.counts @ (game.utilities[:, at.site] - at.fallback)

    def payments(self, game: OutcomeGame) -> Array:
        """What each resident receives if the best site is built, by row; sums to 0 over residents."""
        accept(self.refuses(game))
        at = Site.of(game)
        if at.site == game.status_quo:
            return zeros(game.rows, like=game.utilities)
        u, asked = game.utilities[:, at.site], int(game.counts[at.asked].sum())
        least: Any = min(self.margin if game.exact else float(self.margin), self._room(game, at) / asked)
        spare = u - at.fallback - np.where(at.asked, least, 0 * least)
        short, over = np.where(spare < 0, -spare, 0 * spare), np.where(spare > 0, spare, 0 * spare)
        whole_spare = game.counts @ over
        return short - over * (game.counts @ short) / whole_spare if whole_spare > 0 else short

    def transform(self, game: OutcomeGame) -> OutcomeGame:
        """The game after the transfers at the best site."""
        transfers = self.payments(game)
        utilities, best = game.utilities.copy(), game.best
        if best != game.status_quo:
            utilities[:, best] = utilities[:, best] + transfers
        return game.with_utilities(frozen(utilities))

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The best site, for sure, and the transfers."""
        return Outcome(game.certain(game.best), self.payments(game))


def ends_of(game: OutcomeGame) -> tuple[NormalForm, Array, Profile]:
    """The consent game of a siting written out, the alternative that each profile ends in, and the profile in which those who must
    consent accept the best site and nobody accepts anything else. For :func:`least_contract` on sitings.
    """
    play = consent(game)
    form = play.normal_form()
    rows = [row for row, count in enumerate(game.counts) for _ in range(count)]
    ends = np.empty(form.shape, dtype=np.int64)
    for profile in form.profiles():
        ends[profile] = play.ending(profile, rows)
    site, target = play.priority[0], list[int]()
    for row in rows:
        held = play.holdings.get(row, ())
        wanted = frozenset({site}) if row in game.consent_set(site) else frozenset[int]()
        target.append(subsets(held).index(wanted))
    return form, ends, tuple(target)
