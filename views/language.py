"""Reading answers in a language: sentences, names and numbers as a person sees them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ..games.message import Message, Text, short
from .chinese import CHINESE

LANGUAGES = ("en", "zh")


class Reader:
    """Turns anything an answer holds into text of one ``language``."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    def __call__(self, thing: object) -> str:
        """``thing`` as text: sentences translated, numbers short, lists joined, None as a dash."""
        if isinstance(thing, Message):
            template = CHINESE.get(thing.template, thing.template) if self.language == "zh" else thing.template
            return template.format(**{name: self(value) for name, value in thing.values.items()})
        if isinstance(thing, Text):
            return thing.read(self.language)
        if isinstance(thing, bool):
            return ("是" if thing else "否") if self.language == "zh" else ("yes" if thing else "no")
        if isinstance(thing, (Fraction, float)):
            return short(thing)
        if isinstance(thing, (list, tuple)):
            return ("、" if self.language == "zh" else ", ").join(map(self, thing))
        return "–" if thing is None else str(thing)


def language_of(environ: Mapping[str, str]) -> str:
    """The language of the locale: Chinese if it says so, English otherwise."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"
