"""DL-14, the single negotiating text (最大公约数): a mediator circulates the text by which whoever gains least gains most.

max over lotteries p (and, with ``money``, transfers t that balance) of min_i g_i, where g = U p + t. Whoever finds its gain too small
says so ("party i needs at least tau_i"), and the text is written again: max t subject to g_i >= max(t, tau_i). It ends when nobody objects,
or when no text meets all demands. The maximum is the egalitarian solution (Kalai 1977); the dual weights lambda say who holds the agreement
back, and prove that no text does better:  max_x sum_i lambda_i u_i(x) = sum_i lambda_i max(t, tau_i).

With money the gains can be shared at will, so the text builds the site with the residents' largest total gain, and everybody has the same
unless it demanded more; egalitarian, Kalai-Smorodinsky and Nash solutions then agree. Without, the Nash product is M-21:nash.
Nobody is bound to state its demand truly: a party that says tau_i gets it as long as a text exists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..errors import InputError, SizeError
from ..exact import Array, Number, zeros
from ..linear_program import matrix_game, maximise
from ..maximin import maximin_lottery, rational
from ..mechanisms.mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import amounts

KINDS = ("lottery", "money", "kalai-smorodinsky")
MOST_IDEALS = 1_000  # the same where every resident's ideal is a program of its own, in rational numbers
MOST_GAINS = 4_000  # rows x alternatives of a text with demands, solved in rational numbers


@dataclass(frozen=True, eq=False)
class Text:
    """A text: the ``lottery`` over alternatives, ``transfers`` and ``gains`` by row, the least gain ``value`` of those who made no larger
    demand, and the weights of those who hold it back (they sum to 1), by row."""

    lottery: Array
    transfers: Array
    gains: Array
    value: Number
    weights: Array


@dataclass(frozen=True, eq=False)
class Negotiation:
    """How it went: the ``texts`` circulated with the demands each met, and whether the last was accepted by all."""

    texts: tuple[Text, ...]
    demands: tuple[tuple[Number, ...], ...]
    accepted: bool


def text(game: OutcomeGame, demands: Sequence[object] | None = None, money: bool = False) -> Text | None:
    """The text that is best for whoever gains least, with at least ``demands[i]`` for each resident of row i; None if there is none.

    Demands are at least 0: nobody can be made to leave the status quo at a loss. Exact if the game and the demands are.
    Raises :class:`SizeError` for demands in a game of too many gains.
    """
    tau = [Fraction(0)] * game.rows if demands is None else [max(d, Fraction(0)) for d in amounts(demands, "demands", game.rows)]
    if money:
        return _shared(game, tau)
    if not any(tau):
        return _egalitarian(game)
    if game.utilities.size > MOST_GAINS:
        raise SizeError("a text with demands is written for at most {limit} gains, not {n}", limit=MOST_GAINS, n=game.utilities.size)
    return _with_demands(game, [Fraction(d) for d in tau])


def _egalitarian(game: OutcomeGame) -> Text:
    found = maximin_lottery(game)
    return _text(game, found.p, found.value, [found.objector.get(row, Fraction(0)) for row in range(game.rows)])


def _text(game: OutcomeGame, p: Sequence[Fraction], value: Fraction, weights: Sequence[Fraction]) -> Text:
    kind = object if game.exact else np.float64
    lottery = np.array(p, dtype=object).astype(kind)
    transfers = zeros(game.rows, like=game.utilities)
    worth = value if game.exact else float(value)
    return Text(lottery, transfers, game.utilities @ lottery, worth, np.array(weights, dtype=object).astype(kind))


def _with_demands(game: OutcomeGame, tau: Sequence[Fraction]) -> Text | None:
    """Newton's method on t: the value of the matrix game U - max(t, tau) is concave and falls in t; its root is the best t.

    At a t that is too large the objector's weights give an upper bound on the value that is linear between demands, and its root is the
    next t. Each bound is a vertex of finitely many, so it ends, exactly.
    """
    U = rational(game.utilities)
    t: Fraction = max(U.max(), Fraction(0))
    while True:
        floor = np.array([max(t, d) for d in tau], dtype=object)
        value, p, weights = matrix_game(U - floor[:, None])
        if value >= -(Fraction(game.slack) if t == 0 else Fraction(0)):
            return _text(game, p, t, weights)
        best = max((np.array(weights, dtype=object) @ U).tolist())
        next_ = _root(best, weights, tau)
        if next_ is None or next_ < 0:
            return None
        t = next_


def _root(best: Fraction, weights: Sequence[Fraction], tau: Sequence[Fraction]) -> Fraction | None:
    """The largest t with sum_i weights_i max(t, tau_i) <= best; None if the demands (none below 0) alone cost more."""
    if sum((w * d for w, d in zip(weights, tau)), start=Fraction(0)) > best:
        return None
    order = sorted((d, w) for w, d in zip(weights, tau) if w)
    found: Fraction | None = None
    for k in range(1, len(order) + 1):  # t lies above the k smallest demands
        carried = sum((w for _, w in order[:k]), start=Fraction(0))
        t = (best - sum((d * w for d, w in order[k:]), start=Fraction(0))) / carried
        if t >= order[k - 1][0] and (k == len(order) or t <= order[k][0]):
            found = t
    return found


def _shared(game: OutcomeGame, tau: Sequence[Number]) -> Text | None:
    """The site with the residents' largest total gain, shared: everybody t, or its demand if that is more."""
    total = game.counts @ game.utilities
    best = game.largest(total, game.slack * game.residents)
    available, counts = total[best], game.counts.tolist()
    left = available - sum((c * d for c, d in zip(counts, tau)), start=Fraction(0))
    if left < -game.slack * game.residents:
        return None
    heads, spent, t = 0, Fraction(0), Fraction(0)
    order = sorted(zip(tau, counts), key=lambda entry: entry[0])
    for k, (d, c) in enumerate(order):  # those with the k smallest demands are raised to one level
        heads, spent = heads + c, spent + c * d
        t = (left + spent) / heads
        if k + 1 == len(order) or t <= order[k + 1][0]:
            break
    gains = np.array([max(t, d) for d in tau], dtype=object if game.exact else np.float64)
    lottery = game.certain(best)
    bound = np.array([Fraction(c if d <= t else 0, heads) for c, d in zip(counts, tau)], dtype=object)
    return Text(lottery, gains - game.payoffs(best), gains, t, bound.astype(gains.dtype))


def negotiate(game: OutcomeGame, demands: Sequence[object], money: bool = False) -> Negotiation:
    """The mediator's rounds: a text is circulated, those whose (true or pretended) demand it misses say so, and it is written again."""
    wanted = amounts(demands, "demands", game.rows)
    stated: list[Number] = [Fraction(0)] * game.rows
    texts: list[Text] = []
    seen: list[tuple[Number, ...]] = []
    while True:
        found = text(game, stated, money)
        if found is None:
            return Negotiation(tuple(texts), tuple(seen), False)
        texts.append(found)
        seen.append(tuple(stated))
        vetoes = [i for i in range(game.rows) if found.gains[i] < wanted[i] - game.slack and stated[i] != wanted[i]]
        if not vetoes:
            return Negotiation(tuple(texts), tuple(seen), True)
        for i in vetoes:
            stated[i] = wanted[i]


def most_demand(game: OutcomeGame, row: int, money: bool = False) -> Number:
    """The most that row can demand so that a text still exists while the others demand nothing: its gain if it is believed."""
    if money:
        return max(game.counts @ game.utilities) / game.counts[row]
    return _ideal(rational(game.utilities), row)


def _ideal(U: Array, row: int) -> Fraction:
    """The largest gain of ``row`` under lotteries by which nobody loses."""
    A = np.vstack([-U, np.array([[Fraction(1)] * U.shape[1]], dtype=object)])
    b = np.array([Fraction(0)] * len(U) + [Fraction(1)], dtype=object)
    return maximise(U[row], A, b).value


def kalai_smorodinsky(game: OutcomeGame) -> Text | None:
    """The lottery by which the least ratio of gain to ideal gain is largest (Kalai and Smorodinsky 1975); ``value`` is that ratio.

    A resident's ideal is its largest gain under lotteries by which nobody loses. None if somebody's ideal is 0: if, and only if, no
    lottery leaves everybody better off (mix the ideals).
    """
    if maximin_lottery(game).value <= game.slack:
        return None
    found = maximin_lottery(game.with_utilities(game.utilities / _ideals(game)[:, None]))
    return _text(game, found.p, found.value, [found.objector.get(row, Fraction(0)) for row in range(game.rows)])


def _ideals(game: OutcomeGame) -> Array:
    """Every row's ideal gain; in games given in floats by HiGHS."""
    if game.exact:
        return np.array([_ideal(game.utilities, row) for row in range(game.rows)], dtype=object)
    from scipy.optimize import linprog

    U, (rows, columns) = game.utilities, game.utilities.shape
    floor, one = np.zeros(rows), np.ones((1, columns))
    return np.array([-linprog(-u, A_ub=-U, b_ub=floor, A_eq=one, b_eq=[1.0], method="highs").fun for u in U])


_TITLES = {
    "lottery": say("one text for all: the lottery that leaves the least gain largest"),
    "money": say("one text for all: the best site, its gains shared alike"),
    "kalai-smorodinsky": say("one text for all: gains in proportion to what each could hope for"),
}


@dataclass(frozen=True)
class SingleText:
    """DL-14 of the ``kind`` lottery, money or kalai-smorodinsky, with everybody's ``demands`` (none if empty), one a row.

    The text is signed by all, so nobody's veto is overridden; it binds once signed, before any draw. If the demands cannot be met nothing
    is signed and the status quo stays.
    """

    kind: str = "lottery"
    demands: tuple[Number, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputError("kind={value!r} is not one of {known}", value=self.kind, known=list(KINDS))
        if self.demands:
            object.__setattr__(self, "demands", amounts(self.demands, "demands"))
            if self.kind == "kalai-smorodinsky":
                raise InputError("demands are met by the texts of kind lottery and money only")

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-14" if self.kind == "lottery" else f"DL-14:{self.kind}"

    @property
    def title(self) -> Message:
        """What it is called."""
        return _TITLES[self.kind]

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The mediator must know all gains; the text must bind."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-14: no demand is checked, so none need be true."""
        money = self.kind == "money"
        return (
            Claim("budget-balanced", True, "transfers balance among residents"),
            Claim("individually-rational" if money else "ex-ante-individually-rational", True, "the status quo is one of the texts"),
            Claim("efficient", money, "Kalai 1977", "nothing is granted from outside" if money else ""),
            Claim("strategy-proof", False, "ATLAS DL-14: demands are inflated", "a host can overstate its damage"),
        )

    def refuses(self, game: object) -> Message | None:
        """It needs gains in memory, and demands that fit."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if self.demands and len(self.demands) != game.rows:
            return say("{given} demands for {rows} rows of residents", given=len(self.demands), rows=game.rows)
        limit = MOST_IDEALS if self.kind == "kalai-smorodinsky" and game.exact else MOST_GAINS
        if (self.kind == "kalai-smorodinsky" or (self.demands and self.kind == "lottery")) and game.utilities.size > limit:
            return say("a text of this kind is written for at most {limit} gains", limit=f"{limit:,}")
        if self.kind == "kalai-smorodinsky" and maximin_lottery(game).value <= game.slack:
            return say("somebody can gain by no lottery that leaves nobody worse off")
        return None

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The text that is signed, or the status quo if no text meets the demands."""
        found = kalai_smorodinsky(game) if self.kind == "kalai-smorodinsky" else text(game, self.demands or None, self.kind == "money")
        if found is None:
            lottery = game.certain(game.status_quo)
            return Outcome(lottery, zeros(game.rows, like=game.utilities))
        return Outcome(found.lottery, found.transfers)
