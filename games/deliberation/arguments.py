"""DL-5, discussion by arguments: myopic, constructive, and as a debate.

Our own rendering of Chung and Duggan (2020), of whom we know the abstract only: myopic discussion wanders, constructive discussion and
debate come to an end. Here a position x is moved to y by an argument r (a weak order given by scores, larger is better) that says y is
better than x.

- *Myopic*: any argument moves. The talk may go in circles for ever.
- *Constructive*: y must besides be no worse than x by every argument used before; then r counts as used. A move is better by one used
  argument and worse by none, so no position returns, and the talk ends after at most |X| - 1 moves.
- *Debate*: two advocates of opposed rankings move in turn under the rule of constructive discussion, looking ahead to the end; who can
  move must. Solved by backward induction on (position, used arguments, mover).

As a rule for siting the discussion only proposes a site. It changes neither payoffs nor vetoes, so under host consent it moves nothing
that refusing would not undo (ATLAS P1.3): a proposed site is built only if nobody with a veto over it loses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import InputError, SizeError
from ..exact import Array, Number, zeros
from ..mechanisms.mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import amounts, whole
from ..rights import Liability, Quota
from ..siting import vote
from .process import LARGEST_ACYCLIC, Chances, alike, ends

Used = frozenset[int]


@dataclass(frozen=True)
class Argument:
    """A weak order of positions: ``scores[x]``, larger is better."""

    name: str
    scores: tuple[Number, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "scores", amounts(self.scores, "scores"))


def _checked(arguments: Iterable[Argument]) -> tuple[Argument, ...]:
    given = tuple(arguments)
    if not given or len({len(r.scores) for r in given}) != 1:
        raise InputError("a discussion needs at least one argument, and all must score the same positions")
    return given


def undominated(arguments: Sequence[Argument]) -> tuple[int, ...]:
    """The positions that are best by some argument."""
    return tuple(x for x in range(len(arguments[0].scores)) if any(r.scores[x] == max(r.scores) for r in arguments))


def allowed(arguments: Sequence[Argument], x: int, used: Iterable[int] = ()) -> list[tuple[int, int]]:
    """The moves ``(y, r)`` from position x: better by argument r, and no worse by any used one."""
    kept = [arguments[q].scores for q in used]
    fit = [y for y in range(len(arguments[0].scores)) if all(scores[y] >= scores[x] for scores in kept)]
    return [(y, k) for y in fit for k, r in enumerate(arguments) if r.scores[y] > r.scores[x]]


@dataclass(frozen=True)
class MyopicTalk:
    """The process of myopic discussion: every move that some argument supports is as likely as any other. States are positions."""

    arguments: tuple[Argument, ...]
    first: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "arguments", _checked(self.arguments))

    def start(self) -> Chances:
        """The ``first`` position, or any."""
        return alike(range(len(self.arguments[0].scores)) if self.first is None else [self.first])

    def moves(self, state: int) -> Chances:
        """To every position that an argument calls better, an argument at a time."""
        found = allowed(self.arguments, state)
        return alike(y for y, _ in found) if found else ()

    def answer(self, state: int) -> int:
        """The position."""
        return state


@dataclass(frozen=True)
class ConstructiveTalk:
    """The process of constructive discussion, every allowed move as likely as any other. States: the position, the used arguments."""

    arguments: tuple[Argument, ...]
    first: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "arguments", _checked(self.arguments))

    def start(self) -> Chances:
        """The ``first`` position, or any; no argument used."""
        positions = range(len(self.arguments[0].scores)) if self.first is None else [self.first]
        return alike((x, Used()) for x in positions)

    def moves(self, state: tuple[int, Used]) -> Chances:
        """To every allowed position, an argument at a time."""
        x, used = state
        found = allowed(self.arguments, x, used)
        return alike((y, used | {r}) for y, r in found) if found else ()

    def answer(self, state: tuple[int, Used]) -> int:
        """The position."""
        return state[0]


@dataclass(frozen=True)
class Debate:
    """How a debate goes: the position in which it ends, and the moves ``(mover, position, argument)`` that lead there."""

    answer: int
    line: tuple[tuple[int, int, int], ...]


def debate(arguments: Sequence[Argument], ranking: Sequence[object], first: int = 0, mover: int = 0) -> Debate:
    """The debate from position ``first``: advocate 0 wants ``ranking`` (a score a position) large at the end, advocate 1 small.

    Every position that is reached is worth the same to both whatever they do with ties, since their interests are opposed; among equal
    moves the first (lowest position, then argument) is taken. Raises :class:`SizeError` if |X| 2^|R| 2 states are too many.
    """
    given = _checked(arguments)
    scores = amounts(ranking, "ranking", len(given[0].scores))
    states = len(scores) * 2 ** len(given) * 2
    if states > LARGEST_ACYCLIC:
        raise SizeError("a debate of {n} states does not fit; at most {limit}", n=states, limit=LARGEST_ACYCLIC)
    whole(first, "first", 0, len(scores) - 1)
    whole(mover, "mover", 0, 1)
    known: dict[tuple[int, Used, int], Debate] = {}

    def best(x: int, used: Used, who: int) -> Debate:
        if (x, used, who) not in known:
            found = [(best(y, used | {r}, 1 - who), y, r) for y, r in allowed(given, x, used)]
            if not found:
                return Debate(x, ())
            sign = 1 if who == 0 else -1
            after, y, r = max(found, key=lambda option: (sign * scores[option[0].answer], -option[1], -option[2]))
            known[x, used, who] = Debate(after.answer, ((who, y, r), *after.line))
        return known[x, used, who]

    return best(first, Used(), mover)


def arguments_of(game: OutcomeGame, distances: Sequence[object] | None = None) -> tuple[Argument, ...]:
    """The arguments that a siting offers about its sites: least total damage and least cost (where the parts are known), largest
    surplus where they are not, largest least gain, and short ways (``distances``, one a site) if given."""
    sites = list(game.sites)
    found: list[Argument] = []
    if game.parts is not None:
        found.append(Argument("least total damage", tuple(-(game.counts @ game.parts.damages)[sites])))
        found.append(Argument("least cost", tuple(-game.parts.costs[sites])))
    else:
        found.append(Argument("largest surplus", tuple(game.surplus[sites])))
    found.append(Argument("largest least gain", tuple(game.utilities.min(axis=0)[sites])))
    if distances is not None:
        found.append(Argument("shortest ways", tuple(-d for d in amounts(distances, "distances", len(sites)))))
    return tuple(found)


def passes(game: OutcomeGame, site: int, gains: Array) -> bool:
    """Whether a proposal to build at ``site`` with these ``gains`` by row is carried under the rights of ``game``.

    Nobody with a veto may lose, or enough must gain under a quota; an authority that imposes builds what is proposed.
    """
    if isinstance(game.rights, Quota):
        column = zeros((len(game.players), 2), like=game.utilities)
        column[:, 1] = gains
        told = OutcomeGame(column, players=game.players, counts=game.counts.tolist())
        return vote(told, game.rights)[0].passes
    return all(gains[row] >= -game.slack for row in game.consent_set(site))


@dataclass(frozen=True)
class ArgumentDiscussion:
    """DL-5, constructive, as a rule for siting: a site named at random is discussed by the arguments that the gains support.

    What the discussion ends in is a proposal (``proposal``); it changes no rights, so the site is built only if it is carried under
    those of the game, and nothing is built otherwise. ``distances`` adds the argument of short ways, a distance a site.
    """

    distances: tuple[Number, ...] | None = None

    def __post_init__(self) -> None:
        if self.distances is not None:
            object.__setattr__(self, "distances", amounts(self.distances, "distances"))

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-5:constructive"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("discussion by arguments, each of which binds the rest of the talk")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The arguments are about damages and gains."""
        return (Knowledge.UTILITIES,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-5 and P1.3."""
        return (
            Claim("budget-balanced", True, "no money moves"),
            Claim("individually-rational", True, "ATLAS P1.3: vetoes remain", "whoever can lose by a site holds a veto over it"),
            Claim("efficient", False, "ATLAS P1.3: talk alone does not lift a veto", "the best host loses"),
            Claim("strategy-proof", False, "an overstated damage moves the proposal elsewhere", "two hosts would accept"),
        )

    def refuses(self, game: object) -> Message | None:
        """It needs gains in memory, and somebody who decides."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if isinstance(game.rights, Liability):
            return say("the authority chooses and pays under {regime}; a discussion decides nothing", regime=game.rights.id)
        if self.distances is not None and len(self.distances) != len(game.sites):
            return say("{given} distances for {sites} sites", given=len(self.distances), sites=len(game.sites))
        states = len(game.sites) * 2 ** len(arguments_of(game, self.distances))
        if states > LARGEST_ACYCLIC:
            return say("a discussion of {n} states does not fit; at most {limit}", n=states, limit=LARGEST_ACYCLIC)
        return None

    def proposal(self, game: OutcomeGame) -> Array:
        """The probability of every alternative to be what the discussion ends in."""
        found = ends(ConstructiveTalk(arguments_of(game, self.distances)))
        lottery = zeros(len(game.alternatives), like=game.utilities)
        for k, p in found.items():
            lottery[game.sites[k]] = p if game.exact else float(p)
        return lottery

    def outcome(self, game: OutcomeGame) -> Outcome:
        """What is built: the proposals that are carried; nothing where they are not."""
        lottery = self.proposal(game)
        for x in game.sites:
            if lottery[x] and not passes(game, x, game.payoffs(x)):
                lottery[game.status_quo] += lottery[x]
                lottery[x] *= 0
        return Outcome(lottery, zeros(len(game.players), like=game.utilities))
