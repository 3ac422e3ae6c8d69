"""An analysis: the named figures of a model, each computed when first asked for and then kept.

A figure is a method marked by :func:`figure` with what it means in words::

    class AttentionAnalysis(Analysis[AttentionCommons]):
        @figure(say("groups that the departments demand in equilibrium"))
        def total(self) -> Number: ...

``analysis.total`` and ``analysis["total"]`` are its value, which may be a number, a yes or no, a text (an id), or a list or mapping of
these. Figures of one analysis may use each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, Generic, TypeVar, overload

from ...games.exact import as_json
from ...games.message import Message

T = TypeVar("T")
M = TypeVar("M")


class Figure(Generic[T]):
    """One figure: what it means and how it is computed."""

    def __init__(self, meaning: Message, compute: Callable[[Any], T]) -> None:
        self.meaning = meaning
        self.compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, analysis: None, owner: type) -> Figure[T]: ...
    @overload
    def __get__(self, analysis: Analysis[Any], owner: type) -> T: ...

    def __get__(self, analysis: Analysis[Any] | None, owner: type) -> Figure[T] | T:
        if analysis is None:
            return self
        if self.name not in analysis.known:
            analysis.known[self.name] = self.compute(analysis)
        return analysis.known[self.name]


def figure(meaning: Message) -> Callable[[Callable[[Any], T]], Figure[T]]:
    """Mark a method of an :class:`Analysis` as a figure with this ``meaning``."""
    return lambda compute: Figure(meaning, compute)


class Analysis(Mapping[str, Any], Generic[M]):
    """The figures of ``model``, by name, in the order in which they are written."""

    def __init__(self, model: M) -> None:
        self.model = model
        self.known: dict[str, Any] = {}

    @property
    def figures(self) -> dict[str, Figure[Any]]:
        """The figures themselves, not yet computed."""
        lines = [vars(kind) for kind in reversed(type(self).__mro__)]
        return {name: entry for line in lines for name, entry in line.items() if isinstance(entry, Figure)}

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """What :func:`encompass.verify` can re-read of it; none unless the family says how."""
        return ()

    def __getitem__(self, name: str) -> Any:
        if name not in self.figures:
            raise KeyError(name)
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.model!r})"

    def to_dict(self, read: Callable[[Any], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/analyse/1``: every figure computed; ``read`` turns sentences into text."""
        model: Any = self.model
        rows = [{"name": name, "meaning": read(entry.meaning), "value": as_json(self[name])} for name, entry in self.figures.items()]
        parameters = {field.name: as_json(getattr(model, field.name)) for field in fields(model)}
        return {
            "schema": "encompass/analyse/1",
            "family": type(model).__name__,
            "parameters": parameters,
            "figures": rows,
            "certificates": list(self.certificates),
        }


__all__ = ["Analysis", "Figure", "figure"]
