"""Juries (DL-12): what a vote on a question of fact gets right, and whether voters say and vote what they know.

Sincere and strategic voting without talk (Condorcet 1785; Austen-Smith and Banks 1996; Feddersen and Pesendorfer 1998), and with a straw
poll before it (Coughlan 2000), for a :class:`Jury`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from ...games.deliberation.straw_poll import Jury, guilt
from ...games.errors import InputError, NotApplicable, SizeError
from ...games.exact import Number
from ...games.parameters import amount, amounts, whole

BITS = 120  # to which mixed equilibria are bracketed
LARGEST_CROWD = 2000  # voters whose majority is computed


@dataclass(frozen=True)
class Errors:
    """The chances of the two errors of a verdict."""

    convict_innocent: Fraction
    acquit_guilty: Fraction


def majority_correct(voters: int, competence: object) -> Fraction:
    """The probability that more than half of ``voters`` are right, each with probability ``competence``, independently (Condorcet 1785)."""
    n = whole(voters, "voters", 1, LARGEST_CROWD)
    p = Fraction(amount(competence, "competence", Fraction(0), Fraction(1)))
    return votes_reach([p] * n, n // 2 + 1)


def votes_reach(competences: Sequence[object], needed: int) -> Fraction:
    """The probability that at least ``needed`` of voters who differ in competence are right, exact (Grofman, Owen and Feld 1983)."""
    chances = [Fraction(p) for p in amounts(competences, "competences", least=Fraction(0))]
    if max(chances) > 1:
        raise InputError("{name}={value} must be at most {most}", name="competences", value=max(chances), most=1)
    if len(chances) > LARGEST_CROWD:
        raise SizeError("votes of {n} jurors are not counted exactly; at most {limit} are", n=len(chances), limit=LARGEST_CROWD)
    if len(set(chances)) == 1:
        return _reach(len(chances), chances[0], needed)
    spread = [Fraction(1)]
    for p in chances:
        spread = [fewer * p + same * (1 - p) for fewer, same in zip([Fraction(0), *spread], [*spread, Fraction(0)])]
    return sum(spread[max(needed, 0) :], start=Fraction(0))


def _reach(n: int, p: Fraction, needed: int) -> Fraction:
    """P(at least ``needed`` of n succeed), each with probability ``p``: whole numbers over one denominator."""
    yes, no, total, ways = p.numerator, p.denominator - p.numerator, 0, 1
    for k in range(n + 1):
        if k >= needed:
            total += ways * yes**k * no ** (n - k)
        ways = ways * (n - k) // (k + 1)
    return Fraction(total, p.denominator**n)


def pooled(jury: Jury) -> Errors:
    """The errors when all signals are known to all and everybody votes by the posterior."""
    n, cut, p = jury.jurors, jury.verdict_cutoff, jury.accuracy
    return Errors(_reach(n, 1 - p, cut), 1 - _reach(n, p, cut))


@dataclass(frozen=True)
class Poll:
    """Whether truth in the straw poll, then voting by the posterior, is an equilibrium: the largest ``gain`` of a deviation, and whose.

    ``juror`` with signal ``guilty`` gains most by announcing the other signal or by voting otherwise (None where nobody gains).
    """

    truthful: bool
    gain: Fraction
    juror: int | None = None
    guilty: bool | None = None


def truthful_poll(jury: Jury) -> Poll:
    """Whether the straw poll is truthful, by trying every deviation of every juror: each message and, after it, each vote.

    A deviator hears the others' signals, so that its best vote is chosen for every number of guilty signals among them; the others
    vote by what the poll says, wrongly where it was lied to.
    """
    best, cutoffs = Poll(True, Fraction(0)), [jury.cutoff(j) for j in range(jury.jurors)]
    for own in (0, 1):
        weights = _of_others(jury, own)
        for q in dict.fromkeys(jury.doubts):
            juror = jury.doubts.index(q)
            others = sorted(cutoffs[:juror] + cutoffs[juror + 1 :])
            for told in (0, 1):
                gain = _poll_gain(jury, q, others, weights, own, told)
                if gain > best.gain:
                    best = Poll(False, gain, juror, bool(own))
    return best


def _of_others(jury: Jury, own: int) -> list[Fraction]:
    """The probabilities of 0, 1, ..., n - 1 guilty signals among the others, given one's ``own``."""
    n, chance = jury.jurors, jury.posterior(own, 1)
    return [chance * jury.chance_of(k, n - 1, True) + (1 - chance) * jury.chance_of(k, n - 1, False) for k in range(n)]


def _poll_gain(jury: Jury, q: Fraction, others: Sequence[int], weights: Sequence[Fraction], own: int, told: int) -> Fraction:
    """What a juror of doubt ``q`` and signal ``own`` gains, in expectation, by announcing ``told`` and then voting as is best for it.

    ``others`` are the cutoffs of the others, rising.
    """
    total = Fraction(0)
    for k, weight in enumerate(weights):
        gain = jury.posteriors[k + own] - q  # of a conviction
        wants = gain > 0
        now = bisect_right(others, k + own) + wants >= jury.votes
        ayes = bisect_right(others, k + told)
        then = ayes >= jury.votes or (wants and ayes == jury.votes - 1)
        total += weight * gain * (int(then) - int(now))
    return total


@dataclass(frozen=True)
class Sincere:
    """Whether voting one's signal is an equilibrium without talk, and what a juror who decides the vote then believes.

    ``pivotal_innocent`` and ``pivotal_guilty`` are the probabilities of guilt for a juror of either signal, given that its vote decides;
    ``errors`` those of the verdict; ``gain`` is the most that a juror gains by voting against its signal.
    """

    is_equilibrium: bool
    pivotal_innocent: Fraction
    pivotal_guilty: Fraction
    gain: Fraction
    errors: Errors


def sincere_voting(jury: Jury) -> Sincere:
    """Everybody votes its signal; ``jury.votes`` guilty votes convict (Austen-Smith and Banks 1996: this need not be an equilibrium)."""
    n, k = jury.jurors, jury.votes
    innocent, guilty = (jury.posterior(k - 1 + own, n) for own in (0, 1))
    gain = Fraction(0)
    for own, belief in ((0, innocent), (1, guilty)):
        state = jury.posterior(own, 1)
        decides = state * jury.chance_of(k - 1, n - 1, True) + (1 - state) * jury.chance_of(k - 1, n - 1, False)
        for q in jury.doubts:
            gain = max(gain, decides * ((q - belief) if own else (belief - q)))
    return Sincere(gain == 0, innocent, guilty, gain, errors_of(jury, Fraction(0), Fraction(1)))


@dataclass(frozen=True)
class Strategic:
    """The symmetric equilibrium in which votes follow signals most: the chance of a guilty vote by signal, within ``within`` of it.

    ``responsive`` is False where votes do not depend on signals: everybody convicts, or nobody. Errors, and the ``regret`` (the most a
    juror gains by another vote, given its signal), are computed from the chances shown; 0 where those are exact.
    """

    innocent: Fraction
    guilty: Fraction
    within: Fraction
    responsive: bool
    errors: Errors
    regret: Fraction


def strategic_voting(jury: Jury) -> Strategic:
    """The symmetric equilibrium of the vote without talk, for one threshold of doubt (Feddersen and Pesendorfer 1998).

    Either all vote their signal, or those of one signal mix: with a and b the chances of a guilty vote when the accused is guilty and
    innocent, a mixing juror is indifferent when (a/b)^(k-1) ((1-a)/(1-b))^(n-k) = R, where R is q/(1-q) (1-pi)/pi divided by its signal's
    likelihood ratio. Where those of guilty signal vote guilty for sure (1-a)/(1-b) = (1-p)/p; where those of innocent signal never do,
    a/b = p/(1-p): so the root is one of a rational number. Raises :class:`NotApplicable` where thresholds differ.
    """
    n, k, p = jury.jurors, jury.votes, jury.accuracy
    if len(set(jury.doubts)) > 1:
        raise NotApplicable("strategic votes are computed for jurors of one threshold of doubt")
    if p == Fraction(1, 2):
        raise NotApplicable("signals of accuracy 1/2 say nothing: no vote depends on them")
    q = jury.doubts[0]
    odds = q / (1 - q) * (1 - jury.prior) / jury.prior
    ratio = p / (1 - p)  # the likelihood ratio of a guilty signal
    innocent, guilty = odds * ratio, odds / ratio
    sincere = ratio ** (k - 1) / ratio ** (n - k)
    if guilty <= sincere <= innocent:
        return _strategic(jury, (Fraction(0), Fraction(0)), (Fraction(1), Fraction(1)))
    if sincere > innocent:  # those of innocent signal would rather convict when they decide: they mix
        return _innocent_mix(jury, innocent * ratio ** (n - k))
    return _guilty_mix(jury, guilty / ratio ** (k - 1))


def _innocent_mix(jury: Jury, power: Fraction) -> Strategic:
    """sigma with (a/b)^(k-1) = ``power``, a = p + (1-p) sigma, b = 1-p + p sigma; falls in a/b. At a/b <= 1 everybody convicts."""
    p, k = jury.accuracy, jury.votes
    if power <= 1 or k == 1:
        return _strategic(jury, (Fraction(1), Fraction(1)), (Fraction(1), Fraction(1)))
    bounds = [(p - r * (1 - p)) / (r * p - (1 - p)) for r in root(power, k - 1)]
    return _strategic(jury, (min(bounds), max(bounds)), (Fraction(1), Fraction(1)))


def _guilty_mix(jury: Jury, power: Fraction) -> Strategic:
    """tau with ((1-a)/(1-b))^(n-k) = ``power``, a = p tau, b = (1-p) tau. At (1-a)/(1-b) >= 1 nobody convicts."""
    p, m = jury.accuracy, jury.jurors - jury.votes
    if power >= 1 or m == 0:
        return _strategic(jury, (Fraction(0), Fraction(0)), (Fraction(0), Fraction(0)))
    bounds = [(1 - s) / (p - s * (1 - p)) for s in root(power, m)]
    return _strategic(jury, (Fraction(0), Fraction(0)), (min(bounds), max(bounds)))


def _strategic(jury: Jury, innocent: tuple[Fraction, Fraction], guilty: tuple[Fraction, Fraction]) -> Strategic:
    x, y = sum(innocent) / 2, sum(guilty) / 2
    within = max(innocent[1] - innocent[0], guilty[1] - guilty[0])
    x, y = Fraction(x), Fraction(y)
    return Strategic(x, y, Fraction(within), x != y, errors_of(jury, x, y), voting_regret(jury, x, y))


def errors_of(jury: Jury, innocent: Fraction, guilty: Fraction) -> Errors:
    """The errors of the verdict when jurors of either signal vote guilty with these chances."""
    n, k, p = jury.jurors, jury.votes, jury.accuracy
    a, b = p * guilty + (1 - p) * innocent, (1 - p) * guilty + p * innocent
    return Errors(_reach(n, b, k), 1 - _reach(n, a, k))


def voting_regret(jury: Jury, innocent: Fraction, guilty: Fraction) -> Fraction:
    """The most a juror gains, given its signal, by another vote when all others vote guilty with these chances by signal."""
    n, k, p = jury.jurors, jury.votes, jury.accuracy
    a, b = p * guilty + (1 - p) * innocent, (1 - p) * guilty + p * innocent
    decides = [comb(n - 1, k - 1) * x ** (k - 1) * (1 - x) ** (n - k) for x in (a, b)]
    worst = Fraction(0)
    for own, chance in ((0, innocent), (1, guilty)):
        state = jury.posterior(own, 1)
        for q in set(jury.doubts):
            gain = state * decides[0] * (1 - q) - (1 - state) * decides[1] * q  # of voting guilty rather than innocent
            worst = max(worst, (1 - chance) * gain, -chance * gain)
    return worst


def root(x: Fraction, m: int) -> tuple[Fraction, Fraction]:
    """Two fractions 2**-120 apart between which the positive m-th root of ``x`` > 0 lies; the root itself twice where it is rational."""
    top, bottom = _whole_root(x.numerator, m), _whole_root(x.denominator, m)
    if top**m == x.numerator and bottom**m == x.denominator:
        return Fraction(top, bottom), Fraction(top, bottom)
    low = _whole_root((x.numerator << (BITS * m)) // x.denominator, m)
    return Fraction(low, 1 << BITS), Fraction(low + 1, 1 << BITS)


def _whole_root(x: int, m: int) -> int:
    """The largest whole number whose m-th power is at most ``x``."""
    if x < 2 or m == 1:
        return x
    guess = 1 << -(-x.bit_length() // m)  # at least the root; Newton falls to it
    while True:
        better = ((m - 1) * guess + x // guess ** (m - 1)) // m
        if better >= guess:
            return guess
        guess = better


@dataclass(frozen=True)
class Power:
    """The number ``base ** exponent``, as it is; ``float()`` gives it in floats."""

    base: Fraction
    exponent: Fraction

    def __float__(self) -> float:
        return float(self.base) ** float(self.exponent)


@dataclass(frozen=True)
class Limit:
    """What the chances of conviction under the unanimity rule tend to as jurors grow many."""

    convict_innocent: Power
    convict_guilty: Power


def unanimity_limit(accuracy: object, doubt: object, prior: object = "1/2") -> Limit:
    """The limits of P(convict | innocent) and P(convict | guilty) under unanimity and strategic votes (Feddersen and Pesendorfer 1998).

    R^(-p/(2p-1)) and R^(-(1-p)/(2p-1)) with R = q/(1-q) p/(1-p) (1-pi)/pi; both 1 where R <= 1: then everybody convicts. Neither is 0
    or 1 otherwise, where majorities tend to no errors.
    """
    jury = Jury((Fraction(amount(doubt, "doubt")),), Fraction(amount(accuracy, "accuracy")), Fraction(amount(prior, "prior")))
    p, q = jury.accuracy, jury.doubts[0]
    if p == Fraction(1, 2):
        raise NotApplicable("signals of accuracy 1/2 say nothing: no vote depends on them")
    R = max(Fraction(1), q / (1 - q) * p / (1 - p) * (1 - jury.prior) / jury.prior)
    return Limit(Power(1 / R, p / (2 * p - 1)), Power(1 / R, (1 - p) / (2 * p - 1)))


def posteriors(jurors: int, accuracy: object, prior: object = "1/2") -> tuple[Fraction, ...]:
    """The probability of guilt after 0, 1, ..., n guilty signals of n."""
    n = whole(jurors, "jurors", 1, LARGEST_CROWD)
    p, pi = Fraction(amount(accuracy, "accuracy")), Fraction(amount(prior, "prior"))
    return tuple(guilt(p, pi, 2 * k - n) for k in range(n + 1))


def as_number(value: Power) -> Number:
    """A :class:`Power` as a float, or as the fraction it is where the exponent is whole."""
    return value.base ** int(value.exponent) if value.exponent.denominator == 1 else float(value)
