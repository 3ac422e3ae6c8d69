"""A sentence for a person, kept apart from the language it is read in.

The English template stands where the sentence arises; ``views`` looks up its Chinese twin. So errors and answers carry
sentences without knowing languages, and a test can demand a translation for every template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, eq=False)
class Message:
    """An English ``template`` in ``str.format`` form and its ``values``; ``str()`` gives the English sentence."""

    template: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.template.format(**{name: plain(value) for name, value in self.values.items()})


def plain(value: Any) -> Any:
    """A value as it reads in an English sentence: numbers short, lists with commas."""
    if isinstance(value, (Fraction, float)):
        return short(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(plain(entry)) for entry in value)
    return value


def short(value: Fraction | float) -> str:
    """``value`` as a decimal of about four significant digits, without trailing zeros."""
    try:
        size = abs(float(value))
    except OverflowError:  # a rational beyond what floats hold
        digits = len(str(abs(int(value)))) - 1
        return f"{'-' if value < 0 else ''}1e{digits}"
    if size >= 1e15:
        return f"{float(value):.3g}"
    places = 4 if size < 1 else 3 if size < 10 else 2 if size < 1000 else 0
    text = f"{float(value):,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def say(template: str, **values: Any) -> Message:
    """A :class:`Message`; every ``template`` is a literal, so that its translation can be demanded."""
    return Message(template, MappingProxyType(values))


@dataclass(frozen=True)
class Text:
    """A text that a case gives in both languages."""

    en: str
    zh: str

    def read(self, language: str) -> str:
        """The text in ``language`` (``"en"`` or ``"zh"``)."""
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return self.en
