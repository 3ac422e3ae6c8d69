"""Learning from what was played: fictitious play and its stochastic form, both through Nashpy.

In each round both players answer the shares in which the other has played so far: with a best reply (Brown 1951; ties by lot), or
with a draw from a logit reply (Hofbauer and Sandholm 2002). In zero-sum games, games with a potential and 2 x 2 games the
shares come close to equilibrium; elsewhere they may go round for ever (Shapley 1964), so the answer gives their regret.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.errors import InputError, NotApplicable
from ...games.exact import Array, Number, as_json, frozen
from ...games.normal_form import MixedProfile, NormalForm, Profile
from ..pure import pure_regret
from ..regret import regrets
from .bimatrix import refuses_bimatrix

MOST_ROUNDS = 1_000_000
_SETTLED = 4  # a pure profile has been learnt if it alone was played in the last fourth of the rounds


@dataclass(frozen=True, eq=False)
class Learning:
    """``path[i][t]`` the shares in which player i has played each action by round t + 1; ``last`` the final shares, exact, with their
    ``regret`` (money); ``settled`` the pure equilibrium that was played at the end, None if there is none.
    """

    method: str
    rounds: int
    seed: int
    path: tuple[Array, Array]
    last: MixedProfile
    regret: Number
    settled: Profile | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/learning/1``, without the path."""
        return {
            "schema": "encompass/learning/1",
            "method": self.method,
            "rounds": self.rounds,
            "seed": self.seed,
            "last": as_json(self.last),
            "regret": as_json(self.regret),
            "settled": as_json(self.settled),
        }


def fictitious_play(game: NormalForm, rounds: int = 1000, seed: int = 0) -> Learning:
    """``rounds`` of fictitious play from no experience. Raises :class:`NotApplicable`, :class:`InputError`."""
    played = _nashpy(game, rounds)
    with _seeded(seed):
        counts = list(played.fictitious_play(iterations=rounds))
    return _learnt(game, "fictitious-play", rounds, seed, counts[1:])


def stochastic_fictitious_play(
    game: NormalForm, rounds: int = 1000, seed: int = 0, temperature: float = 0.1, noise: float = 0.0
) -> Learning:
    """``rounds`` of stochastic fictitious play: logit replies at a ``temperature`` in money, payoffs shaken by up to ``noise``.

    Raises :class:`NotApplicable` unless there are two players, :class:`InputError` for a bad number.
    """
    if not temperature > 0:
        raise InputError("temperature={value!r} must be more than 0", value=temperature)
    if not noise >= 0:
        raise InputError("noise={value!r} must not be negative", value=noise)
    spread = float(max(game.money(table.max()) - game.money(table.min()) for table in game.table))
    if spread > 700 * temperature:
        raise InputError("temperature={value!r} is too low for payoffs that differ by {spread}", value=temperature, spread=spread)
    played = _nashpy(game, rounds)
    with _seeded(seed):
        steps = played.stochastic_fictitious_play(iterations=rounds, etha=temperature, epsilon_bar=noise)
        counts = [counts for counts, _ in steps]
    return _learnt(game, "stochastic-fictitious-play", rounds, seed, counts[1:])


def _nashpy(game: NormalForm, rounds: int) -> Any:
    """The game for Nashpy, each player's least payoff being 0: that changes no reply, and keeps exponentials small."""
    refusal = refuses_bimatrix(game)
    if refusal is not None:
        raise NotApplicable(refusal)
    if not 1 <= rounds <= MOST_ROUNDS:
        raise InputError("rounds={value!r} must be between 1 and {most}", value=rounds, most=MOST_ROUNDS)
    import nashpy

    return nashpy.Game(*((table - table.min()).astype(float) / game.denominator for table in game.table))


@contextmanager
def _seeded(seed: int) -> Generator[None]:
    """Nashpy draws from numpy's shared generator: seeded inside, put back as it was after."""
    before = np.random.get_state()
    np.random.seed(seed)
    try:
        yield
    finally:
        np.random.set_state(before)


def _learnt(game: NormalForm, method: str, rounds: int, seed: int, counts: Iterable[Any]) -> Learning:
    row, column = (np.array(side, dtype=float) for side in zip(*counts))
    last = tuple(tuple(Fraction(round(c), rounds) for c in side[-1]) for side in (row, column))
    path = tuple(frozen(side / np.arange(1, rounds + 1)[:, None]) for side in (row, column))
    return Learning(method, rounds, seed, (path[0], path[1]), last, max(regrets(game, last)), _settled(game, row, column))


def _settled(game: NormalForm, row: Array, column: Array) -> Profile | None:
    """The pure equilibrium that alone was played in the last rounds."""
    since = -(len(row) // _SETTLED + 2)
    recent = [side[-1] - side[max(since, -len(side))] for side in (row, column)]
    if any((played > 0).sum() != 1 for played in recent):
        return None
    profile = tuple(int(played.argmax()) for played in recent)
    return profile if pure_regret(game, profile) <= game.slack / game.denominator else None
