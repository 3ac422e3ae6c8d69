"""Siting auctions, fair imposition and Lindahl prices: the numbers of the atlas, and slow twins of every rule."""

import math
from fractions import Fraction
from itertools import combinations, pairwise, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.environment import own_sites
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.mechanisms.auctions import FairImposition, LowBid, SecondPrice
from encompass.games.mechanisms.bid_game import bid_grid
from encompass.games.mechanisms.compensation import EqualShare
from encompass.games.mechanisms.fair_division import (
    accepted_compensations,
    assignment,
    burdens,
    envy_free_payments,
    knaster,
    leftover,
    rent_division,
)
from encompass.games.mechanisms.lindahl import Lindahl, log_lindahl
from encompass.games.mechanisms.own_sites import (
    equal_damage,
    equal_surplus,
    fair_imposition,
    full_compensation,
    low_bid_outcome,
    max_min_bids,
    second_price_outcome,
)
from encompass.games.mechanisms.private_bids import PrivateBids
from encompass.games.offers_in_turn import offers_in_turn, site_of_path
from encompass.games.outcome_game import Parts
from encompass.games.rights import HostConsent, Imposition, Unanimity
from encompass.solvers.standoff.fairness import blocking_gain, envy

T5 = ec.load_case("public-toilet").game
F = Fraction
QUICK = settings(max_examples=40, deadline=None)
money = st.integers(0, 30).map(Fraction) | st.fractions(0, 30, max_denominator=6)
vectors = st.lists(money, min_size=2, max_size=6)


def exact(text):
    return [Fraction(x) for x in text.split()]


def plays(form, concept="pure"):
    answer = ec.solve(form.game, concept)
    assert answer.complete
    return [tuple(mix.index(1) for mix in e.profile) for e in answer.equilibria]


def gains(game, outcome):
    return game.utilities @ outcome.lottery + outcome.transfers


# Numbers of the atlas


@pytest.mark.parametrize(
    ("rule", "transfers", "payoffs", "envious"),
    [
        (LowBid(), "48/5 -3 -18/5 -5 -6", "8/5 2 12/5 2 2", True),
        (LowBid(rebate=True), "56/5 -7/5 -2 -17/5 -22/5", "16/5 18/5 4 18/5 18/5", True),
        (SecondPrice(), "15 -15/4 -15/4 -15/4 -15/4", "7 5/4 9/4 13/4 17/4", True),
        (SecondPrice("highest"), "30 -15/2 -15/2 -15/2 -15/2", "22 -5/2 -3/2 -1/2 1/2", True),
        (FairImposition(), "57/5 -18/5 -3 -3 -3", "17/5 7/5 3 4 5", True),
        (Lindahl(), "272/25 -44/25 -12/5 -76/25 -92/25", "72/25 81/25 18/5 99/25 108/25", True),
    ],
)
def test_the_toilet_as_in_the_atlas(rule, transfers, payoffs, envious):
    outcome = rule.outcome(T5)
    assert T5.alternatives[outcome.alternative] == T5.alternatives[1]
    assert outcome.transfers.tolist() == exact(transfers)
    assert gains(T5, outcome).tolist() == exact(payoffs)
    assert (envy(T5, outcome) > 0) == envious


def test_the_second_lowest_bidder_sets_its_own_payment():
    rule, truth = SecondPrice(), [12, 15, 18, 25, 30]
    assert gains(T5, rule.outcome(T5, truth))[1] == F(5, 4)
    assert gains(T5, rule.outcome(T5, [12, 0, 18, 25, 30]))[1] == 5 - 15 + 12  # it hosts for the bid of the first
    assert gains(T5, rule.outcome(T5, [12, 12, 18, 25, 30]))[1] == 5 - F(12, 4)  # it shares 12 instead of 15


# Low bids, second prices: A-08 and P1.10


@QUICK
@given(vectors, st.data())
def test_low_bids_leave_a_surplus_and_guarantee_the_lottery(damages, data):
    n = len(damages)
    bids = data.draw(st.lists(money, min_size=n, max_size=n))
    found = low_bid_outcome(damages, bids)
    assert found.surplus == -sum(found.transfers) >= 0
    assert sum(low_bid_outcome(damages, bids, rebate=True).transfers) == 0
    me = data.draw(st.integers(0, n - 1))
    mine = max_min_bids(damages)[me]
    assert low_bid_outcome(damages, [*bids[:me], mine, *bids[me + 1 :]]).gains([0] * n, damages)[me] >= -damages[me] / n


@QUICK
@given(vectors, st.data())
def test_vectors_decide_as_the_definitions_say(bids, data):
    n = len(bids)
    order = data.draw(st.permutations(range(n)))
    host = min(order, key=lambda i: (bids[i], order.index(i)))
    assert low_bid_outcome(bids, bids, order=order).host == host
    low = [bids[i] if i == host else -bids[i] / (n - 1) for i in range(n)]
    assert low_bid_outcome(bids, bids, order=order).transfers.tolist() == low
    back = low_bid_outcome(bids, bids, rebate=True, order=order)
    assert back.transfers.tolist() == [t - sum(low) / n for t in low]
    for highest in (False, True):
        price = max(bids) if highest else sorted(bids)[1]
        found = second_price_outcome(bids, highest, order)
        assert found.transfers.tolist() == [price if i == host else -price / (n - 1) for i in range(n)]
    charges = [sorted(bids[:i] + bids[i + 1 :]) for i in range(n)]
    fair = fair_imposition(bids, order)
    assert fair.host == host
    assert fair.transfers.tolist() == [(c[0] if i == host else 0) - (c[1] / n if n > 2 else 0) for i, c in enumerate(charges)]
    assert fair.surplus == -sum(fair.transfers) == (2 * (sorted(bids)[2] - sorted(bids)[1]) / n if n > 2 else -sorted(bids)[1])


@pytest.mark.parametrize("rule", [LowBid, lambda **k: LowBid(rebate=True, **k), SecondPrice])
def test_the_toilets_equilibrium_bids_are_the_fair_prices(rule):
    form = rule().form(T5)
    ends = [form.outcome(play) for play in plays(form)]
    assert {(end.alternative, end.transfers[0]) for end in ends} == {(1, F(48, 5)), (1, F(12))}
    assert all(envy(T5, end) <= 0 and sum(end.transfers) == 0 for end in ends)


@QUICK
@given(st.lists(st.integers(0, 12), min_size=2, max_size=3), st.data())
def test_common_bids_are_equilibria_exactly_in_the_interval(damages, data):
    n, game = len(damages), own_sites([20] * len(damages), damages)
    order = tuple(sorted(range(n), key=lambda i: damages[i]))
    low, high = (F(n - 1, n) * sorted(damages)[k] for k in (0, 1))
    more = data.draw(st.lists(st.fractions(0, 13, max_denominator=4), max_size=4))
    grid = tuple(sorted({low, high, (low + high) / 2, *more}))
    rule = LowBid(grid=grid, order=order)
    form = rule.form(game)
    found = {grid[play[0]] for play in plays(form) if len(set(play)) == 1}
    assert found == {x for x in grid if low <= x <= high}
    for x in found:
        end = rule.outcome(game, [x] * n)
        assert damages[end.alternative - 1] == min(damages)
        assert sum(end.transfers) == 0
        assert envy(game, end) <= 0


@QUICK
@given(st.lists(st.integers(0, 12), min_size=2, max_size=3), st.sampled_from([LowBid(), LowBid(rebate=True), SecondPrice()]))
def test_every_equilibrium_sends_it_to_the_least_damaged(damages, rule):
    game = own_sites([20] * len(damages), damages)
    form = rule.form(game)
    found = plays(form)
    assert found and all(damages[form.outcome(play).alternative - 1] == min(damages) for play in found)


def test_the_highest_price_has_wrong_hosts_too():
    game = own_sites([20] * 3, [10, 1, 7])
    form = SecondPrice("highest").form(game)
    assert {form.outcome(play).alternative for play in plays(form)} == {1, 2}


@QUICK
@given(vectors.filter(lambda d: len(d) <= 3), st.sampled_from([LowBid(), LowBid(rebate=True), SecondPrice(), SecondPrice("highest")]))
def test_the_game_of_bids_pays_what_the_rule_decides(damages, rule):
    game = own_sites([F(k + 5, 2) for k in range(len(damages))], damages)
    form, grid = rule.form(game), bid_grid(game)
    for play in list(form.game.profiles())[:: max(1, len(grid) // 2)]:
        assert list(form.game.payoffs(play)) == gains(game, form.outcome(play)).tolist()


def test_bids_in_floats():
    game = own_sites([4.0, 5.0, 6.0], [12.0, 15.0, 18.0])
    form = LowBid().form(game)
    assert {(form.outcome(p).alternative, form.outcome(p).transfers[0]) for p in plays(form)} == {(1, 8.0), (1, 10.0)}


# Private costs


@pytest.mark.parametrize("n", [2, 3, 4, 7])
def test_bids_under_private_costs_are_best_responses(n):
    play = PrivateBids(n)
    costs = [F(k, 8) for k in range(9)]
    bids = [play.bid(c) for c in costs]
    assert all(a < b for a, b in pairwise(bids))
    assert all(play.best_gain(c, 60) <= (0 if n == 2 else 1e-9) for c in costs[::2])
    c = 0.3  # the differential equation, by differences: [b (n G - 1)]' = (n - 1) c G'
    left = [float(play.bid(c + h)) * (n * (1 - c - h) ** (n - 1) - 1) for h in (-1e-5, 1e-5)]
    assert (left[1] - left[0]) / 2e-5 == pytest.approx(-((n - 1) ** 2) * c * (1 - c) ** (n - 2), rel=1e-6)


def test_two_private_costs_give_a_line():
    assert PrivateBids(2).line == (F(1, 8), F(1, 4))
    assert PrivateBids(2).surplus == F(1, 12)
    moved = PrivateBids(2, 10, 20)
    assert (moved.line, moved.surplus) == ((F(15, 4), F(1, 4)), F(5, 6))
    assert max(moved.best_gain(c) for c in range(10, 21)) <= 0
    assert PrivateBids(3).line is None


def test_the_expected_surplus_by_drawing_costs():
    for n in (2, 3, 5):
        play = PrivateBids(n)
        table = np.array([float(play.bid(F(k, 400))) for k in range(401)])
        costs = np.random.default_rng(5).random((20_000, n))
        bids = np.interp(costs, np.linspace(0, 1, 401), table)
        assert float(play.surplus) == pytest.approx(((bids.sum(1) - n * bids.min(1)) / (n - 1)).mean(), abs=0.004)


# Fair imposition: A-09


@QUICK
@given(st.lists(money, min_size=3, max_size=6), st.data())
def test_no_false_report_gains_under_fair_imposition(damages, data):
    n = len(damages)
    me, lie = data.draw(st.integers(0, n - 1)), data.draw(money)
    truth = fair_imposition(damages)
    told = fair_imposition([*damages[:me], lie, *damages[me + 1 :]])
    assert told.gains([0] * n, damages)[me] <= truth.gains([0] * n, damages)[me]
    assert sum(truth.transfers) <= 0


def test_the_failures_of_fair_imposition():
    assert fair_imposition([4, 9, 9]).gains([2] * 3, [4, 9, 9]).tolist() == [2 - 4 + 9 - 3, -1, -1]
    d = [12, 15, 18, 25, 30]
    truth, raised = (fair_imposition(r).gains([0] * 5, d) for r in (d, [12, 18, 18, 25, 30]))
    assert (raised[0] - truth[0], raised[1] - truth[1]) == (3, 0)
    both = fair_imposition([12, F(121, 10), F(122, 10), 25, 30]).gains([0] * 5, d)
    assert both[1] > truth[1] and both[2] > truth[2]


def test_a_million_residents_of_one_site_each():
    n = 1_000_000
    d = np.random.default_rng(1).random(n) * 30
    low, second, fair, equal = low_bid_outcome(d), second_price_outcome(d), fair_imposition(d), equal_damage(d)
    assert low.host == second.host == fair.host == equal.host == int(np.argmin(d))
    three = np.sort(d)[:3]
    assert fair.surplus == pytest.approx(2 * (three[2] - three[1]) / n)
    assert fair.transfers[fair.host] == pytest.approx(three[1] - three[2] / n)
    assert low.surplus == pytest.approx(d.mean() - three[0])
    assert second.transfers[second.host] == three[1]


# Contracts on vectors: M-01 and A-07


@QUICK
@given(vectors, st.data())
def test_contracts_on_vectors_are_those_of_the_table(damages, data):
    n = len(damages)
    benefits = data.draw(st.lists(money, min_size=n, max_size=n))
    game = own_sites(benefits, damages)
    for variant, found in [("EQ", equal_damage(damages)), ("FC", full_compensation(damages)), ("ES", equal_surplus(benefits, damages))]:
        table = EqualShare(variant).transfers(game)
        assert found.transfers.tolist() == table[:, 1 + found.host].tolist()
        assert sum(found.transfers) == 0
        assert found.gains(benefits, damages).tolist() == (game.utilities + table)[:, 1 + found.host].tolist()


@QUICK
@given(vectors, money)
def test_a_compensation_is_envy_free_exactly_in_the_interval(damages, paid):
    n, game = len(damages), own_sites([20] * len(damages), damages)
    for host in range(n):
        end = LowBid().outcome(game)
        lottery = 0 * end.lottery
        lottery[1 + host] = F(1)
        transfers = np.array([paid if i == host else -paid / (n - 1) for i in range(n)], dtype=object)
        free = envy(game, type(end)(lottery, transfers)) <= 0
        interval = envy_free_payments(damages, host)
        assert free == (interval is not None and interval[0] <= paid / (n - 1) <= interval[1])


#


@pytest.mark.parametrize("rule", [LowBid(), LowBid(rebate=True), SecondPrice(), SecondPrice("highest"), FairImposition(), Lindahl()])
def test_names_do_not_count(rule):
    b, d = [8, 9, 10, 11], [12, 15, 18, 25]
    here = gains(own_sites(b, d), rule.outcome(own_sites(b, d)))
    for order in permutations(range(4)):
        game = own_sites([b[i] for i in order], [d[i] for i in order])
        assert gains(game, rule.outcome(game)).tolist() == [here[i] for i in order]


# Lindahl prices: A-13


def siting(b, d, K):
    """One site a resident, benefits alike everywhere, fees in equal shares."""
    n = len(b)
    table = np.full((n, n + 1), F(0), dtype=object)
    gain, harm, fees = table.copy(), table.copy(), table.copy()
    gain[:, 1:] = np.array([[F(x)] for x in b], dtype=object)
    fees[:, 1:] = F(K, n)
    for i, x in enumerate(d):
        harm[i, i + 1] = F(x)
    costs = np.array([F(0)] + [F(K)] * n, dtype=object)
    consent = (frozenset(), *(frozenset({i}) for i in range(n)))
    return ec.OutcomeGame.from_parts(Parts(gain, harm, fees, costs, 0 * costs), rights=HostConsent(consent))


def worst_block(payoffs, K, b, d):
    """The most that any coalition could gain by building on its own (P1.11), all coalitions gone through."""
    n = len(b)
    return max(
        sum(b[i] - payoffs[i] for i in S) - K - min(d[i] for i in S) for k in range(1, n) for S in combinations(range(n), k)
    )  # fmt: skip


@QUICK
@given(st.data())
def test_lindahl_payoffs_are_voluntary_and_in_the_core(data):
    n = data.draw(st.integers(2, 5))
    b, d = (data.draw(st.lists(st.integers(1, 20), min_size=n, max_size=n)) for _ in range(2))
    K = data.draw(st.integers(0, 30))
    game, rule = siting(b, d, K), Lindahl()
    outcome, prices = rule.outcome(game), rule.prices(game)
    payoffs = gains(game, outcome)
    assert payoffs.sum() == max(game.surplus) and payoffs.min() >= 0 and outcome.transfers.sum() == 0
    assert worst_block(payoffs, K, b, d) <= 0 and blocking_gain(game, payoffs) <= 0
    assert (prices.sum(axis=0) <= 0).all()
    net = game.utilities - prices
    assert all(row[outcome.alternative] == max(row) for row in net)


def test_other_lindahl_payoffs_need_not_be_in_the_core():
    payoffs = gains(T5, Lindahl((1, 0, 0, 0, 0)).outcome(T5))
    assert payoffs.tolist() == [18, 0, 0, 0, 0]
    assert blocking_gain(T5, payoffs) == 42 - 20 - 15


def test_riding_free_on_lindahl_prices():
    zero, two = [[F(0), F(0)]] * 2, [[F(0), F(2)]] * 2
    costs = np.array([F(0), F(2)], dtype=object)
    parts = Parts(*(np.array(x, dtype=object) for x in (two, zero, [[F(0), F(1)]] * 2)), costs, 0 * costs)
    game = ec.OutcomeGame.from_parts(parts, rights=Unanimity())
    assert gains(game, Lindahl().outcome(game)).tolist() == [1, 1]
    assert gains(game, Lindahl().outcome(game, [F(1, 2), 2]))[0] == F(8, 5)
    assert Lindahl().outcome(game, [0, 2]).alternative == 0  # worth no more than its cost: it is not built


@QUICK
@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(1, 5))
def test_log_lindahl_by_first_order_conditions(a, cost):
    found = log_lindahl(a, cost)
    assert all(k / p == found.level for k, p in zip(a, found.prices)) and sum(found.prices) == cost
    own = max(a)
    steps = [found.voluntary * F(k, 10) for k in range(1, 30)]
    assert found.voluntary == max(steps, key=lambda G: own * math.log(G) - cost * G)
    assert all(k / found.voluntary <= cost for k in a)  # nobody wants to add


# Fair division


def test_knaster_is_the_low_bid_auction_with_its_surplus_returned():
    d = [12, 15, 18, 25, 30]
    assert knaster(d).transfers.tolist() == LowBid(rebate=True).outcome(T5).transfers.tolist()
    assert leftover(d) == 8 and sum(burdens(d, knaster(d))) == 12


@QUICK
@given(vectors)
def test_knaster_by_its_steps(costs):
    n, low = len(costs), min(costs)
    rest = sum(costs) / n - low
    assert (leftover(costs), burdens(costs, knaster(costs)).tolist()) == (rest, [c / n - rest / n for c in costs])


@QUICK
@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(money, min_size=n, max_size=n), min_size=n, max_size=n)), money)
def test_rents_leave_no_envy_and_raise_the_least(values, rent):
    n = len(values)
    found = rent_division(values, rent)
    assert found.value == max(sum(values[i][p[i]] for i in range(n)) for p in permutations(range(n)))
    assert sum(found.rents) == rent
    net = [[values[i][j] - found.rents[j] for j in range(n)] for i in range(n)]
    assert all(net[i][found.room_of[i]] == max(net[i]) for i in range(n))
    assert found.least == pytest.approx(least_by_program(values, rent, found.room_of), abs=1e-6)


def least_by_program(values, rent, rooms):
    """The same maximin program in floats."""
    from scipy.optimize import linprog

    n, rows, bounds = len(values), [], []
    v = [[float(x) for x in row] for row in values]
    for i, own in enumerate(rooms):
        rows.append([float(j == own) for j in range(n)] + [1.0])
        bounds.append(v[i][own])
        for j in range(n):
            rows.append([float(k == own) - float(k == j) for k in range(n)] + [0.0])
            bounds.append(v[i][own] - v[i][j])
    answer = linprog([0.0] * n + [-1.0], rows, bounds, [[1.0] * n + [0.0]], [float(rent)], bounds=(None, None))
    return -answer.fun


def test_rents_raise_the_next_level_too():
    found = rent_division([[10, 0, 0], [0, 8, 7], [0, 7, 8]], 0)
    assert found.utilities == (F(26, 3),) * 3
    found = rent_division([[10, 9], [10, 0]], 0)  # the second must outbid the first for the good room
    assert (found.room_of, found.rents) == ((1, 0), (F(1, 2), F(-1, 2)))
    assert found.utilities == (F(19, 2), F(19, 2))


def test_an_assignment_comes_with_prices_without_envy():
    v = np.array([[F((7 * i * i + 3 * j * i + 5 * j) % 11) for j in range(7)] for i in range(7)], dtype=object)
    rooms, prices = assignment(v)
    assert all(v[i, j] - prices[j] == max(v[i] - prices) for i, j in enumerate(rooms))


@QUICK
@given(st.lists(st.integers(1, 8), min_size=2, max_size=4), st.lists(st.integers(1, 12), min_size=4, max_size=4), st.integers(-3, 20))
def test_a_package_is_accepted_by_everybody_exactly_in_its_interval(b, d, paid):
    n = len(b)
    game = own_sites(b, d[:n])
    for site in game.sites:
        host, interval = site - 1, accepted_compensations(game, site)
        column = [b[i] - (d[i] if i == host else 0) + (F(paid) if i == host else -F(paid, n - 1)) for i in range(n)]
        offer = ec.OutcomeGame([[0, x] for x in column], rights=Unanimity())
        best = [e.outcome for e in ec.solve(offer, "pure").equilibria]
        assert (min(column) >= 0) == (interval is not None and interval[0] <= paid <= interval[1])
        if min(column) > 0:
            assert offer.alternatives[1] in best


# Offers in turn


@QUICK
@given(st.lists(st.integers(0, 8), min_size=1, max_size=6), st.integers(1, 6), st.data())
def test_sites_offered_in_turn_by_backward_induction(d, b, data):
    game = own_sites([b] * len(d), d)
    order = data.draw(st.permutations(range(1, len(d) + 1)))
    answer = ec.solve(offers_in_turn(game, order), "subgame-perfect")
    found = {site_of_path(game, e.profile, order) for e in answer.equilibria}
    ends = {0}
    for site in reversed(order):  # all ends that some continuation supports
        u = game.utilities[site - 1]
        ends = {x for end in ends for x in (site, end) if u[x] == max(u[site], u[end])}
    assert answer.complete and found == ends


def test_a_host_vetoes_where_the_next_will_not():
    game = own_sites([3] * 3, [2, 5, 2])
    (equilibrium,) = ec.solve(offers_in_turn(game), "subgame-perfect").equilibria
    assert site_of_path(game, equilibrium.profile) == 3
    with pytest.raises(NotApplicable, match="regime"):
        offers_in_turn(game.with_rights(Imposition()))


# What is refused


@pytest.mark.parametrize("rule", [LowBid(), SecondPrice(), FairImposition(), Lindahl()])
def test_other_games_are_refused(rule):
    cyclic = ec.load_case("cyclic-siting").game
    for game in (ec.two_player([[1, 0], [0, 1]], [[1, 0], [0, 1]]), cyclic):
        assert rule.refuses(game) is not None
    with pytest.raises(NotApplicable):
        rule.outcome(cyclic)
    assert rule.refuses(T5) is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: SecondPrice("third"), "price='third'"),
        (lambda: LowBid(grid=(3, 1)), "rise"),
        (lambda: LowBid().outcome(T5, [1, 2]), "5 numbers"),
        (lambda: low_bid_outcome([3]), "two residents"),
        (lambda: equal_surplus([1, 2, 3], [1, 2]), "benefits"),
        (lambda: PrivateBids(1), "n=1"),
        (lambda: PrivateBids(2, 3, 3), "high=3"),
        (lambda: PrivateBids(2).bid(2), "cost=2"),
        (lambda: Lindahl((0, 0)), "zero"),
        (lambda: log_lindahl([0, 0]), "somebody"),
        (lambda: envy_free_payments([1, 2], 2), "host=2"),
        (lambda: accepted_compensations(T5, 0), "site=0"),
        (lambda: rent_division([[1, 2]], 3), "shape"),
    ],
)
def test_bad_arguments(call, words):
    with pytest.raises(InputError, match=words):
        call()


def test_what_does_not_fit_is_said_at_once():
    with pytest.raises(SizeError, match="game of bids of 9 residents"):
        LowBid().form(own_sites([5] * 9, range(9)))
    with pytest.raises(SizeError, match="41 rooms"):
        rent_division(np.zeros((41, 41)), 3)
    assert "order of ties" in str(LowBid(order=(0, 1)).refuses(T5))
    assert "5 rows" in str(Lindahl((1, 2)).refuses(T5))


def test_product_of_small_bids_is_complete():
    """The equilibria of the game of bids by going through all profiles and deviations with the rule itself."""
    game, grid = own_sites([9, 9, 9], [3, 6, 9]), (0, 2, 3, 4, 6)
    rule = LowBid(grid=grid)

    def pays(bids):
        return gains(game, rule.outcome(game, list(bids)))

    wanted = [
        bids
        for bids in product(grid, repeat=3)
        if all(pays(bids)[i] >= pays((*bids[:i], x, *bids[i + 1 :]))[i] for i in range(3) for x in grid)
    ]
    assert [tuple(grid[k] for k in play) for play in plays(rule.form(game))] == wanted
