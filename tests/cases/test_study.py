"""The study's items, what carries them, and its figure."""

import re
import runpy
import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path

import pytest

import encompass
from encompass.cases.catalogue import case_names
from encompass.cases.load import load_case
from encompass.cases.signed_graph import figure_1, judged
from encompass.cases.study import carriers, items
from encompass.games.errors import InputError
from encompass.views.language import Reader
from encompass.views.signed_graph import figure_svg

ROOT = Path(encompass.__file__).parent


def test_the_items_are_all_there_in_both_languages():
    assert list(items()) == [f"S-{k:03}" for k in range(1, 151)]
    assert all(item.what.en.isascii() and not item.what.zh.isascii() for item in items().values())


def test_every_item_is_carried_by_something():
    carried = carriers(load_case(name) for name in case_names())
    assert [name for name, where in carried.items() if not where] == []


def test_the_page_is_that_of_the_case_files():
    """If not: ``python docs/inventory.py``."""
    assert (ROOT / "docs" / "inventory.md").read_text(encoding="utf-8") == runpy.run_path(str(ROOT / "docs" / "inventory.py"))["page"]()


@pytest.mark.parametrize(("name", "value"), [("S-057", 12), ("S-058", 16), ("S-059", 500), ("S-063", 42), ("S-067", 7), ("S-068", 13)])
def test_a_fact_stands_once(name, value):
    """No case file types a figure that the study gives: it takes it by its item."""
    assert items()[name].value == value
    for case in map(load_case, case_names()):
        for game in (case, *case.forms.values()):
            for parameter in game.parameters:
                if name in parameter.seeds and parameter.value == Fraction(value):
                    assert parameter.source is not None and name in parameter.source.en, (case.id, parameter.name)


HOW_MANY = {1: 18, 2: 4, 3: 4, 4: 7, 5: 6, 6: 6, 7: 6, 8: 3, 9: 6, 10: 4, 11: 4, 12: 5, 13: 4, 14: 2, 15: 4, 16: 2, 17: 3, 18: 1}


def test_every_case_and_every_proposition_of_the_system_is_there():
    cases = [case for case in map(load_case, case_names()) if case.atlas]
    assert {case.atlas for case in cases} == {f"CASE-{k:02}" for k in HOW_MANY}
    stated = {found[0] for case in cases for p in case.propositions if (found := re.match(r"P\d+\.\d+", p.id))}
    assert sorted({f"P{k}.{j}" for k, n in HOW_MANY.items() for j in range(1, n + 1)} - stated) == []


def test_every_case_of_the_study_says_what_is_claimed_assumed_found_and_what_would_refute_it():
    for case in map(load_case, case_names()):
        if case.atlas and case.id != "two-households":
            assert case.study is not None, case.id
            assert case.remedies, case.id
            assert {remedy.fixes for remedy in case.remedies} == {True, False}, case.id


def test_every_edge_is_tested_by_a_proposition_that_holds():
    graph = judged()
    assert len(graph.edges) == 14
    assert [edge.proposition for edge in graph.edges if edge.verdict != "holds"] == []
    assert graph.holds


def test_an_edge_turns_red_where_its_proposition_fails():
    graph = judged({"blocked-alliance.needs.difference": "1"})
    assert {edge.start.id for edge in graph.edges} == {edge.start.id for edge in figure_1().edges}
    with pytest.raises(InputError, match=r"asks for CASE\.NAME=VALUE"):
        judged({"difference": 1})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_picture_is_well_formed_and_shows_every_node_and_edge(language):
    read = Reader(language)
    drawn = ET.fromstring(figure_svg(figure_1(), read))
    texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {read(node.what) for node in figure_1().nodes} <= set(texts)
    assert sum(element.tag.endswith("path") and "marker-end" in element.attrib for element in drawn.iter()) == len(figure_1().edges)
