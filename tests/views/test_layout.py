"""Pages keep their width and their columns, in both languages; running text loses nothing."""

import json
import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from encompass.cases.case import Places
from encompass.cases.catalogue import case_names
from encompass.cases.check import check_case
from encompass.cases.load import load_case
from encompass.cases.models import is_model
from encompass.cli import main
from encompass.solvers.standoff.compare import compare
from encompass.views.comparison import comparison_page
from encompass.views.flow import _CLOSING, _bound, lines
from encompass.views.language import Reader
from encompass.views.layout import fitted, grid, money
from encompass.views.screen import html
from encompass.views.site_map import draw
from encompass.views.verdict import check_page

SITINGS = [name for name in case_names() if hasattr(load_case(name).game, "alternatives")]
GAMES = [name for name in case_names() if not is_model(load_case(name))]  # pages of models: test_chinese.py
PAGES = [
    ("cases",),
    *((verb, name) for name in GAMES for verb in ("show", "solve")),
    *(("diagnose", name) for name in GAMES if name != "courtyard-fund"),  # too many profiles
    *(("compare", name) for name in SITINGS),
    ("solve", "public-toilet", "--concept", "correlated"),
    ("solve", "two-households", "--concept", "nash"),
    *(("solve", "gate-watch", "--concept", concept) for concept in ("nash", "strong", "dominance", "quantal", "stochastically-stable")),
    ("solve", "courtyard-fund", "--concept", "correlated"),
    ("solve", "two-households", "--concept", "stackelberg"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [80, 160])
@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(words, columns, language, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert main([*words, "--lang", language]) == 0
    for line in capsys.readouterr().out.splitlines():
        assert cell_len(line) <= columns, line


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", SITINGS)
def test_a_page_without_a_terminal_is_80_wide(name, language, capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    assert main(["compare", name, "--lang", language]) == 0
    assert max(map(cell_len, capsys.readouterr().out.splitlines())) <= 80


def columns_of(line):
    """Where the cells of a table's line begin and end, in terminal cells: at least two blanks, or one between words, apart."""
    return [(cell_len(line[: m.start()]), cell_len(line[: m.end()])) for m in re.finditer(r"\S+(?: \S+)*?(?=\s|$)", line)]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("columns", [80, 160])
@pytest.mark.parametrize("name", SITINGS)
def test_columns_of_the_comparison_are_aligned(name, columns, language, capsys, monkeypatch):
    """Verdicts begin under their heading; numbers end under theirs; no heading is cut."""
    monkeypatch.setenv("COLUMNS", str(columns))
    assert main(["compare", name, "--lang", language]) == 0
    text = capsys.readouterr().out.splitlines()
    heads = ("rule", "verdict", "least gain", "fund", "stable") if language == "en" else ("规则", "结论", "最小增益", "资金", "稳定")
    head = next(line for line in text if all(name in line for name in heads))
    begin = {name: cell_len(head[: head.index(name)]) for name in heads}
    end = {name: begin[name] + cell_len(name) for name in heads}
    rows = [line for line in text if re.match(r"  (M-\d\d|DL-\d)", line) and "–  " not in line[:40]]
    assert rows
    for line in rows:
        starts, ends = zip(*columns_of(line))
        assert begin[heads[0]] in starts
        assert begin[heads[1]] in starts
        assert end[heads[2]] in ends
        assert end[heads[3]] in ends
        assert begin[heads[4]] in starts


@pytest.mark.parametrize("language", ["en", "zh"])
def test_columns_of_gains_are_aligned(language, capsys):
    """Every number of the table of gains ends under the name of its site."""
    assert main(["show", "public-toilet", "--lang", language]) == 0
    text = capsys.readouterr().out.splitlines()
    sites = [f"site {k}" for k in range(1, 6)] if language == "en" else [f"{k}号址" for k in "一二三四五"]
    head = next(k for k, line in enumerate(text) if all(name in line for name in sites))
    ends = [cell_len(text[head][: text[head].index(name)]) + cell_len(name) for name in sites]
    for line in text[head + 1 : head + 7]:
        assert [end for _, end in columns_of(line)][-5:] == ends


letters = st.text(st.sampled_from("ab 居民，。（）“”：,.()1 \u3000é"), max_size=200) | st.text(max_size=80)


@given(letters.filter(lambda text: "\n" not in text), st.integers(8, 60))
def test_running_text_keeps_its_width_and_its_letters(text, width):
    found = list(lines(text, width))
    assert "".join("".join(found).split()) == "".join(text.split())
    breakable = all(cell_len(piece.rstrip()) <= width for piece in _bound(text))
    for k, line in enumerate(found):
        assert not breakable or cell_len(line) <= width
        assert k == 0 or not line or line[0] not in _CLOSING


def test_chinese_breaks_between_characters_but_never_before_a_full_stop():
    assert list(lines("一二三四五。", 10)) == ["一二三四", "五。"]
    assert list(lines("“一二三四”五", 11)) == ["“一二三四”", "五"]
    assert list(lines("one two three", 8)) == ["one two", "three"]
    assert list(lines("", 8)) == [""]


def test_a_name_that_does_not_fit_is_cut():
    rows = fitted(
        ["rule", "ends at", "gain"], [["M-01", "a site with a very long name indeed", "3"], ["M-02", "谁都不愿挨着的地方", "12"]], 30, 1
    )
    assert [row[1] for row in rows] == ["a site with a very…", "谁都不愿挨着的地方"]
    assert fitted(["a", "b"], [["x", "y"]], 30, 1) == [["x", "y"]]
    assert grid(["a", "b"], rows=[["x", "y"]]).row_count == 1


MONEY = {0.5: "0.5", 12345: "12345", 2e7: ("20 m", "2,000 万"), float("inf"): "∞", None: "–"}


@pytest.mark.parametrize("value", MONEY)
def test_money(value):
    english, chinese = MONEY[value] if isinstance(MONEY[value], tuple) else (MONEY[value], MONEY[value])
    assert money(Reader("en"), value) == english
    assert money(Reader("zh"), value) == chinese


sites = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 2000)), min_size=1, max_size=5, unique=True)


@given(sites, st.integers(30, 100))
@example([(0, k) for k in range(5)], 30)
@example([(0, 2000 - k) for k in range(5)], 30)
def test_every_site_is_on_the_map(points, width):
    """At most five sites always fit: on their line, or on the nearest that is free, at the edges of the map too."""
    people = np.array([[0.0, 0.0], [2000.0, 2000.0], [0.0, 2000.0], *points])
    names = [f"S{k}" for k in range(len(points))]
    drawn = draw(Places(people, np.ones(len(people)), np.array(points, dtype=float)), names, width)
    text = "\n".join(line.plain for line in drawn)
    assert all(len(line.plain) <= width for line in drawn)
    assert all(name in text for name in names)


def test_the_map_of_san_francisco_names_every_site():
    case = load_case("san-francisco-siting")
    for width in (60, 76, 120):
        text = "\n".join(line.plain for line in draw(case.places, case.game.alternatives[1:], width))
        assert all(re.search(rf"{name}\b", text) for name in case.game.alternatives[1:])


def test_wide_names_keep_the_width():
    points = np.array([[0.0, 0.0], [40.0, 0.0], [99.0, 0.0]])
    people = np.array([[0.0, 0.0], [100.0, 20.0]])
    drawn = draw(Places(people, np.ones(2), points), ["北门", "东边的空地", "y"], 40)
    assert all(cell_len(line.plain) <= 40 for line in drawn)
    assert all(name in "".join(line.plain for line in drawn) for name in ("北门", "东边的空地", "y"))


def test_places_on_one_spot_are_drawn():
    spot = np.zeros((3, 2))
    text = "\n".join(line.plain for line in draw(Places(spot, np.ones(3), spot[:1]), ["S1"], 40))
    assert "S1" in text


def test_a_page_as_html_stands_alone():
    case = load_case("public-toilet")
    page = html(comparison_page(compare(case), case, Reader("zh"), 100))
    assert page.startswith("<pre")
    assert page.rstrip().endswith("</pre>")
    assert "<script" not in page and "class=" not in page and "http" not in page
    assert "style=" in page and "一号址" in page
    toilet = load_case("two-households")
    assert "1 &lt; d/a" in html(check_page(check_case(toilet), toilet, Reader("en")))  # text, not a tag


def test_numbers_in_json_are_exact(capsys):
    assert main(["diagnose", "public-toilet", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["margins"]["transfers"] == "18/5"
