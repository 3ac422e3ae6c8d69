"""Two-player mixed equilibria: all of them, each without regret, with a certificate that a forger cannot bend."""

import copy
import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

import encompass as ec
from encompass.games.errors import InputError, NotApplicable
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.certificate import sealed
from encompass.solvers.checker.bimatrix import bimatrix_claims
from encompass.solvers.pure import pure_profiles
from encompass.solvers.regret import regrets
from encompass.solvers.two_player.bimatrix import bimatrix_certificate, refuses_bimatrix, solve_bimatrix, strict_dominance
from encompass.solvers.two_player.lemke_howson import lemke_howson, solve_lemke_howson
from encompass.testing import normal_forms
from encompass.tests.solvers.bimatrix_twin import extreme_equilibria as twin

HALF = Fraction(1, 2)
DEGENERATE = two_player([[-1, 1], [0, 0]], [[-1, 1], [2, 2]])  # entry deterrence: a segment and a point


def broken(certificate):
    """The claims that do not hold; one more if it cannot be read."""
    try:
        return [str(what) for what, holds in bimatrix_claims(certificate) if not holds]
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as problem:
        return [repr(problem)]


def certified(game):
    return json.loads(json.dumps(bimatrix_certificate(game, solve_bimatrix(game))))


@given(normal_forms(max_players=2))
@settings(deadline=None, max_examples=80)
def test_all_are_listed_and_certified(game):
    solution = solve_bimatrix(game)
    assert solution.complete and solution.stop is None
    for equilibrium in solution.equilibria:
        assert max(regrets(game, equilibrium.profile)) == equilibrium.regret == 0
        assert list(equilibrium.payoffs) == [
            sum(p * v for p, v in zip(mix, game.mixed_payoffs(i, equilibrium.profile))) for i, mix in enumerate(equilibrium.profile)
        ]
    assert {game.pure(a) for a in pure_profiles(game)} <= {e.profile for e in solution.equilibria}
    certificate = certified(game)
    assert certificate["complete"]
    if solution.method != "strict-dominance":
        assert broken(certificate) == []


def test_prisoners_dilemma_is_proved_unique():
    solution = solve_bimatrix(two_player([[3, 0], [5, 1]], [[3, 5], [0, 1]]))
    assert solution.complete and solution.method == "strict-dominance"
    assert [e.profile for e in solution.equilibria] == [((0, 1), (0, 1))]
    assert ec.verify(bimatrix_certificate(two_player([[3, 0], [5, 1]], [[3, 5], [0, 1]]), solution)).valid


def test_matching_pennies_is_exact_and_complete():
    solution = solve_bimatrix(two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]))
    assert [e.profile for e in solution.equilibria] == [((HALF, HALF), (HALF, HALF))]
    assert solution.complete


def test_components_name_equilibria():
    solution = solve_bimatrix(DEGENERATE)
    profiles = [e.profile for e in solution.equilibria]
    segment = next(part for part in solution.components if len(part["equilibria"]) == 2)
    (subset,) = segment["subsets"]
    assert {profiles[k][0] for k in subset["rows"]} == {(0, 1)}
    assert {profiles[k][1] for k in subset["columns"]} == {(1, 0), (HALF, HALF)}
    json.dumps(solution.to_dict())


@given(normal_forms(max_players=2))
@settings(deadline=None)
def test_strictly_dominated_actions_are_in_no_equilibrium(game):
    alive = strict_dominance(game)
    for profile in pure_profiles(game):
        assert all(action in actions for action, actions in zip(profile, alive))


def test_float_game_keeps_floats():
    game = NormalForm(np.array([[[0.1, 0.7], [0.9, 0.2]], [[0.3, 0.1], [0.2, 0.8]]]))
    solution = solve_bimatrix(game)
    assert solution.complete and all(e.regret < 1e-9 for e in solution.equilibria)
    assert all(isinstance(p, float) for e in solution.equilibria for mix in e.profile for p in mix)
    assert broken(certified(game)) == []


def test_random_float_games_are_certified():
    rng = np.random.default_rng(2)
    for _ in range(20):
        game = NormalForm(rng.integers(-3, 4, (2, *rng.integers(2, 5, 2))) / 7)
        if solve_bimatrix(game).method != "strict-dominance":
            assert broken(certified(game)) == []


def test_float_equilibria_that_rounding_alone_tells_apart():
    game = NormalForm(np.array([[[0.1 + 0.2, 0.0], [0.3, 0.0]], [[1.0, 1.0], [1.0, 1.0 + 2**-52]]]))
    solution = solve_bimatrix(game)
    certificate = bimatrix_certificate(game, solution)
    assert solution.equilibria and all(e.regret < 1e-9 for e in solution.equilibria)
    assert solution.complete or (solution.stop is not None and not certificate["complete"])


def test_probabilities_are_not_cut_to_whole_numbers():
    """Integer payoffs whose mixed equilibrium has large denominators."""
    A = [[-63349531, 672830881], [836582957, -353551161]]
    B = [[89296008, -789878482], [-232704445, 246425470]]
    solution = solve_bimatrix(two_player(A, B))
    assert {e.profile for e in solution.equilibria} == twin(A, B)
    assert all(e.regret == 0 for e in solution.equilibria)


def test_a_limit_gives_a_partial_answer():
    game = NormalForm(np.random.default_rng(0).integers(0, 50, (2, 8, 8)))
    part = solve_bimatrix(game, limit=20)
    assert part.limited and not part.complete and part.stop is not None
    assert {game.pure(a) for a in pure_profiles(game)} <= {e.profile for e in part.equilibria}
    certificate = bimatrix_certificate(game, part)
    assert not certificate["complete"] and broken(certificate) == []


def test_three_players_are_refused():
    assert refuses_bimatrix(DEGENERATE) is None
    assert "3" in str(refuses_bimatrix(NormalForm(np.zeros((3, 1, 1, 1), dtype=np.int64))))
    assert refuses_bimatrix("no game") is not None


def _drop(c):
    del c["equilibria"][-1]


def _drop_consistently(c):
    gone = len(c["equilibria"]) - 1
    del c["equilibria"][-1]
    c["components"] = [p for p in c["components"] if gone not in p["equilibria"]]


def _regret(c):
    c["equilibria"][0]["regret"] = "1/1000"


def _payoff(c):
    c["equilibria"][0]["payoffs"][0] = "17"


def _game(c):
    c["game"]["payoffs"][0][0][0] = "5"


def _basis(c):
    del c["proof"]["polytopes"][0]["bases"][-1]


def _other_basis(c):
    c["proof"]["polytopes"][1]["bases"][-1] = "3"


def _all_but_one_basis(c):
    c["proof"]["polytopes"][0]["bases"] = c["proof"]["polytopes"][0]["bases"][:1]


def _no_bases(c):
    c["proof"]["polytopes"][0]["bases"] = []


def _delta(c):
    c["proof"]["polytopes"][0]["delta"] = [0] * len(c["proof"]["polytopes"][0]["delta"])


def _shift(c):
    c["proof"]["polytopes"][0]["shift"] = "-100"


def _eliminated(c):
    c["proof"]["eliminated"] = [[0, 0, 1]]


def _flag(c):
    c["proof"]["nondegenerate"] = not c["proof"]["nondegenerate"]


def _proof(c):
    c["proof"] = None


def _component(c):
    c["components"] = [{"equilibria": list(range(len(c["equilibria"]))), "subsets": []}]


def _subset(c):
    c["components"][0]["subsets"] = []


def _concept(c):
    c["concept"] = "pure"


def _twice(c):
    c["equilibria"].append(c["equilibria"][0])


def _no_equilibrium(c):
    c["equilibria"][0]["profile"] = [["1/3", "2/3"], ["1/3", "2/3"]]


FORGERIES = [_drop, _drop_consistently, _regret, _payoff, _game, _basis, _other_basis, _all_but_one_basis, _no_bases, _delta, _shift,
             _eliminated, _flag, _proof, _component, _subset, _twice, _no_equilibrium, _concept]  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__.strip("_"))
def test_forgeries_are_rejected(forge):
    honest = certified(DEGENERATE)
    assert broken(honest) == []
    forged = copy.deepcopy(honest)
    forge(forged)
    assert broken(sealed({key: value for key, value in forged.items() if key != "seal"}))


def test_lemke_howson_ends_on_exact_equilibria():
    for table in np.random.default_rng(4).integers(-9, 10, (15, 2, 3, 4)):
        game = NormalForm(table)
        every = {e.profile for e in solve_bimatrix(game).equilibria}
        for label in range(7):
            end = lemke_howson(game, label)
            if end is not None and end.regret == 0:
                assert end.profile in every
                assert max(regrets(game, end.profile)) == 0


def test_lemke_howson_from_all_labels():
    chicken = two_player([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    solution = solve_lemke_howson(chicken)
    assert not solution.complete and solution.stop is not None
    assert {e.profile for e in solution.equilibria} == {((1, 0), (0, 1)), ((0, 1), (1, 0))}
    assert all(e.regret == 0 for e in solution.equilibria)


def test_lemke_howson_bad_arguments():
    with pytest.raises(InputError, match="label=4"):
        lemke_howson(DEGENERATE, 4)
    with pytest.raises(NotApplicable):
        lemke_howson(NormalForm(np.zeros((3, 1, 1, 1), dtype=np.int64)))


def test_paths_end_where_there_is_one_profile():
    answer = solve_lemke_howson(ec.two_player([[1]], [[2]]))
    assert [e.payoffs for e in answer.equilibria] == [(1, 2)]
