"""Pure equilibria against the definition; what other regimes lead to."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

import encompass as ec
from encompass.games.errors import InputError, NotApplicable
from encompass.games.normal_form import NormalForm, two_player
from encompass.games.outcome_game import OutcomeGame
from encompass.games.rights import Imposition, Liability, Quota
from encompass.solvers import pure
from encompass.testing import normal_forms, outcome_games, siting

T5 = ([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])


def brute_force(game):
    found = set()
    for profile in product(*map(range, game.shape)):
        deviations = ((i, (*profile[:i], a, *profile[i + 1 :])) for i, size in enumerate(game.shape) for a in range(size))
        if all(game.payoffs(other)[i] <= game.payoffs(profile)[i] for i, other in deviations):
            found.add(profile)
    return found


@given(normal_forms(max_players=4))
@settings(deadline=None, max_examples=200)
def test_every_pure_equilibrium_and_nothing_else(game):
    assert set(pure.pure_profiles(game)) == brute_force(game)
    solution = ec.solve(game)
    assert solution.complete and all(e.regret == 0 for e in solution.equilibria)
    assert ec.verify(solution.certificate).valid


def test_float_games_forgive_rounding():
    third = 0.1 + 0.2
    assert pure.pure_profiles(two_player([[0.3], [third]], [[0.0], [0.0]])) == [(0, 0), (1, 0)]


def test_toilet_is_an_impasse():
    solution = ec.solve(siting(*T5))
    assert solution.outcomes == ("x0",) and solution.complete and len(solution.equilibria) == 1
    (equilibrium,) = solution.equilibria
    assert equilibrium.profile == ((0, 1),) * 5
    assert equilibrium.payoffs == (0,) * 5 and equilibrium.regret == 0


def test_other_regimes():
    game = siting(*T5)
    assert ec.solve(game.with_rights(Imposition())).outcomes == ("1",)
    vote = ec.solve(game.with_rights(Quota()))
    assert vote.outcomes == ("1",) and not vote.complete and not vote.limited
    assert ec.solve(game.with_rights(Quota(5))).outcomes == ("x0",)
    under_assessed = game.with_rights(Liability(game.parts.damages * Fraction(1, 3)))
    (equilibrium,) = ec.solve(under_assessed).equilibria
    assert equilibrium.outcome == "1" and tuple(equilibrium.payoffs) == (-4, 5, 6, 7, 8)


def test_liability_compares_gains_with_assessed_damage():
    """Build iff what the others gain exceeds the assessed damage (ATLAS M-32)."""
    game = siting([1, 1], [9, 9])
    assert ec.solve(game.with_rights(Liability(game.parts.damages))).outcomes == ("x0",)
    assert ec.solve(game.with_rights(Liability(game.parts.damages * 0))).outcomes == ("1",)


@given(outcome_games(max_rows=3, max_sites=3))
@settings(deadline=None)
def test_sincere_votes_carry_their_true_regret(game):
    """The regret of the sincere profile against every ballot of every single voter."""
    rule = Quota(2)
    chosen, _, regret, _ = pure.rule_outcome(game.with_rights(rule))
    order = sorted(game.sites, key=lambda x: (-game.surplus[x], x))
    voters = [row for row, count in enumerate(game.counts) for _ in range(count)]
    sincere = [[np.sign(float(game.utilities[row, x])) for x in order] for row in voters]

    def ending(ballots):
        for k, x in enumerate(order):
            if sum(b[k] > 0 for b in ballots) >= 2:
                return x
        return game.status_quo

    assert ending(sincere) == chosen
    worst = 0
    for k, row in enumerate(voters):
        for mine in product((1, 0, -1), repeat=len(order)):
            other = ending([*sincere[:k], mine, *sincere[k + 1 :]])
            worst = max(worst, game.utilities[row, other] - game.utilities[row, chosen])
    assert regret == worst


def test_a_limit_gives_a_partial_answer(monkeypatch):
    monkeypatch.setattr(pure, "MOST_EQUILIBRIA", 3)
    solution = ec.solve(NormalForm(np.zeros((2, 3, 3), dtype=np.int64)))
    assert len(solution.equilibria) == 3 and not solution.complete and solution.limited
    assert "3 of 9" in str(solution.stop)


def test_unknown_words_and_wrong_games_are_refused():
    with pytest.raises(InputError, match="concept='magic'"):
        ec.solve(siting(*T5), concept="magic")
    with pytest.raises(NotApplicable, match="types"):
        ec.solve(siting(*T5), concept="bayes-nash")
    with pytest.raises(NotApplicable, match="R-QUOTA"):
        ec.solve(OutcomeGame([[0, 1]], rights=Quota()), concept="correlated")
