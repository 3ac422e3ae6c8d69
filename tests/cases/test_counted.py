"""Case files of counted games: every family, and what is said of bad numbers."""

import pytest

import encompass as ec
from encompass.cases.load import load_case
from encompass.games.errors import CaseError

HEAD = """
[case]
id = "stairs"
title = "Stairs"
[game]
family = "{family}"
unit = "yuan"
roles = {roles}
[game.parameters]
{parameters}
"""
FAMILIES = {
    "volunteers-dilemma": ('["household"]', "players = 4\nbenefit = 10\ncost = 4", 4),
    "threshold": ('["household"]', "players = 4\nbenefit = 10\ncost = 4\nthreshold = 2", 7),
    "threshold-roles": ('["elite", "household"]', "players = [1, 2]\nbenefit = [9, 5]\ncost = [3, 1]\nweight = [2, 1]\nthreshold = 2", 2),
    "linear": ('["household"]', 'players = 3\nendowment = 10\nmpcr = "2/5"\nlevels = [0, 5, 10]', 1),
    "weakest-link": ('["household"]', "players = 3\nbenefit = 2\ncost = 1\nlevels = [1, 2, 3]", 3),
}


def written(folder, family, roles, parameters):
    path = folder / "stairs.toml"
    path.write_text(HEAD.format(family=family, roles=roles, parameters=parameters), encoding="utf-8")
    return path


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_read_and_solved(family, tmp_path):
    roles, parameters, equilibria = FAMILIES[family]
    case = load_case(written(tmp_path, family, roles, parameters))
    pure = ec.solve(case)
    assert pure.complete and max(e.regret for e in pure.equilibria) == 0
    found = ec.solve(case, "nash") if family in ("volunteers-dilemma", "threshold") else pure
    assert len(found.equilibria) == equilibria
    assert ec.verify(pure.certificate).valid


def test_parameters_are_changed_from_outside(tmp_path):
    roles, parameters, _ = FAMILIES["volunteers-dilemma"]
    path = written(tmp_path, "volunteers-dilemma", roles, parameters)
    assert load_case(path, {"players": 7}).game.n == 7
    with pytest.raises(CaseError, match="did you mean players"):
        load_case(path, {"player": 7})


@pytest.mark.parametrize(
    ("family", "old", "new", "what"),
    [
        ("volunteers-dilemma", "players = 4", 'players = "7/2"', "whole number"),
        ("volunteers-dilemma", "players = 4", "players = 0", "at least 1"),
        ("volunteers-dilemma", "cost = 4", "cost = -4", "negative"),
        ("volunteers-dilemma", "cost = 4", "costs = 4", "unknown key"),
        ("threshold", "threshold = 2", "threshold = 9", "at most 4"),
        ("threshold", "players = 4", "players = [4]", "whole number"),
        ("threshold-roles", "[1, 2]", "[1, 2, 3]", "2"),
        ("threshold-roles", "weight = [2, 1]", "weight = 1", "list of numbers"),
        ("linear", "[0, 5, 10]", "[0, 5, 20]", "at most 10"),
    ],
)
def test_bad_numbers_are_said_with_their_key(family, old, new, what, tmp_path):
    roles, parameters, _ = FAMILIES[family]
    path = written(tmp_path, family, roles, parameters.replace(old, new))
    with pytest.raises(CaseError, match=what) as error:
        load_case(path)
    assert "stairs.toml" in str(error.value) and "game" in str(error.value)


def test_one_role_where_one_is_meant(tmp_path):
    with pytest.raises(CaseError, match="has one role, not 2"):
        load_case(written(tmp_path, "linear", '["a", "b"]', FAMILIES["linear"][1]))


def test_what_does_not_fit_is_refused_with_its_size(tmp_path):
    roles, parameters, _ = FAMILIES["linear"]
    path = written(tmp_path, "linear", roles, parameters.replace("players = 3", "players = 100000"))
    with pytest.raises(CaseError, match="counted game has"):
        load_case(path)
