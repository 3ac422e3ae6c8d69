"""Units and needs against gains on a fine grid of needs and every number of units, and the numbers of ATLAS P8.2 (A-35)."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError
from encompass.games.organisation.needs import DifferingNeeds
from encompass.solvers.certificate import sealed

F = Fraction


def changed(certificate, **entries):
    """The certificate with other entries, sealed anew: only its content can give it away."""
    return sealed({name: entry for name, entry in (certificate | entries).items() if name != "seal"})


@st.composite
def districts(draw):
    return DifferingNeeds(
        residents=draw(st.integers(1, 20)),
        worth=draw(st.integers(0, 40)),
        difference=draw(st.integers(0, 200)),
        cost=draw(st.integers(1, 300)),
        share=draw(st.sampled_from([F(0), F(1, 4), F(1)])),
    )


def test_atlas_numbers():
    found = analyse(DifferingNeeds())
    assert found.closing == 160 and (round(found.window_low, 2), round(found.window_high, 2)) == (1.55, 6.45)
    assert found.window == [2, 3, 4, 5, 6] and (found.room, found.spread) == (5, 4)
    assert round(found.best_units, 3) == 2.236 and found.best_whole == 2 and found.best_is_unanimous
    closed = analyse(DifferingNeeds(difference=170))
    assert not closed.possible and closed.window == [] and closed.room == 0 and closed.window_low is None and closed.spread is None
    at = analyse(DifferingNeeds(difference=160))
    assert at.window == [4] and at.window_low == at.window_high == 4


@settings(max_examples=40, deadline=None)
@given(districts())
def test_the_window_is_that_of_every_number_of_units(m):
    """Needs on a grid that has all borders and middles; distances from the definition."""
    found = analyse(m)
    units = range(1, m.residents + 1)

    def gains(J):
        needs = [F(k, 2 * J) for k in range(2 * J + 1)]
        own = [m.worth - m.difference * min(abs(x - F(2 * u + 1, 2 * J)) for u in range(J)) - F(m.cost, m.residents) * J for x in needs]
        mean = sum((a + b) / 2 for a, b in pairwise(own)) / (2 * J)  # piecewise linear
        return min((1 - m.share) * g + m.share * mean for g in own), mean

    least = {J: gains(J) for J in units}
    inside = [J for J in units if least[J][0] >= 0]
    assert found.window == inside and found.room == len(inside)
    assert found.best_whole == max(units, key=lambda J: (least[J][1], -J)) and found.best_mean_gain == least[found.best_whole][1]
    assert found.fairest_units == max(units, key=lambda J: (least[J][0], -J)) and found.fairest_gain == least[found.fairest_units][0]
    assert found.best_is_unanimous == (found.best_whole in inside)
    assert (m.difference <= found.closing_whole and least[found.fairest_units][0] >= 0) == bool(inside)
    if m.worth and inside:
        assert found.window_low - 1e-9 <= inside[0] and inside[-1] <= found.window_high + 1e-9
        assert found.possible and m.difference <= found.closing


@settings(max_examples=15, deadline=None)
@given(districts())
def test_consent_and_lotteries(m):
    """All consent to exactly the numbers of units in the window (of those written out), and no lottery helps whoever gains least."""
    found = analyse(m)
    written = range(1, min(4, m.residents) + 1)
    strictly = [str(J) for J in written if min(m.felt(x, J) for x in (F(0), F(1, 2 * J))) > 0]
    weakly = [str(J) for J in written if J in found.window]
    assert set(strictly) <= set(found.agreed) - {"x0"} <= set(weakly)
    assert found.lottery_gain == max(0, found.fairest_gain)
    assert all(verify(c).valid for c in found.certificates)


def test_the_best_lottery_is_the_best_design_however_many_units():
    """With 30 units best, more than are written out."""
    found = analyse(DifferingNeeds(residents=1_800, worth=10, difference=100, cost=100))
    assert found.fairest_units == 30 and found.lottery_gain == found.fairest_gain == F(20, 3)
    assert analyse(DifferingNeeds(residents=10, worth=1)).lottery_gain == 0


def test_whole_numbers_close_earlier():
    """g n / (2 K) = 3/2: 2 J (g - K J / n) is 40 at 1 and at 2 against 45 at 3/2."""
    m = DifferingNeeds(residents=10, worth=30, difference=42, cost=100)
    found = analyse(m)
    assert (found.closing, found.closing_whole, found.possible, found.room) == (45, 40, True, 0)
    assert analyse(DifferingNeeds(residents=10, worth=30, difference=40, cost=100)).window == [1, 2]
    poor = analyse(DifferingNeeds(residents=10, cost=500))
    assert poor.closing == 16 and poor.closing_whole == 0 and poor.room == 0


def test_pay_packages_and_shares():
    """With pay, a package or a full share the mean distance counts, half the largest: twice the difference can be borne."""
    m = DifferingNeeds(difference=300)
    found = analyse(m)
    assert found.closing_paid == found.closing_package == 320 == analyse(DifferingNeeds(share=1)).closing
    assert found.room == 0 and any(m.mean_gain(J) >= 0 for J in range(1, 10))
    for J in range(1, 6):  # the second need half a unit further along: both together are alike for all
        places = [F(k, 12 * J) for k in range(12 * J)]
        second = [F(int(x * J), J) + ((x * J + F(1, 2)) % 1) / J for x in places]
        package = analyse(DifferingNeeds(difference=300, units=J)).package_gain
        assert {m.gain(x, J) + m.gain(y, J) for x, y in zip(places, second)} == {package} == {2 * m.mean_gain(J)}
    assert all(DifferingNeeds(difference=321).mean_gain(J) < 0 for J in range(1, 101))
    for J in (1, 2, 3, 5):
        for k in range(61):
            need = F(k, 60)
            shifted = (need + F(1, 2 * J)) % 1
            assert m.distance(need, J) + m.distance(shifted, J) == F(1, 2 * J)
    assert [analyse(DifferingNeeds(difference=170, share=F(k, 4))).room for k in range(5)] == [0, 3, 3, 5, 5]


def test_certificate_and_a_changed_one():
    (consent,) = analyse(DifferingNeeds()).certificates
    assert verify(consent).valid and not verify(changed(consent, ends=consent["ends"][:-1])).valid


@pytest.mark.parametrize("wrong", [{"residents": 0}, {"units": 0}, {"residents": 3, "units": 4}, {"cost": 0}, {"worth": -1}, {"share": 2}])
def test_bad_input(wrong):
    with pytest.raises(InputError):
        DifferingNeeds(**wrong)
