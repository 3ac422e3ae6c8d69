"""What a case is once its files are read: the standoff's story, its game, and what is claimed about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..games.exact import Array
from ..games.message import Message, Text

if TYPE_CHECKING:
    from .scope import Scopes


@dataclass(frozen=True, eq=False)
class Parameter:
    """A named quantity of the game: its ``value`` as the file (or ``--set``) gives it, exact; ``range`` its limits, both allowed.

    ``assumed`` marks a figure for which there is no source; ``source`` says where one is from; ``changed`` one that was set from outside
    the file; ``seeds`` the items of the study that it carries.
    """

    name: str
    value: Any
    unit: Text
    range: tuple[Any, Any] | None = None
    assumed: bool = False
    meaning: Text | None = None
    changed: bool = False
    source: Text | None = None
    seeds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """What a claim says, to be computed; the fields are those of a check in a case file (:class:`.schema.CheckTable`)."""

    that: str | None = None
    equals: Any = None
    at_least: Any = None
    at_most: Any = None
    holds: str | None = None
    of: str | None = None
    within: Any = 0
    direction: str | None = None
    set: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    over: Mapping[str, tuple[Any, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Proposition:
    """A claim about the case with its ATLAS ``id`` (a remedy: the id of the rule), in both languages, and the checks that show it.

    ``form`` is the game it is about (empty: the main one). ``defaults_only``: it is made for the parameters in the file. ``fixes``: of a
    remedy, whether it helps; None for a proposition. ``seeds``: the items of the study that it carries.
    """

    id: str
    claim: Text
    checks: tuple[Check, ...]
    form: str = ""
    defaults_only: bool = False
    fixes: bool | None = None
    seeds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Study:
    """What the study ``claims``, what the model ``assumes`` besides, what ``follows``, and what would show it wrong."""

    claims: Text
    assumes: Text
    follows: Text
    refuted_by: Text


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
    ``expect`` maps dotted paths of answers to the figures the story states. ``notes`` say what was read but not used. ``forms`` are
    further games of the same case by name, each a case whose id is ``case:form``. Texts hold ``{formula}`` where a figure stands:
    :func:`.told.told` puts it in.
    """

    id: str
    title: Text
    story: Text
    source: Text
    illustrative: bool
    unit: Text
    family: str
    game: Any  # a game of :mod:`encompass.games`, or a model of :mod:`encompass.games.organisation`
    players: tuple[Text, ...]
    alternatives: tuple[Text, ...]
    mechanisms: tuple[str, ...]
    parameters: tuple[Parameter, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    expect: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    places: Places | None = None
    notes: tuple[Message, ...] = ()
    actions: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    atlas: str = ""
    seeds: tuple[str, ...] = ()
    study: Study | None = None
    remedies: tuple[Proposition, ...] = ()
    forms: Mapping[str, Case] = field(default_factory=lambda: MappingProxyType({}))
    file: Path | None = None

    def __repr__(self) -> str:
        return f"Case({self.id!r}, {self.game!r})"

    @property
    def assumed(self) -> tuple[str, ...]:
        """The names of the parameters that are assumptions."""
        return tuple(p.name for p in self.parameters if p.assumed)

    @cached_property
    def scopes(self) -> Scopes:
        """What names mean in the formulas of the case; answers are computed when asked for, and kept."""
        from .scope import Scopes

        return Scopes(self)

    @property
    def settings(self) -> dict[str, Any]:
        """What was set from outside the file, with that of the further games as ``form.name``."""
        inner = {f"{name}.{key}": value for name, form in self.forms.items() for key, value in form.settings.items()}
        return {p.name: p.value for p in self.parameters if p.changed} | inner

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the parameters set from outside the file, those of further games as ``form.name``."""
        return tuple(self.settings)
