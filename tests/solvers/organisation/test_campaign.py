"""Campaigns, hubs and tiers: closed forms against grids, all plans and the games themselves (ATLAS P2.1 to P2.4)."""

from fractions import Fraction as F
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, solve, verify
from encompass.games.errors import InputError
from encompass.games.organisation.campaign import Campaign
from encompass.games.organisation.hub_network import HubNetwork
from encompass.games.organisation.resident_tiers import ResidentTiers


def tenths(low, high):
    return st.integers(low, high).map(lambda k: F(k, 10))


campaigns = st.builds(
    Campaign,
    motivation=tenths(0, 10),
    crowding=tenths(-10, 10),
    enforcement=tenths(0, 20),
    erosion=tenths(0, 10),
    recovery=tenths(0, 10),
    target=tenths(0, 10),
    reward=tenths(0, 10),
    lowest_cost=tenths(0, 4),
    highest_cost=tenths(5, 15),
    intensity=tenths(0, 10),
    discount=tenths(0, 10),
    periods=st.integers(1, 3),
    residents=st.integers(1, 3),
    steps=st.integers(1, 3),
)
few = settings(max_examples=40, deadline=None)


def test_the_numbers_of_the_atlas():
    a = analyse(Campaign())
    assert (a.before, a.during, a.after) == (F(3, 10), 1, F(3, 20))
    assert a.best == [F(2, 3)] and a.reached == F(4, 5) and a.break_even == F(2, 9)
    assert a.lasting_change == F(-1, 2) and a.push == F(3, 4)


@few
@given(campaigns)
def test_the_best_intensity_beats_every_other_on_a_grid(m):
    a = analyse(m)
    grid = {*(F(k, 24) for k in range(25)), *a.best}

    def payoff(x):
        return (m.reward if m.participation(x, m.motivation) >= m.target else 0) - m.effort_cost * x * x / 2

    assert a.payoff == max(map(payoff, grid)) and all(payoff(x) == a.payoff for x in a.best)
    assert a.reachable == any(m.participation(x, m.motivation) >= m.target for x in grid | {a.least_intensity or 0, F(1)})
    assert max(a.best) == 0 or a.reached == m.target


@few
@given(campaigns)
def test_crowding_and_what_is_left(m):
    a, step = analyse(m), F(1, 10**9)
    assert (m.participation(step, m.motivation) - m.participation(F(0), m.motivation)) / step == a.marginal
    wear, growth = m.erosion * m.motivation * m.intensity, m.recovery * (1 - m.intensity) * (1 - m.motivation)
    assert a.motivation_after == m.motivation - wear + growth
    assert 0 <= a.motivation_after <= 1


@few
@given(campaigns)
def test_looking_ahead_is_worth_no_less_than_any_plan_on_a_grid(m):
    a = analyse(m)
    grid = [F(0), F(1, 3), F(2, 3), F(1), None]  # None: the least that reaches the target then

    def worth(plan):
        motivation, total = m.motivation, F(0)
        for t, choice in enumerate(plan):
            x = (m.least_intensity(motivation) or F(0)) if choice is None else choice
            met = m.participation(x, motivation) >= m.target
            total += m.discount**t * ((m.reward if met else 0) - m.expense(x))
            motivation = m.next_motivation(x, motivation)
        return total

    assert a.farsighted_value >= max(worth(plan) for plan in product(grid, repeat=m.periods))
    assert a.farsighted_value == max(worth(plan) for plan in product([F(0), None], repeat=m.periods)) >= a.myopic_value


@few
@given(campaigns)
def test_the_finite_game_by_trying_everything(m):
    costs = m.costs()

    def paid(a):
        """Best and worst for the committee where residents who are indifferent do this or that."""
        sure = sum(m.drive(a, m.motivation) > c for c in costs)
        open_ = sum(m.drive(a, m.motivation) == c for c in costs)
        outcomes = {(m.reward if F(k, len(costs)) >= m.target else 0) - m.expense(a) for k in range(sure, sure + open_ + 1)}
        return min(outcomes), max(outcomes)

    grid = [F(k, m.steps) for k in range(m.steps + 1)]
    floor = max(paid(a)[0] for a in grid)  # what the committee can be sure of, whoever is indifferent
    assert analyse(m).finite_best == [a for a in grid if paid(a)[1] >= floor]


def test_a_committee_that_waits_long_enough_needs_no_campaign():
    a = analyse(Campaign())
    assert (1 - F(1, 20)) ** a.patience_needed * F(7, 10) <= F(1, 5) < (1 - F(1, 20)) ** (a.patience_needed - 1) * F(7, 10)
    assert analyse(Campaign(recovery=0)).healing is None
    assert analyse(Campaign(recovery=1)).healing == 1
    assert analyse(Campaign(erosion=0)).healing == 0


def test_certificates_and_changed_ones():
    certificates = analyse(Campaign()).certificates
    assert [c["kind"] for c in certificates] == ["smooth", "staged", "staged"] and all(verify(c).valid for c in certificates)
    assert not verify(certificates[0] | {"constants": {"cost": "-1", "reward": "1"}}).valid
    assert all(verify(c).valid for c in analyse(Campaign(target=0)).certificates)
    assert all(verify(c).valid for c in analyse(Campaign(reward=F(2, 9), periods=2)).certificates)


@pytest.mark.parametrize(
    "wrong",
    [{"motivation": 2}, {"crowding": -2}, {"enforcement": -1}, {"effort_cost": 0}, {"highest_cost": 0}, {"periods": 9}, {"steps": 0}],
)
def test_refused(wrong):
    with pytest.raises(InputError):
        Campaign(**wrong)


def test_floats_are_taken():
    a = analyse(Campaign(motivation=0.3, enforcement=0.9, target=0.8))
    assert a.best[0] == pytest.approx(2 / 3) and a.after == pytest.approx(0.15)
    assert all(verify(c).valid for c in a.certificates)


networks = st.integers(0, 2).flatmap(
    lambda suppliers: st.integers(1, 4).flatmap(
        lambda leaders: st.builds(
            HubNetwork,
            suppliers=st.just(suppliers),
            leaders=st.just(leaders),
            lateral=st.integers(0, leaders - 1),
            links=st.lists(st.sampled_from([*combinations(range(1, suppliers + leaders + 1), 2)]), max_size=3).map(tuple)
            if suppliers + leaders > 1
            else st.just(()),
        )
    )
)


@few
@given(networks)
def test_pieces_by_walking_and_equilibria_by_trying_all(m):
    pieces, left = [], set(range(1, m.others + 1))
    while left:
        piece = {left.pop()}
        while more := {j for tie in m.side_ties for i in piece & set(tie) for j in tie if j not in piece}:
            piece |= more
        left -= piece
        pieces.append(len(piece))
    a = analyse(m)
    assert (a.pieces, a.largest_piece, a.dependence) == (len(pieces), max(pieces), 1 - F(max(pieces), m.others))
    found = {tuple(int(p[1]) for p in e.profile) for e in solve(m.game(), "pure").equilibria}
    assert len(found) == a.equilibria and ((1, *[0] * m.others) in found) == a.committee_alone
    assert a.fewest_without == min(sum(chosen) for chosen in found if not chosen[0])


def test_a_star_hangs_on_its_middle():
    for n in range(1, 8):
        assert analyse(HubNetwork(0, n)).dependence == 1 - F(1, n)
    assert [analyse(HubNetwork(3, 6, k)).dependence for k in range(6)] == [F(8 - k, 9) for k in range(6)]
    assert all(verify(c).valid for c in analyse(HubNetwork()).certificates)


def test_tiers():
    a = analyse(ResidentTiers())
    assert (a.reached, a.leaders, a.load_on_top, a.load_without, a.clarity) == (1000, [100, 10, 1], 10, 1000, F(729, 1000))
    assert analyse(ResidentTiers((7,))).leaders == [1]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (HubNetwork, {"leaders": 0}),
        (HubNetwork, {"lateral": 6}),
        (HubNetwork, {"links": ((1, 1),)}),
        (HubNetwork, {"links": ((1, 99),)}),
        (HubNetwork, {"cost": 1}),
        (ResidentTiers, {"spans": ()}),
        (ResidentTiers, {"spans": (10**9, 10**9)}),
        (ResidentTiers, {"spans": 3}),
        (ResidentTiers, {"fidelity": 2}),
    ],
)
def test_no_such_network(kind, wrong):
    with pytest.raises(InputError):
        kind(**wrong)
