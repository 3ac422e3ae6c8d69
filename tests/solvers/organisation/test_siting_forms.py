"""The forms of the siting standoff: every figure against a slow twin, the atlas's numbers, proofs, and what is refused (P1.1 to P1.18)."""

from fractions import Fraction as F
from itertools import product
from math import comb, log

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.cases.catalogue import FOLDER
from encompass.games.counted_game import SymmetricGame
from encompass.games.errors import EncompassError, InputError, SizeError
from encompass.games.maximin import maximin_lottery
from encompass.games.organisation.lobbying import Lobbying
from encompass.games.organisation.nomination import Nomination
from encompass.games.organisation.private_siting import CandidateSites, PrivateHosts
from encompass.games.organisation.rota import Rota
from encompass.games.organisation.signing import Signing
from encompass.games.organisation.standoff import Standoff
from encompass.games.organisation.waiting import Waiting
from encompass.solvers.certificate import sealed
from encompass.solvers.organisation.least_of_uniforms import chances_of_least, guaranteed_by_lottery

quick = settings(max_examples=25, deadline=None)
small = st.integers(0, 12).map(F)
T5 = ec.analyse(Standoff())
T2 = ec.analyse(Standoff(benefit=(10, 10), damage=(12, 15), cost=0, sites=2))


@st.composite
def standoffs(draw, least=2, most=4, **more):
    n = draw(st.integers(least, most))
    lists = [tuple(draw(st.lists(small, min_size=n, max_size=n))) for _ in range(2)]
    return Standoff(*lists, cost=draw(small), grant=draw(small), sites=n, draws=10, **more)


# the standoff


def test_the_numbers_of_the_atlas():
    """P1.1, P1.2, P1.4, P1.10, P1.11, P1.15, P1.16, P1.18 on T5."""
    assert T5.inside == 5 and T5.ratios == [3, 3, 3, F(25, 7), F(15, 4)]
    assert T5.accepting == [[-12, -8], [-15, 0], [-18, 0], [-25, 0], [-22, 0]]
    assert T5.only_impasse and T5.refusal_gain == 8 and T5.advice_worth == 0
    assert T5.tallies == [[4, 1]] * 5 and T5.pairwise == [1, 1, 3]
    assert T5.fair_price == [F(48, 5), 12]
    assert T5.least_excess == F(-18, 5) and T5.fairest_stable == [F(18, 5)] * 5 and T5.stable
    assert T5.drawn_gains == [F(8, 5), 2, F(12, 5), 2, 2] and T5.bound == 5
    assert (T5.bond, T5.shared_bond, T5.told_gain) == (22, F(-8, 5), -8)
    assert T5.best_chances == [F(9, 10), F(1, 10), 0, 0, 0]
    assert [round(x, 1) for x in ec.analyse(Standoff(draws=20_000)).lottery_spread] == [1.1, 2.0, 2.9]
    for grant, ratio, net, margin in ((0, 3, -8, 1.96), (10, 2, -6, 3.96), (20, F(3, 2), -4, 5.96)):
        found = ec.analyse(Standoff(grant=grant))
        assert (found.least_ratio, found.host_net) == (ratio, net) and abs(found.lottery_margin - F(str(margin))) < F(1, 1000)


def test_rules_on_the_standoff():
    """Appendix B, and what P1.3 says of rules that leave payoffs and vetoes as they are."""
    worst = {
        "M-01:EQ": F(8, 5),
        "M-01:FC": 2,
        "M-01:ES": F(18, 5),
        "M-02": F(8, 5),
        "M-02:rebate": F(16, 5),
        "M-04": F(7, 5),
        "M-05": F(4, 3),
    }
    worst |= {"M-06:veto": -15, "M-06:imposition": -8, "M-08": F(72, 25), "M-13": F(18, 5), "M-19": 0, "M-21:uniform": F(8, 5)}
    worst |= {"DL-1": 0, "DL-3": 0, "DL-5:constructive": 0, "DL-8": -8, "DL-8:unanimity": 0, "DL-14": F(492, 251), "DL-14:money": F(18, 5)}
    assert {rule: T5.tau[rule] for rule in worst} == worst
    assert (T5.outside["M-06:veto"], T5.outside["M-11"], T5.outside["M-02"], T5.outside["M-04"]) == (15, 8, -8, F(-6, 5))


def test_two_households():
    """P1.12: solo payoffs 5 and 8 against a best surplus of 8; supportable only where the other site is worth nothing."""
    assert T2.solo == [5, 8] and T2.best_surplus == 8 and T2.supportable is False and T2.by_threats == [4, 4]
    for damage in ((12, 20), (12, 27)):
        assert ec.analyse(Standoff((10, 10), damage, cost=0)).supportable is True
    assert T5.solo is None and T5.supportable is None and T5.by_threats is None


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 40)), min_size=2, max_size=6), st.integers(1, 9))
@quick
def test_the_window(units, m):
    """A-02: whoever signs for a draw among m sites and refuses at home is in the window 1 < d/a < m."""
    a, d = zip(*units)
    found = ec.analyse(Standoff(a, d, cost=0, sites=m))
    assert found.signs == [(m - 1) * F(x) + (x - y) > 0 for x, y in units]  # the sum over the m sites
    assert [s and r for s, r in zip(found.signs, found.refuses)] == [x < y < m * x for x, y in units]
    assert found.window == [x < y < m * x for x, y in units] and found.inside == sum(found.window)


@given(standoffs())
@quick
def test_accepting_and_the_consent_game(model):
    """The consent game by hand: among those that accept, the site of least damage (largest surplus) is built."""
    found, a, d = ec.analyse(model), model.elsewhere, model.harm
    n = model.units

    def gains(accepted):
        host = min((i for i in range(n) if accepted[i]), key=lambda i: (d[i], i), default=None)
        return [0 if host is None else a[i] - d[i] * (i == host) for i in range(n)]

    profiles = list(product([True, False], repeat=n))
    for i in range(n):
        more = [gains(p)[i] - gains((*p[:i], False, *p[i + 1 :]))[i] for p in profiles if p[i]]
        assert found.accepting[i] == [min(more), max(more)]
    ends = set()
    for p in profiles:
        if all(gains((*p[:i], not p[i], *p[i + 1 :]))[i] <= gains(p)[i] for i in range(n)):
            ends.add(min((i for i in range(n) if p[i]), key=lambda i: (d[i], i), default=None))
    assert found.only_impasse == (ends == {None})
    assert found.refusing_dominant == all(most <= 0 for _, most in found.accepting)
    if found.refusal_gain is not None and found.refusal_gain > 0:
        assert ends == {None}
    assert all(ec.verify(c).valid for c in found.certificates)


@given(st.lists(small, min_size=2, max_size=5), st.integers(0, 60).map(lambda k: F(k, 4)))
@quick
def test_prices(damage, price):
    """A-07, A-08: envy by comparing bundles, regret by trying other bids in the low-bid auction."""
    n, host = len(damage), damage.index(min(damage))
    found = ec.analyse(Standoff([20] * n, damage, cost=0, price=price))
    paid = -price / (n - 1)

    def worth(i, hosts):
        return price - damage[i] if hosts else paid

    envy = max(worth(i, i != host) - worth(i, i == host) for i in range(n))
    assert found.price_envy == max(0, envy)
    step = F(1, 10**6)
    if price:
        gains = []
        for i in range(n):
            now = worth(i, i == host)
            bids = {price - step: price - step - damage[i], price + step: -(price + step) / (n - 1)}
            gains += [after - now for after in bids.values()]
        assert abs(found.price_regret - max(0, *gains)) <= 2 * step
    low, high = found.fair_price
    assert (found.price_envy == 0) == (found.price_regret == 0) == (low <= price <= high)


@given(standoffs(), st.integers(0, 4).map(lambda k: F(k, 4)))
@quick
def test_stability(model, reach):
    """A-27: with benefits that reach everywhere the core is never empty; of two, the excess by hand."""
    assert ec.analyse(model).stable
    pair = Standoff(model.benefit[:2], model.damage[:2], model.cost, 0, reach)
    b, d = pair.benefit, pair.damage
    alone = [max(0, b[i] - d[i] - pair.cost) for i in (0, 1)]
    both = max(0, *(b[i] + reach * b[1 - i] - d[i] - pair.cost for i in (0, 1)))
    assert ec.analyse(pair).least_excess == (sum(alone) - both) / 2


def test_announced_prices():
    """M-09 on a hosting that is all or nothing, prices in steps: every announced price that is a subgame-perfect one, by trying all."""
    found = ec.analyse(Standoff((6, 7, 8), (9, 12, 15), cost=0))
    low, high = found.announced_prices
    others, loss = 15, 3  # what the two others gain together; what the best host, the first, loses at home

    def ends(theirs, mine):
        """Of the others, who offer ``theirs`` to the host, and the host, who asks ``mine`` of them: both payoffs, the host deciding."""
        fine = (theirs - mine) ** 2
        return (others - mine, theirs - loss - fine) if theirs >= loss else (0, -fine)

    prices = range(25)
    stable = [
        p
        for p in prices
        if all(ends(x, p)[0] <= ends(p, p)[0] for x in prices) and all(ends(p, x)[1] <= ends(p, p)[1] for x in prices) and p >= loss
    ]
    assert (low, high) == (loss, others) and stable == list(range(int(low), int(high) + 1))
    assert T5.announced_prices == [8, 26]


def test_the_least_gain_at_the_second_lowest_bid():
    """M-03 in equilibrium, worst and best (Appendix B: a common bid of 9.6 to 12)."""
    assert T5.second_price_gain == F(8, 5) and ec.analyse(Standoff((10, 10), (12, 15), 0)).second_price_gain == F(5, 2)


def test_an_empty_core():
    """P1.11, site-specific benefits."""
    found = ec.analyse(Standoff((3, 3), (0, 0), 0, reach=0))
    assert found.least_excess == F(3, 2) and not found.stable and found.best_chances is None


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 6)), min_size=1, max_size=4))
@quick
def test_the_least_of_uniform_amounts(intervals):
    """Against a million draws; ties of sure amounts go to the first."""
    lows, highs = [a for a, _ in intervals], [a + w for a, w in intervals]
    chances = chances_of_least(lows, highs)
    assert sum(chances) == 1 and min(chances) >= 0
    drawn = np.random.default_rng(0).uniform(lows, highs, (100_000, len(lows))).argmin(axis=1)
    assert np.abs(np.bincount(drawn, minlength=len(lows)) / 100_000 - [float(p) for p in chances]).max() < 0.01
    with pytest.raises(SizeError):
        chances_of_least([0] * 21, [1] * 21)


@given(standoffs(), st.integers(0, 4).map(lambda k: F(k, 4)))
@quick
def test_many_lotteries_at_once(model, reach):
    """A-19, also where somebody gains at home: the halving against the exact linear program."""
    model = Standoff(model.benefit, model.damage, model.cost, model.grant, reach)
    found = guaranteed_by_lottery(np.array([model.elsewhere], dtype=float), np.array([model.harm], dtype=float))
    assert found[0] == pytest.approx(float(maximin_lottery(model.game()).value), abs=1e-9)


# the other forms


@given(st.lists(st.tuples(st.integers(-3, 9), st.integers(0, 9)), min_size=2, max_size=4))
@quick
def test_nomination(units):
    """All pure equilibria by trying every profile."""
    model = Nomination(*zip(*units))
    n, found = model.units, ec.analyse(model)

    def payoffs(p):
        top = max(p.count(s) for s in range(n))
        hosts = [s for s in range(n) if p.count(s) == top]
        return [a - F(d, len(hosts)) * (i in hosts) for i, (a, d) in enumerate(units)], hosts

    count, sure = 0, set()
    for p in product(range(n), repeat=n):
        now, hosts = payoffs(p)
        if all(payoffs((*p[:i], s, *p[i + 1 :]))[0][i] <= now[i] for i in range(n) for s in range(n)):
            count += 1
            sure |= set(hosts) if len(hosts) == 1 else set()
    assert found.equilibria == count and found.scapegoats == [s + 1 for s in sorted(sure)]
    assert n == 2 or found.scapegoats == list(range(1, n + 1))


def test_nomination_in_numbers():
    """ATLAS D-01: the blame game of 2, 3 and 4; larger ones are told without trying all profiles."""
    assert [ec.analyse(Nomination([6] * n, [20] * n)).cyclic_conflict for n in (2, 3)] == [0, F(9, 20)]
    assert float(ec.analyse(Nomination([6] * 4, [20] * 4)).cyclic_conflict) == pytest.approx(0.508, abs=5e-4)
    large = ec.analyse(Nomination(range(30), range(30)))
    assert large.scapegoats == list(range(1, 31)) and large.equilibria is None and large.cyclic_conflict is None
    assert large.best_surplus == 435 and large.worst_surplus == 406 and not large.certificates


def test_waiting_in_numbers():
    """P1.6: times, medians, and that nobody ever gives in where every cost exceeds the benefit."""
    assert [round(ec.analyse(Waiting(n)).time, 4) for n in (2, 5)] == [0.719, 2.8759]
    assert [round(ec.analyse(Waiting(n)).median_delay, 3) for n in (2, 5, 20)] == [0.676, 0.403, 0.115]
    later = [ec.analyse(Waiting(n, 2, 1, 2)).median_delay for n in (2, 5, 20)]  # where hosting costs everybody something, more wait longer
    assert later == sorted(later) and later[0] == pytest.approx(4.819, abs=1e-3) and later[-1] == pytest.approx(6.816, abs=1e-3)
    stuck = ec.analyse(Waiting(5, 8, 12, 30, cost=15))
    assert stuck.hopeless and stuck.never == 1 and stuck.time is None and stuck.median_delay is None and stuck.expected == 0 < stuck.lot


@given(st.integers(2, 6), st.floats(0.05, 0.9))
@quick
def test_waiting_in_closed_form(n, c):
    """Uniform on [0, 1] with benefit 1: T(c) = (n-1)/rate (c/(1-c) + ln(1-c)); no other time is better."""
    found = ec.analyse(Waiting(n, cost=c))
    assert found.time == pytest.approx((n - 1) / 0.1 * (c / (1 - c) + log(1 - c)), rel=1e-6)
    assert found.regret < 1e-7


def test_waiting_against_a_simulation():
    model = Waiting(3, 2, F(1, 2), 3, F(1, 5))
    found, rng = ec.analyse(model), np.random.default_rng(0)
    least = rng.uniform(0.5, 3, (40_000, 3)).min(axis=1)
    grid = np.linspace(0.5, 1.999, 400)
    times = [ec.analyse(Waiting(3, 2, F(1, 2), 3, F(1, 5), float(c))).time for c in grid]
    payoff = np.where(least < 2, np.exp(-0.2 * np.interp(least, grid, times)) * (2 - least / 3), 0)
    assert found.expected == pytest.approx(payoff.mean(), abs=0.01)
    assert found.never == pytest.approx((least >= 2).mean(), abs=0.01)


@given(st.integers(2, 9), st.integers(0, 8).map(lambda k: F(k, 8)), st.integers(0, 12).map(lambda k: F(k, 2)), st.integers(0, 6))
@quick
def test_signing(m, willing, easy, cost):
    """Stage 2 by its first-order condition, summed over how many others accept; stage 1 by what one signature decides."""
    found = ec.analyse(Signing(m, 6, willing, easy, 18, cost))

    def gain(x):
        q = willing * F(x)
        chance = [comb(m - 1, k) * q**k * (1 - q) ** (m - 1 - k) for k in range(m)]
        return sum(p * (6 - easy / (k + 1) - (6 if k else 0)) for k, p in enumerate(chance))

    x = found.accepts
    if x == 1:
        assert gain(1) >= 0
    elif x == 0:
        assert gain(0) <= 0
    else:
        assert abs(gain(x)) < 1e-9
    if willing:  # unique: the gain changes sign once, from above
        signs = [gain(F(k, 40)) > 0 for k in range(41)]
        assert signs == sorted(signs, reverse=True)
    assert found.all_sign == (6 * (1 - (1 - willing * x) ** (m - 1)) >= cost)
    assert found.success <= found.hoped + 1e-12
    assert all(ec.verify(c).valid for c in found.certificates)


def test_signing_in_numbers():
    """P1.7, where hosting is easy; with F(a) = 0 nobody signs at a price. Where it is not, willing units do not all accept: ATLAS's
    1 - (1 - F)^m is then an upper bound only. Two units, damage 9 of 10, one half willing: accepting brings 3.25, refusing 5."""
    found = ec.analyse(Signing())
    assert (
        found.accepts == 1 and found.success == found.hoped and found.unlucky == F(9, 10) ** 10 and round(float(found.unlucky), 2) == 0.35
    )
    assert ec.analyse(Signing(willing=0, cost=F(1, 100))).naive
    assert found.learned == F(1, 12)
    shy = ec.analyse(Signing(2, 10, F(1, 2), 9, 30))
    assert F(10) - 9 * (F(1, 2) + F(1, 2) * F(1, 2)) == F(13, 4) < 5
    assert shy.shirking and shy.success < shy.hoped


def test_private_siting_in_numbers():
    """P1.13, O-05 and M-07: A1 with 1 to 4 candidate sites, A3."""
    by_sites = [ec.analyse(CandidateSites(k)) for k in (1, 2, 3, 4)]
    assert [found.subsidy for found in by_sites] == [F(1, 2), F(-1, 4), F(-5, 8), F(-13, 16)]
    one = by_sites[0]
    assert (one.first_best, one.second_best, one.self_financing) == (2, F(15, 8), False)
    assert one.host_interim == [F(25, 4), F(13, 4)] and one.user_interim == [F(-17, 4), F(-5, 4)]
    alike = ec.analyse(PrivateHosts())
    assert (alike.subsidy, alike.least_interim, alike.second_best) == (F(-21, 4), 0, alike.first_best)


@given(st.sets(st.integers(0, 20), min_size=2, max_size=5), st.integers(1, 2), st.integers(1, 3), st.integers(1, 3), st.integers(1, 2))
@quick
def test_virtual_values_give_the_subsidy(numbers, split, w, v, sites):
    """Myerson 1981 against the linear program; all numbers differ, so that no decision hangs on a tie."""
    given_ = sorted(numbers)
    assume(0 < split < len(given_))
    damage, value = tuple(given_[::2]), tuple(given_[1::2])
    weights = tuple(F(w + k) for k in range(len(damage))), tuple(F(v + k) for k in range(len(value)))
    found = ec.analyse(CandidateSites(sites, damage, weights[0], value, weights[1]))
    assert found.virtual_surplus == -found.subsidy
    assert found.second_best <= found.first_best and (not found.self_financing or found.second_best == found.first_best)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 20)), min_size=1, max_size=4), st.integers(0, 19).map(lambda k: F(k, 20)))
@quick
def test_rota(units, discount):
    """At each turn, hosting in turn for many cycles against nothing for ever."""
    found = ec.analyse(Rota(*zip(*units), discount=discount, rounds=3))
    n = len(units)
    values = [sum(float(discount) ** t * (a - d * (t % n == 0)) for t in range(400 * n)) for a, d in units]
    assert all((v >= 0) == (c >= 0) for v, c in zip(values, found.cycle) if abs(v) > 1e-6)
    assert found.holds == all(c >= 0 for c in found.cycle)
    if found.needed is not None and abs(float(discount) - found.needed) > 1e-9:
        assert found.holds == (discount > found.needed)
    assert found.feasible == all(d <= a or d < n * a for a, d in units)
    assert all(ec.verify(c).valid for c in found.certificates)


def test_rota_in_numbers():
    """P1.8."""
    found = ec.analyse(Rota())
    assert [round(x, 3) for x in found.patience] == [0.741, 0.741, 0.741, 0.831, 0.856] and found.needed == found.patience[-1]
    assert found.holds and found.unravels and not ec.analyse(Rota(discount=F(17, 20))).holds
    assert found.reluctant and not ec.analyse(Rota((4, 4), (5, 3))).reluctant
    assert not ec.analyse(Rota((4, 4), (3, 3))).unravels
    assert found.average == T5.drawn_gains


@given(st.lists(st.integers(0, 20), min_size=2, max_size=5))
@quick
def test_lobbying(damage):
    """Best replies on a grid, and the certificate; a changed effort is not proved."""
    assume(sum(d > 0 for d in damage) >= 2)
    found = ec.analyse(Lobbying(damage))
    e, n = [float(x) for x in found.efforts], len(damage)

    def loss(i, x):
        total = sum(e) - e[i] + x
        return damage[i] * (1 - x / total) / (n - 1) + x if total else np.inf

    assert all(loss(i, e[i]) <= min(loss(i, x) for x in np.linspace(0, 10, 201)) + 1e-9 for i in range(n))
    assert found.loss == found.expected_damage + found.waste and sum(found.hosting) == 1
    (proof,) = found.certificates
    assert ec.verify(proof).valid
    changed = {k: v for k, v in proof.items() if k != "seal"}
    changed["profile"] = {**proof["profile"], "e1": str(found.efforts[0] + 1)}
    assert not ec.verify(sealed(changed)).valid


def test_lobbying_in_numbers():
    """P1.14."""
    found = ec.analyse(Lobbying())
    assert found.efforts == [F(4, 5)] * 5 and found.waste == 4 and found.loss == 24 and found.drawn_damage == 20
    unlike = ec.analyse(Lobbying((1, 100)))  # it goes to whom it costs little: better than a draw, waste and all
    assert unlike.loss == 3 * F(100, 101) < unlike.drawn_damage


# what is refused, and that everything in range is not

BAD = (
    (Standoff, {"benefit": (1,)}, "two units"),
    (Standoff, {"benefit": (1, 2)}, "damage"),
    (Standoff, {"damage": (1, 2, 3, 4, -5)}, "damage"),
    (Standoff, {"reach": 2}, "reach"),
    (Standoff, {"error": 1}, "error"),
    (Standoff, {"sites": 0}, "sites"),
    (Nomination, {"gain": (1, 2)}, "damage"),
    (Nomination, {"gain": (1,), "damage": (1,)}, "two units"),
    (Waiting, {"most_cost": 0}, "most_cost"),
    (Waiting, {"units": 1}, "units"),
    (Waiting, {"rate": 0}, "rate"),
    (Signing, {"easy": 7}, "willing unit"),
    (Signing, {"hard": 6}, "willing unit"),
    (Signing, {"willing": 2}, "willing"),
    (CandidateSites, {"damage": (7, 2)}, "rise"),
    (CandidateSites, {"value_weight": (1, 0)}, "value_weight"),
    (CandidateSites, {"sites": 12}, "profiles"),
    (PrivateHosts, {"weight": (1,)}, "weight"),
    (PrivateHosts, {"units": 20}, "profiles"),
    (Rota, {"discount": 1}, "discount"),
    (Rota, {"gain": (-1,), "damage": (1,)}, "gain"),
    (Lobbying, {"damage": (5, 0)}, "damage"),
)


@pytest.mark.parametrize(("kind", "given_", "said"), BAD)
def test_bad_input(kind, given_, said):
    with pytest.raises((InputError, SizeError), match=said):
        kind(**given_)


def test_floats_stay_floats():
    assert isinstance(ec.analyse(Standoff(price=9.5)).fair_price[0], float)
    assert ec.analyse(Standoff(cost=20.0)).inside == 5
    assert ec.analyse(Lobbying((20.0, 20.0))).certificates == ()


FORMS = [
    (name, form)
    for name in ("public-toilet", "two-households")
    for form in ec.load_case(name).forms.values()
    if not hasattr(form.game, "alternatives")
]


@pytest.mark.parametrize("place", range(len(FORMS)), ids=[form.id for _, form in FORMS])
def test_everything_in_range_is_computed(place):
    """All figures at the ends of every range and at a few points inside; combinations that make no sense are refused in words."""
    name, form = FORMS[place]
    rng, inner = np.random.default_rng(place), form.id.split(":")[1]
    assert (FOLDER / f"{name}.toml").exists()

    def drawn(value, low, high, way):
        if isinstance(value, list):
            return [drawn(x, low, high, way) for x in value]
        x = [low, high, low + (high - low) * F(int(rng.integers(0, 17)), 16)][way]
        return int(x) if F(value).denominator == 1 and x == int(x) else x if way < 2 or F(value).denominator > 1 else int(x)

    computed = 0
    for k in range(5):
        changes = {f"{inner}.{p.name}": drawn(p.value, *p.range, int(rng.integers(0, 3)) if k > 1 else k) for p in form.parameters}
        changes = {key: min(value, 300) if key.endswith("draws") else value for key, value in changes.items()}
        try:
            model = ec.load_case(name, changes).forms[inner].game
        except EncompassError:  # a combination that makes no sense
            continue
        computed += not isinstance(model, SymmetricGame) and bool(ec.analyse(model).to_dict()["figures"])
    assert computed >= (form.family not in ("volunteers-dilemma", "private-hosts", "candidate-sites"))
