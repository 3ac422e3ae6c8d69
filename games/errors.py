"""What can go wrong, as one tree::

    EncompassError (ValueError)
    ├── InputError          a value, name or file that cannot be used
    │   └── CaseError       every fault of one case, together
    ├── NotApplicable       a method or mechanism that does not act on this kind of game
    └── SizeError           work whose forecast size does not fit

"No equilibrium", "infeasible" and "refuted" are answers, not errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .message import Message, say


class EncompassError(ValueError):
    """The root of the tree; ``message`` is the sentence, translatable by the views."""

    def __init__(self, template: str | Message, **values: Any) -> None:
        self.message = template if isinstance(template, Message) else say(template, **values)
        super().__init__(str(self.message))


class InputError(EncompassError):
    """A value, name or file that cannot be used."""


class CaseError(InputError):
    """All faults of one case at once, in ``faults``."""

    def __init__(self, faults: Sequence[Message]) -> None:
        self.faults = tuple(faults)
        super().__init__("{text}", text="\n".join(map(str, self.faults)))


class NotApplicable(EncompassError):
    """A method or mechanism that does not act on this kind of game."""


class SizeError(EncompassError):
    """Work whose forecast size does not fit."""
