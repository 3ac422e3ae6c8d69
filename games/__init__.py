"""What is played: representations, families of games, and the mechanisms that change them.

The families are modules, loaded when first named: ``encompass.games.public_goods.threshold(5, 3, 10, 4)``.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def __getattr__(name: str) -> ModuleType:
    if name not in {module.name for module in iter_modules(__path__)}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f".{name}", __name__)
