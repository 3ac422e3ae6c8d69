"""The taxonomy of two-by-two games: counts of the literature, names, invariance under relabelling."""

from itertools import permutations, product

import numpy as np
import pytest

from encompass.games.errors import NotApplicable
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.pure import pure_profiles
from encompass.solvers.structure.two_by_two import SYMMETRIC_NAMES, classify, ordinal_games, same_kind, taxonomy


def symmetric(R, S, T, P):
    return two_player([[R, S], [T, P]], [[R, T], [S, P]])


def test_counts_of_the_literature():
    counts = taxonomy()
    assert counts["games"] == 78 and counts["players_distinct"] == 144 and counts["symmetric"] == 12
    assert counts["no_conflict"] == 21
    assert counts["dominant"] == {"both": 21, "one": 36, "none": 21}
    assert sum(counts["pure_equilibria"].values()) == 78
    assert len(ordinal_games(strict=False)) == 726 and len(ordinal_games(strict=False, players_distinct=True)) == 1413


@pytest.mark.parametrize(
    ("payoffs", "name", "equilibria", "stable"),
    [
        ((3, 1, 4, 2), "PD", 1, True),
        ((3, 2, 4, 1), "Chicken", 2, False),
        ((2, 3, 4, 1), "Leader", 2, False),
        ((2, 4, 3, 1), "Hero", 2, False),
        ((4, 1, 3, 2), "StagHunt", 2, True),
        ((2, 1, 4, 3), "Deadlock", 1, True),
        ((4, 1, 2, 3), "Assurance", 2, True),
        ((4, 2, 1, 3), "Coordination", 2, True),
        ((4, 3, 2, 1), "Harmony", 1, True),
        ((4, 2, 3, 1), "Concord", 1, True),
        ((4, 3, 1, 2), "Peace", 1, True),
        ((3, 4, 2, 1), "Compromise", 1, True),
    ],
)
def test_names_and_natural_outcomes(payoffs, name, equilibria, stable):
    kind = classify(symmetric(*payoffs))
    assert (kind.name, len(kind.pure_equilibria), kind.strict) == (name, equilibria, True)
    assert kind.maximin_is_ne is stable
    assert kind.to_dict()["name"] == name


def test_every_symmetric_kind_has_one_name():
    names = [kind.name for kind in ordinal_games() if kind.symmetric]
    assert sorted(names) == sorted(SYMMETRIC_NAMES.values())
    assert all(len(kind.names) == 1 for kind in ordinal_games() if kind.symmetric)
    assert all(kind.name is None and kind.names == () for kind in ordinal_games() if not kind.symmetric)


def relabelled(A, B):
    for rows, columns in product(([0, 1], [1, 0]), repeat=2):
        yield A[rows][:, columns], B[rows][:, columns]


@pytest.mark.parametrize("seed", range(60))
def test_relabelling_changes_nothing(seed):
    rng = np.random.default_rng(seed)
    A, B = rng.integers(-3, 4, size=(2, 2, 2))
    kind = classify(two_player(A, B))
    assert list(kind.pure_equilibria) == pure_profiles(two_player(A, B))
    for C, D in relabelled(A, B):
        for same, roles in ((two_player(2 * C + 1, 3 * D), True), (two_player(D.T, C.T), False)):
            other = classify(same)
            assert other.canonical == kind.canonical and (not roles or other.canonical_distinct == kind.canonical_distinct)
            facts = ("name", "names", "symmetric", "strict", "no_conflict", "maximin_is_ne")
            assert all(getattr(other, fact) == getattr(kind, fact) for fact in facts)
            assert same_kind(two_player(A, B), same)


@pytest.mark.parametrize("seed", range(30))
def test_equivalence_is_what_some_relabelling_shows(seed):
    rng = np.random.default_rng(seed)
    orders = list(permutations((1, 2, 3, 4)))
    pick = lambda: np.array(orders[rng.integers(24)]).reshape(2, 2)  # noqa: E731
    A, B, C, D = pick(), pick(), pick(), pick()
    keeping = any((x == C).all() and (y == D).all() for x, y in relabelled(A, B))
    swapping = any((x == C).all() and (y == D).all() for x, y in relabelled(B.T, A.T))
    assert same_kind(two_player(A, B), two_player(C, D), players_distinct=True) == keeping
    assert same_kind(two_player(A, B), two_player(C, D)) == (keeping or swapping)


def test_ties_and_floats():
    sexes = classify(two_player([[2, 0], [0, 1]], [[1, 0], [0, 2]]))
    assert (sexes.name, sexes.strict, sexes.symmetric, set(sexes.names)) == (None, False, True, {"Leader", "Hero"})
    assert classify(symmetric(0.3, 0.0, 0.5, 0.1)).name == "PD" and "Martyr" in classify(symmetric(3, 0, 5, 1)).aliases
    assert classify(NormalForm(np.array([[[1.0, 1.0 + 1e-13], [0, 0]], [[1, 1], [1, 1]]]))).ranks[0] == (2, 2, 1, 1)
    assert classify(symmetric(3, 0, 5, 1)).dominant == (1, 1)


def test_other_games_are_refused():
    with pytest.raises(NotApplicable, match="two players"):
        classify(two_player([[1, 2, 3]], [[1, 2, 3]]))
