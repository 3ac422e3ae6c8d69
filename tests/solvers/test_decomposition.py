"""Decompositions against their definitions: subsets one by one, least squares by normal equations; certificates against forgeries."""

import copy
import json
from fractions import Fraction
from itertools import chain, combinations

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from encompass.games.errors import NotApplicable, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.certificate import sealed
from encompass.solvers.checker.decomposition import decomposition_claims
from encompass.solvers.pure import pure_regret
from encompass.solvers.standoff.efficiency import zero_sum_share
from encompass.solvers.structure import decomposition
from encompass.solvers.structure.candogan import candogan
from encompass.solvers.structure.decompose import decompose
from encompass.solvers.structure.decomposition import common_and_zero_sum, hwang_rey_bellet, profile_conflict
from encompass.solvers.structure.potential import find_potential
from encompass.views.json_schema import json_schema

F = Fraction
SHAPES = [(2, 2), (2, 3), (3, 3), (2, 2, 2), (2, 3, 2), (2, 2, 2, 2)]
PD = two_player([[3, 0], [5, 1]], [[3, 5], [0, 1]])
PENNIES = two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
CYCLIC = NormalForm(  # three players: the first wants to match the second, the second the third, the third the first
    np.array([[[[int((a, b, c)[i] == (a, b, c)[(i + 1) % 3]) for c in (0, 1)] for b in (0, 1)] for a in (0, 1)] for i in range(3)])
)


def random_game(seed):
    rng = np.random.default_rng(seed)
    shape = SHAPES[seed % len(SHAPES)]
    return NormalForm(rng.integers(-3, 4, size=(len(shape), *shape)))


def fractions(game):
    table = np.empty(game.table.shape, dtype=object)
    table.ravel()[:] = [F(int(x), game.denominator) for x in game.table.ravel()]
    return table


def by_subsets(game):
    """ATLAS H-2, set by set in Fractions."""
    u, n = fractions(game), len(game.shape)
    parts = {name: u * 0 for name in ("nonstrategic", "zero_sum", "identical_interest", "potential")}
    for T in chain.from_iterable(combinations(range(n), k) for k in range(n + 1)):
        v = u
        for axis in range(n):
            mean = v.sum(axis=axis + 1, keepdims=True) / F(game.shape[axis])
            v = v - mean if axis in T else v * 0 + mean
        mean = sum(v[i] for i in T) / F(len(T)) if T else None
        for i in range(n):
            if i in T:
                parts["zero_sum"][i] += v[i] - mean
                parts["identical_interest" if len(T) == n else "potential"][i] += mean
            else:
                parts["nonstrategic"][i] += v[i]
    return parts


@pytest.mark.parametrize("seed", range(24))
def test_components_agree_with_the_subset_formula(seed):
    game = random_game(seed)
    found, expected = hwang_rey_bellet(game), by_subsets(game)
    assert all((getattr(found, name) == part).all() for name, part in expected.items())
    assert (sum(expected.values()) == fractions(game)).all()
    assert all((x * y).sum() == 0 for x, y in combinations(expected.values(), 2))
    assert found.norms == {name: (part * part).sum() for name, part in expected.items()}
    assert found.zeta == zero_sum_share(game)
    assert (found.zeta == 0) == (find_potential(game) is not None)
    if len(set(game.shape)) == 1:
        assert found.zeta == candogan(game).harmonic_share


def test_shares_differ_for_unequal_numbers_of_actions():
    games = [random_game(seed) for seed in range(1, 30, 6)]
    assert any(hwang_rey_bellet(game).zeta != candogan(game).harmonic_share for game in games)


def laplacian(game):
    """Least squares over all deviations, by its normal equations in floats."""
    u, index = game.table / game.denominator, np.arange(game.welfare.size).reshape(game.shape)
    rows, flow = [], []
    for a in game.profiles():
        for i, k in enumerate(game.shape):
            for x in range(a[i] + 1, k):
                b = (*a[:i], x, *a[i + 1 :])
                row = np.zeros(index.size)
                row[index[b]], row[index[a]] = 1, -1
                rows.append(row)
                flow.append(u[(i, *b)] - u[(i, *a)])
    A, X = np.array(rows), np.array(flow, dtype=float)
    phi = np.linalg.lstsq(A, X, rcond=None)[0]
    return phi - phi.mean(), X @ X, (A @ phi) @ (A @ phi), np.abs(X - A @ phi).max()


@pytest.mark.parametrize("seed", range(24))
def test_the_flow_agrees_with_least_squares(seed):
    game = random_game(seed)
    found = candogan(game)
    phi, flow2, potential2, distance = laplacian(game)
    assert np.allclose(found.phi.astype(float).ravel(), phi)
    assert found.flow2 == found.potential2 + found.harmonic2
    assert np.allclose([float(found.flow2), float(found.potential2), float(found.distance)], [flow2, potential2, distance])
    assert (found.nonstrategic + found.potential + found.harmonic == fractions(game)).all()
    assert found.summit_regret == pure_regret(game, found.summit) <= found.distance


def test_rock_paper_scissors_is_harmonic_and_generalised_ones_keep_their_cycle():
    A = np.array([[0, -3, 6], [3, 0, -9], [-6, 9, 0]])
    found = candogan(two_player(A, -A))
    assert found.harmonic[0].tolist() == [[0, -6, 6], [6, 0, -6], [-6, 6, 0]]


def test_worked_figures():
    assert candogan(PD).nonstrategic[0].tolist() == [[4, F(1, 2)], [4, F(1, 2)]]
    found = candogan(CYCLIC)
    assert (found.flow2, found.potential2, found.harmonic2) == (12, 6, 6)
    assert hwang_rey_bellet(PENNIES).zeta == 1 == candogan(PENNIES).harmonic_share
    assert hwang_rey_bellet(PD).zeta == 0
    split = common_and_zero_sum(PD)
    assert split.common.tolist() == [[3, F(5, 2)], [F(5, 2), 1]]
    assert split.zero_sum[0].tolist() == [[0, F(-5, 2)], [F(5, 2), 0]]
    assert not common_and_zero_sum(CYCLIC).zero_sum.sum(axis=0).any()


@pytest.mark.parametrize(
    ("A", "B", "share"),
    [
        ([[3, 0], [5, 1]], [[3, 5], [0, 1]], F(50, 59)),
        ([[4, 0], [3, 3]], [[4, 3], [0, 3]], F(1, 2)),
        ([[2, 0], [0, 1]], [[1, 0], [0, 2]], F(2, 11)),
        ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], 1),
        ([[1, 0], [0, 1]], [[1, 0], [0, 1]], 0),
        ([[2, 2], [2, 2]], [[1, 1], [1, 1]], 0),
    ],
)
def test_conflict_share_of_known_games(A, B, share):
    """ATLAS D-04."""
    assert profile_conflict(two_player(A, B)) == share


@pytest.mark.parametrize("seed", range(6))
def test_floats_agree_with_fractions(seed):
    game = random_game(seed)
    floats = NormalForm(game.table.astype(float))
    exact, rounded = hwang_rey_bellet(game), hwang_rey_bellet(floats)
    assert np.allclose(exact.zero_sum.astype(float), rounded.zero_sum) and np.isclose(float(exact.zeta), rounded.zeta)
    assert np.isclose(float(profile_conflict(game)), profile_conflict(floats))
    assert np.isclose(float(candogan(game).harmonic2), candogan(floats).harmonic2)
    big = NormalForm([[[x * 10**15 for x in row] for row in A] for A in PD.table.tolist()])
    assert hwang_rey_bellet(big).zeta == 0 and profile_conflict(big) == F(50, 59) and candogan(big).harmonic2 == 0


def test_a_potential_game_in_floats_has_no_zero_sum_part():
    assert hwang_rey_bellet(NormalForm(PD.table / 3.0)).zeta == 0 == candogan(NormalForm(PD.table / 3.0)).harmonic2


def test_size_is_refused(monkeypatch):
    monkeypatch.setattr(decomposition, "LARGEST_INTERACTIONS", 10)
    for asked in (hwang_rey_bellet, candogan):
        with pytest.raises(SizeError, match="interactions"):
            asked(PD)
    answer = decompose(PD)
    assert answer.components is None and set(answer.skipped) == {"components", "flow"} and answer.certificate is None
    assert "interactions" in answer.to_dict()["skipped"]["flow"]


# The whole answer and its certificate.

EXAMPLES = {"PD": PD, "pennies": PENNIES, "cyclic": CYCLIC, **{f"random {seed}": random_game(seed) for seed in range(8)}}


def holds(certificate):
    try:
        return all(ok for _, ok in decomposition_claims(certificate))
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError):
        return False


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_claim_is_confirmed(name):
    answer = decompose(EXAMPLES[name])
    certificate = json.loads(json.dumps(answer.certificate))
    failed = [str(what) for what, ok in decomposition_claims(certificate) if not ok]
    assert failed == []
    assert certificate == sealed({k: v for k, v in certificate.items() if k != "seal"})


def numbers(value, path=()):
    """The paths of all leaves."""
    if isinstance(value, (dict, list)):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, entry in items:
            yield from numbers(entry, (*path, key))
    else:
        yield path


NOT_CLAIMED = {"seal", "kind"}
AMONG_EQUALS = {"coalition", "classes", "summit", "optimum", "profile", "actions"}  # another choice may be as true


@pytest.mark.parametrize("name", ["PD", "pennies", "cyclic", "random 1", "random 3"])
def test_every_forgery_is_rejected(name):
    """Any one figure changed, anywhere in the claims or in the game."""
    certificate = json.loads(json.dumps(decompose(EXAMPLES[name]).certificate))
    for path in numbers(certificate):
        if path[0] in NOT_CLAIMED or path[:2] == ("game", "players") or AMONG_EQUALS & set(path) - {"efficiency"}:
            continue
        forged = copy.deepcopy(certificate)
        place = forged
        for key in path[:-1]:
            place = place[key]
        old = place[path[-1]]
        if old is None or (isinstance(old, int) and {"mix", "reply"} & set(path)):  # a joint action among equals
            continue
        if isinstance(old, bool):
            place[path[-1]] = not old
        elif isinstance(old, int):
            place[path[-1]] = old + 1
        else:
            place[path[-1]] = "7" if old == "inf" else str(F(old) + F(1, 7))
        assert not holds(forged), path


def test_parts_cannot_be_dropped():
    certificate = json.loads(json.dumps(decompose(PENNIES).certificate))
    for key in set(certificate) - NOT_CLAIMED:
        assert not holds({k: v for k, v in certificate.items() if k != key}), key
    assert not holds(certificate | {"cycle": None})
    assert not holds(certificate | {"potential": [["0", "0"], ["0", "0"]]})
    fewer = copy.deepcopy(certificate)
    fewer["value"]["threats"].pop()
    assert not holds(fewer)


@pytest.mark.parametrize("game", [PD, PENNIES, CYCLIC, NormalForm(PD.table / 3.0), random_game(1)])
def test_the_json_form_is_as_published(game):
    answer = json.loads(json.dumps(decompose(game).to_dict()))
    Draft202012Validator(json_schema("decompose")).validate(answer)


def test_long_work_is_left_out():
    game = NormalForm(np.random.default_rng(0).integers(-3, 4, size=(10, *[2] * 10)))
    answer = decompose(game)
    assert set(answer.skipped) == {"value"} and answer.value is None and answer.certificate["value"] is None


def test_classes_cannot_be_merged():
    """Players that differ are not made interchangeable, which would need fewer threats."""
    certificate = json.loads(json.dumps(decompose(CYCLIC).certificate))
    certificate["value"]["classes"] = [0, 0, 0]
    failed = [str(what) for what, ok in decomposition_claims(certificate) if not ok]
    assert failed == ["players of one class are interchangeable"]


def test_progress_and_refusal():
    seen = []
    decompose(CYCLIC, progress=lambda done, total, what: seen.append((done, total, what)))
    assert seen[-1][0] == seen[-1][1]
    with pytest.raises(NotApplicable):
        decompose("no game")


def test_a_weighted_potential_cannot_be_denied():
    common = np.array([[3, 1], [0, 2]])
    seal = decompose(NormalForm(np.array([common, 2 * common]))).certificate
    assert seal is not None and holds(seal) and seal["weighted"] is not None
    assert not holds(seal | {"weighted": None})
    without = decompose(two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])).certificate
    assert without is not None and without["weighted"] is None and holds(without)
