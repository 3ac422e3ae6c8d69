"""A mechanism tried on a standoff: which ends it can come to, by its contract's equilibria, its own game, its advice or its decision."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.errors import EncompassError, NotApplicable
from ...games.exact import Array, Number, frozen, zeros
from ...games.mechanisms import Outcome
from ...games.normal_form import NormalForm
from ...games.outcome_game import OutcomeGame
from ...games.rights import Liability
from ..advice.correlated import solve_correlated
from ..form_ends import solved_ends
from ..pure import siting_outcomes
from ..solution import Solution


@dataclass(frozen=True, eq=False)
class Result:
    """One end a mechanism can come to: the lottery over alternatives, transfers and payoffs by row, money per resident."""

    lottery: Array
    transfers: Array
    payoffs: Array
    paid: Any  # Number: what the funder pays out to residents
    tau: Number = Fraction(0)


@dataclass(frozen=True, eq=False)
class Before:
    """The most that each row of residents, and the funder, gets in any of today's equilibria."""

    payoffs: Array
    funder: Any  # Number

    @classmethod
    def of(cls, game: OutcomeGame, today: Solution) -> Before:
        """Under today's rule, the assessed damage of the liability rule counted on both sides."""
        ends = [game.alternatives.index(name) for name in today.outcomes or ()]
        assessed = game.rights.assessed if isinstance(game.rights, Liability) else None
        owed = [0 if assessed is None else game.counts @ assessed[:, x] for x in ends]
        funder = max(game.funder_weight * game.surplus[x] - game.grants[x] - paid for x, paid in zip(ends, owed))
        return cls(frozen(np.max(np.stack([np.asarray(e.payoffs) for e in today.equilibria]), axis=0)), funder)


@dataclass(frozen=True, eq=False)
class Play:
    """How a mechanism is played: the equilibrium ``concept`` meant and all ends. ``world`` is the game whose gains and costs are real at
    those ends (today's, unless the mechanism changes them), ``after`` the one that residents then play, with its ``solution``."""

    concept: str
    results: tuple[Result, ...]
    world: OutcomeGame
    after: OutcomeGame | None = None
    solution: Any = None


def play(mechanism: Any, game: OutcomeGame, today: tuple[str, ...], before: Before) -> Play:
    """All ends of ``mechanism`` on ``game``, whose equilibria end ``today`` in the alternatives named."""
    if hasattr(mechanism, "transform"):
        return _contract(mechanism, game)
    if hasattr(mechanism, "advise"):
        solution = best_advice(mechanism.advise(game), game, before)
        kept = [_certain(game, game.alternatives.index(name), zeros(len(game.players), like=game.utilities)) for name in today]
        return Play("correlated", (_advised(game, solution), *kept), game, None, solution)  # nobody is bound: today's ends remain
    if hasattr(mechanism, "form") and not hasattr(mechanism, "played") and not _truthful(mechanism):
        return _game_form(mechanism, game)
    ends = mechanism.ends(game) if hasattr(mechanism, "ends") else (mechanism.outcome(game),)
    return Play(getattr(mechanism, "played", None) or _by_claims(mechanism), tuple(decided(game, end) for end in ends), game)


def _truthful(mechanism: Any) -> bool:
    return any(claim.property == "strategy-proof" and claim.holds for claim in getattr(mechanism, "claims", ()))


def _by_claims(mechanism: Any) -> str:
    """A rule in which truth is dominant is judged by it, any other by what it decides on true reports."""
    return "dominant-strategy" if _truthful(mechanism) else "true-reports"


def _contract(mechanism: Any, game: OutcomeGame) -> Play:
    """A contract, a change of rights or of the facts: residents play the game it makes.

    The facts are those of today's game, beside the money that the contract moves, unless the mechanism says that it ``alters`` the
    "world" (other alternatives, grants, designs): then they are those of the game it makes.
    """
    after = mechanism.transform(game)
    if not isinstance(after, OutcomeGame):
        raise NotApplicable("makes a game of another kind, which solve and audit know")
    solution = siting_outcomes(after)
    ends = [after.alternatives.index(e.outcome or "") for e in solution.equilibria]
    if getattr(mechanism, "alters", "") == "world":
        return Play(solution.method, tuple(_certain(after, x, after.utilities[:, x] * 0) for x in ends), after, after, solution)
    paid = mechanism.transfers(game) if hasattr(mechanism, "transfers") else after.utilities - game.utilities
    return Play(solution.method, tuple(_certain(game, x, paid[:, x]) for x in ends), game, after, solution)


def _game_form(mechanism: Any, game: OutcomeGame) -> Play:
    """The equilibria of a mechanism's own game; ends that differ in nothing are one."""
    ends = solved_ends(mechanism, game)
    results: dict[Any, Result] = {}
    for outcome in ends.outcomes:
        end = decided(game, outcome)
        results.setdefault((tuple(end.lottery), tuple(end.transfers)), end)
    if not results:
        raise EncompassError("the game of the mechanism has no equilibrium of the kind {concept}", concept=ends.concept)
    return Play(f"{ends.concept}-of-the-form", tuple(results.values()), game)


def _certain(game: OutcomeGame, alternative: int, transfers: Array) -> Result:
    return decided(game, Outcome(game.certain(alternative), transfers))


def decided(game: OutcomeGame, outcome: Outcome) -> Result:
    """What an outcome leaves everybody with."""
    kind = object if game.exact else np.float64  # one kind of number throughout: fractions times floats are slow and neither
    lottery, transfers = outcome.lottery.astype(kind), outcome.transfers.astype(kind)
    return Result(lottery, transfers, game.utilities @ lottery + transfers, game.counts @ transfers)


def _advised(game: OutcomeGame, solution: Any) -> Result:
    """A recommendation carries probabilities over profiles; what matters is the lottery over alternatives they end in."""
    from ...games.siting import consent

    siting = consent(game)
    rows = [row for row, count in enumerate(game.counts) for _ in range(count)]
    lottery = zeros(len(game.alternatives), like=game.utilities)
    for entry in solution.equilibria[0].profile:
        lottery[siting.ending(entry["profile"], rows)] += entry["probability"]
    return decided(game, Outcome(lottery, zeros(len(game.players), like=game.utilities)))


def best_advice(form: NormalForm, game: OutcomeGame, before: Before) -> Solution:
    """The correlated equilibrium of the consent game ``form`` that is best for whoever gains least over today."""
    now = np.repeat(before.payoffs, game.counts)
    table = form.table - (now * form.denominator)[(slice(None), *[None] * len(form.shape))]
    gains = NormalForm(table / form.denominator if not form.exact else table, form.players, form.actions)
    gains.denominator *= form.denominator if form.exact else 1
    return solve_correlated(gains, objective="maximin")


def least_gain(world: OutcomeGame, before: Before, result: Result) -> Number:
    """tau of one end: the least gain of any resident over today, and of the funder if it pays."""
    gains = (result.payoffs - before.payoffs).min()
    outlay, worth = funder(world, before, result)
    return min(gains, worth) if outlay > world.slack * world.residents else gains


def funder(world: OutcomeGame, before: Before, result: Result) -> tuple[Any, Any]:
    """What the funder lays out in one end, and what it gains by it over today."""
    outlay = result.paid + world.grants @ result.lottery
    return outlay, world.funder_weight * (world.surplus @ result.lottery) - outlay - before.funder
