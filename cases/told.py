"""Texts of a case with their figures: every ``{formula}`` computed at the parameters at hand, never typed once."""

from __future__ import annotations

import re
from typing import Any

from ..games.expression import evaluate
from ..games.message import Text, short
from .case import Case
from .scope import Scope

_FORMULA = re.compile(r"\{([^{}]+?)(:%)?\}")


def told(text: Text, case: Case, form: str = "") -> Text:
    """``text`` with the value of every ``{formula}`` (``{formula:%}``: as percent) in the game ``form`` of ``case``.

    Raises :class:`InputError` for a formula that names what is not there.
    """
    if "{" not in text.en + text.zh:
        return text
    scope = case.scopes.of(form)

    def filled(language: str) -> str:
        return _FORMULA.sub(lambda found: _figure(found, scope, language), text.read(language))

    return Text(filled("en"), filled("zh"))


def _figure(found: re.Match[str], scope: Scope, language: str) -> str:
    value = evaluate(found[1], scope)
    return f"{short(100 * value)}%" if found[2] and value is not None else _worded(value, language)


def _worded(value: Any, language: str) -> str:
    """A figure as it reads in a sentence."""
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "zh": ("否", "是")}[language][value]
    if value is None:
        return "–"
    if isinstance(value, list | tuple) and not value:
        return {"en": "none", "zh": "无"}[language]
    if isinstance(value, list | tuple):
        return ("、" if language == "zh" else ", ").join(_worded(entry, language) for entry in value)
    return str(value) if isinstance(value, str) else short(value)
