"""All pure equilibria of consent games by structure, against writing the game out and trying every profile."""

from collections import Counter

from hypothesis import given, settings

from encompass.games.outcome_game import OutcomeGame
from encompass.games.rights import HostConsent
from encompass.games.siting import consent
from encompass.solvers.pure import consent_outcomes, pure_profiles
from encompass.solvers.regret import consent_regret
from encompass.solvers.standoff.consent_equilibria import class_size, supporting_sets
from encompass.testing import outcome_games, siting, sitings


def brute_force(play):
    """How many pure equilibria end in each outcome."""
    rows = [row for row, count in enumerate(play.game.counts) for _ in range(count)]
    return Counter(play.ending(profile, rows) for profile in pure_profiles(play.normal_form()))


@given(outcome_games(max_rows=4, max_sites=3, max_count=2, consent=True).filter(lambda g: sum(consent(g).sizes()) <= 24))
@settings(deadline=None, max_examples=300)
def test_outcomes_are_those_of_the_written_game(game):
    play = consent(game)
    supports = supporting_sets(play)
    assert set(supports) == set(brute_force(play))
    for outcome, accepted in supports.items():
        assert next((x for x in play.priority if x in accepted), game.status_quo) == outcome
        assert consent_regret(play, accepted) <= 0


@given(sitings(max_residents=6))
@settings(deadline=None)
def test_one_host_classes_are_counted(game):
    play = consent(game)
    counted = {outcome: class_size(play, outcome) for outcome in supporting_sets(play)}
    assert counted == dict(brute_force(play))


@given(sitings(max_residents=7, standoff=True))
@settings(deadline=None)
def test_standoff_has_one_pure_equilibrium(game):
    """P1.2 (A-01): if every host loses, all refuse and nothing is built."""
    found = consent_outcomes(consent(game))
    assert found.outcomes == ("x0",) and found.complete
    assert [e.orbit_size for e in found.equilibria] == [1]


def test_a_host_who_gains_builds_alone():
    """Conformance row si-st-02: b = 3, d = (2, 2, 2)."""
    found = consent_outcomes(consent(siting([3, 3, 3], [2, 2, 2])))
    assert found.outcomes == ("1", "2", "3")
    assert [e.orbit_size for e in found.equilibria] == [1, 1, 1]


def test_a_million_residents_are_counted_not_listed():
    game = OutcomeGame(
        [[0, 5, 1], [0, -3, 1]], counts=[999_000, 1_000], rights=HostConsent((frozenset(), frozenset({1}), frozenset({0, 1})))
    )
    found = consent_outcomes(consent(game))
    assert found.outcomes == ("x0", "2")
    assert found.complete
    assert [e.regret for e in found.equilibria] == [0, 0]


def test_a_worse_open_site_behind_can_hold_a_loser_in_place():
    """Resident 1 loses 1 at site A, but withdrawing would only bring site B, where it loses 2."""
    game = OutcomeGame(
        [[0, -1, -2], [0, 9, 3]], alternatives=["x0", "A", "B"], rights=HostConsent((frozenset(), frozenset({0}), frozenset({1})))
    )
    play = consent(game)
    assert supporting_sets(play)[1] == frozenset({1, 2})
    assert set(supporting_sets(play)) == set(brute_force(play))
