"""Commitment: against the vertices of the follower's best-reply regions, found by brute force; every value proved by its duals."""

import json
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.inspection import deterring, inspection_game
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.checker.stackelberg import stackelberg_claims
from encompass.solvers.moves import stackelberg
from encompass.solvers.moves.stackelberg import COMMITMENTS, FOLLOWERS, refuses_stackelberg, solve_stackelberg, stackelberg_certificate
from encompass.solvers.two_player.bimatrix import solve_bimatrix


@st.composite
def bimatrices(draw, most=3, largest=2):
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    numbers = st.lists(st.integers(-largest, largest), min_size=rows * columns, max_size=rows * columns)
    return NormalForm(np.array([draw(numbers), draw(numbers)], dtype=np.int64).reshape(2, rows, columns))


def broken(game, answer):
    certificate = json.loads(json.dumps(stackelberg_certificate(game, answer)))
    return [str(what) for what, holds in stackelberg_claims(certificate) if not holds]


def solved(rows, right):
    """The one solution of a square system, by Cramer's rule on Fractions; None if singular."""
    n = len(rows)
    M = [[Fraction(x) for x in row] + [Fraction(r)] for row, r in zip(rows, right)]
    for k in range(n):
        pivot = next((r for r in range(k, n) if M[r][k]), None)
        if pivot is None:
            return None
        M[k], M[pivot] = M[pivot], M[k]
        M[k] = [x / M[k][k] for x in M[k]]
        for r in range(n):
            if r != k:
                M[r] = [x - M[r][k] * y for x, y in zip(M[r], M[k])]
    return [row[n] for row in M]


def vertices(a, b, extra=()):
    """All points of the simplex where n - 1 independent of these are equalities: p_i = 0, two replies tie, or an ``extra`` row."""
    n, m = len(a), len(a[0])
    planes = [[int(i == k) for i in range(n)] for k in range(n)]
    planes += [[b[i][j] - b[i][k] for i in range(n)] for j, k in combinations(range(m), 2)] + list(extra)
    for chosen in combinations(planes, n - 1):
        p = solved([[1] * n, *chosen], [1] + [0] * (n - 1))
        if p is not None and min(p) >= 0:
            yield tuple(p)


def worth(p, table, j):
    return sum(x * row[j] for x, row in zip(p, table))


def best_replies(p, b):
    values = [worth(p, b, j) for j in range(len(b[0]))]
    return [j for j, v in enumerate(values) if v == max(values)]


def tables(game):
    return [[[game.payoffs((i, j))[side] for j in range(game.shape[1])] for i in range(game.shape[0])] for side in (0, 1)]


def optimistic_by_vertices(game):
    a, b = tables(game)
    return max(worth(p, a, j) for p in vertices(a, b) for j in best_replies(p, b))


def pessimistic_from_inside(game):
    """The supremum of min over best replies: approached at vertices from points just inside each region around them.

    Leader's payoffs are constant in sign of limits: from a vertex p go a little towards the centre of every region; the reply there
    is unique up to twins, and as the step shrinks what the leader gets tends to the least of the twins at p.
    """
    a, b = tables(game)
    ties = [[a[i][j] - a[i][k] for i in range(len(a))] for j, k in combinations(range(len(a[0])), 2)]
    points = sorted(set(vertices(a, b, ties)))
    best = None
    for size in range(1, len(a) + 1):
        for corners in combinations(points, size):
            inside = tuple(sum(x) / len(corners) for x in zip(*corners))
            replies = best_replies(inside, b)
            if min(inside) <= 0 or any(b[i][j] != b[i][replies[0]] for j in replies for i in range(len(a))):
                continue  # not an inner point of a region
            for p in corners:
                if replies[0] in best_replies(p, b):
                    value = min(worth(p, a, j) for j in replies)
                    best = value if best is None else max(best, value)
    return best


@given(bimatrices())
@settings(deadline=None, max_examples=80)
def test_mixed_commitment_is_the_best_vertex_and_proved(game):
    answer = solve_stackelberg(game)
    assert answer.proof["value"] == optimistic_by_vertices(game)
    assert all(e.payoffs[0] == answer.proof["value"] and e.regret == 0 for e in answer.equilibria)
    assert broken(game, answer) == []


@given(bimatrices(largest=1))
@settings(deadline=None, max_examples=60)
def test_a_pessimist_gets_the_best_that_is_approached_from_inside_a_region(game):
    answer = solve_stackelberg(game, follower="pessimistic")
    assert answer.proof["value"] == pessimistic_from_inside(game)
    assert broken(game, answer) == []


@given(bimatrices(most=4))
@settings(deadline=None, max_examples=60)
def test_commitments_are_ordered(game):
    """pure <= mixed for a hopeful leader; pessimistic <= optimistic; a hopeful leader never loses against any equilibrium."""
    value = {(c, f): solve_stackelberg(game, commitment=c, follower=f).proof["value"] for c in COMMITMENTS for f in FOLLOWERS}
    assert value["pure", "pessimistic"] <= value["pure", "optimistic"] <= value["mixed", "optimistic"]
    assert value["pure", "pessimistic"] <= value["mixed", "pessimistic"] <= value["mixed", "optimistic"]
    a, b = tables(game)
    for f, choose in (("optimistic", max), ("pessimistic", min)):
        rows = [choose(a[i][j] for j in best_replies([int(k == i) for k in range(len(a))], b)) for i in range(len(a))]
        assert value["pure", f] == max(rows)
    for e in solve_bimatrix(game).equilibria:
        assert value["mixed", "optimistic"] >= e.payoffs[0]
    for c in COMMITMENTS:
        for f in FOLLOWERS:
            assert broken(game, solve_stackelberg(game, commitment=c, follower=f)) == []


def test_leader_may_be_the_second_player():
    game = two_player([[2, 4], [1, 3]], [[1, 0], [0, 2]])
    turned = two_player([[1, 0], [0, 2]], [[2, 1], [4, 3]])  # the same seen from the other side
    left, right = solve_stackelberg(game), solve_stackelberg(turned, leader=1)
    assert left.proof["value"] == right.proof["value"] == Fraction(11, 3)  # Conitzer and Sandholm 2006, figure 1
    assert left.equilibria[0].profile[0] == (Fraction(2, 3), Fraction(1, 3)) == right.equilibria[0].profile[1]
    assert broken(turned, right) == []


def test_inspector_commits():
    """P11.3: inspecting with probability g / (g + f) leaves no violation, at the cost of the patrol; without commitment there are."""
    g, f, k, l = 3, 9, 1, 4
    game = inspection_game(g, f, k, l)
    answer = solve_stackelberg(game)
    (e,) = answer.equilibria
    assert e.profile == ((deterring(g, f), 1 - deterring(g, f)), (0, 1))
    assert e.payoffs == (-k * deterring(g, f), 0)
    assert solve_stackelberg(game, follower="pessimistic").stop is not None  # only just above the threshold is it deterred


def test_floats_are_taken_for_the_fractions_they_are():
    game = two_player([[0.5, 0.25], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]])
    answer = solve_stackelberg(game)
    assert answer.proof["value"] == 1
    assert broken(game, answer) == []


@pytest.mark.parametrize("options", [{}, {"follower": "pessimistic"}, {"commitment": "pure"}])
@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["equilibria"].pop(),
        lambda c: c.update(value="5"),
        lambda c: c.update(best=[0]),
        lambda c: c["equilibria"][0]["payoffs"].__setitem__(0, "4"),
        lambda c: c["equilibria"][0].update(regret="1"),
        lambda c: c["equilibria"][0].update(profile=[["1", "0"], ["0", "1"]]),
        lambda c: c["game"]["payoffs"][0][1].__setitem__(1, 9),
        lambda c: c["replies"].pop(),
        lambda c: c["replies"][1].update(bound="3"),
        lambda c: c["replies"][1].update(obedience=["0"]),
        lambda c: c["replies"][1].update(promise=["1/2"]),
        lambda c: c.update(follower="kind"),
    ],
)
def test_a_changed_certificate_is_refused(change, options):
    game = two_player([[2, 4], [1, 3]], [[1, 0], [0, 2]])
    certificate = json.loads(json.dumps(stackelberg_certificate(game, solve_stackelberg(game, **options))))
    before = json.dumps(certificate)
    try:
        change(certificate)
    except KeyError:
        return  # a pure commitment has no duals
    assert json.dumps(certificate) != before
    try:
        assert not all(holds for _, holds in stackelberg_claims(certificate))
    except (ValueError, LookupError):
        return  # an entry that cannot be read, which verify reports


def test_refusals(monkeypatch):
    game = two_player([[1]], [[1]])
    for bad in ({"leader": 2}, {"commitment": "solemn"}, {"follower": "kind"}):
        with pytest.raises(InputError):
            solve_stackelberg(game, **bad)
    three = NormalForm(np.zeros((3, 1, 1, 1), dtype=np.int64))
    assert refuses_stackelberg(three) is not None
    assert refuses_stackelberg("game") is not None
    assert refuses_stackelberg(game) is None
    with pytest.raises(NotApplicable):
        solve_stackelberg(three)
    monkeypatch.setattr(stackelberg, "LARGEST", 0)
    with pytest.raises(SizeError):
        solve_stackelberg(game)


def test_every_commitment_is_listed_once_and_for_two():
    game = two_player([[1, 0], [1, 0]], [[1, 0], [1, 0]])
    certificate = json.loads(json.dumps(stackelberg_certificate(game, solve_stackelberg(game, commitment="pure"))))
    assert all(holds for _, holds in stackelberg_claims(certificate))
    one, other = certificate["equilibria"]
    assert not all(holds for _, holds in stackelberg_claims(certificate | {"equilibria": [one, one]}))
    longer = {name: [*one[name], one[name][0]] for name in ("profile", "payoffs")}
    assert not all(holds for _, holds in stackelberg_claims(certificate | {"equilibria": [one | longer, other]}))


def test_leaders_that_are_no_players_and_work_that_does_not_fit():
    game = two_player([[1, 0], [1, 0]], [[1, 0], [1, 0]])
    for leader in (True, 1.0, "1", -1):
        with pytest.raises(InputError):
            solve_stackelberg(game, leader=leader)
    large = NormalForm(np.random.default_rng(1).integers(-9, 9, (2, 100, 100)))
    with pytest.raises(SizeError, match="steps"):
        solve_stackelberg(large)
    assert solve_stackelberg(large, commitment="pure").complete
