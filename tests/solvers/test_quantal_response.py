"""Quantal responses: closed form and followed paths, against brute force, worked figures and each other."""

import json
from fractions import Fraction as F
from itertools import pairwise, product
from math import comb, exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import RoleSymmetricGame, SymmetricGame, ways
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.certificate import sealed
from encompass.solvers.checker.quantal import quantal_claims
from encompass.solvers.quantal.quantal_certificate import quantal_certificate
from encompass.solvers.quantal.quantal_gain import Gain, halved, isolated, vanishes_at_half
from encompass.solvers.quantal.quantal_model import Logit
from encompass.solvers.quantal.quantal_response import quantal, quantal_path, refuses_quantal, solve_quantal


def needed(n, k, cost=F(2, 5), benefit=1):
    """Everybody gets ``benefit`` if k contribute; contributing costs ``cost``. k = 1: the volunteer's dilemma."""
    return SymmetricGame.of(lambda a, others: benefit * (others[1] + a >= k) - cost * a, n, ["no", "yes"])


def gains(values):
    """The game in which switching gains ``values[k]`` when k others have switched."""
    return SymmetricGame([[0] * len(values), list(values)], len(values))


def gain_at(values, p):
    m = len(values) - 1
    return sum(comb(m, k) * p**k * (1 - p) ** (m - k) * F(v) for k, v in enumerate(values))


def logistic(x):
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


small = st.lists(st.integers(-3, 3), min_size=1, max_size=7)


@settings(max_examples=60, deadline=None)
@given(small, st.sampled_from([0, 0.3, 1, 2.7, 6, 15]))
def test_all_fixed_points_are_found(values, rationality):
    """The twin: signs of t - L G(t) on a dense grid."""
    found = quantal_path(gains(values)).at(rationality)
    ts = np.unique(np.concatenate([np.linspace(-8, 8, 4001), np.linspace(-60, 60, 1201)]))
    ps = 1 / (1 + np.exp(-ts))
    m = len(values) - 1
    G = sum(comb(m, k) * ps**k * (1 - ps) ** (m - k) * v for k, v in enumerate(values))
    f = ts - rationality * G
    signs = [s for s in np.sign(np.where(abs(f) < 1e-12, 0, f)) if s]
    changes = sum(a != b for a, b in pairwise(signs))
    assert len(found.points) >= changes  # two may lie within one step of the grid
    if len(found.points) > changes:
        logits = [log(p.strategies[0][1] / p.strategies[0][0]) for p in found.points]
        assert min(np.diff(logits)) < 0.2 or not found.complete
    for point in found.points:
        assert point.residual <= 1e-12
        p = F(float(point.strategies[0][1]))
        assert abs(float(p) - logistic(rationality * float(gain_at(values, p)))) <= 1e-12


@settings(max_examples=50, deadline=None)
@given(small)
def test_every_point_of_every_branch_is_a_fixed_point(values):
    path = quantal_path(gains(values))
    for branch in path.branches:
        for L, (_, p) in zip(branch.rationality[::5], branch.strategies[0][::5]):
            again = logistic(min(700, max(-700, L * float(gain_at(values, F(float(p)))))))
            assert abs(p - again) <= 1e-12 * max(1, L)
    for point in path.turning:
        near = [len(path.at(point.rationality * (1 + e)).points) for e in (-1e-6, 1e-6)]
        assert abs(near[0] - near[1]) == 2
    assert sum(branch.principal for branch in path.branches) == 1
    json.dumps(path.to_dict())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=2, max_size=7))
def test_the_limit_is_an_equilibrium(values):
    """Selection: the first zero of the gain from 1/2 in the direction of the better action."""
    path = quantal_path(gains(values))
    p = float(path.limit[0][1])
    gain = float(gain_at(values, F(p)))
    assert max(gain * (1 - p), -gain * p) <= 1e-12
    assert path.limit_regret <= 1e-12
    middle = gain_at(values, F(1, 2))
    for share in np.linspace(0.01, 0.99, 25):
        between = F(1, 2) + F(float(share)) * (F(p) - F(1, 2))
        assert middle * gain_at(values, between) > 0 or middle == 0 or abs(gain_at(values, between)) < 1e-9


def test_volunteers_dilemma_has_one_branch():
    for n in (2, 3, 12, 400):
        path = quantal_path(needed(n, 1))
        assert (path.complete, len(path.branches), path.turning) == (True, 1, ())
        assert path.limit[0][0] == pytest.approx(0.4 ** (1 / (n - 1)), rel=1e-13)
        breaking = path.branching[0]
        p, L = float(breaking.strategies[0][1]), breaking.rationality
        assert L * p * (1 - p) * -((1 - p) ** (n - 2)) == pytest.approx(-1, rel=1e-9)  # one player's answer to one other


def test_two_volunteers_by_hand():
    """G(p) = 3/5 - p, so that rationality along the branch is log(p / (1 - p)) / (3/5 - p)."""
    branch = quantal_path(needed(2, 1)).principal
    q, p = branch.strategies[0].T
    inner = branch.rationality > 0
    assert branch.rationality[inner] == pytest.approx((np.log(p / q) / (0.6 - p))[inner], rel=1e-6)
    assert branch.rationality[0] == 0 and np.all(np.diff(branch.rationality) > 0)


def test_a_threshold_game_turns():
    """Two of four: besides the principal branch one that comes from nobody and turns back to the lower mixed equilibrium."""
    path = quantal_path(needed(4, 2))
    assert (path.complete, len(path.branches), len(path.turning)) == (True, 2, 1)
    turn = path.turning[0].rationality
    assert [len(path.at(turn + d).points) for d in (-1e-6, 1e-6)] == [1, 3]
    mixed = sorted(p for p in (r.real for r in np.roots([3, -6, 3, -0.4])) if 0 < p < 1)
    assert [float(p.strategies[0][1]) for p in path.at(1e7).points] == pytest.approx([0, *mixed], abs=1e-5)
    assert float(path.limit[0][1]) == pytest.approx(mixed[-1], rel=1e-12)


def test_where_uniform_play_is_an_equilibrium():
    """Pure coordination: uniform play at every rationality; at 2 two branches leave it."""
    path = quantal_path(gains([-1, 1]))
    assert [(c.kind, c.rationality) for c in path.critical] == [("branching", pytest.approx(2))]
    assert [len(path.at(L).points) for L in (0, 1, 1.99, 2.01, 5)] == [1, 1, 1, 3, 3]
    assert path.limit[0].tolist() == [0.5, 0.5] and path.complete
    assert quantal(gains([-1, 1]), 5).strategies[0].tolist() == [0.5, 0.5]
    anti = quantal_path(gains([1, -1]))
    assert [(c.kind, c.rationality) for c in anti.critical] == [("symmetry-breaking", pytest.approx(2))]
    assert [len(anti.at(L).points) for L in (1, 5)] == [1, 1]


def test_indifference_and_one_player():
    assert quantal_path(gains([0, 0, 0])).at(9).points[0].strategies[0].tolist() == [0.5, 0.5]
    alone = quantal_path(gains([2]))
    assert (alone.complete, alone.branching, float(alone.at(1).points[0].strategies[0][1])) == (True, (), pytest.approx(logistic(2)))
    assert alone.limit[0].tolist() == [0, 1]


def test_ten_thousand_players():
    path = quantal_path(needed(10_000, 1))
    assert path.complete and len(path.branches) == 1
    assert float(path.limit[0][1]) == pytest.approx(-np.expm1(np.log(0.4) / 9999), rel=1e-9)
    assert len(path.at(50).points) == 1


def test_large_payoffs_keep_their_digits():
    """Integers beyond 2^63, and money a hundred times larger: rationality a hundred times smaller."""
    values, factor = [3, -1, 2, -3], 10**20
    big, plain = quantal_path(gains([v * factor for v in values])), quantal_path(gains(values))
    assert [c.rationality * factor for c in big.critical] == pytest.approx([c.rationality for c in plain.critical])
    assert big.at(2 / factor).points[0].strategies[0] == pytest.approx(plain.at(2).points[0].strategies[0])


def test_floats_prove_nothing():
    path = quantal_path(SymmetricGame([[0.0, 0.0, 0.0], [0.5, -0.25, 0.1]], 3))
    assert not path.complete and "floats" in str(path.stop)
    assert not path.at(1).complete


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=2, max_size=7))
def test_sign_changes_are_counted_exactly(coefficients):
    number, _, proved = isolated(coefficients)
    left, right = halved(coefficients)
    m = len(coefficients) - 1

    def value(c, x):
        return sum(comb(m, k) * x**k * (1 - x) ** (m - k) * v for k, v in enumerate(c))

    assert [value(left, F(1, 3)), value(right, F(1, 3))] == [2**m * value(coefficients, x) for x in (F(1, 6), F(2, 3))]
    signs = [v > 0 for x in range(1, 300) if (v := value(coefficients, F(x, 300)))]
    if proved:
        assert number >= sum(a != b for a, b in pairwise(signs))


def tables(sizes):
    cells = len(sizes) * int(np.prod(sizes))
    return st.lists(st.integers(-3, 3), min_size=cells, max_size=cells).map(lambda x: NormalForm(np.array(x).reshape(len(sizes), *sizes)))


def brute(game, L, starts=60):
    """Fixed points by damped iteration and Newton from many starts."""
    model = Logit(game)
    rng, found = np.random.default_rng(0), []
    for _ in range(starts):
        z = rng.normal(scale=3, size=int(model.cuts[-1]))
        for _ in range(60):
            s = model.strategies(z)
            value = z - L * model.D(s)
            try:
                z = z - np.linalg.solve(np.eye(len(z)) - L * model.slope(s), value)
            except np.linalg.LinAlgError:
                break
        if np.isfinite(z).all() and abs(model.F(z, L)).max() < 1e-10 and not any(np.allclose(z, y, atol=1e-6) for y in found):
            found.append(z)
    return model, found


def direct(game, strategies, rationality):
    """The definition, written out over all profiles."""
    worst = 0.0
    for i, own in enumerate(strategies):
        worth = np.zeros(len(own))
        for profile in product(*map(range, game.shape)):
            weight = np.prod([strategies[j][a] for j, a in enumerate(profile) if j != i])
            worth[profile[i]] += weight * float(game.payoffs(profile)[i])
        answer = np.exp(rationality * (worth - worth.max()))
        worst = max(worst, abs(answer / answer.sum() - own).max())
    return worst


@settings(max_examples=15, deadline=None)
@given(st.sampled_from([(2, 2), (2, 3), (2, 2, 2), (3, 2, 2), (2, 2, 2, 2)]).flatmap(tables), st.sampled_from([0.2, 1, 4]))
def test_a_followed_path_against_brute_force(game, rationality):
    path = quantal_path(game, rationality=rationality)
    found = path.at(rationality)
    assert found.points
    model, others = brute(game, rationality * Logit(game).spread, 20)
    for point in found.points:
        assert point.residual <= 1e-12
        assert direct(game, point.strategies, rationality) <= 1e-12
    if found.complete:  # Newton from anywhere finds no other; elsewhere it may miss the point that the path leads to
        (point,) = found.points
        assert all(np.allclose(p, q, atol=1e-6) for z in others for p, q in zip(point.strategies, model.strategies(z)))


@pytest.mark.parametrize(("n", "k"), [(2, 1), (3, 1), (4, 2), (4, 3), (5, 1)])
def test_the_followed_path_agrees_with_the_closed_form(n, k):
    """Also past a point where like players begin to differ, at which some programs stop or go astray."""
    game = needed(n, k)
    closed, followed = quantal_path(game), quantal_path(game.normal_form())
    assert followed.limit_regret < 1e-6
    for strategy in followed.limit:
        assert strategy == pytest.approx(closed.limit[0], abs=1e-5)
    for L in (0.5, 3, 30, 300):
        one, other = quantal(game, L), quantal(game.normal_form(), L)
        assert all(s == pytest.approx(one.strategies[0], abs=1e-9) for s in other.strategies)
        assert other.regret == pytest.approx(one.regret, abs=1e-9)
    on_branch = [c.rationality for c in closed.branching if abs(c.strategies[0][1] - 0.5) <= abs(closed.limit[0][1] - 0.5)]
    if k < 3:
        assert [c.rationality for c in followed.branching] == pytest.approx(on_branch, rel=1e-6)


def test_symmetry_breaks_in_a_game_of_three_actions_too():
    """The same with a dominated third action far below: the role version watches like players who begin to differ."""
    game = SymmetricGame.of(lambda a, c: F(5 * (c[1] + (a == 1) >= 1) - 2 * (a == 1) - 1000 * (a == 2), 5), 3, ["no", "yes", "never"])
    path = quantal_path(game)
    expected = quantal_path(needed(3, 1)).branching[0].rationality
    assert [(c.kind, c.role) for c in path.critical] == [("symmetry-breaking", "player")]
    assert path.critical[0].rationality == pytest.approx(expected, rel=1e-6)


def test_turning_points_on_a_followed_path():
    """A principal branch that turns twice, in closed form and followed."""
    rng = np.random.default_rng(3)
    for _ in range(400):
        values = rng.integers(-6, 7, 4).tolist()
        closed = quantal_path(gains(values))
        side = closed.principal.strategies[0][:, 1]
        turns = [c.rationality for c in closed.turning if side.min() < c.strategies[0][1] < side.max()]
        if len(turns) == 2 and abs(turns[0] - turns[1]) > 0.1:
            break
    else:
        pytest.fail("no such game was drawn")
    followed = quantal_path(gains(values).normal_form())
    assert sorted(c.rationality for c in followed.turning) == pytest.approx(sorted(turns), rel=1e-6)
    middle = sum(turns) / 2
    assert len(followed.at(middle).points) == 3


def test_roles_agree_with_every_player_named():
    rng = np.random.default_rng(5)
    own = [rng.integers(-3, 4, (2, 2, ways(2, 3))), rng.integers(-3, 4, (3, 3, ways(1, 3)))]
    game = RoleSymmetricGame(own, [2, 2], [["a", "b"], ["x", "y", "z"]])
    for L in (0.1, 0.4):
        one, other = quantal(game, L), quantal(game.normal_form(), L)
        for r, i in ((0, 0), (0, 1), (1, 2), (1, 3)):
            assert one.strategies[r] == pytest.approx(other.strategies[i], abs=1e-9)


def test_matching_pennies_stays_uniform():
    game = two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    path = quantal_path(game)
    assert path.limit_regret == pytest.approx(0, abs=1e-12)
    assert all(s == pytest.approx([0.5, 0.5]) for s in path.limit)


def test_the_solution_says_what_is_proved():
    game = needed(4, 2)
    low, high = solve_quantal(game, 0.5), solve_quantal(game, 20)
    assert (low.complete, low.stop, len(low.equilibria)) == (True, None, 1)
    assert (high.complete, len(high.equilibria), high.proof["all_alike"]) == (False, 3, True)
    assert "differently" in str(high.stop)
    strategy = high.equilibria[0].profile[0]
    assert (strategy["role"], strategy["players"]) == ("player", 4)
    named = solve_quantal(game.normal_form(), 0.5)
    assert named.complete and named.equilibria[0].profile[0] == pytest.approx(tuple(low.equilibria[0].profile[0]["strategy"]))
    assert not solve_quantal(game.normal_form(), 20).complete
    json.dumps(high.to_dict())


def test_players_with_one_action():
    path = quantal_path(NormalForm(np.zeros((2, 1, 1), dtype=np.int64)))
    assert path.limit_regret == 0
    point = quantal(NormalForm(np.array([[[1, 2]], [[3, 5]]])), 2)
    assert point.strategies[1] == pytest.approx([logistic(-4), logistic(4)])


def test_an_interrupt_keeps_what_was_followed():
    def stop(done, total, what):
        if done >= 20:
            raise KeyboardInterrupt

    path = quantal_path(needed(3, 1).normal_form(), progress=stop)
    assert path.limited and path.limit is None and "limit" in str(path.stop)
    assert len(path.principal.rationality) > 1


def test_refusals():
    with pytest.raises(InputError, match="rationality=-1"):
        quantal(needed(3, 1), -1)
    with pytest.raises(InputError, match="rationality"):
        quantal_path(needed(3, 1)).at(float("nan"))
    with pytest.raises(NotApplicable, match="counted"):
        quantal_path("game")
    assert refuses_quantal(needed(2, 1)) is None
    with pytest.raises(SizeError, match="payoffs a step"):
        quantal_path(NormalForm(np.zeros((20, *[2] * 20))))


def test_double_zeros_are_not_called_proved():
    """G touches 0 at 1/3 without crossing: (3p - 1)^2 in Bernstein form."""
    curve = Gain(gains([1, -2, 4]))
    assert not curve.proved
    assert Gain(gains([-1, 1, -1, 1])).proved


def sealed_again(certificate):
    return sealed({key: value for key, value in certificate.items() if key != "seal"})


def holds(certificate):
    certificate = json.loads(json.dumps(certificate))
    return all(ok for _, ok in quantal_claims(certificate))


@settings(max_examples=25, deadline=None)
@given(small, st.sampled_from([0, 0.3, 2, 9]))
def test_certificates_of_like_players_hold(values, rationality):
    game = gains(values)
    answer = solve_quantal(game, rationality)
    assert holds(quantal_certificate(game, answer))


def test_certificates_of_other_games_hold():
    rng = np.random.default_rng(2)
    role = RoleSymmetricGame(
        [rng.integers(-3, 4, (2, 2, ways(2, 3))), rng.integers(-3, 4, (3, 3, ways(1, 3)))], [2, 2], [["a", "b"], ["x", "y", "z"]]
    )
    for game in (role, NormalForm(rng.integers(-3, 4, (3, 2, 3, 2))), two_player([[0.5, 1.0], [0.25, 0.0]], [[0.5, 1.0], [0.25, 0.0]])):
        for rationality, complete in ((0.01, True), (40, False)):
            certificate = quantal_certificate(game, solve_quantal(game, rationality))
            assert holds(certificate) and certificate["complete"] == complete
    assert quantal_certificate(needed(500, 1), solve_quantal(needed(500, 1))) is None


def test_forged_certificates_are_told():
    game = needed(4, 2)
    three, one = (json.loads(json.dumps(quantal_certificate(game, solve_quantal(game, L)))) for L in (20, 0.5))
    assert three["alike"] and not three["complete"] and one["complete"] and one["alike"]
    forged = []
    for change in (
        lambda c: c["equilibria"].pop(),
        lambda c: c["equilibria"].__setitem__(0, c["equilibria"][1]),
        lambda c: c["equilibria"][0].__setitem__("regret", 0.0),
        lambda c: c["equilibria"][1]["payoffs"].__setitem__(0, 0.9),
        lambda c: c["equilibria"][1].__setitem__("profile", [[0.5, 0.5]]),
        lambda c: c.__setitem__("complete", True),
        lambda c: c.__setitem__("rationality", 21.0),
        lambda c: c["game"]["payoffs"][0][0].__setitem__(1, 7),
    ):
        changed = json.loads(json.dumps(three))
        change(changed)
        forged.append(sealed_again(changed))
    near = json.loads(json.dumps(three))
    twin = json.loads(json.dumps(near["equilibria"][2]))
    p = twin["profile"][0][1] + 1e-12
    twin["profile"][0] = [1 - p, p]
    near["equilibria"][1] = twin  # a copy a hair off, in place of the one in the middle
    forged.append(near)
    for certificate in forged:
        assert not holds(certificate)


@given(st.lists(st.one_of(st.integers(-3, 3), st.just(10**310)), min_size=1, max_size=7))
@settings(deadline=None, max_examples=100)
def test_zero_at_half_is_decided_exactly(c):
    exact = sum(comb(len(c) - 1, k) * x for k, x in enumerate(c)) == 0
    assert vanishes_at_half(np.array(c, dtype=object)) == exact
    assert vanishes_at_half(np.array([*c, *(-x for x in reversed(c))], dtype=object))


def test_zero_at_half_of_a_million():
    """All that differs lies where floats see nothing: no sum over numbers of a million digits."""
    c = np.zeros(10**6, dtype=np.int64)
    c[3], c[7] = 5, -2
    assert not vanishes_at_half(c)


def test_the_checker_wants_every_response_once():
    answer = solve_quantal(SymmetricGame([[0, 1], [1, 0]], 2), 1.0)
    good = quantal_certificate(SymmetricGame([[0, 1], [1, 0]], 2), answer) | {"complete": False, "alike": False}
    assert all(holds for _, holds in quantal_claims(good))
    assert not all(holds for _, holds in quantal_claims(good | {"equilibria": good["equilibria"] * 2}))
