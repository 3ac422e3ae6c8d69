"""Participation spirals against a walk from every set of residents; hours; resonance; the numbers of ATLAS P7.3 to P7.6, D-16, D-17."""

from fractions import Fraction
from itertools import combinations
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError, SizeError
from encompass.games.organisation.participation_hours import ParticipationHours
from encompass.games.organisation.participation_spiral import ParticipationSpiral
from encompass.games.organisation.resonance import Resonance
from encompass.solvers.certificate import sealed
from encompass.solvers.dynamics.participation_basins import beginnings, ending, rests

F = Fraction


def changed(certificate, **entries):
    """The certificate with other entries, sealed anew: only its content can give it away."""
    return sealed({name: entry for name, entry in (certificate | entries).items() if name != "seal"})


def e5(**changes):
    return analyse(ParticipationSpiral(**changes))


@st.composite
def spirals(draw):
    n, issues = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    residents = st.integers(1, n)
    return ParticipationSpiral(
        stakes=tuple(tuple(draw(st.integers(0, 3)) for _ in range(issues)) for _ in range(n)),
        costs=tuple(draw(st.integers(0, 4)) for _ in range(n)),
        capacity=draw(st.integers(1, issues)),
        start=tuple(draw(st.sets(residents))),
        elite=tuple(draw(st.sets(residents))),
        seats=tuple(draw(st.sets(residents, max_size=2))),
        paid=draw(st.sampled_from([0, F(1, 2), 1])),
        link=draw(st.sampled_from([0, F(1, 3), 1])),
    )


def twin_next(m, there):
    """Who comes next time, written out from the definition: issues ranked by hand, stakes added one by one."""
    present = set(there) | set(m.seats)
    totals = [sum(m.stakes[i - 1][k] for i in present) for k in range(m.issues)]
    agenda = []
    for _ in range(m.capacity):
        agenda.append(max((k for k in range(m.issues) if k not in agenda), key=lambda k: (totals[k], -k)))
    return frozenset(i + 1 for i in range(m.residents) if sum(m.stakes[i][k] + m.link for k in agenda) + m.paid >= m.costs[i])


def all_sets(n):
    return [frozenset(c) for k in range(n + 1) for c in combinations(range(1, n + 1), k)]


@settings(max_examples=25, deadline=None)
@given(spirals())
def test_states_of_rest_and_basins_are_those_of_a_walk_from_every_set(m):
    """The walk never turns in circles, and what is net at stake among those who are there never falls."""

    def potential(there):
        agenda = m.top(there, m.seats)
        return sum(m.worth(i, agenda) - m.costs[i - 1] for i in there | set(m.seats))

    basins = {}
    for start in all_sets(m.residents):
        here, after = start, twin_next(m, start)
        for _ in range(m.residents + 6):
            assert potential(after) >= potential(here)
            here, after = after, twin_next(m, after)
        assert here == after
        basins[here] = basins.get(here, 0) + 1
        assert ending(m, start)[0].present == here | set(m.seats)
    assert {m.comes(rest.agenda): rest.basin for rest in rests(m)} == basins


@settings(max_examples=40, deadline=None)
@given(spirals())
def test_equilibria_of_a_meeting_and_capture(m):
    found = analyse(m)

    def stable(there):
        def worth(i, present):
            return m.worth(i, m.top(present, m.seats)) - m.costs[i - 1]

        return all((worth(i, there) >= 0) if i in there else (worth(i, there | {i}) <= 0) for i in range(1, m.residents + 1))

    assert found.equilibria == sorted(sorted(s) for s in all_sets(m.residents) if stable(s))
    assert all(verify(c).valid for c in found.certificates)
    assert 0 <= found.elite_overlap <= 1 and 0 <= found.mass_overlap <= 1 and 0 <= found.uninformed <= 1
    assert found.attendance_gini is None or 0 <= found.attendance_gini < 1
    if found.least_pay is not None:
        more = ParticipationSpiral(**{**vars(m), "paid": m.paid + found.least_pay})
        agenda = ending(m, m.start)[0].agenda
        assert more.comes(agenda) > m.comes(agenda)
        assert found.least_pay > 0 and found.least_link == found.least_pay / m.capacity


def test_atlas_numbers():
    """P7.3: from the elite agenda 1 and 2 residents, from everybody agenda 2 and 3 residents."""
    found = e5()
    assert (found.agenda, found.attendees, found.agenda_from_all, found.attendees_from_all) == ([1], 2, [2], 3)
    assert found.path_dependent and found.basins == [16, 16] and found.end_attendees == [2, 3]
    assert found.equilibria == [[1, 2], [3, 4, 5]]


def test_remedies():
    """P7.4: two issues bring all in; three seats flip the agenda, two do not, and it stays; no factor on stakes, pay of the whole cost."""
    found = e5()
    assert found.least_capacity == 2 and e5(capacity=2).attendees == 5
    assert (found.seats_needed, found.seats_for_sure, found.flip_lasts) == (3, 3, True)
    assert found.flip_chances == [0, 0, 0, 1] and found.flip_chances_all == [0, 0, 0, F(1, 10), F(2, 5), 1]
    assert e5(seats=(3, 4)).agenda == [1] and e5(seats=(3, 4, 5)).agenda == [2]
    assert (found.least_pay, found.least_link, found.least_factor) == (1, 1, None)
    assert e5(paid=F(9, 10)).attendees == 2 and e5(paid=1).attendees == 5 and e5(paid=1).agenda == [2]
    assert e5(link=1).attendees == 5 and e5(seats=(1, 2)).agenda == [1]
    assert e5(stakes=((3, 0), (3, 0), (0, 250), (0, 250), (0, 250))).attendees == 2
    assert e5(stakes=((3, 0), (3, 0), (F(1, 2), F(5, 2)), (0, F(5, 2)), (0, F(5, 2)))).least_factor == 2


def test_capture_measures():
    found = e5()
    assert (found.elite_overlap, found.mass_overlap, found.profit_gap) == (1, 0, F(3, 5))
    assert (found.attendance_gini, found.uninformed, found.camps) == (F(3, 5), F(3, 5), F(3, 8))


def test_many_residents():
    m = ParticipationSpiral(stakes=((3, 0),) * 20 + ((0, F(5, 2)),) * 30, costs=(1,) * 50, start=(1, 2), elite=tuple(range(1, 21)))
    found = analyse(m)
    assert (found.agenda, found.attendees, found.attendees_from_all) == ([1], 20, 30)
    assert found.basins is None and found.equilibria is None and found.flip_chances is None and found.certificates == ()
    with pytest.raises(SizeError):
        beginnings(m)
    fifteen = ParticipationSpiral(stakes=((3, 0),) * 6 + ((0, F(5, 2)),) * 9, costs=(1,) * 15)
    assert sum(x.basin for x in rests(fifteen)) == 2**15


def test_certificate_and_a_changed_one():
    (all_of_them,) = e5().certificates
    assert verify(all_of_them).valid and not verify(changed(all_of_them, equilibria=all_of_them["equilibria"][:1])).valid


@pytest.mark.parametrize(
    "wrong",
    [{"stakes": ((1,), (1, 2))}, {"stakes": "x"}, {"costs": (1, 2)}, {"capacity": 3}, {"start": (6,)}, {"paid": -1}, {"seats": (0,)}],
)
def test_bad_input(wrong):
    with pytest.raises(InputError):
        ParticipationSpiral(**wrong)
    with pytest.raises(SizeError):
        ParticipationSpiral(stakes=((1,) * 13,), costs=(1,), start=(1,), elite=(1,))


# hours


def test_mean_and_gini():
    """P7.5: five of a hundred do everything, or everybody a twentieth: the same mean; 0.95 and 0."""
    found = analyse(ParticipationHours())
    assert (found.mean, found.inequality, found.taking_part, found.median, found.palma) == (F(1, 20), F(19, 20), F(1, 20), 0, None)
    even = analyse(ParticipationHours((100,), (F(1, 20),)))
    assert (even.mean, even.inequality, even.palma, even.median_share) == (found.mean, 0, F(1, 4), 1)
    assert found.even_inequality == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5)), min_size=1, max_size=5).filter(lambda rows: sum(n for n, _ in rows)))
def test_hours_one_by_one(rows):
    found = analyse(ParticipationHours(tuple(n for n, _ in rows), tuple(h for _, h in rows)))
    hours = sorted(h for n, h in rows for _ in range(n))
    n, total = len(hours), sum(hours)
    assert (found.mean, found.taking_part) == (F(total, n), F(sum(h > 0 for h in hours), n))
    assert found.median == F(hours[(n - 1) // 2] + hours[n // 2], 2)
    assert found.inequality == (F(sum(abs(a - b) for a in hours for b in hours), 2 * n * total) if total else None)
    tenfold = [h for h in hours for _ in range(10)]
    least, most = F(sum(tenfold[: 4 * n]), 10), F(sum(tenfold[-n:]), 10)
    assert found.palma == (most / least if least else None)


@pytest.mark.parametrize("wrong", [{"residents": (0,), "hours": (1,)}, {"hours": (-1, 0)}, {"hours": (1,)}])
def test_bad_hours(wrong):
    with pytest.raises(InputError):
        ParticipationHours(**wrong)


# resonance


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 12), st.integers(1, 12), st.integers(1, 9))
def test_the_best_split_is_the_best_on_a_grid(elite, mass, tenths):
    w = F(tenths, 10)
    found = analyse(Resonance(elite, mass, w))
    hours = elite + mass

    def made(e):
        return float(e) ** float(w) * float(hours - e) ** float(1 - w)

    assert all(float(found.best_output) >= made(F(k, 20) * hours) - 1e-9 for k in range(21))
    assert isclose(float(found.output), made(elite), abs_tol=1e-12) and found.elite_alone == 0
    assert found.in_resonance == (found.best_elite == elite)
    assert all(verify(c).valid for c in found.certificates) and len(found.certificates) == 1


def test_each_side_makes_the_other_worth_more():
    found = [analyse(Resonance(9, mass)).elite_hour for mass in (1, 4, 9)]
    assert found == [F(1, 6), F(1, 3), F(1, 2)]
    assert analyse(Resonance(0, 4)).elite_hour is None
    assert isclose(analyse(Resonance(9, 1, 0.3)).best_elite, 3) and analyse(Resonance(9, 1, 0.3)).certificates == ()


@pytest.mark.parametrize("wrong", [{"elite": 0, "mass": 0}, {"weight": 0}, {"weight": 1}, {"mass": -1}])
def test_bad_resonance(wrong):
    with pytest.raises(InputError):
        Resonance(**wrong)
