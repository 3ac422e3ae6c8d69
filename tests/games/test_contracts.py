"""Contracts and side payments: M-09 to M-12 and M-14 against their definitions, by trying everything (A-14, A-15)."""

from fractions import Fraction
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games import public_goods
from encompass.games.environment import own_sites
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.exact import array
from encompass.games.mechanisms.divide_and_conquer import DivideAndConquer, broadcast_subsidies, rewards, subsidies_alike
from encompass.games.mechanisms.price_announcements import (
    Externality,
    GrovesLedyard,
    PriceAnnouncements,
    announcement_gains,
    announcements,
)
from encompass.games.mechanisms.promises import KImplementation, Promise, least_promise
from encompass.games.mechanisms.side_contracts import Contract, SidePaymentContract, ends_of, least_contract
from encompass.games.mechanisms.side_payments import (
    SidePayments,
    StagedCommitment,
    efficiency_is_supportable,
    is_supportable,
    solo_payoffs,
    two_stage,
)
from encompass.games.normal_form import NormalForm
from encompass.games.outcome_game import OutcomeGame
from encompass.games.rights import HostConsent, Imposition, Unanimity
from encompass.games.siting import consent

T5 = own_sites((4, 5, 6, 7, 8), (12, 15, 18, 25, 30))  # the net gains of ATLAS T5, fees paid
T2J = own_sites((10, 10), (12, 15))
CENT = Fraction(1, 100)


@st.composite
def tables(draw, players=3, actions=3):
    shape = tuple(draw(st.integers(1 + (k < 2), actions)) for k in range(draw(st.integers(2, players))))
    size = len(shape) * int(np.prod(shape))
    return NormalForm(array(draw(st.lists(st.integers(-6, 6), min_size=size, max_size=size))).reshape(len(shape), *shape))


def targets(game):
    return st.tuples(*(st.integers(0, k - 1) for k in game.shape))


def pures(game):
    return {tuple(mix.index(1) for mix in e.profile) for e in ec.solve(game).equilibria}


# M-11: promises from outside


@settings(max_examples=60, deadline=None)
@given(tables(), st.data())
def test_a_promise_costs_nothing_exactly_at_an_equilibrium(game, data):
    """A-14; and the promise makes the target dominant, strictly with a margin, at the forecast cost."""
    z = data.draw(targets(game))
    cost = sum(least_promise(game, z))
    assert (cost == 0) == (z in pures(game)) and cost >= 0
    rule = Promise(z)
    paid = rule.payments(game)
    assert (paid >= 0).all() and paid[(slice(None), *z)].sum() == cost
    assert all(a in best for a, best in zip(z, ec.dominant_actions(rule.transform(game), strict=False)))
    strict = Promise(z, CENT).transform(game)
    assert ec.dominant_actions(strict) == tuple((a,) for a in z) and pures(strict) == {z}


@settings(max_examples=30, deadline=None)
@given(tables(2, 3), st.data())
def test_no_cheaper_promise_does_it(game, data):
    """With less on the target some player has a deviation that pays more, so that its action is not dominant."""
    z = data.draw(targets(game))
    for i, needed in enumerate(least_promise(game, z)):
        now = game.payoffs(z)[i] + needed
        assert max(game.payoffs((*z[:i], a, *z[i + 1 :]))[i] for a in range(game.shape[i])) == max(now, game.payoffs(z)[i])


def test_promises_in_the_five_courtyards_and_the_volunteers_dilemma():
    """ATLAS M-11: k = 8 on T5, paid to the host; 0 for any volunteer alone in VD5, 16 more for all five."""
    form, _, z = ends_of(T5)
    assert z == (0, 1, 1, 1, 1) and least_promise(form, z) == (8, 0, 0, 0, 0)
    outcome = KImplementation().outcome(T5)
    assert outcome.alternative == 1 and outcome.transfers.tolist() == [8, 0, 0, 0, 0]
    gains = T5.utilities @ outcome.lottery + outcome.transfers
    assert gains.tolist() == [0, 5, 6, 7, 8]
    volunteers = public_goods.volunteers_dilemma(5, 10, 4).normal_form()
    for i in range(5):
        assert sum(least_promise(volunteers, tuple(int(k == i) for k in range(5)))) == 0
    assert sum(least_promise(volunteers, (1,) * 5)) == 20


@st.composite
def sitings(draw):
    n, m = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    table = [[0, *draw(st.lists(st.integers(-6, 9), min_size=m, max_size=m))] for _ in range(n)]
    return OutcomeGame(
        table, rights=HostConsent((frozenset(), *(draw(st.frozensets(st.integers(0, n - 1), min_size=1)) for _ in range(m))))
    )


@settings(max_examples=60, deadline=None)
@given(sitings())
def test_payments_for_consent_against_the_consent_game(game):
    """The closed forms against k(z) and the linear program on the consent game written out, and the equilibria that follow."""
    form, ends, z = ends_of(game)
    if game.best == game.status_quo:
        assert not KImplementation().outcome(game).transfers.any() and not SidePaymentContract().payments(game).any()
        return
    site = game.best
    assert ends[z] == site
    paid = KImplementation().outcome(game).transfers
    assert paid.tolist() == list(least_promise(form, z))
    rule = SidePaymentContract(CENT)
    needed = least_contract(form, z, "strict", CENT, ends=ends, unpaid=game.status_quo)
    if rule.refuses(game) is not None:  # it pays at the best site only; threats off the path, which the program knows, can do more
        return
    transfers = rule.payments(game)
    after = rule.transform(game)
    assert transfers.sum() == 0 and min(after.utilities[:, site]) >= 0
    assert game.alternatives[site] in ec.solve(after).outcomes
    if needed.gross is not None:  # money at other sites may help too; with one site there is none
        gross = sum(t for t in transfers if t > 0)
        assert needed.gross <= gross
        if len(game.sites) == 1:
            assert needed.gross == gross


def test_the_contract_of_the_five_courtyards():
    """ATLAS M-12: 8.01 paid to the host by those who gain, and then site 1 is the only equilibrium outcome."""
    rule = SidePaymentContract()
    transfers = rule.payments(T5)
    assert transfers[0] == Fraction(801, 100) and transfers.sum() == 0
    assert transfers[1:].tolist() == [-Fraction(801, 100) * a / 26 for a in (5, 6, 7, 8)]
    after = rule.transform(T5)
    assert ec.solve(after).outcomes == ("1",) and rule.outcome(T5).alternative == 1
    assert after.utilities[0, 1] == CENT and min(after.utilities[:, 1]) > 0
    floats = OutcomeGame(T5.utilities.astype(float), rights=T5.rights)
    assert rule.payments(floats) == pytest.approx(transfers.astype(float))
    assert KImplementation(CENT).outcome(floats).transfers[0] == pytest.approx(8.01)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 20)), min_size=2, max_size=5))
def test_where_hosting_is_a_loss_the_contract_has_one_outcome(households):
    game = own_sites([b for b, _ in households], [b + more for b, more in households])
    assert ec.solve(SidePaymentContract().transform(game)).outcomes == (game.alternatives[game.best],)


# M-12: the least contract


@pytest.mark.parametrize("concept", ["strict", "dominant", "strong"])
@pytest.mark.parametrize(
    ("options", "gross"),
    [({}, 8), ({"balanced": False}, Fraction(805, 100)), ({"ends": True, "unpaid": 0}, Fraction(801, 100))],
)
def test_the_least_contracts_of_the_five_courtyards(concept, options, gross):
    """ATLAS O-01: 8 balanced; 8.05 from outside; 8.01 if payments depend on the site alone and the status quo is not paid for."""
    form, ends, z = ends_of(T5)
    terms = least_contract(form, z, concept, CENT, **({**options, "ends": ends} if "ends" in options else options))
    assert terms.gross == gross and holds(form, terms, z, concept, CENT)
    assert sum(t for t in terms.transfers[(slice(None), *z)] if t > 0) == gross
    if "ends" in options:
        assert not terms.transfers[:, ends == 0].any()
        less = terms.transfers.copy()
        less[0][ends == 1] -= CENT  # the host's margin is all that there is
        less[1][ends == 1] += CENT
        after = NormalForm(payoffs(form) + less, form.players, form.actions)
        assert any(after.payoffs(z)[0] <= after.payoffs((a, *z[1:]))[0] for a in range(1, form.shape[0]))


def payoffs(game):
    return np.array([[game.payoffs(a)[i] for a in game.profiles()] for i in range(len(game.shape))], dtype=object).reshape(game.table.shape)


def holds(game, terms, z, concept, margin, same=None):
    """A-15 by trying everything: the concept, with its margin, in the game with the transfers."""
    u = payoffs(game) + terms.transfers
    n = len(game.shape)

    def get(S, a):
        return sum(u[(i, *a)] for i in S)

    pairs = []
    for a in game.profiles():
        S = tuple(i for i in range(n) if a[i] != z[i])
        if concept == "dominant":
            pairs += [((i,), (*a[:i], z[i], *a[i + 1 :]), a) for i in S]
        elif S and (concept == "strong" or len(S) == 1):
            pairs.append((S, z, a))
    kept = [(S, a, b) for S, a, b in pairs if same is None or same[a] != same[b]]
    if same is None and terms.rows and len(terms.rows) < len(pairs):
        listed = {(S, a, b) for S, a, b, _ in terms.rows}
        kept = [pair for pair in kept if pair in listed]
    return all(get(S, a) - get(S, b) >= (margin if len(S) < n or n == 1 else 0) for S, a, b in kept)


@settings(max_examples=30, deadline=None)
@given(tables(3, 2), st.sampled_from(["strict", "dominant", "strong"]), st.booleans(), st.data())
def test_a_contract_does_what_it_says_at_the_least_cost(game, concept, balanced, data):
    """A-15: the concept by brute force; the optimum against a program in floats over all payments."""
    z = data.draw(targets(game))
    terms = least_contract(game, z, concept, Fraction(1, 2), balanced)
    other = in_floats(game, z, concept, 0.5, balanced)
    if terms.gross is None:
        assert other is None
        return
    assert float(terms.gross) == pytest.approx(other, abs=1e-7)
    assert holds(game, terms, z, concept, Fraction(1, 2))
    assert all(x >= 0 for x in (payoffs(game) + terms.transfers)[(slice(None), *z)])
    assert not terms.transfers.sum(axis=0).any() if balanced else (terms.transfers >= 0).all()
    if concept == "strict" and balanced:
        after = Contract(z, concept, Fraction(1, 2)).transform(game)
        assert z in {tuple(m.index(1) for m in e.profile) for e in ec.solve(after, "strict").equilibria}


def in_floats(game, z, concept, margin, balanced):
    from scipy.optimize import linprog

    u, n = payoffs(game).astype(float), len(game.shape)
    index = np.arange(u.size).reshape(u.shape)
    width = u.size + n
    rows, b = [], []

    def more(S, a, c, by):
        row = np.zeros(width)
        for i in S:
            row[index[(i, *a)]] -= 1
            row[index[(i, *c)]] += 1
        rows.append(row)
        b.append(sum(u[(i, *a)] - u[(i, *c)] for i in S) - by)

    for a in game.profiles():
        S = tuple(i for i in range(n) if a[i] != z[i])
        if concept == "dominant":
            for i in S:
                more((i,), (*a[:i], z[i], *a[i + 1 :]), a, margin)
        elif S and (concept == "strong" or len(S) == 1):
            more(S, z, a, margin if len(S) < n or n == 1 else 0)
    for i in range(n):
        row = np.zeros(width)
        row[index[(i, *z)]], row[u.size + i] = 1, -1
        rows.append(row)
        b.append(0)
        row = np.zeros(width)
        row[index[(i, *z)]] = -1
        rows.append(row)
        b.append(u[(i, *z)])
    eq = [[float(k in set(index[(slice(None), *a)])) for k in range(width)] for a in game.profiles()] if balanced else None
    bounds = [(None if balanced else 0, None)] * u.size + [(0, None)] * n
    cost = np.append(np.zeros(u.size), np.ones(n))
    found = linprog(cost, A_ub=rows, b_ub=b, A_eq=eq, b_eq=[0] * len(eq) if balanced else None, bounds=bounds)
    return found.fun if found.status == 0 else None


def test_no_contract_where_there_is_nothing_to_share():
    game = ec.two_player([[-1, 0], [0, 0]], [[-1, 0], [0, 0]])
    assert least_contract(game, (0, 0)).gross is None and least_contract(game, (0, 0), reserve=None).gross is not None
    with pytest.raises(NotApplicable):
        Contract((0, 0)).transform(game)


# M-14: divide and conquer


@st.composite
def helping(draw):
    """Two actions a player; what contributing gains grows with the others: a base and something for every group that contributes."""
    n = draw(st.integers(2, 4))
    groups = [S for k in range(1, n + 1) for S in combinations(range(n), k)]
    bonus = {S: draw(st.integers(0, 4)) for S in groups if len(S) > 1}
    base = draw(st.lists(st.integers(-9, 2), min_size=n, max_size=n))

    def payoff(a):
        acting = {i for i, x in enumerate(a) if x}
        return [sum(v for S, v in bonus.items() if set(S) <= acting and i in S) + base[i] * a[i] for i in range(n)]

    return NormalForm.from_function(payoff, [("0", "1")] * n)


@settings(max_examples=50, deadline=None)
@given(helping())
def test_all_contribute_in_the_only_equilibrium_at_the_cost_of_the_cheapest_order(game):
    rule, n = DivideAndConquer(CENT), len(game.shape)
    found = rule.subsidies(game)

    def gain(i, S):
        a = [int(k in S) for k in range(n)]
        return game.payoffs([*a[:i], 1, *a[i + 1 :]])[i] - game.payoffs([*a[:i], 0, *a[i + 1 :]])[i]

    costs = {order: sum(max(0, -gain(i, order[:k])) for k, i in enumerate(order)) for order in permutations(range(n))}
    assert found.total == min(costs.values()) == costs[found.order]
    after = rule.transform(game)
    assert ec.iterated_elimination(after).survivors == ((1,),) * n
    assert found.total >= sum(least_promise(game, (1,) * n))  # Segal: unique implementation costs no less


@given(st.integers(2, 5), st.integers(1, 9), st.integers(0, 9))
@settings(max_examples=20, deadline=None)
def test_players_alike_in_closed_form(n, benefit, cost):
    game = public_goods.weakest_link(n, benefit, cost, grid=(0, 1))
    assert sum(subsidies_alike(game)) == DivideAndConquer().subsidies(game).total


def test_the_weakest_link_and_where_subsidies_in_order_fail():
    """ATLAS M-14: 16 for g = 5, c = 4, five players; in PG5k3, where contributions do not help one another, 3 give after two subsidies."""
    weakest = public_goods.weakest_link(5, 5, 4, grid=(0, 1))
    rule = DivideAndConquer()
    assert sum(subsidies_alike(weakest)) == rule.subsidies(weakest).total == 16
    after = rule.transform(weakest)
    assert ec.iterated_elimination(after).survivors == ((1,),) * 5 and pures(after) == {(1,) * 5}
    threshold = public_goods.threshold(5, 3, 10, 4)
    assert "worth more" in str(rule.refuses(threshold))
    with pytest.raises(NotApplicable):
        subsidies_alike(threshold)
    table = payoffs(threshold.normal_form())
    for i in (0, 1):
        table[(i, *(slice(None) if k != i else 1 for k in range(5)))] += 4 + CENT
    assert {sum(a) for a in pures(NormalForm(table))} == {3}
    first = DivideAndConquer(action=0)
    flipped = NormalForm(payoffs(weakest.normal_form())[:, ::-1, ::-1, ::-1, ::-1, ::-1])
    assert first.subsidies(flipped).total == 16 and ec.iterated_elimination(first.transform(flipped)).survivors == ((0,),) * 5


@pytest.mark.parametrize(("n", "alpha"), [(2, "1/2"), (3, "1/2"), (3, "2/3"), (4, "1/3")])
def test_rewards_for_success_make_work_the_only_equilibrium(n, alpha):
    """Winter 2004: a cent above the rewards all work in the only equilibrium, a cent below not; equal rewards make it one of several."""
    p = [Fraction(alpha) ** (n - k) for k in range(n + 1)]
    unique, partial = rewards(p, 1)

    def game(pay):
        return NormalForm.from_function(lambda a: [pay[i] * p[sum(a)] - a[i] for i in range(n)], [("0", "1")] * n)

    everybody = (1,) * n
    assert ec.iterated_elimination(game([v + CENT for v in unique])).survivors == ((1,),) * n
    assert pures(game([v - CENT for v in unique])) != {everybody}
    assert everybody in pures(game([partial] * n)) and everybody not in pures(game([partial - CENT] * n))
    assert len(pures(game([partial] * n))) > 1


@pytest.mark.parametrize("n", [1, 2, 3, 6, 9])
def test_subsidies_on_the_ring(n):
    """Augustine and others 2012: nobody gains by going round; against a program in floats."""
    from scipy.optimize import linprog

    total, b = broadcast_subsidies(n)
    assert sum(b) == total and all(0 <= x <= 1 for x in b)
    A, c = [], []
    for k in range(1, n + 1):
        users = [n - j + 1 for j in range(1, n + 1)]
        stay = sum((1 - b[j - 1]) / Fraction(users[j - 1]) for j in range(1, k + 1))
        go = 1 + sum((1 - b[j - 1]) / Fraction(users[j - 1] + 1) for j in range(k + 1, n + 1))
        assert stay <= go
        row = [1 / users[j - 1] if j <= k else -1 / (users[j - 1] + 1) for j in range(1, n + 1)]
        A.append([-x for x in row])
        c.append(1 - sum(row))
    assert linprog([1] * n, A_ub=A, b_ub=c, bounds=[(0, 1)] * n).fun == pytest.approx(float(total))


# M-09 and Groves-Ledyard


@settings(max_examples=40, deadline=None)
@given(st.integers(-5, 20), st.integers(1, 6), st.integers(-5, 20), st.integers(0, 6))
def test_announced_prices_are_an_equilibrium_and_efficient(r, a, e, d):
    technology, rule = Externality(r, a, e, d), PriceAnnouncements()
    outcome = rule.outcome(technology)
    assert outcome.level == technology.efficient and outcome.transfers.sum() == 0
    assert technology.welfare(outcome) == technology.most
    if r + e <= 0:
        with pytest.raises(NotApplicable):
            rule.price(technology)
        return
    p = rule.price(technology)
    assert announcement_gains(technology, p, p) == (0, 0)
    assert all(sum(announcement_gains(technology, q, q)) > 0 for q in (p + 1, p - 1) if r + q > 0)
    assert all(sum(technology.gains(x)) <= technology.most for x in (technology.efficient + 1, technology.efficient / 2, 0))


def test_the_two_stage_game_of_prices_on_a_grid():
    """ATLAS M-09 with host cost 6 x^2 and a benefit of 26 x: x = 26/12, p = 26; the grid game has it as an equilibrium."""
    technology = Externality(0, 12, 26, 0)
    step = Fraction(13, 12)
    rule = PriceAnnouncements(tuple(Fraction(13) * k for k in range(5)), tuple(step * k for k in range(5)))
    form = rule.form(technology)
    answer = ec.solve(form.game, "subgame-perfect")
    plays = [(tuple(e.profile[0]["moves"].values()), tuple(e.profile[1]["moves"].values())) for e in answer.equilibria]
    assert answer.complete and (("26", "26"), ("13/6",)) in plays
    outcome = form.outcome((("26", "26"), ("13/6",)))
    assert outcome.level == Fraction(26, 12) == rule.outcome(technology).level
    assert [technology.worth(i, outcome) for i in (0, 1)] == [technology.worth(i, rule.outcome(technology)) for i in (0, 1)]
    harm = Externality(10, 1, 0, 2)
    assert harm.unregulated == 10 and harm.efficient == Fraction(10, 3) and rule.price(harm) == -Fraction(20, 3)
    grid = PriceAnnouncements(tuple(-Fraction(10, 3) * k for k in range(4)), tuple(Fraction(10, 3) * k for k in range(4)))
    payoffs_on_grid = {e.payoffs for e in ec.solve(grid.form(harm).game, "subgame-perfect").equilibria}
    assert tuple(harm.worth(i, rule.outcome(harm)) for i in (0, 1)) in payoffs_on_grid


def test_hosting_or_not_has_many_prices():
    """ATLAS M-09, uniqueness: with cost 8 and a benefit of 26 every price from 8 to 26 is subgame-perfect, and no other builds."""
    answer = ec.solve(announcements((0, -8), (0, 26), (0, 1), range(4, 31)), "subgame-perfect")
    built = {tuple(e.profile[0]["moves"].values()) for e in answer.equilibria if e.profile[1]["moves"] == {"chooser": "1"}}
    assert answer.complete and built == {(str(p), str(p)) for p in range(8, 27)}


def test_a_lie_about_the_technology_pays():
    environment = Externality.environment([(0, 12)], [(26, 0), (20, 0)])
    true, told = environment.problem(((0, 12), (26, 0))), environment.problem(((0, 12), (20, 0)))
    rule = PriceAnnouncements()
    assert true.worth(1, rule.outcome(told)) > true.worth(1, rule.outcome(true)) == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 5), st.data())
def test_groves_and_ledyard(n, data):
    numbers = st.lists(st.integers(1, 9), min_size=n, max_size=n)
    game = GrovesLedyard(data.draw(numbers), data.draw(numbers), data.draw(st.integers(0, 9)), data.draw(st.integers(1, 5)))
    m = game.equilibrium()
    now = game.payoffs(m)
    for i in range(n):
        for step in (-1, Fraction(-1, 9), Fraction(1, 9), 1):
            assert game.payoffs((*m[:i], m[i] + step, *m[i + 1 :]))[i] < now[i]
    G = sum(m)
    assert sum(a - b * G for a, b in zip(game.a, game.b)) == game.q
    assert game.budget_gap(m) == 0 == game.budget_gap(data.draw(numbers))
    for gamma, helps in ((game.supermodular_gamma, True), (game.supermodular_gamma - Fraction(1, 2), False)):
        if gamma > 0:
            assert all(cross(GrovesLedyard(game.a, game.b, game.q, gamma), i) >= 0 for i in range(n)) == helps


def cross(game, i):
    """The mixed second difference of i's payoff in its own and another's message."""
    m = [Fraction(k, 3) for k in range(len(game.a))]
    j = (i + 1) % len(m)

    def at(own, other):
        changed = list(m)
        changed[i] += own
        changed[j] += other
        return game.payoffs(changed)[i]

    return at(1, 1) - at(1, 0) - at(0, 1) + at(0, 0)


def test_groves_and_ledyard_on_a_grid():
    game = GrovesLedyard((10, 8, 6), (1, 1, 1), 6, 1)
    assert game.equilibrium() == (4, 2, 0)
    assert pures(game.normal_form(range(6))) == {(4, 2, 0)}


# M-10: promises among two


def least_equilibrium(game, player):
    answer = ec.solve(game, "nash")
    return min(e.payoffs[player] for e in answer.equilibria)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(-4, 5), min_size=8, max_size=8), st.data())
def test_solo_payoffs_bound_what_promises_alone_reach(entries, data):
    """No promise of player 1 from a grid has all equilibria above ``upper``; that of the proof has all above ``lower`` less a cent."""
    game = NormalForm(array(entries).reshape(2, 2, 2))
    solo = solo_payoffs(game)[0]
    assert solo.lower <= solo.upper
    u, v = payoffs(game)
    for _ in range(12):
        t = array(data.draw(st.lists(st.sampled_from([0, 1, 3, 8]), min_size=4, max_size=4))).reshape(2, 2)
        assert least_equilibrium(NormalForm([u - t, v + t]), 0) <= solo.upper
    best = []
    for a, b in product((0, 1), repeat=2):
        t = np.zeros((2, 2), dtype=object)
        t[1 - a] = Fraction(100)
        t[a, b] = max(v[a]) - v[a, b] + CENT
        best.append(least_equilibrium(NormalForm([u - t, v + t]), 0))
    best.append(least_equilibrium(game, 0))
    assert max(best) >= solo.lower - CENT


def test_two_households_cannot_buy_their_way_out():
    """P1.12: solo payoffs 5 and 8 on T2J, more together than the 8 there are; (4, 4) is not supportable."""
    form = consent(T2J).normal_form()
    solos = solo_payoffs(form)
    assert [(s.lower, s.exact) for s in solos] == [(5, True), (8, True)]
    assert efficiency_is_supportable(form) is False and is_supportable(form, (4, 4)) is False
    assert is_supportable(form, (5, 8)) is True


@settings(max_examples=30, deadline=None)
@given(st.tuples(st.integers(1, 9), st.integers(1, 9)), st.tuples(st.integers(1, 9), st.integers(1, 9)))
def test_the_siting_lemma(benefits, more):
    """ATLAS M-10: where both would rather have no facility than host it, v_1 = max(0, W(2)) and v_2 = max(0, W(1))."""
    damages = [b + m for b, m in zip(benefits, more)]
    solos = solo_payoffs(consent(own_sites(benefits, damages)).normal_form())
    W = [sum(benefits) - d for d in damages]
    assert [(s.lower, s.upper) for s in solos] == [(max(0, w), max(0, w)) for w in W[::-1]]


def test_matching_pennies_and_bounds_that_do_not_meet():
    pennies = ec.two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    assert [(s.lower, s.upper) for s in solo_payoffs(pennies)] == [(0, 0), (0, 0)]
    assert efficiency_is_supportable(pennies) is True and is_supportable(pennies, (-1, 1)) is False
    with pytest.raises(NotApplicable):
        solo_payoffs(public_goods.volunteers_dilemma(3, 2, 1).normal_form())


def two_stage_by_hand(game, promises):
    """Payoffs of the pure subgame-perfect equilibria: a pair of promises, kept against the worst equilibrium after any other."""
    n = [range(len(own)) for own in promises]
    ends = {}
    for i, j in product(*n):
        net = promises[1][j][1] - promises[0][i][1]
        u = payoffs(game)
        after = NormalForm([u[0] + net, u[1] - net])
        ends[i, j] = [after.payoffs(a) for a in pures(after)]
    found = set()
    for i, j in product(*n):
        for end in ends[i, j]:
            first = all(min(e[0] for e in ends[k, j]) <= end[0] for k in n[0] if k != i)
            second = all(min(e[1] for e in ends[i, k]) <= end[1] for k in n[1] if k != j)
            if first and second:
                found.add(end)
    return found


def test_promises_on_a_grid_are_solved_as_a_game():
    """The two-stage game of T2J by backward induction against the definition, and what its plays come to."""
    rule = SidePayments(2)
    form = rule.form(T2J)
    answer = ec.solve(form.game, "subgame-perfect")
    base = consent(T2J)
    levels = rule.grid(T2J)
    written, ends, _ = ends_of(T2J)
    offers = [(str(pair), array([0, *pair])[ends]) for pair in product(levels, repeat=2)]
    assert answer.complete and {e.payoffs for e in answer.equilibria} == two_stage_by_hand(written, (offers, offers))
    assert base.normal_form().actions == written.actions
    for e in answer.equilibria:
        path = [tuple(stage["moves"][name] for name in T2J.players) for stage in e.profile]
        outcome = form.outcome(path)
        assert outcome.transfers.sum() == 0
        assert tuple(T2J.worth(i, outcome) for i in (0, 1)) == e.payoffs
    assert any(sum(e.payoffs) < 8 for e in answer.equilibria)  # not all are efficient
    small = [("nothing", np.zeros((2, 2), dtype=object)), ("four", array([[0, 0], [4, 4]]))]
    dilemma = ec.two_player([[4, -3], [5, 1]], [[4, 5], [-3, 1]])
    both = (small, [("nothing", small[0][1]), ("four", array([[0, 4], [0, 4]]))])
    assert {e.payoffs for e in ec.solve(two_stage(dilemma, both), "subgame-perfect").equilibria} == two_stage_by_hand(dilemma, both)


def test_pledges_in_steps_reach_an_equal_division():
    """T2J: (4, 4), which P1.12 excludes for one simultaneous promise of any size, is reached by pledges of at most 2, in four rounds."""
    reached = {}
    for cap, rounds in ((2, 3), (6, 1), (6, 2)):
        rule = StagedCommitment(cap, rounds)
        form = rule.form(T2J)
        answer = ec.solve(form.game, "subgame-perfect")
        reached[cap, rounds] = {e.payoffs for e in answer.equilibria}
        assert answer.complete and reached[cap, rounds] == rule.reachable(T2J)
        for e in answer.equilibria[:40]:
            path = [tuple(stage["moves"][name] for name in T2J.players) for stage in e.profile]
            assert tuple(T2J.worth(i, form.outcome(path)) for i in (0, 1)) == e.payoffs
    assert (4, 4) in reached[6, 1] and (4, 4) in reached[6, 2] and (4, 4) not in reached[2, 3]
    assert (4, 4) in StagedCommitment(2, 4).reachable(T2J) and (4, 4) in StagedCommitment(1, 12).reachable(T2J)


@settings(max_examples=15, deadline=None)
@given(st.tuples(st.integers(1, 6), st.integers(1, 6)), st.tuples(st.integers(1, 9), st.integers(1, 9)), st.integers(1, 4))
def test_pledges_by_state_are_those_of_the_tree(benefits, damages, cap):
    game, rule = own_sites(benefits, damages), StagedCommitment(cap, 2)
    assert {e.payoffs for e in ec.solve(rule.form(game).game, "subgame-perfect").equilibria} == rule.reachable(game)


# What they refuse


THREE = public_goods.volunteers_dilemma(3, 2, 1).normal_form()
REFUSED = [
    (SidePayments(), T5, "two residents"),
    (SidePayments(), THREE, "two residents"),
    (SidePayments(20), T2J, "pairs of promises"),
    (StagedCommitment(1, 9), T2J, "rounds"),
    (StagedCommitment(), OutcomeGame([[0, 1], [0, 2]], rights=Unanimity()), "site of its own"),
    (StagedCommitment(), T5, "two residents"),
    (KImplementation(), OutcomeGame([[0, 1]], rights=Imposition()), "R-IMPOSE"),
    (KImplementation(), THREE, "outcomes"),
    (SidePaymentContract(), OutcomeGame([[0, 1]], rights=Imposition()), "R-IMPOSE"),
    (SidePaymentContract(), THREE, "outcomes"),
    (Promise((0, 0)), T5, "normal form"),
    (Promise((0, 0)), THREE, "not a profile"),
    (Contract((5, 0, 0)), THREE, "not a profile"),
    (DivideAndConquer(), T5, "host"),
    (DivideAndConquer(), consent(T5), "normal form"),
    (DivideAndConquer(), public_goods.weakest_link(2, 2, 1), "two actions"),
    (DivideAndConquer(), public_goods.weakest_link(17, 2, 1, grid=(0, 1)), "16"),
    (PriceAnnouncements(), T5, "level"),
]


@pytest.mark.parametrize(("rule", "game", "words"), REFUSED)
def test_refusals_are_sentences(rule, game, words):
    assert words in str(rule.refuses(game))
    act = next(getattr(rule, name) for name in ("transform", "outcome", "form") if hasattr(rule, name))
    with pytest.raises(NotApplicable):
        act(game)


BAD = [
    (lambda: Promise((0,), -1), InputError),
    (lambda: KImplementation("much"), InputError),
    (lambda: Contract((0, 0), "weak"), InputError),
    (lambda: Contract((0, 0), margin=0), InputError),
    (lambda: SidePaymentContract(0), InputError),
    (lambda: DivideAndConquer(0), InputError),
    (lambda: DivideAndConquer(action=2), InputError),
    (lambda: SidePayments(0), InputError),
    (lambda: StagedCommitment(0), InputError),
    (lambda: least_contract(THREE, (0, 0, 0), "weak"), InputError),
    (lambda: least_contract(THREE, (0, 0, 0), ends=np.zeros(3)), InputError),
    (lambda: least_contract(NormalForm(np.zeros((2, 40, 40), dtype=np.int64)), (0, 0), "dominant"), SizeError),
    (lambda: rewards([1, 1], 1), InputError),
    (lambda: rewards([0, 2, 3], 1), InputError),
    (lambda: Externality(1, 0, 1, 1), InputError),
    (lambda: PriceAnnouncements().form(Externality(1, 1, 1, 1)), InputError),
    (lambda: announcements((0,), (0, 1), (0, 1), (1,)), InputError),
    (lambda: GrovesLedyard((1, 2), (1, 1), 1, 1), InputError),
    (lambda: GrovesLedyard((1, 2, 3), (0, 0, 0), 1, 1), InputError),
    (lambda: least_promise(THREE, (0, 0)), InputError),
]


@pytest.mark.parametrize(("call", "error"), BAD)
def test_bad_arguments(call, error):
    with pytest.raises(error):
        call()


ALL = [SidePayments(), StagedCommitment(), KImplementation(), Promise((0,)), Contract((0,)), SidePaymentContract(), DivideAndConquer()]


@pytest.mark.parametrize("rule", [*ALL, PriceAnnouncements()], ids=lambda rule: rule.id)
def test_every_mechanism_says_what_it_is(rule):
    assert rule.id.startswith("M-") and str(rule.title) and rule.requires and rule.claims
    assert all(claim.property and claim.source for claim in rule.claims)
