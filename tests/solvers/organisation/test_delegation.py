"""Delegation: losses summed over many needs, caps and sets tried one by one (ATLAS P13.1 to P13.4)."""

from fractions import Fraction as F
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, solve, verify
from encompass.games.errors import InputError, SizeError
from encompass.games.organisation.delegation import CELLS, Delegation
from encompass.games.organisation.release import Release

few = settings(max_examples=40, deadline=None)
shares = st.integers(0, 20).map(lambda k: F(k, 20))
communities = st.builds(
    Delegation,
    bias=shares,
    width=st.integers(1, 4).map(lambda k: F(k, 2)),
    biases=st.lists(shares, min_size=1, max_size=4).map(tuple),
    points=st.integers(2, 4),
)


def mean_loss(m, decide, cells=400):
    """By the middle of many equal parts of the needs."""
    needs = [float(m.width) * (k + 0.5) / cells for k in range(cells)]
    return sum((decide(need) - need) ** 2 for need in needs) / cells


@few
@given(communities, st.integers(0, 24).map(lambda k: F(k, 12)))
def test_losses_by_summing_over_needs(m, cap):
    w = float(m.width)
    assert float(m.loss(cap, m.bias)) == pytest.approx(mean_loss(m, lambda need: min(need + float(m.bias), float(cap))), abs=2e-4 * w * w)
    chosen = m.decisions[1:]
    near = mean_loss(m, lambda need: float(min(chosen, key=lambda y: abs(float(y) - need - float(m.bias)))))
    assert float(m.set_loss(chosen)) == pytest.approx(near, abs=2e-3 * w * w)


@few
@given(communities)
def test_no_other_cap_does_better(m):
    a = analyse(m)
    grid = [m.width * F(k, 40) for k in range(81)]
    assert a.cap_loss <= min(m.loss(cap, m.bias) for cap in grid)
    assert a.cap_loss <= min(a.full_loss, a.central_loss)
    one = [sum(m.loss(cap, b) for b in m.biases) / len(m.biases) for cap in grid]
    assert float(a.one_cap_loss) <= float(min(one)) + 1e-12
    assert (a.gain_of_own_caps > 0) == a.unlike == (len(set(a.caps)) > 1)
    if max(m.biases) <= m.width / 2:
        rms = (sum(b * b for b in m.biases) / len(m.biases)) ** F(1, 2)
        assert float(a.one_cap) == pytest.approx(float(m.width) - rms)


@few
@given(communities)
def test_no_set_of_decisions_beats_a_cap(m):
    a = analyse(m)
    sets = [c for size in range(1, m.points + 1) for c in combinations(m.decisions, size)]
    assert a.best_set_loss == min(map(m.set_loss, sets)) == a.best_cap_set_loss >= a.cap_loss


def test_the_game_of_sets_is_solved_backward():
    m = Delegation(F(13, 100), points=3)
    needs = [F(2 * k + 1, 2 * CELLS) for k in range(CELLS)]

    def loss(permitted):
        return sum((min(permitted, key=lambda y: abs(y - need - m.bias)) - need) ** 2 for need in needs) / CELLS

    answer = solve(m.game(), "subgame-perfect")
    assert answer.complete and {-e.payoffs[0] for e in answer.equilibria} == {min(map(loss, m.sets()))}


def test_the_numbers_of_the_atlas():
    losses = [analyse(Delegation(b)).cap_loss for b in (F(1, 10), F(1, 5), F(3, 10), F(1, 2))]
    assert [round(float(x), 4) for x in losses] == [0.0087, 0.0293, 0.054, 0.0833]
    assert [analyse(Delegation(b)).delegate for b in (F(28, 100), F(29, 100))] == [True, False]


def test_unlike_biases_may_need_like_caps():
    a = analyse(Delegation(biases=(F(3, 5), F(9, 10))))
    assert a.caps == [F(1, 2), F(1, 2)] and a.gain_of_own_caps == 0 and a.one_cap == F(1, 2)


def test_certificates_and_changed_ones():
    for m in (Delegation(F(3, 5)), Delegation(0, points=9), Delegation(F(1, 10), 2, points=9)):
        certificates = analyse(m).certificates
        assert certificates and all(verify(c).valid for c in certificates)
    smooth = analyse(Delegation()).certificates[0]
    assert not verify(smooth | {"profile": {"closed": "1/5", "open": "3/4"}}).valid


releases = st.builds(
    Release,
    spillovers=st.lists(shares, min_size=1, max_size=4).map(tuple),
    values=st.lists(st.integers(0, 9).map(F), min_size=1, max_size=4).map(tuple),
)


@few
@given(releases)
def test_what_projects_lose(m):
    a = analyse(m)
    assert a.by_threshold
    for j, s in enumerate(m.spillovers):

        def worth(levels, s=s):
            return sum(2 * (1 + s) * v * r - r * r for v, r in zip(m.values, levels)) / len(m.values)

        best = worth([(1 + s) * v for v in m.values])
        assert best - worth(m.values) == a.released_loss[j]
        central = max(worth([F(k, 60) * 20] * len(m.values)) for k in range(61))
        assert worth([(1 + s) * m.mean] * len(m.values)) >= central and best - a.central_loss[j] == worth(
            [(1 + s) * m.mean] * len(m.values)
        )
        assert a.matched_loss[j] == 0 and a.released[j] == (a.released_loss[j] <= a.central_loss[j])
    assert all(verify(c).valid for c in a.certificates)


def test_projects_of_one_value_are_released_only_without_spillover():
    a = analyse(Release((0, F(1, 10)), (5, 5)))
    assert a.threshold == 0 and a.released == [True, False]
    assert analyse(Release((F(1, 2),), (0, 0))).threshold is None


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (Delegation, {"bias": -1}),
        (Delegation, {"width": 0}),
        (Delegation, {"biases": ()}),
        (Delegation, {"points": 10}),
        (Release, {"spillovers": (-1,)}),
        (Release, {"values": 3}),
    ],
)
def test_refused(kind, wrong):
    with pytest.raises(InputError):
        kind(**wrong)


def test_the_game_of_many_sets_is_refused():
    with pytest.raises(SizeError, match="at most 5 decisions, not 9"):
        Delegation(points=9).game()
