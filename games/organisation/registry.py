"""The registry of models: a line each, the name by which case files ask for a family and the class that it is.

A model is a frozen dataclass whose fields are its parameters (numbers, or tuples of numbers); it raises :class:`InputError` on
construction for values that make no sense. A module is loaded when its model is asked for.
"""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from typing import Any

from ..errors import InputError

LINES: dict[str, str] = {
    "attention-commons": "attention_commons:AttentionCommons",
}


def model_class(name: str) -> type[Any]:
    """The class of the family ``name``. Raises :class:`InputError` for one that is not known."""
    if name not in LINES:
        raise InputError("{name}={value!r} is not known; one of {known}", name="family", value=name, known=list(LINES))
    module, _, kind = LINES[name].partition(":")
    return getattr(import_module(f".{module}", __package__), kind)


def parameters_of(name: str) -> tuple[str, ...]:
    """The names of the parameters of the family ``name``."""
    return tuple(field.name for field in fields(model_class(name)))


__all__ = ["LINES", "model_class", "parameters_of"]
