"""The checker: every certificate passes, and fails after any change of one number."""

import ast
import copy
import hashlib
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.errors import InputError
from encompass.games.exact import array
from encompass.games.mechanisms.registry import USUAL
from encompass.games.normal_form import two_player
from encompass.games.outcome_game import OutcomeGame, Parts
from encompass.games.rights import HostConsent, Imposition, Liability, Quota, Unanimity
from encompass.games.siting import consent
from encompass.solvers.checker import verify as checker
from encompass.testing import siting

GAME = siting([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])
PENNIES = two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
FAST = [name for name in USUAL if name != "M-21:nash"]
LARGE = siting([5] * 14, list(range(6, 20)))


def certificates():
    yield "diagnosis", ec.diagnose(GAME).certificate
    yield "comparison", ec.compare(GAME, ["M-01:EQ", "M-01:FC", "M-02", "M-06:veto", "M-21:maxmin", "DL-1", "DL-8"]).certificate
    yield "listed", ec.solve(GAME).certificate
    yield "siting", ec.solve(LARGE).certificate
    yield "correlated", ec.solve(GAME, concept="correlated").certificate
    yield "mixed", ec.solve(PENNIES, concept="nash").certificate
    yield "dominance", ec.solve(two_player([[3, 0], [5, 1]], [[3, 5], [0, 1]]), concept="nash").certificate


CERTIFICATES = {name: json.loads(json.dumps(certificate)) for name, certificate in certificates()}


def numbers(node, path=()):
    """The places of all numbers in a certificate."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from numbers(value, (*path, key))
    elif isinstance(node, list):
        for k, value in enumerate(node):
            yield from numbers(value, (*path, k))
    elif isinstance(node, (int, float)) and not isinstance(node, bool):
        yield path
    elif isinstance(node, str):
        try:
            Fraction(node)
        except ValueError:
            return
        yield path


def changed(certificate, path):
    copied = copy.deepcopy(certificate)
    node = copied
    for key in path[:-1]:
        node = node[key]
    value = node[path[-1]]
    node[path[-1]] = str(Fraction(value) + 1) if isinstance(value, str) else value + 1
    return copied


def resealed(certificate):
    """The change made by somebody who also renews the seal, so that only the substance can betray it."""
    body = {key: value for key, value in certificate.items() if key != "seal"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return body | {"seal": hashlib.sha256(text.encode()).hexdigest()}


@pytest.mark.parametrize("name", CERTIFICATES)
def test_certificates_are_valid(name):
    verdict = ec.verify(CERTIFICATES[name])
    assert verdict.valid, [check.what for check in verdict.checks if not check.holds]
    assert verdict.to_dict()["valid"] is True


@pytest.mark.parametrize("name", CERTIFICATES)
def test_any_changed_number_fails(name):
    certificate = CERTIFICATES[name]
    for path in numbers({k: v for k, v in certificate.items() if k != "seal"}):
        assert not ec.verify(changed(certificate, path)).valid, path


@pytest.mark.parametrize("name", ["diagnosis", "comparison"])
def test_changed_claims_fail_in_substance(name):
    """With a renewed seal, names, open sites behind the outcome and a dual may differ and the claims stay true; nothing else."""
    certificate = CERTIFICATES[name]
    harmless = {"players", "alternatives", "open", "funder_weight", "obedience"}
    for path in numbers({k: v for k, v in certificate.items() if k != "seal"}):
        if not harmless & set(path):
            assert not ec.verify(resealed(changed(certificate, path))).valid, path


@pytest.mark.parametrize("name", ["listed", "siting", "correlated", "mixed"])
def test_overclaims_fail_in_substance(name):
    certificate = copy.deepcopy(CERTIFICATES[name])
    if name == "siting":
        certificate["ends"], certificate["payoffs"], certificate["regrets"] = [], [], []
    elif name == "listed":
        certificate["equilibria"] = []
    elif name == "correlated":
        certificate["welfare"] = "1"
    else:
        certificate["equilibria"][0]["profile"][0] = ["1/3", "2/3"]
    assert not ec.verify(resealed(certificate)).valid


def test_entries_that_cannot_be_read_are_not_valid():
    certificate = copy.deepcopy(CERTIFICATES["diagnosis"])
    del certificate["margins"]
    verdict = ec.verify(resealed(certificate))
    assert not verdict.valid and "margins" in str(verdict.checks[-1].what)


@pytest.mark.parametrize("thing", [{}, {"kind": "poem"}, [], 3])
def test_things_that_are_no_certificates_are_refused(thing):
    with pytest.raises(InputError, match="not a certificate"):
        ec.verify(thing)


def test_the_checker_imports_no_solver_and_no_game():
    """Only errors, messages and its own parts."""
    room = Path(checker.__file__).parent
    for path in room.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                own = node.level == 1 and (room / f"{node.module}.py").is_file()
                assert own or (node.level == 3 and node.module in ("games.errors", "games.message")), path.name


def forged(name, change):
    """A certificate after ``change``, sealed anew."""
    certificate = copy.deepcopy(CERTIFICATES[name])
    change(certificate)
    return resealed(certificate)


def entry(certificate, name):
    return next(e for e in certificate["mechanisms"] if e["id"] == name)


def _impasse_denied(c):
    c["today"] = {"priority": c["today"]["priority"], "ends": [{"outcome": "1", "open": ["1"]}], "complete": True}
    c["impasse"], c["price_of_anarchy"], c["price_of_stability"] = {"worst": "0", "best": "0"}, "1", "1"


def _impasse_left_out(c):
    c["today"] = None


def _talk_dressed_as_a_lottery(c):
    """P1.3 says that talk cannot help here."""
    lottery = entry(c, "M-21:maxmin")
    talk = entry(c, "DL-1")
    talk["results"], talk["tau_strong"], talk["tau_weak"], talk["verdict"] = (
        lottery["results"],
        lottery["tau_strong"],
        lottery["tau_weak"],
        "strong",
    )


def _another_name(c):
    entry(c, "M-01:EQ")["id"] = "M-01:ES"


def _a_rule_nobody_knows(c):
    entry(c, "M-01:EQ")["id"] = "M-99"


def _bad_ends_dropped(c):
    c["today"]["complete"] = False


def _auction_pays_thousands(c):
    result = entry(c, "M-02")["results"][0]
    result["transfers"] = ["1000"] * 5
    result["payoffs"] = ["992", "1005", "1006", "1007", "1008"]
    result["budget"] = "-5000"


FORGERIES = [
    ("diagnosis", _impasse_denied),
    ("diagnosis", _impasse_left_out),
    ("comparison", _talk_dressed_as_a_lottery),
    ("comparison", _another_name),
    ("comparison", _a_rule_nobody_knows),
    ("comparison", _bad_ends_dropped),
    ("comparison", _auction_pays_thousands),
]


@pytest.mark.parametrize(("name", "change"), FORGERIES, ids=lambda x: getattr(x, "__name__", x))
def test_forged_certificates_fail(name, change):
    """Consistent lies, sealed anew: the checker holds them against the rule, not against themselves."""
    assert not ec.verify(forged(name, change)).valid


def test_forged_correlated_equilibria_fail():
    """Chicken: (6, 2) is an equilibrium of welfare 9, but the best correlated one is worth 21/2."""
    chicken = two_player([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    honest = json.loads(json.dumps(ec.solve(chicken, concept="correlated").certificate))
    pure = {"profile": [{"profile": [0, 1], "probability": "1"}], "payoffs": ["2", "7"], "regret": "0"}
    lie = honest | {"equilibria": [pure], "welfare": "9"}
    assert not ec.verify(resealed(lie)).valid
    vacuous = {"sign": 1, "players": ["0", "0"], "obedience": ["0"] * 4, "bound": "9"}
    assert not ec.verify(resealed(lie | {"proof": vacuous})).valid
    assert not ec.verify(resealed({k: v for k, v in lie.items() if k != "proof"})).valid
    assert not ec.verify(resealed(honest | {"concept": "correlated (min welfare)"})).valid


def test_pure_profiles_are_not_all_mixed_equilibria():
    battle = two_player([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    certificate = json.loads(json.dumps(ec.solve(battle).certificate))
    assert ec.verify(certificate).valid
    assert not ec.verify(resealed(certificate | {"concept": "nash"})).valid


def test_tiny_margins_in_floats_are_nothing():
    certificate = json.loads(json.dumps(ec.diagnose(OutcomeGame([[0, 0.5], [0, -0.5]])).certificate))
    assert certificate["class"] == "Z" and ec.verify(certificate).valid
    lie = certificate | {"class": "L", "margins": certificate["margins"] | {"lottery": 1e-10}}
    assert not ec.verify(resealed(lie)).valid


def test_a_given_order_of_sites_is_part_of_the_game():
    play = consent(siting([5, 5, 5], [3, 4, 9]), [3, 2, 1])
    many = consent(siting([5] * 14, [3] * 14), list(range(14, 0, -1)))
    for game in (play, many):
        assert ec.verify(ec.solve(game).certificate).valid


@st.composite
def paid_sitings(draw, floats=False):
    """Sitings with parts, costs, grants, a funder's weight, counts and any rights regime."""
    rows, sites = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    amounts = st.lists(st.integers(0, 9), min_size=sites, max_size=sites)
    table = st.lists(amounts, min_size=rows, max_size=rows)
    counts = draw(st.lists(st.integers(1, 2), min_size=rows, max_size=rows))
    costs = draw(amounts)
    grants = [min(g, k) for g, k in zip(draw(amounts), costs)]
    fees = [[Fraction(k - g, sum(counts)) for k, g in zip(costs, grants)]] * rows
    kind = (lambda x: np.array(x, dtype=float) / 10) if floats else (lambda x: array(x))
    rest = [kind([0, *values]) for values in (costs, grants)]
    parts = Parts(*(kind([[0, *row] for row in draw(table)]) for _ in range(2)), kind([[0, *row] for row in fees]), *rest)
    members = [draw(st.frozensets(st.integers(0, rows - 1), min_size=1)) for _ in range(sites)]
    regimes = [HostConsent((frozenset(), *members)), Unanimity(), Imposition(), Quota(), Quota(2), Liability(parts.damages)]
    weight = draw(st.sampled_from([0, 1, "1/2"]))
    return OutcomeGame.from_parts(parts, rights=draw(st.sampled_from(regimes)), counts=counts, funder_weight=weight)


@pytest.mark.parametrize("floats", [False, True])
def test_honest_certificates_hold_everywhere(floats):
    @given(paid_sitings(floats))
    @settings(deadline=None, max_examples=60)
    def holds(game):
        for answer in (ec.compare(game, FAST), ec.diagnose(game), ec.solve(game)):
            assert [str(check.what) for check in ec.verify(answer.certificate).checks if not check.holds] == []

    holds()


def _less_than_all(c):
    c["today"]["ends"], c["today"]["complete"] = c["today"]["ends"][1:], False
    c["impasse"], c["price_of_anarchy"], c["price_of_stability"] = {"worst": "0", "best": "0"}, "1", "1"


def test_dropped_equilibria_are_missed():
    honest = json.loads(json.dumps(ec.diagnose(OutcomeGame([[0, 5], [0, 5]])).certificate))
    assert ec.verify(honest).valid
    _less_than_all(honest)
    assert not ec.verify(resealed(honest)).valid


def test_advice_without_its_proof_fails():
    """The toilet again: a device that is almost obeyed is no advice."""
    e = Fraction(1, 10**8)
    certificate = copy.deepcopy(CERTIFICATES["comparison"])
    advice = entry(certificate, "DL-1")["advice"]
    advice["proof"] = None
    refuse = advice["device"][0]["profile"]
    hosts = [[*refuse[:k], 0, *refuse[k + 1 :]] for k in range(5)]
    advice["device"] = [{"profile": refuse, "probability": str(1 - 5 * e)}, *({"profile": p, "probability": str(e)} for p in hosts)]
    assert not ec.verify(resealed(certificate)).valid


def test_mixed_profiles_are_not_pure():
    certificate = copy.deepcopy(CERTIFICATES["mixed"]) | {
        "kind": "equilibria",
        "concept": "pure",
        "method": "enumeration",
        "complete": True,
    }
    assert not ec.verify(resealed(certificate)).valid


def test_an_order_without_sites_fails():
    certificate = json.loads(json.dumps(ec.solve(GAME.with_rights(Quota())).certificate))
    assert ec.verify(certificate).valid
    empty = certificate | {"order": "given", "priority": [], "ends": [{"outcome": "x0"}], "payoffs": [["0"] * 5]}
    assert not ec.verify(resealed(empty)).valid


def test_the_liability_rule_chooses_by_the_games_own_damages():
    game = GAME.with_rights(Liability(GAME.parts.damages))
    certificate = json.loads(json.dumps(ec.diagnose(game).certificate))
    assert ec.verify(certificate).valid
    certificate["game"]["rights"]["damages"][0][1] = "-99"
    assert not ec.verify(resealed(certificate)).valid
