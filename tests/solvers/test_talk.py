"""Talk before play and juries: enumerated, against slow twins and the figures of the atlas."""

from fractions import Fraction
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.bayesian_game import BayesianGame
from encompass.games.deliberation.mediation import volunteers
from encompass.games.deliberation.straw_poll import Jury, even_jury, vote_without_talk
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.games.public_goods import volunteers_dilemma
from encompass.games.siting import consent
from encompass.solvers.advice.bayes_nash import bayes_regret, solve_bayes_nash
from encompass.solvers.advice.communication import solve_communication
from encompass.solvers.advice.correlated import solve_correlated
from encompass.solvers.deliberation.cheap_talk import best_cheap_talk, partitions, talk_regret
from encompass.solvers.deliberation.juries import (
    errors_of,
    majority_correct,
    pooled,
    posteriors,
    root,
    sincere_voting,
    strategic_voting,
    truthful_poll,
    unanimity_limit,
    votes_reach,
    voting_regret,
)
from encompass.solvers.deliberation.talk import best_public_talk, by_conversation, most_intervals, partition
from encompass.testing import siting

F = Fraction


# --- juries


def by_signals(p, prior, n, decide):
    """The errors when ``decide`` maps every profile of signals to conviction, profile by profile."""
    convict_innocent = acquit_guilty = F(0)
    for signals in product((0, 1), repeat=n):
        k = sum(signals)
        if decide(signals):
            convict_innocent += (1 - p) ** k * p ** (n - k)
        else:
            acquit_guilty += p**k * (1 - p) ** (n - k)
    return convict_innocent, acquit_guilty


def test_majority_by_listing():
    for n, p in ((1, F(3, 5)), (4, F(3, 5)), (5, F(7, 10))):
        assert majority_correct(n, p) == 1 - by_signals(p, F(1, 2), n, lambda s, n=n: sum(s) > n / 2)[1]
    assert votes_reach(["3/5", "7/10", "9/10"], 2) == 1 - F(2, 5) * F(3, 10) - F(1, 10) * (F(2, 5) * F(7, 10) + F(3, 5) * F(3, 10))
    assert votes_reach(["1/2"] * 4, 0) == 1 and votes_reach(["1/2"] * 4, 5) == 0
    assert majority_correct(1001, "0.51") > F(7, 10)


def test_posteriors_of_the_atlas():
    assert [round(float(x), 3) for x in posteriors(3, "7/10")] == [0.073, 0.3, 0.7, 0.927]


def brute_poll(jury):
    """Every deviation as a plan: a message for each signal and a vote for each signal and what the others said, all signals listed."""
    n, best = jury.jurors, F(0)
    for i in range(n):
        others = [j for j in range(n) if j != i]
        for own in (0, 1):
            for told in (0, 1):
                now = then = mass = F(0)
                for rest in product((0, 1), repeat=n - 1):
                    k = sum(rest)
                    p = jury.accuracy
                    weight_g = jury.prior * p ** (k + own) * (1 - p) ** (n - k - own)
                    weight_i = (1 - jury.prior) * (1 - p) ** (k + own) * p ** (n - k - own)
                    mass += weight_g + weight_i
                    q = jury.doubts[i]

                    def value(convict, weight_g=weight_g, weight_i=weight_i, q=q):
                        return -weight_i * q if convict else -weight_g * (1 - q)

                    def ayes(said):
                        return sum(posteriors(n, jury.accuracy, jury.prior)[said] > jury.doubts[j] for j in others)  # noqa: B023

                    honest = posteriors(n, jury.accuracy, jury.prior)[k + own] > q
                    now += value(ayes(k + own) + honest >= jury.votes)
                    then += max(value(ayes(k + told) + vote >= jury.votes) for vote in (0, 1))
                best = max(best, (then - now) / mass)
    return best


@st.composite
def juries(draw, most=4, alike=False):
    n = draw(st.integers(1, most))
    doubts = [F(draw(st.integers(1, 19)), 20) for _ in range(n)]
    accuracy, prior = F(draw(st.integers(11, 19)), 20), F(draw(st.integers(1, 9)), 10)
    return Jury(tuple(doubts[:1] * n if alike else doubts), accuracy, prior, draw(st.integers(1, n)))


@given(juries())
@settings(deadline=None, max_examples=40)
def test_straw_poll_by_trying_every_deviation(jury):
    poll = truthful_poll(jury)
    assert poll.gain == brute_poll(jury) and poll.truthful == (poll.gain == 0)


@given(juries(6))
@settings(deadline=None, max_examples=60)
def test_truthful_exactly_where_thresholds_are_together_or_the_poll_is_idle(jury):
    """Coughlan's condition, and what the atlas leaves out: a poll that cannot change the verdict may as well be honest."""
    cut, post = jury.verdict_cutoff, posteriors(jury.jurors, jury.accuracy, jury.prior)
    idle = cut in (0, jury.jurors + 1)
    assert truthful_poll(jury).truthful == (idle or all(post[cut - 1] <= q <= post[cut] for q in jury.doubts))


def test_figures_of_the_straw_poll():
    """n = 3, p = .7: truthful if all thresholds lie between the same posteriors; one member with q = .8 breaks it."""
    together = [(".31", ".5", ".69"), (".1", ".2", ".29"), (".75", ".8", ".9"), (".01", ".05", ".07"), (".93", ".95", ".99")]
    for votes in (1, 2, 3):
        for doubts in together:
            assert truthful_poll(Jury(tuple(map(F, doubts)), F(7, 10), votes=votes)).truthful
    for votes in (2, 3):
        assert not truthful_poll(Jury((F(1, 2), F(1, 2), F(4, 5)), F(7, 10), votes=votes)).truthful
    idle = Jury((F(19, 20), F(19, 20), F(1, 2)), F(7, 10), votes=2)  # two never convict: nobody's message matters
    assert truthful_poll(idle).truthful


@given(juries(4))
@settings(deadline=None, max_examples=30)
def test_pooled_errors_by_listing(jury):
    post = posteriors(jury.jurors, jury.accuracy, jury.prior)

    def decide(signals):
        return sum(post[sum(signals)] > q for q in jury.doubts) >= jury.votes

    found = pooled(jury)
    assert (found.convict_innocent, found.acquit_guilty) == by_signals(jury.accuracy, jury.prior, jury.jurors, decide)


@given(juries(3))
@settings(deadline=None, max_examples=25)
def test_sincere_voting_as_a_game(jury):
    game = vote_without_talk(jury)
    sincere = [((F(1), F(0)), (F(0), F(1)))] * jury.jurors
    assert sincere_voting(jury).is_equilibrium == (bayes_regret(game, sincere) == 0)
    assert sincere_voting(jury).errors == errors_of(jury, F(0), F(1))


@given(juries(4, alike=True))
@settings(deadline=None, max_examples=40)
def test_strategic_voting_is_an_equilibrium(jury):
    found = strategic_voting(jury)
    assert found.regret <= found.within * 4 <= F(1, 2**90)
    mixed = [((1 - found.innocent, found.innocent), (1 - found.guilty, found.guilty))] * jury.jurors
    assert bayes_regret(vote_without_talk(jury), mixed) <= F(1, 2**80)
    if sincere_voting(jury).is_equilibrium and not found.within:
        assert (found.innocent, found.guilty) in {(0, 1)} or not found.responsive


def test_unanimity_convicts_the_innocent():
    """Feddersen and Pesendorfer 1998: errors of unanimity tend to (3/7)^(7/4) = .227 at p = .7; those of majority to nothing."""
    limit = unanimity_limit("7/10", "1/2")
    assert (limit.convict_innocent.base, limit.convict_innocent.exponent) == (F(3, 7), F(7, 4))
    large = strategic_voting(even_jury(300, "1/2", "7/10")).errors
    assert abs(float(large.convict_innocent) - float(limit.convict_innocent)) < 2e-3
    assert abs(1 - float(large.acquit_guilty) - float(limit.convict_guilty)) < 2e-3
    assert float(unanimity_limit("7/10", "1/4").convict_innocent) == 1
    for n in (3, 5, 9, 21):
        unanimous, majority = (strategic_voting(even_jury(n, "1/2", "7/10", votes=k)).errors for k in (n, n // 2 + 1))
        assert unanimous.convict_innocent + unanimous.acquit_guilty > majority.convict_innocent + majority.acquit_guilty
        assert unanimous.convict_innocent > majority.convict_innocent or n == 3
        assert majority.acquit_guilty == 1 - majority_correct(n, "7/10")
    three = even_jury(3, "1/2", "7/10")
    assert not sincere_voting(three).is_equilibrium and sincere_voting(three).pivotal_innocent == F(7, 10)
    assert sincere_voting(even_jury(3, "1/2", "7/10", votes=2)).is_equilibrium
    assert (pooled(three).convict_innocent, pooled(three).acquit_guilty) == (F(27, 125), F(27, 125))


def test_only_one_symmetric_way_to_vote_by_signals():
    """On a grid of both chances, guilty signals mostly voted, no other profile is near an equilibrium (unanimity, n = 3)."""
    jury = even_jury(3, "1/2", "7/10")
    found = strategic_voting(jury)
    steps = [F(k, 20) for k in range(21)]
    good = [(x, y) for x in steps for y in steps if x < y and y >= F(1, 2) and voting_regret(jury, x, y) < F(1, 500)]
    assert good and all(abs(x - found.innocent) + abs(y - found.guilty) < F(1, 5) for x, y in good)


@given(st.fractions(F(1, 50), 50, max_denominator=60), st.integers(1, 7))
def test_roots_are_bracketed(x, m):
    low, high = root(x, m)
    assert low**m <= x <= high**m and high - low <= F(1, 2**120)
    assert root(x**m, m) == (x, x)


def test_juries_refuse():
    with pytest.raises(NotApplicable):
        strategic_voting(Jury((F(1, 2), F(1, 3)), F(2, 3)))
    with pytest.raises(NotApplicable):
        strategic_voting(even_jury(3, "1/2", "1/2"))
    with pytest.raises(NotApplicable):
        unanimity_limit("1/2", "1/2")
    with pytest.raises(InputError):
        votes_reach(["3/2"], 1)
    with pytest.raises(SizeError):
        votes_reach(["1/2"] * 3000, 1)


# --- talk


def test_volunteers_talk():
    """Volunteers with private costs: two of them reach by public words what the mediator does, in pure and so unequal roles."""
    for costs in ((4, 12), (4, 9)):
        game = volunteers(10, costs).bayesian_game()
        talk = best_cheap_talk(game)
        silent = max(sum(e.payoffs) for e in solve_bayes_nash(game).equilibria)
        assert talk.regret == 0 and silent <= talk.welfare == solve_communication(game).welfare
    assert best_cheap_talk(volunteers(10, (4, 12)).bayesian_game()).welfare == 12  # one of the two need only say whether it will act


def every_strategy(game, messages):
    """The best welfare over all pure strategies of two players: a message and a reply by type and what the other says."""
    n = 2
    kinds, shape = game.kinds, game.shape
    plans = [
        list(product(product(range(messages), repeat=kinds[i]), product(range(shape[i]), repeat=kinds[i] * messages**2))) for i in range(n)
    ]
    best = None

    def act(i, plan, t, m):
        return plan[1][(t * messages + m[0]) * messages + m[1]]

    def values(i, plan, other):
        return sum(
            game.chance(types) * game.payoffs(types, done)[i]
            for types in game.type_profiles()
            for m in [tuple((plan if k == i else other)[0][types[k]] for k in range(n))]
            for done in [tuple(act(k, plan if k == i else other, types[k], m) for k in range(n))]
        )

    for one in plans[0]:
        for two in plans[1]:
            now = [values(0, one, two), values(1, two, one)]
            if best is not None and sum(now) <= best:
                continue
            if all(values(0, x, two) <= now[0] for x in plans[0]) and all(values(1, x, one) <= now[1] for x in plans[1]):
                best = sum(now)
    return best


@given(st.lists(st.integers(-3, 3), min_size=8, max_size=8), st.integers(1, 3))
@settings(deadline=None, max_examples=25)
def test_sender_and_receiver_by_every_strategy(numbers, weight):
    """A sender of two types who only talks, a receiver of two actions: against all pure strategies of both (Nash of the talk)."""
    table = np.array(numbers, dtype=object).reshape(2, 2, 1, 1, 2)
    game = BayesianGame(table, np.array([[F(weight, 4)], [F(4 - weight, 4)]], dtype=object))
    assert best_cheap_talk(game, 2).welfare == every_strategy(game, 2)


@st.composite
def small_games(draw):
    weights = draw(st.lists(st.integers(1, 3), min_size=4, max_size=4))
    numbers = draw(st.lists(st.integers(-3, 3), min_size=32, max_size=32))
    prior = np.array([F(w, sum(weights)) for w in weights], dtype=object).reshape(2, 2)
    return BayesianGame(np.array(numbers, dtype=object).reshape(2, 2, 2, 2, 2), prior)


@given(small_games())
@settings(deadline=None, max_examples=30)
def test_talk_between_silence_and_a_mediator(game):
    talk = best_cheap_talk(game)
    silent = [sum(e.payoffs) for e in solve_bayes_nash(game).equilibria]
    if talk is None:
        assert not silent
        return
    assert talk.regret == 0 and talk_regret(game, talk.messages, talk.replies) == 0
    assert max(silent, default=talk.welfare) <= talk.welfare <= solve_communication(game).welfare
    fair = best_cheap_talk(game, objective="maximin")
    assert min(fair.payoffs) >= min(talk.payoffs)


def test_talk_helps_a_common_interest():
    """Both want the action that fits the sender's type: three messages tell three types apart, two do not."""
    table = np.zeros((2, 3, 1, 1, 3), dtype=int)
    for t in range(3):
        table[:, t, 0, 0, t] = 1
    game = BayesianGame(table.tolist(), [["1/3"], ["1/3"], ["1/3"]])
    assert [best_cheap_talk(game, k).welfare for k in (1, 2, 3)] == [F(2, 3), F(4, 3), 2]


def test_partitions_are_counted():
    assert len(list(partitions(4, 4))) == 15 and len(list(partitions(4, 2))) == 8 and len(list(partitions(3, 1))) == 1


def test_public_talk_averages_equilibria():
    """The battle of the sexes: equal chances of both pure equilibria are fair, and no average beats the mediator."""
    battle = two_player([[3, 0], [0, 1]], [[1, 0], [0, 3]])
    fair = best_public_talk(battle, "maximin")
    assert fair.payoffs == (2, 2) and fair.numbers == 2 and fair.complete and sum(w for w, _ in fair.lottery) == 1
    chicken = two_player([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    assert best_public_talk(chicken).welfare == F(28, 3) < solve_correlated(chicken).welfare


@given(st.lists(st.integers(-3, 3), min_size=12, max_size=12))
@settings(deadline=None, max_examples=25)
def test_public_talk_is_a_correlated_equilibrium(numbers):
    game = NormalForm(np.array(numbers, dtype=object).reshape(2, 2, 3))
    for objective in ("welfare", "maximin"):
        talk, mediated = best_public_talk(game, objective), solve_correlated(game, objective)
        if objective == "welfare":
            assert talk.welfare <= mediated.welfare
        else:
            assert min(talk.payoffs) <= min(mediated.equilibria[0].payoffs)


def test_conversation_replaces_the_mediator_among_five():
    """P1.9: five volunteers, b = 10, c = 4: 9.2 each instead of 6; P1.3: nothing on T5. Four are too few."""
    game = volunteers_dilemma(5, 10, 4).normal_form()
    talk = by_conversation(game)
    assert talk.equals == "DL-1" and talk.solution.welfare == 46 == 5 * F("9.2")
    standoff = consent(siting([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])).normal_form()
    assert by_conversation(standoff).solution.welfare == 0
    with pytest.raises(NotApplicable):
        by_conversation(volunteers_dilemma(4, 10, 4).normal_form())
    private = volunteers(10, (4, 12), 5).bayesian_game()
    assert by_conversation(private).equals == "DL-2"


def test_talk_refuses():
    with pytest.raises(InputError):
        best_public_talk(two_player([[1]], [[1]]), "most")
    with pytest.raises(NotApplicable):
        best_cheap_talk(BayesianGame(np.zeros((2, 2, 2, 1, 1), dtype=int).tolist(), [["1/2", 0], [0, "1/2"]]))
    with pytest.raises(NotApplicable):
        best_cheap_talk(volunteers(10, (4, 12), 4).bayesian_game())
    with pytest.raises(InputError):
        best_cheap_talk(volunteers(10, (4, 12)).bayesian_game(), 4)


def test_crawford_and_sobel():
    found = partition("1/20")
    assert found.boundaries == (0, F(2, 15), F(7, 15), 1) and most_intervals("1/20") == 3
    assert partition("1/4").boundaries == (0, 1) and most_intervals(0) is None
    with pytest.raises(InputError):
        partition(0)
    assert partition(0, 4).boundaries == tuple(F(k, 4) for k in range(5))
    with pytest.raises(InputError):
        partition("1/20", 4)


@given(st.fractions(F(-1, 3), F(1, 3), max_denominator=400).filter(bool), st.integers(0, 30))
@settings(deadline=None)
def test_intervals_leave_the_sender_indifferent(b, drop):
    most = most_intervals(b)
    n = max(1, most - drop)
    found = partition(b, n)
    a, y = found.boundaries, found.actions
    assert all(low < high for low, high in pairwise(a)) and (a[0], a[-1]) == (0, 1)
    for k in range(1, n):
        assert abs(y[k - 1] - a[k] - b) == abs(y[k] - a[k] - b)
    assert 2 * most * (most - 1) * abs(b) < 1 <= 2 * (most + 1) * most * abs(b)
    assert found.receiver_loss == F(1, 12 * n * n) + b * b * (n * n - 1) / 3
