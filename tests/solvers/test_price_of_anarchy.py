"""Prices against their definition on random games, and published instances."""

from fractions import Fraction
from math import inf

import numpy as np
import pytest

from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.pure import solve_normal_form
from encompass.solvers.structure import price_of_anarchy as module
from encompass.solvers.structure.price_of_anarchy import expected_social, price_of_anarchy

F = Fraction
HALF = (F(1, 2), F(1, 2))
STAG = two_player([[4, 0], [3, 3]], [[4, 3], [0, 3]])


def random_game(seed, low=-3, high=3):
    rng = np.random.default_rng(seed)
    shape = [(2, 2), (2, 3), (3, 3), (2, 2, 2)][seed % 4]
    return NormalForm(rng.integers(low, high + 1, size=(len(shape), *shape)))


def congestion(strategies, cost):
    """Costs as payoffs with a minus sign; ``cost(resource, load)``."""

    def payoffs(a):
        used = [strategies[i][k] for i, k in enumerate(a)]
        return [-sum(cost(r, sum(r in u for u in used)) for r in mine) for mine in used]

    return NormalForm.from_function(payoffs, [[str(k) for k in range(len(s))] for s in strategies])


def scheduling(jobs, machines):
    """The cost of a job is the load of its machine."""
    names = [[str(m) for m in range(machines)] for _ in jobs]
    return NormalForm.from_function(lambda a: [-sum(w for w, m in zip(jobs, a) if m == own) for own in a], names)


def equilibria(game):
    return [
        a for a in game.profiles()
        if all(game.payoffs(a)[i] >= game.payoffs((*a[:i], b, *a[i + 1 :]))[i] for i, k in enumerate(game.shape) for b in range(k))
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("social", [sum, min])
def test_prices_of_gains(seed, social):
    game = random_game(seed, low=0 if seed % 2 else -3)
    found = price_of_anarchy(game, social={sum: "welfare", min: "min"}[social])
    best, ends = max(social(game.payoffs(a)) for a in game.profiles()), [social(game.payoffs(a)) for a in equilibria(game)]
    assert (found.optimum, found.equilibria, found.complete) == (best, len(ends), True)
    assert (found.worst, found.best) == ((min(ends), max(ends)) if ends else (None, None))
    for price, end in ((found.poa, found.worst), (found.pos, found.best)):
        assert price == (None if end is None or best <= 0 or end < 0 else best / end if end else inf)
    same = price_of_anarchy(game, social=social)
    assert (same.optimum, same.worst, same.poa, same.pos) == (found.optimum, found.worst, found.poa, found.pos)


@pytest.mark.parametrize("seed", range(40))
def test_prices_of_costs(seed):
    game = random_game(seed, low=-3, high=0)
    for social, of in (("welfare", sum), ("min", max)):
        found = price_of_anarchy(game, social=social, costs=True)
        best = min(of(-x for x in game.payoffs(a)) for a in game.profiles())
        ends = [of(-x for x in game.payoffs(a)) for a in equilibria(game)]
        assert found.optimum == best and found.worst == (max(ends) if ends else None)
        if ends:
            assert found.poa == (max(ends) / best if best else inf if max(ends) else 1)
            assert found.pos == (min(ends) / best if best else inf if min(ends) else 1)


def test_published_instances():
    three = congestion(
        [
            [["h1", "g1"], ["h2", "h3", "g2"]],
            [["h2", "g2"], ["h3", "h1", "g3"]],
            [["h3", "g3"], ["h1", "h2", "g1"]],
        ],
        lambda _, load: load,
    )
    found = price_of_anarchy(three, costs=True)
    assert (found.poa, found.pos) == (F(5, 2), 1)  # Christodoulou and Koutsoupias 2005
    shared = congestion([[["cheap"], ["dear"]]] * 4, lambda r, load: F({"cheap": 1, "dear": 4}[r], load))
    found = price_of_anarchy(shared, costs=True)
    assert (found.poa, found.pos) == (4, 1)  # Anshelevich et al. 2008
    assert price_of_anarchy(scheduling([2, 2, 1, 1], 2), social="min", costs=True).poa == F(4, 3)
    assert price_of_anarchy(scheduling([2, 2, 1, 1], 2), social=max, costs=True).poa == F(4, 3)
    found = price_of_anarchy(STAG)
    assert (found.poa, found.pos, found.worst_profile, found.best_profile) == (F(4, 3), 1, (1, 1), (0, 0))


def test_two_jobs_on_two_links():
    """Koutsoupias and Papadimitriou 1999."""
    game = scheduling([1, 1], 2)
    found = price_of_anarchy(game, [(HALF, HALF)], social=max, costs=True)
    assert (found.poa, found.regret, found.complete) == (F(3, 2), 0, False)
    assert expected_social(game, (HALF, HALF), "min", costs=True) == F(3, 2)
    assert expected_social(game, (0, 0), "min", costs=True) == 2
    assert expected_social(game, ((0.5, 0.5), HALF), "min", costs=True) == 1.5


def test_given_equilibria_are_recomputed():
    assert price_of_anarchy(STAG, [(0, 0)]).poa == 1
    assert price_of_anarchy(STAG, solve_normal_form(STAG).equilibria).poa == F(4, 3)
    assert price_of_anarchy(STAG, [(0, 1)]).regret == 3  # not an equilibrium, and it shows
    assert price_of_anarchy(STAG, []).poa is None
    assert price_of_anarchy(NormalForm(STAG.table / 3.0)).poa == pytest.approx(4 / 3)
    assert price_of_anarchy(STAG).to_dict()["poa"] == "4/3"


def test_refusals(monkeypatch):
    for profile in [(0,), (0, 2), ((F(1, 2), F(1, 3)), HALF), ((1,), HALF)]:
        with pytest.raises(InputError):
            price_of_anarchy(STAG, [profile])
    with pytest.raises(InputError, match="social='fair'"):
        price_of_anarchy(STAG, social="fair")
    monkeypatch.setattr(module, "LARGEST_SOCIAL", 3)
    monkeypatch.setattr(module, "MOST_CHECKED", 1)
    with pytest.raises(SizeError):
        price_of_anarchy(STAG, social=max)
    with pytest.raises(SizeError):
        price_of_anarchy(STAG, [(0, 0), (1, 1)])


def test_no_machine_integers_inside_fractions():
    tiny = NormalForm([[[F(3, 10**40), 0], [0, F(1, 10**40)]]] * 2)
    answer = price_of_anarchy(tiny)
    assert (answer.optimum, answer.worst, answer.poa) == (F(6, 10**40), F(2, 10**40), 3)
    assert type(answer.optimum.numerator) is int
