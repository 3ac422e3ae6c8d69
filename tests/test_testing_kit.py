"""The kit: what its strategies draw, what ``check_mechanism`` finds, and the guide, whose blocks are run."""

import ast
import re
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass
from encompass import testing
from encompass.games.environment import Environment, Interval, hosting
from encompass.games.errors import InputError
from encompass.games.mechanisms import MECHANISMS, Claim, Outcome
from encompass.testing import check_mechanism

GUIDE = (Path(encompass.__file__).parent / "docs" / "audit.md").read_text(encoding="utf-8")
FEW = settings(max_examples=5, deadline=None)


@FEW
@given(st.data())
def test_strategies_draw_what_they_say(data):
    game = data.draw(testing.symmetric_games())
    assert game.payoffs is not None
    layout = data.draw(testing.layouts())
    assert layout.consented and all(layout.consent_set(site) for site in layout.sites)
    alone = data.draw(testing.layouts(shared=False))
    assert all(len(alone.consent_set(site)) == 1 for site in alone.sites)
    n, edges = data.draw(testing.networks())
    assert all(0 <= a < b < n for a, b in edges) and len(set(edges)) == len(edges)
    assert data.draw(testing.coalitions(4)) <= frozenset(range(4))
    assert data.draw(testing.quotas(5)).needed(5) <= 5
    rows = data.draw(testing.valuations(3, 2))
    assert len(rows) == 3 and all(len(row) == 2 for row in rows)
    world = data.draw(testing.environments())
    types = data.draw(testing.type_profiles(world))
    assert all(own in kinds for own, kinds in zip(types, world.types))
    assert len(world.problem(types).players) == len(types)
    between = Environment((Interval(Fraction(1, 3), Fraction(1, 2)),), lambda types: None)
    assert Fraction(1, 3) <= data.draw(testing.type_profiles(between))[0] <= Fraction(1, 2)


class Careless:
    """Redistributes what M-04 leaves over in equal shares: with one's own report in the share, a lie pays."""

    claims = (Claim("strategy-proof", True, "it looks like M-04"), Claim("budget-balanced", True, "all is paid out"))
    id = "careless"

    def refuses(self, game):
        return MECHANISMS["M-04"].refuses(game)

    def outcome(self, game):
        decided = MECHANISMS["M-04"].outcome(game)
        return Outcome(decided.lottery, decided.transfers - sum(decided.transfers) / len(decided.transfers))


def test_a_wrong_mechanism_is_found_out():
    with pytest.raises(AssertionError, match=r"careless claims to be strategy-proof. But take \d households with damage .* by reporting"):
        check_mechanism(Careless(), max_examples=24)


class Crashing(Careless):
    claims = (Claim("no-deficit", True, ""),)

    def outcome(self, game):
        if len(game.players) == 3:
            raise KeyError("a slip of one's own")
        return super().outcome(game)


class OffByLittle(Careless):
    """Pays the first a thousandth too much where it reports 3, and only there."""

    claims = (Claim("budget-balanced", True, ""),)

    def outcome(self, game):
        decided = super().outcome(game)
        more = [Fraction(int(game.parts.damages[0].max() == 3), 1000), *[0] * (len(game.players) - 1)]
        return Outcome(decided.lottery, decided.transfers + np.array(more, dtype=object))


def test_slips_are_told():
    with pytest.raises(KeyError, match="a slip of one's own") as failed:
        check_mechanism(Crashing(), max_examples=20)
    assert failed.value.__notes__[0] == "raised when careless was told 0, 0, 0"
    told = "careless claims to be budget-balanced. But take 2 households with damage 3, 0: 1/1000 is paid out that nobody has paid in"
    with pytest.raises(AssertionError, match=told):
        check_mechanism(OffByLittle(), max_examples=40)


def test_claims_that_fail_must_fail():
    check_mechanism(MECHANISMS["M-01:EQ"], {"strategy-proof": False, "budget-balanced": True}, max_examples=10)
    with pytest.raises(AssertionError, match="is not budget-balanced, but no counterexample was found"):
        check_mechanism(MECHANISMS["M-01:EQ"], {"budget-balanced": False}, max_examples=10)


def test_given_environments():
    street = hosting([2] * 3, [[1, 4]] * 3)
    answer = check_mechanism(MECHANISMS["M-04"], ["strategy-proof", "no-deficit"], environments=[street])
    assert [r.verdict for r in answer.results] == ["proved", "proved"]
    drawn = testing.hostings(3, 4).map(lambda situation: situation[0])
    assert check_mechanism(MECHANISMS["M-04"], ["no-deficit"], environments=drawn, max_examples=10).results[0].verdict == "not-refuted"
    between = st.just(hosting([2] * 3, [Interval(Fraction(0), Fraction(9))] * 3))
    with pytest.raises(AssertionError, match="less than by refusing"):
        check_mechanism(MECHANISMS["M-04"], ["individually-rational"], environments=between, max_examples=16)


@pytest.mark.parametrize("claims", [["honest"], ["bayes-incentive-compatible"], []])
def test_nothing_to_try(claims):
    with pytest.raises(InputError):
        check_mechanism(MECHANISMS["M-04"], claims, max_examples=5)


def run(block, names):
    """Every statement of a block; an expression is what the comment behind it says."""
    for node in ast.parse(block).body:
        said = block.splitlines()[node.end_lineno - 1].partition("  # ")[2] if isinstance(node, ast.Expr) else ""
        if said:
            assert repr(eval(ast.unparse(node), names)) == said
        else:
            exec(compile(ast.Module([node], []), "guide", "exec"), names)


def test_the_guide_says_the_truth(monkeypatch):
    """Files and tests are shown as ``py`` blocks, in one module; the failure is shown as text."""
    monkeypatch.setattr(testing, "check_mechanism", partial(check_mechanism, max_examples=12))
    names = {"__name__": "guide"}
    for block in re.findall(r"```py\n(.*?)```", GUIDE, flags=re.DOTALL):
        run(block, names)
    with pytest.raises(AssertionError) as failed:
        names["test_second_lowest"]()
    assert str(failed.value) == re.search(r"```text\n(.*?)\n```", GUIDE, flags=re.DOTALL)[1]
