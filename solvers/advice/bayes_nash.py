"""Bayesian Nash equilibria (Harsanyi 1967): all pure ones of a small game, all symmetric ones of counted players with private types.

Counted: type t takes action 1 with probability sigma_t, so any other player does with q = sum_t prior_t sigma_t, and type t gains
g_t(q) = sum_k C(n-1, k) q^k (1-q)^(n-1-k) gain[t, k] by it: a polynomial in Bernstein form. A symmetric equilibrium is a q with

    sum of prior over {g_t(q) > 0}  <=  q  <=  sum of prior over {g_t(q) >= 0}.

So q is a sum of priors (every type has its action) or a root of some g_t (that type mixes). Roots are isolated and signs decided in
exact arithmetic, so the list is complete. If gains fall with the type, equilibria are cut-offs: types below one act, types above not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import numpy as np

from ...games.bayesian_game import BayesianGame
from ...games.count_distribution import binomial
from ...games.exact import Array, Number, scaled
from ...games.message import Message, say
from ...games.normal_form import MixedProfile, Profile
from ...games.symmetric_bayesian_game import SymmetricBayesianGame
from ..counted.bernstein import Bernstein, Root, sign_at, sign_changes
from ..describe import describe
from ..pure import pure_profiles
from ..solution import Equilibrium, Solution

MOST_EQUILIBRIA = 10_000
LONGEST = 1000  # others whose gains may change sign more than once
MOST_SETS = 12  # types of which every set that may act is tried; ordered types may be any number


def solve_bayes_nash(game: BayesianGame) -> Solution:
    """Every pure Bayesian Nash equilibrium, by trying every plan of every player; complete.

    ``profile[i][t]`` are the probabilities over actions of type t of player i; ``payoffs`` are expected before types are known, and
    so is ``regret``. What a type does that never occurs matters to nobody: every action of it is listed.
    Raises :class:`SizeError`, with the figure, where the plans do not fit.
    """
    form = game.agent_form()
    agents = [i for i, kinds in enumerate(game.kinds) for _ in range(kinds)]
    profiles = pure_profiles(form)
    kept = profiles[:MOST_EQUILIBRIA]
    equilibria: list[Equilibrium] = []
    for profile in kept:
        pay = form.payoffs(profile)
        payoffs = [sum((x for x, i in zip(pay, agents) if i == player), start=Fraction(0)) for player in range(len(game.players))]
        pure = form.pure(profile)
        plans = [tuple(pure[k] for k, i in enumerate(agents) if i == player) for player in range(len(game.players))]
        equilibria.append(Equilibrium(plans, tuple(payoffs), bayes_regret(game, plans)))
    stop = None if len(kept) == len(profiles) else say("limit: {kept} of {all} equilibria are listed", kept=len(kept), all=len(profiles))
    about = describe(game)
    return Solution(about, "bayes-nash", "agents", stop is None, stop, tuple(equilibria), limited=stop is not None)


def bayes_regret(game: BayesianGame, strategies: Sequence[MixedProfile]) -> Number:
    """The most a player gains, before types are known, by another plan against ``strategies[player][type]`` (probabilities)."""
    worst: Number = Fraction(0)
    for player, (kinds, k) in enumerate(zip(game.kinds, game.shape)):
        values: list[list[Number]] = [[Fraction(0)] * k for _ in range(kinds)]
        for types in game.type_profiles():
            for others in product(*(range(1 if j == player else size) for j, size in enumerate(game.shape))):
                chance: Number = game.chance(types)
                for j, a in enumerate(others):
                    chance = chance if j == player else chance * strategies[j][types[j]][a]
                if chance:
                    for action in range(k):
                        done = (*others[:player], action, *others[player + 1 :])
                        values[types[player]][action] += chance * game.payoffs(types, done)[player]
        now = [sum((p * v for p, v in zip(strategies[player][t], row)), start=Fraction(0)) for t, row in enumerate(values)]
        worst = max(worst, sum((max(row) - here for row, here in zip(values, now)), start=Fraction(0)))
    return worst


def solve_symmetric_bayes_nash(game: SymmetricBayesianGame) -> Solution:
    """Every symmetric Bayesian Nash equilibrium of counted players with private types.

    The profile is one ``{"role", "players", "type", "strategy"}`` a type, ``payoffs`` are by type, ``regret`` is the largest of a
    type, recomputed (in floats where a type mixes at an irrational q). Complete unless ``stop`` says otherwise.
    """
    polynomials = [Bernstein(row) for row in _integers(game.gain)]
    prior = [Fraction(p) for p in game.prior]
    found: dict[tuple[Number, ...], Equilibrium] = {}
    undecided = ties = 0
    for acting in _sets(game):
        q = sum((prior[t] for t in acting), start=Fraction(0))
        signs = [_sign(g, q) for g in polynomials]
        if any(s is None for s in signs):
            undecided += 1
        elif all((s or 0) >= 0 if t in acting else (s or 0) <= 0 for t, s in enumerate(signs)):
            _keep(game, found, [Fraction(int(t in acting)) for t in range(len(prior))])
    for t, g in enumerate(polynomials):
        if not any(g.c):
            ties += 1
            continue
        roots = _roots(g)
        undecided += roots is None
        for root in roots or ():
            signs = [0 if s == t else _sign_at_root(root, g, other) for s, other in enumerate(polynomials)]
            if None in signs:
                undecided += 1
            elif 0 not in signs[:t]:  # a common root is found once
                ties += _mix(game, found, prior, root, g, [s or 0 for s in signs])
    stop = _stop(game, undecided, ties)
    equilibria = tuple(found[key] for key in sorted(found, key=lambda key: tuple(map(float, key))))
    return Solution(describe(game), "symmetric-bayes-nash", "sign-changes", stop is None, stop, equilibria)


def _integers(gain: Array) -> Array:
    """``gain`` in integers of some scale: floats are the binary fractions they are."""
    if gain.dtype != np.float64:
        return gain
    fractions = np.array([[Fraction(float(x)) for x in row] for row in gain], dtype=object)
    return scaled(fractions)[0]


def _ordered(game: SymmetricBayesianGame) -> bool:
    """Whether gains fall from every type to the next, and no type is impossible: then only types below a cut-off can act."""
    return game.monotone and bool((game.gain[:-1] != game.gain[1:]).any(axis=1).all()) and min(game.prior) > 0


def _sets(game: SymmetricBayesianGame) -> Iterator[frozenset[int]]:
    """The sets of types that may act while all others do not: all of few types, else those below a cut-off.

    Where gains fall from type to type somewhere, g_t > g_t+1 inside (0, 1), so no other set can be an equilibrium.
    """
    kinds = len(game.types)
    if kinds <= MOST_SETS:
        yield from (frozenset(t for t in range(kinds) if mask >> t & 1) for mask in range(2**kinds))
    else:
        yield from (frozenset(range(cut)) for cut in range(kinds + 1))


def _roots(g: Bernstein) -> list[Root] | None:
    """The roots inside (0, 1); None where they would take too long to isolate."""
    if g.degree > LONGEST and sign_changes(g.values) > 1:
        return None
    try:
        return g.roots()
    except ArithmeticError:
        return None


def _sign(g: Bernstein, q: Fraction) -> int | None:
    """The sign at ``q``; None where floats cannot decide and the exact value would have too many digits."""
    if q in (0, 1):
        end = g.values[0] if q == 0 else g.values[-1]
        return int(end > 0) - int(end < 0)
    return g.sign(q) if g.short else g.certain_sign(q) or None


def _sign_at_root(root: Root, g: Bernstein, other: Bernstein) -> int | None:
    if g.short and other.short:
        try:
            return sign_at(root, g, other)
        except ArithmeticError:
            return None
    ends = {_sign(other, root.low), _sign(other, root.high)}
    return ends.pop() if len(ends) == 1 else None


def _mix(
    game: SymmetricBayesianGame,
    found: dict[tuple[Number, ...], Equilibrium],
    prior: list[Fraction],
    root: Root,
    g: Bernstein,
    signs: list[int],
) -> int:
    """Keep the equilibrium at ``root`` of ``g`` if there is one; 1 if more than one type mixes there, so that it is one of many."""
    low = sum((p for p, s in zip(prior, signs) if s > 0), start=Fraction(0))
    free = sum((p for p, s in zip(prior, signs) if s == 0), start=Fraction(0))
    if not (_above(root, g, low) and not _above(root, g, low + free) and root.value not in (low, low + free)):
        return 0
    share = (root.value - low) / free if free else Fraction(0)
    _keep(game, found, [Fraction(int(s > 0)) if s else share for s in signs])
    return int(signs.count(0) > 1)


def _above(root: Root, g: Bernstein, q: Fraction) -> bool:
    """Whether the root is larger than ``q``."""
    if root.low == root.high or not root.low < q < root.high:
        return root.low > q or (root.low == q < root.high)
    here, after = _sign(g, q), _sign(g, root.high)
    return here is not None and here != 0 and here != after


def _keep(game: SymmetricBayesianGame, found: dict[tuple[Number, ...], Equilibrium], sigma: list[Number]) -> None:
    payoffs, regret = type_payoffs(game, sigma)
    profile = [{"role": game.role, "players": game.players, "type": name, "strategy": [1 - s, s]} for name, s in zip(game.types, sigma)]
    found.setdefault(tuple(sigma), Equilibrium(profile, payoffs, regret))


def type_payoffs(game: SymmetricBayesianGame, sigma: Sequence[Number]) -> tuple[tuple[Number, ...], Number]:
    """What each type expects when every player of type t takes action 1 with probability ``sigma[t]``, and the most one gains otherwise."""
    q: Number = sum((p * s for p, s in zip(game.prior, sigma)), start=Fraction(0))
    chances = binomial(game.players - 1, q)
    exact = game.exact and chances.dtype == object
    table = game.table.astype(object if exact else float)
    values = (table @ chances.astype(table.dtype)) / game.denominator
    payoffs: list[Number] = []
    regret: Number = Fraction(0)
    for (wait, act), s in zip(values, sigma):
        here = (1 - s) * wait + s * act
        payoffs.append(Fraction(here) if exact else float(here))
        regret = max(regret, (Fraction if exact else float)(max(wait, act) - here))
    return tuple(payoffs), regret


def _stop(game: SymmetricBayesianGame, undecided: int, ties: int) -> Message | None:
    if not game.exact:
        return say("the payoffs or the prior are floats: decided for the binary fractions they are, which may part types that are equal")
    if undecided:
        return say("{n} signs could not be decided within the digits computed with; an equilibrium may be missing", n=undecided)
    if ties:
        return say("some types are indifferent together or always: of the equilibria in which they mix differently, one is listed")
    if len(game.types) > MOST_SETS and not _ordered(game):
        return say("cut-offs only: with {n} types that are not ordered by their gains, other sets of types may act", n=len(game.types))
    return None


__all__ = ["Profile", "bayes_regret", "solve_bayes_nash", "solve_symmetric_bayes_nash", "type_payoffs"]
