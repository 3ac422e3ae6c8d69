"""Answers show themselves in a notebook, and cost nothing elsewhere."""

import subprocess
import sys
from importlib import import_module
from types import SimpleNamespace

import pytest

import encompass as ec
from encompass.views import notebook


class Formatter(dict):
    """The part of IPython's formatter that is used."""

    def for_type_by_name(self, module, name, function):
        self[module, name] = function


@pytest.fixture
def formatter(monkeypatch):
    found = Formatter()
    shell = SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": found}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delitem(vars(ec), "solve", raising=False)
    assert ec.solve
    return found


def shown(formatter, answer):
    kind = type(answer)
    return formatter[kind.__module__, kind.__name__](answer)


def test_the_types_named_are_there(formatter):
    assert formatter
    for module, name in formatter:
        assert getattr(import_module(module), name)


def test_answers_and_cases_show_themselves(formatter, monkeypatch):
    case = ec.load_case("public-toilet")
    comparison = ec.compare(case)
    answers = {
        "nobody would host": case,
        "Pure equilibria": ec.solve(case),
        "How zero-sum": ec.diagnose(case),
        "Rules, best first": comparison,
        "Valid: all": ec.verify(comparison.certificate),
        "claims hold": ec.check_case(case),
        "mixed ones too": ec.solve(ec.two_player([[1, 0], [0, 1]], [[1, 0], [0, 1]]), "nash"),
    }
    for piece, answer in answers.items():
        page = shown(formatter, answer)
        assert page.startswith("<pre")
        assert piece in page
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "纯策略均衡" in shown(formatter, answers["Pure equilibria"])


def test_nothing_happens_without_a_shell(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    notebook.register()
    monkeypatch.delitem(sys.modules, "IPython")
    notebook.register()


def test_nothing_is_loaded_outside_notebooks():
    code = "import sys, encompass; encompass.case_names; print([m for m in sys.modules if m in ('encompass.views', 'rich', 'numpy')])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
