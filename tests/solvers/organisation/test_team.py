"""Partners who share what they make: one period, a threat, a bonus, a penalty (ATLAS CASE-16)."""

import json
from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.errors import InputError
from encompass.games.normal_form import NormalForm
from encompass.games.organisation.team import JointTeam, Team
from encompass.solvers.organisation.joint_team import nth_root
from encompass.solvers.organisation.registry import analyse

FEW = settings(max_examples=40, deadline=None)
tenths = st.lists(st.integers(0, 10), min_size=2, max_size=4).map(lambda xs: tuple(F(x, 10) for x in xs))
divided = st.lists(st.integers(0, 10), min_size=2, max_size=5).filter(sum).map(lambda xs: tuple(F(x, sum(xs)) for x in xs))


@given(tenths)
@settings(max_examples=12, deadline=None)
def test_no_effort_on_a_grid_does_better(shares):
    model = Team(shares)
    found = analyse(model)
    for i, e in enumerate(found.efforts):
        others = found.output - e
        assert all(model.payoff(i, F(x, 20), others) <= model.payoff(i, e, others) for x in range(60))
    assert found.surplus == sum(shares) - sum(s * s for s in shares) / 2 == sum(found.apart) - found.outside_pays
    assert all(ec.verify(json.loads(json.dumps(c))).valid for c in found.certificates)


@given(divided)
@FEW
def test_no_division_does_better_than_an_equal_one_and_none_does_its_best(shares):
    found = analyse(Team(shares))
    assert found.divides and found.outside_pays == 0
    assert found.surplus <= found.divided_most < found.best_surplus == F(len(shares), 2)
    assert (found.surplus == found.divided_most) == (len(set(shares)) == 1)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_no_rule_of_division_holds_partners_to_their_best(n):
    """The linear program over all rules on a grid of outputs: the largest margin by which nobody slackens is what the sum says."""
    from scipy.optimize import linprog

    steps = 4 * n
    drops = [h / steps for h in range(1, steps + 1)]
    columns = n * (len(drops) + 1) + 1  # s_i(n), s_i(n - h), the margin
    A, b, E, d = [], [], [], []
    for i in range(n):
        for k, h in enumerate(drops, start=1):
            row = np.zeros(columns)
            row[i], row[k * n + i], row[-1] = -1, 1, 1
            A.append(row)
            b.append((1 - h) ** 2 / 2 - 1 / 2)
    for k, h in enumerate([0.0, *drops]):
        row = np.zeros(columns)
        row[k * n : (k + 1) * n] = 1
        E.append(row)
        d.append(n - h)
    cost = np.zeros(columns)
    cost[-1] = -1
    found = linprog(cost, A, b, E, d, bounds=[(None, None)] * columns)
    assert -found.fun == pytest.approx(-float(analyse(Team((F(1, n),) * n)).division_gap))


@given(tenths)
@FEW
def test_bonuses_hold_and_cost_what_they_add(shares):
    model = Team(shares)
    found, n = analyse(model), len(shares)
    assert found.bonus_total == found.best_surplus - found.surplus

    def worth(i, e, others, cut):
        return model.payoff(i, e, others) + ((found.bonuses[i] - cut) if e + others >= n else 0)

    grid = [F(x, 20) for x in range(20 * n + 1)]
    for i in range(n):
        assert all(worth(i, e, F(n - 1), 0) <= worth(i, F(1), F(n - 1), 0) for e in grid)
        if shares[i] < 1:  # and not with less
            assert worth(i, shares[i], F(n - 1), F(1, 10**6)) > worth(i, F(1), F(n - 1), F(1, 10**6))
    low = found.output
    stays = all(worth(i, e, low - s, 0) <= worth(i, s, low - s, 0) for i, s in enumerate(shares) for e in [*grid, n - (low - s)])
    assert found.bonus_may_fail == stays


@given(st.integers(2, 3), st.integers(1, 3))
@settings(max_examples=6, deadline=None)
def test_the_group_penalty_against_all_profiles(n, steps):
    efforts = [F(k, steps) for k in range(2 * steps + 1)]

    def payoff(a):
        y = sum(efforts[k] for k in a)
        return [(y / n if y >= n else F(0)) - efforts[k] ** 2 / 2 for k in a]

    named = NormalForm.from_function(payoff, [tuple(map(str, efforts))] * n)
    wanted = {
        tuple(sorted(efforts[k] for k in a))
        for a in product(range(len(efforts)), repeat=n)
        if all(max(named.table[(i, *a[:i], slice(None), *a[i + 1 :])]) <= named.table[(i, *a)] for i in range(n))
    }
    found = analyse(Team((F(1, n),) * n, steps=steps))
    assert {tuple(row) for row in found.penalty_equilibria} == wanted
    assert found.penalty_best == ((F(1),) * n in wanted) and found.penalty_nothing == ((F(0),) * n in wanted)


@given(tenths, st.integers(0, 19))
@FEW
def test_the_threat_against_a_long_play(shares, twentieths):
    """What each has over 400 periods by working on, and by slackening now."""
    model = Team(shares, F(twentieths, 20))
    found, d = analyse(model), twentieths / 20
    later = d / (1 - d)
    stays = []
    for together, apart, slack in zip(found.together, found.apart, found.slackening):
        stays.append(float(together) / (1 - d) >= float(slack) + later * float(apart) - 1e-12)
    assert found.lasts == all(stays) == found.work_is_best


def test_the_numbers_of_the_atlas():
    """P16.1 and P16.2."""
    half = analyse(Team())
    assert (half.surplus, half.best_surplus, half.efforts) == (F(3, 4), 1, [F(1, 2)] * 2)
    assert (half.together[0], half.apart[0], half.slackening[0], half.critical) == (F(1, 2), F(3, 8), F(5, 8), F(1, 2))
    assert half.lasts and half.bonus_total == F(1, 4) and half.penalty_outputs == [0, 2]
    superior = analyse(Team((1, 0)))
    assert superior.surplus == F(1, 2) and superior.critical is None and not superior.lasts
    for s in (F(1, 3), F(3, 4)):
        assert analyse(Team((s, 1 - s))).surplus == 1 - (s * s + (1 - s) ** 2) / 2
    assert analyse(Team((F(1, 20),) * 20)).penalty_equilibria is None


# efforts that need one another


@given(tenths)
@FEW
def test_joint_efforts_on_a_grid(shares):
    found, n = analyse(JointTeam(shares)), len(shares)
    e = [float(x) for x in found.efforts]
    for i, share in enumerate(shares):
        rest = np.prod([x for k, x in enumerate(e) if k != i])
        worth = [float(share) * (x * rest) ** (1 / n) - x * x / 2 for x in [*np.linspace(0, 2, 401), e[i]]]
        assert max(worth) <= worth[-1] + 1e-12
    assert float(found.surplus) == pytest.approx(float(found.output) - sum(x * x for x in e) / 2)
    grid = np.linspace(0, 1, 101)
    assert max(x - n * x * x / 2 for x in grid) <= float(found.best_surplus) + 1e-12
    assert all(ec.verify(json.loads(json.dumps(c))).valid for c in found.certificates)


@given(tenths)
@FEW
def test_the_threat_to_stop_working(shares):
    found, n = analyse(JointTeam(shares)), len(shares)
    grid = np.linspace(0, 1, 4001)
    needed = []
    for share in map(float, shares):
        kept = share / n - 1 / (2 * n * n)
        slack = max(share * (x * n ** -(n - 1.0)) ** (1 / n) - x * x / 2 for x in grid)
        gain = max(slack - kept, 0)
        needed.append(0 if share == 1 else gain / (gain + kept) if kept > 0 else None)
    if None in needed:
        assert found.critical is None
    else:
        assert float(found.critical) == pytest.approx(max(needed), abs=1e-3)


def test_two_who_need_one_another():
    half, superior = analyse(JointTeam()), analyse(JointTeam((1, 0)))
    assert (half.efforts, half.output, half.surplus, half.best_surplus) == ([F(1, 4)] * 2, F(1, 4), F(3, 16), F(1, 4))
    assert superior.surplus == superior.output == 0 and superior.critical is None
    s = F(3, 10)
    assert float(analyse(JointTeam((s, 1 - s))).surplus) == pytest.approx(3 / 8 * (0.3 * 0.7) ** 0.5)


@given(st.integers(0, 10**6), st.integers(1, 10**4), st.integers(2, 12))
@FEW
def test_roots_are_rational_where_they_are(p, q, n):
    assert nth_root(F(p, q) ** n, n) == F(p, q) and isinstance(nth_root(F(p, q) ** n, n), F)
    assert float(nth_root(F(p, q), n)) == pytest.approx((p / q) ** (1 / n))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Team((1,)),
        lambda: Team((F(1, 2), 2)),
        lambda: Team((F(1, 2), -1)),
        lambda: Team(discount=1),
        lambda: Team(steps=0),
        lambda: Team((F(1, 30),) * 30),
        lambda: JointTeam((F(1, 13),) * 13),
        lambda: JointTeam(discount=-1),
    ],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(InputError):
        wrong()


def test_a_changed_certificate_is_not_believed():
    smooth = dict(analyse(Team()).certificates[0])
    assert ec.verify(smooth).valid
    assert not ec.verify(smooth | {"profile": {"e1": "1/2", "e2": "1/3"}}).valid
