"""How patient players must be: the least discount factor that sustains co-operation under the threat of a stage equilibrium.

The stage game is repeated for ever, payoffs are discounted by delta a round. Everybody plays the pure profile ``cooperate`` until a
deviation is seen, and the stage equilibrium ``punish`` for ever after (grim trigger, Friedman 1971). Player i

    gains  gain_i = max over other actions a of u_i(a, cooperate_-i) - u_i(cooperate)   once, and
    loses  loss_i = u_i(cooperate) - u_i(punish)   in every later round, if seen (probability pi).

So nobody deviates iff (1 - delta) gain_i <= delta pi loss_i for all i, that is iff delta >= gain_i / (gain_i + pi loss_i) where both are
positive. Where the "punishment" is worth more to somebody than co-operation (loss < 0), patience tempts: then delta must not be
larger than gain / (gain + pi loss) of the two negative numbers, and none is small enough if there is something to gain. By the
one-shot deviation principle this is subgame perfection, whatever is done after a deviation that nobody saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.counted_game import SymmetricGame, without
from ...games.errors import InputError
from ...games.exact import Number, as_json, number
from ...games.normal_form import MixedProfile, NormalForm, Profile
from ..pure import pure_profiles
from ..regret import regrets

MOST_EQUILIBRIA = 10_000  # punishments tried when none is named


@dataclass(frozen=True, eq=False)
class Temptation:
    """One player (or ``players`` alike): what the best deviation, to ``action``, gains once and loses in a round after.

    ``least``: the least discount factor that deters it, None if none does; ``most``: the largest, None if it has no bound.
    """

    player: str
    players: int
    action: str | None
    gain: Number
    loss: Number
    least: Number | None
    most: Number | None

    @classmethod
    def of(cls, player: str, players: int, action: str | None, gain: Number, loss: Number, detection: Number) -> Temptation:
        """With the discount factors that follow."""
        least, most = least_discount(gain, loss, detection), largest_discount(gain, loss, detection)
        return cls(player, players, action, gain, loss, least, most)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json(vars(self))


@dataclass(frozen=True, eq=False)
class CriticalDiscount:
    """``delta``: the least discount factor at which grim trigger is an equilibrium, in [0, 1); None if there is none.

    It is one up to ``most`` (None: up to 1). ``binding`` names the players who need ``delta``, or whom nothing deters. ``detection``
    is the probability that a deviation is seen. ``cooperate`` and ``punish`` are profiles (in counted games, how many players take each
    action).
    """

    delta: Number | None
    detection: Number
    cooperate: tuple[Any, ...]
    punish: tuple[Any, ...]
    temptations: tuple[Temptation, ...]

    @property
    def most(self) -> Number | None:
        """The largest discount factor at which it is an equilibrium; None if there is no bound below 1."""
        return min((t.most for t in self.temptations if t.most is not None), default=None)

    @property
    def binding(self) -> tuple[str, ...]:
        """The players whose own least discount factor is the common one; where there is none, those who are in the way."""
        binding = tuple(t.player for t in self.temptations if t.least == self.delta)
        return binding or tuple(t.player for t in self.temptations if t.most is not None and t.most == self.most)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/critical-discount/1``."""
        return {
            "schema": "encompass/critical-discount/1",
            "delta": as_json(self.delta),
            "most": as_json(self.most),
            "detection": as_json(self.detection),
            "cooperate": as_json(self.cooperate),
            "punish": as_json(self.punish),
            "binding": list(self.binding),
            "players": [t.to_dict() for t in self.temptations],
        }


def least_discount(gain: Number, loss: Number, detection: Number = Fraction(1)) -> Number | None:
    """The least delta in [0, 1) with (1 - delta) gain <= delta detection loss; None if there is none."""
    if gain <= 0:
        return Fraction(0)
    return gain / (gain + detection * loss) if detection * loss > 0 else None


def largest_discount(gain: Number, loss: Number, detection: Number = Fraction(1)) -> Number | None:
    """The largest delta with (1 - delta) gain <= delta detection loss, where loss < 0; None where loss >= 0 bounds nothing."""
    if detection * loss >= 0:
        return None
    return min(gain, Fraction(0)) / (min(gain, Fraction(0)) + detection * loss)


def least_detection(gain: Number, loss: Number, delta: Number) -> Number | None:
    """The least probability of being seen that deters at discount factor ``delta`` (O-07); None if even certainty does not."""
    _check_share("delta", delta)
    if gain <= 0:
        return Fraction(0)
    needed = gain * (1 - delta) / (delta * loss) if delta * loss > 0 else None
    return needed if needed is not None and needed <= 1 else None


def critical_discount(
    game: NormalForm, cooperate: Profile, punish: Profile | MixedProfile | None = None, detection: object = 1
) -> CriticalDiscount:
    """The critical discount factor of grim trigger from the pure profile ``cooperate`` to the stage equilibrium ``punish``.

    ``punish`` is pure (action indices) or mixed (probabilities by player); None takes the pure equilibrium that needs the least
    patience. Exact if the game is. Raises :class:`InputError` if a profile does not fit, ``punish`` is no equilibrium of the stage
    game, there is none, or ``detection`` is not in [0, 1].
    """
    pi = _check_share("detection", number(detection, "detection"))
    _check_profile(game, cooperate)
    if punish is not None:
        return _grim(game, cooperate, punish, pi)
    found = pure_profiles(game)[:MOST_EQUILIBRIA]
    if not found:
        raise InputError("the stage game has no pure equilibrium to punish with; give a mixed one")
    return min((_grim(game, cooperate, a, pi) for a in found), key=_patience)


def _patience(answer: CriticalDiscount) -> tuple[bool, Number]:
    return (answer.delta is None, answer.delta or Fraction(0))


def _grim(game: NormalForm, cooperate: Profile, punish: Profile | MixedProfile, pi: Number) -> CriticalDiscount:
    after, written = _punishment(game, punish)
    temptations: list[Temptation] = []
    for i, name in enumerate(game.players):
        own = {a: game.payoffs((*cooperate[:i], a, *cooperate[i + 1 :]))[i] for a in range(game.shape[i])}
        now = own.pop(cooperate[i])
        if own:  # a player without choice is not tempted
            best = max(own, key=own.__getitem__)
            temptations.append(Temptation.of(name, 1, game.actions[i][best], own[best] - now, now - after[i], pi))
    return CriticalDiscount(_common(temptations), pi, tuple(cooperate), written, tuple(temptations))


def _common(temptations: Sequence[Temptation]) -> Number | None:
    """The least discount factor that suits everybody."""
    if any(t.least is None for t in temptations):
        return None
    least = max((t.least for t in temptations if t.least is not None), default=Fraction(0))
    return None if any(t.most is not None and t.most < least for t in temptations) else least


def _punishment(game: NormalForm, punish: Profile | MixedProfile) -> tuple[tuple[Number, ...], tuple[Any, ...]]:
    """What every player gets in ``punish``, and the profile as it is written in the answer; checked to be an equilibrium."""
    pure = all(isinstance(a, int) for a in punish)
    if pure:
        _check_profile(game, punish)  # type: ignore[arg-type]
    mixed: MixedProfile = game.pure(punish) if pure else tuple(tuple(number(p, "punish") for p in mix) for mix in punish)  # type: ignore[arg-type,union-attr]
    if tuple(map(len, mixed)) != game.shape or any(min(mix) < 0 or abs(sum(mix) - 1) > _loose(mix) for mix in mixed):
        raise InputError("punish={profile!r} is not a profile of this game", profile=punish)
    worst = max(regrets(game, mixed))
    if worst > game.slack / game.denominator + max(map(_loose, mixed)) * float(abs(game.table).max()):
        raise InputError(
            "punish={profile!r} is no equilibrium of the stage game: somebody gains {gain} by deviating", profile=punish, gain=worst
        )
    values = [game.mixed_payoffs(i, mixed) for i in range(len(mixed))]
    return tuple(sum((p * v for p, v in zip(mix, value)), start=Fraction(0)) for mix, value in zip(mixed, values)), tuple(punish)


def _loose(mix: Sequence[Number]) -> Number:
    """What probabilities may be off by: nothing if they are rational."""
    return 1e-9 if any(isinstance(p, float) for p in mix) else Fraction(0)


def critical_discount_counted(
    game: SymmetricGame, cooperate: Sequence[int], punish: Sequence[int] | None = None, detection: object = 1
) -> CriticalDiscount:
    """As :func:`critical_discount` for players who are alike: ``cooperate[a]`` of them take action a.

    ``punish`` has everybody on one action; None takes the one that needs the least patience. Raises :class:`InputError` as there.
    """
    pi = _check_share("detection", number(detection, "detection"))
    n, k = game.n, len(game.actions[0])
    if k < 2 or len(cooperate) != k or sum(cooperate) != n or min(cooperate) < 0:
        raise InputError("cooperate={profile!r} is not how {n} players spread over {k} actions", profile=cooperate, n=n, k=k)
    alike = [tuple(n * (a == b) for b in range(k)) for a in range(k)]
    equilibria = [counts for counts in alike if max(g for _, _, g in _gains(game, counts)) <= game.slack / game.denominator]
    if punish is not None and tuple(punish) not in equilibria:
        raise InputError("punish={profile!r} is no equilibrium in which all players do the same", profile=punish)
    if not equilibria:
        raise InputError("the stage game has no equilibrium in which all players do the same pure action; use its normal form")
    tried = equilibria if punish is None else [tuple(punish)]
    return min((_grim_counted(game, tuple(cooperate), counts, pi) for counts in tried), key=_patience)


def _gains(game: SymmetricGame, counts: Sequence[int]) -> list[tuple[int, int, Number]]:
    """For every action in use: the best other answer and what it gains."""
    result: list[tuple[int, int, Number]] = []
    for a, taken in enumerate(counts):
        if taken:
            others = without([counts], 0, a)
            own = {b: game.payoff(0, b, others) for b in range(len(counts))}
            now = own.pop(a)
            best = max(own, key=own.__getitem__)
            result.append((a, best, own[best] - now))
    return result


def _grim_counted(game: SymmetricGame, cooperate: tuple[int, ...], punish: tuple[int, ...], pi: Number) -> CriticalDiscount:
    names = game.actions[0]
    after = next(x for x in game.payoffs([punish])[0] if x is not None)
    now = game.payoffs([cooperate])[0]
    temptations: list[Temptation] = []
    for a, best, gain in _gains(game, cooperate):
        loss = (now[a] or Fraction(0)) - after
        temptations.append(Temptation.of(names[a], cooperate[a], names[best], gain, loss, pi))
    return CriticalDiscount(_common(temptations), pi, cooperate, punish, tuple(temptations))


def unit_discount(size: int, share: object, detection: object = 1) -> Number | None:
    """P3.2: the critical discount factor of a unit of ``size`` households sharing a linear public good.

    Each contributes 1 or nothing, and a contribution is worth ``share`` (the marginal per-capita return r) to every household:
    gain 1 - r, loss r size - 1. None where co-operation is not worth it.
    """
    r, pi = number(share, "share"), _check_share("detection", number(detection, "detection"))
    if size < 1:
        raise InputError("size={value!r} must be at least 1", value=size)
    return least_discount(1 - r, r * size - 1, pi)


def cartel_discount(firms: int, model: str) -> Fraction:
    """The critical discount factor for sharing the monopoly profit among equal firms: ``bertrand`` (prices; 1 - 1/n) or ``cournot``
    (quantities, linear demand, constant cost; 9/17 for two). Gibbons 1992, section 2.3.
    """
    if not isinstance(firms, int) or firms < 2:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputError("firms={value!r} must be at least 2", value=firms)
    n = Fraction(firms)
    # profits in units of (a - c)^2: shared monopoly 1/(4n), best answer to it ((n + 1)/(4n))^2, stage equilibrium (undercut: all) 0
    profits = {"bertrand": (Fraction(1, 4), Fraction(0)), "cournot": (((n + 1) / (4 * n)) ** 2, 1 / (n + 1) ** 2)}
    if model not in profits:
        raise InputError("model={value!r} is not known; one of {known}", value=model, known=list(profits))
    deviation, punished = profits[model]
    shared = 1 / (4 * n)
    return (deviation - shared) / (deviation - punished)


def _check_share(name: str, value: Number) -> Number:
    if not 0 <= value <= 1:
        raise InputError("{name}={value} must lie between 0 and 1", name=name, value=value)
    return value


def _check_profile(game: NormalForm, profile: Sequence[int]) -> None:
    whole = all(isinstance(a, (int, np.integer)) for a in profile)  # pyright: ignore[reportUnnecessaryIsInstance]
    if not whole or len(profile) != len(game.shape) or any(not 0 <= a < k for a, k in zip(profile, game.shape)):
        raise InputError("profile {profile!r} does not fit a game of {shape} actions", profile=tuple(profile), shape=game.shape)
