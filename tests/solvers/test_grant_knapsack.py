"""The best choice of projects against every choice, its proof against changes, and what is said where the proof does not end."""

import random
from fractions import Fraction as F
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.errors import InputError
from encompass.games.grant_round import sixteen_projects
from encompass.solvers.checker.grants import grant_claims
from encompass.solvers.design.grant_knapsack import best_grants
from encompass.solvers.design.grant_problem import GrantProblem, Group, grant_problem


@st.composite
def problems(draw):
    n = draw(st.integers(1, 7))
    worths = draw(st.lists(st.fractions(-9, 20, max_denominator=4), min_size=n, max_size=n))
    draws = draw(st.lists(st.fractions(0, 9, max_denominator=3), min_size=n, max_size=n))
    groups = draw(
        st.lists(
            st.builds(
                Group,
                st.sets(st.integers(0, n - 1), min_size=1).map(lambda s: tuple(sorted(s))),
                st.integers(0, 2),
                st.none() | st.integers(0, 3),
            ),
            max_size=3,
        )
    )
    return GrantProblem(tuple(worths), tuple(draws), draw(st.none() | st.integers(0, 25)), tuple(groups))


def fits(problem, chosen):
    cheap = problem.budget is None or sum(problem.draws[j] for j in chosen) <= problem.budget
    inside = [len(set(group.members) & set(chosen)) for group in problem.groups]
    return cheap and all(g.least <= k <= (len(g.members) if g.most is None else g.most) for g, k in zip(problem.groups, inside))


def by_trying_all(problem):
    places = range(len(problem.worths))
    choices = ([j for j in places if bits[j]] for bits in product((0, 1), repeat=len(places)))
    return max((sum(problem.worths[j] for j in chosen) for chosen in choices if fits(problem, chosen)), default=None)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_the_best_of_all_choices(problem):
    answer = best_grants(problem)
    assert answer.worth == by_trying_all(problem) and answer.complete
    if answer.chosen is None:
        assert answer.bound is None and answer.gap is None
    else:
        assert fits(problem, answer.chosen) and answer.gap == 0 and answer.bound == answer.worth
        assert answer.worth == sum(problem.worths[j] for j in answer.chosen)
        assert answer.drawn == sum(problem.draws[j] for j in answer.chosen)
    assert all(holds for _, holds in grant_claims(answer.certificate))


@settings(max_examples=20, deadline=None)
@given(problems())
def test_a_bound_without_branching_is_never_too_low(problem):
    answer, best = best_grants(problem, branchings=0), by_trying_all(problem)
    assert answer.branchings == 0
    if best is not None:
        assert answer.bound >= best and (answer.worth is None or answer.worth <= best)
    assert answer.complete or answer.stop is not None
    assert all(holds for _, holds in grant_claims(answer.certificate)) or answer.worth is None


def valid(certificate):
    try:
        return all(holds for _, holds in grant_claims(certificate))
    except (ValueError, LookupError, TypeError):
        return False


def test_a_changed_certificate_is_not_believed():
    g = sixteen_projects()
    answer = best_grants(grant_problem(g.values, g.costs, g.spill, 0, 200))
    assert answer.branchings and answer.worth == F(615, 4) and valid(answer.certificate)
    leaf = next(k for k, node in enumerate(answer.certificate["tree"]) if "money" in node)
    trees = [
        [{**node, "money": "-1"} if k == leaf else node for k, node in enumerate(answer.certificate["tree"])],
        [{**node, "money": "0"} if k == leaf else node for k, node in enumerate(answer.certificate["tree"])],
        answer.certificate["tree"][leaf : leaf + 1],
        [{"on": 0, "children": [0, 0]}],
    ]
    for tree in trees:
        assert not valid({**answer.certificate, "tree": tree})
    for name, value in (
        ("worth", "200"),
        ("bound", "100"),
        ("chosen", list(range(16))),
        ("chosen", [0]),
        ("chosen", None),
        ("budget", "100"),
    ):
        assert not valid({**answer.certificate, name: value})


def test_minima_and_quotas_of_the_sixteen():
    g = sixteen_projects()
    fields = [j % 5 for j in range(16)]
    answer = best_grants(grant_problem(g.values, g.costs, g.spill, 0, 500, g.owners, 1, fields, 3))
    assert answer.complete and answer.worth == F(1605, 8)
    assert {g.owners[j] for j in answer.chosen} == set(range(12))
    assert max(sum(fields[j] == f for j in answer.chosen) for f in range(5)) <= 3
    assert best_grants(grant_problem(g.values, g.costs, g.spill, 0, 300, g.owners, 1)).chosen is None
    assert best_grants(grant_problem(g.values, g.costs, g.spill, 0, None, g.owners, {0: 3})).chosen is None  # it owns two
    assert best_grants(grant_problem(g.values, g.costs, g.spill, 0, None, g.owners, 3)).complete  # for all: as many as they own


def test_shares_and_spills_of_every_project():
    problem = grant_problem([10, 10], [8, 8], [0, "1/2"], ["1/2", 0], 20)
    assert problem.worths == (2, 7) and problem.draws == (4, 8)
    assert best_grants(problem).chosen == (0, 1)


@pytest.mark.parametrize("n", [1000, 10_000])
def test_many_projects_are_within_one_of_the_best(n):
    rng = random.Random(n)
    values, costs = [rng.randint(10, 400) for _ in range(n)], [rng.randint(10, 300) for _ in range(n)]
    problem = grant_problem(values, costs, "1/4", "1/2", sum(costs) / F(8))
    answer = best_grants(problem)
    assert answer.fractional == 1 and answer.drawn <= problem.budget
    assert 0 <= answer.gap <= max(problem.worths) and answer.relaxation >= answer.bound
    rounded = best_grants(problem, branchings=0)
    assert 0 <= rounded.gap <= max(problem.worths)


def test_many_projects_with_minima():
    rng, n = random.Random(7), 1000
    values, costs = [rng.randint(10, 400) for _ in range(n)], [rng.randint(10, 300) for _ in range(n)]
    owners = [j % 100 for j in range(n)]
    answer = best_grants(grant_problem(values, costs, "1/4", "1/2", sum(costs) / F(8), owners, 2), branchings=2)
    served = [0] * 100
    for j in answer.chosen:
        served[owners[j]] += 1
    assert min(served) >= 2 and answer.gap >= 0 and answer.stop is not None


def test_floats_are_best_within_a_billionth():
    rng = random.Random(3)
    worths, draws = [rng.uniform(-5, 9) for _ in range(9)], [rng.uniform(0, 5) for _ in range(9)]
    problem = GrantProblem(tuple(worths), tuple(draws), 8.0, (Group((0, 1, 2), 1, 2),))
    answer = best_grants(problem)
    assert answer.complete and float(answer.worth) == pytest.approx(by_trying_all(problem), abs=1e-7)
    assert valid(answer.certificate)


@pytest.mark.parametrize(
    "make",
    [
        lambda: GrantProblem((1,), (-1,)),
        lambda: GrantProblem((1,), (1, 2)),
        lambda: GrantProblem((1,), (1,), -1),
        lambda: GrantProblem((1,), (1,), 1, (Group((1,)),)),
        lambda: GrantProblem((1,), (1,), 1, (Group((0, 0)),)),
        lambda: GrantProblem((1,), (1,), 1, (Group((0,), -1),)),
        lambda: grant_problem([1], [1], share=2),
        lambda: grant_problem([1, 2], [1, 1], owners=[0]),
        lambda: best_grants(GrantProblem((1,), (1,)), branchings=-1),
    ],
)
def test_bad_input(make):
    with pytest.raises(InputError):
        make()


def test_progress_and_json():
    seen = []
    g = sixteen_projects()
    answer = best_grants(grant_problem(g.values, g.costs, g.spill, 0, 200), progress=lambda done, total, what: seen.append(done))
    assert seen == list(range(1, answer.branchings + 1))
    assert answer.to_dict()["worth"] == "615/4" and answer.to_dict()["complete"]
