"""Helper and evaluator: backward induction against the game played out (ATLAS P14.1, P14.2)."""

from fractions import Fraction as F

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from encompass import analyse, solve, verify
from encompass.games.errors import InputError
from encompass.games.organisation.evaluator import Evaluator

few = settings(max_examples=40, deadline=None)
evaluators = st.builds(
    Evaluator,
    bonus=st.integers(0, 4).map(lambda k: F(k, 2)),
    reputation=st.integers(0, 4).map(lambda k: F(k, 2)),
    audit=st.integers(0, 10).map(lambda k: F(k, 10)),
    penalty=st.integers(0, 12).map(F),
    stake=st.integers(0, 4).map(F),
    side_efficiency=st.integers(0, 4).map(lambda k: F(k, 4)),
    start=st.integers(0, 10).map(lambda k: F(k, 10)),
    productivity=st.integers(0, 6).map(lambda k: F(k, 4)),
    separated=st.integers(0, 1),
    levels=st.integers(1, 6),
    offers=st.integers(1, 4),
)


@few
@given(evaluators)
def test_who_passes_what_by_trying_payments(m):
    """A bad one passes if the evaluator gains by it unpaid, or by some payment that leaves the organisation something."""
    a, expected = analyse(m), m.own - m.audit * m.penalty
    taken = [t for t in (m.stake * F(k, 400) for k in range(400)) if expected + m.side_efficiency * t > 0]
    assert a.inflates == (expected > 0) and a.passes_bad == bool(taken)
    if taken:
        assert a.payment <= taken[0] <= a.payment + m.stake * F(1, 400)
    else:
        assert a.payment is None and a.collusion_proof


@few
@given(evaluators)
def test_help_by_trying_levels(m):
    a = analyse(m)
    grid = [m.most_help * F(k, 60) for k in range(61)]

    def payoff(h):
        good = m.good(h)
        if m.separated:
            return m.reputation * (1 if a.passes_bad else good) - h * h / 2
        return good * m.own + (1 - good) * max(m.own - m.fear, 0) - h * h / 2

    assert payoff(a.help_given) >= max(map(payoff, grid))
    assert 0 <= a.quality <= 1 and all(verify(c).valid for c in a.certificates)
    assert a.unconfirmed == (None if a.passes == 0 else (a.passes - a.quality) / a.passes)


@few
@given(evaluators)
def test_the_game_of_levels_brackets_the_best_help(m):
    """Best levels of a concave payoff lie next to the best amount; where somebody is indifferent other equilibria may too."""
    assume(m.own != m.fear and m.fear != m.own + m.side_efficiency * m.stake and m.productivity > 0 and m.own > 0 and m.stake > 0)
    assume(m.fear < m.own or m.side_efficiency * m.stake == 0 or m.fear > m.own + m.side_efficiency * m.stake)  # offers are a grid
    assume(not (m.separated and m.reputation == 0))
    a = analyse(m)
    step = m.most_help / m.levels
    assert all(abs(h - a.help_given) <= step for h in a.finite_help)
    reached = set(a.finite_passes)
    assert reached <= {a.passes_bad} and (reached or all(m.good(h) == 1 for h in a.finite_help) or a.finite_passes == [])


def test_bribes_of_the_finite_game():
    """Own 1, fear 2, stake 2: the organisation pays 1 (the evaluator, then indifferent, may also want 2)."""
    m = Evaluator(bonus=1, separated=1, audit=F(1, 5))
    a = analyse(m)
    assert a.payment == 1 and a.passes_bad and not a.inflates
    paid = {
        s["moves"]["organisation"] for e in solve(m.game(), "subgame-perfect").equilibria for s in e.profile if "organisation" in s["moves"]
    }
    assert "1" in paid and paid <= {"0", "1", "2"}


def test_the_numbers_of_the_atlas():
    a = analyse(Evaluator())
    assert (a.inflates, a.least_audit, a.collusion_audit) == (True, F(1, 5), F(2, 5))
    assert analyse(Evaluator(separated=1)).least_audit == F(1, 10)
    assert analyse(Evaluator(separated=1, bonus=0)).least_audit == 0
    proof = [analyse(Evaluator(separated=1, bonus=0, audit=F(k, 10))).collusion_proof for k in (1, 2, 3)]
    assert proof == [False, True, True]  # audit * penalty >= side_efficiency * stake


def test_collusion_needs_more_than_p14_2_says_where_a_pass_is_paid():
    """With bonus and reputation an audit that outweighs the payment alone, p F = 3 >= k z = 2, is not enough: 2 + 2 > 3."""
    m = Evaluator(audit=F(3, 10))
    assert m.fear >= m.side_efficiency * m.stake and not analyse(m).collusion_proof
    passes = {
        s["moves"]["evaluator"]
        for e in solve(m.game(), "subgame-perfect").equilibria
        for s in e.profile
        if s["history"][1:2] == [["bad"]] and "evaluator" in s["moves"]
    }
    assert "pass" in passes


def test_without_penalty_no_audit_helps():
    assert analyse(Evaluator(penalty=0)).least_audit is None
    assert analyse(Evaluator(start=0, productivity=0, audit=1)).unconfirmed is None


def test_a_changed_certificate_is_found_out():
    smooth, tree = analyse(Evaluator()).certificates
    assert not verify(smooth | {"profile": {"h": "1"}}).valid
    assert not verify(tree | {"complete": "no"}).valid


@pytest.mark.parametrize("wrong", [{"bonus": -1}, {"audit": 2}, {"start": 2}, {"separated": 2}, {"levels": 0}, {"side_efficiency": 2}])
def test_refused(wrong):
    with pytest.raises(InputError):
        Evaluator(**wrong)
