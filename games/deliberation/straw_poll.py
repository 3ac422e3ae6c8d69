"""DL-12, a straw poll and then a vote on a question of fact: is the site harmful, is the accused guilty?

The state is guilty with probability ``prior``, else innocent. Each of n jurors has a signal that is right with probability p =
``accuracy``, independently given the state. Convicting the innocent costs juror i ``doubts[i]`` = q_i, acquitting the guilty 1 - q_i,
so that i wants to convict exactly when guilt is more probable than q_i (a tie acquits). ``votes`` are needed to convict.

With k of n signals guilty, guilt has the posterior pi p^k (1-p)^(n-k) / (pi p^k (1-p)^(n-k) + (1-pi) (1-p)^k p^(n-k)).
Condorcet 1785; Austen-Smith and Banks 1996; Feddersen and Pesendorfer 1998; Coughlan 2000. Equilibria are found in
``encompass.solvers.deliberation.juries``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import comb
from typing import Any

import numpy as np

from ..bayesian_game import BayesianGame, check_types
from ..environment import Environment, Types
from ..errors import InputError, SizeError
from ..exact import Array, Number, number
from ..mechanisms.mechanism import Claim, Knowledge, accept
from ..message import Message, say
from ..parameters import amounts, whole

GUILTY, INNOCENT = "guilty", "innocent"
LARGEST_JURY = 400  # jurors whose votes are counted exactly
LARGEST_POLL = 4096  # profiles of signals that are listed


@dataclass(frozen=True)
class Jury:
    """See the head of the file; ``votes``: by default all.

    Raises :class:`InputError` unless 1/2 <= accuracy < 1 and 0 < prior, doubts < 1, :class:`SizeError` for too many jurors.
    """

    doubts: tuple[Fraction, ...]
    accuracy: Fraction
    prior: Fraction = Fraction(1, 2)
    votes: int = 0

    def __post_init__(self) -> None:
        doubts = tuple(Fraction(q) for q in amounts(self.doubts, "doubts"))
        object.__setattr__(self, "doubts", doubts)
        for name in ("accuracy", "prior"):
            object.__setattr__(self, name, Fraction(number(getattr(self, name), name)))
        for name, value in (("prior", self.prior), *(("doubts", q) for q in doubts)):
            if not 0 < value < 1:
                raise InputError("{name}={value} must lie between 0 and 1", name=name, value=value)
        if not Fraction(1, 2) <= self.accuracy < 1:
            raise InputError("accuracy={value} must be at least 1/2 and below 1", value=self.accuracy)
        if len(doubts) > LARGEST_JURY:
            raise SizeError("votes of {n} jurors are not counted exactly; at most {limit} are", n=len(doubts), limit=LARGEST_JURY)
        object.__setattr__(self, "votes", whole(self.votes or len(doubts), "votes", 1, len(doubts)))

    @property
    def jurors(self) -> int:
        """How many there are."""
        return len(self.doubts)

    def posterior(self, guilty: int, signals: int | None = None) -> Fraction:
        """The probability of guilt after ``guilty`` of ``signals`` (default: everybody's) signals say so."""
        return guilt(self.accuracy, self.prior, 2 * guilty - (self.jurors if signals is None else signals))

    @cached_property
    def posteriors(self) -> tuple[Fraction, ...]:
        """The probability of guilt after 0, 1, ..., n guilty signals of all."""
        return tuple(map(self.posterior, range(self.jurors + 1)))

    def cutoff(self, juror: int) -> int:
        """How many guilty signals of all make the juror want to convict: 0 always, n + 1 never."""
        n = self.jurors
        return next((k for k in range(n + 1) if self.posteriors[k] > self.doubts[juror]), n + 1)

    @property
    def verdict_cutoff(self) -> int:
        """How many guilty signals convict once all are known and everybody votes by the posterior; n + 1 if none do."""
        return sorted(map(self.cutoff, range(self.jurors)))[self.votes - 1]

    def chance_of(self, guilty: int, signals: int, state: bool) -> Fraction:
        """The probability that ``guilty`` of ``signals`` signals say guilty in a state (True: guilty)."""
        p = self.accuracy if state else 1 - self.accuracy
        return comb(signals, guilty) * p**guilty * (1 - p) ** (signals - guilty)


def guilt(accuracy: Fraction, prior: Fraction, lead: int) -> Fraction:
    """The probability of guilt when the guilty signals are ``lead`` more than the innocent ones."""
    right, wrong = (accuracy, 1 - accuracy) if lead >= 0 else (1 - accuracy, accuracy)
    for_guilt, against = prior * right ** abs(lead), (1 - prior) * wrong ** abs(lead)
    return for_guilt / (for_guilt + against)


def even_jury(jurors: int, doubt: object, accuracy: object, prior: object = "1/2", votes: int = 0) -> Jury:
    """Jurors of one threshold of doubt."""
    n = whole(jurors, "jurors", 1, LARGEST_JURY)
    return Jury((Fraction(number(doubt, "doubt")),) * n, Fraction(number(accuracy, "accuracy")), Fraction(number(prior, "prior")), votes)


def signals_prior(jury: Jury) -> Array:
    """The probability of every profile of signals (0 innocent, 1 guilty), one axis a juror. Raises :class:`SizeError`."""
    n, p = jury.jurors, jury.accuracy
    if 2**n > LARGEST_POLL:
        raise SizeError("the signals of {n} jurors have 2^{n} profiles; at most {limit} are listed", n=n, limit=LARGEST_POLL)
    prior = np.empty([2] * n, dtype=object)
    for signals in product(range(2), repeat=n):
        k = sum(signals)
        prior[signals] = jury.prior * p**k * (1 - p) ** (n - k) + (1 - jury.prior) * (1 - p) ** k * p ** (n - k)
    return prior


def vote_without_talk(jury: Jury) -> BayesianGame:
    """The vote without a poll, as a game with private signals: everybody acquits or convicts.

    Payoffs are over acquittal, expected given all signals. Raises :class:`SizeError`.
    """
    n = jury.jurors
    prior = signals_prior(jury)
    check_types([2] * n, [2] * n)

    def payoff(signals: tuple[int, ...], actions: tuple[int, ...]) -> list[Fraction]:
        convicted = sum(actions) >= jury.votes
        return [(jury.posteriors[sum(signals)] - q) * convicted for q in jury.doubts]

    names = [(INNOCENT, GUILTY)] * n
    return BayesianGame.from_function(payoff, prior, names, [("acquit", "convict")] * n)


@dataclass(frozen=True)
class Verdict:
    """What is decided; no money moves."""

    convict: bool
    transfers: tuple[Fraction, ...]


@dataclass(frozen=True)
class PollProblem:
    """A :class:`Jury` and the ``signals`` (0 innocent, 1 guilty) that are told, or true. Payoffs are over acquittal."""

    jury: Jury
    signals: tuple[int, ...]

    @property
    def players(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(str(i + 1) for i in range(self.jury.jurors))

    @property
    def _gains(self) -> tuple[Fraction, ...]:
        guilty = self.jury.posteriors[sum(self.signals)]
        return tuple(guilty - q for q in self.jury.doubts)

    @property
    def most(self) -> Number:
        """The largest welfare of a verdict."""
        return max(Fraction(0), sum(self._gains, start=Fraction(0)))

    def worth(self, player: int, outcome: Verdict) -> Number:
        """What the verdict is worth to a juror: the probability of guilt less its threshold if it convicts, else 0."""
        return self._gains[player] * outcome.convict

    def welfare(self, outcome: Verdict) -> Number:
        """The sum over jurors."""
        return sum(self._gains, start=Fraction(0)) * outcome.convict

    def describe(self, outcome: Verdict) -> str:
        """The verdict in a word."""
        return "convict" if outcome.convict else "acquit"


def polls(jury: Jury) -> Environment:
    """The environment in which each juror alone knows its signal, with the prior over signals. Raises :class:`SizeError`."""
    prior = signals_prior(jury)

    def problem(types: Types) -> PollProblem:
        return PollProblem(jury, tuple(int(t) for t in types))

    return Environment(((0, 1),) * jury.jurors, problem, prior, alike=len(set(jury.doubts)) == 1)


@dataclass(frozen=True)
class StrawPoll:
    """DL-12: signals are polled, then all vote by what the poll says; who would rather have another verdict may lie in the poll.

    Truth in the poll is an equilibrium exactly when the poll cannot change the verdict or all thresholds of doubt lie between the same
    two posteriors (Coughlan 2000 for unanimity; computed by ``encompass.solvers.deliberation.juries.truthful_poll``).
    """

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-12"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("straw poll, then a vote on a question of fact")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """How good signals are, and how probable guilt is beforehand."""
        return (Knowledge.PRIOR,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-12."""
        together = "all thresholds of doubt lie between the same two posteriors"
        return (
            Claim("bayes-incentive-compatible", True, "Coughlan 2000; Austen-Smith and Feddersen 2006", together),
            Claim("efficient", True, "Coughlan 2000", together),
            Claim("budget-balanced", True, "no money moves"),
            Claim("anonymous", True, "heads and signals are counted", "one threshold of doubt for all"),
            Claim("strategy-proof", False, "who expects others to lie lies to undo it"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It answers a question of fact, not where a burden goes."""
        if isinstance(game, PollProblem):
            return None
        return say("answers a question of fact on which signals are polled, not who is to bear what (P1.3)")

    def outcome(self, game: PollProblem) -> Verdict:
        """The verdict when the signals told are taken for true and everybody votes by the posterior."""
        accept(self.refuses(game))
        convict = sum(game.signals) >= game.jury.verdict_cutoff
        return Verdict(convict, (Fraction(0),) * game.jury.jurors)
