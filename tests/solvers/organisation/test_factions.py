"""Contests of factions and groups, electoral capture and uncertain reform, each against deviations on a grid or votes one by one."""

from fractions import Fraction
from math import isclose, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError
from encompass.games.organisation.electoral_capture import ElectoralCapture
from encompass.games.organisation.factions import Factions
from encompass.games.organisation.group_contest import GroupContest
from encompass.games.organisation.uncertain_reform import UncertainReform
from encompass.solvers.certificate import sealed
from encompass.solvers.solve import solve

F = Fraction


def changed(certificate, **entries):
    """The certificate with other entries, sealed anew: only its content can give it away."""
    return sealed({name: entry for name, entry in (certificate | entries).items() if name != "seal"})


@pytest.mark.parametrize("k", [2, 3, 4, 10])
def test_factions_alike_waste_all_but_one_part(k):
    """7d: (k - 1) / k of the rents."""
    found = analyse(Factions(k))
    assert found.dissipation == F(k - 1, k) and found.left == found.prize / k
    assert all(verify(c).valid for c in found.certificates)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 5), st.integers(1, 9), st.sampled_from([F(1, 5), F(1, 2), F(1), F(2), F(7)]))
def test_no_other_effort_is_better(k, rent, favour):
    model = Factions(k, rent, 10, favour)
    found = analyse(model)
    for i, v in enumerate(model.worth):
        rest = found.spent - found.efforts[i]
        best = v * found.efforts[i] / found.spent - found.efforts[i]
        assert all(v * x / (rest + x) - x <= best for x in (F(j, 8) * v for j in range(9)) if rest + x)


def test_the_contest_on_a_grid():
    grid = solve(Factions(2).game())
    assert any(e.payoffs == (F(45, 2), F(45, 2)) for e in grid.equilibria)


def test_a_public_prize_makes_sizes_idle_and_a_private_one_favours_the_small():
    public, private = analyse(GroupContest()), analyse(GroupContest(private=True))
    assert (public.chances[0], public.efforts) == (F(1, 2), [15, 15])
    assert (private.chances[0], private.efforts) == (F(5, 6), [F(25, 6), F(5, 6)])
    assert private.small_wins and not public.small_wins


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=4), st.integers(1, 60), st.sampled_from([F(0), F(1, 2), F(1)]))
def test_no_member_gains_by_another_effort(sizes, prize, private):
    model = GroupContest(tuple(sizes), prize, private)
    found = analyse(model)
    assert sum(found.chances) == 1 and sum(found.efforts) == found.spent
    for g, v in enumerate(model.worth):
        own = found.member_efforts[g]
        best = v * found.efforts[g] / found.spent - own
        assert best == found.member_payoffs[g]
        for x in (F(j, 8) * v for j in range(9)):
            group, total = found.efforts[g] - own + x, found.spent - own + x
            assert not total or v * group / total - x <= best
    assert all(verify(c).valid for c in found.certificates)


def test_prizes_by_group_and_large_groups():
    found = analyse(GroupContest((1000, 3), (20, 60)))
    assert found.chances == [F(1, 4), F(3, 4)] and all(verify(c).valid for c in found.certificates)


@pytest.mark.parametrize("wrong", [{"sizes": (3,)}, {"sizes": (0, 1)}, {"prize": 0}, {"private": 2}, {"prize": (1, 2, 3)}])
def test_bad_group_contest(wrong):
    with pytest.raises(InputError):
        GroupContest(**wrong)


@pytest.mark.parametrize("wrong", [{"factions": 1}, {"rent": 0}, {"favour": 0}, {"residents": 0}])
def test_bad_factions(wrong):
    with pytest.raises(InputError):
        Factions(**wrong)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 4)), min_size=2, max_size=4).filter(lambda rows: any(a for _, a in rows)))
def test_no_other_budget_pleases_more(rows):
    model = ElectoralCapture(tuple(F(n, 5) for n, _ in rows), tuple(F(a, 4) for _, a in rows))
    found = analyse(model)
    assert sum(found.shares) == 1

    def pleased(shares):
        terms = [(w, s) for w, s in zip(model.weights, shares) if w]
        return sum(float(w) * log(s) for w, s in terms) if all(s > 0 for _, s in terms) else float("-inf")

    for a in range(len(rows)):
        for b in range(len(rows)):
            if a != b and found.shares[a] > F(1, 50):
                moved = list(found.shares)
                moved[a], moved[b] = moved[a] - F(1, 50), moved[b] + F(1, 50)
                assert pleased(moved) <= pleased(found.shares)
    assert all(verify(c).valid for c in found.certificates)


def test_capture_by_those_who_notice():
    even = analyse(ElectoralCapture(aware=(1, 1)))
    assert (even.elite_share, even.benefit_gap, even.advantage) == (F(1, 5), 0, 1)
    found = analyse(ElectoralCapture())
    assert (found.elite_share, found.advantage) == (F(1, 2), 4)
    assert analyse(ElectoralCapture(aware=(1, 0))).advantage is None
    (certificate,) = found.certificates
    assert not verify(changed(certificate, profile={"s2": "1/3"})).valid


@pytest.mark.parametrize("wrong", [{"population": (1,), "aware": (1,)}, {"aware": (0, 0)}, {"aware": (2, 0)}, {"population": (0, 1)}])
def test_bad_capture(wrong):
    with pytest.raises(InputError):
        ElectoralCapture(**wrong)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(1, 4), st.integers(0, 4))
def test_votes_one_by_one(known, others, winners, gain, loss):
    winners = min(winners, others)
    if not known + others:
        return
    found = analyse(UncertainReform(known, others, winners, gain, loss))
    gains = [F(gain)] * (known + winners) + [-F(loss)] * (others - winners)
    expected = sum(gains[known:], F(0)) / others if others else None
    before = [F(gain)] * known + ([expected] * others if others else [])
    assert (found.yes_before, found.yes_after, found.total) == (sum(x > 0 for x in before), known + winners, sum(gains))
    assert found.expected == expected
    if found.least_insurance is not None:
        paid = found.least_insurance + F(1, 1000)
        assert sum(gains[known:]) + paid * (others - winners) > 0
        assert found.least_insurance == 0 or sum(gains[known:]) + found.least_insurance * (others - winners) == 0


def test_reform_numbers_and_bad_input():
    found = analyse(UncertainReform())
    assert (found.yes_before, found.yes_after, found.expected, found.total, found.stuck) == (40, 60, F(-1, 3), 20, True)
    assert found.least_insurance == F(1, 2) and found.insurable and isclose(float(found.expected), -1 / 3)
    for wrong in ({"known": 0, "others": 0, "hidden_winners": 0}, {"hidden_winners": 61}, {"gain": 0}, {"loss": -1}):
        with pytest.raises(InputError):
            UncertainReform(**wrong)
