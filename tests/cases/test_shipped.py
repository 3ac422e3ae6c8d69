"""Every shipped case is as its story says."""

import re

import pytest

from encompass import verify
from encompass.cases.catalogue import FOLDER, NO_CASES, case_names
from encompass.cases.check import check_case
from encompass.cases.load import load_case
from encompass.games.errors import InputError


@pytest.mark.parametrize("name", case_names())
def test_every_claim_holds_and_is_certified(name, checked):
    _, answer = checked(name)
    assert answer.findings
    assert [(claim.id, f) for claim in answer.claims for f in claim.findings if not f.holds] == []
    assert [claim.id for claim in answer.claims if not all(claim.certificates)] == []
    assert verify(answer.certificate).valid


@pytest.mark.parametrize("name", case_names())
def test_every_claim_is_shown_and_both_languages_give_the_same_figures(name, checked):
    case, answer = checked(name)
    assert case.propositions
    for proposition, claimed in zip((*case.propositions, *case.remedies), answer.claims):
        assert proposition.checks
        claim = claimed.claim
        assert claim.en != claim.zh
        figures = [sorted(re.findall(r"(?<!\w)[0-9]+(?:[.,][0-9]+)*", text.replace(",", ""))) for text in (claim.en, claim.zh)]
        assert set(figures[1]) <= set(figures[0]) or set(figures[0]) <= set(figures[1])


def typed(claim):
    """The numbers that a claim states outside its formulas, in English; words for small ones are not read."""
    text = re.sub(r"\{[^{}]*\}", "", claim)
    return [number.replace(",", "") for number in re.findall(r"(?<![\w./])\d[\d,]*(?:\.\d+)?(?![\w/])", text)]


@pytest.mark.parametrize("name", case_names())
def test_every_number_in_a_claim_is_computed(name, checked):
    """Each stands in a formula, or among the values its checks found or compared, or is a bound of the formula it quotes."""
    case, answer = checked(name)
    findings = answer.findings
    sizes = {str(p.value) for p in case.parameters if not isinstance(p.value, list)} | {"1", "100"}
    if hasattr(case.game, "sites"):
        sizes |= {str(case.game.residents), str(len(case.game.sites))}
    for proposition in (*case.propositions, *case.remedies):
        mine = [f for f in findings if f.proposition == proposition.id]
        found = sizes | {part for f in mine for text in (f.found, f.wanted, f.that) for part in re.findall(r"[\d./]+", text)}
        quoted = {part for pair in re.findall(r"(\d+) <|< (\d+)", proposition.claim.en) for part in pair if part}
        for number in typed(proposition.claim.en):
            assert number in found | quoted, f"{number} in {proposition.claim.en!r} is not computed"


@pytest.mark.parametrize("name", case_names())
def test_assumptions_are_marked(name):
    """Every parameter that is not zero has a source or is marked; names of both languages are there."""
    case = load_case(name)
    assert case.illustrative
    for parameter in (p for game in (case, *case.forms.values()) for p in game.parameters):
        assert parameter.assumed or parameter.source is not None or parameter.value == 0
        if parameter.value != 0:
            assert parameter.meaning is not None and parameter.meaning.zh and parameter.range is not None
    assert case.story.en and case.story.zh and case.source.en and case.source.zh


def test_nothing_lies_in_the_folder_that_no_case_uses():
    files = {path.name for path in FOLDER.iterdir() if path.suffix not in {".py"} and path.is_file()}
    known = {"case.schema.json", *(f"{name}.toml" for name in (*case_names(), *NO_CASES))}
    assert {name for name in files - known if not name.startswith(tuple(f"{case}." for case in case_names()))} == set()


def test_a_wrong_path_is_refused_and_a_wrong_figure_is_an_answer(tmp_path):
    text = (FOLDER / "two-households.toml").read_text(encoding="utf-8")
    path = tmp_path / "two-households.toml"
    for line, piece in (
        ('"diagnose.best.surpluss" = 8', "no 'surpluss'"),
        ('"best.surplus" = 8', "must begin with"),
        ('"compare.M-77.verdict" = "none"', "no 'M-77'"),
        ('"solve.pure.equilibria.9" = 8', "no '9'"),
        ("diagnose = 8", "must begin with"),
        ("solve.nonsense.welfare = 8", "two-households: concept='nonsense' is not known"),
    ):
        path.write_text(text + line + "\n", encoding="utf-8")
        with pytest.raises(InputError, match=piece):
            check_case(load_case(path))
    path.write_text(text + '"diagnose.class" = "P"\n"diagnose.margins.lottery" = 3.3\n', encoding="utf-8")
    assert [f.that for f in check_case(load_case(path)).findings if not f.holds] == ["diagnose.class", "diagnose.margins.lottery"]


def test_paths_without_quotes_are_read_too(tmp_path):
    text = (FOLDER / "two-households.toml").read_text(encoding="utf-8")
    path = tmp_path / "two-households.toml"
    path.write_text(text + "diagnose.margins.lottery = 3.3\ndiagnose.status_quo = 'x0'\n", encoding="utf-8")
    answer = check_case(load_case(path))
    assert [f.that for f in answer.findings if not f.holds] == ["diagnose.margins.lottery"]
    assert answer.findings[-1].that == "diagnose.status_quo"


def test_bounds_are_for_numbers(tmp_path):
    text = (FOLDER / "two-households.toml").read_text(encoding="utf-8")
    path = tmp_path / "two-households.toml"
    path.write_text(
        text + '[[proposition]]\nid = "P"\nen = "x"\nzh = "y"\ncheck = [{ that = "solve.nash.method", at_least = 1 }]\n', encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"two-households: check 'solve.nash.method' leads to .* which is no number"):
        check_case(load_case(path))
