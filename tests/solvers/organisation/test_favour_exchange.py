"""CASE-18: favours against the solved problem of who is asked, pairings against every pairing."""

from dataclasses import replace
from fractions import Fraction as F
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError
from encompass.games.organisation.favour_exchange import FavourExchange
from encompass.games.organisation.pairing import Pairing
from encompass.solvers.coalitions.pairing import best_assignment, blocking, deferred_acceptance
from encompass.solvers.control.optimal_control import policy_values

FAVOURS = st.builds(
    FavourExchange,
    need=st.fractions(F(1, 20), 1, max_denominator=20),
    benefit=st.integers(2, 8),
    cost=st.fractions(F(1, 4), F(3, 2), max_denominator=4),
    discount=st.fractions(0, F(19, 20), max_denominator=20),
    partners=st.integers(1, 6),
)


def test_the_atlas():
    assert analyse(FavourExchange()).critical == F(5, 6) and round(5 / 6, 3) == 0.833
    assert analyse(FavourExchange(need=F(3, 10))).critical == F(5, 8)


@settings(max_examples=40, deadline=None)
@given(FAVOURS)
def test_the_critical_discount_is_where_the_solved_problem_turns(model):
    """At the critical factor both controls are as good; a little more patience helps, a little less refuses."""
    critical = analyse(model).critical
    game = replace(model, discount=critical).game()
    help_, refuse = policy_values(game, (0, 0, 0)), policy_values(game, (1, 0, 0))
    assert help_[0] == refuse[0]
    nudge = (1 - critical) / 10
    assert analyse(replace(model, discount=critical + nudge)).helping_is_best
    assert not analyse(replace(model, discount=max(F(0), critical - nudge))).helping_is_best
    a = analyse(model)
    assert a.lasts == (model.discount >= critical) and a.helping_is_best == a.lasts
    assert all(verify(c).valid for c in a.certificates)


@settings(max_examples=30, deadline=None)
@given(FAVOURS)
def test_partners(model):
    a = analyse(model)
    assert a.critical_alone == analyse(model.with_one()).critical
    assert a.critical_recorded == a.critical_at_once == a.critical <= a.critical_alone
    if a.least_need is not None:
        assert analyse(replace(model, need=a.least_need)).critical == model.discount
    most = a.most_partners
    for N in range(1, 8):
        assert analyse(replace(model, partners=N)).lasts_alone == (most >= N)


# pairing


@st.composite
def pairings(draw):
    n, m = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    table = st.lists(st.lists(st.integers(-2, 6), min_size=m, max_size=m), min_size=n, max_size=n)
    return Pairing(draw(table), draw(table))


def every_pairing(n, m):
    for pairs in product([None, *range(m)], repeat=n):
        used = [j for j in pairs if j is not None]
        if len(set(used)) == len(used):
            yield pairs


@settings(max_examples=40, deadline=None)
@given(pairings())
def test_pairings_against_all(model):
    n, m = len(model.helped), len(model.helped[0])
    a = analyse(model)
    assert a.proposed_blocking == a.offered_blocking == []
    total = {p: sum(model.worth[i][j] for i, j in enumerate(p) if j is not None) for p in every_pairing(n, m)}
    assert a.assigned_total == max(total.values()) and a.shares_prove
    assert sum(a.helped_shares) + sum(a.helper_shares) == a.assigned_total
    assert a.proposed_total <= a.assigned_total >= a.offered_total
    stable = [p for p in total if not blocking(p, model.helped, model.helpers)]
    assert tuple(None if j == 0 else j - 1 for j in a.proposed) in stable
    flat = [x for row in model.helped for x in row if x >= 0], [x for row in model.helpers for x in row if x >= 0]
    if all(len(set(x)) == len(x) and 0 not in x for x in flat):  # no ties: those who propose get the best that is stable
        mine = deferred_acceptance(model.helped, model.helpers)
        for p in stable:
            for i in range(n):
                gain = [0 if pairs[i] is None else model.helped[i][pairs[i]] for pairs in (mine, p)]
                assert gain[0] >= gain[1]


def test_shares_that_do_not_prove():
    found = best_assignment([[F(3), F(1)], [F(2), F(2)]])
    assert found.total == 5 and found.proves([[F(3), F(1)], [F(2), F(2)]])
    assert not replace(found, row_prices=(F(0), F(0))).proves([[F(3), F(1)], [F(2), F(2)]])


def test_floats_too():
    a = analyse(Pairing([[0.5, 0.25], [0.125, 0.75]], [[0.1, 0.2], [0.3, 0.4]]))
    assert a.assigned == [1, 2] and a.shares_prove


def test_the_default_pairing():
    a = analyse(Pairing())
    assert (a.proposed_total, a.assigned_total) == (17, 19) and a.assigned_blocking == [[3, 1]]


@pytest.mark.parametrize("wrong", [{"need": 0}, {"benefit": 1}, {"cost": 0}, {"discount": 1}, {"partners": 0}])
def test_bad_favours(wrong):
    with pytest.raises(InputError):
        FavourExchange(**wrong)


@pytest.mark.parametrize(
    "wrong", [{"helped": []}, {"helped": [[1, 2], [3]]}, {"helped": [[1]]}, {"helped": 3}, {"helped": "12"}, {"helped": [["x"]]}]
)
def test_bad_pairings(wrong):
    with pytest.raises(InputError):
        Pairing(**wrong)


@pytest.mark.parametrize("partners", [1, 2, 5])
def test_one_partner_of_several_against_a_simulated_sum(partners):
    """What a refusal costs, period by period: with probability 1/N that partner is met, with probability need it matters."""
    m = FavourExchange(partners=partners)
    each = F(m.need) / partners * (m.benefit - m.cost)
    for discount in (F(1, 2), F(5, 6), F(9, 10), F(15, 16), F(19, 20)):
        lost = sum((discount**t * each for t in range(1, 400)), start=F(0))
        rest = discount**400 / (1 - discount) * each
        found = analyse(FavourExchange(partners=partners, discount=discount))
        assert found.helping_is_best_alone == (lost + rest >= m.cost) == found.lasts_alone
        assert all(verify(c).valid for c in found.certificates)
