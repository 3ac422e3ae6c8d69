"""DL-6, deliberative coalition formation: residents gather behind proposals that they prefer to the status quo.

A finite version of Elkind, Grossi, Shapiro and Talmon (2021); their side conditions on operators are known to us from the abstract only.
A state is a partition of the residents into coalitions (C, p), all of whose members gain by the proposal p: C within
A(p) = {i : u_i(p) > 0}. Steps:

- ``single``: one member of C1 who approves p2 joins C2, if C2 is at least as large as C1;
- ``follow``: all of C1 approve p2 and join C2;
- ``merge``: all of C1 and C2 approve a new p;
- ``compromise``: of C1 and C2 more than either had approve a new p and leave for it; the rest stay;
- ``l-compromise``: the same from up to ``at_once`` coalitions.

Each raises the list of sizes, largest first, in lexicographic order, so the talk ends. It succeeds if it ends with a coalition as
large as the support of any proposal. Only who approves matters to the steps, so proposals with the same supporters stand for one another:
the one by which its supporters' least gain is largest (the first among equals) is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from ..errors import InputError
from ..exact import Number, slack_of, zeros
from ..mechanisms.mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import whole
from ..rights import Liability
from .arguments import passes
from .process import Chances, alike
from .proposals import CHARGES, Proposal, compensation_proposals, lottery_proposals, site_proposals, sure

OPERATORS = ("single", "follow", "merge", "compromise", "l-compromise")
KINDS = ("sites", "compensation", "lotteries")
MOST_RESIDENTS = 16  # in the rule as a mechanism
SILENT, NONE = -2, -1  # instead of a proposal: has not spoken yet; approves nothing

Coalition = tuple[int, int]  # members as bits, and the proposal
Partition = tuple[Coalition, ...]


def sizes(state: Partition) -> tuple[int, ...]:
    """The sizes of the coalitions, largest first: the potential of the talk."""
    return tuple(sorted((C.bit_count() for C, _ in state), reverse=True))


@dataclass(frozen=True, eq=False)
class CoalitionTalk:
    """The process: every step that an operator allows is as likely as any other. Residents start alone.

    ``start_with`` "favourite": each behind the proposal by which it gains most (the first among equals); "random": each behind any that
    it approves. Answers are ``(size of the largest coalition, its proposal)``; those who approve nothing stand apart.
    """

    proposals: tuple[Proposal, ...]
    operators: tuple[str, ...] = OPERATORS[:4]
    at_once: int = 3
    start_with: str = "favourite"

    def __post_init__(self) -> None:
        object.__setattr__(self, "proposals", tuple(self.proposals))
        object.__setattr__(self, "operators", tuple(self.operators))
        unknown = next((name for name in self.operators if name not in OPERATORS), None)
        if unknown is not None or not self.operators:
            raise InputError("operator {name!r} is not known; some of {known}", name=unknown, known=list(OPERATORS))
        if not self.proposals or len({len(p.gains) for p in self.proposals}) != 1:
            raise InputError("a talk needs at least one proposal, and each must say what every resident gains")
        if self.start_with not in ("favourite", "random"):
            raise InputError("start_with={value!r} must be favourite or random", value=self.start_with)
        whole(self.at_once, "at_once", 2)

    @property
    def n(self) -> int:
        """How many residents there are."""
        return len(self.proposals[0].gains)

    @cached_property
    def _slack(self) -> Number:
        return max(slack_of(p.gains) for p in self.proposals)

    @cached_property
    def approval(self) -> tuple[int, ...]:
        """Who gains by each proposal, as bits."""
        return tuple(sum(1 << i for i, g in enumerate(p.gains) if g > self._slack) for p in self.proposals)

    @cached_property
    def kept(self) -> dict[int, int]:
        """The proposal that stands for all with the same supporters, by supporters."""
        found: dict[int, int] = {}
        for k, supporters in enumerate(self.approval):
            if supporters and (supporters not in found or self.least(k, supporters) > self.least(found[supporters], supporters)):
                found[supporters] = k
        return found

    def least(self, proposal: int, members: int) -> Number:
        """The least gain of ``members`` by ``proposal``."""
        return min(g for i, g in enumerate(self.proposals[proposal].gains) if members >> i & 1)

    @property
    def largest_support(self) -> int:
        """How many residents the best supported proposal has."""
        return max((supporters.bit_count() for supporters in self.kept), default=0)

    def start(self) -> Chances:
        """Everybody alone."""
        if self.start_with == "random":
            return ((Fraction(1), tuple((1 << i, SILENT) for i in range(self.n))),)
        return ((Fraction(1), tuple(sorted((1 << i, self._favourite(i)) for i in range(self.n)))),)

    def _favourite(self, i: int) -> int:
        wanted = max(range(len(self.proposals)), key=lambda k: (self.proposals[k].gains[i], -k))
        return self.kept[self.approval[wanted]] if self.approval[wanted] >> i & 1 else NONE

    def moves(self, state: Partition) -> Chances:
        """All steps that the operators allow; first, whoever has not spoken names a proposal."""
        silent = next((C for C, p in state if p == SILENT), None)
        if silent is not None:
            options = [k for supporters, k in self.kept.items() if supporters & silent] or [NONE]
            rest = [coalition for coalition in state if coalition != (silent, SILENT)]
            return alike(tuple(sorted((*rest, (silent, k)))) for k in options)
        found = list(self.steps(state))
        return alike(found) if found else ()

    def answer(self, state: Partition) -> tuple[int, str]:
        """The size of the largest coalition and its proposal; the first by number among equals."""
        C, p = self.largest(state)
        return C.bit_count(), "" if p < 0 else self.proposals[p].name

    def largest(self, state: Partition) -> Coalition:
        """The largest coalition with a proposal; of equals the one behind the first proposal."""
        return max(state, key=lambda coalition: (coalition[1] >= 0, coalition[0].bit_count(), -coalition[1]))

    def succeeds(self, state: Partition) -> bool:
        """Whether the largest coalition is as large as the support of any proposal."""
        return self.answer(state)[0] == self.largest_support

    def steps(self, state: Partition) -> Iterator[Partition]:
        """Every state one step ahead, once for each way there."""
        for one, other in combinations(state, 2):
            rest = [coalition for coalition in state if coalition not in (one, other)]
            for first, second in ((one, other), (other, one)):
                yield from self._joins(first, second, rest)
            if "merge" in self.operators:
                together = one[0] | other[0]
                yield from (_partition(rest, [(together, k)]) for A, k in self.kept.items() if together & ~A == 0)
            if "compromise" in self.operators:
                yield from self._compromises([one, other], rest)
        if "l-compromise" in self.operators:
            for size in range(3, self.at_once + 1):
                for chosen in combinations(state, size):
                    yield from self._compromises(chosen, [coalition for coalition in state if coalition not in chosen])

    def _joins(self, first: Coalition, second: Coalition, rest: list[Coalition]) -> Iterator[Partition]:
        """Members of ``first`` who go over to ``second``: one at a time, or all."""
        (C1, p1), (C2, p2) = first, second
        if p2 < 0:
            return
        ready = C1 & self.approval[p2]
        if "single" in self.operators and C2.bit_count() >= C1.bit_count():
            yield from (_partition(rest, [(C1 & ~v, p1), (C2 | v, p2)]) for v in _members(ready))
        if "follow" in self.operators and ready == C1:
            yield _partition(rest, [(C1 | C2, p2)])

    def _compromises(self, chosen: Sequence[Coalition], rest: list[Coalition]) -> Iterator[Partition]:
        most, together = max(C.bit_count() for C, _ in chosen), sum(C for C, _ in chosen)
        for A, k in self.kept.items():
            if (A & together).bit_count() > most:
                yield _partition(rest, [(A & together, k), *((C & ~A, p) for C, p in chosen)])

    def settled(self) -> Partition:
        """The end of the talk from the favourites if the step taken is always the one to the largest sizes; of equals the one whose largest
        coalition has the largest least gain, then the first."""
        state: Partition = tuple(sorted((1 << i, self._favourite(i)) for i in range(self.n)))
        while True:
            found = dict.fromkeys(self.steps(state))
            if not found:
                return state
            top = max(map(sizes, found))
            state = max((s for s in found if sizes(s) == top), key=self._least_of_largest)

    def _least_of_largest(self, state: Partition) -> Number:
        C, p = self.largest(state)
        return self.least(p, C) if p >= 0 else Fraction(0)


def _members(C: int) -> Iterator[int]:
    while C:
        yield C & -C
        C &= C - 1


def _partition(rest: list[Coalition], formed: Sequence[Coalition]) -> Partition:
    return tuple(sorted([*rest, *(coalition for coalition in formed if coalition[0])]))


_TITLES = {
    "sites": say("residents gather behind sites"),
    "compensation": say("residents gather behind sites with compensation"),
    "lotteries": say("residents gather behind lotteries of sites"),
}


@dataclass(frozen=True)
class CoalitionDeliberation:
    """DL-6 as a rule for siting: talk with all operators about proposals of one ``kind``, each step the one to the largest coalitions.

    What the largest coalition stands behind is carried out if the rights of the game let it: nobody with a veto may lose. Otherwise
    nothing is built. ``charges``: how many compensations are tried at each site.
    """

    kind: str = "compensation"
    charges: int = CHARGES

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputError("kind={value!r} is not one of {known}", value=self.kind, known=list(KINDS))
        whole(self.charges, "charges", 1, 1000)

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-6" if self.kind == "compensation" else f"DL-6:{self.kind}"

    @property
    def title(self) -> Message:
        """What it is called."""
        return _TITLES[self.kind]

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody says what it approves; what is agreed must bind."""
        return (Knowledge.ORDINAL,) if self.kind == "sites" else (Knowledge.UTILITIES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-6."""
        vetoes = "whoever can lose by a site holds a veto over it"
        unequal = "somebody gains less than an equal charge for the best site" if self.kind == "compensation" else "the best host loses"
        rational = "ex-ante-individually-rational" if self.kind == "lotteries" else "individually-rational"
        return (
            Claim("budget-balanced", True, "what the host receives the others pay"),
            Claim(rational, True, "vetoes remain", vetoes),
            Claim("efficient", False, "ATLAS DL-6: no charge that is equal for all may do", unequal),
            Claim("strategy-proof", False, "an overstated damage is paid for"),
        )

    def refuses(self, game: object) -> Message | None:
        """It needs residents one by one, few enough, and for compensation one host a site."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if game.stream is not None or (game.counts != 1).any():
            return say("needs every resident in a row of its own")
        if len(game.players) > MOST_RESIDENTS:
            return say("coalitions are followed among at most {limit} residents, not {n}", limit=MOST_RESIDENTS, n=len(game.players))
        if isinstance(game.rights, Liability):
            return say("the authority chooses and pays under {regime}; a discussion decides nothing", regime=game.rights.id)
        if self.kind == "compensation" and (game.hosts is None or len(game.players) < 2):
            return say("compensation is proposed where every site has one host, and somebody else pays")
        return None

    def talk(self, game: OutcomeGame) -> CoalitionTalk:
        """The process on this game."""
        if self.kind == "compensation":
            return CoalitionTalk(compensation_proposals(game, self.charges))
        return CoalitionTalk(site_proposals(game) if self.kind == "sites" else lottery_proposals(game))

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The proposal of the largest coalition in which the talk ends, if it is carried; else the status quo."""
        talk = self.talk(game)
        _, chosen = talk.largest(talk.settled())
        if chosen >= 0:
            proposal = talk.proposals[chosen]
            if all(passes(game, x, proposal.gains) for x in game.sites if proposal.lottery[x]):
                return Outcome(proposal.lottery, proposal.transfers)
        return Outcome(sure(game, game.status_quo), zeros(len(game.players), like=game.utilities))
