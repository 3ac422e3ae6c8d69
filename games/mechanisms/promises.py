"""M-11, k-implementation (Monderer and Tennenholtz 2004): promises from outside that make a wanted profile best whatever others do.

On the profile z itself the promise costs k(z) = sum_i max_b [u_i(b, z_-i) - u_i(z)], so 0 exactly for equilibria;
elsewhere it is never paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from ..errors import InputError
from ..exact import Array, Number, frozen, zeros
from ..message import Message, say
from ..normal_form import NormalForm, Profile
from ..outcome_game import OutcomeGame
from ..parameters import amount
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome, accept

ONLY_NORMAL = say("needs a normal form")


def least_promise(game: NormalForm, target: Profile) -> tuple[Number, ...]:
    """What each player must be promised on ``target``: the most it gains by leaving it alone. Their sum is k(z)."""
    check_target(game, target)
    return tuple(game.money(game.table[reached_alone(game, i, target)].max() - game.table[(i, *target)]) for i in range(len(game.players)))


def reached_alone(game: NormalForm, player: int, profile: Sequence[int]) -> Any:
    """The index of all payoffs that ``player`` can reach from ``profile`` alone."""
    return (player, *(slice(None) if k == player else a for k, a in enumerate(profile)))


def check_target(game: NormalForm, target: Profile) -> None:
    """Raise :class:`InputError` unless ``target`` is a profile of ``game``."""
    if len(target) != len(game.shape) or not all(0 <= a < size for a, size in zip(target, game.shape)):
        raise InputError("target={target} is not a profile of a game with {sizes} actions", target=list(target), sizes=list(game.shape))


def why_not_target(game: object, target: Profile) -> Message | None:
    """Why ``target`` is no profile of a normal form ``game``; None if it is."""
    if not isinstance(game, NormalForm):
        return ONLY_NORMAL
    try:
        check_target(game, target)
    except InputError as error:
        return error.message
    return None


@dataclass(frozen=True)
class Promise:
    """M-11 on a normal form: from outside, everybody is promised enough for its action in ``target`` to be best, whatever others do.

    With ``margin`` 0 the target action weakly dominates (it is strictly better except on the target); a positive margin makes it strict.
    """

    target: Profile
    margin: Number = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "target", tuple(int(a) for a in self.target))
        object.__setattr__(self, "margin", amount(self.margin, "margin", least=0))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-11:profile"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("a promise from outside that makes a profile dominant")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The game, a credible promise, and money from outside."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-11."""
        return (
            Claim("budget-balanced", False, "ATLAS 3G: outside money"),
            Claim("unique-equilibrium-outcome", True, "Monderer and Tennenholtz 2004", "a positive margin"),
        )

    def refuses(self, game: object) -> Message | None:
        """It acts on normal forms that have the target."""
        return why_not_target(game, self.target)

    def payments(self, game: NormalForm) -> Array:
        """V_i(a), the shape of the payoffs: never negative, and 0 wherever i does not play its part of the target."""
        accept(self.refuses(game))
        table = in_money(game)
        promised = zeros(table.shape, like=table)
        extra = Fraction(1) if game.exact else 1.0
        for i, action in enumerate(self.target):
            here = (i, *(slice(None) if k != i else action for k in range(len(self.target))))
            short = table[i].max(axis=i) - table[here]
            promised[here] = short + extra
            promised[(i, *self.target)] = least_promise(game, self.target)[i] + self.margin
        return frozen(promised)

    def transform(self, game: NormalForm) -> NormalForm:
        """The game with what is promised."""
        promised = self.payments(game)
        return NormalForm(in_money(game) + promised, game.players, game.actions)


def in_money(game: NormalForm) -> Array:
    """The payoffs as numbers."""
    if not game.exact:
        return game.table / game.denominator
    values = np.empty(game.table.size, dtype=object)
    values[:] = [game.money(x) for x in game.table.ravel()]
    return values.reshape(game.table.shape)


@dataclass(frozen=True, eq=False)
class Site:
    """What it takes that the best ``site`` (column) be built: by row what a resident can secure by refusing it, ``fallback`` (money), and
    who must consent to it, ``asked`` (bool).
    """

    site: int
    fallback: Array
    asked: Array

    @classmethod
    def of(cls, game: OutcomeGame) -> Site:
        """In the consent game in which those asked accept the best site, and nobody anything else.

        Whoever is asked can refuse, and open instead a site it alone has to consent to. A status quo that is best asks nobody.
        """
        fallback, asked = zeros(game.rows, like=game.utilities), np.zeros(game.rows, dtype=bool)
        site = game.best
        if site != game.status_quo:
            asked[list(game.consent_set(site))] = True
            for other in game.sites:
                group = game.consent_set(other)
                row = min(group)
                if other != site and len(group) == 1 and game.counts[row] == 1 and asked[row]:
                    fallback[row] = max(fallback[row], game.utilities[row, other])
        return cls(site, fallback, asked)


def why_not_siting(game: object) -> Message | None:
    """Why payments for consent do not act on ``game``."""
    if not isinstance(game, OutcomeGame):
        return ONLY_OUTCOMES
    if game.stream is not None:
        return say("needs every resident's gains in memory")
    if not game.consented or not all(game.consent_set(site) for site in game.sites):
        return say("payments for consent need somebody who can refuse, and {regime} asks nobody", regime=game.rights.id)
    return None


@dataclass(frozen=True)
class KImplementation:
    """M-11 on a siting: from outside, whoever must consent to the best site is promised what refusing would gain, plus ``margin``.

    k(z) for the profile z of the consent game in which they accept that site and nobody accepts any other; off it nothing is paid.
    """

    played: ClassVar[str] = "promise"

    margin: Number = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "margin", amount(self.margin, "margin", least=0))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-11"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("whoever must consent is promised its loss from outside")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody's utilities, a credible promise, and money from outside."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-11 and 3G."""
        return (
            Claim("efficient", True, "ATLAS 3G"),
            Claim("individually-rational", True, "ATLAS 3G", "nobody without a veto is damaged"),
            Claim("budget-balanced", False, "ATLAS 3G: outside money"),
            Claim("no-deficit", False, "ATLAS 3G: outside money"),
            Claim("strategy-proof", False, "ATLAS M-11: whoever is paid overstates its loss"),
            Claim("envy-free", False, "ATLAS 3G"),
        )

    def refuses(self, game: object) -> Message | None:
        """It acts on sitings in which somebody can refuse every site."""
        return why_not_siting(game)

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The best site and what those asked are paid, per resident; nobody else pays, so the funder does."""
        accept(self.refuses(game))
        at = Site.of(game)
        short = at.fallback - game.utilities[:, at.site]
        paid = zeros(game.rows, like=game.utilities)
        paid[at.asked] = np.maximum(short[at.asked], 0 * short[at.asked]) + (self.margin if game.exact else float(self.margin))
        return Outcome(game.certain(at.site), paid)
