"""Self-management: every profile of joining tried, the three stages solved as a tree, rounds summed up (ATLAS P3.1 to P3.4)."""

from fractions import Fraction as F
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from encompass import analyse, solve, verify
from encompass.games.errors import InputError, SizeError
from encompass.games.organisation.repeated_unit import RepeatedUnit
from encompass.games.organisation.self_management import SelfManagement
from encompass.games.participation import stable_sizes

few = settings(max_examples=40, deadline=None)


@st.composite
def institutions(draw, most=6):
    n = draw(st.integers(2, most))
    share = F(draw(st.integers(2, 9)), 10)
    guilt = min(F(draw(st.integers(0, 9)), 10), 1 - share)
    return SelfManagement(n, share, F(draw(st.integers(0, 10)), 4), draw(st.integers(1, n)), F(draw(st.integers(0, 20)), 8), guilt)


def felt(m, money, i):
    """Fehr and Schmidt, written out."""
    envy = sum(max(x - money[i], 0) for x in money)
    guilt = sum(max(money[i] - x, 0) for x in money)
    return money[i] - (m.envy * envy + m.guilt * guilt) / (len(money) - 1)


def payoffs(m, joins):
    """What everybody feels after joining as in ``joins``: bound if every member is better off so than with nobody bound."""
    members, n = [i for i in range(m.residents) if joins[i]], m.residents
    if len(members) < m.minimum:
        return [F(1)] * n
    money = [(F(0) if joins[i] else F(1)) + m.share * len(members) - (m.organisation / len(members) if joins[i] else 0) for i in range(n)]
    now = [felt(m, money, i) for i in range(n)]
    return now if all(now[i] > 1 for i in members) else [F(1)] * n


@few
@given(institutions())
def test_equilibria_by_trying_every_profile(m):
    weak, strict = set(), set()
    for joins in product((0, 1), repeat=m.residents):
        now = payoffs(m, joins)
        others = [payoffs(m, (*joins[:i], 1 - joins[i], *joins[i + 1 :]))[i] for i in range(m.residents)]
        if all(a >= b for a, b in zip(now, others)):
            weak.add(sum(joins))
        if all(a > b for a, b in zip(now, others)):
            strict.add(sum(joins))
    a = analyse(m)
    assert a.sizes == sorted(weak) == list(stable_sizes(m.game())) and a.strict_sizes == sorted(strict)
    assert all(verify(c).valid for c in a.certificates)
    if a.institution is not None and not m.envy and not m.guilt:
        assert a.institution == max(a.least_size, m.minimum)
        assert a.total_gain == sum(payoffs(m, [i < a.institution for i in range(m.residents)])) - m.residents


@pytest.mark.parametrize(
    ("share", "organisation", "minimum"),
    [(F(2, 5), 0, 1), (F(3, 5), 0, 1), (F(2, 5), F(1, 2), 1), (F(3, 5), F(1, 4), 3), (F(1, 4), 0, 1)],
)
@pytest.mark.parametrize("n", [3, 4])
def test_the_stages_end_as_the_game_of_joining_says(n, share, organisation, minimum):
    """The last vote of a member decides, so that members bind themselves exactly if it pays them; nobody else gives anything."""
    m = SelfManagement(n, share, organisation, minimum)
    outcomes = solve(m.stages(), "subgame-perfect")
    assert outcomes.complete
    active = {}
    for e in outcomes.equilibria:
        joined = sum(move == "in" for move in e.profile[0]["moves"].values())
        given = [move for stage in e.profile for move in stage["moves"].values() if move == "1"]
        assert not given
        active.setdefault(joined, set()).add(all(x == 1 for x in e.payoffs))
    a = analyse(m)
    assert sorted(active) == a.sizes
    assert all(active[size] == {not m.binds(size) if size else True} for size in a.sizes)


def test_the_numbers_of_the_atlas():
    a = analyse(SelfManagement())
    assert (a.least_size, a.sizes, a.strict_sizes, a.idle_sizes) == (3, [0, 1, 3], [3], [0, 1])
    clauses = [analyse(SelfManagement(minimum=s)) for s in (3, 4, 5)]
    assert [c.member_gain for c in clauses] == [F(1, 5), F(3, 5), 1] and [c.outsider_gain for c in clauses] == [F(6, 5), F(8, 5), None]
    assert [c.survives_refusal for c in clauses] == [False] * 3 and clauses[2].total_gain == a.full_gain == 5


@few
@given(institutions())
def test_envy_decides_where_it_is_said_to(m):
    a = analyse(SelfManagement(m.residents, m.share, m.organisation, 1, m.envy))
    assume(a.envy_limit is not None)
    assert a.model.binds(a.least_size) == (m.envy < a.envy_limit)


def test_a_share_that_ties_binds_nobody():
    """At share s = 1 + cost / s members gain nothing by it: they do not bind themselves, and the next size does."""
    assert analyse(SelfManagement(5, F(1, 2))).institution == 3


def test_mixed_joining_is_a_balance():
    a = analyse(SelfManagement())
    (p,) = a.joining_chances
    game = SelfManagement().game()
    from math import comb

    gain = sum(
        comb(4, k) * p**k * (1 - p) ** (4 - k) * float(game.payoff(0, 1, [(4 - k, k)]) - game.payoff(0, 0, [(4 - k, k)])) for k in range(5)
    )
    assert abs(gain) < 1e-9


units = st.builds(
    RepeatedUnit,
    size=st.integers(2, 12),
    share=st.integers(0, 12).map(lambda k: F(k, 10)),
    multiplier=st.integers(0, 12).map(lambda k: F(k, 4)),
    detection=st.integers(0, 4).map(lambda k: F(k, 4)),
    discount=st.integers(1, 9).map(lambda k: F(k, 10)),
)


@few
@given(units)
def test_patience_by_summing_rounds(m):
    """Nobody gains by keeping its contribution for one round, if seen with probability ``detection`` and repaid by nothing for ever."""
    a = analyse(m)
    r, d = m.worth, m.discount
    keep_on = (r * m.size - 1) / (1 - d)  # over nobody contributing
    stop_once = r * (m.size - 1) + d * (1 - m.detection) * keep_on
    assert a.sustained == (keep_on >= stop_once)
    if a.critical is not None:
        assert 0 <= a.critical < 1
    if a.dilemma:
        assert a.one_round == [0]
        assert (a.critical is None) == (m.detection == 0)
        if a.least_detection is not None:
            assert analyse(RepeatedUnit(m.size, m.share, m.multiplier, a.least_detection, d)).critical == d
    assert all(verify(c).valid for c in a.certificates)


def test_critical_discounts_of_the_atlas():
    divided = [analyse(RepeatedUnit(g, 0, 2)).critical for g in (4, 12, 100)]
    assert divided == [F(g - 2, 2 * (g - 1)) for g in (4, 12, 100)] and [round(float(x), 3) for x in divided] == [0.333, 0.455, 0.495]
    fixed = [analyse(RepeatedUnit(g, F(2, 5))).critical for g in (4, 12, 100)]
    assert fixed == [F(3, 5) / (F(2, 5) * (g - 1)) for g in (4, 12, 100)] and fixed == sorted(fixed, reverse=True)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (SelfManagement, {"residents": 1}),
        (SelfManagement, {"share": 1}),
        (SelfManagement, {"organisation": -1}),
        (SelfManagement, {"minimum": 6}),
        (SelfManagement, {"guilt": "7/10"}),
        (RepeatedUnit, {"size": 1}),
        (RepeatedUnit, {"detection": 2}),
        (RepeatedUnit, {"share": -1}),
    ],
)
def test_refused(kind, wrong):
    with pytest.raises(InputError):
        kind(**wrong)


def test_stages_of_many_are_not_written_out():
    with pytest.raises(SizeError, match="4 residents, not 9"):
        SelfManagement(9).stages()


def test_a_changed_certificate_is_found_out():
    certificate = analyse(SelfManagement()).certificates[0]
    changed = certificate | {"equilibria": certificate["equilibria"][:-1]}
    assert not verify(changed).valid
