"""DL-7, opinions that move: DeGroot (1974), Friedkin and Johnsen (1990), and what talk does to a profile of preferences.

x(t+1) = Lambda W x(t) + (I - Lambda) x(0): resident i takes the average of the opinions that it listens to (row i of ``W``, summing to
1) with weight lambda_i, its susceptibility, and holds on to its first opinion with the rest. With all lambda_i = 1 it is DeGroot's model.
Read backwards, a walker goes from i to whom i listens to, and stops with chance 1 - lambda at each: the limit weights are where it stops.

An opinion here may be the *encompassing weight* beta_i: how much resident i counts everybody's surplus beside its own gain,
(1 - beta_i) u_i + beta_i W. ``Persuasion`` is that talk as a rule for siting. Proximity to single-peakedness and the restructuring of
preferences (List, Luskin, Fishkin and McLean 2013) stand in :mod:`.structure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd
from typing import Any

import numpy as np

from ..errors import InputError, NotApplicable, SizeError
from ..exact import Array, Number, array, frozen, is_exact, zeros
from ..mechanisms.mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import amount, amounts
from ..rights import Liability
from ..siting import by_surplus
from .arguments import passes
from .elimination import long_run_shares, resolved

LARGEST_EXACT = 150  # residents whose opinions are followed in rational numbers
LARGEST = 2000  # in floats


@dataclass(frozen=True, eq=False)
class Listening:
    """Who listens to whom: ``W`` of shape ``(n, n)``, rows of shares that sum to 1, and each resident's ``susceptibility`` in [0, 1].

    Raises :class:`InputError` for anything else, :class:`SizeError` for too many residents.
    """

    W: Array
    susceptibility: Array

    def __post_init__(self) -> None:
        W, own = array(self.W, "W"), array(self.susceptibility, "susceptibility")
        if W.ndim != 2 or W.shape[0] != W.shape[1] or not W.size or own.shape != (len(W),):
            raise InputError("W must be a square table of shares, with one susceptibility a row")
        limit = LARGEST_EXACT if is_exact(W) and is_exact(own) else LARGEST
        if len(W) > limit:
            raise SizeError("opinions of {n} residents are followed for at most {limit}; more fit as floats", n=len(W), limit=limit)
        if (W < 0).any() or (abs(W.sum(axis=1) - 1) > (0 if is_exact(W) else 1e-9)).any():
            raise InputError("every row of W must be shares that sum to 1")
        if (own < 0).any() or (own > 1).any():
            raise InputError("susceptibility must lie between 0 and 1")
        if is_exact(W) != is_exact(own):
            W, own = frozen(W.astype(float)), frozen(own.astype(float))
        object.__setattr__(self, "W", W)
        object.__setattr__(self, "susceptibility", own)

    @property
    def n(self) -> int:
        """How many residents there are."""
        return len(self.W)

    @cached_property
    def _influence(self) -> Array:
        return self.susceptibility[:, None] * self.W

    @cached_property
    def circles(self) -> tuple[tuple[int, ...], ...]:
        """The groups, fully susceptible, who listen to each other (directly or not) and to nobody else."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        edges = (self._influence != 0).astype(np.int8)
        group = connected_components(csr_array(edges), directed=True, connection="strong")[1]
        found: list[tuple[int, ...]] = []
        for g in range(group.max() + 1):
            members = np.flatnonzero(group == g)
            outside = edges[members][:, group != g].any()
            if not outside and (self.susceptibility[members] == 1).all():
                found.append(tuple(members.tolist()))
        return tuple(sorted(found))

    def period(self, circle: Sequence[int]) -> int:
        """The greatest common divisor of the lengths of all rounds within a circle; opinions in it settle iff it is 1."""
        level, found, reached = {circle[0]: 0}, 0, [circle[0]]
        for i in reached:
            for j in np.flatnonzero(self._influence[i] != 0).tolist():
                if j in level:
                    found = gcd(found, level[i] + 1 - level[j])
                else:
                    level[j] = level[i] + 1
                    reached.append(j)
        return found

    @cached_property
    def settles(self) -> bool:
        """Whether opinions converge whatever they are at first: every circle has period 1."""
        return all(self.period(circle) == 1 for circle in self.circles)

    @property
    def agrees(self) -> bool:
        """Whether all come to the same opinion, whatever the opinions are at first.

        One circle of period 1 to which everybody else listens, none of whom holds on to a first opinion; or one stubborn resident whom
        everybody follows in the end.
        """
        return self.settles and bool((abs(self.weights - self.weights[0]) <= (0 if is_exact(self.W) else 1e-9)).all())

    @cached_property
    def weights(self) -> Array:
        """``weights[i, j]``: the weight of j's first opinion in i's last one, shape ``(n, n)``.

        Raises :class:`NotApplicable` if opinions do not settle.
        """
        if not self.settles:
            raise NotApplicable("opinions go round in circles and do not settle: a group that listens only to itself has a period above 1")
        total = zeros((self.n, self.n), like=self.W)
        closed = [i for circle in self.circles for i in circle]
        for circle in self.circles:
            total[np.ix_(circle, circle)] = long_run_shares(self.W[np.ix_(circle, circle)])
        open_ = [i for i in range(self.n) if i not in set(closed)]
        if open_:
            own = zeros((len(open_), self.n), like=self.W)
            own[range(len(open_)), open_] = 1 - self.susceptibility[open_]
            if closed:
                own = own + self._influence[np.ix_(open_, closed)] @ total[closed]
            total[open_] = resolved(self._influence[np.ix_(open_, open_)], own)
        return frozen(total)

    @property
    def consensus(self) -> Array:
        """The weight of everybody's first opinion in the common last one. Raises :class:`NotApplicable` if they do not agree."""
        if not self.agrees:
            raise NotApplicable("opinions do not come to an agreement")
        return self.weights[0]

    def limit(self, opinions: object) -> Array:
        """Everybody's last opinion, from the first ones."""
        return self.weights @ array(list(amounts(opinions, "opinions", self.n)))

    def after(self, opinions: object, rounds: int) -> Array:
        """Everybody's opinion after so many rounds."""
        first = array(list(amounts(opinions, "opinions", self.n)))
        now = first
        for _ in range(rounds):
            now = self._influence @ now + (1 - self.susceptibility) * first
        return now


def degroot(W: object) -> Listening:
    """DeGroot's model: everybody fully susceptible."""
    table = array(W, "W")
    return Listening(table, array([1] * len(table)))


def friedkin_johnsen(W: object, susceptibility: object) -> Listening:
    """The model of Friedkin and Johnsen; one ``susceptibility`` for all, or one each."""
    table = array(W, "W")
    own = susceptibility if hasattr(susceptibility, "__len__") and not isinstance(susceptibility, str) else [susceptibility] * len(table)
    return Listening(table, array(own, "susceptibility"))


def needed_weights(game: OutcomeGame, site: int) -> dict[int, Number]:
    """The least encompassing weight with which each row that can veto ``site`` accepts it: -u/(W - u) where it loses u, else 0.

    Rows that no weight up to 1 persuades (a site without surplus) have infinity.
    """
    W = game.surplus[site]
    found: dict[int, Number] = {}
    for row in sorted(game.consent_set(site)):
        u = game.utilities[row, site]
        found[row] = Fraction(0) if u >= -game.slack else float("inf") if W < 0 else -u / (W - u)
    return found


@dataclass(frozen=True)
class Persuasion:
    """DL-7 as a rule for siting: the first encompassing weights ``weights``, one a row, change by talk in which everybody listens to all
    alike with the given ``susceptibility``; the first site by surplus that all who may veto it then accept is built.

    Gains stay what they are in money: a host who is persuaded still bears its damage.
    """

    weights: tuple[Number, ...] = ()
    susceptibility: Number = Fraction(1)

    def __post_init__(self) -> None:
        if self.weights:
            checked = tuple(amount(w, "weights", Fraction(0), Fraction(1)) for w in amounts(self.weights, "weights"))
            object.__setattr__(self, "weights", checked)
        object.__setattr__(self, "susceptibility", amount(self.susceptibility, "susceptibility", Fraction(0), Fraction(1)))

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-7"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("talk that makes everybody weigh the gains of all")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody must know the surplus of every site."""
        return (Knowledge.UTILITIES,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-7."""
        return (
            Claim("budget-balanced", True, "no money moves"),
            Claim(
                "individually-rational", False, "ATLAS DL-7: who is persuaded bears the damage", "some host is persuaded against its gain"
            ),
        )

    def refuses(self, game: object) -> Message | None:
        """It must be told how much weight everybody gives to the gains of all at first."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if not self.weights:
            return say("must be told how much everybody weighs the gains of all before the talk")
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if isinstance(game.rights, Liability):
            return say("the authority chooses and pays under {regime}; a discussion decides nothing", regime=game.rights.id)
        if len(self.weights) != game.rows:
            return say("{given} weights for {rows} rows of residents", given=len(self.weights), rows=game.rows)
        return None

    def persuaded(self, game: OutcomeGame) -> Array:
        """Everybody's encompassing weight after the talk: beta_i (1 - lambda) + lambda mean(beta), the limit when all listen to all."""
        first = array(list(self.weights))
        mean = (game.counts @ first) / (game.residents if first.dtype == object else float(game.residents))
        own: Any = self.susceptibility
        return first * (1 - own) + own * mean

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The site that is accepted after the talk, or the status quo."""
        beta = self.persuaded(game)
        chosen = game.status_quo
        for site in by_surplus(game):
            felt = (1 - beta) * game.payoffs(site) + beta * game.surplus[site]
            if game.surplus[site] > 0 and passes(game, site, felt):
                chosen = site
                break
        lottery = game.certain(chosen)
        return Outcome(lottery, zeros(len(game.players), like=game.utilities))
