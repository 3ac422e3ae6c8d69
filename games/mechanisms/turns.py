"""Burdens in turn: rotation (M-22), which needs no bond where patience suffices, and burden points (M-34), a ledger of who has borne what.

Rotation: the sites s_0, ..., s_(m-1) take turns; who may refuse at its turn compares the cycle that begins there with what a refusal
brings. With discount factor delta and U[i, x] the gain of resident i in a period in which x stands, whoever may refuse s_j holds on iff

    sum_{k < m} delta^k U[i, s_(j+k)] >= 0            (refusal closes the facility for good; P1.8: a_i (1 + ... + delta^(m-1)) >= d_i)

or, where a refusal costs a fine and the next site takes the turn, iff the fine is at least (1 - delta) V - U[i, s_j], V the value of the
cycle that begins at s_(j+1). By the one-shot deviation principle the rotation is then a subgame-perfect equilibrium.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from ..errors import NotApplicable
from ..exact import Array, Number, frozen, zeros
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import amount, whole
from ..siting import why_not_one_host
from ..staged_game import History, StagedGame, move
from .auctions import own_damages
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome, accept

LARGEST = 2_000_000  # entries of residents by sites whose turns are checked exactly
LONGEST = 100_000  # rounds of a ledger


@dataclass(frozen=True)
class Rotation:
    """M-22 at the ``discount`` factor; a refusal closes the facility for good, or with a ``fine`` the next site takes the turn.

    The sites follow one another in the order of the game; who begins is drawn by lot, or is the ``start``-th site (0 the first).
    """

    played: ClassVar[str] = "subgame-perfect"

    discount: Number = Fraction(9, 10)
    fine: Number | None = None
    start: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "discount", amount(self.discount, "discount", least=Fraction(0), most=Fraction(1)))
        if self.fine is not None:
            object.__setattr__(self, "fine", amount(self.fine, "fine", least=Fraction(0)))
        if self.start is not None:
            whole(self.start, "start", 0)

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-22" if self.fine is None else "M-22:fine"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.fine is None:
            return say("the sites take turns; a refusal closes the facility for good")
        return say("the sites take turns; a refusal costs {fine} and the next takes over", fine=self.fine)

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """No knowledge; with a fine, somebody to collect it."""
        return (Knowledge.NONE,) if self.fine is None else (Knowledge.NONE, Knowledge.ENFORCEMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-22 and 3G."""
        return (
            Claim("budget-balanced", True, "no money moves while nobody refuses"),
            Claim("efficient", False, "ATLAS M-22: the best site has its turn like any other"),
            Claim("individually-rational", False, "ATLAS M-22: the host of the day loses"),
            *((Claim("anonymous", True, "ATLAS 3G", "who begins is drawn by lot"),) if self.start is None else ()),
        )

    def refuses(self, game: Any) -> Message | None:
        """It needs somebody who may refuse, at every site, and patience that is less than complete."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if game.stream is not None or game.utilities.size * len(game.sites) > LARGEST:
            return say("the turns of {n} residents at {sites} sites are too many to check", n=game.residents, sites=len(game.sites))
        if not game.consented:
            return say(
                "under {regime} nobody may refuse at its turn: there is nothing that a rotation must hold together", regime=game.rights.id
            )
        if self.discount >= 1:
            return say("a discount factor of 1 gives no value to an endless rotation; take one below 1")
        if self.start is not None and self.start >= len(game.sites):
            return say("there are only {n} sites to take turns", n=len(game.sites))
        return None

    def cycles(self, game: OutcomeGame) -> Array:
        """sum_k delta^k U[i, s_(j+k)] over one cycle that begins at the j-th site, shape ``(rows, sites)``."""
        turns = game.utilities[:, list(game.sites)]
        delta: Any = self._patience(game)
        total = zeros(turns.shape, like=turns)
        weight: Any = delta**0
        for k in range(turns.shape[1]):
            total = total + weight * np.roll(turns, -k, axis=1)
            weight = weight * delta
        return total

    def holding(self, game: OutcomeGame) -> Array:
        """By site, in order: the most that anybody who may refuse at its turn wants to be paid for staying; at most 0: nobody refuses.

        Without a fine that is the loss over the cycle, in money of that period; with one, the fine that would be needed.
        """
        accept(self.refuses(game))
        cycles = self.cycles(game)
        delta: Any = self._patience(game)
        lacking = -cycles
        if self.fine is not None:
            m = len(game.sites)
            after = np.roll(cycles, -1, axis=1) / (1 - delta**m)
            lacking = (1 - delta) * after - game.utilities[:, list(game.sites)]
        rows = [sorted(game.consent_set(x)) for x in game.sites]
        return frozen(np.array([lacking[own, j].max() if own else 0 * lacking[0, j] for j, own in enumerate(rows)], dtype=lacking.dtype))

    def refusing(self, game: OutcomeGame) -> tuple[int, ...]:
        """The sites (columns) at whose turn somebody refuses."""
        owed = self.fine if self.fine is not None else Fraction(0)
        owed = owed if game.exact else float(owed)
        return tuple(x for x, needed in zip(game.sites, self.holding(game)) if needed > owed + game.slack)

    def fine_needed(self, game: OutcomeGame) -> Number:
        """The least fine with which nobody refuses, the next site taking over after a refusal."""
        return max(Fraction(0), *Rotation(self.discount, Fraction(0), self.start).holding(game))

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The share of discounted time that every site has, if nobody refuses at its turn; otherwise nothing is begun.

        Gains are per period. The status quo where somebody would refuse is the equilibrium in which nobody trusts the rotation.
        """
        p = zeros(len(game.alternatives), like=game.utilities)
        if self.refusing(game):
            p[game.status_quo] = self._patience(game) ** 0
        else:
            p[list(game.sites)] = self._shares(game)
        return Outcome(p, zeros(game.rows, like=game.utilities))

    def finite(self, game: OutcomeGame, rounds: int) -> StagedGame:
        """The rotation for so many ``rounds`` only: at every turn those who may refuse host or refuse; a refusal ends it.

        Raises :class:`NotApplicable` where nobody may refuse, or residents stand together in a row.
        """
        reason = self.refuses(game)
        if reason is None and (game.counts != 1).any():
            reason = say("needs every resident in a row of its own")
        if reason is not None:
            raise NotApplicable(reason)
        first, delta, sites = self.start or 0, self._patience(game), game.sites
        hosts = [sorted(game.consent_set(x)) for x in sites]
        rounds = whole(rounds, "rounds")

        def rules(history: History) -> Any:
            done = len(history)
            if done == rounds or (history and "refuse" in history[-1]):
                hosted = done - 1 if history and "refuse" in history[-1] else done
                gains = [delta**k * game.utilities[:, sites[(first + k) % len(sites)]] for k in range(hosted)]
                return sum(gains, start=zeros(game.rows, like=game.utilities)).tolist()
            here = hosts[(first + done) % len(sites)]
            return move(here, [("host", "refuse")] * len(here))

        return StagedGame.from_function(game.players, rules)

    def _patience(self, game: OutcomeGame) -> Number:
        return self.discount if game.exact and isinstance(self.discount, Fraction) else float(self.discount)

    def _shares(self, game: OutcomeGame) -> list[Number]:
        """Of discounted time, by site; each alike where who begins is drawn."""
        m, delta = len(game.sites), self._patience(game)
        if self.start is None:
            return [delta**0 / m] * m
        total = sum((delta**k for k in range(m)), start=0 * delta)
        return [delta ** ((j - self.start) % m) / total for j in range(m)]


@dataclass(frozen=True)
class BurdenPoints:
    """M-34: whoever would have the fewest points after hosting, hosts, and is credited its damage; no money moves.

    Points grow alike in the long run, so turns come in proportion to 1/d_i. ``rounds`` is how many rounds are looked at (None: all, that
    is the limit). Sites without a surplus have no turn; ties go to the lowest index.
    """

    played: ClassVar[str] = "true-reports"

    rounds: int | None = None

    def __post_init__(self) -> None:
        if self.rounds is not None:
            whole(self.rounds, "rounds", 1, LONGEST)

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-34" if self.rounds is None else f"M-34:{self.rounds}"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("burden points: the fewest points host next")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The damages must be known, and the host bound."""
        return (Knowledge.DAMAGES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-34."""
        return (
            Claim("budget-balanced", True, "no money moves"),
            Claim("efficient", False, "ATLAS M-34"),
            Claim("strategy-proof", False, "ATLAS M-34: who reports more damage hosts less often"),
            Claim("individually-rational", False, "ATLAS M-34: the host of the day loses"),
            *((Claim("anonymous", True, "by construction", "every damage is positive"),) if self.rounds is None else ()),
        )

    def refuses(self, game: Any) -> Message | None:
        """It needs one host a site."""
        return why_not_one_host(game) if isinstance(game, OutcomeGame) else ONLY_OUTCOMES

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The share of time of every site; gains are per round."""
        p = zeros(len(game.alternatives), like=game.utilities)
        one = Fraction(1) if game.exact else 1.0
        open_sites = _worthwhile(game)
        if not open_sites:
            p[game.status_quo] = one
        elif self.rounds is not None:
            for x in self.sequence(game, self.rounds):
                p[x] += one / self.rounds
        else:
            d = _damage_at(game)
            free = next((x for x in open_sites if d[x] == 0), None)  # hosts for ever, its points do not grow
            if free is not None:
                p[free] = one
            else:
                total = sum((one / d[x] for x in open_sites), start=0 * one)
                for x in open_sites:
                    p[x] = one / d[x] / total
        return Outcome(p, zeros(game.rows, like=p))

    def sequence(self, game: OutcomeGame, rounds: int) -> tuple[int, ...]:
        """The sites (columns) that have the first so many turns; () where no site has a surplus."""
        return tuple(x for x, _ in _turns(game, whole(rounds, "rounds", 1, LONGEST)))

    def ledger(self, game: OutcomeGame, rounds: int) -> dict[int, Number]:
        """The points of every site that takes part after so many rounds."""
        points: dict[int, Number] = dict.fromkeys(_worthwhile(game), Fraction(0) if game.exact else 0.0)
        for x, total in _turns(game, whole(rounds, "rounds", 1, LONGEST)):
            points[x] = total
        return points


def _turns(game: OutcomeGame, rounds: int) -> Iterator[tuple[int, Number]]:
    """Site and its points after hosting, round by round."""
    reason = why_not_one_host(game)
    if reason is not None:
        raise NotApplicable(reason)
    from heapq import heapify, heapreplace

    d = _damage_at(game)
    waiting = [(d[x], x) for x in _worthwhile(game)]  # points after hosting, site: the least has the next turn
    heapify(waiting)
    for _ in range(rounds if waiting else 0):
        total, x = waiting[0]
        yield x, total
        heapreplace(waiting, (total + d[x], x))


def _worthwhile(game: OutcomeGame) -> list[int]:
    return [x for x in game.sites if game.surplus[x] >= -game.slack * game.residents]


def _damage_at(game: OutcomeGame) -> dict[int, Number]:
    """The damage that each site does to its host."""
    own = own_damages(game)
    return {x: own[host] for x, host in zip(game.sites, game.hosts or ())}
