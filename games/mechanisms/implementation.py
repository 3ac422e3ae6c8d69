"""Payments that make a wanted profile happen: promises from outside, contracts among the players, and subsidies paid one after another.

* M-11, k-implementation (Monderer and Tennenholtz 2004): a promise V_i(a) >= 0 under which z_i is best whatever the others do. On z itself
  it costs k(z) = sum_i max_b [u_i(b, z_-i) - u_i(z)], so 0 exactly for equilibria; elsewhere it is never paid.
* M-12, the least balanced side payments that make z a strict, dominant or strong equilibrium: a linear program (ATLAS O-01, H-6).
* M-14, divide and conquer (Segal 2003; Winter 2004): subsidies under which everybody's contributing is the only equilibrium.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import Any, ClassVar, Literal

import numpy as np

from ..counted_game import RoleSymmetricGame, SymmetricGame
from ..errors import InputError, NotApplicable, SizeError
from ..exact import Array, Number, frozen, number, zeros
from ..linear_program import maximise
from ..message import Message, say
from ..normal_form import NormalForm, Profile
from ..outcome_game import OutcomeGame
from ..parameters import amount, amounts, whole
from ..siting import consent, subsets
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome

LARGEST_PROGRAM = 200_000  # entries of a linear program solved in exact arithmetic
MOST_IN_ORDER = 16  # players among whom the cheapest order is searched
CONCEPTS = ("strict", "dominant", "strong")

_NORMAL = say("needs a normal form")


def least_promise(game: NormalForm, target: Profile) -> tuple[Number, ...]:
    """What each player must be promised on ``target``: the most it gains by leaving it alone. Their sum is k(z)."""
    _check_target(game, target)
    return tuple(game.money(game.table[_own(game, i, target)].max() - game.table[(i, *target)]) for i in range(len(game.players)))


def _own(game: NormalForm, player: int, profile: Sequence[int]) -> Any:
    """The index of all payoffs that ``player`` can reach from ``profile`` alone."""
    return (player, *(slice(None) if k == player else a for k, a in enumerate(profile)))


def _check_target(game: NormalForm, target: Profile) -> None:
    if len(target) != len(game.shape) or not all(0 <= a < size for a, size in zip(target, game.shape)):
        raise InputError("target={target} is not a profile of a game with {sizes} actions", target=list(target), sizes=list(game.shape))


def _normal(game: object, target: Profile) -> Message | None:
    if not isinstance(game, NormalForm):
        return _NORMAL
    try:
        _check_target(game, target)
    except InputError as error:
        return error.message
    return None


@dataclass(frozen=True)
class Promise:
    """M-11 on a normal form: from outside, everybody is promised enough for its action in ``target`` to be best, whatever others do.

    With ``margin`` 0 the target action weakly dominates (it is strictly better except on the target); a positive margin makes it strict.
    """

    target: Profile
    margin: Number = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "target", tuple(int(a) for a in self.target))
        object.__setattr__(self, "margin", amount(self.margin, "margin", least=0))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-11:profile"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("a promise from outside that makes a profile dominant")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The game, a credible promise, and money from outside."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-11."""
        return (
            Claim("budget-balanced", False, "ATLAS 3G: outside money"),
            Claim("unique-equilibrium-outcome", True, "Monderer and Tennenholtz 2004", "a positive margin"),
        )

    def refuses(self, game: object) -> Message | None:
        """It acts on normal forms that have the target."""
        return _normal(game, self.target)

    def payments(self, game: NormalForm) -> Array:
        """V_i(a), the shape of the payoffs: never negative, and 0 wherever i does not play its part of the target."""
        reason = self.refuses(game)
        if reason is not None:
            raise NotApplicable(reason)
        table = _money(game)
        promised = zeros(table.shape, like=table)
        extra = Fraction(1) if game.exact else 1.0
        for i, action in enumerate(self.target):
            here = (i, *(slice(None) if k != i else action for k in range(len(self.target))))
            short = table[i].max(axis=i) - table[here]
            promised[here] = short + extra
            promised[(i, *self.target)] = least_promise(game, self.target)[i] + self.margin
        return frozen(promised)

    def transform(self, game: NormalForm) -> NormalForm:
        """The game with what is promised."""
        promised = self.payments(game)
        return NormalForm(_money(game) + promised, game.players, game.actions)


def _money(game: NormalForm) -> Array:
    """The payoffs as numbers."""
    if not game.exact:
        return game.table / game.denominator
    values = np.empty(game.table.size, dtype=object)
    values[:] = [game.money(x) for x in game.table.ravel()]
    return values.reshape(game.table.shape)


@dataclass(frozen=True, eq=False)
class Site:
    """What it takes that the best ``site`` (column) be built: by row what a resident can secure by refusing it, ``fallback`` (money), and
    who must consent to it, ``asked`` (bool).
    """

    site: int
    fallback: Array
    asked: Array

    @classmethod
    def of(cls, game: OutcomeGame) -> Site:
        """In the consent game in which those asked accept the best site, and nobody anything else.

        Whoever is asked can refuse, and open instead a site it alone has to consent to. A status quo that is best asks nobody.
        """
        fallback, asked = zeros(game.rows, like=game.utilities), np.zeros(game.rows, dtype=bool)
        site = game.best
        if site != game.status_quo:
            asked[list(game.consent_set(site))] = True
            for other in game.sites:
                group = game.consent_set(other)
                row = min(group)
                if other != site and len(group) == 1 and game.counts[row] == 1 and asked[row]:
                    fallback[row] = max(fallback[row], game.utilities[row, other])
        return cls(site, fallback, asked)


def _siting(game: object) -> Message | None:
    """Why payments for consent do not act on ``game``."""
    if not isinstance(game, OutcomeGame):
        return ONLY_OUTCOMES
    if game.stream is not None:
        return say("needs every resident's gains in memory")
    if not game.consented or not all(game.consent_set(site) for site in game.sites):
        return say("payments for consent need somebody who can refuse, and {regime} asks nobody", regime=game.rights.id)
    return None


@dataclass(frozen=True)
class KImplementation:
    """M-11 on a siting: from outside, whoever must consent to the best site is promised what refusing would gain, plus ``margin``.

    k(z) for the profile z of the consent game in which they accept that site and nobody accepts any other; off it nothing is paid.
    """

    played: ClassVar[str] = "promise"

    margin: Number = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "margin", amount(self.margin, "margin", least=0))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-11"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("whoever must consent is promised its loss from outside")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody's utilities, a credible promise, and money from outside."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-11 and 3G."""
        return (
            Claim("efficient", True, "ATLAS 3G"),
            Claim("individually-rational", True, "ATLAS 3G", "nobody without a veto is damaged"),
            Claim("budget-balanced", False, "ATLAS 3G: outside money"),
            Claim("no-deficit", False, "ATLAS 3G: outside money"),
            Claim("strategy-proof", False, "ATLAS M-11: whoever is paid overstates its loss"),
            Claim("envy-free", False, "ATLAS 3G"),
        )

    def refuses(self, game: object) -> Message | None:
        """It acts on sitings in which somebody can refuse every site."""
        return _siting(game)

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The best site and what those asked are paid, per resident; nobody else pays, so the funder does."""
        reason = self.refuses(game)
        if reason is not None:
            raise NotApplicable(reason)
        at = Site.of(game)
        short = at.fallback - game.utilities[:, at.site]
        paid = zeros(game.rows, like=game.utilities)
        paid[at.asked] = np.maximum(short[at.asked], 0 * short[at.asked]) + (self.margin if game.exact else float(self.margin))
        return Outcome(_certain(game, at.site), paid)


def _certain(game: OutcomeGame, site: int) -> Array:
    lottery = zeros(len(game.alternatives), like=game.utilities)
    lottery[site] = Fraction(1) if game.exact else 1.0
    return lottery


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
    _check_target(game, target)
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
        return _normal(game, self.target)

    def transform(self, game: NormalForm) -> NormalForm:
        """The game with the payments. Raises :class:`NotApplicable` if no contract does it."""
        reason = self.refuses(game)
        if reason is not None:
            raise NotApplicable(reason)
        terms = least_contract(game, self.target, self.concept, self.margin, reserve=self.reserve)
        if terms.transfers is None:
            raise NotApplicable("no balanced side payments make this profile a {concept} equilibrium", concept=self.concept)
        paid = terms.transfers if game.exact else terms.transfers.astype(np.float64)
        return NormalForm(_money(game) + paid, game.players, game.actions)


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
        reason = _siting(game)
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
        reason = self.refuses(game)
        if reason is not None:
            raise NotApplicable(reason)
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
        return Outcome(_certain(game, game.best), self.payments(game))


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


@dataclass(frozen=True)
class Subsidies:
    """Players in the ``order`` in which they are convinced, and what each is paid, ``amounts[i]`` for player i (margin not included)."""

    order: tuple[int, ...]
    amounts: tuple[Number, ...]

    @property
    def total(self) -> Number:
        """What they cost in all."""
        return sum(self.amounts, start=Fraction(0))


@dataclass(frozen=True)
class DivideAndConquer:
    """M-14: contributing (``action``) is paid for, to each what makes up for contributing after those convinced before, plus ``margin``.

    Where a contribution is worth more the more others contribute, all contribute in the only equilibrium, by iterated strict dominance.
    """

    margin: Number = Fraction(1, 100)
    action: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "margin", amount(self.margin, "margin", above=Fraction(0)))
        if self.action not in (0, 1):
            raise InputError("{name}={value!r} is not known; one of {known}", name="action", value=self.action, known=[0, 1])

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-14"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("subsidies paid one after another, until all contribute")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody's gains, a binding promise, and money from outside."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-14."""
        return (
            Claim("unique-equilibrium-outcome", True, "Segal 2003; Winter 2004", "a contribution is worth more the more contribute"),
            Claim("budget-balanced", False, "ATLAS M-14: outside money"),
            Claim("anonymous", False, "ATLAS M-14: players alike are paid unlike"),
        )

    def refuses(self, game: object) -> Message | None:
        """It acts on games of two actions a player in which contributions help one another."""
        if isinstance(game, OutcomeGame):
            return say("hosting is a task for one: promise the host its loss instead")
        if not isinstance(game, (NormalForm, RoleSymmetricGame)):
            return _NORMAL
        shape = game.shape if isinstance(game, NormalForm) else tuple(map(len, game.actions))
        if any(size != 2 for size in shape):
            return say("needs two actions a player: to contribute or not")
        n = len(shape) if isinstance(game, NormalForm) else game.n
        if n > MOST_IN_ORDER:
            return say("the cheapest order is searched among at most {most} players, not {n}", most=MOST_IN_ORDER, n=n)
        written = game if isinstance(game, NormalForm) else game.normal_form()
        if not _supermodular(_gains(written, self.action)):
            return say("needs a game in which a contribution is worth more the more others contribute")
        return None

    def subsidies(self, game: NormalForm | RoleSymmetricGame) -> Subsidies:
        """The cheapest order and payments: f(S) = min over i in S of f(S - i) + max(0, -gain of i after S - i), over all sets S."""
        reason = self.refuses(game)
        if reason is not None:
            raise NotApplicable(reason)
        written = game if isinstance(game, NormalForm) else game.normal_form()
        n, gains = len(written.shape), _gains(written, self.action)
        cost: list[Any] = [0] * 2**n
        last = [0] * 2**n
        for S in range(1, 2**n):
            tried = [(cost[S ^ 1 << i] + max(0, -gains[(i, *_without(S, i, n))]), i) for i in range(n) if S >> i & 1]
            cost[S], last[S] = min(tried)
        order: list[int] = []
        S = 2**n - 1
        while S:
            order.append(last[S])
            S ^= 1 << last[S]
        paid = [written.money(0)] * n
        done = 0
        for i in reversed(order):
            paid[i] = written.money(max(0, -gains[(i, *_without(done, i, n))]))
            done |= 1 << i
        return Subsidies(tuple(reversed(order)), tuple(paid))

    def transform(self, game: NormalForm | RoleSymmetricGame) -> NormalForm:
        """The game with the subsidies and the margin for whoever contributes."""
        paid = self.subsidies(game).amounts
        written = game if isinstance(game, NormalForm) else game.normal_form()
        table = _money(written).copy()
        for i, subsidy in enumerate(paid):
            here = (i, *(slice(None) if k != i else self.action for k in range(len(paid))))
            extra: Any = subsidy + (self.margin if written.exact else float(self.margin))
            table[here] = table[here] + extra
        return NormalForm(table, written.players, written.actions)


def _without(S: int, i: int, n: int) -> tuple[int, ...]:
    """By player, whether it is in S; player i's own entry 0."""
    return tuple(int(k != i and S >> k & 1) for k in range(n))


def _gains(game: NormalForm, action: int) -> Array:
    """What contributing gains each player, by who contributes (1) of the others, in units of 1 / denominator; own axis of length 1."""
    flipped = game.table if action == 1 else game.table[(slice(None), *[slice(None, None, -1)] * len(game.shape))]
    return np.stack([np.repeat(np.diff(flipped[i], axis=i), 2, axis=i) for i in range(len(game.shape))])


def _supermodular(gains: Array) -> bool:
    return all((np.diff(gains, axis=k + 1) >= 0).all() for k in range(gains.ndim - 1))


def subsidies_alike(game: SymmetricGame) -> tuple[Number, ...]:
    """M-14 among players alike, at any number: the k-th convinced gets max(0, -gain of contributing when k - 1 others do).

    Raises :class:`NotApplicable` unless there are two actions and contributions help one another.
    """
    if len(game.actions[0]) != 2:
        raise NotApplicable("needs two actions a player: to contribute or not")
    gain = game.table[1] - game.table[0]
    if (np.diff(gain) < 0).any():
        raise NotApplicable("needs a game in which a contribution is worth more the more others contribute")
    return tuple(max(game.money(0), game.money(-x)) for x in gain)


def rewards(technology: object, cost: object) -> tuple[tuple[Number, ...], Number]:
    """Winter's rewards for success: those (sorted) that make "all work" the only equilibrium, as an infimum, and the least equal one
    under which it is an equilibrium at all.

    ``technology[k]`` is the probability of success when k work, k = 0..n; each worker bears ``cost``. The k-th convinced gets
    c / (p(k) - p(k - 1)) (Winter 2004). Raises :class:`InputError` unless every worker adds to success, the later ones no less.
    """
    p, c = amounts(technology, "technology", least=Fraction(0)), amount(cost, "cost", least=0)
    steps = [b - a for a, b in pairwise(p)]
    if not steps or steps[0] <= 0 or any(b < a for a, b in pairwise(steps)):
        raise InputError("technology={value} must rise, and by no less from worker to worker", value=list(p))
    needed = sorted(c / step for step in steps)
    return tuple(needed), needed[0]


def broadcast_subsidies(n: int, closing: object = 1) -> tuple[Fraction, tuple[Fraction, ...]]:
    """The least subsidies that keep ``n`` players on the path from the root: their sum, and what each edge gets.

    Player k = 1..n stands k unit edges away from the root, users share the cost of an edge equally, and the last is joined to
    the root by an edge of cost ``closing`` that the design leaves out. Player k would rather go round over it unless
    sum_{j<=k} (1 - b_j) / (n - j + 1) <= closing + sum_{j>k} (1 - b_j) / (n - j + 2) (Augustine and others 2012). An exact linear program.
    """
    n, way = whole(n, "n"), Fraction(amount(closing, "closing", least=0))
    A = np.zeros((2 * n, n), dtype=object)
    b = np.zeros(2 * n, dtype=object)
    for k in range(1, n + 1):
        share = [Fraction(1, n - j + 1) if j <= k else -Fraction(1, n - j + 2) for j in range(1, n + 1)]
        A[k - 1], b[k - 1] = share, sum(share, start=Fraction(0)) - way
        A[n + k - 1, k - 1], b[n + k - 1] = -1, Fraction(-1)
    found = maximise(b, A.T, np.array([Fraction(1)] * n, dtype=object))
    return found.value, found.y
