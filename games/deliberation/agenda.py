"""DL-9, votes on amendments in order: the order often decides.

The second alternative is put against the first, the third against whichever is left, and so on. *Sincere* voters choose at every vote
the alternative they like better; *sophisticated* ones look ahead (Farquharson 1969; McKelvey and Niemi 1978): an alternative stands for
what it leads to. Tie rule: what is on the floor stays unless the challenger beats it. Decided against the will of hosts too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Array, Number, number, zeros
from ..mechanisms.mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..ranking_profile import beats, outcome_support
from ..staged_game import History, Node, StagedGame, move

MOST_ALTERNATIVES = 200


def sincere(beats: Array, order: Sequence[int]) -> int:
    """The last one standing when everybody votes as they like (``beats[x, y]``: x beats y)."""
    floor = order[0]
    for challenger in order[1:]:
        floor = challenger if beats[challenger, floor] else floor
    return floor


def sophisticated(beats: Array, order: Sequence[int]) -> int:
    """The outcome by backward induction: ``leads[x]`` is what comes of x being on the floor before the k-th challenger."""
    leads = {x: x for x in order}
    for k in reversed(range(1, len(order))):
        change = leads[order[k]]
        leads = {x: change if beats[change, leads[x]] else leads[x] for x in order[:k]}
    return leads[order[0]]


def check_order(order: Sequence[int], alternatives: int) -> tuple[int, ...]:
    """``order`` if it names alternatives (columns), each at most once, two at least."""
    if len(order) < 2 or len(set(order)) != len(order) or not all(0 <= x < alternatives for x in order):
        raise InputError(
            "the agenda {order} must name at least two of the alternatives 0 to {last}, none twice",
            order=list(order),
            last=alternatives - 1,
        )
    return tuple(order)


def roll_call(utilities: Sequence[Sequence[object]], order: Sequence[int], needed: int | None = None) -> StagedGame:
    """The agenda as a game in stages: at every vote the voters are called in turn, hearing those before; ``needed`` yes votes (more than
    half if None) bring the challenger in. Its subgame-perfect outcome is that of sophisticated voting where nobody is indifferent.

    ``utilities[i][x]`` is what alternative x is worth to voter i.
    """
    values = [[number(u, "utilities") for u in row] for row in utilities]
    path, n = check_order(order, len(values[0])), len(values)
    StagedGame.forecast(2 ** (n * (len(path) - 1) + 1))
    quota = n // 2 + 1 if needed is None else needed

    def rules(history: History) -> Node | Sequence[Number]:
        floor, votes = path[0], [taken[0] == "yes" for taken in history]
        for k in range(len(votes) // n):
            floor = path[k + 1] if sum(votes[k * n : (k + 1) * n]) >= quota else floor
        if len(votes) == n * (len(path) - 1):
            return [row[floor] for row in values]
        return move([len(votes) % n], [["yes", "no"]])

    return StagedGame.from_function([str(i + 1) for i in range(n)], rules)


@dataclass(frozen=True)
class Agenda:
    """DL-9 over the alternatives named in ``order`` (names; None: the sites as listed, the status quo last).

    ``rule``: None, the challenger needs more votes than what is on the floor; otherwise more than this share of all residents.
    """

    order: tuple[str, ...] | None = None
    sophisticated: bool = True
    rule: Fraction | None = None

    def __post_init__(self) -> None:
        if self.order is not None:
            object.__setattr__(self, "order", tuple(self.order))
            if len(self.order) < 2 or len(set(self.order)) != len(self.order):
                raise InputError("order={order} must name at least two alternatives, none twice", order=list(self.order))
        if self.rule is not None:
            share = Fraction(number(self.rule, "rule"))
            if not Fraction(1, 2) <= share < 1:
                raise InputError("rule={share} must be at least one half and below 1", share=share)
            object.__setattr__(self, "rule", share)

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-9" if self.sophisticated else "DL-9:sincere"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.sophisticated:
            return say("votes on one alternative after another, voters look ahead")
        return say("votes on one alternative after another, voters are sincere")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Rankings; whoever looks ahead must know those of the others."""
        return (Knowledge.ORDINAL,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-9."""
        return (
            Claim("budget-balanced", True, "no money moves"),
            Claim("anonymous", True, "heads are counted", "what is voted on is nobody's own site"),
            Claim("individually-rational", False, "ATLAS P1.4: the host of what wins may lose"),
            Claim("efficient", False, "majorities weigh heads, not gains"),
            Claim("strategy-proof", False, "Gibbard 1973; Satterthwaite 1975"),
        )

    def refuses(self, game: object) -> Message | None:
        """It needs a game over outcomes that has the alternatives of the order."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        missing = [name for name in self.order or () if name not in game.alternatives]
        if missing:
            return say("the agenda names {missing}, which is not among the alternatives", missing=missing)
        if len(game.alternatives) > MOST_ALTERNATIVES:
            return say("an agenda holds at most {limit} alternatives", limit=MOST_ALTERNATIVES)
        return None

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """The winner of the agenda; no transfers."""
        del reports  # audits of reports come with the game they are played in
        needed = None if self.rule is None else int(self.rule * game.residents) + 1
        relation = beats(outcome_support(game), needed)
        order = [*game.sites, game.status_quo] if self.order is None else [game.alternatives.index(name) for name in self.order]
        won = (sophisticated if self.sophisticated else sincere)(relation, order)
        lottery = zeros(len(game.alternatives), like=game.surplus)
        lottery[won] = Fraction(1) if game.exact else 1.0
        return Outcome(lottery, zeros(game.rows, like=lottery))
