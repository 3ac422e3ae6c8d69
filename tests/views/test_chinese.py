"""Every sentence has a Chinese twin, and nothing English is left on a Chinese page."""

import ast
import dataclasses
import re
import string
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console, Group

import encompass
from encompass import analyse
from encompass.cases.catalogue import NO_CASES, case_names
from encompass.cases.load import load_case
from encompass.cases.models import is_model
from encompass.cases.new import new_case
from encompass.cases.told import told
from encompass.cli import CONCEPTS, main
from encompass.views.analysis import analysis_page
from encompass.views.case_card import case_card
from encompass.views.chinese import CHINESE
from encompass.views.language import Reader
from encompass.views.verdict import check_page

ROOT = Path(encompass.__file__).parent
FILES = [*ROOT.glob("*.py"), *(path for room in ("games", "solvers", "cases", "views") for path in (ROOT / room).rglob("*.py"))]
SPEAKERS = {"say", "EncompassError", "InputError", "NotApplicable", "SizeError"}


def sentences():
    """The English templates passed to anything that speaks, by file and line."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            first = node.args[0]
            if name in SPEAKERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, f"{file.relative_to(ROOT)}:{node.lineno}"
            elif name == "say" and file.name != "errors.py":
                yield None, f"{file.relative_to(ROOT)}:{node.lineno}"
            elif name == "__init__" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, f"{file.relative_to(ROOT)}:{node.lineno}"


SAID = list(sentences())
TEMPLATES = {template for template, _ in SAID if template is not None}


def fields(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_sentence_is_written_where_it_is_said():
    assert [place for template, place in SAID if template is None] == []


def test_every_sentence_has_a_twin():
    assert sorted(TEMPLATES - CHINESE.keys()) == []


def test_no_twin_is_left_over():
    assert sorted(CHINESE.keys() - TEMPLATES) == []


@pytest.mark.parametrize("english", sorted(CHINESE))
def test_a_twin_names_nothing_that_is_not_there(english):
    assert fields(CHINESE[english]) <= fields(english)


# What may stay in Latin letters: ids of rules, propositions, regimes, sites and households; names of files, keys and parameters;
# what is typed (commands, options, TOML); coordinate systems, formats and programs; mathematics.
def own_names():
    """What case files call their parameters and forms, and analyses their figures: formulas are written with these."""
    for case in map(load_case, case_names()):
        for form, game in (("", case), *case.forms.items()):
            yield form
            yield from (parameter.name for parameter in game.parameters)
            if is_model(game):
                yield from (name for name in analyse(game).figures)
                yield from (field.name for field in dataclasses.fields(game.game))


KEPT = [
    "|".join(rf"\b{name}\b" for name in (*case_names(), *NO_CASES)),
    r"\b(and|or|not|abs|min|max|sum|len|sqrt|exp|log|true|false)\b",  # of formulas
    r"\bCASE-\d\d\b",
    r"\b(players|threshold|weight|levels|endowment|mpcr)\b",
    r"\b(optimistic|pessimistic|strict-mixed|strict|weak|mixed|mistakes|logit|player)\b",
    r"\b(SECONDS|CONCEPT|NAME|N|X)\b",
    r"\b(Diekmann|Palfrey|Rosenthal|PG5k3)\b",
    r"\b(game|case|diagnose|compare|solve|analyse|mechanisms|expect|proposition)(\.[\w:-]+(\[\d+\])*)+",  # paths of keys and of answers
    r"(?m)^  (cases|show|solve|diagnose|compare|audit|verify|check|new)\b",  # the verbs, listed in help
    r"\b(M-\d\d|DL-\d+)(:[a-z-]+|:[A-Z]{2})?\b",
    r"\bencompass audit\b",
    r"\bP\d+\.\d+\b",
    r"\bR-(HOST|UNAN|QUOTA|IMPOSE|LIAB)\b",
    r"\bS\d+\b",
    r"\bx0\b",
    r"\([a-z0-9-]+\)",  # the id of a case in a title
    r"\b[\w.-]+\.(toml|csv|json)\b",
    r"\b(funder_weight|benefit|damage|cost|grant|gains|b_mean|d_mean|L_b|L_d|r_veto|value|family|kind|bounding_box|crs|owner|count)\b",
    r"\bencompass( (show|compare|new|cases|check|verify|diagnose|solve))*\b",
    r"--[a-z-]+(=|\b)",
    r"'[^']*'",  # a value repeated
    r"\b(CASE|NAME|FILE|VALUE|ID|DIR|JSON|TOML|CSV|UTF-8|ASCII|KD)\b",
    r"\b(local|EPSG(:n|:\d+)?|WGS84|GCJ02|BD09|lon, lat|lon|lat|x, y|x|y)\b",
    r"\b(PySAL|spopt|BSD-3-Clause|HiGHS|Nashpy|nashpy)\b",
    r"\b(pure|nash|correlated|welfare|maximin|max|min|table|csv|public-toilet|two-households|cyclic-siting|san-francisco-siting|true|false|bash|zsh|fish|en|zh)\b",
    r"\b(MB|tau|lambda' U <= t|U p >= t|p|d/a|en|zh)\b",
    r"\brow-\d\b",
    r"\.toml\b|\.svg\b|\beval\b",
    r"\b(" + "|".join({part for name in (*CONCEPTS, "nash-product") for part in name.split("-")}) + r")\b",  # help breaks lines at hyphens
    r"\b(" + "|".join(sorted(set(own_names()) - {""}, key=len, reverse=True)) + r")\b",  # last: parts of longer paths are names too
]  # fmt: skip


def latin(text):
    for pattern in KEPT:
        text = re.sub(pattern, " ", text)
    return sorted(set(re.findall(r"[A-Za-z]{2,}", text)))


GAMES = [name for name in case_names() if not is_model(load_case(name))]
PAGES = [
    ("cases",),
    ("--help",),
    *((verb, name) for name in GAMES for verb in ("show", "solve")),
    *(("diagnose", name) for name in GAMES if name != "courtyard-fund"),  # too many profiles
    *(("compare", name) for name in GAMES if hasattr(load_case(name).game, "alternatives")),
    ("show", "study"),
    *(("solve", name, "--concept", "correlated") for name in ("public-toilet", "two-households", "cyclic-siting")),
    *((verb, "--help") for verb in ("cases", "show", "solve", "diagnose", "audit", "compare", "verify", "check", "new")),
    ("audit", "public-toilet", "--mechanism", "M-04"),
    ("audit", "public-toilet", "--mechanism", "M-01:EQ"),
    ("solve", "two-households", "--concept", "nash"),
    *(("solve", "gate-watch", "--concept", concept) for concept in ("nash", "strong", "dominance", "quantal", "stochastically-stable")),
    ("solve", "courtyard-fund", "--concept", "correlated"),
    ("solve", "two-households", "--concept", "stackelberg"),
]


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
@pytest.mark.parametrize("columns", ["80", "160"])
def test_no_english_on_a_chinese_page(words, columns, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    assert main(["--lang", "zh", *words] if words[0] == "--help" else [*words, "--lang", "zh"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert latin(out) == []


@pytest.mark.parametrize("name", case_names())
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 160])
def test_pages_of_a_case_keep_their_width_and_language(name, language, width, checked):
    """Its card, its figures if it is a model, and what it claims: every line fits, and none of it is English for a Chinese reader."""
    case, answer = checked(name)
    read = Reader(language)
    pages = [check_page(answer, case, read)]
    if is_model(case):
        pages += [case_card(case, read, width), analysis_page(case.scopes.of()["analyse"], case, read, width)]
    with StringIO() as screen:
        Console(file=screen, width=width).print(Group(*pages))
        text = screen.getvalue()
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    assert language == "en" or latin(text) == []


@pytest.mark.parametrize("name", case_names())
def test_no_chinese_in_what_an_english_reader_meets(name, checked):
    """But for terms of the study, quoted."""
    case, answer = checked(name)
    study = vars(case.study).values() if case.study else ()
    texts = [case.title, case.source, *(told(text, case) for text in (case.story, *study))]
    texts += [claim.claim for claim in answer.claims]
    texts += [text for game in (case, *case.forms.values()) for p in game.parameters for text in (p.meaning, p.unit, p.source) if text]
    for text in texts:
        assert re.findall(r"[\u4e00-\u9fff]+", re.sub(r"\([\u4e00-\u9fff]+\)|“[^”]*”", "", text.en)) == []


@pytest.mark.parametrize("verb", ["solve", "diagnose", "compare"])
def test_no_english_in_a_verdict(verb, capsys, tmp_path):
    assert main([verb, "two-households", "--json"]) == 0
    (tmp_path / "c.json").write_text(capsys.readouterr().out)
    assert main(["verify", str(tmp_path / "c.json"), "--lang", "zh"]) == 0
    assert latin(capsys.readouterr().out) == []


def test_no_english_for_a_case_without_names(capsys, tmp_path):
    """A site and a household known only by their ids, other regimes, and what was changed."""
    path = new_case("mine", "csv", tmp_path)[0]
    text = path.read_text(encoding="utf-8")
    regimes = ['"R-HOST"', '"R-UNAN"', '"R-QUOTA"', '"R-IMPOSE"', '"R-LIAB"', '{ regime = "R-QUOTA", preset = "PRC-RC-1989" }']
    for rights in regimes:
        path.write_text(text.replace('"R-HOST"', rights, 1), encoding="utf-8")
        for verb in ("show", "solve", "diagnose", "compare"):
            assert main([verb, str(path), "--set", "cost=300", "--lang", "zh"]) == 0
            out, err = capsys.readouterr()
            assert (latin(re.sub("north|east|south", "", out)), err) == ([], "")


WRONG = {
    'rights = "R-HOST"': 'rights = "R-GUEST"',
    'family = "siting"': 'family = "sitting"',
    "cost = 3": 'cost = true\ngrant = "x"\nfunder_weight = 2',
    "benefit = [6, 7, 8]": "benefit = [6, nan, 1e999]",
    'id = "mine"': 'id = "Mine"\nillustrative = 1',
    "[game]": "[mechanisms]\nrun = 3\n[game]",
    'en = ["by A", "by B", "by C"]': "en = []\ncolour = 1",
    "range = [0, 100]": "range = [0]",
}


@pytest.mark.parametrize("old", WRONG)
def test_no_english_in_a_refusal(old, capsys, tmp_path):
    path = new_case("mine", "table", tmp_path)[0]
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, WRONG[old], 1), encoding="utf-8")
    assert main(["show", str(path), "--lang", "zh"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert latin(err) == []
