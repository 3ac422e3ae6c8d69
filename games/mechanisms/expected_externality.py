"""M-07, the expected-externality rule (d'Aspremont and Gerard-Varet 1979; Arrow 1979): truth pays in expectation, no money is left over.

With beliefs that are common and independent, everybody receives what its report is expected to be worth to the others, and pays an equal
share of what the others receive: t_i = xi_i(v_i) - (1/(n-1)) sum_{j != i} xi_j(v_j), xi_i(v_i) = E[sum_{j != i} v_j(x*(v_i, v_-i))].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

import numpy as np

from ..environment import Environment
from ..errors import InputError, NotApplicable
from ..exact import Number, zeros
from ..message import Message, say
from ..outcome_game import OutcomeGame
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome

LARGEST = 200_000  # profiles of types over which an expectation is taken

Row = tuple[Number, ...]  # one gain an alternative


@dataclass(frozen=True)
class ExpectedExternality:
    """M-07 under ``beliefs``: for every resident the rows of gains it may have, each with its probability; independent."""

    beliefs: tuple[tuple[tuple[Number, Row], ...], ...] = ()

    def __post_init__(self) -> None:
        for i, kinds in enumerate(self.beliefs):
            if abs(sum(p for p, _ in kinds) - 1) > (0 if all(isinstance(p, Fraction | int) for p, _ in kinds) else 1e-9):
                raise InputError("beliefs about resident {i} must be probabilities that sum to one", i=i + 1)

    @classmethod
    def of(cls, environment: Environment) -> ExpectedExternality:
        """The rule for an environment with a prior. Raises :class:`NotApplicable` if there is none, types depend on one another, or what
        an alternative is worth to one depends on another's type."""
        prior = environment.prior
        if prior is None:
            raise NotApplicable("the expected-externality rule needs a prior")
        axes = range(prior.ndim)
        marginals = [prior.sum(axis=tuple(k for k in axes if k != i)) for i in axes]
        joint = marginals[0]
        for marginal in marginals[1:]:
            joint = np.multiply.outer(joint, marginal)
        if abs(joint - prior).max() > (0 if prior.dtype == object else 1e-9):
            raise NotApplicable("the expected-externality rule needs types that are independent of one another")
        return cls(tuple(tuple(zip(marginals[i].tolist(), _rows(environment, i))) for i in axes))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-07"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("everybody is paid what its report is expected to be worth to the others")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The common beliefs, and binding payments."""
        return (Knowledge.PRIOR, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-07 and 3G."""
        return (
            Claim("bayes-incentive-compatible", True, "d'Aspremont and Gerard-Varet 1979", "independent types, private values"),
            Claim("efficient", True, "d'Aspremont and Gerard-Varet 1979", "truth"),
            Claim("budget-balanced", True, "sums to zero by construction"),
            Claim("strategy-proof", False, "ATLAS 3G"),
            Claim("interim-individually-rational", False, "ATLAS M-07; Myerson and Satterthwaite 1983"),
            Claim("individually-rational", False, "ATLAS 3G"),
            Claim("anonymous", True, "by construction", "beliefs alike, and what is chosen among is nobody's own site"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs beliefs about every resident, and residents one by one."""
        if not isinstance(game, OutcomeGame):  # pyright: ignore[reportUnnecessaryIsInstance]
            return ONLY_OUTCOMES
        if not self.beliefs:
            return say("needs common beliefs about what everybody gains, and this case gives none")
        if game.stream is not None or (game.counts != 1).any():
            return say("needs every resident in a row of its own")
        if len(game.players) != len(self.beliefs) or any(len(v) != len(game.alternatives) for _, v in self._rows):
            return say("the beliefs are about other residents or alternatives than those of this game")
        if len(game.players) < 2:
            return say("needs two residents or more")
        worst = max(prod(len(kinds) for j, kinds in enumerate(self.beliefs) if j != i) for i in range(len(self.beliefs)))
        if worst > LARGEST:
            return say("expectations are taken over at most {limit} profiles of types, not {n}", limit=f"{LARGEST:,}", n=f"{worst:,}")
        return None

    @property
    def _rows(self) -> Sequence[tuple[Number, Row]]:
        return [kind for kinds in self.beliefs for kind in kinds]

    @cached_property
    def _known(self) -> dict[tuple[int, Row], Number]:
        return {}

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The alternative with the largest surplus as reported, and the transfers."""
        n = len(game.players)
        xi = [self.externality(game, i) for i in range(n)]
        transfers = zeros(n, like=game.utilities)
        for i in range(n):
            transfers[i] = xi[i] - (sum(xi) - xi[i]) / (n - 1)
        lottery = game.certain(game.best)
        return Outcome(lottery, transfers)

    def externality(self, game: OutcomeGame, i: int) -> Number:
        """xi_i: what the report of resident i in ``game`` is expected to be worth to all others (the funder's part included)."""
        own: Row = tuple(game.utilities[i])
        if (i, own) not in self._known:  # asked again and again by an audit
            self._known[i, own] = self._expected(game, i, own)
        return self._known[i, own]

    def _expected(self, game: OutcomeGame, i: int, own: Row) -> Number:
        total = Fraction(0)
        for kinds in product(*(beliefs for j, beliefs in enumerate(self.beliefs) if j != i)):
            others = np.array([v for _, v in kinds], dtype=game.utilities.dtype).sum(axis=0)
            chosen = game.largest(others + np.array(own, dtype=game.utilities.dtype) - game.grants, game.slack * game.residents)
            total += prod(p for p, _ in kinds) * (others[chosen] - game.grants[chosen])
        return total


def _rows(environment: Environment, i: int) -> list[Row]:
    """What resident i gains from each alternative, by its type. Raises :class:`NotApplicable` if others' types matter."""
    types = environment.types
    first = [kinds[0] for kinds in types]  # type: ignore[index]
    last = [kinds[-1] for kinds in types]  # type: ignore[index]
    rows: list[Row] = []
    for kind in types[i]:  # type: ignore[union-attr]
        seen = {tuple(environment.problem((*others[:i], kind, *others[i + 1 :])).utilities[i]) for others in (first, last)}
        if len(seen) > 1:
            raise NotApplicable("the expected-externality rule needs private values: what one gains must not depend on another's type")
        rows.append(seen.pop())
    return rows
