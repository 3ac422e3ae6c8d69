"""DL-11, claims backed by evidence: who has proof of its damage may show it or keep silent; silence is credited what it means on average.

A host's damage is d ~ F; with probability rho = ``evidence`` it can prove it. Credited is d where it is proved, else the expected damage
of the silent. Hosts above a threshold show their proof, hosts below keep silent, and the threshold x is what silence is credited
(Dye 1985; ATLAS H-9)::

    (1 - rho) (x - E d) + rho E max(x - d, 0) = 0,

which rises strictly in x, so that there is one root for rho < 1. At rho = 1 silence unravels: only the least damage has nothing to show
(Grossman 1981; Milgrom 1981). Silent hosts of low damage are credited too much: that is the price of missing proofs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from ..bayesian_game import BayesianGame, check_types
from ..errors import InputError
from ..exact import Number, number, zeros
from ..mechanisms.auctions import own_damages, refuses_own_sites
from ..mechanisms.mechanism import Claim, Knowledge, Outcome, accept
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import amount, amounts, grid_of, label
from ..private_costs import Costs

BITS = 80  # to which square roots are bracketed
SHOW, SILENT = "show", "keep silent"


@dataclass(frozen=True)
class Threshold:
    """The threshold, between ``low`` and ``high``: the same number where it is rational, else within 2**-80 of the spread of damages."""

    low: Fraction
    high: Fraction

    @property
    def value(self) -> Fraction:
        """The middle of the bracket."""
        return (self.low + self.high) / 2


def _chance(evidence: object) -> Fraction:
    return Fraction(amount(evidence, "evidence", Fraction(0), Fraction(1)))


def square_root(x: Fraction) -> tuple[Fraction, Fraction]:
    """Two fractions no more than 2**-80 / denominator apart between which the root of ``x`` lies; the root itself twice if rational."""
    top, bottom = x.numerator * x.denominator << 2 * BITS, x.denominator << BITS
    root = isqrt(top)
    return Fraction(root, bottom), Fraction(root + (root * root < top), bottom)


def uniform_threshold(low: object, high: object, evidence: object) -> Threshold:
    """The threshold for damages uniform on [low, high]: low + (high - low) r/(1 + r) with r = sqrt(1 - rho), bracketed.

    The root of rho s^2/2 + (1 - rho) s - (1 - rho)/2 = 0 in [0, 1]. Raises :class:`InputError` unless low < high, 0 <= evidence <= 1.
    """
    least, most = Fraction(number(low, "low")), Fraction(number(high, "high"))
    if least >= most:
        raise InputError("the least damage {low} must be below the largest, {high}", low=least, high=most)
    roots = square_root(1 - _chance(evidence))
    below, above = (least + (most - least) * r / (1 + r) for r in roots)
    return Threshold(below, above)


def finite_threshold(damages: Sequence[object], chances: Sequence[object], evidence: object) -> Fraction:
    """The threshold where damage k comes with probability ``chances[k]``, exact: a piecewise linear equation.

    Damages above it are shown, those below not, one equal to it may be either. At evidence 1 it is the least damage that occurs.
    """
    values, p = [Fraction(d) for d in amounts(damages, "damages")], [Fraction(x) for x in amounts(chances, "chances", least=Fraction(0))]
    rho = _chance(evidence)
    if len(p) != len(values) or sum(p) != 1:
        raise InputError("chances: probabilities that sum to {total} are no distribution over {n} damages", total=sum(p), n=len(values))
    mean = sum((x * d for x, d in zip(p, values)), start=Fraction(0))
    kinds = sorted((d, x) for d, x in zip(values, p) if x)
    mass, moment = 1 - rho, (1 - rho) * mean  # of those who are silent: without proof, and with proof of a damage below x
    for d, x in kinds:
        if mass and moment <= mass * d:
            break
        mass, moment = mass + rho * x, moment + rho * x * d
    return moment / mass


def threshold(damages: Costs, evidence: object) -> float:
    """The threshold for any distribution with a density, by bisection in floats: to about 1e-9 of the spread."""
    from scipy.integrate import quad

    rho, low, high = float(_chance(evidence)), float(damages.low), float(damages.high)
    if rho == 1:
        return low

    def below(x: float) -> float:
        return float(quad(damages.cdf, low, x, limit=200)[0])  # E max(x - d, 0), by parts

    mean, left, right = high - below(high), low, high
    while right - left > 1e-11 * (high - low):
        x = (left + right) / 2
        left, right = (left, x) if (1 - rho) * (x - mean) + rho * below(x) > 0 else (x, right)
    return (left + right) / 2


def disclosure_game(damages: Sequence[object], chances: Sequence[object], evidence: object, credits: Sequence[object]) -> BayesianGame:
    """The game between a host, who shows or keeps silent, and an assessor, who credits silence one of ``credits``.

    The host gets what it is credited; the assessor loses the square of its error. Types of the host: a damage with proof, in order,
    then (unless evidence is 1) the damages without, for which both actions come to silence.
    """
    d, p = amounts(damages, "damages"), amounts(chances, "chances", len(damages), Fraction(0))
    y, rho = grid_of(credits, "credits", least=None), _chance(evidence)
    kinds = [(x, w * rho, True) for x, w in zip(d, p)] + ([(x, w * (1 - rho), False) for x, w in zip(d, p)] if rho < 1 else [])
    check_types([len(kinds), 1], [2, len(y)])
    names = [[f"{label(x)} {'with' if proof else 'without'} proof" for x, _, proof in kinds], ["assessor"]]

    def payoff(types: tuple[int, ...], actions: tuple[int, ...]) -> tuple[Number, Number]:
        x, _, proof = kinds[types[0]]
        credit = x if proof and actions[0] == 0 else y[actions[1]]
        return credit, -((credit - x) ** 2)

    prior = [[w] for _, w, _ in kinds]
    return BayesianGame.from_function(payoff, prior, names, [(SHOW, SILENT), [label(x) for x in y]], ["host", "assessor"])


@dataclass(frozen=True)
class EvidencePooling:
    """DL-11 as a rule of siting: damages are believed uniform on [low, high], each proved with probability ``evidence``.

    Hosts above the threshold who can prove it show their damage, all others are silent and credited the threshold. It is built where
    benefits less credited damage are largest, ties to the first site; the host receives its credit, the others pay it in equal shares.
    :meth:`outcome` is expected over who has proof: the lottery over sites and the mean transfers.
    """

    low: Number
    high: Number
    evidence: Fraction = Fraction(3, 4)

    def __post_init__(self) -> None:
        object.__setattr__(self, "evidence", _chance(self.evidence))
        uniform_threshold(self.low, self.high, self.evidence)

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-11"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("claims backed by evidence: silence is credited its average")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """A prior over damages, proofs that can be checked, and payment that binds."""
        return (Knowledge.PRIOR, Knowledge.VERIFIABLE, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-11."""
        return (
            Claim("budget-balanced", True, "the host's credit is paid in equal shares by the others"),
            Claim("efficient", False, "Dye 1985", "two damages below the threshold are credited alike"),
        )

    @property
    def threshold(self) -> Threshold:
        """Below it hosts keep silent; it is what silence is credited."""
        return uniform_threshold(self.low, self.high, self.evidence)

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs one host a site, with damages that are thought possible."""
        reason = refuses_own_sites(game)
        if reason is not None:
            return reason
        d = own_damages(game)
        if min(d) < self.low or max(d) > self.high:
            return say("believes damages to lie between {low} and {high}; here they do not", low=self.low, high=self.high)
        return None

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The chances of every site and each resident's mean transfer, over who has proof."""
        accept(self.refuses(game))
        n, kind = game.residents, Fraction if game.exact else float
        lottery, transfers = zeros(len(game.alternatives), like=game.utilities), zeros(n, like=game.utilities)
        left = kind(1)  # the chance that none of the sites before is built
        for site, host, credit, chance in self._in_order(game):
            p = left * kind(chance)
            lottery[site] += p
            transfers -= p * kind(credit) / (n - 1)
            transfers[host] += p * kind(credit) * n / (n - 1)
            left -= p
        return Outcome(lottery, transfers)

    def _in_order(self, game: OutcomeGame) -> list[tuple[int, int, Fraction, Fraction]]:
        """Sites with host, credit, and the chance of that credit given that nothing before was built, best credited surplus first.

        A site whose proof would be shown stands twice: silent with chance 1 - rho, shown for sure otherwise.
        """
        hosts, x = game.hosts or (), self.threshold.value
        benefits = game.parts.benefits.sum(axis=0)  # type: ignore[union-attr]
        entries: list[tuple[Fraction, int, int, Fraction, Fraction]] = []
        for site, host in zip(game.sites, hosts):
            d, gain = Fraction(game.parts.damages[host, site]), Fraction(benefits[site])  # type: ignore[union-attr]
            if d <= x or not self.evidence:
                entries.append((gain - x, site, host, x, Fraction(1)))
            else:
                entries += [(gain - x, site, host, x, 1 - self.evidence), (gain - d, site, host, d, Fraction(1))]
        entries.sort(key=lambda entry: (-entry[0], entry[1]))
        return [(site, host, credit, chance) for _, site, host, credit, chance in entries]


def expected_credit(damage: object, silence: Number, evidence: object) -> Number:
    """What a host of ``damage`` is credited on average when silence is credited ``silence``: it shows its proof where that is more."""
    d, rho = number(damage, "damage"), _chance(evidence)
    return rho * max(d, silence) + (1 - rho) * silence
