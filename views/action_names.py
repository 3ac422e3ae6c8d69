"""The names of actions as a reader sees them."""

from __future__ import annotations

from collections.abc import Mapping

from ..games.message import Text, say
from .language import Reader

_ACTIONS = {
    "accept": say("accept"),
    "refuse": say("refuse"),
    "wait": say("wait"),
    "yes": say("yes"),
    "no": say("no"),
    "stay away": say("stay away"),
    "rest": say("rest"),
    "act": say("act"),
}

_NO_NAMES: Mapping[str, Text] = {}


def action(name: str, read: Reader, names: Mapping[str, Text] = _NO_NAMES) -> str:
    """The name of an action: by the case's own ``names``, ours translated, any other as it stands."""
    if name in names:
        return read(names[name])
    if name.startswith("accept "):
        return read(say("accept {sites}", sites=name.removeprefix("accept ")))
    return read(_ACTIONS.get(name, name))
