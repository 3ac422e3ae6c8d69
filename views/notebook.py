"""Answers and cases as they show themselves in a notebook: the pages of the terminal, as HTML.

Solvers know nothing of pages, so the pages are told to IPython by the names of the types, and nothing is imported before
such an answer is shown.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

WIDTH = 100


def register() -> None:
    """Tell a running IPython how to show our types; does nothing where none runs."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None:
        return
    formatter = shell.display_formatter.formatters["text/html"]
    for (module, name), page in _PAGES.items():
        formatter.for_type_by_name(f"encompass.{module}", name, page)


def _solution(answer: Any, read: Any) -> Any:
    from .equilibria import equilibria_page

    return equilibria_page(answer, None, read)


def _diagnosis(answer: Any, read: Any) -> Any:
    from .diagnosis import diagnosis_page

    return diagnosis_page(answer, None, read)


def _comparison(answer: Any, read: Any) -> Any:
    from .comparison import comparison_page

    return comparison_page(answer, None, read, WIDTH)


def _decomposition(answer: Any, read: Any) -> Any:
    from .decomposition import decomposition_page

    return decomposition_page(answer, None, read)


def _verdict(answer: Any, read: Any) -> Any:
    from .verdict import verdict_page

    return verdict_page(answer, read)


def _check(answer: Any, read: Any) -> Any:
    from .verdict import check_page

    return check_page(answer, None, read)


def _analysis(answer: Any, read: Any) -> Any:
    from .analysis import analysis_page

    return analysis_page(answer, None, read, WIDTH)


def _case(case: Any, read: Any) -> Any:
    from .case_card import case_card

    return case_card(case, read, WIDTH)


def _html(make: Callable[[Any, Any], Any]) -> Callable[[Any], str]:
    def shown(answer: Any) -> str:
        from .language import Reader, language_of
        from .screen import html

        return html(make(answer, Reader(language_of(os.environ))), WIDTH)

    return shown


_PAGES = {
    ("solvers.solution", "Solution"): _html(_solution),
    ("solvers.standoff.diagnosis", "Diagnosis"): _html(_diagnosis),
    ("solvers.standoff.comparison", "Comparison"): _html(_comparison),
    ("solvers.structure.decompose", "Decomposition"): _html(_decomposition),
    ("solvers.checker.verify", "Verdict"): _html(_verdict),
    ("solvers.organisation.analysis", "Analysis"): _html(_analysis),
    ("cases.check", "CaseCheck"): _html(_check),
    ("cases.case", "Case"): _html(_case),
}
