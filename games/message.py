"""A sentence for a person, kept apart from the language it is read in.

The English template stands where the sentence arises; ``views`` looks up its Chinese twin. So errors and answers carry
sentences without knowing languages, and a test can demand a translation for every template.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Mapping


@dataclass(frozen=True, eq=False)
class Message:
    """An English ``template`` in ``str.format`` form and its ``values``; ``str()`` gives the English sentence."""

    template: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.template.format(**self.values)


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
