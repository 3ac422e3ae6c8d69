"""Mechanisms before and after: Appendix B exactly, closed accounting (A-48), and the properties A-07 and A-08."""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.errors import EncompassError, InputError, NotApplicable
from encompass.games.exact import array, zeros
from encompass.games.mechanisms import MECHANISMS, Outcome
from encompass.games.mechanisms.lottery import nash_gap
from encompass.games.mechanisms.registry import USUAL
from encompass.games.outcome_game import OutcomeGame, Parts, Stream
from encompass.games.rights import HostConsent, Imposition, Liability, Unanimity
from encompass.solvers.standoff.fairness import blocking_gain, envy
from encompass.solvers.standoff.trial import Before, best_advice
from encompass.testing import outcome_games, siting, sitings

T5 = ([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])
FAST = [name for name in USUAL if name != "M-21:nash"]
ALL = [name for name in MECHANISMS if name != "M-21:nash"]


def toilet():
    """T5 with its benefits and costs, as the case gives them."""
    return ec.load_case("public-toilet").game


APPENDIX_B = {  # transfers, payoffs, surplus (+) or deficit (-), envy-free
    "M-01:EQ": ("48/5 -12/5 -12/5 -12/5 -12/5", "8/5 13/5 18/5 23/5 28/5", "0", True),
    "M-01:FC": ("12 -3 -3 -3 -3", "4 2 3 4 5", "0", True),
    "M-01:ES": ("58/5 -7/5 -12/5 -17/5 -22/5", "18/5 18/5 18/5 18/5 18/5", "0", False),
    "M-02": ("48/5 -3 -18/5 -5 -6", "8/5 2 12/5 2 2", "8", False),
    "M-02:rebate": ("56/5 -7/5 -2 -17/5 -22/5", "16/5 18/5 4 18/5 18/5", "0", False),
    "M-04": ("57/5 -18/5 -3 -3 -3", "17/5 7/5 3 4 5", "6/5", False),
    "M-06:veto": ("15 0 0 0 0", "7 5 6 7 8", "-15", True),
    "M-06:imposition": ("0 -12 -12 -12 -12", "-8 -7 -6 -5 -4", "48", True),
}


APPENDIX_B |= {
    "M-05": ("169/15 -7/5 -31/15 -17/5 -22/5", "49/15 18/5 59/15 18/5 18/5", "0", False),  # equal above average, one of its ends
    "M-08": ("272/25 -44/25 -12/5 -76/25 -92/25", "72/25 81/25 18/5 99/25 108/25", "0", False),
    "M-11": ("8 0 0 0 0", "0 5 6 7 8", "-8", False),
    "M-13": APPENDIX_B["M-01:ES"],
    "M-17": ("42/5 -21/10 -21/10 -21/10 -21/10", "2/5 29/10 39/10 49/10 59/10", "0", False),
    "mandate": ("0 0 0 0 0", "-8 5 6 7 8", "0", False),
    "M-03 truth": ("15 -15/4 -15/4 -15/4 -15/4", "7 5/4 9/4 13/4 17/4", "0", False),
    "M-02 at 10": ("10 -5/2 -5/2 -5/2 -5/2", "2 5/2 7/2 9/2 11/2", "0", True),
}


def decided_on_t5(name):
    """The outcome whose row of Appendix B is ``name``, where compare shows another end or there is no such id."""
    game = toilet()
    if name == "mandate":
        return Outcome(np.array([Fraction(int(x == game.best)) for x in range(6)], dtype=object), zeros(5, like=game.utilities))
    if name == "M-03 truth":
        return MECHANISMS["M-03"].outcome(game)
    if name == "M-02 at 10":
        return MECHANISMS["M-02"].outcome(game, [10] * 5)
    return MECHANISMS[name].outcome(game)


@pytest.mark.parametrize("name", ["M-05", "mandate", "M-03 truth", "M-02 at 10"])
def test_appendix_b_of_decisions(name):
    transfers, payoffs, budget, envy_free = APPENDIX_B[name]
    game, outcome = toilet(), decided_on_t5(name)
    assert tuple(outcome.transfers) == tuple(map(Fraction, transfers.split()))
    assert tuple(game.worth(i, outcome) for i in range(5)) == tuple(map(Fraction, payoffs.split()))
    assert -sum(outcome.transfers) == Fraction(budget) and (envy(game, outcome) <= 0) is envy_free


def test_appendix_b_of_packages():
    assert tuple(ec.compare(toilet(), ["M-23:majority"])["M-23:majority"].payoffs) == (4, 5, 6, 3, 32)


@pytest.mark.parametrize("name", [name for name in APPENDIX_B if name in MECHANISMS and name != "M-05"])
def test_appendix_b(name):
    transfers, payoffs, budget, envy_free = APPENDIX_B[name]
    row = ec.compare(toilet(), [name])[name]
    assert tuple(row.transfers) == tuple(map(Fraction, transfers.split()))
    assert tuple(row.payoffs) == tuple(map(Fraction, payoffs.split()))
    assert row.budget == Fraction(budget) and row.envy_free is envy_free
    assert row.min_gain == min(row.payoffs) and row.alternative == "1"


def test_appendix_b_lotteries_and_votes():
    table = ec.compare(toilet(), ["M-21:maxmin", "M-21:uniform", "DL-1", "DL-8"])
    assert tuple(table["M-21:maxmin"].payoffs) == (Fraction(492, 251),) * 5
    assert tuple(table["M-21:uniform"].payoffs) == (Fraction(8, 5), 2, Fraction(12, 5), 2, 2)
    assert table["M-21:maxmin"].ex_ante and table["M-21:maxmin"].lottery["1"] == Fraction(128, 753)
    assert tuple(table["DL-8"].payoffs) == (-8, 5, 6, 7, 8) and table["DL-8"].verdict == "none"
    assert table["DL-1"].tau_weak == 0 and table["DL-1"].verdict == "none"


def test_contracts_leave_no_other_equilibrium():
    """P1.17: every pure equilibrium builds at site 1; tau 1.6, 2, 3.6; gross transfers 9.6, 12, 11.6."""
    table = ec.compare(toilet(), ["M-01:EQ", "M-01:FC", "M-01:ES"])
    for name, tau, gross in (("EQ", "8/5", "48/5"), ("FC", "2", "12"), ("ES", "18/5", "58/5")):
        row = table[f"M-01:{name}"]
        assert row.verdict == "strong" and row.equilibrium_outcomes == ("1",)
        assert row.tau_strong == row.tau_weak == Fraction(tau)
        assert sum(t for t in row.transfers if t > 0) == Fraction(gross)
    assert [table[f"M-01:{name}"].conflict_share_where for name in ("EQ", "ES")] == [0, 0]
    assert round(float(table["M-01:FC"].conflict_share_where), 3) == 0.713


def test_nash_lottery():
    """ATLAS M-21: p = (.224, .224, .224, .171, .157), welfare 10.93; its first-order gap is tiny."""
    row = ec.compare(toilet(), ["M-21:nash"])["M-21:nash"]
    assert [round(float(row.lottery[s]), 3) for s in "12345"] == [0.224, 0.224, 0.224, 0.171, 0.157]
    assert round(float(sum(row.payoffs)), 2) == 10.93
    p = np.array(list(row.lottery.values()), dtype=object)
    assert abs(nash_gap(toilet().utilities, toilet().counts, p)) < Fraction(1, 10**6)


@given(sitings(min_residents=3), st.data())
@settings(deadline=None, max_examples=60)
def test_low_bid_auction(game, data):
    """A-08 and P1.10: surplus never negative; max-min bids give a - d/n; common bids in the fair interval are equilibria."""
    n = len(game.players)
    auction = MECHANISMS["M-02"]
    d = [game.parts.damages[i, i + 1] for i in range(n)]
    a = [game.parts.benefits[i, 1] for i in range(n)]
    bids = data.draw(st.lists(st.integers(0, 50), min_size=n, max_size=n))
    assert sum(auction.outcome(game, bids).transfers) <= 0
    played = auction.outcome(game)
    payoffs = game.utilities @ played.lottery + played.transfers
    assert all(payoff >= a[i] - Fraction(d[i], n) for i, payoff in enumerate(payoffs))
    low, second = sorted(d)[:2]
    for common in (Fraction((n - 1) * low, n), Fraction((n - 1) * second, n)):
        assert _gain_from_bidding(game, auction, [common] * n, host=d.index(low)) <= 0


def _gain_from_bidding(game, auction, bids, host):
    """The most anybody gains by another bid, ties in favour of ``host``: the bid just above and just below the common one."""

    def payoffs(given):
        ordered = [bid - (Fraction(1, 10**6) if i == host and bid == min(given) else 0) for i, bid in enumerate(given)]
        result = auction.outcome(game, [max(bid, 0) for bid in ordered])
        return game.utilities @ result.lottery + result.transfers

    now, gain = payoffs(bids), Fraction(0)
    for i in range(len(bids)):
        for other in (bids[i] - Fraction(1, 100), bids[i] + Fraction(1, 100), Fraction(0), bids[i] * 2):
            changed = [*bids[:i], max(other, Fraction(0)), *bids[i + 1 :]]
            gain = max(gain, payoffs(changed)[i] - now[i] - Fraction(1, 10**4))
    return gain


@given(sitings(min_residents=2))
@settings(deadline=None)
def test_equal_shares(game):
    """A-07: EQ and ES balance at every site and leave no conflict over where; EQ is free of envy at the best site."""
    for variant in ("EQ", "ES", "FC"):
        mechanism = MECHANISMS[f"M-01:{variant}"]
        assert not mechanism.transfers(game).sum(axis=0).any()
    eq = ec.compare(game, ["M-01:EQ"])["M-01:EQ"]
    assert eq.conflict_share_where == 0


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 40)), min_size=2, max_size=5), st.fractions(0, 60, max_denominator=7))
@settings(deadline=None)
def test_fair_price_interval(pairs, compensation):
    """P1.10: equal charges for a compensation c are envy-free exactly for c in [(n-1)d1/n, (n-1)d2/n]."""
    from encompass.games.mechanisms import Outcome

    a, d = [p[0] for p in pairs], [p[1] for p in pairs]
    n, host = len(pairs), int(np.argmin(d))
    transfers = [compensation if i == host else -compensation / (n - 1) for i in range(n)]
    lottery = [int(x == host + 1) for x in range(n + 1)]
    low, second = sorted(d)[:2]
    fair = Fraction((n - 1) * low, n) <= compensation <= Fraction((n - 1) * second, n)
    assert (envy(siting(a, d), Outcome(array(lottery), array(transfers))) <= 0) == fair


@given(sitings(min_residents=3), st.data())
@settings(deadline=None)
def test_truth_is_dominant_under_fair_imposition_and_the_pivotal_rule(game, data):
    """A-09, A-10 on random misreports: nobody gains, and no deficit without veto rights."""
    n = len(game.players)
    i = data.draw(st.integers(0, n - 1))
    others = data.draw(st.lists(st.integers(0, 40), min_size=n, max_size=n))
    true = [*others[:i], int(game.parts.damages[i, i + 1]), *others[i + 1 :]]
    lie = [*others[:i], data.draw(st.integers(0, 60)), *others[i + 1 :]]
    rule = MECHANISMS["M-04"]

    def worth(reports):
        result = rule.outcome(game, reports)
        assert sum(result.transfers) <= 0
        return (game.utilities @ result.lottery + result.transfers)[i]

    assert worth(lie) <= worth(true)
    for name in ("M-06:veto", "M-06:imposition"):
        pivotal = MECHANISMS[name]
        lies = game.utilities.copy()
        lies[i, 1:] = data.draw(st.lists(st.integers(-40, 40), min_size=n, max_size=n))
        honest, lying = pivotal.outcome(game), pivotal.outcome(game, lies)
        assert (game.utilities @ lying.lottery + lying.transfers)[i] <= (game.utilities @ honest.lottery + honest.transfers)[i]
        if name == "M-06:imposition":
            assert (honest.transfers <= 0).all()


@given(outcome_games(consent=True))
@settings(deadline=None, max_examples=60)
def test_nothing_helps_when_there_is_nothing_to_gain(game):
    """A-48 (Theorem 4.2a): W* = 0 leaves every mechanism with tau_weak <= 0, in closed accounting."""
    table = ec.compare(game, FAST)
    assert ec.verify(table.certificate).valid
    for row in table.mechanisms:
        if row.verdict == "not-applicable":
            assert str(row.reason)
        elif game.surplus[game.best] <= 0:
            assert row.tau_weak <= 0
        elif row.verdict == "strong":
            assert row.tau_weak >= row.tau_strong > 0


@given(sitings(max_residents=4), st.lists(st.integers(-5, 20), min_size=4, max_size=4))
@settings(deadline=None)
def test_blocking_groups_by_trying_all(game, offered):
    """A-26: the quick search for a blocking group against every group."""
    n = len(game.players)
    payoffs = np.array([Fraction(x) for x in offered[:n]], dtype=object)
    worst = None
    for site in game.sites:
        for code in range(1, 2**n - 1):
            group = [i for i in range(n) if code >> i & 1]
            if game.consent_set(site) <= set(group):
                gain = sum(game.utilities[i, site] - payoffs[i] for i in group)
                worst = gain if worst is None else max(worst, gain)
    assert blocking_gain(game, payoffs) == worst


def test_funder_with_no_interest_never_pays_and_one_with_interest_does():
    case = ec.load_case("public-toilet", {"funder_weight": "1"})
    row = ec.compare(case, ["M-06:veto"])["M-06:veto"]
    assert row.verdict == "strong" and row.tau_strong == 3
    assert ec.compare(toilet(), ["M-06:veto"])["M-06:veto"].tau_strong == -15


def test_not_applicable_says_why():
    cyclic = OutcomeGame([[0, 5, 2, -1], [0, -1, 5, 2], [0, 2, -1, 5]], rights=Unanimity())
    table = ec.compare(cyclic)
    assert {row.id for row in table.mechanisms if row.verdict == "not-applicable"} >= {"M-01:EQ", "M-01:FC", "M-02", "M-02:rebate", "M-04"}
    assert table["M-21:uniform"].tau_strong == 2
    with pytest.raises(InputError, match="M-99"):
        ec.compare(cyclic, ["M-99"])


def test_the_funder_loses_nothing_by_what_it_pays_today():
    """Closed accounting against today: the site chosen is the one the authority pays for already."""
    game = OutcomeGame([[0, 10], [0, 10]], grants=[0, 4], rights=Imposition())
    table = ec.compare(game, ["DL-8"])
    assert table["DL-8"].tau_strong == 0 and ec.verify(table.certificate).valid


def test_under_the_liability_rule_nobody_is_paid_twice():
    game = siting([4, 5, 6], [12, 15, 18])
    game = game.with_rights(Liability(game.parts.damages))
    table = ec.compare(game)
    assert table["M-01:EQ"].verdict == "not-applicable" and "already compensates" in str(table["M-01:EQ"].reason)
    assert tuple(table.before) == (4, 5, 6) and table["DL-8"].tau_strong == -12
    assert ec.verify(table.certificate).valid


def test_no_group_can_build_alone_where_everybody_must_agree():
    parts = Parts(*(array(x) for x in ([[0, 5], [0, 5]], [[0, 0], [0, 4]], [[0, 0], [0, 0]], [0, 0], [0, 0])))
    game = OutcomeGame.from_parts(parts, rights=Unanimity())
    assert blocking_gain(game, array([3, 3])) == 0
    assert blocking_gain(game.with_rights(Imposition()), array([3, 3])) is None


def test_advice_is_best_for_whoever_gains_least():
    """Two hosts: the device that is best for the least-off leaves -2/3, the one with the largest welfare -1."""
    game = OutcomeGame([[0, -2, -2], [0, 1, -3]], rights=HostConsent((frozenset(), frozenset({0}), frozenset({1}))))
    form = MECHANISMS["DL-1"].advise(game)
    before = Before(array([0, 0]), Fraction(0))
    best = best_advice(form, game, before)
    assert min(best.equilibria[0].payoffs) >= min(ec.solve(form, concept="correlated").equilibria[0].payoffs)


def test_one_rule_that_cannot_be_computed_does_not_stop_the_others(monkeypatch):
    def fail(*arguments):
        raise EncompassError("the Nash product was not found: the solver stopped with {status!r}", status="tired")

    monkeypatch.setattr("encompass.games.mechanisms.lottery.maximin_lottery", fail)
    table = ec.compare(siting(*T5), ["M-21:maxmin", "M-01:EQ"])
    assert table["M-21:maxmin"].verdict == "not-applicable" and "tired" in str(table["M-21:maxmin"].reason)
    assert table["M-01:EQ"].verdict == "strong"


def test_streams_are_refused_with_a_remedy():
    game = OutcomeGame(Stream(lambda: iter([(np.ones(1, dtype=np.int64), np.zeros((1, 2)))]), 1, 1), alternatives=["x0", "1"])
    with pytest.raises(NotApplicable, match="alike"):
        ec.compare(game)
    with pytest.raises(NotApplicable, match="over outcomes"):
        ec.compare(SimpleNamespace(game=ec.two_player([[1]], [[1]])))


def test_talk_alone_cannot_help_is_proved_where_it_is_true():
    """P1.3 on T5: every courtyard gains by refusing its own site, at least d_i - a_i; and the best advice is worth nothing."""
    table = ec.compare(toilet(), ["DL-1"])
    assert [gain for _, _, gain in table.talk.proof] == [8, 10, 12, 18, 22]
    assert "gains at least 8 by refusing 1" in str(table.talk.statement)
    assert ec.compare(siting([4, 5], [3, 9]), ["DL-1"]).talk is None  # somebody would host


@given(outcome_games(consent=True))
@settings(deadline=None, max_examples=60)
def test_where_talk_cannot_help_no_advice_is_worth_anything(game):
    talk = ec.compare(game, ["DL-1"])
    row = talk["DL-1"]
    if talk.talk is not None and row.verdict != "not-applicable":
        assert talk.before_outcomes == (game.alternatives[game.status_quo],)
        assert row.lottery is None and row.alternative == game.alternatives[game.status_quo]


class Halves:
    """A stranger's mechanism: nothing but an id and an outcome."""

    id = "X-1"

    def outcome(self, game):
        return MECHANISMS["M-21:uniform"].outcome(game)


def test_a_mechanism_of_ones_own_is_compared_as_an_object():
    table = ec.compare(toilet(), [Halves(), "M-21:uniform"])
    assert table["X-1"].tau_strong == table["M-21:uniform"].tau_strong and not table["X-1"].certified
    assert table["M-21:uniform"].certified and ec.verify(table.certificate).valid


@given(outcome_games(consent=True))
@settings(deadline=None, max_examples=25)
def test_no_rule_at_all_helps_when_there_is_nothing_to_gain(game):
    """A-48 for every rule of the registry; what changes the facts (packages, designs) may gain something else."""
    if game.surplus[game.best] <= 0:
        for row in ec.compare(game, ALL).mechanisms:
            changes = getattr(MECHANISMS[row.id], "alters", "") == "world"
            assert row.verdict == "not-applicable" or changes or row.tau_weak <= 0, row.id


def test_packages_that_end_badly_are_named():
    """The worst end may be a package, for which the case has no name of its own."""
    row = ec.compare(siting(["0.6", "0.8", "1.0"], ["0.8", "1.4", "0.6"]), ["M-23:hosts"])["M-23:hosts"]
    assert row.verdict == "weak" and str(row.reason).startswith("everybody may gain")
