"""The agenda setter and the scope of gifts, against grids of proposals and of gifts, and the numbers of ATLAS P7.1 and P7.2."""

from fractions import Fraction
from math import isclose, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError
from encompass.games.organisation.agenda_setter import AgendaSetter
from encompass.games.organisation.scope import Scope
from encompass.solvers.certificate import sealed

F = Fraction
tenths = st.integers(0, 20).map(lambda k: F(k, 20))
PAIRS = settings(max_examples=40, deadline=None)


def changed(certificate, **entries):
    """The certificate with other entries, sealed anew: only its content can give it away."""
    return sealed({name: entry for name, entry in (certificate | entries).items() if name != "seal"})


@pytest.mark.parametrize(
    ("status_quo", "outcome", "capture"), [("1/20", "9/10", "2/5"), ("3/10", "7/10", "1/5"), ("9/20", "11/20", "1/20")]
)
def test_atlas_numbers(status_quo, outcome, capture):
    found = analyse(AgendaSetter(status_quo=F(status_quo)))
    assert (found.outcome, found.capture, found.open_outcome, found.open_capture) == (F(outcome), F(capture), F(1, 2), 0)


def test_cases_by_where_the_status_quo_lies():
    """q within [m, e] stays; q beyond e gives the setter its ideal; and the mirror image for a setter on the other side."""
    at = {F(6, 10): F(6, 10), F(1): F(9, 10), F(1, 20): F(9, 10)}
    for q, x in at.items():
        assert analyse(AgendaSetter(status_quo=q)).outcome == x
        assert analyse(AgendaSetter(setter=F(1, 10), status_quo=1 - q)).outcome == 1 - x


@PAIRS
@given(st.lists(tenths, min_size=1, max_size=7), tenths, tenths, st.sampled_from([F(0), F(1, 3), F(1, 2), F(2, 3), F(1)]))
def test_the_outcome_is_the_best_of_all_proposals_that_pass(voters, status_quo, setter, share):
    model = AgendaSetter(setter, tuple(voters), status_quo, share)
    found = analyse(model)

    def passes(x):
        return sum(abs(x - m) <= abs(status_quo - m) for m in model.voters) >= model.needed

    candidates = [F(k, 40) for k in range(-40, 81)] + [status_quo, setter] + [2 * m - status_quo for m in model.voters]
    assert passes(found.outcome)
    assert abs(found.outcome - setter) == min(abs(x - setter) for x in candidates if passes(x))
    if share == F(1, 2) and len(voters) % 2:
        assert found.capture == min(found.setter_distance, found.fallback)
    assert found.drawn_capture == sum(abs(x - found.median) for x in found.drawn_outcomes) / len(voters)
    stuck = all(
        x == status_quo
        for x in candidates
        if all(abs(x - m) <= abs(status_quo - m) for m in voters) and abs(x - setter) < abs(status_quo - setter)
    )
    assert found.unanimity_stuck == stuck


@settings(max_examples=12, deadline=None)
@given(st.lists(tenths, min_size=1, max_size=4), tenths, tenths, st.sampled_from([F(1, 2), F(1)]))
def test_the_written_out_game_ends_within_a_step_of_it(voters, status_quo, setter, share):
    model = AgendaSetter(setter, tuple(voters), status_quo, share)
    found = analyse(model)
    assert found.solved[0] == found.outcome
    assert all(abs(abs(x - setter) - abs(found.outcome - setter)) <= F(1, 20) for x in found.solved)


def test_certificate_and_a_changed_one():
    (plan,) = analyse(AgendaSetter()).certificates
    assert verify(plan).valid
    assert not verify(changed(plan, equilibria=plan["equilibria"][1:])).valid


@pytest.mark.parametrize("wrong", [{"voters": ()}, {"share": 2}, {"setter": "x"}])
def test_bad_input(wrong):
    with pytest.raises(InputError):
        AgendaSetter(**wrong)


def test_worse_fallbacks_never_lower_capture():
    captures = [analyse(AgendaSetter(status_quo=F(1, 2) - F(k, 20))).capture for k in range(11)]
    assert captures == sorted(captures) and captures[0] == 0 and captures[-1] == F(2, 5)


# scope


def test_scope_numbers():
    found = analyse(Scope())
    assert (found.provided, found.best_amount, found.scope_ratio, found.givers) == (4, 8, F(1, 2), [1])
    assert found.elite_needed and not analyse(Scope(stakes=(4, 4))).elite_needed and not analyse(Scope(target=5)).elite_needed
    assert analyse(Scope(stakes=(3, 3, 1))).gifts == [F(3, 2), F(3, 2), 0]


@PAIRS
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any), st.sampled_from([F(0), F(1, 2), F(3)]))
def test_no_gift_on_a_grid_is_better(stakes, match):
    found = analyse(Scope(tuple(stakes), match))
    for i, theta in enumerate(stakes):
        others = sum(found.gifts) - found.gifts[i]

        def worth(g, theta=theta, others=others):
            total = float((1 + match) * (others + g))
            return (theta * log(total) if total else float("-inf")) - float(g) if theta else -float(g)

        assert all(worth(found.gifts[i]) >= worth(F(k, 4)) - 1e-12 for k in range(48))
    assert analyse(Scope(tuple(stakes), found.best_match)).scope_ratio == 1
    assert sum(found.lindahl_prices) == 1 and set(found.lindahl_amounts) == {found.best_amount}
    assert all(verify(c).valid for c in found.certificates)

    def welfare(q):
        return sum(stakes) * log(q) - q

    assert isclose(found.loss, welfare(float(found.best_amount)) - welfare(float(found.provided)), abs_tol=1e-9)


def test_a_changed_gift_is_refused():
    (certificate,) = analyse(Scope()).certificates
    assert not verify(changed(certificate, profile={**certificate["profile"], "g1": "3"})).valid


@pytest.mark.parametrize("wrong", [{"stakes": (0, 0)}, {"stakes": (-1, 2)}, {"match": -1}, {"target": 0}])
def test_bad_scope(wrong):
    with pytest.raises(InputError):
        Scope(**wrong)
