"""A third party that helps an organisation and then passes judgement on it, under random audits (ATLAS CASE-14; Tirole 1986).

Help h costs ``h^2 / 2`` and makes the organisation good with probability ``start + productivity h``. The evaluator sees which, and
reports. A pass is worth ``bonus`` to the evaluator, and ``reputation`` to whoever helped; an audit comes with probability ``audit`` and
costs the evaluator ``penalty`` if it passed a bad one. An organisation that is bad may pay for its pass: up to ``stake``, of which the
evaluator gets the share ``side_efficiency``; the organisation makes the offer.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amount, label, whole
from ..staged_game import Chance, End, Node, Stage, StagedGame

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Evaluator:
    """``separated`` 1: help and evaluation lie with two bodies, so that the evaluator has no reputation to gain by its passes.

    ``levels`` of help and ``offers`` of payment make the finite :meth:`game`. Raises :class:`InputError`.
    """

    bonus: Number = ONE
    reputation: Number = ONE
    audit: Number = Fraction(1, 10)
    penalty: Number = Fraction(10)
    stake: Number = Fraction(2)
    side_efficiency: Number = ONE
    start: Number = Fraction(1, 5)
    productivity: Number = Fraction(1, 2)
    separated: int = 0
    levels: int = 16
    offers: int = 2

    def __post_init__(self) -> None:
        for name in ("bonus", "reputation", "penalty", "stake", "productivity"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        for name in ("audit", "side_efficiency", "start"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0, most=1))
        object.__setattr__(self, "separated", whole(self.separated, "separated", 0, 1))
        object.__setattr__(self, "levels", whole(self.levels, "levels", most=20))
        object.__setattr__(self, "offers", whole(self.offers, "offers", most=10))

    @property
    def own(self) -> Number:
        """What a pass is worth to the evaluator."""
        return self.bonus + (ZERO if self.separated else self.reputation)

    @property
    def fear(self) -> Number:
        """What passing a bad organisation costs it in expectation."""
        return self.audit * self.penalty

    @property
    def most_help(self) -> Number:
        """The help beyond which nothing can improve."""
        return (1 - self.start) / self.productivity if self.productivity else ZERO

    def good(self, help_given: Number) -> Number:
        """The probability that the organisation is good."""
        return self.start + self.productivity * help_given

    def game(self) -> StagedGame:
        """Help, chance, an offer if the organisation is bad, report, audit; players evaluator and organisation, and the helper if it is
        another body.
        """
        grid = [self.most_help * Fraction(k, self.levels) for k in range(self.levels + 1)] if self.most_help else [ZERO]
        helper = 2 if self.separated else 0
        names = ("evaluator", "organisation", "helper")[: 3 if self.separated else 2]
        options = tuple(label(h) for h in grid)
        return StagedGame(names, Stage((helper,), (options,), tuple(self._after_help(h) for h in grid)))

    def _after_help(self, h: Number) -> Node:
        good = Stage((0,), (("pass", "fail"),), (self._end(h, True, ZERO, False), self._end(h, False, ZERO, False)))
        paid = [self.stake * Fraction(k, self.offers) for k in range(self.offers + 1)] if self.stake else [ZERO]
        bad = Stage((1,), (tuple(label(t) for t in paid),), tuple(self._after_offer(h, t) for t in paid))
        return Chance(("good", "bad"), (self.good(h), 1 - self.good(h)), (good, bad))

    def _after_offer(self, h: Number, t: Number) -> Node:
        audited = Chance(("audited", "not"), (self.audit, 1 - self.audit), (self._end(h, True, t, True), self._end(h, True, t, False)))
        return Stage((0,), (("pass", "fail"),), (audited, self._end(h, False, ZERO, False)))

    def _end(self, h: Number, passed: bool, paid: Number, caught: bool) -> End:
        evaluator = (self.own if passed else ZERO) + self.side_efficiency * paid - (self.penalty if caught else ZERO)
        organisation = (self.stake if passed else ZERO) - paid
        if self.separated:
            return End((evaluator, organisation, (self.reputation if passed else ZERO) - h * h / 2))
        return End((evaluator - h * h / 2, organisation))
