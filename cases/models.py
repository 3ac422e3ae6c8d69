"""Games that are given by a few numbers: a model of :mod:`encompass.games.organisation` from its family and parameters."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from ..games.errors import EncompassError
from ..games.message import Text, say
from ..games.organisation.registry import LINES, model_class, parameters_of
from .built import Built
from .case import Case
from .faults import Faults, key, nearest
from .form import GameTable, Quantity, Words

if TYPE_CHECKING:
    Family = str
else:
    Family = Literal[tuple(LINES)]


class Modelled(GameTable):
    """A family of models and the parameters that differ from its own; which there are, the family says."""

    family: Family
    unit: Words = Text("", "")
    parameters: dict[str, Quantity] = Field(default_factory=dict)


def is_model(case: Case) -> bool:
    """Whether the case's game is a model: frozen numbers, answered figure by figure."""
    return case.family in LINES


def build(spec: Modelled, place: str, case_file: Path, faults: Faults) -> Built | None:
    """The model, or every fault of its parameters said."""
    known = parameters_of(spec.family)
    wrong = [name for name in spec.parameters if name not in known]
    for name in wrong:
        faults.add(case_file, key(place, "parameters", name), say("unknown key; {hint}", hint=nearest(name, known)))
    if wrong:
        return None
    try:
        return Built(model_class(spec.family)(**{name: plain(p.value) for name, p in spec.parameters.items()}), (), ())
    except EncompassError as error:
        faults.add(case_file, key(place), error.message)
        return None


def plain(value: Any) -> Any:
    """Lists as tuples, so that the model stays frozen; whole numbers as such."""
    if isinstance(value, list):
        return tuple(map(plain, value))
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value
