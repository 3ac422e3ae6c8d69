"""Collections, matching, quadratic funding, suppliers, shared costs and traffic: the numbers of ATLAS and slow twins of every rule."""

from fractions import Fraction as F
from functools import cache
from itertools import combinations, product
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games import traffic
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.exact import root
from encompass.games.fund import Fund, RootGood, funds, root_goods
from encompass.games.grant_round import GrantRound, LocalGoods, grant_rounds, local_goods, sixteen_projects
from encompass.games.maximin import maximin_lottery
from encompass.games.mechanisms.assurance import DominantAssurance, ProvisionPoint
from encompass.games.mechanisms.cost_sharing import EqualAccess, JointProduction, SerialCostSharing, serial_shares
from encompass.games.mechanisms.hub import MatchingHub, Needs
from encompass.games.mechanisms.matching import MatchedLevels, MatchedProjects, MatchingGrant, contributed_level, efficient_share
from encompass.games.mechanisms.quadratic_funding import (
    QuadraticFunding,
    QuadraticGiving,
    capped_equilibrium,
    log_equilibrium,
    quadratic_funding,
)
from encompass.games.normal_form import NormalForm
from encompass.games.outcome_game import OutcomeGame
from encompass.games.rights import Imposition
from encompass.testing import siting

T5 = siting([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])


def ends(mechanism, game):
    """The outcomes of all equilibria of the mechanism's form, each checked against the payoffs of the solved game."""
    form = mechanism.form(game)
    answer = ec.solve(form.game, form.concept)
    assert answer.complete and form.game.players == game.players
    found = []
    for e in answer.equilibria:
        outcome = form.outcome(tuple(mix.index(1) for mix in e.profile))
        assert tuple(game.worth(i, outcome) for i in range(len(game.players))) == tuple(e.payoffs)
        found.append(outcome)
    return found


def made(outcome):
    return bool(outcome.served[0]) if hasattr(outcome, "served") else outcome.lottery[0] == 0


# Pledges: M-15 to M-18


def test_the_compensation_fund_of_the_toilet():
    """M-15, C = 12: zero is an equilibrium; C = 8: household 5 alone just bridges the gap, and is indifferent."""
    damage = ends(ProvisionPoint(grid=range(9)), T5)
    assert any(not made(o) and not any(o.transfers) for o in damage) and any(map(made, damage))
    assert all(o.transfers.sum() == 0 and (T5.utilities @ o.lottery + o.transfers).min() >= 0 for o in damage)
    assert all(o.transfers[0] == 12 for o in damage if made(o))
    loss = ends(ProvisionPoint(grid=range(9), compensate="loss"), T5)
    pivotal = [o for o in loss if made(o) and o.transfers[4] == -8]
    assert pivotal and T5.worth(4, pivotal[0]) == 0
    assert not all(map(made, loss))


def test_a_plain_assurance_contract_has_twelve_equilibria():
    found = ends(ProvisionPoint(grid=(0, "2.1"), compensate="loss"), T5)
    assert len(found) == 12 and sum(map(made, found)) == 1


def test_rebates():
    form = ProvisionPoint(rebate="proportional", grid=range(6)).form(T5)
    outcome = form.outcome((0, 3, 3, 4, 5))
    assert list(outcome.transfers) == [12, F("-2.4"), F("-2.4"), F("-3.2"), -4]
    assert list(ProvisionPoint(grid=range(6)).form(T5).outcome((0, 3, 3, 4, 5)).transfers) == [15, -3, -3, -4, -5]
    fund = Fund((5, 6, 7, 8), 12)
    kept = ProvisionPoint(grid=range(6)).form(fund).outcome((3, 3, 4, 5))
    assert kept.transfers.sum() + fund.spent(kept) == -3  # the excess stays with the fund


def test_the_dominant_assurance_contract_of_the_toilet():
    """M-17: 2.1 each, decided by dominance; no other play survives."""
    form = DominantAssurance().form(T5)
    assert form.concept == "dominance"
    (outcome,) = ends(DominantAssurance(), T5)
    assert list(outcome.transfers) == [F("8.4"), *[F("-2.1")] * 4]
    assert list(T5.utilities @ outcome.lottery + outcome.transfers) == [F("0.4"), F("2.9"), F("3.9"), F("4.9"), F("5.9")]
    assert outcome.alternative == 1


def test_free_riding_returns_when_not_all_are_needed():
    found = ends(DominantAssurance(price="2.1", bonus="0.2", needed=3), Fund((5, 6, 7, 8), "6.3"))
    payers = {tuple(i for i, t in enumerate(o.transfers) if t < 0) for o in found}
    assert payers == set(combinations(range(4), 3))


def test_one_who_values_it_less_makes_the_promoter_pay():
    fund = Fund((2, 6, 7, 8), "8.4")
    form = DominantAssurance(price="2.1", bonus="0.2").form(fund)
    assert form.concept == "pure"
    (outcome,) = ends(DominantAssurance(price="2.1", bonus="0.2"), fund)
    assert list(outcome.transfers) == [0, F("0.2"), F("0.2"), F("0.2")]
    with pytest.raises(NotApplicable, match="does not cover"):
        DominantAssurance(price=2, needed=3).form(T5)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4), st.integers(0, 9))
@settings(deadline=None, max_examples=40)
def test_accepting_is_dominant_iff_the_price_is_not_above_the_value(values, price):
    """A-16, with all needed: never worse whatever others do; and with one fewer, somebody free-rides."""
    mechanism = DominantAssurance(price=price, bonus=1)
    cost = F(price * len(values)) or F(1)
    if mechanism.refuses(Fund(values, cost)) is not None:
        return
    game = mechanism.form(Fund(values, cost)).game
    for i, v in enumerate(values):
        accepts = [game.table[i].take(1, axis=i), game.table[i].take(0, axis=i)]
        assert (accepts[0] >= accepts[1]).all() == (price <= v)


def test_refund_bonuses_of_the_atlas():
    """M-18: 130 equilibria without a bonus, all sums are 8 with one, and 7.75 where it is the whole net value."""
    quarters = tuple(F(k, 4) for k in range(33))
    fund = Fund((5, 6), 8)
    plain = ends(ProvisionPoint(grid=quarters), fund)
    assert len(plain) == 130 and not all(map(made, plain))
    some = ends(ProvisionPoint(grid=quarters, bonus=1), fund)
    assert some and all(o.transfers.sum() == -8 for o in some)
    whole = ProvisionPoint(grid=quarters, bonus=3)
    pledged = [
        [quarters[mix.index(1)] for mix in e.profile] for e in ec.solve(whole.form(fund).game, "pure").equilibria
    ]  # fails: the promoter pays
    assert {sum(g) for g in pledged} == {F(31, 4)}
    assert all(not made(o) and o.transfers.sum() == 3 for o in ends(whole, fund))


@given(st.lists(st.integers(0, 5), min_size=2, max_size=3), st.integers(1, 9), st.integers(1, 4))
@settings(deadline=None, max_examples=40)
def test_every_equilibrium_provides_with_a_refund_bonus(values, cost, quarter):
    """A-17 on a grid: 0 < R < net less one step for every payer but one."""
    fund = Fund(values, cost)
    room = fund.net - (len(values) - 1)
    if room > 0:
        mechanism = ProvisionPoint(grid=range(max(values) + 1), bonus=room * F(quarter, 5))
        assert all(map(made, ends(mechanism, fund)))


@given(st.lists(st.integers(0, 5), min_size=2, max_size=3), st.integers(1, 9))
@settings(deadline=None, max_examples=30)
def test_provision_equilibria_are_the_efficient_sums(values, cost):
    """Bagnoli and Lipman: the good is made in an equilibrium iff the pledges sum to C and nobody pledges more than its value."""
    form = ProvisionPoint(grid=range(max(*values, 1) + 1)).form(Fund(values, cost))
    profiles = {tuple(mix.index(1) for mix in e.profile) for e in ec.solve(form.game, "pure").equilibria}
    wanted = {a for a in form.game.profiles() if sum(a) == cost and all(g <= v for g, v in zip(a, values))}
    assert {a for a in profiles if sum(a) >= cost} == wanted
    assert ((0,) * len(values) in profiles) == (max(values) <= cost)


def test_floats_are_decided_as_the_numbers_they_are():
    game = siting([4, 5, 6, 7, 8], [12.0, 15.0, 18.0, 25.0, 30.0])
    form = DominantAssurance().form(game)
    assert not form.game.exact
    assert form.outcome((0, 1, 1, 1, 1)).transfers.tolist() == pytest.approx([8.4, -2.1, -2.1, -2.1, -2.1])
    twelfths = ProvisionPoint().form(Fund((0.3, 0.3, 0.4), 0.7))
    assert not twelfths.game.exact
    assert made(twelfths.outcome((4, 4, 4))) and not made(twelfths.outcome((4, 4, 3)))


def test_what_a_collection_refuses():
    for mechanism in (ProvisionPoint(), DominantAssurance()):
        assert "best site" in str(mechanism.refuses(RootGood((1, 2))))
        assert mechanism.refuses(siting([1] * 20, list(range(2, 22)))) is not None
        with pytest.raises(NotApplicable):
            mechanism.form(RootGood((1, 2)))
    assert "nothing to collect" in str(DominantAssurance().refuses(siting([5, 5, 5], [3, 9, 9])))
    assert "only total gains" in str(ProvisionPoint().refuses(OutcomeGame([[0, 3], [0, -1]])))
    harmed = OutcomeGame([[0, 9], [0, -1], [0, -2]], rights=T5.with_rights(Imposition()).rights)
    assert ProvisionPoint(compensate="loss").refuses(harmed) is None  # all who lose are compensated
    assert "only 4 payers" in str(DominantAssurance(needed=9).refuses(T5))
    with pytest.raises(InputError):
        ProvisionPoint(rebate="all")
    with pytest.raises(InputError):
        DominantAssurance(compensate="half")
    with pytest.raises(InputError):
        Fund((1,), 0)


def test_what_every_collection_does_to_the_toilet():
    """By default: pledges of twelfths of the damage of 12, and of the loss of 8 for the dominant contract."""
    found = {m.id: ends(m, T5) for m in (ProvisionPoint(), ProvisionPoint(rebate="proportional"), ProvisionPoint(bonus_share="1/2"))}
    assert [(name, len(o), sum(map(made, o))) for name, o in found.items()] == [("M-15", 389, 260), ("M-16", 389, 260), ("M-18", 34, 34)]
    assert all(o.transfers.sum() == 0 for o in found["M-18"])  # the bonus is never paid
    assert min(T5.worth(i, o) for o in found["M-18"] for i in range(5)) >= 0


# Matching: M-19


def test_paying_for_the_building_does_not_site_it():
    """P1.16: host nets, least d/a, and the best lottery at local shares 1, 1/2 and 0."""
    game = ec.load_case("public-toilet").game
    for share, net, ratio, lottery in ((1, -8, 3, "1.96"), (F(1, 2), -6, 2, "3.96"), (0, -4, F(3, 2), "5.96")):
        after = MatchingGrant(share).transform(game)
        assert after.utilities[0, 1] == net
        assert min(d / (u + d) for d, u in zip((12, 15, 18, 25, 30), after.utilities[range(5), range(1, 6)])) == ratio
        assert float(maximin_lottery(after).value) == pytest.approx(float(lottery), abs=0.005)
        assert (after.surplus == game.surplus).all() and after.grants[1] == (1 - share) * 20
        assert set(ec.solve(after).outcomes) == {"x0"}
    assert "no fees" in str(MatchingGrant().refuses(T5))
    assert "only total gains" in str(MatchingGrant().refuses(OutcomeGame([[0, 1]])))
    assert MatchingGrant().refuses(Fund((1,), 1)) is not None


@given(st.lists(st.fractions(0, 4, max_denominator=4), min_size=1, max_size=3), st.fractions(0, 2, max_denominator=4))
@settings(deadline=None, max_examples=30)
def test_the_efficient_local_share(weights, spill):
    """P9.2: m = 1/(1 + sigma), and no other share is better; each level is the best for its community against all others."""
    game, best = LocalGoods(weights, spill), efficient_share(spill)
    assert game.welfare(MatchedLevels(best).outcome(game)) == game.most
    for share in (F(1, 2), F(1), best):
        found = MatchedLevels(share).outcome(game)
        assert game.welfare(found) <= game.most
        for theta, r in zip(game.weights, found.roots):
            worth = [2 * theta * x - share * x * x for x in (r, r + F(1, 3), max(r - F(1, 3), 0))]
            assert worth[0] == max(worth)


def test_the_law_of_one_over_n():
    """P9.1: with a local share of 1/12 the good is 144 times as large as without."""
    assert MatchedLevels(F(1, 12)).outcome(LocalGoods((2,))).roots[0] ** 2 == 144 * 4
    assert efficient_share("1/4") == F(4, 5) and efficient_share("1/2") == F(2, 3)


def test_co_funding_screens():
    """P9.3, A-36. At m = 0 the budget of 500 does not reach all 570 that are asked for: 206.25 is without it."""
    rich, S16 = sixteen_projects(budget=570), sixteen_projects()
    assert sum(S16.costs) == 570 and S16.most == F(1881, 8)
    assert sum(s > 0 for s in S16.social) == 11 and sum(K for s, K in zip(S16.social, S16.costs) if s > 0) == 393
    found = {
        m: (len(MatchedProjects(m).applications(S16)), rich.welfare(MatchedProjects(m).outcome(rich))) for m in (0, F(1, 2), F(4, 5), 1)
    }
    assert found == {0: (16, F(825, 4)), F(1, 2): (16, F(825, 4)), F(4, 5): (13, F(1881, 8)), 1: (10, F(1851, 8))}
    assert S16.welfare(MatchedProjects(0).outcome(S16)) < F(825, 4)
    assert MatchedProjects(F(4, 5)).outcome(S16).transfers.sum() == F("91.2")
    applied = MatchedProjects(F(4, 5)).applications(S16)
    assert sum(S16.social[j] == 0 for j in applied) == 2 and min(S16.social[j] for j in applied) == 0
    welfare = {m: rich.welfare(MatchedProjects(m).outcome(rich)) for m in (F(k, 20) for k in range(21))}
    assert welfare[F(4, 5)] == max(welfare.values()) == S16.most


def test_grant_rounds():
    problem = grant_rounds([[(3, 5), (8, 7)], [(4,)]], [10, 6, 5], [0, 1, 0], "1/4").problem(((8, 7), (4,)))
    assert problem.values == (8, 4, 7) and problem.players == ("1", "2")
    outcome = MatchedProjects(F(4, 5)).outcome(problem)
    assert outcome.built == (True, False, True)
    assert problem.worth(0, outcome) == 15 - 15 + 3 and problem.worth(1, outcome) == F(15, 4)
    assert problem.worth(0, outcome) + problem.worth(1, outcome) - outcome.transfers.sum() == problem.welfare(outcome)
    assert local_goods([[1], [2]]).problem((1, 2)).most == 5
    with pytest.raises(InputError):
        GrantRound((1,), (1,), (1,))
    with pytest.raises(NotApplicable):
        MatchedProjects().outcome(Fund((1,), 1))
    with pytest.raises(NotApplicable):
        MatchedLevels().outcome(T5)


def test_lump_sums_crowd_out_and_matching_crowds_in():
    """P9.5 against the game of contributions on a grid: u_i = theta_i ln Q - c_i."""
    assert contributed_level((4, 2, 1, 1)) == 4 and contributed_level((4, 2), match="1/2") == 6
    assert contributed_level((4, 2), grant=3) == 4 and contributed_level((4, 2), grant=9) == 9
    for match, grant in ((0, 0), (0, 2), (0, 6), (1, 0), (1, 2)):
        assert levels_on_a_grid((4, 2), match, grant) == {contributed_level((4, 2), match, grant)}


def levels_on_a_grid(weights, match, grant):
    """The sizes of the good in all equilibria of the game of contributions 0, 1/2, ..., 6."""
    grid = [k / 2 for k in range(13)]

    def level(a):
        return (1 + match) * sum(grid[x] for x in a) + grant

    def worth(a):
        return [theta * log(level(a)) - grid[x] if level(a) else -1e6 for theta, x in zip(weights, a)]

    game = NormalForm.from_function(worth, [tuple(map(str, grid))] * len(weights))
    return {level([mix.index(1) for mix in e.profile]) for e in ec.solve(game, "pure").equilibria}


# Quadratic funding: M-20


def test_quadratic_funding_of_the_atlas():
    two = RootGood((1, 1))
    found = QuadraticFunding().outcome(two)
    assert (found.funding, -found.transfers.sum(), found.subsidy) == (4, 2, 2)
    cleaning = QuadraticFunding().outcome(RootGood([F(b, 10) for b in (8, 9, 10, 11, 12)]))
    assert (cleaning.funding, -cleaning.transfers.sum(), cleaning.subsidy) == (25, F("5.1"), F("19.9"))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=3))
@settings(deadline=None, max_examples=30)
def test_giving_the_square_is_dominant(weights):
    """A-18, F-M-20: c_i = theta_i^2 is the only best reply whatever others give; solved as a game by dominance."""
    game = RootGood(weights)
    (outcome,) = ends(QuadraticGiving((0, 1, 2, 3)), game)
    direct = QuadraticFunding().outcome(game)
    assert outcome.root == direct.root and list(outcome.transfers) == list(direct.transfers)
    assert game.welfare(outcome) == game.most


@given(st.integers(1, 5), st.integers(1, 4))
def test_names_are_matched_with_each_other(theta, names):
    """One person of weight theta under k names gets k^2 theta^2 and pays k theta^2."""
    found = quadratic_funding([theta * theta] * names)
    assert found.funding == names**2 * theta**2 and sum(found.contributions) == names * theta**2
    game = RootGood((theta,))
    told = game.split(0, [game] * names)
    outcome = QuadraticFunding().outcome(told)
    assert outcome.funding == found.funding and outcome.subsidy == found.subsidy


def test_sums_of_roots_are_rational_where_they_can_be():
    assert quadratic_funding((2, 2, 8)).funding == 32
    assert quadratic_funding((1, 2)).funding == pytest.approx(3 + 2 * 2**0.5)
    assert quadratic_funding((0, 0)).funding == 0
    assert root(F(9, 4)) == F(3, 2) and isinstance(root(F(2)), float)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_the_logarithmic_equilibrium(weights):
    """Every first-order condition holds, and no other contribution is better."""
    found = log_equilibrium(weights)
    assert found.funding == sum(weights) and quadratic_funding(found.contributions).funding == found.funding
    roots = [float(root(c)) for c in found.contributions]
    for i, a in enumerate(weights):
        rest = sum(roots) - roots[i]
        worth = [a * 2 * log(rest + s) - s * s for s in (roots[i], roots[i] * 0.9, roots[i] * 1.1)]
        assert worth[0] == max(worth)


def test_a_capped_match_is_not_efficient():
    """Half-matched quadratic funding: the equilibrium of the game, the closed form, and less than the best."""
    match = F(62, 100)
    formula = capped_equilibrium(2, 1, match)
    assert formula.contributions == (F("0.81"), F("0.81")) and formula.funding == F("1.62") ** 2
    game = RootGood((1, 1))
    form = QuadraticGiving(tuple(F(k, 10) for k in range(21)), match).form(game)
    (answer,) = ec.solve(form.game, "pure").equilibria
    outcome = form.outcome(tuple(mix.index(1) for mix in answer.profile))
    assert list(outcome.transfers) == [F("-0.81")] * 2 and outcome.funding == pytest.approx(float(formula.funding))
    assert game.welfare(outcome) < game.most
    assert capped_equilibrium(3, 2, 1).funding == 36
    assert "do not fit" in str(QuadraticGiving((0, 1, 2)).refuses(RootGood((1,) * 12)))


# Suppliers: M-37


def test_duplication_by_suppliers():
    """P8.3: sharing credit both serve need 1 (value 10); credited with what they add they serve both (14)."""
    needs = Needs((10, 4), 2)
    shared, marginal = (ends(MatchingHub(credit), needs) for credit in ("shared", "marginal"))
    assert [o.needs for o in shared] == [(0, 0)] and needs.welfare(shared[0]) == 10
    assert {o.needs for o in marginal} == {(0, 1), (1, 0)} and {needs.welfare(o) for o in marginal} == {14}
    potential = ec.find_potential(MatchingHub().form(needs).game)
    assert potential[(0, 1)] - potential[(0, 0)] == 4


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_the_value_is_a_potential_and_its_best_an_equilibrium(data):
    values = data.draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    places = st.sets(st.integers(0, len(values) - 1), min_size=1)
    able = data.draw(st.lists(places.map(tuple), min_size=1, max_size=3))
    needs = Needs(values, len(able), able)
    assert needs.most == max(needs.value(choice) for choice in product(*able))
    found = ends(MatchingHub(), needs)
    assert max(map(needs.welfare, found)) == needs.most
    assert all(2 * needs.welfare(o) > needs.most and o.transfers.sum() <= needs.value(o.needs) for o in found)
    everywhere = Needs(values, len(able))
    assert {everywhere.welfare(o) for o in ends(MatchingHub(), everywhere)} == {everywhere.most}
    game = MatchingHub().form(needs).game
    for a in game.profiles():  # the difference that one makes is the difference of the value
        for i, own in enumerate(able):
            for k in range(len(own)):
                b = (*a[:i], k, *a[i + 1 :])
                served = [needs.value([own[x] for own, x in zip(able, play)]) for play in (a, b)]
                assert game.payoffs(b)[i] - game.payoffs(a)[i] == served[1] - served[0]


# Shared costs


@given(st.lists(st.integers(0, 6), min_size=1, max_size=4))
def test_serial_shares(demands):
    """Moulin and Shenker: sum to the cost, equal demands pay equally, and nobody's share depends on larger demands."""
    cost = lambda q: q * q  # noqa: E731
    shares = serial_shares(demands, cost)
    assert sum(shares) == cost(sum(demands))
    for i, j in product(range(len(demands)), repeat=2):
        assert demands[i] != demands[j] or shares[i] == shares[j]
    top = demands.index(max(demands))
    more = serial_shares([q + 5 if i == top else q for i, q in enumerate(demands)], cost)
    assert all(more[i] == shares[i] for i in range(len(demands)) if i != top)


def test_demands_under_serial_shares_have_one_equilibrium():
    game = JointProduction(((0, 40, 67), (0, 13, 15)), tuple(5 * q * q for q in range(5)))
    (outcome,) = ends(SerialCostSharing(), game)
    assert game.worth(0, outcome) + game.worth(1, outcome) == game.welfare(outcome)
    assert game.most == max(a + b - game.costs[p + q] for (p, a), (q, b) in product(enumerate(game.values[0]), enumerate(game.values[1])))
    with pytest.raises(InputError):
        JointProduction(((0, 1),), (0,))
    with pytest.raises(InputError):
        serial_shares((1, 2), lambda q: q + 1)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=4), st.integers(1, 12))
def test_equal_access(values, cost):
    """Moulin: the largest group whose members all pay C/k or less than they value it; the budget balances."""
    fund = Fund(values, cost)
    outcome = EqualAccess().outcome(fund)
    groups = [k for k in range(1, len(values) + 1) if sum(v * k >= cost for v in values) >= k]
    assert sum(outcome.served) == max(groups, default=0)
    assert outcome.transfers.sum() + fund.spent(outcome) == 0
    assert all(fund.worth(i, outcome) >= 0 for i in range(len(values))) and fund.envy(outcome) <= 0
    assert fund.welfare(outcome) <= fund.most


def test_equal_access_is_proof_against_every_group():
    kinds = (0, 1, 2, 3, 6)
    decided = cache(lambda reports: EqualAccess().outcome(Fund(reports, 6)))
    for types in product(kinds, repeat=3):
        fund = Fund(types, 6)
        now = [fund.worth(i, decided(types)) for i in range(3)]
        for reports in product(kinds, repeat=3):
            gains = [fund.worth(i, decided(reports)) - now[i] for i in range(3)]
            liars = [i for i in range(3) if reports[i] != types[i]]
            assert not liars or min(gains[i] for i in liars) < 0 or max(gains) <= 0


def test_environments_and_their_problems():
    assert funds([[1, 2], [1, 2]], 3).alike and funds([[1, 2]] * 2, 3).problem((1, 2)).net == 0
    assert root_goods([[1], [2]]).problem((1, 2)).most == 9
    game = RootGood((1, 2))
    assert game.without(0).weights == (0, 2) and game.split(0, [RootGood((3, 2)), RootGood((4, 2))]).weights == (3, 2, 4)
    fund = Fund((1, 2), 3)
    assert fund.without(1).values == (1, 0) and fund.split(1, [fund, fund]).values == (1, 2, 2)
    with pytest.raises(InputError):
        Fund((1, 2), 3, ("a",))


# Traffic


def test_braess_and_pigou():
    network = traffic.braess()
    assert traffic.equilibrium(network).each == 2 and traffic.equilibrium(network.without(4)).each == F(3, 2)
    assert traffic.price_of_anarchy(network) == F(4, 3)
    assert traffic.price_of_anarchy(traffic.pigou()) == F(4, 3) and traffic.optimum(traffic.pigou()).total == F(3, 4)
    assert traffic.marginal_tolls(traffic.pigou()) == (F(1, 2), 0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=5, max_size=5), st.integers(1, 3))
@settings(deadline=None, max_examples=60)
def test_traffic_against_its_definition(costs, demand):
    """Used paths are cheapest; the optimum beats a grid of flows; tolls bring it about; at most 4/3 (Roughgarden and Tardos)."""
    ends_ = (("s", "v"), ("v", "t"), ("s", "w"), ("w", "t"), ("v", "w"))
    network = traffic.Network(tuple((*uv, *ab) for uv, ab in zip(ends_, costs)), "s", "t", demand)
    flow, best = traffic.equilibrium(network), traffic.optimum(network)
    road = [a * x + b for (_, _, a, b), x in zip(network.roads, flow.roads)]
    price = [sum(road[e] for e in path) for path in network.paths]
    assert sum(flow.paths) == demand and all(f == 0 or p == min(price) for f, p in zip(flow.paths, price))
    for p, q in product(range(7), repeat=2):
        if p + q <= 6:
            split = [F(demand * k, 6) for k in (p, q, 6 - p - q)]
            on = [sum(f for path, f in zip(network.paths, split) if e in path) for e in range(5)]
            assert sum(x * (a * x + b) for (_, _, a, b), x in zip(network.roads, on)) >= best.total
    tolled = traffic.equilibrium(network.tolled(traffic.marginal_tolls(network)))
    assert sum(x * (a * x + b) for (_, _, a, b), x in zip(network.roads, tolled.roads)) == best.total
    assert 1 <= traffic.price_of_anarchy(network) <= F(4, 3)


def test_what_traffic_refuses():
    with pytest.raises(InputError):
        traffic.equilibrium(traffic.Network((("s", "v", 1, 0),), "s", "t"))
    many = tuple((str(i), str(i + 1), 1, k) for i in range(4) for k in range(2))
    with pytest.raises(SizeError):
        traffic.equilibrium(traffic.Network(many, "0", "4"))
    floats = traffic.Network((("s", "t", 1.0, 0.0), ("s", "t", 0.0, 1.0)), "s", "t")
    assert traffic.price_of_anarchy(floats) == pytest.approx(4 / 3)
