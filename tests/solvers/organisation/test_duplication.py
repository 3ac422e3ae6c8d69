"""Suppliers and needs against every profile, claims on a resource against every misreport, and the numbers of ATLAS P8.3 and M-33."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError
from encompass.games.mechanisms.hub import MatchingHub, Needs
from encompass.games.organisation.duplication import Duplication
from encompass.games.organisation.shared_capacity import SharedCapacity
from encompass.solvers.certificate import sealed
from encompass.solvers.solve import solve

F = Fraction


def changed(certificate, **entries):
    """The certificate with other entries, sealed anew: only its content can give it away."""
    return sealed({name: entry for name, entry in (certificate | entries).items() if name != "seal"})


def test_atlas_numbers():
    """P8.3: both on need 1, 10 of 14; with the hub one on each."""
    found = analyse(Duplication())
    assert found.equilibria == [[2, 0]] and found.hub_equilibria == [[1, 1]]
    assert (found.worst_value, found.best_value, found.price_of_anarchy, found.hub_value) == (10, 14, F(7, 5), 14)
    assert found.hub_credits <= found.hub_value and found.wasted == 4


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4).filter(any), st.integers(1, 5))
def test_equilibria_are_those_among_all_profiles(values, n):
    found = analyse(Duplication(tuple(values), n))

    def credit(profile, i, hub):
        heads = profile.count(profile[i])
        return (values[profile[i]] if heads == 1 else 0) if hub else F(values[profile[i]], heads)

    for hub, counts in ((False, found.equilibria), (True, found.hub_equilibria)):
        stable = set()
        for profile in product(range(len(values)), repeat=n):
            moves = [(i, (*profile[:i], k, *profile[i + 1 :])) for i in range(n) for k in range(len(values))]
            if all(credit(other, i, hub) <= credit(profile, i, hub) for i, other in moves):
                stable.add(tuple(profile.count(k) for k in range(len(values))))
        assert counts == sorted(map(list, stable), reverse=True)
        served = [sum(v for v, c in zip(values, row) if c) for row in counts]
        if hub:
            paid = [sum(v for v, c in zip(values, row) if c == 1) for row in counts]
            assert max(paid) == found.hub_credits <= found.hub_value
            assert set(served) == {found.best_value} == {found.hub_value}
        else:
            assert (min(served), max(served)) == (found.worst_value, found.best_equilibrium_value)
    assert found.price_of_anarchy < 2
    assert all(verify(c).valid for c in found.certificates) and len(found.certificates) == 2


def test_many_suppliers_and_the_hub_among_mechanisms():
    found = analyse(Duplication((40, 20, 1), 61))
    assert found.worst_value == found.best_equilibrium_value == 61 and found.equilibria == [[40, 20, 1]]
    large = analyse(Duplication((1000, 10, 10, 1), 120))
    assert large.equilibria is None and (large.worst_value, large.best_value) == (1000 + 20, 1021)
    needs = Needs((F(10), F(4)), 2)
    assert {e.payoffs for e in solve(MatchingHub("shared").form(needs).game).equilibria} == {(5, 5)}


def test_a_changed_certificate_is_refused():
    shared, _ = analyse(Duplication()).certificates
    assert not verify(changed(shared, equilibria=[])).valid


@pytest.mark.parametrize("wrong", [{"values": (0, 0)}, {"values": (-1, 2)}, {"suppliers": 0}])
def test_bad_input(wrong):
    with pytest.raises(InputError):
        Duplication(**wrong)


# one resource


def test_the_uniform_rule_makes_exaggeration_useless():
    """M-33: (60, 60) for 100 give 50 each; in proportion 90 gives 60, and in equilibrium both claim all they can."""
    found = analyse(SharedCapacity())
    assert found.shares == [50, 50] and found.excess == 20 and found.lie_gain == 0 and found.proportional_lie_gain == 10
    assert SharedCapacity().in_proportion([90, 60])[0] == 60 and SharedCapacity().levelled([90, 60]) == [50, 50]
    assert found.claimed == [240] and found.claimed_excess == 140


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=2), st.integers(1, 40), st.integers(0, 10))
def test_shares_and_lies(needs, capacity, more):
    model = SharedCapacity(capacity, tuple(needs), max(needs) + more)
    found = analyse(model)
    assert found.lie_gain == 0 and sum(found.shares) == min(capacity, sum(needs)) == sum(found.proportional)
    assert all(x <= need for x, need in zip(found.shares, needs))
    cut = {x for x, need in zip(found.shares, needs) if x < need}
    assert len(cut) <= 1 and all(x <= max(cut, default=x) for x in found.shares)
    grid = model.claims()

    def worth(claims, i):
        return -abs(model.in_proportion(claims)[i] - needs[i])

    stable = set()
    for claims in product(grid, repeat=len(needs)):
        moves = ((i, (*claims[:i], x, *claims[i + 1 :])) for i in range(len(needs)) for x in grid)
        if all(worth(other, i) <= worth(claims, i) for i, other in moves):
            stable.add(sum(claims))
    assert found.claimed == sorted(stable)
    assert all(verify(c).valid for c in found.certificates)


@pytest.mark.parametrize("wrong", [{"capacity": 0}, {"needs": ()}, {"most": 59}, {"needs": (-1, 2)}])
def test_bad_claims(wrong):
    with pytest.raises(InputError):
        SharedCapacity(**wrong)
