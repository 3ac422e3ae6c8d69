"""Bargaining (DL-10), evidence (DL-11), straw polls (DL-12), mediation (DL-2, DL-3): figures of the atlas, and each against a slow twin."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from encompass.games.deliberation.bargaining import (
    AlternatingOffers,
    BaronFerejohn,
    Council,
    council_game,
    even_council,
    imposed_council,
)
from encompass.games.deliberation.disclosure import (
    EvidencePooling,
    disclosure_game,
    expected_credit,
    finite_threshold,
    threshold,
    uniform_threshold,
)
from encompass.games.deliberation.mediation import ConfidentialMediator, DirectTalk, PublicTalk, volunteers
from encompass.games.deliberation.straw_poll import Jury, StrawPoll, even_jury, polls, signals_prior
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.outcome_game import OutcomeGame
from encompass.games.private_costs import Uniform
from encompass.solvers.audit.audit import audit
from encompass.solvers.deliberation.bargains import finite, offers_in_turn, stationary
from encompass.solvers.deliberation.votes_bought import coalitions
from encompass.solvers.solve import solve
from encompass.testing import siting

T5 = siting([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])
F = Fraction


# --- DL-10


@pytest.mark.parametrize(("quota", "keeps"), [(3, "11.52"), (5, "5.04")])
def test_figures_of_the_atlas(quota, keeps):
    """W* = 18, n = 5, delta = 0.9: majority 11.52 / 3.24, unanimity 5.04 / 3.24; shares sum to W* (A-45)."""
    bargain = stationary(even_council(5, quota, "9/10", floor=0, pie=18)).bargain
    assert bargain.keeps(0) == F(keeps) and bargain.regret == 0
    for offers in bargain.offers:
        for _, shares in offers:
            assert sum(shares) == 18 and sorted(shares)[-2] == F("3.24") and shares.count(F(0)) == 5 - quota
    assert bargain.keeps(0) == 18 * (1 - F(9, 10) * F(quota - 1, 5))


def test_a_host_left_out_under_imposition_bears_its_loss():
    bargain = stationary(imposed_council(T5, 3, "9/10")).bargain
    assert bargain.values == (F(-158, 45), *[F(242, 45)] * 4)
    ends = {x[0] for i in range(1, 5) for _, x in bargain.offers[i]}
    assert ends == {-8, bargain.reservation[0]}
    assert bargain.bought(0) == F("0.25307621671258035").limit_denominator(10**4)


def brute_deviation(council, bargain):
    """Every coalition, priced at what its members agree to; a proposer's best offer by trying all of them."""
    n, worst = council.members, F(0)
    expected = [F(0)] * n
    for p, offers in zip(council.recognition, bargain.offers):
        for q, x in offers:
            expected = [e + p * q * y for e, y in zip(expected, x)]
    w = [(1 - d) * r + d * v for d, r, v in zip(council.discounts, council.disagreement, expected)]
    for i, offers in enumerate(bargain.offers):
        others = [j for j in range(n) if j != i]
        best = w[i]
        for group in combinations(others, council.quota - 1):
            best = max(best, council.pie - sum(max(w[j], council.floors[j]) if j in group else council.floors[j] for j in others))
        for _, x in offers:
            assert sum(x) == council.pie and all(y >= f for y, f in zip(x, council.floors))
            assert sum(x[j] >= w[j] for j in others) >= council.quota - 1
            worst = max(worst, best - x[i])
    return worst, tuple(expected)


@st.composite
def councils(draw, most=5):
    n = draw(st.integers(2, most))

    def numbers(low, high):
        return draw(st.lists(st.integers(low, high), min_size=n, max_size=n))

    weights = numbers(1, 4)
    return Council(
        F(2 * n),
        tuple(F(x) for x in numbers(-2, 1)),
        draw(st.integers(1, n)),
        tuple(F(w, sum(weights)) for w in weights),
        tuple(F(x, 8) for x in numbers(0, 7)),
        tuple(F(x, 2) for x in numbers(-2, 2)),
    )


@given(councils())
@settings(deadline=None, max_examples=30)
def test_stationary_offers_are_best_replies(council):
    found = stationary(council)
    assert (found.bargain is None) == (found.stop is not None)
    assume(found.bargain is not None)  # singular equations: it then says that it found none, which is no proof that there is none
    worst, expected = brute_deviation(council, found.bargain)
    assert worst == 0 and expected == found.bargain.values


def test_who_proposes_more_often_is_bought_less_often():
    """n = 3, majority, delta = 1 (Eraslan 2002): who proposes with 2/5 is bought so much less often that all expect the same."""
    zero = (F(0),) * 3
    bargain = stationary(Council(F(1), zero, 2, (F(2, 5), F(3, 10), F(3, 10)), (F(1),) * 3, zero)).bargain
    assert bargain.values == (F(1, 3),) * 3 and bargain.bought(0) < bargain.bought(1)
    bargain = stationary(Council(F(1), zero, 2, (F(3, 5), F(1, 5), F(1, 5)), (F(1),) * 3, zero)).bargain
    assert bargain.values == (F(3, 7), F(2, 7), F(2, 7)) and bargain.bought(0) == 0


def test_no_offer_passes_where_waiting_is_worth_more():
    found = stationary(even_council(3, 3, "9/10", floor=0, disagreement=1))
    assert found.bargain is None and found.stop is not None


@given(st.lists(st.integers(0, 6), min_size=1, max_size=6), st.integers(1, 6))
def test_coalitions_have_their_chances(parts, size):
    size = min(size, len(parts))
    total = sum(parts)
    chances = [min(F(1), F(size * x, total)) if total else F(0) for x in parts]
    if sum(chances).denominator != 1:
        return
    drawn = coalitions(chances)
    assert sum(p for p, _ in drawn) == 1 and {len(c) for _, c in drawn} == {int(sum(chances))}
    for j, chance in enumerate(chances):
        assert sum(p for p, c in drawn if j in c) == chance


@pytest.mark.parametrize(("n", "quota", "sessions", "units"), [(2, 2, 2, 10), (3, 2, 1, 4), (3, 3, 1, 4), (3, 2, 2, 3)])
def test_backward_induction_on_a_grid(n, quota, sessions, units):
    """Who offers gets, on the grid, what the exact equilibrium gives, to within what the grid and indifferent voters leave open."""
    council = even_council(n, quota, "9/10", floor=0)
    exact = finite(council, sessions)[0]
    tree = council_game(council, sessions, units)

    def play(node):
        """One equilibrium: voters agree when indifferent, the first best offer is made."""
        if hasattr(node, "payoffs"):
            return node.payoffs
        children = [play(child) for child in node.children]
        if hasattr(node, "probabilities"):
            return tuple(sum(p * c[i] for p, c in zip(node.probabilities, children)) for i in range(n))
        mover = node.movers[0]
        return max(children, key=lambda c: c[mover])

    firsts = [play(node) for node in tree.root.children]
    for i, payoffs in enumerate(firsts):
        assert abs(payoffs[i] - exact.keeps(i)) <= F(quota - 1, units)
    if sessions == 1 and n == 2:
        assert solve(tree, "subgame-perfect").complete


def test_finite_sessions_solved_as_a_game():
    """Two members, all must agree, ten parts: every subgame-perfect outcome of the tree gives the proposer what it can get."""
    tree = council_game(even_council(2, 2, "4/5", floor=0), 1, 10)
    found = solve(tree, "subgame-perfect")
    assert found.complete
    assert {e.payoffs for e in found.equilibria} >= {(F(1, 2), F(1, 2))}


@given(councils(4), st.integers(1, 4))
@settings(deadline=None, max_examples=25)
def test_finite_sessions_have_no_deviation(council, sessions):
    found = finite(council, sessions)
    after = council.disagreement
    for bargain in reversed(found):
        assert bargain.regret == 0
        assert bargain.reservation == tuple((1 - d) * r + d * v for d, r, v in zip(council.discounts, council.disagreement, after))
        after = bargain.values


def test_finite_sessions_of_like_members_come_at_once_to_the_stationary_shares():
    council = even_council(5, 3, "9/10", floor=0, pie=18)
    assert [b.keeps(0) for b in finite(council, 3)] == [F("11.52"), F("11.52"), 18]


def test_offers_in_turn():
    assert offers_in_turn(AlternatingOffers((F(9, 10), F(4, 5))))[0] == (F(5, 7), F(2, 7))
    assert offers_in_turn(AlternatingOffers((F(1, 2),) * 3))[0] == (F(4, 7), F(2, 7), F(1, 7))
    assert offers_in_turn(AlternatingOffers((F(1), F(1, 2))))[0] == (1, 0)
    with pytest.raises(InputError):
        offers_in_turn(AlternatingOffers((F(1), F(1))))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=5))
@settings(deadline=None, max_examples=30)
def test_offers_in_turn_are_what_each_can_wait_for(tenths):
    discounts = tuple(F(x, 10) for x in tenths)
    n = len(discounts)
    shares = offers_in_turn(AlternatingOffers(discounts))
    for k, own in enumerate(shares):
        after = shares[(k + 1) % n]
        assert sum(own) == 1 and min(own) >= 0
        assert all(own[j] == discounts[j] * after[j] for j in range(n) if j != k)
        assert own[k] >= discounts[k] * after[k]
    near = offers_in_turn(AlternatingOffers(discounts), 60 * n)[0]
    assert max(abs(float(x - y)) for x, y in zip(near, shares[0])) <= 0.9 ** (60 * n) * 5 + 1e-9


def test_bargaining_on_the_siting():
    rule = BaronFerejohn()
    outcome = rule.outcome(T5)
    assert outcome.alternative == 1 and [T5.worth(i, outcome) for i in range(5)] == [F(18, 5)] * 5
    assert sum(outcome.transfers) == 0
    ends = rule.ends(T5)
    worths = [[T5.worth(i, end) for i in range(5)] for end in ends]
    assert all(sorted(w) == [0, 0, F("3.24"), F("3.24"), F("11.52")] and sum(end.transfers) == 0 for w, end in zip(worths, ends))
    assert [sum(column) / 5 for column in zip(*worths)] == [F(18, 5)] * 5
    everybody = BaronFerejohn(quota=F(1), strict=False, name="unanimity")
    assert {T5.worth(i, end) for end in everybody.ends(T5) for i in range(5)} == {F("3.24"), F("5.04")}
    nothing = OutcomeGame([[0, -1], [0, -2]])
    assert rule.outcome(nothing).alternative == 0 and not any(rule.outcome(nothing).transfers)


def test_bargaining_refuses():
    rule = BaronFerejohn()
    assert "row of its own" in str(rule.refuses(OutcomeGame([[0, 1]], counts=[3])))
    assert rule.refuses(object()) is not None
    with pytest.raises(NotApplicable):
        rule.outcome(OutcomeGame([[0, 1]], counts=[3]))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: even_council(3, 4, "1/2", floor=0), InputError),
        (lambda: even_council(3, 2, "3/2", floor=0), InputError),
        (lambda: even_council(3, 2, "1/2", floor=1), InputError),
        (lambda: Council(F(1), (F(0),) * 2, 1, (F(1), F(1)), (F(1),) * 2, (F(0),) * 2), InputError),
        (lambda: Council(F(1), (F(0),) * 2, 1, (F(1),), (F(1),) * 2, (F(0),) * 2), InputError),
        (lambda: AlternatingOffers((F(1, 2),)), InputError),
        (lambda: BaronFerejohn(quota=F(2)), InputError),
        (lambda: council_game(even_council(5, 3, "1/2", floor=0), 4, 20), SizeError),
        (lambda: stationary(Council(F(9), (F(0),) * 13, 7, (F(1, 13),) * 13, (F(0), *[F(1, 2)] * 12), (F(0),) * 13)), SizeError),
        (lambda: uniform_threshold(3, 3, "1/2"), InputError),
        (lambda: uniform_threshold(1, 3, 2), InputError),
        (lambda: finite_threshold([1, 2], ["1/2", "1/3"], "1/2"), InputError),
        (lambda: Jury((F(1, 2),), F(1, 3)), InputError),
        (lambda: Jury((F(0),), F(2, 3)), InputError),
        (lambda: even_jury(3, "1/2", "2/3", votes=4), InputError),
        (lambda: signals_prior(even_jury(20, "1/2", "2/3")), SizeError),
        (lambda: EvidencePooling(30, 12), InputError),
    ],
)
def test_bad_arguments(make, error):
    with pytest.raises(error):
        make()


# --- DL-11


@pytest.mark.parametrize(("evidence", "shown"), [("1/4", 20.35), ("1/2", 19.46), ("3/4", 18), ("0.95", 15.29)])
def test_thresholds_of_the_atlas(evidence, shown):
    found = uniform_threshold(12, 30, evidence)
    assert abs(float(found.value) - shown) < 0.005 and found.high - found.low <= F(18, 2**70)
    assert abs(threshold(Uniform(12, 30), evidence) - float(found.value)) < 1e-6
    rho, s = F(evidence), (found.low - 12) / 18
    residual = rho * s * s / 2 + (1 - rho) * s - (1 - rho) / 2
    t = (found.high - 12) / 18
    assert residual <= 0 <= rho * t * t / 2 + (1 - rho) * t - (1 - rho) / 2


def test_a_rational_threshold_is_exact():
    assert uniform_threshold(12, 30, "3/4") == uniform_threshold(12, 30, F(3, 4))
    assert uniform_threshold(12, 30, "3/4").low == uniform_threshold(12, 30, "3/4").high == 18
    assert uniform_threshold(12, 30, 1).value == 12 and uniform_threshold(12, 30, 0).value == 21


@st.composite
def beliefs(draw):
    damages = draw(st.lists(st.integers(0, 12), min_size=1, max_size=4, unique=True))
    weights = draw(st.lists(st.integers(1, 4), min_size=len(damages), max_size=len(damages)))
    return damages, [F(w, sum(weights)) for w in weights], draw(st.integers(0, 4).map(lambda k: F(k, 4)))


@given(beliefs())
@settings(deadline=None, max_examples=60)
def test_threshold_is_what_silence_means(belief):
    """The silent are those without proof and those whose damage is below: their mean is the threshold."""
    damages, chances, rho = belief
    x = finite_threshold(damages, chances, rho)
    for inside in (lambda d: d < x, lambda d: d <= x):
        silent = [(d, p * (1 - rho) + p * rho * inside(d)) for d, p in zip(damages, chances)]
        mass = sum(p for _, p in silent)
        if mass:
            assert sum(d * p for d, p in silent) == x * mass
    assert x >= min(damages)


@given(beliefs())
@settings(deadline=None, max_examples=40)
def test_disclosure_is_an_equilibrium_of_the_game(belief):
    damages, chances, rho = belief
    x = finite_threshold(damages, chances, rho)
    game = disclosure_game(damages, chances, rho, sorted({*damages, x}))
    credit = sorted({*damages, x}).index(x)
    found = solve(game, "bayes-nash")
    plans = [[int(d < x or (d == x)) for d in damages] + ([1] * len(damages) if rho < 1 else [])]
    profiles = [([mix.index(1) for mix in e.profile[0]], e.profile[1][0].index(1)) for e in found.equilibria]
    assert any(host[: len(damages)] == plans[0][: len(damages)] and reply == credit for host, reply in profiles)


def test_everything_unravels_where_proof_is_certain():
    """Grossman 1981, Milgrom 1981: in every equilibrium each damage is credited what it is; by elimination all but the least show."""
    damages, grid = [12, 18, 24, 30], list(range(12, 31))
    game = disclosure_game(damages, ["1/4"] * 4, 1, grid)
    for e in solve(game, "bayes-nash").equilibria:
        silence = grid[e.profile[1][0].index(1)]
        for d, mix in zip(damages, e.profile[0]):
            assert mix[0] == 1 or silence == d
    silent, credits = set(damages), set(grid)
    while True:  # weakly dominated: to keep silent if that is never credited more; credits that no belief about the silent supports
        left = {d for d in silent if max(credits) > d or min(credits) == d}
        kept = {y for y in credits if min(left) <= y <= max(left)}
        if (left, kept) == (silent, credits):
            break
        silent, credits = left, kept
    assert silent == credits == {12}


def evidence_by_listing(rule, game):
    """Every subset of those who have proof, one after the other."""
    hosts, x, n = game.hosts, rule.threshold.value, game.residents
    lottery, transfers = [F(0)] * len(game.alternatives), [F(0)] * n
    for proof in product((0, 1), repeat=n):
        p = F(1)
        for has in proof:
            p *= rule.evidence if has else 1 - rule.evidence
        best = None
        for site, host in zip(game.sites, hosts):
            d = game.parts.damages[host, site]
            credit = d if proof[host] and d > x else x
            value = sum(game.parts.benefits[:, site]) - credit
            if best is None or value > best[0]:
                best = (value, site, host, credit)
        _, site, host, credit = best
        lottery[site] += p
        for i in range(n):
            transfers[i] += p * (credit if i == host else -credit / (n - 1))
    return lottery, transfers


@given(st.lists(st.integers(12, 30), min_size=2, max_size=5), st.sampled_from([F(0), F(1, 2), F(3, 4), F(1)]))
@settings(deadline=None, max_examples=40)
def test_evidence_by_listing_who_has_proof(damages, evidence):
    rule, game = EvidencePooling(12, 30, evidence), siting([3] * len(damages), damages)
    outcome = rule.outcome(game)
    lottery, transfers = evidence_by_listing(rule, game)
    assert list(outcome.lottery) == lottery and list(outcome.transfers) == transfers
    assert sum(outcome.transfers) == 0 and sum(outcome.lottery) == 1


def test_evidence_on_the_siting():
    """Hosts of 12, 15 and 18 are silent and credited 18: the first is built at, and gains 10."""
    rule = EvidencePooling(12, 30)
    outcome = rule.outcome(T5)
    assert outcome.alternative == 1
    assert [T5.worth(i, outcome) for i in range(5)] == [10, F(1, 2), F(3, 2), F(5, 2), F(7, 2)]
    assert expected_credit(12, 18, "3/4") == 18 and expected_credit(30, 18, "3/4") == 27
    assert "between" in str(rule.refuses(siting([4, 5], [11, 15])))
    with pytest.raises(NotApplicable):
        rule.outcome(siting([4, 5], [11, 15]))
    wrong = siting([9, 9], [15, 12])  # both are silent: the worse site comes first
    assert rule.outcome(wrong).alternative == 1 and wrong.best == 2


# --- DL-12 and DL-2, DL-3 as rules


@pytest.mark.parametrize(("doubts", "votes"), [((".5", ".5", ".5"), 3), ((".31", ".6", ".69"), 2), ((".5", ".5", ".8"), 2)])
def test_straw_poll_audited(doubts, votes):
    """Truth is an equilibrium exactly where truthful_poll says so; here the verdict follows the poll, votes cannot deviate."""
    jury = Jury(tuple(map(F, doubts)), F(7, 10), votes=votes)
    report = audit(StrawPoll(), polls(jury), properties=["bayes-incentive-compatible", "efficient"])
    verdicts = {r.property: r.verdict for r in report.results}
    together = F(doubts[2]) < F(7, 10)
    assert verdicts["bayes-incentive-compatible"] == ("proved" if together else "refuted")
    if together:
        assert verdicts["efficient"] == "proved"


def test_straw_poll_refuses_where_a_burden_is_shared():
    assert "P1.3" in str(StrawPoll().refuses(T5))
    with pytest.raises(NotApplicable):
        StrawPoll().outcome(T5)


@pytest.mark.parametrize(("costs", "best", "nash", "first"), [((4, 12), 12, 11, 14), ((4, 9), F("13.5"), None, F("14.75"))])
def test_confidential_mediator(costs, best, nash, first):
    game = volunteers(10, costs).bayesian_game()
    rule = ConfidentialMediator()
    assert rule.refuses(game) is None and rule.refuses(T5) is not None
    answer = solve(rule.advise(game), rule.concept)
    assert answer.welfare == best and game.first_best() == first and answer.complete
    if nash is not None:
        symmetric = solve(volunteers(10, costs), "bayes-nash")
        assert [2 * sum(e.payoffs) / len(costs) for e in symmetric.equilibria] == [nash]


def test_talk_does_not_move_the_standoff():
    """P1.3: neither conversation nor public messages build anything on T5."""
    for rule in (DirectTalk(), PublicTalk()):
        assert rule.refuses(T5) is None
    assert solve(DirectTalk().advise(T5), "correlated").welfare == 0
    form = PublicTalk().form(T5)
    plays = solve(form.game, form.concept).equilibria
    assert {form.outcome([mix.index(1) for mix in e.profile]).alternative for e in plays} == {0}
    assert "plain talk" in str(DirectTalk().refuses(siting([4, 5], [12, 15])))
    assert PublicTalk().refuses(object()) is not None


def test_public_talk_chooses_among_equilibria():
    """P1.9: where hosting is worth it to each, the ends are the sites that some pure equilibrium builds."""
    easy = siting([10, 10], [4, 4])
    form = PublicTalk().form(easy)
    ends = {form.outcome([mix.index(1) for mix in e.profile]).alternative for e in solve(form.game, form.concept).equilibria}
    assert ends == {1, 2}


def test_signals_prior_is_a_distribution():
    assert signals_prior(even_jury(3, "1/2", "7/10")).sum() == 1
    assert np.all(signals_prior(even_jury(2, "1/2", "7/10")) > 0)


@pytest.mark.parametrize(("n", "quota", "sessions", "units"), [(2, 1, 2, 2), (3, 2, 1, 3), (3, 2, 2, 2), (4, 3, 1, 2), (3, 3, 2, 1)])
def test_size_of_the_tree_is_known_beforehand(n, quota, sessions, units):
    from encompass.games.deliberation import bargaining

    tree = council_game(even_council(n, quota, "1/2", floor=0), sessions, units)
    offers = len(tree.root.children[0].children)
    assert tree.nodes == bargaining._nodes(n, offers, quota, sessions)


def test_answers_as_json():
    answer = stationary(even_council(3, 2, "4/5", floor=0)).bargain.to_dict()
    assert answer["offers"][0][0]["shares"][0] == "11/15" and answer["regret"] == "0"
