"""CASE-06, shells, events, ledgers and audits: every figure of the ATLAS, formulas against all fillings and against solved games."""

from fractions import Fraction as F
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, solve, verify
from encompass.games.errors import InputError, SizeError
from encompass.games.organisation.event_booking import EventBooking
from encompass.games.organisation.ledgers import Ledgers
from encompass.games.organisation.rosters import Rosters
from encompass.games.organisation.shell_audit import ShellAudit
from encompass.solvers.certificate import sealed
from encompass.solvers.organisation.formalism import coordination_load, cosine_distortion, formalism_index, overlap_index

MONEY = st.fractions(0, 6, max_denominator=4)


def best_choices(game):
    """The actions of the only player that are best, by solving."""
    shares = [equilibrium.profile[0] for equilibrium in solve(game, "pure").equilibria]
    return {game.actions[0][next(k for k, p in enumerate(share) if p)] for share in shares}


# P6.3, S-068


def test_seven_rosters_of_thirteen_staff():
    for roster, mean, overlap in ((5, 2.69, 0.629), (13, 7, 0.857)):
        found = analyse(Rosters(roster=roster))
        assert found.all_staff and found.mean_bodies == F(7 * roster, 13) and found.overlap == 1 - F(13, 7 * roster)
        assert abs(found.mean_bodies - F(mean)) < 0.01 and abs(found.overlap - F(overlap)) < 0.001
        assert found.administrative_share == 1
    assert analyse(Rosters(roster=13)).switching_pairs == 273


def test_where_the_overlap_formula_ends():
    """1 - L / (J r) is negative where there are fewer places than staff; and no roster can hold more staff than there are."""
    few = analyse(Rosters(roster=1))
    assert few.overlap == 0 and 1 - F(13, 7) < 0
    long = analyse(Rosters(roster=30))
    assert not long.all_staff and long.mean_bodies == 7 and long.staff_places == 91


def test_residents_where_they_are_no_dearer():
    found = analyse(Rosters(staff_cost=3))
    assert found.staff_places == 0 and found.administrative_share == 0 == found.overlap


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), MONEY, MONEY, MONEY)
def test_no_filling_is_cheaper(staff, bodies, roster, staff_cost, resident_cost, fatigue):
    """Against every choice of staff for every body."""
    model = Rosters(staff, bodies, roster, staff_cost, resident_cost, fatigue)
    found = analyse(model)
    teams = [team for k in range(min(staff, roster) + 1) for team in combinations(range(staff), k)]
    least = min(
        sum(staff_cost * len(team) + resident_cost * (roster - len(team)) for team in filling)
        + fatigue * sum(k * (k - 1) // 2 for k in (sum(s in team for team in filling) for s in range(staff)))
        for filling in product(teams, repeat=bodies)
    )
    assert found.cost == least
    assert str(found.staff_places) in best_choices(model.game())
    rosters = found.rosters
    assert all(len(set(names)) == roster for names in rosters)
    names = [name for names in rosters for name in names]
    assert (len(set(names)), sum(name.startswith("s") for name in names)) == (found.distinct, found.staff_places)
    assert found.overlap == overlap_index(rosters) == 1 - F(found.distinct, found.memberships)
    membership = [[int(f"s{k + 1}" in body) for body in rosters] for k in range(staff)]
    load = coordination_load(membership, [[1]] * bodies, model.switching, model.reporting, 0, staff * model.hours)
    assert (load.switching, load.load, load.share) == (found.switching_pairs, found.coordination, found.coordination_share)
    assert found.most_bodies == max(map(sum, membership))
    assert all(verify(certificate).valid for certificate in found.certificates)


# D-20


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_pairs_by_person_are_pairs_by_body(people, bodies, data):
    """The two terms of D-20 are one number."""
    bit = st.integers(0, 1)
    M = data.draw(st.lists(st.lists(bit, min_size=bodies, max_size=bodies), min_size=people, max_size=people))
    found = coordination_load(M)
    assert found.switching == found.overlap == sum(k * (k - 1) // 2 for k in map(sum, M))


def test_coordination_of_everybody_in_everything():
    found = coordination_load(np.ones((13, 7), dtype=int), np.ones((7, 2), dtype=int), 1, "1/2", 0, 520)
    assert (found.switching, found.overlap, found.reports, found.load, found.share) == (273, 273, 14, 280, F(7, 13))
    assert coordination_load(np.ones((13, 7)), overlap=1).load == 546
    for wrong in ([[2]], [[0, 1], [1]], "no", [1], [[0.5]]):
        with pytest.raises(InputError):
            coordination_load(wrong)
    with pytest.raises(InputError):
        coordination_load([[1, 1]], [[1]])


# D-18


def test_formalism():
    assert formalism_index(7, "13/20", 1, "19/20") == 1 - F(13, 19) / 7
    assert formalism_index(1, 1, 1, 1) == 0 and formalism_index(1, 2, 1, 1) == 0 and formalism_index(5, 0, 1, 1) == 1
    assert cosine_distortion((0, 1), (1, "1/2")) == F(4, 5) and cosine_distortion((0, 1), (0, 3)) == 0
    assert cosine_distortion((0, 0), (1, 1)) is None and overlap_index([]) == 0
    for wrong in ((0, 1, 1, 1), (1, 1, 1, 0), (1, 1, 0, 1), (1, -1, 1, 1)):
        with pytest.raises(InputError):
            formalism_index(*wrong)


# P6.4


def test_one_event_is_booked_by_all():
    for J in (1, 2, 4, 7):
        found = analyse(EventBooking(organisations=J))
        assert (found.booked, found.distinct, found.inflation) == (12 * J, 12, J)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.integers(1, 3), MONEY, MONEY, st.none() | st.integers(1, 5), st.none() | st.integers(0, 14))
def test_no_booking_is_cheaper(J, E, event, booking, joint, hands):
    """Against every number of events that can carry the bookings, the solved game, and a booking written out."""
    try:
        model = EventBooking(J, E, event, booking, most_joint=joint, hands=hands)
    except InputError:
        assert hands is not None and hands * min(joint or J, J) < J * E
        return
    found = analyse(model)
    D = found.distinct
    booked_by = [{(j * E + k) % D for k in range(E)} for j in range(J)]
    sizes = [sum(event in row for row in booked_by) for event in range(D)]
    assert all(len(row) == E for row in booked_by) and min(sizes) >= 1 and max(sizes) == found.sharing <= model.joint
    possible = [d for d in range(1, J * E + 1) if d >= E and d * model.joint >= J * E and (hands is None or d <= hands)]
    assert found.cost == min(event * d + booking * (J * E - d) for d in possible)
    assert str(D) in best_choices(model.game()) and all(verify(c).valid for c in found.certificates)


def test_few_hands_are_not_the_cause():
    """S-098: where sharing is cheaper, hands change nothing; where it is not, they are what is short."""
    assert {analyse(EventBooking(hands=hands)).distinct for hands in (12, 40, 84, 200)} == {12}
    dear = {"booking_cost": 11}
    assert [analyse(EventBooking(**dear, hands=hands)).distinct for hands in (12, 40, 84, 200)] == [12, 40, 84, 84]
    found = analyse(EventBooking())
    assert analyse(EventBooking(audit=1, penalty=found.needed)).inflation == 1
    assert analyse(EventBooking(most_joint=1)).inflation == 1


# P6.5


def test_ledgers_take_the_time():
    found = [analyse(Ledgers(organisations=J)) for J in (0, 7, 14, 20, 25)]
    assert [a.real_work for a in found] == [1, F(13, 20), F(3, 10), 0, 0]
    assert [a.trapped for a in found] == [False, False, False, True, True] and found[0].trap_from == 20
    assert analyse(Ledgers(ledger=F(3, 10))).trap_from == 4 and analyse(Ledgers(ledger=0)).trap_from is None
    assert [a.freed for a in found] == [0, F(1, 20), F(1, 20), F(1, 20), 0]
    assert found[1].formalism == F(120, 133) and found[0].formalism is None


@settings(max_examples=40, deadline=None)
@given(st.fractions(0, 1, max_denominator=30), MONEY, MONEY, st.integers(0, 40))
def test_a_free_choice_of_the_count(ledger, reward, worth, most):
    model = Ledgers(ledger=ledger, reward=reward, worth=worth, most=most)
    found = analyse(model)
    assert str(found.founded) in best_choices(model.game())
    assert all(verify(certificate).valid for certificate in found.certificates)
    assert found.founded == 0 or found.founded == found.most_possible


def test_lighter_ledgers_and_a_paid_count():
    """Cutting the ledger frees time where the count is given, and is eaten up where the count is paid and free."""
    assert [analyse(Ledgers(ledger=x)).real_work for x in ("1/10", "1/20", "1/40")] == [F(3, 10), F(13, 20), F(33, 40)]
    free = [analyse(Ledgers(ledger=x, reward="1/5")) for x in ("1/10", "1/20", "1/40")]
    assert [(a.founded, a.founded_real_work) for a in free] == [(10, 0), (20, 0), (40, 0)]


# P6.6


def test_the_reward_drops_out_of_the_audit():
    """ATLAS P6.6 asks for pF >= genuine - shell + reward; genuine - shell is enough where genuine organisations are counted too."""
    found = analyse(ShellAudit())
    assert (found.needed, found.needed_with_reward, found.audit_needed) == (2, 3, F(1, 5))
    assert found.best == ["shell"] and found.shell_pays
    at = analyse(ShellAudit(audit="1/5"))
    assert at.best == ["genuine", "shell"] and not at.shell_pays
    assert analyse(ShellAudit(audit="1/4")).best == ["genuine"]
    assert analyse(ShellAudit(penalty=1)).audit_needed is None
    assert analyse(ShellAudit(shell_cost=4)).needed == 0 == analyse(ShellAudit(shell_cost=4)).audit_needed
    assert found.shells_without_promise == F(1, 5)
    assert best_mixture(ShellAudit()) == F(1, 5)


def best_mixture(model):
    (equilibrium,) = solve(model.looking(), "nash").equilibria
    return equilibrium.profile[1][0]


@settings(max_examples=40, deadline=None)
@given(MONEY, MONEY, MONEY, st.fractions(0, 1, max_denominator=10), MONEY, MONEY)
def test_shells_pay_up_to_the_threshold(shell, genuine, reward, audit, penalty, shortfall):
    model = ShellAudit(shell, genuine, reward, audit, penalty, shortfall)
    found = analyse(model)
    gain = model.payoffs[1] - max(model.payoffs[0], model.payoffs[2])
    assert found.shell_pays == (gain > 0) == (audit * penalty < min(genuine, reward + shortfall) - shell)
    assert found.shell_pays <= (audit * penalty < found.needed)
    assert all(verify(certificate).valid for certificate in found.certificates)


def test_changed_certificates_are_not_valid():
    for model in (Rosters(), EventBooking(), Ledgers(), ShellAudit()):
        (certificate,) = analyse(model).certificates
        text = {key: value for key, value in certificate.items() if key != "seal"}
        assert verify(sealed(text)).valid
        assert not verify(certificate | {"kind": certificate["kind"], "seal": "0"}).valid


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (Rosters, {"staff": 0}),
        (Rosters, {"bodies": "7"}),
        (Rosters, {"hours": 0}),
        (Rosters, {"fatigue": -1}),
        (EventBooking, {"events": 0}),
        (EventBooking, {"hands": 11}),
        (EventBooking, {"audit": 2}),
        (EventBooking, {"most_joint": 0}),
        (Ledgers, {"ledger": 2}),
        (Ledgers, {"organisations": -1}),
        (Ledgers, {"reference": 0}),
        (ShellAudit, {"audit": 2}),
        (ShellAudit, {"penalty": -1}),
    ],
)
def test_bad_input(kind, wrong):
    with pytest.raises(InputError):
        kind(**wrong)


def test_too_large():
    with pytest.raises(SizeError):
        Rosters(staff=10_000, bodies=10_000)
    for model in (EventBooking(events=5_000), Ledgers(ledger=0, most=10**6), Rosters(staff=13, bodies=2_000, roster=13)):
        with pytest.raises(SizeError):
            model.game()
        assert analyse(model).certificates == ()
