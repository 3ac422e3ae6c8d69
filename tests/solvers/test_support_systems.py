"""Mixed equilibria of several players: known games, a twin for two players, one for 2 x 2 x 2, and tampering."""

import contextlib
import copy
import json
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import SymmetricGame
from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.certificate import sealed
from encompass.solvers.checker.mixed import mixed_equilibria_claims
from encompass.solvers.mixed.block_polytope import mixtures
from encompass.solvers.mixed.certified_root import Root, contracts
from encompass.solvers.mixed.multilinear import System
from encompass.solvers.mixed.support_systems import MOST_PATTERNS, mixed_certificate, patterns, refuses_mixed, solve_mixed, supports
from encompass.solvers.pure import pure_profiles
from encompass.solvers.regret import regrets
from encompass.testing import normal_forms

NAU = NormalForm(  # Nau, Gomez-Canovas and Hansen 2004, section 4
    np.array([[[[3, 0, 2], [1, 0, 0]], [[0, 2, 0], [0, 1, 0]]], [[[0, 1, 0], [0, 3, 0]], [[1, 0, 0], [2, 0, 3]]]]).transpose(3, 0, 1, 2)
)
NINE = NormalForm(  # McKelvey and McLennan 1996
    np.array([[[[9, 8, 12], [0, 0, 0]], [[0, 0, 0], [3, 4, 6]]], [[[0, 0, 0], [3, 4, 6]], [[9, 8, 2], [0, 0, 0]]]]).transpose(3, 0, 1, 2)
)


def volunteer(n, cost):
    return SymmetricGame.of(lambda a, others: int(a + others[1] > 0) - a * Fraction(cost), n, ["0", "1"]).normal_form()


def holds(certificate):
    return all(right for _, right in mixed_equilibria_claims(json.loads(json.dumps(certificate))))


def kinds(answer):
    patterns = answer.proof["patterns"]
    mixing = {k: sum(c for p, c in patterns.items() if p.count("m") == k) for k in range(4)}
    return mixing[0], mixing[1] + mixing[2], mixing[3]


def test_the_one_equilibrium_of_nau_is_irrational_and_precise():
    answer = solve_mixed(NAU)
    (only,) = answer.equilibria
    assert answer.complete and answer.proof["patterns"] == {"mmm": 1}
    for mix, known in zip(only.profile, (0.6192325794725537, 0.4798042226776053, 0.3788253360656313)):
        assert abs(mix[0] - known) < 1e-14
    assert 0 <= only.regret < 1e-15
    (box,) = answer.proof["boxes"]
    assert box["radius"] == Fraction(1, 2**80) and abs(box["centre"][0][0] - Fraction(only.profile[0][0])) < Fraction(1, 2**52)


def test_mckelvey_and_mclennan_have_nine():
    answer = solve_mixed(NINE)
    assert answer.complete and kinds(answer) == (4, 3, 2) and not answer.components
    assert all(e.regret == 0 for e in answer.equilibria)
    half, fifths = (Fraction(1, 2),) * 2, (Fraction(2, 5), Fraction(3, 5))
    assert {e.profile for e in answer.equilibria} >= {
        (half, fifths, (Fraction(1, 4), Fraction(3, 4))),
        (fifths, half, (Fraction(1, 3), Fraction(2, 3))),
    }


@pytest.mark.parametrize(("n", "count"), [(2, 3), (3, 7), (4, 15)])
def test_volunteers(n, count):
    answer = solve_mixed(volunteer(n, "2/5"))
    assert answer.complete and len(answer.equilibria) == count
    assert all(e.regret < 1e-15 for e in answer.equilibria)


def balanced_supports(game):
    """Twin: all equilibria of a two-player game without ties, by equal supports and one linear system each."""
    A, B = (own.astype(object) for own in game.table)

    def equalises(M, rows, columns):
        from encompass.solvers.mixed.multilinear import solve_exactly

        system = [[M[r][c] - M[rows[0]][c] for c in columns] for r in rows[1:]] + [[1] * len(columns)]
        return solve_exactly(system, [0] * (len(rows) - 1) + [1], [Fraction(0)] * len(columns))

    found = set()
    for k in range(1, min(game.shape) + 1):
        for I in combinations(range(game.shape[0]), k):
            for J in combinations(range(game.shape[1]), k):
                y, x = equalises(A, I, J), equalises(B.T, J, I)
                if x is None or y is None or min(x) <= 0 or min(y) <= 0:
                    continue
                p = tuple(dict(zip(I, x)).get(a, Fraction(0)) for a in range(game.shape[0]))
                q = tuple(dict(zip(J, y)).get(a, Fraction(0)) for a in range(game.shape[1]))
                if max(regrets(game, (p, q))) == 0:
                    found.add((p, q))
    return found


@given(st.integers(0, 10**6), st.sampled_from([(2, 2), (2, 3), (3, 3), (3, 4)]))
@settings(deadline=None, max_examples=40)
def test_two_players_without_ties_agree_with_linear_algebra(seed, shape):
    game = NormalForm(np.random.default_rng(seed).integers(-10_000, 10_001, size=(2, *shape)))
    answer = solve_mixed(game)
    assert answer.complete and {e.profile for e in answer.equilibria} == balanced_supports(game)


def quadratic(game):
    """Twin: the completely mixed equilibria of a 2 x 2 x 2 game without ties, through the one quadratic that two Moebius maps leave."""
    d = [np.moveaxis(np.diff(game.table[i].astype(float), axis=i).squeeze(i), 0, 0) for i in range(3)]

    def coefficients(m):  # in (1, u, v, uv) for the second actions' probabilities u, v
        return m[0, 0], m[1, 0] - m[0, 0], m[0, 1] - m[0, 0], m[1, 1] - m[1, 0] - m[0, 1] + m[0, 0]

    (a, b, c, e), (f, g, h, k), (p, q, r, s) = map(coefficients, d)  # first: y, z; second: x, z; third: x, y

    def left(y):
        zn, zd, xn, xd = -(a + b * y), c + e * y, -(p + r * y), q + s * y
        return f * xd * zd + g * xn * zd + h * zn * xd + k * xn * zn

    samples = np.array([0.0, 0.5, 1.0])
    found = []
    for y in np.roots(np.polyfit(samples, [left(t) for t in samples], 2)):
        if abs(y.imag) < 1e-12:
            y = y.real
            point = (-(p + r * y) / (q + s * y), y, -(a + b * y) / (c + e * y))
            if all(0 < t < 1 for t in point):
                found.append(point)
    return sorted(found)


@given(st.integers(0, 10**6))
@settings(deadline=None, max_examples=60)
def test_three_players_without_ties_agree_with_the_quadratic(seed):
    game = NormalForm(np.random.default_rng(seed).integers(-1000, 1001, size=(3, 2, 2, 2)))
    answer = solve_mixed(game)
    mixed = sorted(tuple(float(mix[1]) for mix in e.profile) for e in answer.equilibria if all(min(mix) > 0 for mix in e.profile))
    assert np.allclose(mixed, quadratic(game), atol=1e-7)
    assert not answer.complete or len(answer.equilibria) % 2 == 1  # Wilson 1971, Harsanyi 1973


@given(normal_forms(min_players=3, max_players=3, max_actions=2))
@settings(deadline=None, max_examples=60)
def test_ties(game):
    answer = solve_mixed(game)
    assert all(e.regret <= 1e-15 for e in answer.equilibria)
    pure = {e.profile for e in answer.equilibria if all(max(mix) == 1 for mix in e.profile)}
    assert pure == {game.pure(a) for a in pure_profiles(game)}
    assert answer.complete == (answer.stop is None)
    assert bool(answer.components) <= (not answer.complete)
    assert holds(mixed_certificate(game, answer))


def test_infinitely_many_are_said_to_be():
    answer = solve_mixed(NormalForm(np.zeros((3, 2, 2, 2), dtype=np.int64)))
    assert not answer.complete and answer.proof["exhausted"] and len(answer.components) == 19
    assert answer.proof["patterns"]["mmm"] == "infinite" and answer.proof["patterns"]["000"] == 1
    # z = 1/2 makes the first two indifferent, and the third is indifferent on a curve
    first = np.array([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    third = np.array([[[0, 1], [0, -1]], [[0, -1], [0, 2]]])
    curve = solve_mixed(NormalForm([first, first, third]))
    assert curve.proof["patterns"]["mmm"] == "infinite"


def test_a_single_mixture_left_by_two_ties():
    A = [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]
    second = [[[0, 0], [1, 1]], [[0, 0], [-1, -1]]]  # the second player stays at 0 while the first mixes at most half and half
    third = [[[0, -1], [0, 0]], [[0, 1], [0, 0]]]
    patterns = solve_mixed(NormalForm([A, second, third])).proof["patterns"]
    assert patterns["m00"] == 1


def test_mixtures_of_one_block():
    assert mixtures(2, [(1, -1)], []).centre == (Fraction(1, 2),) * 2
    assert mixtures(2, [(1, 0)], []) is None
    assert mixtures(3, [], [(1, -1, 0)]).dimensions == 2
    assert mixtures(3, [], [(1, -1, 0), (-1, 1, 0)]).dimensions == 1
    assert mixtures(3, [], [(1, -1, 0), (-1, 1, 0), (1, 0, -1), (-1, 0, 1)]).dimensions == 0


def test_a_box_without_a_root_is_not_certified():
    system = System((2, 2), (np.array([[1, -1]]), np.array([[1], [-1]])), ())
    right, wrong = ((Fraction(1, 2),) * 2,) * 2, ((Fraction(1, 3), Fraction(2, 3)),) * 2
    assert contracts(system, Root(right, Fraction(1, 100))) and not contracts(system, Root(wrong, Fraction(1, 100)))


def test_limits_floats_interrupts_and_refusals():
    cut = solve_mixed(volunteer(4, "2/5"), most_patterns=10)
    assert cut.limited and not cut.complete and "10 of 81" in str(cut.stop)
    floats = solve_mixed(two_player([[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]))
    assert not floats.complete and floats.equilibria[0].profile == ((0.5, 0.5), (0.5, 0.5)) and floats.equilibria[0].regret == 0

    def stop(done, total, what):
        if done == 10:
            raise KeyboardInterrupt

    kept = solve_mixed(volunteer(4, "2/5"), progress=stop)
    assert kept.limited and len(kept.equilibria) == 4 and "stopped" in str(kept.stop)
    with pytest.raises(SizeError, match="profiles"):
        solve_mixed(NormalForm(np.zeros((2, 200, 200), dtype=np.int64)))
    with pytest.raises(InputError, match="most_patterns=0"):
        solve_mixed(NAU, most_patterns=0)
    assert "900 bits" in str(refuses_mixed(two_player([[1e99, 1e-300]], [[0.0, 1.0]])))
    assert refuses_mixed(NAU) is None and refuses_mixed(3) is not None


@pytest.mark.parametrize("game", [NAU, NINE, volunteer(3, "2/5")])
def test_forged_answers_are_rejected(game):
    certificate = json.loads(json.dumps(mixed_certificate(game, solve_mixed(game))))
    assert certificate["complete"] and holds(certificate)
    last = certificate["equilibria"][-1]["profile"]
    forgeries = [
        lambda c: c["equilibria"].pop(),
        lambda c: (
            c["equilibria"].pop(0) and c.update(boxes=[b | {"equilibrium": b["equilibrium"] - 1} for b in c["boxes"] if b["equilibrium"]])
        ),
        lambda c: c["equilibria"][0].update(regret="1/10"),
        lambda c: c["equilibria"][0]["payoffs"].__setitem__(0, "100"),
        lambda c: c["equilibria"][-1].update(profile=[[last[0][1], last[0][0]], *last[1:]]),
        lambda c: c["game"]["payoffs"][0][0][0].__setitem__(0, -50),
        lambda c: [b.update(centre=[list(reversed(mix)) for mix in b["centre"]]) for b in c["boxes"]] or c["equilibria"].pop(),
        lambda c: [b.update(radius="1/2") for b in c["boxes"]] or c["equilibria"].pop(),
    ]
    for k, forge in enumerate(forgeries):
        forged = copy.deepcopy(certificate)
        forge(forged)
        with contextlib.suppress(ValueError, LookupError):  # unreadable is rejected too
            assert not holds(sealed({key: entry for key, entry in forged.items() if key != "seal"})), k


def test_a_hidden_or_repeated_equilibrium_is_rejected():
    game = two_player([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    certificate = json.loads(json.dumps(mixed_certificate(game, solve_mixed(game))))
    assert certificate["complete"] and holds(certificate)
    (mixed,) = [e for e in certificate["equilibria"] if "1" not in e["profile"][0]]
    pure = [e for e in certificate["equilibria"] if e is not mixed]
    for point in ([["0", "0"], ["0", "0"]], [["-2/3", "-1/3"], ["-1/3", "-2/3"]], mixed["profile"], [["0", "1"]], [["0", "1"], ["0", "1"]]):
        edges = [{"supports": [[0, 1], [0, 1]], "point": point}]
        with contextlib.suppress(ValueError, LookupError):  # unreadable is rejected too
            assert not holds(certificate | {"equilibria": pure, "edges": edges}), point
    again = mixed | {"profile": [["4/6", "2/6"], *mixed["profile"][1:]]}
    assert not holds(certificate | {"equilibria": [*pure, mixed, again]})
    nau = json.loads(json.dumps(mixed_certificate(NAU, solve_mixed(NAU))))
    (box,) = nau["boxes"]
    near = copy.deepcopy(nau["equilibria"][0])
    near["profile"][0] = [p * (1 + 2**-52) for p in near["profile"][0]]
    twice = [nau["equilibria"][0], near]
    assert holds(nau) and not holds(nau | {"equilibria": twice, "boxes": [box, box | {"equilibrium": 1}]})
    extra = copy.deepcopy(certificate)
    extra["game"]["payoffs"].append(extra["game"]["payoffs"][0])
    with pytest.raises(ValueError, match="shape"):
        holds(extra)


def test_where_not_all_supports_are_walked_the_pure_ones_come_first():
    shape = (3, 2, 2, 2, 2, 2, 2, 2, 2)
    assert patterns(shape) > MOST_PATTERNS
    walked = list(supports(shape, 3 * 2**8 + 1))
    assert {tuple(a for (a,) in chosen) for chosen in walked[:-1]} == set(product(*map(range, shape)))
    assert sum(map(len, walked[-1])) == len(shape) + 1
    some = list(supports((5, 5, 5)))
    assert len(set(some)) == len(some) == MOST_PATTERNS and [sum(map(len, c)) for c in some] == sorted(sum(map(len, c)) for c in some)
