"""What a case is once its files are read: the standoff's story, its game, and what is claimed about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..games.counted_game import RoleSymmetricGame
from ..games.exact import Array
from ..games.message import Message, Text
from ..games.normal_form import NormalForm
from ..games.outcome_game import OutcomeGame


@dataclass(frozen=True, eq=False)
class Parameter:
    """A named quantity of the game: its ``value`` as the file (or ``--set``) gives it, exact; ``range`` its limits, both allowed.

    ``assumed`` marks a figure for which there is no source; ``changed`` one that was set from outside the file.
    """

    name: str
    value: Any
    unit: Text
    range: tuple[Any, Any] | None = None
    assumed: bool = False
    meaning: Text | None = None
    changed: bool = False


@dataclass(frozen=True)
class Check:
    """One figure of an answer: the dotted path ``that`` (``diagnose.margins.lottery``) and what it ``equals`` or its bounds."""

    that: str
    equals: Any = None
    at_least: Any = None
    at_most: Any = None


@dataclass(frozen=True)
class Proposition:
    """A claim about the case with its ATLAS ``id``, in both languages, and the figures that show it."""

    id: str
    claim: Text
    checks: tuple[Check, ...]


@dataclass(frozen=True, eq=False)
class Places:
    """Where everything is, for maps: coordinates in metres ``(rows, 2)``, the residents' weights, and the sites."""

    residents: Array
    weights: Array
    sites: Array


@dataclass(frozen=True, eq=False)
class Case:
    """One standoff. ``players`` are display names by row of the game (a player, residents alike, or a role), ``alternatives`` by
    column (the status quo first), ``actions`` by the id of an action.

    ``mechanisms`` are the ids to compare. ``illustrative``: the source reports no figures, so every number is an assumption.
    ``expect`` maps dotted paths of answers to the figures the story states. ``notes`` say what was read but not used.
    """

    id: str
    title: Text
    story: Text
    source: Text
    illustrative: bool
    unit: Text
    family: str
    game: OutcomeGame | NormalForm | RoleSymmetricGame
    players: tuple[Text, ...]
    alternatives: tuple[Text, ...]
    mechanisms: tuple[str, ...]
    parameters: tuple[Parameter, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    expect: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    places: Places | None = None
    notes: tuple[Message, ...] = ()
    actions: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))

    def __repr__(self) -> str:
        return f"Case({self.id!r}, {self.game!r})"

    @property
    def assumed(self) -> tuple[str, ...]:
        """The names of the parameters that are assumptions."""
        return tuple(p.name for p in self.parameters if p.assumed)

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the parameters set from outside the file."""
        return tuple(p.name for p in self.parameters if p.changed)
