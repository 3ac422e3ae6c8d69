"""How many disputes a mediator can settle, what that takes, and what a clean record proves (ATLAS P10.1 to P10.4)."""

from __future__ import annotations

from fractions import Fraction
from math import exp, fsum, lgamma, log, log1p
from typing import Any

from ...games.bayesian_game import BayesianGame
from ...games.exact import Number
from ...games.message import say
from ...games.organisation.mediation import Mediation
from ..deliberation.mediation_program import Settlement, arbitrated, mediated
from ..solution import Equilibrium, Solution
from ..solve import solve
from .analysis import Analysis, figure

STRONG, WEAK = 0, 1
SHORT = 4  # parts of the pie up to which the list of unmediated equilibria can be checked for completeness by trying all plans


class MediationAnalysis(Analysis[Mediation]):
    """Mediation is solved as exact linear programs, each with its certificate, so that best means best of all mechanisms.

    A mediator may propose any shares and keep reports secret. The program over a few shares (:func:`mediated`) bounds it from below, the
    arbitrator's (:func:`arbitrated`) from above; where they meet, and at every parameter tried they do (Hoerner, Morelli and Squintani
    2015), both are what a mediator can reach. What happens without mediation are the pure equilibria of a demand game on a grid of shares.
    """

    @figure(say("what conflict leaves of the pie after sanctions"))
    def left(self) -> Number:
        """remains (1 - ties)."""
        return self.model.left

    @figure(say("what a strong neighbour expects of conflict"))
    def war_strong(self) -> Number:
        """left (q/2 + (1 - q) p)."""
        return self._war(STRONG)

    @figure(say("what a weak neighbour expects of conflict"))
    def war_weak(self) -> Number:
        """left (q (1 - p) + (1 - q)/2)."""
        return self._war(WEAK)

    def _war(self, kind: int) -> Fraction:
        return sum((p * w for p, w in zip(self.model.prior, self.model.conflict()[kind])), start=Fraction(0))

    @figure(say("whether everybody accepts an even split for sure"))
    def even_split(self) -> bool:
        """The strong expect no more than a half of conflict, and then the weak neither."""
        return max(self.war_strong, self.war_weak) <= Fraction(1, 2)

    @figure(say("what conflict may leave at most for every dispute to be settled"))
    def bound(self) -> Number:
        """1 / (2 (q/2 + (1 - q) p)): at most 1, because the strong expect a half of what is left at least."""
        q, p = Fraction(self.model.strong), Fraction(self.model.wins)
        return 1 / (q + 2 * (1 - q) * p)

    @figure(say("share of what conflict leaves that sanctions must take for every dispute to be settled"))
    def ties_needed(self) -> Number:
        """1 - bound / remains, and 0 where none is needed."""
        return max(Fraction(0), 1 - self.bound / self.model.remains) if self.model.remains else Fraction(0)

    @property
    def arbitration(self) -> Settlement:
        """The best of everything that is enforced once both have agreed to it."""
        return self._program("arbitration", lambda: arbitrated(self.model.conflict(), self.model.prior))

    @property
    def mediation(self) -> Settlement:
        """The best that proposes a half or what conflict is worth to either side."""
        war = self.model.conflict()
        shares = [Fraction(1, 2), *(worth for row in war for worth in row)]
        return self._program("mediation", lambda: mediated(war, self.model.prior, shares))

    @property
    def paid(self) -> Settlement:
        """Arbitration with money besides the pie."""
        return self._program("paid", lambda: arbitrated(self.model.conflict(), self.model.prior, money=True))

    def _program(self, name: str, solved: Any) -> Settlement:
        key = f"program {name}"
        if key not in self.known:
            self.known[key] = solved()
        return self.known[key]

    @figure(say("share of disputes that the best arbitrator settles"))
    def settled(self) -> Number:
        """The optimum over all truthful mechanisms that each strength takes part in."""
        return self.arbitration.rate

    @figure(say("how often the best arbitrator settles between two strong, a strong and a weak, two weak"))
    def settled_pairs(self) -> list[Number]:
        """s_HH, s_HL, s_LL of the optimum that was found."""
        return [self.arbitration.pairs[pair] for pair in ((STRONG, STRONG), (STRONG, WEAK), (WEAK, WEAK))]

    @figure(say("what a strong neighbour gets on average where it settles with a weak one"))
    def strong_share(self) -> Number | None:
        """None where they never settle."""
        return self.arbitration.shares[STRONG, WEAK]

    @figure(say("share of disputes that a mediator settles who can enforce nothing"))
    def settled_by_mediator(self) -> Number:
        """Nobody gains by misreporting, by refusing what is proposed, or by both."""
        return self.mediation.rate

    @figure(say("whether a mediator does as well as an arbitrator"))
    def mediator_is_enough(self) -> bool:
        """Equal to the last digit."""
        return self.settled_by_mediator == self.settled

    @figure(say("share of disputes that an arbitrator settles who may also collect, pay and burn money"))
    def settled_with_money(self) -> Number:
        """Transfers that balance, or are thrown away, settled or not."""
        return self.paid.rate

    @figure(say("what both expect together under the best mediation"))
    def worth(self) -> Number:
        """The whole pie where they settle, what conflict leaves of it where not."""
        return self.settled + (1 - self.settled) * self.left

    @figure(say("what there is to share over conflict if both strengths are known"))
    def room(self) -> Number:
        """1 - left for every pair, since what one of them wins the other loses: known strength is no obstacle."""
        return 1 - self.left

    @figure(say("share of disputes that the best arbitrator settles if conflict leaves 5, 6, ..., 10 tenths"))
    def settled_if_left(self) -> list[Number]:
        """The optimum of each; that it falls is found at these, not proved in general."""
        return [arbitrated(self.model.conflict(Fraction(k, 10)), self.model.prior).rate for k in range(5, 11)]

    @property
    def unmediated(self) -> Solution:
        """The pure equilibria of the demand game, all of them."""
        if "unmediated" not in self.known:
            self.known["unmediated"] = solve(self.demands, "bayes-nash")
        return self.known["unmediated"]

    @property
    def demands(self) -> BayesianGame:
        """The demand game."""
        if "demands" not in self.known:
            self.known["demands"] = self.model.game()
        return self.known["demands"]

    def _rates(self) -> list[Fraction]:
        return [self._rate(equilibrium) for equilibrium in self.unmediated.equilibria]

    def _rate(self, equilibrium: Equilibrium) -> Fraction:
        """The probability that demands fit together."""
        plans = [[mix.index(Fraction(1)) for mix in plan] for plan in equilibrium.profile]
        game = self.demands
        fitting = (t for t in game.type_profiles() if plans[0][t[0]] + plans[1][t[1]] <= self.model.steps)
        return sum((Fraction(game.chance(t)) for t in fitting), start=Fraction(0))

    @figure(say("number of equilibria in pure plans where nobody mediates"))
    def demand_equilibria(self) -> int:
        """On the grid of shares; a strength that never occurs counts with every demand."""
        return len(self.unmediated.equilibria)

    @figure(say("share of disputes settled in the best equilibrium where nobody mediates"))
    def demand_best(self) -> Number:
        """Over all pure equilibria on the grid."""
        return max(self._rates())

    @figure(say("share of disputes settled in the worst equilibrium where nobody mediates"))
    def demand_worst(self) -> Number:
        """0 where both may demand everything: then no smaller demand fits."""
        return min(self._rates())

    @figure(say("disputes on record that were settled"))
    def successes(self) -> int:
        """How many of the disputes on record were settled, rounded down."""
        return int(Fraction(self.model.reported) * self.model.cases)

    @figure(say("success rate that the record does not refute"))
    def least_success(self) -> float:
        """The rate at which so many successes or more have the probability ``tail``: tail^(1/cases) for a record without a failure, below
        which they are less likely still (Clopper and Pearson 1934)."""
        from scipy.special import betaincinv

        n, k, tail = self.model.cases, self.successes, float(self.model.tail)
        return tail ** (1 / n) if k == n else float(betaincinv(k, n - k + 1, tail)) if k else 0.0

    @figure(say("probability of such a record or a better one at that rate"))
    def tail_at_least(self) -> float:
        """The binomial tail, summed up: ``tail``, unless there is no success, when it is 1."""
        n, k, p = self.model.cases, self.successes, self.least_success
        if k in (0, n):
            return p**n if k else 1.0
        if p in (0.0, 1.0):
            return p
        each = (lgamma(n + 1) - lgamma(j + 1) - lgamma(n - j + 1) + j * log(p) + (n - j) * log1p(-p) for j in range(k, n + 1))
        return min(fsum(map(exp, each)), 1.0)

    @figure(say("probability of such a record or a better one if no mediator could do better"))
    def record_chance(self) -> Number:
        """Disputes being independent: settled^cases for a record without a failure, exact where that is short."""
        from scipy.special import betainc

        n, k, rate = self.model.cases, self.successes, Fraction(self.settled)
        if k < n:
            return float(betainc(k, n - k + 1, float(rate))) if k else Fraction(1)
        return rate**n if n * rate.denominator.bit_length() <= 300 else float(rate) ** n

    def _every(self) -> list[tuple[bool, Fraction]]:
        """For each dispute: whether an even split settles it for sure, and how often the best mediation does."""
        if "every" not in self.known:
            m = self.model
            sizes = [Fraction(x) * (1 - Fraction(m.ties)) for x in m.disputes]
            rates = {size: arbitrated(m.conflict(size), m.prior).rate for size in set(sizes)}
            self.known["every"] = [(size <= self.bound, rates[size]) for size in sizes]
        return self.known["every"]

    @figure(say("disputes that an even split settles for sure"))
    def accepted(self) -> int:
        """Those in which conflict leaves no more than the bound."""
        return sum(sure for sure, _ in self._every())

    @figure(say("success rate on record if only those disputes are accepted"))
    def recorded_success(self) -> Number | None:
        """1, whatever becomes of the others; None if none is accepted."""
        rates = [rate for sure, rate in self._every() if sure]
        return sum(rates, start=Fraction(0)) / len(rates) if rates else None

    @figure(say("success rate over all disputes under the best mediation of each"))
    def success_of_all(self) -> Number:
        """The mean of the optimum over ``disputes``."""
        rates = [rate for _, rate in self._every()]
        return sum(rates, start=Fraction(0)) / len(rates)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """The programs with their prices, and the unmediated equilibria where all plans can be tried again."""
        programs = tuple(program.certificate for program in (self.arbitration, self.mediation, self.paid))
        listed = self.unmediated.certificate if self.model.steps <= SHORT else None
        return programs if listed is None else (*programs, listed)
