"""M-10, endogenous side payments (Jackson and Wilkie 2005): two players promise one another money, then play the game.

Stage 1: both at once make binding promises t_i(a) >= 0 to the other for what is done. Stage 2: the game is played with net payoffs.
Player i's solo payoff is v_i = sup over its own promises, alone, of the least it gets in any equilibrium of the game that they make.
With two players an outcome with payoffs u can be supported exactly if u_i >= v_i for both: otherwise somebody would rather promise alone.
For three or more players every pure equilibrium can be supported, and what all prefer to it; that is the literature, not computed here.

*Staged commitment* (after the abstract of Geffner, Oesterheld and Conitzer 2025): pledges grow by capped steps, and only as long as
everybody consents. The protocol here is our own rendering of that abstract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np

from ..errors import NotApplicable
from ..exact import Array, Number, frozen, zeros
from ..linear_program import matrix_game
from ..message import Message, say
from ..normal_form import NormalForm
from ..outcome_game import OutcomeGame
from ..parameters import amount, label, whole
from ..siting import ConsentGame, consent
from ..staged_game import End, Node, Stage, StagedGame
from .mechanism import Claim, Form, Knowledge, Outcome, accept

MOST_SUBGAMES = 3000  # pairs of promises
MOST_ROUNDS = 4

Promise = tuple[str, Array]  # its name, and what is paid to the other in every profile
Payoffs = tuple[Number, ...]


@dataclass(frozen=True)
class SoloPayoff:
    """Bounds on a solo payoff: ``lower`` is reached in the limit by promises, ``upper`` by none; equal where it is known exactly."""

    lower: Fraction
    upper: Fraction

    @property
    def exact(self) -> bool:
        """Whether the bounds meet."""
        return self.lower == self.upper


def solo_payoffs(game: NormalForm) -> tuple[SoloPayoff, SoloPayoff]:
    """The solo payoffs of both players, all equilibria in mixed strategies counted.

    With W the sum of payoffs, j the other player. Lower: i can bind itself to an action a (by promising a fortune if it does anything else)
    and make b the only best answer, so max_a [max_b W(a, b) - max_b u_j(a, b)] is reached in the limit; so is i's security level, without
    promises. Upper: whatever i mixes, j gets at least max_b u_j(alpha, b), so i gets no more than
    max_b max_alpha [W(alpha, b) - max_b' u_j(alpha, b')], a matrix game for each b. They meet where j has a (weakly) dominant action
    and in constant-sum games. Floats are taken for the binary fractions they are. Raises :class:`NotApplicable` for more players.
    """
    if len(game.players) != 2:
        raise NotApplicable("solo payoffs are computed for two players, not {n}", n=len(game.players))
    values = np.empty(game.table.size, dtype=object)
    values[:] = [Fraction(game.money(x)) for x in game.table.ravel()]
    u, other = values.reshape(game.table.shape)
    return _solo(u, other), _solo(other.T, u.T)


def _solo(u: Array, other: Array) -> SoloPayoff:
    """``u`` and ``other``: payoffs of i and j, i's actions by row."""
    W = u + other
    bound = max(W[a].max() - other[a].max() for a in range(len(u)))
    security = matrix_game(u.T)[0]
    upper = max(matrix_game(W[:, [b]].T - other.T)[0] for b in range(u.shape[1]))
    return SoloPayoff(max(bound, security), upper)


def is_supportable(game: NormalForm, payoffs: Sequence[Number]) -> bool | None:
    """Whether two players can support these ``payoffs``, which must share out what some profile gives; None if the bounds do not tell."""
    solos = solo_payoffs(game)
    if any(u < solo.lower for u, solo in zip(payoffs, solos)):
        return False
    return True if all(u >= solo.upper for u, solo in zip(payoffs, solos)) else None


def efficiency_is_supportable(game: NormalForm) -> bool | None:
    """Whether two players can support some division of the largest joint payoff; None if the bounds on solo payoffs do not tell."""
    solos = solo_payoffs(game)
    best = Fraction(game.money(game.welfare.max()))
    if sum(solo.upper for solo in solos) <= best:
        return True
    return False if sum(solo.lower for solo in solos) > best else None


def two_stage(game: NormalForm, promises: tuple[Sequence[Promise], Sequence[Promise]]) -> StagedGame:
    """The game in which both choose one of their ``promises`` at once, and then play with them. Raises :class:`SizeError`."""
    if len(game.players) != 2:
        raise NotApplicable("solo payoffs are computed for two players, not {n}", n=len(game.players))
    StagedGame.forecast(len(promises[0]) * len(promises[1]) * (1 + int(np.prod(game.shape))))
    children = tuple(_played(game, first[1], second[1]) for first, second in product(*promises))
    names = tuple(tuple(name for name, _ in own) for own in promises)
    return StagedGame(game.players, Stage((0, 1), names, children))


def _played(game: NormalForm, first: Array, second: Array) -> Stage:
    """The game after promises, ``first`` paid by player 0 to player 1 and ``second`` the other way."""

    def end(a: tuple[int, ...]) -> End:
        u = game.payoffs(a)
        net = second[a] - first[a]
        return End((u[0] + net, u[1] - net))

    return Stage((0, 1), game.actions, tuple(end(a) for a in game.profiles()))


@dataclass(frozen=True, eq=False)
class _Pair:
    """A siting of two residents with its consent game written out; ``built[profile]`` is the alternative that it ends in."""

    game: OutcomeGame
    play: ConsentGame
    form: NormalForm
    built: Array

    @classmethod
    def of(cls, game: OutcomeGame) -> _Pair:
        play = consent(game)
        form = play.normal_form()
        built = np.empty(form.shape, dtype=np.int64)
        for a in form.profiles():
            built[a] = play.ending(a, (0, 1))
        return cls(game, play, form, frozen(built))

    def pays(self, by_site: Sequence[Number]) -> Array:
        """A promise by alternative, written out by profile."""
        return np.array(by_site, dtype=object)[self.built]

    def came_of(self, names: Sequence[str], promised: Sequence[Sequence[Number]]) -> Outcome:
        """The outcome of a profile named by its actions, with ``promised[i][x]`` paid by resident i if x is built."""
        a = tuple(self.form.actions[i].index(name) for i, name in enumerate(names))
        x = int(self.built[a])
        lottery, transfers = self.game.certain(x), zeros(2, like=self.game.utilities)
        net = promised[1][x] - promised[0][x]
        transfers[0], transfers[1] = net, -net
        return Outcome(lottery, transfers)


def _two_residents(game: object) -> Message | None:
    if not isinstance(game, OutcomeGame):
        return say("acts on sitings of two residents who may refuse")
    if not game.consented or game.residents != 2 or game.rows != 2 or not all(game.consent_set(x) for x in game.sites):
        return say("acts on sitings of two residents who may refuse; with more, what can be supported is not computed")
    return None


def _one_site_each(game: object) -> Message | None:
    reason = _two_residents(game)
    if reason is not None:
        return reason
    assert isinstance(game, OutcomeGame)
    if sorted(map(sorted, (game.consent_set(x) for x in game.sites))) != [[0], [1]]:
        return say("needs one site of its own for each of the two residents")
    return None


@dataclass(frozen=True)
class SidePayments:
    """M-10 on a siting of two residents: both promise money by site, from a grid of ``steps`` equal steps up to the largest gain or loss.

    The grid bounds what can be promised, so that more can be an equilibrium than with promises of any size (:func:`solo_payoffs`).
    """

    steps: int = 4

    def __post_init__(self) -> None:
        whole(self.steps, "steps")

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-10"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("both promise one another money, then each decides")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """That promises bind."""
        return (Knowledge.COMMITMENT,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-10 and 3G, for two players."""
        return (
            Claim("budget-balanced", True, "each pays the other"),
            Claim("equilibria-efficient", False, "ATLAS P1.12"),
        )

    def refuses(self, game: object) -> Message | None:
        """It acts on sitings of two residents, on a grid that fits."""
        reason = _two_residents(game)
        if reason is not None:
            return reason
        assert isinstance(game, OutcomeGame)
        pairs = (self.steps + 1) ** (2 * len(game.sites))
        if pairs > MOST_SUBGAMES:
            return say("there are {n} pairs of promises; at most {limit} are tried", n=f"{pairs:,}", limit=f"{MOST_SUBGAMES:,}")
        return None

    def grid(self, game: OutcomeGame) -> tuple[Number, ...]:
        """The amounts that can be promised for a site, money."""
        top = abs(game.utilities).max()
        return tuple(top * k / self.steps for k in range(self.steps + 1))

    def form(self, game: OutcomeGame) -> Form:
        """The two-stage game, solved for subgame-perfect equilibria; the status quo is not paid for."""
        accept(self.refuses(game))
        pair, grid = _Pair.of(game), self.grid(game)
        promised: dict[str, list[Number]] = {}
        for levels in product(grid, repeat=len(game.sites)):
            by_site: list[Number] = [Fraction(0)] * len(game.alternatives)
            for x, level in zip(game.sites, levels):
                by_site[x] = level
            promised[", ".join(map(label, levels))] = by_site
        offers = [(name, pair.pays(by_site)) for name, by_site in promised.items()]
        staged = two_stage(pair.form, (offers, offers))
        return Form(staged, "subgame-perfect", lambda path: pair.came_of(path[-1], [promised[name] for name in path[0]]))


@dataclass(frozen=True)
class StagedCommitment:
    """M-10 in steps: in each of at most ``rounds`` both may add ``cap`` to what they pledge for the site of the other; then each says
    whether to go on. If anybody says stop, or after the last round, the siting is played with the pledges made.

    Our own rendering of the abstract of Geffner, Oesterheld and Conitzer 2025. Small steps leave everybody a subgame that punishes
    whoever leaves the path, so that divisions can be reached that one big promise would forestall.
    """

    cap: Number = Fraction(2)
    rounds: int = 4

    def __post_init__(self) -> None:
        object.__setattr__(self, "cap", amount(self.cap, "cap", above=Fraction(0)))
        whole(self.rounds, "rounds")

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-10:staged"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("pledges grow by small steps as long as both consent")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """That pledges bind."""
        return (Knowledge.COMMITMENT,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What the protocol keeps by construction."""
        return (Claim("budget-balanced", True, "each pays the other"),)

    def refuses(self, game: object) -> Message | None:
        """It acts on sitings of two residents in which each has one site of its own, and writes out as many rounds as fit."""
        reason = _one_site_each(game)
        if reason is not None:
            return reason
        if self.rounds > MOST_ROUNDS:
            return say("pledges in {rounds} rounds do not fit; at most {most} do, with larger steps", rounds=self.rounds, most=MOST_ROUNDS)
        return None

    def form(self, game: OutcomeGame) -> Form:
        """The staged game, solved for subgame-perfect equilibria."""
        accept(self.refuses(game))
        pair = _Pair.of(game)
        other = _others_sites(game)
        staged = StagedGame(game.players, self._round(pair, other, self.rounds, (0, 0)))

        def outcome(path: Sequence[Sequence[str]]) -> Outcome:
            steps = [sum(taken[i] == "add" for taken in path) for i in (0, 1)]
            return pair.came_of(path[-1], self._pledged(pair, other, steps))

        return Form(staged, "subgame-perfect", outcome)

    def reachable(self, game: OutcomeGame) -> frozenset[Payoffs]:
        """The payoffs of all pure subgame-perfect equilibria of :meth:`form`, by backward induction over the pledges made and the rounds
        left: as many rounds as one likes, since what is pledged sums up what has happened.
        """
        reason = _one_site_each(game)
        if reason is not None:
            raise NotApplicable(reason)
        pair, other = _Pair.of(game), _others_sites(game)

        @cache
        def played(steps: tuple[int, int]) -> frozenset[Payoffs]:
            stage = self._play(pair, other, steps)
            ends = [frozenset({end.payoffs}) for end in stage.children if isinstance(end, End)]
            return _kept(dict(zip(product(range(2), repeat=2), ends)), game.slack)

        @cache
        def value(steps: tuple[int, int], left: int) -> frozenset[Payoffs]:
            after: dict[tuple[int, ...], frozenset[Payoffs]] = {}
            for more in product(range(2), repeat=2):
                now = (steps[0] + more[0], steps[1] + more[1])
                stop = played(now)
                asked = {(0, 1): stop, (1, 0): stop, (1, 1): stop}
                after[more] = stop if left == 1 else _kept({(0, 0): value(now, left - 1), **asked}, game.slack)
            return _kept(after, game.slack)

        return value((0, 0), self.rounds)

    def _play(self, pair: _Pair, other: Sequence[int], steps: tuple[int, int]) -> Stage:
        pledged = self._pledged(pair, other, steps)
        return _played(pair.form, pair.pays(pledged[0]), pair.pays(pledged[1]))

    def _pledged(self, pair: _Pair, other: Sequence[int], steps: Sequence[int]) -> list[list[Number]]:
        cap = self.cap if pair.game.exact else float(self.cap)
        return [[cap * steps[i] if x == other[i] else Fraction(0) for x in range(len(pair.game.alternatives))] for i in (0, 1)]

    def _round(self, pair: _Pair, other: Sequence[int], left: int, steps: tuple[int, int]) -> Node:
        return self._play(pair, other, steps) if left == 0 else self._pledging(pair, other, left, steps)

    def _pledging(self, pair: _Pair, other: Sequence[int], left: int, steps: tuple[int, int]) -> Stage:
        """Both add or not; then, unless it was the last round, both say whether to go on."""
        children: list[Node] = []
        for more in product((0, 1), repeat=2):
            now = (steps[0] + more[0], steps[1] + more[1])
            stop = self._round(pair, other, 0, now)
            children.append(stop if left == 1 else Stage((0, 1), _GO_ON, (self._round(pair, other, left - 1, now), stop, stop, stop)))
        return Stage((0, 1), _ADD, tuple(children))


def _others_sites(game: OutcomeGame) -> list[int]:
    """For each of the two residents the site of the other."""
    return [next(x for x in game.sites if i not in game.consent_set(x)) for i in (0, 1)]


def _kept(after: dict[tuple[int, ...], frozenset[Payoffs]], slack: Number) -> frozenset[Payoffs]:
    """The payoffs that two players with two actions each can hold on to, when ``after[a]`` may follow profile a and the worst that may
    follow deters whoever deviates.
    """
    kept: set[Payoffs] = set()
    for (a, b), ends in after.items():
        first = min((end[0] for end in after[1 - a, b]), default=None)
        second = min((end[1] for end in after[a, 1 - b]), default=None)
        if first is not None and second is not None:
            kept |= {end for end in ends if end[0] >= first - slack and end[1] >= second - slack}
    return frozenset(kept)


_ADD = (("keep", "add"), ("keep", "add"))
_GO_ON = (("go on", "stop"), ("go on", "stop"))
