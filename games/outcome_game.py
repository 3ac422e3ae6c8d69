"""Residents by alternatives, in money over the status quo: what sitings, votes and bargains are about.

Axes: rows are residents or kinds of residents (``counts`` says how many are alike), columns are alternatives, one of
which is the status quo (its column is zero). With U the gains, ``surplus[x]`` = sum_i counts_i U[i, x] - grants[x] is the
real surplus in closed accounting: whoever pays is counted (ATLAS 0.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from .errors import InputError, NotApplicable
from .exact import Array, Number, array, frozen, is_exact, number, slack_of
from .rights import HostConsent, Imposition, Liability, Quota, Rights, Unanimity

LARGEST_FLOAT = 1e100  # so that squares and sums stay finite
BLOCK = 100_000  # rows that are worked on at a time
LARGEST_TABLE = 20_000_000  # residents (kinds) x alternatives held in memory as floats (0.16 GB); above, utilities are streamed


@dataclass(frozen=True, eq=False)
class Parts:
    """What gains are made of: ``benefits - damages - fees``, each ``(rows, alternatives)``; ``costs`` and ``grants`` per alternative.

    ``costs`` is the whole cost of building, ``grants`` what the funder bears of it; residents' fees cover the rest.
    """

    benefits: Array
    damages: Array
    fees: Array
    costs: Array
    grants: Array

    @property
    def gains(self) -> Array:
        """The utilities over the status quo."""
        return self.benefits - self.damages - self.fees


@dataclass(frozen=True, eq=False)
class Stream:
    """Utilities too many to stand in memory: ``blocks()`` yields ``(counts, gains)`` for some residents at a time."""

    blocks: Callable[[], Iterator[tuple[Array, Array]]]
    rows: int
    residents: int


_NOT_ZERO = "utilities are gains over the status quo: column {name!r} must be zero"


def _default_names(columns: int, status_quo: int) -> tuple[str, ...]:
    """``x0`` for the status quo, the other columns numbered from 1."""
    names = [str(x + 1) for x in range(columns - 1)]
    return (*names[:status_quo], "x0", *names[status_quo:])


def _whole(counts: Sequence[int] | None, rows: int) -> Array:
    """``counts`` as int64. Raises :class:`InputError` for anything but whole numbers."""
    given = np.ones(rows, dtype=np.int64) if counts is None else np.asarray(counts)
    if given.dtype.kind not in "iu" or given.ndim != 1:
        raise InputError("counts must be whole numbers, one a row")
    return given.astype(np.int64)


def _check_shape(name: str, values: Array, shape: tuple[int, ...]) -> None:
    if np.shape(values) != shape:
        raise InputError("{name} of shape {given} must be of shape {shape}", name=name, given=np.shape(values), shape=shape)


class OutcomeGame:
    """``utilities`` of shape ``(rows, alternatives)`` (or a :class:`Stream`) in money over the status quo, with the rights regime.

    ``counts[i]`` residents are alike in row ``i``; ``grants[x]`` is what the funder (player 0) bears of alternative ``x``, and
    ``funder_weight`` the value it puts on one unit of surplus. ``parts`` splits the gains into benefit, damage and fee where
    known: mechanisms that compensate damage need it. Raises :class:`InputError` if shapes disagree, a number is not finite,
    or the status quo is not worth zero.
    """

    def __init__(
        self,
        utilities: object,
        alternatives: Sequence[str] | None = None,
        status_quo: int = 0,
        rights: Rights | None = None,
        *,
        players: Sequence[str] | None = None,
        counts: Sequence[int] | None = None,
        parts: Parts | None = None,
        grants: object = None,
        funder_weight: Number = Fraction(0),
    ) -> None:
        self.stream = utilities if isinstance(utilities, Stream) else None
        if self.stream is None:
            table = array(utilities)
            if table.ndim != 2 or not table.size:
                raise InputError(
                    "utilities must be a non-empty table of residents by alternatives, not of shape {shape}", shape=table.shape
                )
            self._table: Array | None = table
            rows, columns = table.shape
        else:
            self._table = None
            rows = self.stream.rows
            if alternatives is None:
                raise InputError("streamed utilities need the names of the alternatives")
            columns = len(alternatives)
        self.alternatives = tuple(alternatives) if alternatives is not None else _default_names(columns, status_quo)
        self.status_quo = int(status_quo)
        self.rights: Rights = Unanimity() if rights is None else rights
        self.players = tuple(players) if players is not None else tuple(str(i + 1) for i in range(rows)) if self.stream is None else ()
        self.counts: Array = frozen(_whole(counts, rows) if self.stream is None else np.zeros(0, np.int64))
        self.parts = parts
        self._slack: Number | None = None
        self.grants: Array = array([0] * columns if grants is None else grants, "grants")
        self.funder_weight = number(funder_weight, "funder_weight")
        self._check(rows, columns)
        self._one_kind()

    def _one_kind(self) -> None:
        """Make everything float if anything is: a sum of fractions and floats would be neither."""
        assessed = self.rights.assessed if isinstance(self.rights, Liability) else None
        given = [self._table, self.grants, assessed]
        if (
            all(values is None or is_exact(values) for values in given)
            and isinstance(self.funder_weight, Fraction)
            and self._table is not None
        ):
            return

        def floats(values: Array) -> Array:
            return frozen(values.astype(np.float64)) if is_exact(values) else values

        self.grants, self.funder_weight = floats(self.grants), float(self.funder_weight)
        if self._table is not None:
            self._table = floats(self._table)
        if assessed is not None:
            self.rights = Liability(floats(assessed))
        if self.parts is not None:
            p = self.parts
            self.parts = Parts(floats(p.benefits), floats(p.damages), floats(p.fees), floats(p.costs), floats(p.grants))

    def _check(self, rows: int, columns: int) -> None:
        if columns < 2:
            raise InputError("there must be at least one alternative beside the status quo")
        if len(self.alternatives) != columns or len(set(self.alternatives)) != columns:
            raise InputError(
                "{given} alternatives named for {columns} columns; every column needs one name of its own",
                given=len(self.alternatives),
                columns=columns,
            )
        if not 0 <= self.status_quo < columns:
            raise InputError("status_quo={value} is not a column from 0 to {last}", value=self.status_quo, last=columns - 1)
        _check_shape("grants", self.grants, (columns,))
        if isinstance(self.rights, HostConsent):
            self._check_consent(self.rights, rows, columns)
        if self._table is None:
            return
        if not is_exact(self._table) and np.abs(self._table).max() > LARGEST_FLOAT:
            raise InputError("gains above {limit} do not fit floats; give them exactly or in larger units", limit=f"{LARGEST_FLOAT:.0e}")
        if len(self.players) != rows or len(self.counts) != rows:
            raise InputError(
                "{players} players and {counts} counts for {rows} rows of utilities",
                players=len(self.players),
                counts=len(self.counts),
                rows=rows,
            )
        if (self.counts < 1).any():
            raise InputError("counts must be at least 1, not {value}", value=int(self.counts.min()))
        if (self._table[:, self.status_quo] != 0).any():
            raise InputError(_NOT_ZERO, name=self.alternatives[self.status_quo])
        if isinstance(self.rights, Liability):
            _check_shape("assessed", self.rights.assessed, (rows, columns))
        if self.parts is not None:
            for name in ("benefits", "damages", "fees"):
                _check_shape(name, getattr(self.parts, name), (rows, columns))
            _check_shape("costs", self.parts.costs, (columns,))
            if (self.parts.damages[:, self.status_quo] != 0).any():
                raise InputError("the status quo damages nobody: column {name!r} must be zero", name=self.alternatives[self.status_quo])

    def _check_consent(self, rights: HostConsent, rows: int, columns: int) -> None:
        if len(rights.consent) != columns:
            raise InputError("{given} consent sets for {columns} alternatives", given=len(rights.consent), columns=columns)
        for x, members in enumerate(rights.consent):
            wrong = next((row for row in members if not 0 <= row < rows), None)
            if wrong is not None:
                raise InputError(
                    "the consent set of {site} names row {row}; there are rows 0 to {last}",
                    site=self.alternatives[x],
                    row=wrong,
                    last=rows - 1,
                )

    def __repr__(self) -> str:
        return f"OutcomeGame({self.residents} residents, {len(self.alternatives)} alternatives, {self.rights.id})"

    @classmethod
    def from_parts(cls, parts: Parts, **options: Any) -> OutcomeGame:
        """The game whose utilities are the gains of ``parts``."""
        return cls(parts.gains, parts=parts, grants=parts.grants, **options)

    def with_utilities(self, utilities: object) -> OutcomeGame:
        """The same residents and rights with other gains, say after transfers; the split into parts no longer holds.

        What counts as rounding stays as it was: transfers can leave gains that are nothing but rounding.
        """
        game = OutcomeGame(utilities, rights=self.rights, **self._same())
        if game.exact or not self.exact:  # exact gains turned into floats have rounding of their own
            game._slack = self.slack
        return game

    def with_rights(self, rights: Rights) -> OutcomeGame:
        """The same residents and gains under other rights."""
        return OutcomeGame(self.stream or self.utilities, rights=rights, parts=self.parts, **self._same())

    def _same(self) -> dict[str, Any]:
        return {
            "alternatives": self.alternatives,
            "status_quo": self.status_quo,
            "players": self.players if self.stream is None else None,
            "counts": self.counts.tolist() if self.stream is None else None,
            "grants": self.grants,
            "funder_weight": self.funder_weight,
        }

    @property
    def utilities(self) -> Array:
        """Gains ``(rows, alternatives)``. Raises :class:`NotApplicable` when they are streamed."""
        if self._table is None:
            raise NotApplicable("the utilities of {n} residents are streamed and never stand in memory at once", n=self.residents)
        return self._table

    @property
    def exact(self) -> bool:
        """Whether all gains are rational numbers."""
        return self._table is not None and is_exact(self._table)

    @cached_property
    def residents(self) -> int:
        """How many residents there are, kinds counted in full."""
        return self.stream.residents if self.stream is not None else int(self.counts.sum())

    @property
    def rows(self) -> int:
        """How many rows of residents there are, kinds counted once."""
        return self.stream.rows if self.stream is not None else len(self.players)

    @property
    def sites(self) -> tuple[int, ...]:
        """The columns that are not the status quo."""
        return tuple(x for x in range(len(self.alternatives)) if x != self.status_quo)

    def blocks(self) -> Iterator[tuple[Array, Array]]:
        """``(counts, gains)`` for at most ``BLOCK`` rows at a time."""
        if self.stream is None:
            for first in range(0, self.rows, BLOCK):
                yield self.counts[first : first + BLOCK], self.utilities[first : first + BLOCK]
            return
        for counts, gains in self.stream.blocks():
            if len(counts):
                if (gains[:, self.status_quo] != 0).any():
                    raise InputError(_NOT_ZERO, name=self.alternatives[self.status_quo])
                yield counts, gains

    @cached_property
    def slack(self) -> Number:
        """How far apart two gains of one resident may be and still count as equal: 0 in exact games, 1e-9 of the largest gain
        in games given in floats. Sums over residents may differ by ``residents`` times as much."""
        if self._slack is not None:
            return self._slack
        assessed = slack_of(self.rights.assessed) if isinstance(self.rights, Liability) else Fraction(0)
        return max(assessed, slack_of(self.grants) / self.residents, self._gone_through[1])

    @cached_property
    def surplus(self) -> Array:
        """W(x) for every alternative, shape ``(alternatives,)``, money; what the funder bears is taken off."""
        return frozen(self._gone_through[0] - self.grants)

    @cached_property
    def _gone_through(self) -> tuple[Array, Number]:
        """Total gains by alternative and the slack of the gains, in one pass: the blocks of a stream are made anew each time."""
        total: Array = np.zeros(len(self.alternatives), dtype=int)
        slack: Number = Fraction(0)
        for counts, gains in self.blocks():
            total, slack = total + counts @ gains, max(slack, slack_of(gains))
        return total, slack

    @cached_property
    def best(self) -> int:
        """The alternative with the largest surplus."""
        return self.largest(self.surplus, self.slack * self.residents)

    def largest(self, values: Array, slack: Number) -> int:
        """The alternative with the largest of ``values``, up to ``slack``; the status quo, then the lowest index, wins ties."""
        top = max(values) - slack
        return max(range(len(self.alternatives)), key=lambda x: (values[x] >= top, x == self.status_quo, -x))

    def payoffs(self, alternative: int) -> Array:
        """Each row's gain when ``alternative`` (column) is chosen."""
        return self.utilities[:, alternative]

    @property
    def most(self) -> Number:
        """The largest surplus of any alternative."""
        return max(self.surplus)

    def certain(self, alternative: int) -> Array:
        """The lottery that chooses ``alternative`` for sure, in the kind of number of the gains."""
        lottery = np.full(len(self.alternatives), Fraction(0) if self.exact else 0.0, dtype=object if self.exact else np.float64)
        lottery[alternative] = Fraction(1) if self.exact else 1.0
        return lottery

    def worth(self, player: int, outcome: Any) -> Number:
        """What an outcome (``lottery`` over alternatives, ``transfers``) is worth to a resident of row ``player``."""
        return self.utilities[player] @ outcome.lottery + outcome.transfers[player]

    def welfare(self, outcome: Any) -> Number:
        """The expected surplus of an outcome; money that changes hands cancels."""
        return self.surplus @ outcome.lottery

    def consent_set(self, alternative: int) -> frozenset[int]:
        """The rows that hold a veto over ``alternative`` under host consent or unanimity; empty under other regimes."""
        return self._consent_sets[alternative]

    @cached_property
    def _consent_sets(self) -> tuple[frozenset[int], ...]:
        columns = range(len(self.alternatives))
        if isinstance(self.rights, (Quota, Imposition, Liability)):
            return tuple(frozenset[int]() for _ in columns)
        if isinstance(self.rights, HostConsent):
            return tuple(frozenset[int]() if x == self.status_quo else frozenset(self.rights.consent[x]) for x in columns)
        everybody = frozenset(range(self.rows))
        return tuple(frozenset[int]() if x == self.status_quo else everybody for x in columns)

    @property
    def consented(self) -> bool:
        """Whether residents are asked: host consent or unanimity."""
        return isinstance(self.rights, (HostConsent, Unanimity))

    @cached_property
    def hosts(self) -> tuple[int, ...] | None:
        """``hosts[k]`` = the one resident of site ``sites[k]`` who alone bears its damage; None unless it is so everywhere.

        That is the canonical siting of the auctions: one site a resident, damage at one's own site only.
        """
        if self.parts is None or (self.counts != 1).any():
            return None
        hosts: list[int] = []
        for site in self.sites:
            harmed = np.flatnonzero(self.parts.damages[:, site] != 0)
            owners = self.consent_set(site) if isinstance(self.rights, HostConsent) else frozenset(harmed.tolist())
            if len(owners) != 1 or not set(harmed.tolist()) <= owners:
                return None
            hosts.extend(owners)
        return tuple(hosts) if len(set(hosts)) == len(hosts) == len(self.players) else None
