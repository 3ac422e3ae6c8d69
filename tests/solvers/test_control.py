"""Controlled chains: every policy tried on small ones, the bounds, the certificate and what breaks it, plans for so many periods."""

import copy
from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import verify
from encompass.games.errors import InputError, SizeError
from encompass.games.organisation.hand_over import HandOver
from encompass.games.stochastic_control import StochasticControl, by_matrices, on_grid
from encompass.solvers.certificate import sealed
from encompass.solvers.control import optimal_control as room
from encompass.solvers.control.bellman_certificate import chain_certificate, hand_over_certificate, shape_of
from encompass.solvers.control.horizon import planned_control
from encompass.solvers.control.optimal_control import optimal_control, policy_values

BETAS = st.sampled_from([F(0), F(1, 3), F(1, 2), F(9, 10)])


@st.composite
def chains(draw, exact=True):
    states, controls = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    number = st.integers(-4, 4)
    rewards = [[F(draw(number)) for _ in range(controls)] for _ in range(states)]

    def row():
        weights = [draw(st.integers(0, 3)) for _ in range(states)]
        weights[draw(st.integers(0, states - 1))] += 1
        return [F(w, sum(weights)) for w in weights]

    matrices = [[row() for _ in range(states)] for _ in range(controls)]
    beta = draw(BETAS)
    if not exact:
        return by_matrices(np.array(rewards, dtype=float), np.array(matrices, dtype=float), float(beta))
    return by_matrices(rewards, matrices, beta)


def best_of_all(game):
    """The values of the best policy, by trying all: one of them is best from every state (Blackwell 1962)."""
    values = [policy_values(game, p) for p in product(range(len(game.controls)), repeat=len(game.states))]
    best = np.array([max(v[s] for v in values) for s in range(len(game.states))], dtype=object)
    assert any(list(v) == list(best) for v in values)
    return best


@settings(max_examples=40, deadline=None)
@given(chains())
def test_exact_chains_are_solved_exactly(game):
    answer = optimal_control(game)
    assert answer.exact and answer.residual == answer.error == answer.loss == 0
    assert list(answer.values) == list(best_of_all(game))
    assert list(policy_values(game, answer.policy)) == list(answer.values)
    assert verify(chain_certificate(game, answer)).valid


@settings(max_examples=30, deadline=None)
@given(chains(), st.sampled_from(["policy", "values"]))
def test_float_answers_keep_their_bounds(game, method):
    plain = StochasticControl(game.rewards.astype(float), game.successors, game.weights.astype(float), float(game.discount))
    answer = optimal_control(plain, method)
    true = best_of_all(game).astype(float)
    assert np.abs(answer.values - true).max() <= answer.error + 1e-12
    assert (true - policy_values(plain, answer.policy)).max() <= answer.loss + 1e-12
    assert answer.reached
    assert verify(chain_certificate(plain, answer)).valid


@settings(max_examples=30, deadline=None)
@given(chains())
def test_undecided_controls_are_the_ones_that_tie(game):
    answer = optimal_control(game)
    worth = game.backed_up(answer.values)
    ties = sum((worth[s] == max(worth[s])).sum() > 1 for s in range(len(game.states)))
    assert answer.decided == len(game.states) - ties


@settings(max_examples=30, deadline=None)
@given(chains(), st.integers(1, 4), st.sampled_from([F(1), F(1, 2)]))
def test_plans_are_what_trying_every_control_gives(game, periods, beta):
    def best(s, left):
        if left == 0:
            return F(0)
        return max(
            game.rewards[s, u] + beta * sum(w * best(int(k), left - 1) for k, w in zip(game.successors[s, u], game.weights[s, u]) if w)
            for u in range(len(game.controls))
        )

    planned = planned_control(game, periods, beta)
    assert list(planned.values[periods]) == [best(s, periods) for s in range(len(game.states))]


def test_a_long_plan_is_the_plan_for_ever():
    game = HandOver(states=41, interventions=11, cultivations=6).game()
    planned, answer = planned_control(game, 400), optimal_control(game)
    assert np.abs(planned.values[-1] - answer.values).max() < 1e-10
    assert tuple(planned.policies[-1]) == answer.policy


def test_interpolation():
    game = on_grid([0, F(1, 2), 1], [[0, 1]] * 3, [[F(1, 4), 2], [F(1, 2), -1], [1, F(3, 4)]], F(1, 2))
    assert game.exact and game.players == ("controller",) and game.actions == (("0", "1"),)
    moved = [
        [sum(w * g for w, g in zip(game.weights[s, u], np.array([0, F(1, 2), 1])[game.successors[s, u]])) for u in (0, 1)] for s in range(3)
    ]
    assert moved == [[F(1, 4), 1], [F(1, 2), 0], [1, F(3, 4)]]  # beyond the ends: on them


def test_value_iteration_reports_progress_and_agrees():
    seen = []
    game = HandOver(states=41, interventions=11, cultivations=6).game()
    swept = optimal_control(game, "values", progress=lambda *step: seen.append(step))
    assert seen and all(done <= total for done, total, _ in seen)
    exact = optimal_control(game)
    assert np.abs(swept.values - exact.values).max() <= swept.error + exact.error
    assert 0 < swept.residual <= 1e-7 and exact.residual < 1e-11


def test_a_chain_too_long_for_a_linear_system_is_swept(monkeypatch):
    model = HandOver(states=21, interventions=5, cultivations=3)
    game = model.game()
    few = optimal_control(game)
    monkeypatch.setattr(room, "MOST_DENSE", 10)
    monkeypatch.setattr(room, "PATIENT", 0.5)
    answer = optimal_control(game)
    assert answer.reached and verify(hand_over_certificate(model, answer)).valid
    assert np.abs(answer.values - few.values).max() <= answer.error + few.error
    with pytest.raises(SizeError):
        policy_values(game, answer.policy)


def test_patient_chains_are_valued_by_a_linear_system(monkeypatch):
    model = HandOver(states=41, interventions=11, cultivations=6)
    swept = optimal_control(model.game())
    monkeypatch.setattr(room, "PATIENT", 0.5)
    solved = optimal_control(model.game())
    assert solved.policy == swept.policy and np.abs(solved.values - swept.values).max() < 1e-12


# the certificate of the hand-over as written


SMALL = HandOver(states=21, interventions=6, cultivations=4)


def resealed(certificate, **changes):
    body = copy.deepcopy({key: value for key, value in certificate.items() if key != "seal"})
    for path, value in changes.items():
        *way, last = path.split("__")
        here = body
        for step in way:
            here = here[step]
        here[last] = value
    return sealed(body)


def test_the_checker_makes_the_same_chain():
    """Its residual against one of a chain of fractions, made here from the formulas of the ATLAS."""
    m = SMALL
    answer = optimal_control(m.game())
    s = [F(i, 20) for i in range(21)]
    a = [F(j, 5) for j in range(6) for _ in range(4)]
    v = [F(k, 3) for _ in range(6) for k in range(4)]
    rewards = [[x + F(3, 2) * y * (1 - x) - x * x / 2 - z * z / 2 for x, z in zip(a, v)] for y in s]
    following = [[y + y * (1 - y) * (1 - x) / 2 + F(3, 20) * z * (1 - y) - y / 10 for x, z in zip(a, v)] for y in s]
    exact = on_grid(s, rewards, following, F(9, 10))
    values = np.array([F(x) for x in answer.values], dtype=object)
    residual = max(abs(x) for x in exact.backed_up(values).max(axis=1) - values)
    assert 0 < residual <= answer.residual
    good = hand_over_certificate(m, answer)
    assert verify(good).valid
    bounds = {"error": str(10 * residual), "loss": str((F(18, 10) * residual + F(answer.gap)) * 10)}
    assert verify(resealed(good, residual=str(residual), **bounds)).valid
    less = residual * F(99, 100)
    bounds = {"error": str(10 * less), "loss": str((F(18, 10) * less + F(answer.gap)) * 10)}
    assert not verify(resealed(good, residual=str(less), **bounds)).valid


@pytest.mark.parametrize(
    "changes",
    [
        {"error": 0},
        {"loss": 0},
        {"gap": 0, "policy": [0] * 21},
        {"policy": [0] * 21},
        {"policy": [-1] * 21},
        {"policy": [0] * 20},
        {"values": [0] * 21},
        {"values": [0] * 20},
        {"decided": 22},
        {"falls__intervention": False},
        {"game__discount": "1"},
        {"game__discount": "4/5"},
        {"game__parameters__teaching": "1/5"},
        {"game__parameters__cap": "1/2"},
        {"game__states": 22},
        {"game__intervention": "myopic"},
        {"game__form": "other"},
    ],
)
def test_a_changed_certificate_is_not_valid(changes):
    good = hand_over_certificate(SMALL, optimal_control(SMALL.game()))
    assert verify(good).valid
    assert not verify(resealed(good, **changes)).valid


def test_a_certificate_of_a_chain_with_wrong_probabilities_is_not_valid():
    game = by_matrices([[1, 0], [0, 2]], [[[F(1, 2), F(1, 2)], [1, 0]], [[0, 1], [0, 1]]], F(1, 2))
    good = chain_certificate(game, optimal_control(game))
    assert verify(good).valid
    assert not verify(resealed(good, game__weights=[[["1", "1"], ["1", "0"]], [["1", "0"], ["1", "0"]]])).valid
    assert not verify(resealed(good, game__successors=[[[0, 1], [1, 0]], [[0, 0], [9, 0]]])).valid


@settings(max_examples=8, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "administration": st.fractions(F(1, 5), 2, max_denominator=20),
            "autonomy": st.fractions(0, 3, max_denominator=20),
            "strain": st.fractions(F(1, 10), 3, max_denominator=20),
            "growth": st.fractions(0, 1, max_denominator=20),
            "crowding": st.fractions(0, 1, max_denominator=20),
            "decay": st.fractions(0, F(1, 2), max_denominator=20),
            "beta": st.fractions(0, F(19, 20), max_denominator=20),
            "cap": st.fractions(0, 1, max_denominator=20),
            "funds": st.fractions(0, 1, max_denominator=20),
        }
    )
)
def test_certificates_hold_at_any_parameters(parameters):
    """Monotone policies are reported, not asserted (A-40); the bound is asserted."""
    m = HandOver(states=31, interventions=5, cultivations=4, **parameters)
    for kind in ("free", "myopic"):
        answer = optimal_control(m.game(kind))
        assert answer.residual <= 1e-7
        assert verify(hand_over_certificate(m, answer, kind)).valid
    assert set(shape_of(m, optimal_control(m.game()).policy)) == {"intervention", "cultivation"}


@pytest.mark.parametrize(
    "make",
    [
        lambda: StochasticControl([1, 2], [[[0]]], [[[1]]], 0),
        lambda: StochasticControl([[1]], [[[0]]], [[1]], 0),
        lambda: StochasticControl([[1]], [[[1]]], [[[1]]], 0),
        lambda: StochasticControl([[1]], [[[0]]], [[[2]]], 0),
        lambda: StochasticControl([[1]], [[[0]]], [[[1]]], 1),
        lambda: StochasticControl([[1]], [[[0]]], [[[1]]], -1),
        lambda: StochasticControl([[1]], [[[0.5]]], [[[1]]], 0),
        lambda: StochasticControl([[1]], [[[0]]], [[[1]]], 0, ("a", "b")),
        lambda: by_matrices([[1]], [[1]], 0),
        lambda: on_grid([0], [[1]], [[0]], 0),
        lambda: on_grid([1, 0], [[1], [1]], [[0], [0]], 0),
        lambda: optimal_control(by_matrices([[1]], [[[1]]], 0), "guess"),
        lambda: optimal_control(by_matrices([[1]], [[[1]]], 0), tolerance=0),
        lambda: planned_control(by_matrices([[1]], [[[1]]], 0), 3, 2),
        lambda: planned_control(by_matrices([[1]], [[[1]]], 0), 0),
        lambda: by_matrices([[1]], [[[1]]], 0).motion([1]),
    ],
)
def test_bad_input(make):
    with pytest.raises(InputError):
        make()


def test_a_chain_that_does_not_fit():
    with pytest.raises(SizeError, match="fit"):
        HandOver(states=5000, interventions=500, cultivations=500)


def test_an_answer_as_json():
    answer = optimal_control(by_matrices([[1, 0]], [[[1]], [[1]]], F(1, 2)))
    assert answer.to_dict() | {} == {
        "schema": "encompass/control/1",
        "values": ["2"],
        "policy": [0],
        "residual": "0",
        "gap": "0",
        "error": "0",
        "loss": "0",
        "decided": 1,
        "method": "policy",
        "sweeps": 2,
        "exact": True,
        "reached": True,
    }
