"""A case to start from works at once, and nothing is ever overwritten."""

import pytest

from encompass.cases.check import check_case
from encompass.cases.load import load_case
from encompass.cases.new import KINDS, new_case
from encompass.games.errors import InputError
from encompass.solvers.checker.verify import verify
from encompass.solvers.solve import solve
from encompass.solvers.standoff.compare import compare
from encompass.solvers.standoff.diagnose import diagnose


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_case_is_a_standoff_that_some_rule_ends(tmp_path, kind):
    path, *tables = new_case("our-lane", kind, tmp_path)
    assert [table.name for table in tables] == ([] if kind == "table" else ["our-lane.residents.csv", "our-lane.sites.csv"])
    case = load_case(path)
    assert (case.id, case.title.zh) == ("our-lane", "我们的僵局")
    assert case.assumed
    assert solve(case).outcomes == ("x0",)
    assert diagnose(case).margins.deterministic == 0
    answer = compare(case)
    assert answer.recommended is not None
    assert answer[answer.recommended].verdict == "strong"
    assert verify(answer.certificate).valid
    assert check_case(case).holds


@pytest.mark.parametrize("kind", KINDS)
def test_it_refuses_to_overwrite(tmp_path, kind):
    before = {path.name: path.read_bytes() for path in new_case("ours", kind, tmp_path)}
    for again in KINDS:
        with pytest.raises(InputError, match="there already; nothing was written"):
            new_case("ours", again, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["", "Ours", "a b", "../a", "a/b", "-a", "厕所", "a.b", "x" * 300])
def test_names_that_cannot_be_ids(tmp_path, name):
    with pytest.raises(InputError):
        new_case(name, "csv", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_kinds_and_folders(tmp_path):
    with pytest.raises(InputError, match="kind='xlsx' is not known; one of table, csv"):
        new_case("ours", "xlsx", tmp_path)
    with pytest.raises(InputError, match="there is no folder"):
        new_case("ours", "csv", tmp_path / "nowhere")
