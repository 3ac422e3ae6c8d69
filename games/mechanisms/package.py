"""M-23, the package deal: several facilities with different hosts are decided together, so that each host is served by the others.

A package is a set of sites that are all built; gains add up. Who hosts one of m facilities gains m a - d: unanimity is within reach once
m >= max d/a over the hosts (A-21). Packages can also do harm: by majority, deals between some are made at the cost of the rest
(vote trading; Riker and Brams 1973).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any, ClassVar

import numpy as np

from ..errors import InputError
from ..exact import Number, frozen
from ..message import Message, say
from ..normal_form import NormalForm, Profile
from ..outcome_game import OutcomeGame, Parts
from ..parameters import amounts, whole
from ..rights import HostConsent, Quota, Rights, Unanimity
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, accept

LARGEST = 2_000_000  # residents by packages
MOST_SITES = 16
VARIANTS = ("unanimity", "hosts", "majority")

Package = tuple[int, ...]  # the sites (columns) built together


@dataclass(frozen=True)
class PackageDeal:
    """M-23: the alternatives become packages of up to ``most`` sites (None: all), decided by ``rule``.

    ``unanimity`` asks everybody, ``hosts`` everybody who may refuse one of its sites, ``majority`` votes.
    """

    alters: ClassVar[str] = "world"

    rule: str = "unanimity"
    most: int | None = None

    def __post_init__(self) -> None:
        if self.rule not in VARIANTS:
            raise InputError("{name}={value!r} is not known; one of {known}", name="rule", value=self.rule, known=list(VARIANTS))
        if self.most is not None:
            whole(self.most, "most")

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-23" if self.rule == "unanimity" else f"M-23:{self.rule}"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.rule == "majority":
            return say("packages of facilities, decided by majority")
        if self.rule == "hosts":
            return say("packages of facilities, decided by their hosts")
        return say("packages of facilities, decided by all")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Only which packages residents prefer to nothing; a package must bind as a whole."""
        return (Knowledge.ORDINAL, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-23."""
        return (
            Claim("budget-balanced", True, "no money moves"),
            Claim("individually-rational", self.rule != "majority", *self._why),
            *((Claim("efficient", False, "ATLAS M-23: a traded package of negative surplus passes"),) if self.rule == "majority" else ()),
        )

    @property
    def _why(self) -> tuple[str, str]:
        """Source and condition of what is claimed about losers."""
        if self.rule == "majority":
            return "ATLAS M-23: two trade at the cost of a third", ""
        return "whoever may refuse does not lose", "" if self.rule == "unanimity" else "only hosts are damaged"

    def refuses(self, game: Any) -> Message | None:
        """It needs two sites or more, and not too many packages."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        sites = len(game.sites)
        if sites < 2:
            return say("a package needs two sites or more")
        if self.rule == "hosts" and not game.consented:
            return say("nobody holds a veto under {regime}", regime=game.rights.id)
        if sites > MOST_SITES or 2**sites * game.rows > LARGEST:
            return say("{sites} sites make 2^{sites} packages for {rows} rows of residents, too many to list", sites=sites, rows=game.rows)
        return None

    def packages(self, game: OutcomeGame) -> tuple[Package, ...]:
        """Every package but the empty one, small ones first, as sets of columns of ``game``."""
        most = len(game.sites) if self.most is None else min(self.most, len(game.sites))
        return tuple(chosen for size in range(1, most + 1) for chosen in combinations(game.sites, size))

    def transform(self, game: OutcomeGame) -> OutcomeGame:
        """The game whose alternatives are the packages, named by their sites joined with plus signs; the status quo comes first."""
        accept(self.refuses(game))
        packages = self.packages(game)
        chosen = np.zeros((len(game.alternatives), len(packages) + 1), dtype=object if game.exact else np.float64)
        for k, package in enumerate(packages, start=1):
            chosen[list(package), k] = 1
        options: dict[str, Any] = {
            "alternatives": (
                game.alternatives[game.status_quo],
                *("+".join(game.alternatives[x] for x in package) for package in packages),
            ),
            "players": game.players,
            "counts": game.counts.tolist(),
            "rights": self._rights(game, packages),
            "funder_weight": game.funder_weight,
        }
        if game.parts is None:
            return OutcomeGame(game.utilities @ chosen, grants=game.grants @ chosen, **options)
        p = game.parts
        parts = Parts(*(frozen(values @ chosen) for values in (p.benefits, p.damages, p.fees, p.costs, p.grants)))
        return OutcomeGame.from_parts(parts, **options)

    def _rights(self, game: OutcomeGame, packages: Sequence[Package]) -> Rights:
        if self.rule == "majority":
            return Quota()
        if self.rule == "unanimity":
            return Unanimity()
        return HostConsent((frozenset(), *(frozenset[int]().union(*(game.consent_set(x) for x in package)) for package in packages)))


def acceptable_packages(game: OutcomeGame, strictly: bool = False) -> tuple[tuple[str, ...], ...]:
    """The packages, as names of sites, that nobody finds worse than nothing, the empty one included; ``strictly``: that all gain by."""
    bundled = PackageDeal().transform(game)
    sets = ((), *PackageDeal().packages(game))
    least = bundled.utilities.min(axis=0)
    good = [value > bundled.slack if strictly else value >= -bundled.slack for value in least]
    return tuple(tuple(game.alternatives[x] for x in package) for package, holds in zip(sets, good) if holds)


class VoteTrading:
    """Pairs of voters each of which may trade its votes: ``trades[(i, j)]`` is what every voter gains if i and j do.

    Raises :class:`InputError` for a pair that does not fit, or lists of different lengths.
    """

    def __init__(self, trades: Mapping[tuple[int, int], object]) -> None:
        if not trades:
            raise InputError("vote trading needs one pair at least")
        self.pairs = tuple(trades)
        gains = [amounts(trades[pair], "trades") for pair in self.pairs]
        self.voters = len(gains[0])
        for (i, j), row in zip(self.pairs, gains):
            if len(row) != self.voters or i == j or not {i, j} <= set(range(self.voters)):
                raise InputError("the pair {pair} does not fit {n} voters numbered from 0", pair=[i, j], n=self.voters)
        self.gains = tuple(gains)

    def utilities(self, profile: Profile) -> tuple[Number, ...]:
        """What every voter gains when pair k trades iff ``profile[k]`` is 1."""
        return tuple(sum((row[v] for row, trades in zip(self.gains, profile) if trades), start=Fraction(0)) for v in range(self.voters))

    def member_gains(self) -> tuple[Number, Number]:
        """The least and the largest gain of a member from its pair's trade; it is the same whatever other pairs do."""
        gains = [row[v] for pair, row in zip(self.pairs, self.gains) for v in pair]
        return min(gains), max(gains)

    def game(self) -> NormalForm:
        """The game of the pairs, each trading (second action) or not; a pair gets what its two members get together."""

        def payoff(profile: Profile) -> list[Number]:
            u = self.utilities(profile)
            return [u[i] + u[j] for i, j in self.pairs]

        names = [f"{i + 1}{j + 1}" for i, j in self.pairs]
        return NormalForm.from_function(payoff, [("keep", "trade")] * len(self.pairs), names)


__all__ = ["VARIANTS", "PackageDeal", "VoteTrading", "acceptable_packages"]
