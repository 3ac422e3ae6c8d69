"""The diagnosis: conflict share and opposition by definition, margins with proofs (A-03 to A-06, A-19), the canonical cases."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

import encompass as ec
from encompass.games.maximin import maximin_lottery
from encompass.games.normal_form import two_player
from encompass.games.outcome_game import OutcomeGame, Stream
from encompass.games.rights import Unanimity
from encompass.solvers.standoff.conflict import conflict_share, encompassing, opposition
from encompass.solvers.standoff.efficiency import selfishness_level, zero_sum_share
from encompass.solvers.standoff.margins import margins
from encompass.testing import outcome_games, siting

T5 = ([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])
T3C = [[0, 5, 2, -1], [0, -1, 5, 2], [0, 2, -1, 5]]


def each(game):
    """Every resident's gains, kinds written out."""
    return [list(game.utilities[row]) for row, count in enumerate(game.counts) for _ in range(count)]


def variance(values):
    mean = sum(values) / len(values)
    return sum((v - mean) ** 2 for v in values) / len(values)


@given(outcome_games())
@settings(deadline=None)
def test_conflict_share_by_its_definition(game):
    """A-03, kinds counted against kinds written out."""
    rows = [[row[x] for x in game.sites] for row in each(game)]
    n, spread = len(rows), sum(variance(row) for row in rows)
    mean = [sum(row[x] for row in rows) / Fraction(n) for x in range(len(game.sites))]
    share = conflict_share(game)
    assert share == (1 - n * variance(mean) / spread if spread else 0)
    assert 0 <= share <= 1 and 0 <= conflict_share(game, whether=True) <= 1
    totals = {sum(row[x] for row in rows) for x in range(len(game.sites))}
    assert (share == 1) == (len(totals) == 1 and spread > 0)


@given(outcome_games(), st.lists(st.integers(-5, 5), min_size=5, max_size=5), st.fractions(Fraction(1, 9), 9))
@settings(deadline=None)
def test_conflict_share_ignores_constants_and_the_common_unit(game, constants, unit):
    """A-03: adding a constant per resident to all sites, or changing the money unit, changes nothing."""
    shifted = game.utilities * unit + np.array(constants[: len(game.players)], dtype=object)[:, None]
    shifted[:, 0] = Fraction(0)
    assert conflict_share(game.with_utilities(shifted)) == conflict_share(game)


@given(outcome_games(), st.lists(st.integers(1, 4), min_size=5, max_size=5))
@settings(deadline=None)
def test_opposition_by_counting_pairs(game, powers):
    """A-04: opposed pairs over strict pairs; strictly increasing transforms per resident change nothing."""
    opposed = aligned = 0
    for one, other in combinations(each(game), 2):
        for x, y in combinations(game.sites, 2):
            product = (one[x] - one[y]) * (other[x] - other[y])
            opposed, aligned = opposed + (product < 0), aligned + (product > 0)
    assert opposition(game) == (Fraction(opposed, opposed + aligned) if opposed + aligned else 0)
    stretched = np.array([[u**3 * k for u in row] for row, k in zip(game.utilities, powers)], dtype=object)
    assert opposition(game.with_utilities(stretched)) == opposition(game)


@given(outcome_games())
@settings(deadline=None)
def test_encompassing_weights_sum_to_one(game):
    alpha = encompassing(game)
    total = {game.surplus[x] for x in game.sites}
    assert (alpha is None) == (len(total) == 1)
    if alpha is not None:
        assert game.counts @ alpha == 1


@given(outcome_games())
@settings(deadline=None, max_examples=150)
def test_theorem_and_margins_are_proved(game):
    """A-05, A-06: exactly one of (P), (Z), with certificates; deterministic <= lottery <= transfers; primal = dual."""
    found = margins(game)
    U = game.utilities
    assert (found.improvement is None) != (found.weights is None)
    if found.improvement is not None:
        expected = U @ np.array(found.improvement, dtype=object)
        assert min(expected) >= 0 and max(expected) > 0 and sum(found.improvement) <= 1
    else:
        weights = np.array([found.weights.get(row, 1) for row in range(len(U))], dtype=object)
        assert min(weights) > 0 and max(weights @ U) <= 0
    assert 0 <= found.deterministic <= found.lottery <= found.transfers
    assert min(U @ np.array(found.p, dtype=object)) == found.lottery
    assert max(sum(w * U[row] for row, w in found.objector.items())) == found.lottery


@given(outcome_games())
@settings(deadline=None, max_examples=50)
def test_lottery_margin_agrees_with_highs(game):
    U = game.utilities.astype(float)
    rows, columns = U.shape
    A_ub, bounds = np.hstack([-U, np.ones((rows, 1))]), [(0, 1)] * columns + [(None, None)]
    result = linprog([0] * columns + [-1], A_ub=A_ub, b_ub=np.zeros(rows), A_eq=[[1] * columns + [0]], b_eq=[1], bounds=bounds)
    assert float(maximin_lottery(game).value) == pytest.approx(-result.fun, abs=1e-9)


@given(st.lists(st.integers(6, 8).flatmap(lambda a: st.tuples(st.just(a), st.integers(a, 3 * a))), min_size=3, max_size=6))
@settings(deadline=None)
def test_maximin_closed_form(pairs):
    """A-19: t = (sum a/d - 1) / sum 1/d and p_i = (a_i - t)/d_i, wherever that is a lottery and t >= 0."""
    a, d = [p[0] for p in pairs], [p[1] for p in pairs]
    t = (sum(Fraction(x, y) for x, y in pairs) - 1) / sum(Fraction(1, y) for y in d)
    assume(t >= 0 and t <= min(a))
    assert maximin_lottery(siting(a, d)).value == t


def test_streamed_blocks_give_the_same_figures():
    """A million never stand in memory: blocks of floats, the same answers up to rounding."""
    rng = np.random.default_rng(1)
    gains = np.round(rng.normal(0.3, 1.0, (20_000, 6)), 3)
    gains[:, 0] = 0.0
    blocks = [(np.ones(4_000, dtype=np.int64), part) for part in np.split(gains, 5)]
    streamed = ec.diagnose(OutcomeGame(Stream(lambda: iter(blocks), 20_000, 20_000), alternatives=["x0", *"ABCDE"]))
    whole = ec.diagnose(OutcomeGame(gains, alternatives=["x0", *"ABCDE"]))
    for name in ("whether", "where"):
        assert float(streamed.conflict_share[name]) == pytest.approx(float(whole.conflict_share[name]), abs=1e-9)
        assert streamed.opposition[name] == whole.opposition[name]
    assert float(streamed.margins.lottery) == pytest.approx(float(whole.margins.lottery), abs=1e-9)
    assert float(streamed.best[1]) == pytest.approx(float(whole.best[1]))
    assert streamed.certificate is None and streamed.impasse is None and streamed.notes


def test_toilet():
    """Every figure of ATLAS 4.1 for T5."""
    answer = ec.diagnose(siting(*T5))
    figures = answer.to_dict()
    assert figures["best"] == {"alternative": "1", "surplus": "18"}
    assert figures["conflict_share"] == {"whether": "2/127", "where": "4327/4436", "strategic": "65215/206336"}
    assert figures["opposition"] == {"whether": "0", "where": "1"}
    assert figures["margins"] == {"deterministic": "0", "lottery": "492/251", "transfers": "18/5", "need": "343/753"}
    assert [round(float(w), 3) for w in answer.margins.objector.values()] == [0.299, 0.239, 0.199, 0.143, 0.12]
    assert [round(float(x), 3) for x in answer.margins.p] == [0, 0.17, 0.203, 0.224, 0.202, 0.201]
    assert [round(float(x), 2) for x in answer.encompassing] == [-0.44, -0.34, -0.17, 0.57, 1.38]
    assert answer.impasse == {"worst": 1, "best": 1} and answer.equilibrium_outcomes == ("x0",)
    assert figures["price_of_anarchy"] == "inf"
    assert answer.selfishness_level == Fraction(8, 18)
    assert answer.standoff_window == (5, 5) and answer.kind == "L"
    assert [r.step for r in answer.remedies if r.helps] == ["lottery", "money"]


def test_cyclic_siting():
    """T3c: constant-sum over sites, yet the uniform lottery gives 2 to each."""
    answer = ec.diagnose(OutcomeGame(T3C, alternatives=["x0", "A", "B", "C"], rights=Unanimity()))
    assert answer.conflict_share["where"] == 1 and answer.conflict_share["whether"] == 0
    assert (answer.margins.deterministic, answer.margins.lottery, answer.margins.transfers) == (0, 2, 2)
    assert answer.encompassing is None


@pytest.mark.parametrize(
    ("gains", "kind", "positive"),
    [([[0, 1], [0, 2]], "P", True), ([[0, -1], [0, 3]], "T", False), ([[0, 0], [0, 1]], "T", True), ([[0, -2], [0, 1]], "Z", False)],
)
def test_classes(gains, kind, positive):
    answer = ec.diagnose(OutcomeGame(gains))
    assert (answer.kind, answer.margins.positive_sum) == (kind, positive)
    assert ec.verify(answer.certificate).valid


@pytest.mark.parametrize(
    ("A", "B", "share"),
    [
        ([[3, 0], [5, 1]], [[3, 5], [0, 1]], 0),
        ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], 1),
        ([[2, 0], [0, 1]], [[1, 0], [0, 2]], 0),
    ],
)
def test_zero_sum_share_of_known_games(A, B, share):
    """ATLAS D-01: prisoner's dilemma and battle of the sexes 0, matching pennies 1."""
    assert zero_sum_share(two_player(A, B)) == share


def test_selfishness_level_of_the_public_goods_dilemma():
    """Apt and Schaefer (2014): the n-player prisoner's dilemma b=2, c=3... here n=2, c/(b(n-1)-c) with b=9/2, c=1."""
    game = two_player([["7/2", -1], ["9/2", 0]], [["7/2", "9/2"], [-1, 0]])
    assert selfishness_level(game) == Fraction(2, 7)


@given(st.integers(1, 9), st.lists(st.integers(1, 12), min_size=2, max_size=6))
@settings(deadline=None)
def test_where_is_conflict_and_whether_is_common(damage, gains):
    """P1.5: equal damages make the sites constant-sum; equal gains make building at all a pure common interest."""
    n = len(gains)
    assert conflict_share(siting(gains, [damage] * n)) == 1
    alike = siting([gains[0]] * n, [gains[0] * n + damage] * n)
    assert conflict_share(alike, whether=True) == 0
