"""Cases of several games: what formulas name, how claims come out, and what parameters set from outside do to them."""

import json

import pytest

from encompass import verify
from encompass.cases.check import check_case
from encompass.cases.load import load_case
from encompass.cases.told import told
from encompass.games.errors import CaseError, InputError
from encompass.games.message import Text
from encompass.solvers.certificate import sealed
from encompass.solvers.organisation.attention_commons import AttentionAnalysis

CASE = """
[case]
id = "mine"
title = "mine"
atlas = "CASE-05"
seeds = ["S-092"]
[case.story]
en = "{departments} lines leave {residual:%}; door 1 is worth {door.diagnose.best.surplus}."
zh = "{departments} 条线剩 {residual:%}。"
[game]
family = "attention-commons"
unit = "hours"
[game.parameters.departments]
value = 4
range = [1, 20]
meaning = { en = "lines", zh = "条线" }
assumed = true
seeds = ["S-023"]
[forms.door]
title = "the door"
family = "siting"
rights = "R-HOST"
unit = "yuan"
players = ["a", "b"]
sites = ["a", "b"]
[forms.door.parameters]
benefit = [10, 10]
damage = [12, 15]
[forms.staff]
title = "the staff"
family = "attention-commons"
[forms.staff.parameters.departments]
fact = "S-068"
"""

CLAIM = """
[[proposition]]
id = "P5.1"
en = "x"
zh = "y"
{extra}
check = [ {check} ]
"""


@pytest.fixture
def case(tmp_path):
    def make(*checks, extra="", settings=None):
        path = tmp_path / "mine.toml"
        path.write_text(CASE + CLAIM.format(extra=extra, check=", ".join(checks or ["{ holds = 'total == 16' }"])), encoding="utf-8")
        return load_case(path, settings)

    return make


def test_forms_are_cases_of_their_own(case):
    whole = case()
    assert list(whole.forms) == ["door", "staff"]
    door = load_case(f"{whole.file}:door")
    assert door.id == "mine:door" and door.game.alternatives == ("x0", "a", "b")
    assert load_case(f"{whole.file}:door", {"damage": [1, 1]}).parameters[1].changed
    assert whole.forms["staff"].game.departments == 13
    assert "S-068" in whole.forms["staff"].parameters[0].source.en
    with pytest.raises(CaseError, match="no form 'roof' in this case; did you mean door"):
        load_case(f"{whole.file}:roof")


def test_parameters_of_forms_are_set_by_their_names(case):
    assert case(settings={"door.damage": [1, 2], "departments": 5}).changed == ("departments", "door.damage")
    for wrong, message in (("door.damages", "no parameter of this name; did you mean damage"), ("roof.damage", "no form 'roof'")):
        with pytest.raises(CaseError, match=message):
            case(settings={wrong: 1})
    with pytest.raises(CaseError, match="departments: 21 must be from 1 to 20"):
        case(settings={"departments": 21})


def test_a_story_is_told_with_the_figures_at_hand(case):
    assert told(case().story, case()).en == "4 lines leave 20%; door 1 is worth 8."
    seven = case(settings={"departments": 7, "door.damage": [20, 20]})
    assert told(seven.story, seven) == Text("7 lines leave 12.5%; door 1 is worth 0.", "7 条线剩 12.5%。")
    with pytest.raises(InputError, match="names 'nothing'"):
        told(Text("{nothing}", ""), case())


@pytest.mark.parametrize(
    ("check", "holds"),
    [
        ("{ holds = 'residual == 1 / (departments + 1)' }", True),
        ("{ holds = 'residual == 1 / departments' }", False),
        ("{ holds = 'total == best_total', set = { fee = '{best_fee}' } }", True),
        ("{ holds = 'door.diagnose.margins.transfers == 4 and door.benefit[0] == 10' }", True),
        ("{ that = 'analyse.total', equals = 16 }", True),
        ("{ that = 'analyse.total', equals = 16.4, within = 0.5 }", True),
        ("{ that = 'analyse.total', at_least = 17 }", False),
        ("{ over = { departments = [1, 2, 4, 7] }, of = 'residual', equals = ['1/2', '1/3', '1/5', '1/8'], direction = 'falls' }", True),
        ("{ over = { departments = [1, 2, 4, 7] }, of = 'residual', direction = 'rises' }", False),
        ("{ over = { departments = [1, 2] }, of = 'residual', equals = ['1/2', '1/4'] }", False),
        ("{ over = { departments = [1, 2], load = ['1/10', '1/20'] }, holds = 'load * total == departments / (departments + 1)' }", True),
        ("{ over = { offloaded = [0, '1/2'] }, of = 'residual', direction = 'stays' }", True),
    ],
)
def test_checks(case, check, holds):
    (claim,) = check_case(case(check)).claims
    assert claim.verdict == ("holds" if holds else "fails")


def test_forms_answer_for_their_own_claims(case):
    answer = check_case(case("{ holds = 'diagnose.best.surplus == 8 and staff.total > 0' }", extra='form = "door"'))
    assert answer.holds and answer.claims[0].certificates == (True, True)


def test_what_is_claimed_at_the_defaults_only_is_no_failure_elsewhere(case):
    check = "{ holds = 'total == 16' }"
    assert check_case(case(check)).claims[0].verdict == "holds"
    assert check_case(case(check, settings={"departments": 5})).claims[0].verdict == "fails"
    excused = check_case(case(check, extra='scope = "defaults"', settings={"departments": 5}))
    assert excused.claims[0].verdict == "defaults-only" and excused.holds


def test_certificates_are_those_of_the_answers_used(case, monkeypatch):
    assert check_case(case("{ holds = 'total == 16' }")).claims[0].certificates == (True,)
    monkeypatch.setattr(AttentionAnalysis, "certificates", ({"kind": "smooth", "seal": "no"},))
    forged = check_case(case("{ holds = 'total == 16' }")).claims[0]
    assert (forged.verdict, forged.certificates) == ("fails", (False,))


def test_the_certificate_of_a_case_is_reread_and_a_forged_one_is_not_valid(case):
    checks = (
        "{ holds = 'residual == 1 / (departments + 1) and abs(sqrt(2) - 1.41421) < 0.001' }",
        "{ over = { departments = [1, 2] }, of = 'residual', equals = ['1/2', 0.3333], within = 0.001, direction = 'falls' }",
        "{ that = 'analyse.total', equals = 16, at_least = 1 }",
        "{ holds = 'door.diagnose.best.alternative == \"a\"' }",
    )
    certificate = check_case(case(*checks)).certificate
    assert verify(certificate).valid
    assert len(certificate["claims"][0]["rests_on"]) == 2

    def forged(change):
        claims = json.loads(json.dumps(certificate["claims"]))
        change(claims[0])
        return verify(sealed({"kind": "claims", "case": "mine", "claims": claims})).valid

    assert forged(lambda claim: None)
    assert not forged(lambda claim: claim["checks"][0]["figures"].update(residual="1/4"))
    assert not forged(lambda claim: claim["checks"][0].update(formula="__import__('os')"))
    assert not forged(lambda claim: claim["checks"][1]["cells"][0]["figures"].update(residual="1/8"))
    assert not forged(lambda claim: claim["checks"][1]["cells"].clear())
    assert not forged(lambda claim: claim["checks"][2].update(figure="17"))
    assert not forged(lambda claim: claim["rests_on"][0].update(seal="x"))
    assert not forged(lambda claim: claim["checks"].clear())
    assert not verify(sealed({"kind": "claims", "case": "mine", "claims": []})).valid


@pytest.mark.parametrize(
    ("check", "message"),
    [
        ("{ holds = 'totall == 16' }", "mine: 'totall == 16' names 'totall'"),
        ("{ holds = 'total' }", "must be true or false"),
        ("{ holds = 'total == 16', set = { departmentz = 3 } }", "'departmentz' is no parameter"),
        ("{ that = 'total', equals = 1 }", "must begin with"),
    ],
)
def test_a_claim_that_names_nothing_is_refused(case, check, message):
    with pytest.raises(InputError, match=message):
        check_case(case(check))


@pytest.mark.parametrize(
    ("check", "message"),
    [
        ("{ equals = 1 }", "a check has either that, or holds or of"),
        ("{ that = 'analyse.total', holds = 'total > 1' }", "a check has either that, or holds or of"),
        ("{ of = 'total' }", "over says which"),
        ("{ of = 'total', over = { departments = [] } }", "must not be empty"),
        ("{ of = 'total', over = { departments = [1, 2], load = [1] } }", "be of one length"),
    ],
)
def test_a_check_of_no_kind_is_refused(case, check, message):
    with pytest.raises(CaseError, match=message):
        case(check)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('family = "attention-commons"', 'family = "attention-common"', "must be one of"),
        (
            "[game.parameters.departments]",
            "[game.parameters.department]",
            "parameters.department: unknown key; did you mean departments",
        ),
        ('fact = "S-068"', 'fact = "S-999"', "no item 'S-999' in the study"),
        ('fact = "S-068"', 'fact = "S-001"', "the study gives no figure for S-001"),
        ("value = 4", 'value = "x"', "forms|game.parameters.departments"),
        ("benefit = [10, 10]", "benefit = [10]", "forms.door|benefit"),
    ],
)
def test_faults_name_the_game_they_are_in(tmp_path, old, new, message):
    path = tmp_path / "mine.toml"
    path.write_text(CASE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CaseError, match=message):
        load_case(path)
