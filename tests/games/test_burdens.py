"""Lotteries, turns, packages, petitions, punishment, agreements and compositions: T5 numbers, and every rule against a slow twin."""

from dataclasses import dataclass, replace
from fractions import Fraction as F
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games import inspection, public_goods
from encompass.games.environment import hosting
from encompass.games.errors import InputError, NotApplicable
from encompass.games.mechanisms import MECHANISMS
from encompass.games.mechanisms.agreement import CompensationAgreement
from encompass.games.mechanisms.binding_petition import BindingPetition
from encompass.games.mechanisms.composition import Then, contract_of, mechanism_named
from encompass.games.mechanisms.enforcement import Mandate, PeerPunishment, PoolPunishment, complying, crowding
from encompass.games.mechanisms.insurance import Insurance
from encompass.games.mechanisms.liability import LiabilityRule
from encompass.games.mechanisms.lottery import SiteLottery
from encompass.games.mechanisms.mitigation import Design, Mitigation
from encompass.games.mechanisms.package import PackageDeal, VoteTrading, acceptable_packages
from encompass.games.mechanisms.stakes import EncompassingShare
from encompass.games.mechanisms.turns import BurdenPoints, Rotation
from encompass.games.outcome_game import OutcomeGame, Parts, Stream
from encompass.games.rights import HostConsent, Imposition, Unanimity
from encompass.games.staged_game import StagedGame, chance, move
from encompass.solvers.dynamics.rotation import rotation
from encompass.solvers.structure.potential import is_exact_potential_game
from encompass.testing import outcome_games, siting, sitings

A, D = [4, 5, 6, 7, 8], [12, 15, 18, 25, 30]
UNIFORM = tuple(map(F, ("8/5", "2", "12/5", "2", "2")))
SHARED = tuple(map(F, ("8/5", "13/5", "18/5", "23/5", "28/5")))
FEW = settings(deadline=None, max_examples=40)


def t5(rights=None):
    return siting(A, D, rights)


def worth(game, outcome):
    return tuple(game.utilities @ outcome.lottery + outcome.transfers)


def solved(form):
    answer = ec.solve(form.game, form.concept)
    assert answer.complete and all(e.regret == 0 for e in answer.equilibria)
    return answer


def pure(equilibrium):
    return tuple(mix.index(1) for mix in equilibrium.profile)


def stream_of(game, copies=1):
    def blocks():
        for _ in range(copies):
            yield game.counts, game.utilities.astype(float)

    rows = len(game.players) * copies
    return OutcomeGame(Stream(blocks, rows, rows), game.alternatives, rights=Imposition())


# M-21


def test_lotteries_of_the_toilet():
    """M-21: closed form of the maxmin lottery, uniform gains, 15 with payoffs (0, 0, 0, 7, 8), bond 22."""
    game = t5()
    t = (sum(F(a, d) for a, d in zip(A, D)) - 1) / sum(F(1, d) for d in D)
    best = SiteLottery("maxmin").outcome(game)
    assert list(best.lottery) == [0, *((a - t) / d for a, d in zip(A, D))] and set(worth(game, best)) == {t}
    assert round(float(t), 3) == 1.960 and round(float(game.surplus @ best.lottery), 2) == 9.80
    assert worth(game, SiteLottery("uniform").outcome(game)) == UNIFORM
    welfare = SiteLottery("welfare").outcome(game)
    assert worth(game, welfare) == (0, 0, 0, 7, 8) and game.surplus @ welfare.lottery == 15
    assert SiteLottery("uniform").bond(game) == 22 and SiteLottery("welfare").bond(game) == 12


def test_a_lottery_is_accepted_where_every_site_fails():
    """T3c: 2 to each, although every site fails unanimity."""
    game = OutcomeGame([[0, 5, 2, -1], [0, -1, 5, 2], [0, 2, -1, 5]], rights=Unanimity())
    assert worth(game, SiteLottery("uniform").outcome(game)) == (2, 2, 2)
    assert all(min(game.utilities[:, x]) < 0 for x in game.sites)


@given(outcome_games())
@FEW
def test_the_welfare_lottery_is_the_linear_program(game):
    from scipy.optimize import linprog

    outcome = SiteLottery("welfare").outcome(game)
    U = game.utilities.astype(float)
    found = linprog(-game.surplus.astype(float), A_ub=-U, b_ub=np.zeros(len(U)), A_eq=[[1.0] * U.shape[1]], b_eq=[1.0])
    assert outcome.lottery.sum() == 1 and min(outcome.lottery) >= 0 and min(worth(game, outcome)) >= 0
    assert float(game.surplus @ outcome.lottery) == pytest.approx(-found.fun, abs=1e-9)


def test_a_million_residents_by_counts_and_by_stream():
    game = OutcomeGame(t5().utilities, counts=[200_000] * 5, rights=Imposition())
    for kind in ("maxmin", "welfare", "uniform"):
        one, many = SiteLottery(kind).outcome(t5()), SiteLottery(kind).outcome(game)
        assert worth(game, many) == worth(t5(), one)
        streamed = SiteLottery(kind).outcome(stream_of(t5(), 3))
        assert streamed.transfers.shape == (15,)
        assert (t5().utilities @ streamed.lottery).astype(float) == pytest.approx(np.array(worth(t5(), one)).astype(float))
    rng = np.random.default_rng(5)
    rows = rng.normal(1, 2, (1000, 11))
    rows[:, 0] = 0
    large = OutcomeGame(rows, rights=Imposition())
    for kind in ("maxmin", "welfare"):
        assert min(rows @ SiteLottery(kind).outcome(large).lottery) >= -1e-6


def test_lotteries_refuse():
    assert "3 sites" in str(SiteLottery("uniform", 4).refuses(siting([1, 1, 1], [2, 2, 2])))
    assert SiteLottery("welfare").refuses(public_goods.linear(3, "1/2")) is not None
    assert SiteLottery("nash").refuses(stream_of(t5())) is not None
    for wrong in (("lucky", None), ("maxmin", 2), ("uniform", 0)):
        with pytest.raises(InputError):
            SiteLottery(*wrong)


def test_who_tells_more_damage_gains_under_the_maxmin_lottery():
    """The claim that it is not strategy-proof: unit 5 of T5 reports 60 instead of 30."""
    lie = siting(A, [12, 15, 18, 25, 60])
    assert worth(t5(), SiteLottery("maxmin").outcome(lie))[4] > worth(t5(), SiteLottery("maxmin").outcome(t5()))[4]
    lie = siting([4, 5, 6, 7, 6], D)
    told, true = (SiteLottery("welfare").outcome(g) for g in (siting([3, 5, 6, 7, 8], D), t5()))
    assert worth(t5(), told)[0] > worth(t5(), true)[0]


# Compositions


@dataclass(frozen=True)
class HalfGrant:
    """The funder bears half of the cost: a stand-in for a matching grant (M-19)."""

    id: str = "half"
    title: object = SiteLottery("uniform").title
    requires: tuple = ()
    claims: tuple = ()

    def refuses(self, game):
        return None

    def transform(self, game):
        p = game.parts
        parts = Parts(p.benefits, p.damages, p.fees / 2, p.costs, p.grants + game.counts @ p.fees / 2)
        return OutcomeGame.from_parts(parts, rights=game.rights, players=game.players, alternatives=game.alternatives)


def test_a_lottery_over_contracts():
    """M-21+EQ: uniform over the best 1, 2, ... sites with equal sharing: least gain 1.6, 1.3, 1, .5, 0."""
    for k, least in enumerate(("8/5", "13/10", "1", "1/2", "0"), start=1):
        rule = Then(mechanism_named("M-01:EQ"), SiteLottery("uniform", k))
        outcome = rule.outcome(t5())
        assert min(worth(t5(), outcome)) == F(least) and outcome.transfers.sum() == 0
        assert rule.id == f"M-01:EQ+M-21:uniform-{k}" and rule.refuses(t5()) is None
        assert not hasattr(rule, "transform") and not hasattr(rule, "form")
    assert [c.property for c in rule.claims] == ["budget-balanced", "no-deficit", "budget-balanced-in-expectation"]


@pytest.mark.parametrize("first", ["half", "M-01:EQ", "M-01:ES", "M-32", "M-29:dividend"])
@pytest.mark.parametrize("second", ["M-21:uniform", "M-21:maxmin", "M-21:welfare"])
def test_outcomes_are_told_in_the_game_before(first, second):
    """Closed accounting: what residents get in the game between is what they get in the first one with the money that moved."""
    rules = {"half": HalfGrant(), "M-32": LiabilityRule(), "M-29:dividend": EncompassingShare(F(1, 3), "dividend")}
    game = ec.load_case("public-toilet").game
    a, b = rules[first] if first in rules else MECHANISMS[first], SiteLottery(second[5:])
    rule = Then(a, b)
    if first == "M-32":  # what is assessed is paid beside the gains of the game between, under a rule that has chosen already
        assert "changes more than who pays" in str(rule.refuses(game))
        return
    between = a.transform(game)
    assert worth(game, rule.outcome(game)) == worth(between, b.outcome(between))


def test_a_grant_and_equal_shares():
    """Matching then equal shares: both transform; the funder's money shows as a deficit."""
    game = ec.load_case("public-toilet").game
    rule = Then(HalfGrant(), mechanism_named("M-01:EQ"))
    answer = ec.solve(rule.transform(game))
    assert answer.outcomes == ("1",) and tuple(answer.equilibria[0].payoffs) == tuple(map(F, ("18/5", "23/5", "28/5", "33/5", "38/5")))
    assert rule.transfers(game)[:, 1].sum() == 10  # half of the cost of 20, from the funder
    petition = BindingPetition(rule)
    assert petition.outcome(game).transfers.sum() == 10 and petition.bond_needed(game) == F(-18, 5)
    assert [c.property for c in petition.claims] == ["ex-ante-individually-rational"]
    if "M-19:half" in MECHANISMS:
        assert ec.solve(mechanism_named("M-19:half+M-01:EQ").transform(game)).outcomes == ("1",)


def test_forms_and_advice_compose():
    rule = Then(mechanism_named("M-01:EQ"), Mandate(1, 0))
    form = rule.form(t5())
    assert {tuple(e.payoffs) for e in solved(form).equilibria} == {SHARED}
    assert worth(t5(), form.outcome((0,) * 5)) == SHARED
    assert Then(mechanism_named("M-01:EQ"), MECHANISMS["DL-1"]).advise(t5()).shape == (2,) * 5


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("M-21:uniform+M-01:EQ", "leaves no game"),
        ("M-01:EQ+M-01:FC", "needs the damages"),
        ("M-01:EQ+M-02", "needs the damages"),
        ("DL-1+M-21:uniform", "leaves no game"),
        ("M-24(DL-1)", "decides nothing by itself"),
        ("M-24(M-24(M-21:uniform))", None),
        ("M-24(M-01:ES)", None),
        ("M-24(M-02:rebate)", None),
        ("M-24(M-04)", None),
        ("DL-8+M-01:EQ", None),
        ("M-01:EQ+M-24(M-21:uniform)", None),
        ("M-24(M-01:EQ+M-21:uniform)", None),
    ],
)
def test_names_and_nonsense(name, reason):
    rule = mechanism_named(name)
    assert rule.id == name
    found = rule.refuses(t5())
    assert (found is None) if reason is None else reason in str(found)
    if reason is None and hasattr(rule, "outcome"):
        assert rule.outcome(t5()).lottery.sum() == 1


@pytest.mark.parametrize("text", ["", "M-99", "M-24(", "M-24)M-01:EQ(", "M-01:EQ+", "M-01:EQ(M-02)", "M-24()", "M-24" + "(" * 300, "+"])
def test_names_that_are_none(text):
    with pytest.raises(InputError):
        mechanism_named(text)


def test_what_changes_more_than_money_is_solved_not_told():
    game = t5()
    assert "changes what can be chosen" in str(Then(PackageDeal(), SiteLottery("uniform")).refuses(game))
    for rule in (EncompassingShare(F(1, 2)), Mitigation(), Insurance()):
        assert "changes more than who pays" in str(Then(rule, SiteLottery("uniform")).refuses(game))
        assert Then(rule, SiteLottery("uniform")).id == f"{rule.id}+M-21:uniform"
        with pytest.raises(NotApplicable):
            Then(rule, SiteLottery("uniform")).contract(game)
    both = Then(Mitigation((Design(0, F(1, 2)),)), MECHANISMS["M-01:EQ"])  # mitigated, then the rest of the damage shared: a game to solve
    assert "damages" not in str(both.refuses(game)) and both.transform(game).surplus[1] == 24


# M-24


def test_the_binding_petition():
    """P1.15: all sign, gains (1.6, 2, 2.4, 2, 2); bond 22 with a lottery, none with equal shares; p_1 = 1: unit 1 gains -8."""
    petition = BindingPetition()
    form = petition.form(t5())
    answer = solved(form)
    assert all(petition.signs(t5())) and tuple(petition.gains(t5())) == UNIFORM
    assert (0,) * 5 in map(pure, answer.equilibria) and {tuple(e.payoffs) for e in answer.equilibria} == {UNIFORM, (0,) * 5}
    assert petition.bond_needed(t5()) == 22
    assert BindingPetition(MECHANISMS["M-01:EQ"]).bond_needed(t5()) <= 0
    assert BindingPetition(mechanism_named("M-01:EQ+M-21:uniform")).bond_needed(t5()) == F(-8, 5)
    known = BindingPetition(prior=(1, 0, 0, 0, 0))
    assert tuple(known.gains(t5())) == (-8, 5, 6, 7, 8) and list(known.signs(t5())) == [False, True, True, True, True]
    assert {tuple(e.payoffs) for e in solved(known.form(t5())).equilibria} == {(0,) * 5}
    assert worth(t5(), known.outcome(t5())) == (0,) * 5
    assert worth(t5(), BindingPetition(MECHANISMS["M-02"]).outcome(t5())) == UNIFORM


def test_window_units_sign():
    """P1.15: all units in the standoff window 1 < d/a < m sign for a uniform lottery."""
    game = siting([4, 4, 4], [5, 11, 13])
    assert list(BindingPetition().signs(game)) == [True, True, False]


def test_a_bond_that_is_too_small():
    game = t5()
    enough, short = (solved(BindingPetition(bond=b).form(game)) for b in (22, 21))
    assert UNIFORM in {tuple(e.payoffs) for e in enough.equilibria}
    assert UNIFORM not in {tuple(e.payoffs) for e in short.equilibria}
    refused = BindingPetition(bond=21).outcome(game)  # unit 5 would refuse and pay 21 to the others
    assert refused.lottery[0] == F(1, 5) and refused.transfers.sum() == 0 and refused.transfers[4] == F(-21, 5)
    assert worth(game, refused) in {tuple(e.payoffs) for e in short.equilibria}


def by_stages(game, petition):
    """Sign, draw, then honour or refuse, as a tree: the twin of the signing game in normal form."""
    settled, n = petition.contract(game), game.rows
    drawn = [x for x in game.sites if settled.lottery[x] > 0]

    def rules(history):
        if not history:
            return move(range(n), [("sign", "wait")] * n)
        if "wait" in history[0]:
            return [F(0)] * n
        if len(history) == 1:
            return chance([game.alternatives[x] for x in drawn], [settled.lottery[x] for x in drawn])
        x = game.alternatives.index(history[1][0])
        hosts = sorted(game.consent_set(x))
        if len(history) == 2:
            return move(hosts, [("honour", "refuse")] * len(hosts))
        refusing = [i for i, taken in zip(hosts, history[2]) if taken == "refuse"]
        if not refusing:
            return list(game.utilities[:, x] + settled.transfers[:, x])
        return [sum(-petition.bond if i == j else petition.bond / F(n - 1) for j in refusing) for i in range(n)]

    return StagedGame.from_function(game.players, rules)


@given(sitings(max_residents=3), st.integers(0, 12))
@FEW
def test_the_signing_game_is_the_tree(game, bond):
    petition = BindingPetition(bond=bond)
    tree = ec.solve(by_stages(game, petition), "subgame-perfect")
    assert {tuple(e.payoffs) for e in tree.equilibria} == {tuple(e.payoffs) for e in solved(petition.form(game)).equilibria}
    reached = petition.outcome(game)
    assert worth(game, reached) in {tuple(e.payoffs) for e in tree.equilibria} and reached.transfers.sum() == 0


def test_petitions_with_several_hosts_a_site():
    game = OutcomeGame([[0, -2, 3], [0, -4, 3], [0, 5, -1]], rights=HostConsent((frozenset(), frozenset({0, 1}), frozenset({2}))))
    petition = BindingPetition(bond=3)
    tree = {tuple(e.payoffs) for e in ec.solve(by_stages(game, petition), "subgame-perfect").equilibria}
    assert tree == {tuple(e.payoffs) for e in solved(petition.form(game)).equilibria}
    assert worth(game, petition.outcome(game)) in tree


def test_petitions_refuse():
    assert "R-IMPOSE" in str(BindingPetition().refuses(t5(Imposition())))
    assert BindingPetition(prior=(1, 0)).refuses(t5()) is not None
    assert "nothing is left to a prior" in str(BindingPetition(MECHANISMS["M-02"], prior=(1, 0, 0, 0, 0)).refuses(t5()))
    with pytest.raises(InputError):
        BindingPetition(prior=(1, 1))
    with pytest.raises(InputError):
        BindingPetition(bond=-1)
    with pytest.raises(NotApplicable, match="signing game has"):
        BindingPetition(bond=1).form(siting([1] * 12, [2] * 12))
    with pytest.raises(NotApplicable):
        BindingPetition().form(OutcomeGame(t5().utilities, counts=[2] * 5, rights=Unanimity()))
    with pytest.raises(NotApplicable):
        contract_of(MECHANISMS["DL-1"], t5())
    many = OutcomeGame(t5().utilities, counts=[200_000] * 5, rights=Unanimity())
    assert BindingPetition().outcome(many).lottery[0] == 0


# M-22 and M-34


def test_rotation_of_the_toilet():
    """P1.8: delta* = (.741, .741, .741, .831, .856); feasible from .856 on."""
    found = rotation(A, D)
    assert [round(t.least, 3) for t in found.turns] == [0.741, 0.741, 0.741, 0.831, 0.856]
    edge = found.turns[4]
    assert Rotation(edge.high).refusing(t5()) == () and Rotation(edge.low - F(1, 2**40)).refusing(t5()) == (5,)
    assert Rotation(F(74, 100)).refusing(t5()) == (1, 2, 3, 4, 5) and Rotation(F(8, 10)).refusing(t5()) == (4, 5)
    assert worth(t5(), Rotation().outcome(t5())) == UNIFORM
    assert worth(t5(), Rotation(F(1, 2)).outcome(t5())) == (0,) * 5
    first = Rotation(F(9, 10), start=0).outcome(t5())
    assert first.lottery.sum() == 1 and first.lottery[2] / first.lottery[1] == F(9, 10)
    floats = siting([float(a) for a in A], [float(d) for d in D])
    assert Rotation(0.86).refusing(floats) == () and Rotation(0.85).refusing(floats) == (5,)


@given(sitings(), st.fractions(0, F(29, 30), max_denominator=30))
@FEW
def test_rotation_is_proof_at_its_turn_iff_patience_exceeds_the_root(game, delta):
    """A-20, F-P1.8: also against the value of a very long rotation, added up."""
    n = game.rows
    a = [max(game.parts.benefits[i]) for i in range(n)]
    d = [game.parts.damages[i, i + 1] for i in range(n)]
    assert list(Rotation(delta).refusing(game)) == [i + 1 for i in range(n) if a[i] * sum(delta**k for k in range(n)) < d[i]]
    for i in range(n):
        long = sum(delta**k * game.utilities[i, 1 + (i + k) % n] for k in range(3 * n)) * (1 - delta**n)
        assert long == (1 - delta ** (3 * n)) * -Rotation(delta).holding(game)[i]


@given(sitings(max_residents=4), st.fractions(0, F(9, 10), max_denominator=20))
@FEW
def test_the_fine_that_holds_a_rotation_together(game, delta):
    """One-shot deviations: host now, or pay and let the next site take the turn."""
    n, rule = game.rows, Rotation(delta)

    def value(i, j):  # of the endless cycle that begins at place j
        return sum(delta**k * game.utilities[i, 1 + (j + k) % n] for k in range(n)) / (1 - delta**n)

    needed = max(0, *(value(i, i + 1) - value(i, i) for i in range(n)))
    assert rule.fine_needed(game) == needed
    assert Rotation(delta, needed).refusing(game) == ()
    if needed > 0:
        assert Rotation(delta, needed * F(99, 100)).refusing(game) != ()


@pytest.mark.parametrize("rounds", [1, 3, 5, 7])
def test_a_finite_rotation_unravels(rounds):
    """M-22, Fail: the last host leaves, so nobody begins, however patient all are."""
    answer = ec.solve(Rotation(F(99, 100)).finite(t5(), rounds), "subgame-perfect")
    assert {tuple(e.payoffs) for e in answer.equilibria} == {(0,) * 5} and answer.complete
    happy = siting([5, 5], [3, 4])
    assert {tuple(e.payoffs) for e in ec.solve(Rotation(F(1, 2)).finite(happy, 2), "subgame-perfect").equilibria} == {
        (2 + F(5, 2), 5 + F(1, 2))
    }


def test_rotations_refuse():
    assert "R-IMPOSE" in str(Rotation().refuses(t5(Imposition())))
    assert Rotation(1).refuses(t5()) is not None and Rotation(start=5).refuses(t5()) is not None
    assert Rotation().refuses(stream_of(t5())) is not None
    for wrong in ({"discount": 2}, {"fine": -1}, {"start": -1}):
        with pytest.raises(InputError):
            Rotation(**wrong)
    with pytest.raises(NotApplicable):
        Rotation(1).outcome(t5())
    assert Rotation(fine=30).id == "M-22:fine" and Rotation(fine=30).refusing(t5()) == ()


def test_burden_points_of_the_toilet():
    """M-34: the first host is unit 1, then by points; long-run turns in proportion to 1/d."""
    assert BurdenPoints().sequence(t5(), 8) == (1, 2, 3, 1, 4, 2, 5, 1)
    share = [F(1, d) / sum(F(1, x) for x in D) for d in D]
    assert list(BurdenPoints().outcome(t5()).lottery) == [0, *share]
    for T in (50, 5000):
        p = BurdenPoints(T).outcome(t5()).lottery
        assert p.sum() == 1 and max(abs(p[1:] - np.array(share))) <= F(6, T)
    lie = siting(A, [24, *D[1:]])
    assert worth(t5(), BurdenPoints().outcome(lie))[0] > worth(t5(), BurdenPoints().outcome(t5()))[0]


@given(sitings(), st.integers(1, 30))
@FEW
def test_burden_points_are_the_plain_ledger(game, rounds):
    d = [game.parts.damages[i, i + 1] for i in range(game.rows)]
    places = [i for i in range(game.rows) if game.surplus[i + 1] >= 0]
    points, turns = dict.fromkeys(places, F(0)), []
    for _ in range(rounds if places else 0):
        host = min(places, key=lambda i: (points[i] + d[i], i))
        points[host] += d[host]
        turns.append(host + 1)
    assert BurdenPoints().sequence(game, rounds) == tuple(turns)
    assert BurdenPoints().ledger(game, rounds) == {i + 1: total for i, total in points.items()}
    if places:
        assert max(points.values()) - min(points.values()) <= max(d[i] for i in places)
    else:
        assert BurdenPoints(3).outcome(game).lottery[0] == 1


# M-23


def test_packages_of_the_toilet():
    """M-23: least gains -8, -5, 0, 3, 8 for 1..5 facilities by rising d/a; four give (4, 5, 6, 3, 32); unanimous from four on."""
    bundled = PackageDeal().transform(t5())
    columns = [bundled.alternatives.index("+".join("12345"[:k])) for k in range(1, 6)]
    assert [min(bundled.utilities[:, x]) for x in columns] == [-8, -5, 0, 3, 8]
    assert tuple(bundled.utilities[:, columns[3]]) == (4, 5, 6, 3, 32) and bundled.surplus[columns[3]] == 50
    strictly = acceptable_packages(t5(), strictly=True)
    assert {len(package) for package in strictly} == {4, 5} and len(strictly) == 6
    assert "1+2+3+4" in ec.solve(bundled).outcomes
    hosts = PackageDeal("hosts").transform(t5())
    assert hosts.consent_set(hosts.alternatives.index("2+4")) == {1, 3}
    assert len(PackageDeal(most=2).transform(t5()).alternatives) == 16


@given(sitings(), st.data())
@FEW
def test_packages_add_up(game, data):
    """A-21: the hosts of a package of m sites gain m a - d, everybody else m a."""
    package = data.draw(st.sampled_from(PackageDeal().packages(game)))
    bundled = PackageDeal().transform(game)
    u = bundled.utilities[:, bundled.alternatives.index("+".join(game.alternatives[x] for x in package))]
    a = [max(game.parts.benefits[i]) for i in range(game.rows)]
    assert list(u) == [len(package) * a[i] - (game.parts.damages[i, i + 1] if i + 1 in package else 0) for i in range(game.rows)]
    inside = [i for i in range(game.rows) if i + 1 in package]
    assert min(u) == min(
        [len(package) * a[i] - game.parts.damages[i, i + 1] for i in inside]
        + [len(package) * a[i] for i in range(game.rows) if i not in inside]
    )
    assert bundled.parts is not None and bundled.surplus[0] == 0


@given(outcome_games(max_sites=4))
@FEW
def test_acceptable_packages_by_listing(game):
    wanted = [
        tuple(game.alternatives[x] for x in chosen)
        for size in range(len(game.sites) + 1)
        for chosen in combinations(game.sites, size)
        if all(sum((row[x] for x in chosen), start=F(0)) >= 0 for row in game.utilities)
    ]
    if len(game.sites) > 1:
        assert list(acceptable_packages(game)) == wanted
    else:
        assert PackageDeal().refuses(game) is not None


def test_a_logroll_that_destroys_value():
    """M-23, Fail: X and Y fail 1:2, traded together they pass 2:1 with sum -4."""
    game = OutcomeGame([[0, 3, -1], [0, -1, 3], [0, -4, -4]], ("x0", "X", "Y"), rights=Imposition())
    answer = ec.solve(PackageDeal("majority").transform(game))
    assert answer.outcomes == ("X+Y",) and sum(answer.equilibria[0].payoffs) == -4
    assert acceptable_packages(game) == ((),)


def test_vote_trading():
    trades = VoteTrading({(0, 1): [1, 1, -4], (0, 2): [1, -4, 1], (1, 2): [-4, 1, 1]})
    answer = ec.solve(trades.game(), "dominance")
    assert [pure(e) for e in answer.equilibria] == [(1, 1, 1)] if answer.equilibria else True
    assert [pure(e) for e in ec.solve(trades.game()).equilibria] == [(1, 1, 1)]
    assert trades.utilities((1, 1, 1)) == (-2, -2, -2) and trades.member_gains() == (1, 1)
    for wrong in ({}, {(0, 0): [1, 1]}, {(0, 3): [1, 1]}, {(0, 1): [1, 1], (1, 0): [1]}):
        with pytest.raises(InputError):
            VoteTrading(wrong)
    assert PackageDeal().refuses(siting([1] * 17, [1] * 17)) is not None


# M-25 to M-28


def test_a_mandate_is_obeyed_from_four_in_ten_on():
    """M-25: m_d f >= 8; with f = 20 from m_d = .4."""
    assert Mandate().detection_needed(t5()) == F(2, 5)
    above, below = (Mandate(F(m, 100), 20) for m in (41, 39))
    assert {tuple(e.payoffs) for e in solved(above.form(t5())).equilibria} == {(-8, 5, 6, 7, 8)}
    assert {tuple(e.payoffs) for e in solved(below.form(t5())).equilibria} == {(F(-39, 5), 0, 0, 0, 0)}
    assert worth(t5(), above.outcome(t5())) == (-8, 5, 6, 7, 8) and below.outcome(t5()).transfers.sum() == F(-39, 5)


@given(outcome_games(max_rows=4, max_sites=3, max_count=1), st.integers(0, 8))
@FEW
def test_what_a_mandate_comes_to_is_an_equilibrium(game, fine):
    rule = Mandate(F(1, 2), fine)
    assert worth(game, rule.outcome(game)) in {tuple(e.payoffs) for e in solved(rule.form(game)).equilibria}


def test_orders_can_crowd_out():
    """P2.1: an order crowds in iff pi f > chi omega; Fail: chi omega > pi f lowers compliance."""
    uniform = lambda x: min(max(x, F(0)), F(1))  # noqa: E731
    for omega, chi, fine in product((F(1, 5), F(1, 2)), (F(-1, 2), F(1, 2), F(1)), (F(0), F(1, 10), F(1, 2))):
        slope = crowding(omega, chi, fine)
        change = complying(omega, chi, fine, F(1, 4), uniform) - complying(omega, chi, fine, 0, uniform)
        assert change == F(1, 4) * slope and (slope > 0) == (fine > chi * omega)


def test_peers_punish_only_when_bound_to():
    """M-26: four peers need 2 each; in one round nobody pays to punish (second-order free-riding)."""
    rule = PeerPunishment(2, F(1, 2))
    assert rule.harm_needed(t5()) == 2 and rule.harm_needed(t5(), 2) == 4
    assert {tuple(e.payoffs) for e in solved(rule.form(t5())).equilibria} == {(0,) * 5}
    free = {tuple(e.payoffs) for e in solved(PeerPunishment(2, 0).form(t5())).equilibria}
    assert (-8, 5, 6, 7, 8) in free and (0,) * 5 in free
    assert (-8, 5, 6, 7, 8) not in {tuple(e.payoffs) for e in solved(PeerPunishment(F(19, 10), 0).form(t5())).equilibria}
    history = (("refuse",), ("punish", "spare", "spare", "punish"))
    assert worth(t5(), rule.form(t5()).outcome(history)) == (-4, F(-1, 2), 0, 0, F(-1, 2))
    two = siting([4, 5], [5, 9])
    assert {tuple(e.payoffs) for e in solved(rule.form(two)).equilibria} == {(0, 0)}  # Fail: n = 2, one round


def test_a_fund_that_punishes():
    """M-27: a fine of 8 on a refusing host; without fines for not paying one payer is enough, with them all may pay."""
    assert PoolPunishment().fine_needed(t5()) == 8
    one = solved(PoolPunishment(F(1, 10), 9, second_order=False).form(t5())).equilibria
    built = {tuple(e.payoffs) for e in one if e.payoffs[1] > 0}
    assert {sum(u for u in payoffs) for payoffs in built} == {18 - F(1, 10)}  # exactly one fee
    every = {tuple(e.payoffs) for e in solved(PoolPunishment(F(1, 10), 9).form(t5())).equilibria}
    assert (F(-81, 10), F(49, 10), F(59, 10), F(69, 10), F(79, 10)) in every
    small = {tuple(e.payoffs) for e in solved(PoolPunishment(F(1, 10), 7).form(t5())).equilibria}
    assert all(payoffs[1] <= 0 for payoffs in small)
    game = PoolPunishment(F(1, 10), F(7, 10), True).public_good(5, 2)
    assert game.payoff(0, 2, [(0, 0, 4)]) == F(9, 10) == game.payoff(0, 0, [(0, 0, 4)]) and game.payoff(0, 1, [(0, 0, 4)]) == F(3, 10)
    assert PoolPunishment(F(1, 10), F(7, 10), False).public_good(5, 2).payoff(0, 1, [(0, 0, 4)]) == 1
    assert PeerPunishment(F(1, 4), 1).public_good(5, "0.4").n == 5


def test_the_agreement_to_pay():
    """M-28: each of four pays 3 iff all join: the strict equilibrium (4, 2, 3, 4, 5)."""
    form = CompensationAgreement().form(t5())
    (only,) = ec.solve(form.game, "strict").equilibria
    assert tuple(only.payoffs) == (4, 2, 3, 4, 5) and pure(only) == (0, 1, 1, 1, 1)
    assert form.outcome(pure(only)).transfers.sum() == 0
    assert {tuple(e.payoffs) for e in solved(form).equilibria} == {(4, 2, 3, 4, 5), (0,) * 5}
    three = ec.solve(CompensationAgreement(3).form(t5()).game, "strict").equilibria
    assert {sum(pure(e)) for e in three} == {3} and len(three) == 4
    assert sum(min(e.payoffs) >= 1 for e in three) == 4
    joining = CompensationAgreement(3).public_good(5, "0.4")  # KOR5, P3.3
    assert joining.payoff(0, 1, [(2, 2)]) - 1 == F(1, 5) and joining.payoff(0, 0, [(1, 3)]) - 1 == F(6, 5)


def test_orders_and_agreements_refuse():
    for rule in (Mandate(), PeerPunishment(), PoolPunishment(), CompensationAgreement()):
        assert rule.refuses(stream_of(t5())) is not None and rule.refuses(public_goods.linear(3, "1/2")) is not None
        assert rule.refuses(OutcomeGame(t5().utilities, counts=[2] * 5, rights=Imposition())) is not None
        with pytest.raises(NotApplicable):
            rule.form(OutcomeGame(t5().utilities, counts=[2] * 5, rights=Imposition()))
    assert CompensationAgreement(5).refuses(t5()) is not None
    assert CompensationAgreement().refuses(siting([1, 1], [9, 9])) is not None
    assert CompensationAgreement().refuses(siting([1] * 20, [2] * 20)) is not None
    assert PeerPunishment().refuses(siting([1] * 30, [2] * 30)) is not None
    with pytest.raises(NotApplicable):
        Mandate().form(siting([1] * 70, [2] * 70))
    for wrong in (
        lambda: Mandate(2),
        lambda: Mandate(1, -1),
        lambda: PeerPunishment(-1),
        lambda: PoolPunishment(-1),
        lambda: CompensationAgreement(0),
    ):
        with pytest.raises(InputError):
            wrong()


# Appendix A


def test_reports_lower_the_patrol_to_nothing():
    """A-38: x(r) falls in r, and is 0 from g / (g + f) on."""
    reports = [F(k, 40) for k in range(41)]
    for g, f in ((1, 3), (2, 2), (5, 1)):
        needed = [inspection.patrol_needed(g, f, r) for r in reports]
        assert all(a > b or a == b == 0 for a, b in pairwise(needed))
        assert [x == 0 for x in needed] == [r >= F(g, g + f) for r in reports]


@pytest.mark.parametrize("k", [1, 2, 3])
def test_threshold_games_have_a_potential(k):
    """A-39 (the selection by logit dynamics is tested with stochastic stability)."""
    assert is_exact_potential_game(public_goods.threshold(4, k, 5, 2).normal_form())


# What all of them have

ALL = [
    SiteLottery("welfare"), SiteLottery("uniform", 2), BindingPetition(), BindingPetition(bond=3), Rotation(), Rotation(fine=30),
    BurdenPoints(), BurdenPoints(10), PackageDeal(), PackageDeal("hosts"), PackageDeal("majority"), Mandate(), PeerPunishment(),
    PoolPunishment(), PoolPunishment(second_order=False), CompensationAgreement(), CompensationAgreement(3), EncompassingShare(),
    EncompassingShare(kind="others"), EncompassingShare(kind="dividend"), Insurance(), Mitigation(), LiabilityRule(),
    LiabilityRule(levied=True), mechanism_named("M-01:EQ+M-21:uniform"),
]  # fmt: skip
PROPERTIES = {
    "efficient", "strategy-proof", "ex-post-incentive-compatible", "bayes-incentive-compatible", "individually-rational",
    "interim-individually-rational", "ex-ante-individually-rational", "budget-balanced", "no-deficit", "budget-balanced-in-expectation",
    "group-strategy-proof", "coalition-strategy-proof", "false-name-proof", "anonymous", "envy-free", "pareto-improving",
    "coalition-stable", "monotonic", "participation", "quorum-monotonic", "equilibria-efficient", "some-equilibrium-efficient",
    "unique-equilibrium-outcome",
}  # fmt: skip


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_every_rule_says_what_it_is(rule):
    assert str(rule.title) and rule.requires and rule.id
    assert {claim.property for claim in rule.claims} <= PROPERTIES and all(claim.source for claim in rule.claims)
    assert rule.refuses(t5()) is None
    if isinstance(rule, Then):
        return
    assert rule.refuses("a village") is not None and rule.refuses(StagedGame(["1"], ec.games.staged_game.End((F(0),)))) is not None
    assert any(hasattr(rule, way) for way in ("transform", "outcome", "form", "advise"))
    assert hash(rule) is not None and replace(rule) == rule


@pytest.mark.parametrize("rule", [rule for rule in ALL if hasattr(rule, "outcome")], ids=lambda rule: rule.id)
@given(game=outcome_games())
@settings(deadline=None, max_examples=12)
def test_outcomes_are_lotteries_with_closed_accounts(rule, game):
    """Any game over outcomes: a reason, or a lottery, and money that sums to at most what player 0 gives."""
    if rule.refuses(game) is not None:
        return
    outcome = rule.outcome(game)
    assert outcome.lottery.sum() == 1 and min(outcome.lottery) >= 0
    held = {claim.property for claim in rule.claims if claim.holds and not claim.condition}
    paid = game.counts @ outcome.transfers
    assert not ("budget-balanced" in held and paid != 0) and not ("no-deficit" in held and paid > 0)
    if "ex-ante-individually-rational" in held:
        assert min(worth(game, outcome)) >= 0


# What is claimed, in small environments

WORLDS = [
    hosting([4, 5, 6], [[2, 9, 12], [5, 8, 15], [6, 12, 18]]),
    hosting([5, 5, 5], [[1, 6, 12]] * 3),
    hosting([1, 10], [[8, 3], [8, 12]]),
]
DECIDING = [
    SiteLottery("welfare"), SiteLottery("maxmin"), SiteLottery("uniform"), BindingPetition(), Rotation(), Rotation(fine=30), BurdenPoints(),
    Mandate(), PoolPunishment(), CompensationAgreement(), mechanism_named("M-01:EQ+M-21:uniform"),
]  # fmt: skip


def violated(rule, world, name):
    """Whether ``name`` fails somewhere in ``world``, by definition, all types and all lies gone through."""
    for types in product(*world.types):
        game = world.problem(types)
        if rule.refuses(game) is not None:
            continue
        if not hasattr(rule, "outcome"):
            form = rule.form(game)
            ends = [form.outcome(pure(e)) for e in ec.solve(form.game, form.concept).equilibria] if form.concept == "pure" else []
        else:
            ends = [rule.outcome(game)]
        for end in ends:
            paid = end.transfers.sum()
            worst = [min(u for u, p in zip(row, end.lottery) if p) + t for row, t in zip(game.utilities, end.transfers)]
            missed = game.surplus @ end.lottery < game.most
            if {"budget-balanced": paid != 0, "no-deficit": paid > 0, "individually-rational": min(worst) < 0}.get(name, False):
                return True
            if name == "ex-ante-individually-rational" and min(worth(game, end)) < 0:
                return True
            if name in ("efficient", "equilibria-efficient") and missed:
                return True
        if name == "some-equilibrium-efficient" and all(game.surplus @ end.lottery < game.most for end in ends):
            return True
        if name == "strategy-proof":
            for i, own in enumerate(world.types):
                for lie in own:
                    told = world.problem((*types[:i], lie, *types[i + 1 :]))
                    if rule.refuses(told) is None and game.worth(i, rule.outcome(told)) > game.worth(i, ends[0]):
                        return True
    return False


@pytest.mark.parametrize("rule", DECIDING, ids=lambda rule: rule.id)
def test_claims_hold_and_disclaimers_have_witnesses(rule):
    for claim in rule.claims:
        if claim.property in ("anonymous", "budget-balanced-in-expectation") or (claim.holds and claim.condition):
            continue
        if isinstance(rule, PoolPunishment) and claim.property == "individually-rational":
            continue  # a staged form: the toilet itself is the witness, see above
        found = [violated(rule, world, claim.property) for world in WORLDS]
        assert any(found) is not claim.holds, claim
