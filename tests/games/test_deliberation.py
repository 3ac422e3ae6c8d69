"""Deliberation rules as processes: DL-4 to DL-7 and DL-14, each against a slow twin, with the numbers of the atlas."""

import json
from fractions import Fraction
from itertools import pairwise, permutations, product
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.deliberation.arguments import (
    Argument,
    ArgumentDiscussion,
    ConstructiveTalk,
    MyopicTalk,
    allowed,
    arguments_of,
    debate,
    undominated,
)
from encompass.games.deliberation.coalition_formation import (
    OPERATORS,
    CoalitionDeliberation,
    CoalitionTalk,
    sizes,
)
from encompass.games.deliberation.elimination import long_run_shares, resolved
from encompass.games.deliberation.median_space import MedianSpace, grid, path
from encompass.games.deliberation.opinions import Listening, Persuasion, degroot, friedkin_johnsen, needed_weights
from encompass.games.deliberation.pairwise import IdealNodes, PairwiseDeliberation, PairwiseTalk, ideal_nodes
from encompass.games.deliberation.process import ends
from encompass.games.deliberation.proposals import compensation_proposals, lottery_proposals, site_proposals
from encompass.games.deliberation.single_text import SingleText, kalai_smorodinsky, most_demand, negotiate, text
from encompass.games.deliberation.structure import (
    least_weight,
    majority_cycle,
    proximity,
    restructured,
    single_peaked,
    structured,
)
from encompass.games.environment import own_sites
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.outcome_game import OutcomeGame
from encompass.games.rights import Imposition, Liability, Quota
from encompass.solvers.deliberation.absorption import deliberate, sampled_states, terminal_states
from encompass.solvers.deliberation.worst_share import worst_share

SMALL = settings(max_examples=40, deadline=None)
T3C = [[5, 2, -1], [-1, 5, 2], [2, -1, 5]]


def toilet():
    return own_sites([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])


def rational(values):
    return np.array([[Fraction(x) for x in row] for row in values], dtype=object)


# The chain behind them


class Chain(SimpleNamespace):
    def start(self):
        return ((Fraction(1), 0),)

    def moves(self, state):
        return tuple((p, j) for j, p in enumerate(self.P[state]) if p) if state not in self.over else ()

    def answer(self, state):
        return state


@st.composite
def chains(draw):
    n = draw(st.integers(1, 6))
    rows = [draw(st.lists(st.integers(0, 3), min_size=n, max_size=n).filter(any)) for _ in range(n)]
    return Chain(P=[[Fraction(x, sum(row)) for x in row] for row in rows], over=draw(st.sets(st.integers(0, n - 1))))


@SMALL
@given(chains())
def test_solved_chain_against_very_many_moves(chain):
    n = len(chain.P)
    P = np.array([[float(x) for x in row] if i not in chain.over else np.eye(n)[i] for i, row in enumerate(chain.P)])
    mean, power = np.eye(n), (P + np.eye(n)) / 2  # the lazy chain has the same shares in the long run, and no periods
    for _ in range(60):
        power = power @ power
        power /= power.sum(axis=1, keepdims=True)
    found = deliberate(chain)
    assert found.exact and sum(p for _, p in found.answers) == 1
    np.testing.assert_allclose([float(found.probability(i)) for i in range(n)], (mean @ power)[0], atol=1e-9)


def test_expected_rounds():
    coin = Chain(P=[[Fraction(3, 4), Fraction(1, 4)], [0, 1]], over={1})
    assert deliberate(coin).rounds == 4 and deliberate(coin).settles == 1
    walk = Chain(P=[[0, 1, 0, 0], [Fraction(1, 2), 0, Fraction(1, 2), 0], [0, Fraction(1, 2), 0, Fraction(1, 2)], [0, 0, 0, 1]], over={3})
    assert deliberate(walk).rounds == 9  # a walk of three steps that turns back at one end
    with pytest.raises(InputError):
        ends(walk)


def test_rounds_and_samples():
    coin = Chain(P=[[Fraction(3, 4), Fraction(1, 4)], [0, 1]], over={1})
    two = deliberate(coin, rounds=2)
    assert two.answers == ((0, Fraction(9, 16)), (1, Fraction(7, 16))) and two.rounds == Fraction(7, 4) and two.settles == Fraction(7, 16)
    guess = deliberate(coin, rounds=2, samples=4000, seed=3, most_states=1)
    assert not guess.exact and guess.stop is not None and abs(guess.probability(0) - Fraction(9, 16)) < guess.error < 0.03
    assert guess.to_dict() == deliberate(coin, rounds=2, samples=4000, seed=3, most_states=1).to_dict()
    assert json.loads(json.dumps(guess.to_dict()))["samples"] == 4000


@SMALL
@given(st.integers(1, 5), st.data())
def test_elimination(n, data):
    draw = data.draw(st.lists(st.lists(st.integers(1, 4), min_size=n + 1, max_size=n + 1), min_size=n, max_size=n))
    Q = rational([[Fraction(x, sum(row)) for x in row[:n]] for row in draw])
    R = rational([[Fraction(1), Fraction(k)] for k in range(n)])
    X = resolved(Q, R)
    assert (X - Q @ X == R).all()
    np.testing.assert_allclose(resolved(Q.astype(float), R.astype(float)), X.astype(float))
    P = rational([[Fraction(x, sum(row[:n])) for x in row[:n]] for row in draw])
    pi = long_run_shares(P)
    assert (pi @ P == pi).all() and pi.sum() == 1


# DL-4


def shortest(space, n, edges, lengths):
    far = [[Fraction(0) if x == y else None for y in range(n)] for x in range(n)]
    for _ in range(n):
        for (a, b), w in zip(edges, lengths):
            for x, y in ((a, b), (b, a)):
                for z in range(n):
                    if far[z][x] is not None and (far[z][y] is None or far[z][x] + w < far[z][y]):
                        far[z][y] = far[z][x] + w
    return far


@SMALL
@given(st.integers(2, 8), st.data())
def test_trees_against_distances(n, data):
    edges = [(data.draw(st.integers(0, k - 1)), k) for k in range(1, n)]
    lengths = [data.draw(st.integers(1, 3)) for _ in edges]
    space = MedianSpace.from_edges(n, edges, lengths)
    far = shortest(space, n, edges, lengths)
    assert all(space.distance(x, y) == far[x][y] for x in range(n) for y in range(n))
    u, v, w = (data.draw(st.integers(0, n - 1)) for _ in range(3))
    assert space.median(u, v, w) == min(range(n), key=lambda x: far[x][u] + far[x][v] + far[x][w])


SPACES = [path(2), path(5), path(4, [1, 3, 2]), grid(2, 3), grid(3, 3), MedianSpace.from_edges(6, [(0, 1), (0, 2), (0, 3), (3, 4), (3, 5)])]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(SPACES), st.data())
def test_cuts_against_the_whole_chain(space, data):
    ideals = data.draw(st.lists(st.integers(0, space.nodes - 1), min_size=1, max_size=4))
    talk = PairwiseTalk.of_ideals(space, ideals, data.draw(st.one_of(st.none(), st.integers(0, space.nodes - 1))))
    for rounds in (0, 1, 3, None):
        found = deliberate(talk, rounds)
        chain = sum(p * sum(space.distance(x, i) for i in ideals) for x, p in found.answers) / len(ideals)
        assert talk.cost(rounds) == chain
    assert talk.least_cost * len(ideals) == min(sum(space.distance(x, i) for i in ideals) for x in range(space.nodes))


def test_five_nodes_in_a_row():
    talk = PairwiseTalk.of_ideals(path(5), range(5))
    rounds = (0, 1, 3, 7)  # the atlas counts the first proposal as a round too: T = 1, 2, 4, 8
    assert [round(float(talk.ratio(k)), 3) for k in rounds] == [1.333, 1.221, 1.169, 1.162]


@SMALL
@given(st.lists(st.integers(0, 6), min_size=2, max_size=7).filter(any), st.data())
def test_a43_long_run_ratio_on_paths(weights, data):
    lengths = [data.draw(st.integers(1, 5)) for _ in weights[1:]]
    talk = PairwiseTalk(path(len(weights), lengths), tuple(Fraction(w, sum(weights)) for w in weights))
    assert talk.ratio() <= (1 + 2**0.5) / 2 + 1e-9


@pytest.mark.parametrize("rounds", [1, 2, 5, None])
def test_worst_share_against_a_grid(rounds):
    found = worst_share(rounds)
    tried = [PairwiseTalk(path(2), (1 - Fraction(k, 400), Fraction(k, 400))).ratio(rounds) for k in range(1, 201)]
    assert max(tried) <= found.ratio + 1e-12 and found.ratio - float(max(tried)) < 1e-4
    assert found.low <= found.p <= found.high and found.attained


def test_worst_share_in_closed_form():
    assert worst_share().p_expression == "(2-sqrt(2))/2" and worst_share().ratio_expression == "(1+sqrt(2))/2"
    assert worst_share(1).p_expression == "(4-sqrt(7))/6"
    assert not worst_share(0).attained and worst_share(0).ratio == 2


@pytest.mark.parametrize("space", [path(4), grid(2, 2)])
@pytest.mark.parametrize("rounds", [0, 1, None])
def test_naming_ones_own_node_is_best(space, rounds):
    rule = PairwiseDeliberation(rounds)
    environment = ideal_nodes(space, 3)
    for types in product(range(space.nodes), repeat=3):
        true = environment.problem(types)
        honest = true.worth(0, rule.outcome(true))
        for lie in range(space.nodes):
            assert true.worth(0, rule.outcome(environment.problem((lie, *types[1:])))) <= honest


def test_pairwise_is_not_efficient():
    problem = IdealNodes(path(2), (0, 0, 0, 1))
    assert problem.welfare(PairwiseDeliberation().outcome(problem)) < problem.most == -1


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: MedianSpace.from_edges(3, [(0, 1), (1, 2), (2, 0)]),
        lambda: MedianSpace.from_edges(6, [(k, (k + 1) % 6) for k in range(6)]),
        lambda: MedianSpace.from_edges(5, [(a, b) for a in (0, 1) for b in (2, 3, 4)]),
        lambda: MedianSpace.from_edges(3, [(0, 1)]),
        lambda: MedianSpace.from_edges(4, [(0, 1), (1, 2), (2, 3), (3, 0)], [1, 1, 2, 1]),
        lambda: PairwiseTalk(path(2), (1, 1)),
        lambda: PairwiseTalk(path(2), (1,)),
        lambda: PairwiseTalk(path(2), (0, 1), first=2),
        lambda: PairwiseDeliberation(-1),
    ],
)
def test_no_median_graph_and_other_faults(wrong):
    with pytest.raises(InputError):
        wrong()


# DL-5

orders = st.integers(2, 5).flatmap(
    lambda m: st.lists(st.lists(st.integers(0, 3), min_size=m, max_size=m), min_size=1, max_size=3).map(
        lambda rows: tuple(Argument(str(k), tuple(row)) for k, row in enumerate(rows))
    )
)


@SMALL
@given(orders, st.integers(0, 10**6))
def test_a42_constructive_talk_is_short(arguments, seed):
    positions = len(arguments[0].scores)
    for talk in sampled_states(ConstructiveTalk(arguments), 5, seed):
        assert len(talk) - 1 <= positions - 1 and len({x for x, _ in talk}) == len(talk)


@SMALL
@given(orders)
def test_constructive_ends_by_going_through_all_states(arguments):
    talk = ConstructiveTalk(arguments)

    def slow(state):
        found = allowed(arguments, *state)
        if not found:
            return {state[0]: Fraction(1)}
        total = {}
        for y, r in found:
            for x, p in slow((y, state[1] | {r})).items():
                total[x] = total.get(x, 0) + p / len(found)
        return total

    positions = range(len(arguments[0].scores))
    expected = {}
    for x in positions:
        for y, p in slow((x, frozenset())).items():
            expected[y] = expected.get(y, 0) + p / len(positions)
    assert ends(talk) == expected == dict(deliberate(talk).answers)


@SMALL
@given(orders, st.data())
def test_debate_against_plain_recursion(arguments, data):
    m = len(arguments[0].scores)
    ranking = data.draw(st.permutations(range(m)))

    def slow(x, used, who):
        values = [slow(y, used | {r}, 1 - who) for y, r in allowed(arguments, x, used)]
        return (max if who == 0 else min)(values) if values else ranking[x]

    for x, who in product(range(m), range(2)):
        found = debate(arguments, ranking, x, who)
        assert ranking[found.answer] == slow(x, frozenset(), who)
        at, used = x, set()
        for mover, y, r in found.line:
            assert (y, r) in allowed(arguments, at, used) and mover == who
            at, who = y, 1 - who
            used.add(r)
        assert at == found.answer and not allowed(arguments, at, used)


def test_myopic_talk_goes_in_circles():
    rock = (Argument("a", (2, 1, 0)), Argument("b", (0, 2, 1)), Argument("c", (1, 0, 2)))
    found = deliberate(MyopicTalk(rock))
    assert found.settles == 0 and {p for _, p in found.answers} == {Fraction(1, 3)}
    assert undominated(rock) == (0, 1, 2)
    one = deliberate(MyopicTalk(rock[:1]))
    assert one.settles == 1 and one.answers == ((0, Fraction(1)),)


def test_constructive_freezes_where_it_began():
    """Path dependence: two arguments that disagree hold every position that has been reached by one of them."""
    arguments = (Argument("a", (0, 1, 2)), Argument("b", (0, 2, 1)))
    assert dict(deliberate(ConstructiveTalk(arguments, first=0)).answers) == {1: Fraction(1, 2), 2: Fraction(1, 2)}


def test_talk_alone_builds_nothing():
    game, case = toilet(), ec.load_case("public-toilet").game
    assert ArgumentDiscussion().proposal(game)[1] == 1 and ArgumentDiscussion().outcome(game).lottery[0] == 1
    assert ArgumentDiscussion().outcome(case).lottery[0] == 1
    assert ArgumentDiscussion().outcome(game.with_rights(Imposition())).alternative == 1
    assert ArgumentDiscussion().outcome(game.with_rights(Quota(4))).alternative == 1
    assert ArgumentDiscussion().outcome(game.with_rights(Quota(5))).alternative == 0
    assert [r.name for r in arguments_of(game, [5, 4, 3, 2, 1])][-1] == "shortest ways"


def test_an_overstated_damage_moves_the_proposal():
    true, told = own_sites([10, 10], [2, 4]), own_sites([10, 10], [6, 4])
    rule = ArgumentDiscussion()
    assert true.worth(0, rule.outcome(told)) == 10 > true.worth(0, rule.outcome(true)) == 8


# DL-6


@st.composite
def talks(draw):
    n = draw(st.integers(2, 4))
    rows = draw(st.lists(st.lists(st.integers(-2, 3), min_size=n, max_size=n), min_size=1, max_size=4))
    game = OutcomeGame(np.array([[0, *(row[i] for row in rows)] for i in range(n)]).tolist())
    operators = draw(st.lists(st.sampled_from(OPERATORS), min_size=1, unique=True))
    return CoalitionTalk(site_proposals(game), tuple(operators), start_with=draw(st.sampled_from(["favourite", "random"])))


@SMALL
@given(talks(), st.integers(0, 1000))
def test_a42_sizes_rise_in_lexicographic_order(talk, seed):
    everybody = 2**talk.n - 1
    for states in sampled_states(talk, 3, seed):
        spoken = [s for s in states if all(p != -2 for _, p in s)]
        for before, after in pairwise(spoken):
            assert sizes(after) > sizes(before)
        for state in spoken:
            assert sum(C for C, _ in state) == everybody
            assert all((p < 0 and C.bit_count() == 1) or C & ~talk.approval[p] == 0 for C, p in state)


@SMALL
@given(talks())
def test_merging_never_leaves_two_that_agree(talk):
    if "merge" in talk.operators:
        for state in terminal_states(talk):
            for a, b in ((a, b) for a in state for b in state if a != b):
                assert not any((a[0] | b[0]) & ~A == 0 for A in talk.kept)


def test_t5_sites_only():
    proposals = site_proposals(toilet())
    assert CoalitionTalk(proposals).largest_support == 4
    found = deliberate(CoalitionTalk(proposals, OPERATORS))
    assert {size for (size, _), _ in found.answers} == {4} and found.settles == 1
    expected = {"single": {4}, "follow": {3, 4}, "merge": {3, 4}, "compromise": {4}}  # a group of 3 and one of 2 can be stuck
    for operator, ends_at in expected.items():
        talk = CoalitionTalk(proposals, (operator,), start_with="random")
        assert {talk.answer(state)[0] for state in terminal_states(talk)} == ends_at


@pytest.mark.parametrize(("site", "charge"), [(0, "17/2"), (1, "21/2"), (2, "25/2")])
def test_t5_compensation_that_all_approve(site, charge):
    proposal = compensation_proposals(toilet(), [charge])[site]
    assert min(proposal.gains) > 0 and sum(proposal.transfers) == 0


def test_t5_sites_that_no_equal_charge_makes_acceptable_to_all():
    for proposal in compensation_proposals(toilet(), 640):
        assert min(proposal.gains) <= 0 or proposal.lottery[1:4].sum() == 1


def test_t5_runs():
    proposals = compensation_proposals(toilet())
    alone = CoalitionTalk(proposals, ("single",), start_with="random")
    ends_ = [alone.answer(talk[-1])[0] for talk in sampled_states(alone, 60, seed=0)]
    assert min(ends_) >= 3 and max(ends_) <= 5 and 3.5 < sum(ends_) / 60 < 4.6
    merging = CoalitionTalk(proposals, ("single", "merge"), start_with="random")
    assert {merging.answer(talk[-1])[0] for talk in sampled_states(merging, 60, seed=0)} == {5}
    assert all(merging.succeeds(talk[-1]) for talk in sampled_states(merging, 5, seed=1))


def test_large_talks_are_sampled_and_say_so():
    talk = CoalitionTalk(compensation_proposals(toilet()), start_with="random")
    found = deliberate(talk, samples=100, seed=5, most_states=500)
    assert not found.exact and found.samples == 100 and "500" in str(found.stop) and not found.complete
    assert {size for (size, _), _ in found.answers} == {5} and found.settles == 1


def test_t5_as_a_rule():
    game = toilet()
    money = CoalitionDeliberation().outcome(game)
    assert money.alternative == 1 and money.transfers.tolist() == [Fraction(21, 2)] + [Fraction(-21, 8)] * 4
    assert CoalitionDeliberation("sites").outcome(game).alternative == 0
    lottery = CoalitionDeliberation("lotteries").outcome(game)
    assert min(game.utilities @ lottery.lottery) == Fraction(492, 251)
    assert len(lottery_proposals(game)) == 2**5


def test_an_overstated_damage_is_paid_for():
    true, told = own_sites([4, 5, 6], [6, 9, 12]), own_sites([4, 5, 6], [7, 9, 12])
    rule = CoalitionDeliberation()
    assert true.worth(0, rule.outcome(told)) > true.worth(0, rule.outcome(true))


def test_no_equal_charge_may_do():
    game = own_sites([1, 10, 10], [30, 30, 15])
    assert game.surplus[3] == 6 == game.most and CoalitionDeliberation().outcome(game).alternative == 0


def test_nobody_with_a_veto_loses():
    for damages in product([2, 6, 9], repeat=3):
        game = own_sites([4, 4, 4], damages)
        for rule in (CoalitionDeliberation(), CoalitionDeliberation("sites"), CoalitionDeliberation("lotteries"), ArgumentDiscussion()):
            outcome = rule.outcome(game)
            assert min(game.worth(i, outcome) for i in range(3)) >= 0 and outcome.transfers.sum() == 0


# DL-7


@st.composite
def listenings(draw):
    n = draw(st.integers(1, 5))
    rows = [draw(st.lists(st.integers(0, 2), min_size=n, max_size=n).filter(any)) for _ in range(n)]
    own = [Fraction(draw(st.integers(0, 4)), 4) for _ in range(n)]
    return Listening(rational([[Fraction(x, sum(row)) for x in row] for row in rows]), np.array(own, dtype=object))


@SMALL
@given(listenings(), st.data())
def test_a44_limit_equals_long_iteration(model, data):
    first = [data.draw(st.integers(-3, 3)) for _ in range(model.n)]
    floats = Listening(model.W.astype(float), model.susceptibility.astype(float))
    late, later = floats.after(list(map(float, first)), 3000), floats.after(list(map(float, first)), 3001)
    if model.settles:
        np.testing.assert_allclose(model.limit(first).astype(float), late, atol=1e-8)
        assert (model.weights.sum(axis=1) == 1).all() and model.weights.min() >= 0
        np.testing.assert_allclose(floats.weights, model.weights.astype(float), atol=1e-9)
        agreed = all(len(set(column)) == 1 for column in model.weights.T)
        assert model.agrees == agreed == floats.agrees
    else:
        assert any(model.period(circle) > 1 for circle in model.circles)
        del later
        with pytest.raises(NotApplicable):
            _ = model.weights


def test_degroot_conditions():
    swap = degroot([[0, 1], [1, 0]])
    assert not swap.settles and swap.circles == ((0, 1),)
    assert not degroot([[1, 0], [0, 1]]).agrees and degroot([[1, 0], [0, 1]]).settles
    assert degroot([[0, 1, 0], [0, 0, 1], ["1/2", "1/2", 0]]).agrees
    with pytest.raises(NotApplicable):
        _ = degroot([[1, 0], [0, 1]]).consensus
    assert friedkin_johnsen([[0, 1], [1, 0]], "1/2").limit([0, 3]).tolist() == [1, 2]


def test_t5_persuasion():
    beta = ["1/20", "3/10", "3/10", "2/5", "1/2"]
    uniform = [[Fraction(1, 5)] * 5] * 5
    assert degroot(uniform).limit(beta).tolist() == [Fraction(31, 100)] * 5
    assert needed_weights(toilet(), 1) == {0: Fraction(8, 26)}
    for share in (Fraction(1, 2), Fraction(335, 338), Fraction(99, 100)):
        first = friedkin_johnsen(uniform, share).limit(beta)[0]
        assert first == Fraction(1, 20) * (1 - share) + share * Fraction(31, 100)
        rule = Persuasion(tuple(beta), share)
        assert rule.persuaded(toilet())[0] == first
        assert rule.outcome(toilet()).alternative == (1 if share >= Fraction(335, 338) else 0)
    assert round(335 / 338, 3) == 0.991
    assert toilet().worth(0, Persuasion(tuple(beta)).outcome(toilet())) == -8
    assert Persuasion().refuses(toilet()) and Persuasion(("1",)).refuses(toilet())


def test_proximity_of_t3c():
    found = proximity(T3C)
    assert found.share == Fraction(2, 3) and majority_cycle(T3C) in ((0, 1, 2), (0, 2, 1))
    assert all(single_peaked(T3C[i], found.axis) for i in found.rows)
    assert proximity([[1, 2, 3]] * 2 + [[3, 2, 1]], [3, 1, 2]).share == 1


@SMALL
@given(st.integers(1, 5).flatmap(lambda m: st.lists(st.lists(st.integers(0, 4), min_size=m, max_size=m), min_size=1, max_size=5)))
def test_proximity_against_all_axes(U):
    m = len(U[0])

    def peaked(u, axis):
        along = [u[x] for x in axis]
        return not any(along[b] < min(along[a], along[c]) for a in range(m) for b in range(a + 1, m) for c in range(b + 1, m))

    best = max(sum(peaked(u, axis) for u in U) for axis in permutations(range(m)))
    found = proximity(U)
    assert found.share == Fraction(best, len(U)) and len(found.rows) == best
    assert all(single_peaked(u, found.axis) == peaked(u, found.axis) for u in U)


@SMALL
@given(
    st.integers(2, 5).flatmap(lambda m: st.lists(st.lists(st.integers(0, 4), min_size=m, max_size=m), min_size=1, max_size=5)), st.data()
)
def test_restructuring(U, data):
    m = len(U[0])
    axis = data.draw(st.permutations(range(m)))
    assert all(single_peaked(row, axis) for row in structured(U, axis))
    assert majority_cycle(restructured(U, axis, 1)) is None
    w = least_weight(U, axis)
    assert w is not None
    for k in range(1, 6):
        assert majority_cycle(restructured(U, axis, w + (1 - w) * Fraction(k, 5))) is None
    cycle = majority_cycle(U)
    if cycle:
        for x, y in zip(cycle, (*cycle[1:], cycle[0])):
            assert sum(row[x] > row[y] for row in U) > sum(row[x] < row[y] for row in U)


def test_restructuring_t3c():
    w = least_weight(T3C, (0, 1, 2))
    assert w is not None and 0 < w < 1 and majority_cycle(restructured(T3C, (0, 1, 2), w * Fraction(9, 10))) is not None


# DL-14


def best_least_gain(game, tau):
    """The same by scipy, in floats."""
    from scipy.optimize import linprog

    U, m = game.utilities.astype(float), len(game.alternatives)
    A = np.vstack([np.hstack([-U, np.ones((len(U), 1))]), np.hstack([-U, np.zeros((len(U), 1))])])
    b = np.concatenate([np.zeros(len(U)), -np.array([float(x) for x in tau])])
    found = linprog([0] * m + [-1], A_ub=A, b_ub=b, A_eq=[[1] * m + [0]], b_eq=[1], bounds=[(0, None)] * m + [(None, None)])
    return -found.fun if found.status == 0 else None


@SMALL
@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_text_with_demands_against_a_solver(n, m, data):
    U = [[0, *data.draw(st.lists(st.integers(-4, 6), min_size=m, max_size=m))] for _ in range(n)]
    game = OutcomeGame(U)
    tau = [Fraction(data.draw(st.integers(0, 8)), 2) for _ in range(n)]
    found, expected = text(game, tau), best_least_gain(game, tau)
    assert (found is None) == (expected is None)
    if found is not None:
        assert abs(float(min(found.gains)) - expected) < 1e-7
        assert (found.gains >= tau).all() and found.lottery.sum() == 1 and found.lottery.min() >= 0
        assert min(found.gains[i] for i in range(n)) >= found.value
        floor = [max(found.value, t) for t in tau]
        assert max(found.weights @ game.utilities) == found.weights @ np.array(floor, dtype=object)  # the proof
        assert found.weights.sum() == 1 and found.weights.min() >= 0


@SMALL
@given(st.integers(1, 4), st.data())
def test_shared_text(n, data):
    U = [[0, *data.draw(st.lists(st.integers(-4, 6), min_size=2, max_size=2))] for _ in range(n)]
    counts = data.draw(st.lists(st.integers(1, 3), min_size=n, max_size=n))
    game = OutcomeGame(U, counts=counts)
    tau = [Fraction(data.draw(st.integers(0, 6)), 2) for _ in range(n)]
    total = max(game.counts @ game.utilities)
    found = text(game, tau, money=True)
    assert (found is None) == (sum(c * t for c, t in zip(counts, tau)) > total)
    if found is not None:
        assert game.counts @ found.transfers == 0 and game.counts @ found.gains == total
        assert all(g == max(found.value, t) for g, t in zip(found.gains, tau))


def test_t5_single_text():
    game = toilet()
    found, money = text(game), text(game, money=True)
    assert found.value == Fraction(492, 251) and round(float(found.value), 3) == 1.960
    assert [round(float(w), 3) for w in found.weights] == [0.299, 0.239, 0.199, 0.143, 0.120]
    assert money.value == Fraction(18, 5) and set(money.gains) == {Fraction(18, 5)}
    scaled = kalai_smorodinsky(game)
    ideals = [most_demand(game, i) for i in range(5)]
    assert len({g / m for g, m in zip(scaled.gains, ideals)}) == 1 and scaled.gains[0] / ideals[0] == scaled.value


def test_vetoes_and_inflated_demands():
    game = toilet()
    assert len(negotiate(game, [0] * 5).texts) == 1
    asked = negotiate(game, [0, 0, 3, 0, 0])
    assert asked.accepted and len(asked.texts) == 2 and asked.texts[-1].gains[2] >= 3
    assert not negotiate(game, [19, 0, 0, 0, 0], money=True).accepted
    assert most_demand(game, 2, money=True) == 18
    inflated = negotiate(game, [18, 0, 0, 0, 0], money=True)
    assert inflated.accepted and inflated.texts[-1].gains.tolist() == [18, 0, 0, 0, 0]
    most = most_demand(game, 0)
    believed = text(game, [most, 0, 0, 0, 0])
    assert believed.gains[0] == most > text(game).gains[0] and text(game, [most + Fraction(1, 1000), 0, 0, 0, 0]) is None


def test_single_text_as_a_rule():
    game = toilet()
    rows = {name: SingleText(name).outcome(game) for name in ("lottery", "money", "kalai-smorodinsky")}
    assert set(game.utilities @ rows["lottery"].lottery) == {Fraction(492, 251)}
    assert rows["money"].alternative == 1 and [game.worth(i, rows["money"]) for i in range(5)] == [Fraction(18, 5)] * 5
    assert SingleText("money", (19, 0, 0, 0, 0)).outcome(game).alternative == 0
    nobody = OutcomeGame([[0, 1], [0, -1]])
    assert SingleText("kalai-smorodinsky").refuses(nobody) and SingleText().outcome(nobody).lottery[0] == 1
    floats = OutcomeGame(game.utilities.astype(float))
    np.testing.assert_allclose(floats.utilities @ SingleText("kalai-smorodinsky").outcome(floats).lottery, [
        float(g) for g in game.utilities @ rows["kalai-smorodinsky"].lottery
    ])  # fmt: skip
    assert abs(min(floats.utilities @ SingleText("lottery", (0, 0, 3, 0, 0)).outcome(floats).lottery)) > 0


RULES = [
    ArgumentDiscussion(),
    CoalitionDeliberation(),
    CoalitionDeliberation("sites"),
    CoalitionDeliberation("lotteries"),
    Persuasion((Fraction(1, 2),) * 5),
    SingleText(),
    SingleText("money"),
    SingleText("kalai-smorodinsky"),
]


@pytest.mark.parametrize("rule", [*RULES, PairwiseDeliberation()], ids=lambda rule: rule.id)
def test_what_rules_say_and_refuse(rule):
    assert rule.title and rule.requires and rule.claims
    assert rule.refuses(ec.two_player([[1, 0], [0, 1]], [[1, 0], [0, 1]])) is not None
    if rule in RULES:
        assert rule.refuses(toilet()) is None
        blame = toilet().with_rights(Liability(toilet().parts.damages))
        assert (rule.refuses(blame) is None) == isinstance(rule, SingleText)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_floats_decide_alike(rule):
    exact, game = toilet(), toilet()
    floats = own_sites([4.0, 5, 6, 7, 8], [12.0, 15, 18, 25, 30])
    found = rule.outcome(floats)
    assert found.lottery.dtype == float and abs(found.transfers.sum()) < 1e-9
    want = rule.outcome(exact)
    np.testing.assert_allclose([floats.worth(i, found) for i in range(5)], [float(game.worth(i, want)) for i in range(5)], atol=1e-6)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Argument("a", ()),
        lambda: MyopicTalk(()),
        lambda: ConstructiveTalk((Argument("a", (1, 2)), Argument("b", (1,)))),
        lambda: CoalitionTalk(()),
        lambda: CoalitionTalk(site_proposals(toilet()), ("split",)),
        lambda: CoalitionTalk(site_proposals(toilet()), start_with="worst"),
        lambda: CoalitionDeliberation("money"),
        lambda: compensation_proposals(OutcomeGame([[0, 1]])),
        lambda: degroot([[1, 1], [0, 1]]),
        lambda: friedkin_johnsen([[1]], [2]),
        lambda: Persuasion((2,)),
        lambda: proximity([]),
        lambda: proximity([[1, 2]], [0]),
        lambda: structured([[1, 2]], (0, 0)),
        lambda: SingleText("best"),
        lambda: SingleText("kalai-smorodinsky", (1,)),
        lambda: text(toilet(), [1]),
    ],
)
def test_bad_arguments(wrong):
    with pytest.raises(InputError):
        wrong()


def test_too_large():
    with pytest.raises(SizeError):
        proximity([list(range(9))])
    with pytest.raises(SizeError):
        debate([Argument(str(k), (1, 2)) for k in range(14)], [0, 1])
    with pytest.raises(SizeError):
        degroot(np.full((200, 200), Fraction(1, 200), dtype=object))
