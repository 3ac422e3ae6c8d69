"""Case files whose payoffs are formulas."""

import pytest

import encompass as ec
from encompass.cli import main
from encompass.games.errors import CaseError

ALIKE = """
[case]
id = "mine"
title = "mine"
[game]
family = "formula"
unit = "yuan"
roles = ["neighbour"]
actions = { id = ["wait", "act"], en = ["wait", "act"], zh = ["等", "做"] }
amounts = [0, 1]
payoff = "benefit * (contributors >= threshold) - cost * own"
[game.parameters]
players = 5
benefit = 10
cost = 4
threshold = { value = 3, range = [1, 5] }
[[proposition]]
id = "P12.2"
en = "{threshold} of {players} act, or nobody."
zh = "{players} 人中有 {threshold} 人做，或无人做。"
check = [{ holds = "solve.pure.complete and len(solve.pure.equilibria) == 2" }]
"""

NAMED = """
[case]
id = "mine"
title = "mine"
[game]
family = "formula-named"
unit = "yuan"
players = ["ann", "bo"]
actions = ["keep", "give"]
amounts = [0, 2]
payoff = ["mpcr * total - own", "mpcr * total - own * cost"]
each = ["cost"]
[game.parameters]
mpcr = "3/5"
cost = [1, 2]
"""


@pytest.fixture
def file(tmp_path):
    def written(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_alike_players_are_counted_and_solved_like_the_family(file, capsys):
    case = ec.load_case(file(ALIKE))
    twin = ec.load_case("gate-watch")
    assert (case.game.normal_form().table == twin.game.normal_form().table).all()
    assert ec.check_case(case).holds
    assert ec.check_case(ec.load_case(case.file, {"threshold": 2})).claims[0].claim.en == "2 of 5 act, or nobody."
    for verb in ("show", "solve", "diagnose"):
        assert main([verb, str(case.file)]) == 0
    assert "act" in capsys.readouterr().out


def test_named_players_have_numbers_of_their_own(file):
    game = ec.load_case(file(NAMED)).game
    assert [str(x) for x in game.payoffs((1, 1))] == ["2/5", "-8/5"]
    assert ec.solve(game).complete


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- cost * own", "- cost * owns", "game: .*names 'owns'"),
        ("- cost * own", "- open(cost)", "holds more than"),
        ("players = 5", "players = 5.5", "players='11/2' must be a whole number"),
        ("players = 5", "", "must be a whole number"),
        ("amounts = [0, 1]", "amounts = [0]", "amounts must list a number for each of the 2 actions"),
        ('roles = ["neighbour"]', 'roles = ["a", "b"]', "has one role, not 2"),
        ("players = 5", "players = 10000000", "."),
    ],
)
def test_faults(file, old, new, message):
    with pytest.raises(CaseError, match=message):
        ec.load_case(file(ALIKE.replace(old, new)))
