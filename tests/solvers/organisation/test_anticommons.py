"""Prices of several who must all consent, against prices on a grid, and the numbers of ATLAS P8.1."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError, SizeError
from encompass.games.organisation.anticommons import Anticommons
from encompass.solvers.certificate import sealed
from encompass.solvers.solve import solve

F = Fraction


def changed(certificate, **entries):
    """The certificate with other entries, sealed anew: only its content can give it away."""
    return sealed({name: entry for name, entry in (certificate | entries).items() if name != "seal"})


@pytest.mark.parametrize("m", [1, 2, 3, 5, 9])
def test_atlas_numbers(m):
    found = analyse(Anticommons(m))
    assert found.price == F(m, m + 1) and found.surplus_ratio == 1 - F(m, m + 1) ** 2
    assert found.bundled_price == F(1, 2) and found.bundled_ratio == F(3, 4)
    assert found.bundled_earned >= found.earned and (found.bundled_earned > found.earned) == (m > 1)
    assert round(float(found.surplus_ratio), 3) == {1: 0.75, 2: 0.556, 3: 0.438, 5: 0.306, 9: 0.19}[m]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=5), st.integers(1, 9), st.integers(1, 4))
def test_no_other_price_is_better(harms, above, slope):
    model = Anticommons(len(harms), sum(harms) + above, slope, tuple(harms))
    found = analyse(model)
    now = model.payoffs(found.prices)
    assert sum(found.prices) == found.price and found.used > 0
    for j in range(model.parties):
        for k in range(41):
            prices = list(found.prices)
            prices[j] = model.top * k / 20
            assert model.payoffs(prices)[j] <= now[j]
    assert sum(now) == found.earned
    assert found.surplus == found.earned + model.use(found.price) * (model.top - found.price) / 2
    assert all(verify(c).valid for c in found.certificates)


@pytest.mark.parametrize("m", [2, 3, 4, 6])
@pytest.mark.parametrize("harm", [F(0), F(1, 20), F(1, 8)])
def test_the_standoff_is_an_equilibrium_and_whether_its_prices_make_sense(m, harm):
    model = Anticommons(m, harm=harm)
    found = analyse(model)
    asked = found.standoff_price
    grid = [F(k, 24) for k in range(37)]
    for p in grid:
        assert model.payoffs([p] + [asked] * (m - 1))[0] <= 0 == model.payoffs([asked] * m)[0]

    def beaten_by(p, q):
        rest = [(model.payoffs([q, r] + [0] * (m - 2))[0], model.payoffs([p, r] + [0] * (m - 2))[0]) for r in grid]
        return all(a >= b for a, b in rest) and any(a > b for a, b in rest)

    others = [q for q in [*grid, (1 + harm) / 2, asked] if q != asked]
    assert found.standoff_undominated == (not any(beaten_by(asked, q) for q in others))


def test_the_game_on_a_grid_has_the_price():
    for m in (1, 2, 3):
        found = analyse(Anticommons(m))
        assert F(m, m + 1) in found.solved_prices
        twin = solve(Anticommons(m).game().normal_form())
        assert twin.complete and len(twin.equilibria) == sum(e.orbit_size for e in solve(Anticommons(m).game()).equilibria)
    assert analyse(Anticommons(5)).solved_prices is None and analyse(Anticommons(2, harm=(0, F(1, 9)))).solved_prices is None


def test_certificate_and_a_changed_one():
    smooth, _ = analyse(Anticommons()).certificates
    assert (
        verify(smooth).valid
        and not verify(changed(smooth, profile=dict.fromkeys(smooth["profile"], "1/3"), values=dict.fromkeys(smooth["values"], "0"))).valid
    )
    assert len(analyse(Anticommons(100)).certificates) == 0 and analyse(Anticommons(1)).standoff_price is None


@pytest.mark.parametrize("wrong", [{"parties": 0}, {"top": 0}, {"slope": 0}, {"harm": F(1, 3)}, {"harm": (0, 0)}, {"harm": -1}])
def test_bad_input(wrong):
    with pytest.raises(InputError):
        Anticommons(**wrong)


def test_games_that_are_not_written_out():
    with pytest.raises(SizeError):
        Anticommons(7).game()
    with pytest.raises(InputError):
        Anticommons(2, harm=(0, F(1, 9))).game()
