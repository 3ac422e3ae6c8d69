"""Games given in floats decide as their exact twins do: rounding noise is no gain, no loss and no tie-break."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.mechanisms.registry import USUAL
from encompass.games.outcome_game import OutcomeGame, Parts
from encompass.games.rights import HostConsent, Imposition, Unanimity
from encompass.testing import siting

FAST = [name for name in USUAL if name not in ("M-21:nash", "M-21:maxmin", "DL-1")]  # of several best lotteries any may be found


def twins(a, d, rights=None):
    """The same siting in tenths, exact and in floats."""
    exact = siting([f"{x / 10:.1f}" for x in a], [f"{x / 10:.1f}" for x in d], rights)
    parts = Parts(*(np.array(getattr(exact.parts, name), dtype=float) for name in ("benefits", "damages", "fees", "costs", "grants")))
    return exact, OutcomeGame.from_parts(parts, rights=exact.rights, players=exact.players)


PAIRS = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 40)), min_size=2, max_size=5)


@given(PAIRS, st.sampled_from([None, Unanimity(), Imposition()]))
@settings(deadline=None, max_examples=60)
def test_comparisons_agree(pairs, rights):
    exact, floats = twins([p[0] for p in pairs], [p[1] for p in pairs], rights)
    one, two = ec.compare(exact, FAST), ec.compare(floats, FAST)
    assert one.before_outcomes == two.before_outcomes
    for row in one.mechanisms:
        twin = two[row.id]
        assert row.verdict == twin.verdict, row.id
        assert (row.alternative, row.envy_free, row.coalition_stable) == (twin.alternative, twin.envy_free, twin.coalition_stable)
        assert row.equilibrium_outcomes == twin.equilibrium_outcomes
        if row.tau_strong is not None:
            assert float(row.tau_strong) == pytest.approx(float(twin.tau_strong), abs=1e-8)
    assert [c.what for c in ec.verify(two.certificate).checks if not c.holds] == []


@given(PAIRS, st.sampled_from([None, Unanimity(), Imposition()]))
@settings(deadline=None, max_examples=60)
def test_diagnoses_agree(pairs, rights):
    exact, floats = twins([p[0] for p in pairs], [p[1] for p in pairs], rights)
    one, two = ec.diagnose(exact), ec.diagnose(floats)
    assert (one.kind, one.best[0], one.opposition, one.standoff_window) == (two.kind, two.best[0], two.opposition, two.standoff_window)
    assert one.equilibrium_outcomes == two.equilibrium_outcomes
    assert float(one.conflict_share["where"]) == pytest.approx(float(two.conflict_share["where"]), abs=1e-9)
    assert [c.what for c in ec.verify(two.certificate).checks if not c.holds] == []


def test_noise_is_not_a_gain():
    """0.1 + 0.2 - 0.3 is 5.6e-17 in floats: no surplus, no standoff worth solving."""
    answer = ec.diagnose(OutcomeGame([[0, 0.1], [0, 0.2], [0, -0.3]], rights=Imposition()))
    assert answer.kind == "Z" and answer.best[0] == "x0" and answer.impasse is None
    assert ec.verify(answer.certificate).valid


def test_equal_columns_are_no_conflict():
    answer = ec.diagnose(OutcomeGame([[0, 0.1, 0.1, 0.1], [0, 0.7, 0.7, 0.7]], rights=Imposition()))
    assert answer.conflict_share["where"] == 0 and answer.encompassing is None
    assert ec.verify(answer.certificate).valid


def test_a_gain_of_rounding_is_not_dominance():
    game = ec.two_player([[0.3, 0], [0.1 + 0.2, 1e-17]], [[1.0, 0.0], [1.0, 0.0]])
    assert not ec.solve(game, concept="nash").complete


def test_large_float_games_keep_their_verdicts():
    """Per-head figures are not forgiven more because there are many heads."""
    rng = np.random.default_rng(3)
    gains = np.round(rng.normal(1.0, 0.5, (2000, 4)), 3)
    gains[:, 0] = 0.0
    game = OutcomeGame(gains, counts=[200] * 2000, rights=HostConsent((frozenset(), *(frozenset([k]) for k in range(3)))))
    certificate = ec.compare(game, ["M-01:ES", "M-21:uniform"]).certificate
    assert ec.verify(certificate).valid
