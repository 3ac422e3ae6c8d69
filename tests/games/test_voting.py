"""DL-8, DL-9 and DL-13 as mechanisms: votes, agendas and chambers drawn by lot, each against a slow twin."""

from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.deliberation.agenda import Agenda
from encompass.games.deliberation.quota import QuotaVote, VetoVote, all_consent
from encompass.games.deliberation.sortition import (
    Sortition,
    agenda_chances,
    apportioned,
    chambers,
    expected_overlap,
    leximin_chances,
    seats_to_flip,
    stratified,
)
from encompass.games.environment import own_sites
from encompass.games.errors import InputError, SizeError
from encompass.games.ranking_profile import RankingProfile, ranking_environment
from encompass.games.rights import Imposition
from encompass.games.siting import by_surplus
from encompass.solvers.pure import siting_outcomes
from encompass.testing import outcome_games

SMALL = settings(max_examples=40, deadline=None)
T3C = [[5, 2, -1], [-1, 5, 2], [2, -1, 5]]
E5 = [[3, 0], [0, Fraction(5, 2)]]


def toilet():
    return own_sites([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])


def cyclic():
    return ec.OutcomeGame([[0, *row] for row in T3C], ["x0", "A", "B", "C"], rights=Imposition())


# DL-8


def test_a_vote_changes_rights_and_nothing_else():
    assert siting_outcomes(QuotaVote().transform(toilet())).outcomes == ("1",)
    assert QuotaVote().refuses(object()) is not None


def test_winning_coalitions_of_the_vote():
    assert QuotaVote().winning(5).quota == 3 and QuotaVote("1").winning(5).quota == 5


def test_hosts_with_a_veto_stop_every_site():
    game = toilet()
    assert VetoVote().outcome(game).alternative == game.status_quo
    assert VetoVote(vetoes=(0,)).outcome(game).alternative == 2
    assert VetoVote(vetoes=(9,)).refuses(game) is not None
    assert VetoVote().refuses(cyclic()) is not None


def test_unanimity_with_noise():
    assert [round(float(all_consent("0.9", m)), 3) for m in (3, 6, 12)] == [0.729, 0.531, 0.282]


# DL-9


@pytest.mark.parametrize(("order", "ahead", "naive"), [("ABC", "B", "C"), ("ACB", "A", "B"), ("BCA", "C", "A")])
def test_the_order_decides(order, ahead, naive):
    game = cyclic()
    assert game.alternatives[Agenda(tuple(order)).outcome(game).alternative] == ahead
    assert game.alternatives[Agenda(tuple(order), sophisticated=False).outcome(game).alternative] == naive


def test_agendas_are_checked():
    with pytest.raises(InputError):
        Agenda(("A", "A"))
    with pytest.raises(InputError):
        Agenda(rule="1/3")
    assert Agenda(("A", "Z")).refuses(cyclic()) is not None and Agenda().refuses(3) is not None
    assert Agenda(rule="2/3").outcome(toilet()).alternative is not None


# DL-13


@SMALL
@given(st.lists(st.integers(0, 3), min_size=1, max_size=4), st.data())
def test_chances_of_chambers_by_listing(counts, data):
    seats = data.draw(st.integers(0, sum(counts)))
    people = [kind for kind, c in enumerate(counts) for _ in range(c)]
    seen = {}
    for drawn in combinations(people, seats):
        taken = tuple(drawn.count(kind) for kind in range(len(counts)))
        seen[taken] = seen.get(taken, 0) + Fraction(1, comb(len(people), seats))
    assert dict(chambers(counts, seats)) == seen


@SMALL
@given(outcome_games(max_rows=3, max_sites=3, max_count=2), st.data())
def test_a_chamber_by_listing(game, data):
    seats = data.draw(st.integers(1, game.residents))
    people = [row for row, c in enumerate(game.counts) for _ in range(c)]
    chances = [Fraction(0)] * len(game.alternatives)
    for drawn in combinations(people, seats):
        passed = (x for x in by_surplus(game) if 2 * sum(game.utilities[row, x] > game.slack for row in drawn) > seats)
        chances[next(passed, game.status_quo)] += Fraction(1, comb(len(people), seats))
    assert np.allclose(Sortition(seats).outcome(game).lottery.astype(float), [float(p) for p in chances])


def test_a_chamber_of_the_toilet():
    assert Sortition(3).outcome(toilet()).alternative == 1
    assert list(Sortition(1).outcome(toilet()).lottery) == [0, Fraction(4, 5), Fraction(1, 5), 0, 0, 0]
    assert Sortition(6).refuses(toilet()) is not None
    split = Sortition(2, ((0,), (1, 2, 3, 4)))
    assert sum(split.outcome(toilet()).lottery) == 1
    assert Sortition(2, ((0,),)).refuses(toilet()) is not None


def test_a_million_residents():
    game = ec.OutcomeGame([[0, 1, -1], [0, -1, 1], [0, 2, 2]], counts=[400_000, 350_000, 250_000], rights=Imposition())
    lottery = Sortition(25).outcome(game).lottery
    assert sum(lottery) == 1 and all(isinstance(p, Fraction) for p in lottery)


def test_three_seats_flip_the_agenda():
    assert seats_to_flip(E5, [2, 0], kind=1, most=3) == 3
    assert agenda_chances(E5, [2, 3], 3, standing=[2, 0]) == {(0,): Fraction(9, 10), (1,): Fraction(1, 10)}
    assert expected_overlap({(0,): Fraction(9, 10), (1,): Fraction(1, 10)}, [0]) == Fraction(9, 10)


def test_strata():
    assert apportioned([50, 30, 20], 5) == (3, 1, 1)
    assert sum(p for _, p in stratified([[2, 1], [3]], [1, 2])) == 1
    with pytest.raises(SizeError):
        chambers([100] * 20, 100)
    with pytest.raises(InputError):
        chambers([1, 1], 3)


def test_leximin():
    assert leximin_chances(3, [[0, 1], [0, 2]]) == (1, Fraction(1, 2), Fraction(1, 2))
    assert leximin_chances(4, list(combinations(range(4), 2))) == (Fraction(1, 2),) * 4
    assert leximin_chances(3, [[0], [1]]) == (Fraction(1, 2), Fraction(1, 2), 0)


def test_a_profile_is_a_problem():
    profile = RankingProfile(("A", "B", "C"), (("A", "B", "C"), ("B", "A", "C")), (2, 1))
    assert profile.most == 5 and profile.support[0, 1] == 2
    assert ranking_environment(2, "ABC").profiles == 36
    with pytest.raises(InputError):
        RankingProfile(("A", "B"), (("A", "A"),))
