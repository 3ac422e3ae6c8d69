"""How much work an audit is, said before it starts: profiles listed, or counted up to permutation where players are alike."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, prod
from typing import Any

from ...games.environment import Environment
from ...games.errors import SizeError
from .play import Play
from .properties import LARGEST_COMPARISONS, Property

LARGEST_PROFILES = 20_000  # decisions taken


@dataclass(frozen=True)
class Forecast:
    """What going through a finite environment takes: ``profiles`` of types and ``comparisons``; ``counted`` the same up to permutation
    (None where players are not alike; each is then tried in two orders)."""

    profiles: int
    comparisons: int
    counted: tuple[int, int] | None

    @property
    def fits(self) -> bool:
        """Whether listing fits."""
        return self.profiles <= LARGEST_PROFILES and self.comparisons <= LARGEST_COMPARISONS


def forecast(environment: Environment, asked: Property) -> Forecast:
    """The size of the work for one property in a finite ``environment``, listed and counted."""
    sizes = environment.sizes
    profiles, counted = environment.profiles, None
    cost = asked.cost(sizes)
    if environment.alike:
        n, k = len(sizes), sizes[0]
        multisets, movers = comb(n + k - 1, k - 1), min(n, 2 * k)
        counted = (multisets * (1 + movers * (k - 1)), multisets * max(asked.cost([k] * movers), 1))
    return Forecast(profiles, (sum(sizes) * profiles) if asked.whole else profiles * cost, counted)


def fits(play: Play, asked: Property) -> bool:
    """Whether all profiles can be listed."""
    return forecast(play.environment, asked).fits


def counts(play: Play, asked: Property) -> bool:
    """Whether profiles may be counted up to permutation, and then fit."""
    claims = {claim.property: claim.holds for claim in getattr(play.mechanism, "claims", ())}
    figures = forecast(play.environment, asked).counted
    if (
        figures is None
        or not same_types(play.environment)
        or asked.joint
        or asked.whole
        or asked.name == "anonymous"
        or not claims.get("anonymous", False)
    ):
        return False
    return figures[0] <= LARGEST_PROFILES and figures[1] <= LARGEST_COMPARISONS


def same_types(environment: Environment) -> bool:
    """Whether every player may be what any other may be."""
    return len(set(map(frozenset[Any], environment.types))) == 1  # type: ignore[arg-type]


def check_forecast(play: Play, asked: Property, tries: int | None) -> None:
    """Raises :class:`SizeError` with both figures if ``asked`` neither fits nor may be searched."""
    world = play.environment
    searchable = not (asked.whole and world.prior is not None)  # an average is over all profiles or none
    if not world.finite or (tries is not None and searchable):
        return
    if play.given is not None:
        joint = prod(world.sizes) * len(world.types) if asked.joint else 0
        if joint > LARGEST_COMPARISONS:
            raise SizeError(
                "{property}: {n} comparisons; at most {most} are made", property=asked.name, n=f"{joint:,}", most=f"{LARGEST_COMPARISONS:,}"
            )
        return
    if fits(play, asked) or counts(play, asked):
        return
    size = forecast(world, asked)
    raise SizeError(
        "{property}: {profiles} profiles of types, {n} comparisons, and counted up to permutation {counted};"
        " at most {most_profiles} and {most} are made. Give tries= to search instead",
        property=asked.name,
        profiles=f"{size.profiles:,}",
        n=f"{size.comparisons:,}",
        counted="-" if size.counted is None else f"{size.counted[0]:,}, {size.counted[1]:,}",
        most_profiles=f"{LARGEST_PROFILES:,}",
        most=f"{LARGEST_COMPARISONS:,}",
    )
