"""The consent game and the vote, and the standoff window (P1.1, P1.2)."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.outcome_game import OutcomeGame
from encompass.games.rights import HostConsent, Imposition, Quota, Unanimity
from encompass.games.siting import consent, in_window, vote, vote_game
from encompass.solvers.pure import pure_profiles
from encompass.testing import outcome_games, siting, sitings

T5 = ([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])


def test_toilet_consent_game():
    play = consent(siting(*T5))
    game = play.normal_form()
    assert play.priority == (1, 2, 3, 4, 5)
    assert game.actions[0] == ("accept", "refuse")
    assert game.payoffs((0, 0, 1, 1, 1)) == (-8, 5, 6, 7, 8)
    assert game.payoffs((1, 1, 1, 1, 1)) == (0, 0, 0, 0, 0)


@given(outcome_games(max_rows=3, max_sites=2, max_count=2, consent=True))
@settings(deadline=None)
def test_normal_form_is_the_consent_game_profile_by_profile(game):
    play = consent(game)
    rows = [row for row, count in enumerate(game.counts) for _ in range(count)]
    written = play.normal_form()
    assert written.shape == tuple(play.sizes())
    for profile in written.profiles():
        ending = play.ending(profile, rows)
        assert written.payoffs(profile) == tuple(game.utilities[row, ending] for row in rows)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 60)), min_size=2, max_size=5))
def test_window_is_signing_and_refusing(pairs):
    """P1.1 (A-02): i signs for a uniform draw and refuses at home exactly when 1 < d/a < m."""
    a, d = [p[0] for p in pairs], [p[1] for p in pairs]
    m = len(pairs)
    both = sum(a[i] - Fraction(d[i], m) > 0 and a[i] - d[i] < 0 for i in range(m))
    assert in_window(siting(a, d)) == (both, m)


def test_window_of_the_toilet():
    assert in_window(siting(*T5)) == (5, 5)


@given(sitings(standoff=True))
@settings(deadline=None)
def test_refusing_is_weakly_dominant_in_a_standoff(game):
    """P1.2: where every host loses, refusing is never worse, whatever the others do."""
    written = consent(game).normal_form()
    n = len(game.players)
    for player in range(n):
        for others in product((0, 1), repeat=n - 1):
            accept, refuse = ((*others[:player], action, *others[player:]) for action in (0, 1))
            assert written.payoffs(refuse)[player] >= written.payoffs(accept)[player]


def test_vote_counts_heads():
    """P1.4: every site beats the status quo by 4 to 1, so every quota up to 4 passes some site."""
    game = siting(*T5, rights=Imposition())
    for q, passes in ((3, True), (4, True), (5, False)):
        tallies = vote(game, Quota(q))
        assert [(t.yes, t.no) for t in tallies] == [(4, 1)] * 5
        assert all(t.passes is passes for t in tallies)
    assert not any(t.passes for t in vote(game, Quota(4), vetoes=range(5)))


def test_quorum_and_shares():
    game = OutcomeGame([[0, 1], [0, 0], [0, -1]], counts=[2, 5, 1], rights=Imposition())
    assert vote(game, Quota(Fraction(1, 2), of_votes=True))[0].passes
    assert not vote(game, Quota(Fraction(1, 2), Fraction(1, 2), of_votes=True))[0].passes
    assert not vote(game, Quota(Fraction(1, 2)))[0].passes


def test_quorum_paradox():
    """DL-8: two for, one against, quorum three: the opponent wins by staying away."""
    game = vote_game(OutcomeGame([[0, 1], [0, 1], [0, -1]]), 1, Quota(2, 3))
    assert game.payoffs((0, 0, 1)) == (1, 1, -1)
    assert game.payoffs((0, 0, 2)) == (0, 0, 0)
    assert (0, 0, 2) in pure_profiles(game)


def test_sizes_are_refused_before_anything_is_written():
    game = OutcomeGame([[0, -1]] * 40, rights=Unanimity())
    with pytest.raises(SizeError, match="40 players"):
        consent(game).normal_form()
    with pytest.raises(SizeError):
        vote_game(game, 1, Quota())


def test_wrong_regimes_and_ownerless_sites():
    with pytest.raises(NotApplicable, match="R-IMPOSE"):
        consent(OutcomeGame([[0, 1]], rights=Imposition()))
    with pytest.raises(InputError, match="nobody can consent"):
        consent(OutcomeGame([[0, 1]], rights=HostConsent((frozenset(), frozenset()))))
