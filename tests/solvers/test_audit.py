"""Audits against brute force, the counterexamples of ATLAS found by search, certificates and their tampering (A-09, A-10)."""

import copy
import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.environment import Environment, Interval, hosting, projects
from encompass.games.errors import InputError, SizeError
from encompass.games.mechanisms import MECHANISMS, Claim, Outcome
from encompass.games.mechanisms.mechanism import Form
from encompass.games.normal_form import NormalForm
from encompass.games.rights import Quota
from encompass.solvers.audit.audit import PROPERTIES, audit
from encompass.solvers.audit.forecast import forecast
from encompass.solvers.audit.incentives import dominant
from encompass.solvers.audit.play import Play, decide
from encompass.solvers.audit.properties import Property
from encompass.solvers.audit.search import Search, hostings, votes_on_projects
from encompass.solvers.checker.verify import verify

DIRECT = ["M-01:EQ", "M-01:FC", "M-01:ES", "M-02", "M-02:rebate", "M-04", "M-06:veto", "M-06:imposition", "M-21:maxmin", "DL-8"]
STREET = hosting([2, 2, 2], [[1, 4, 9]] * 3)


def twin(name, environment):
    """The size of the worst violation of every simple property, by the definition, with nothing kept."""
    rule, n = MECHANISMS[name], len(environment.types)
    everything = list(product(*environment.types))

    def worth(i, truth, told):
        decided = decide(rule, environment.problem(told))
        return environment.problem(truth).utilities[i] @ decided.lottery + decided.transfers[i]

    size = dict.fromkeys(
        ["strategy-proof", "individually-rational", "no-deficit", "budget-balanced", "efficient", "coalition-strategy-proof"], 0
    )
    size["group-strategy-proof"] = size["weakly-group-strategy-proof"] = 0

    def more(key, value):
        size[key] = max(size[key], value)

    for t in everything:
        game, decided = environment.problem(t), decide(rule, environment.problem(t))
        more("no-deficit", sum(decided.transfers))
        more("budget-balanced", abs(sum(decided.transfers)))
        more("efficient", max(game.surplus) - game.surplus @ decided.lottery)
        support = [x for x, p in enumerate(decided.lottery) if p]
        for i in range(n):
            more("individually-rational", max(-game.utilities[i, x] - decided.transfers[i] for x in support))
            for lie in environment.types[i]:
                more("strategy-proof", worth(i, t, (*t[:i], lie, *t[i + 1 :])) - worth(i, t, t))
        for told in everything:
            gain = [worth(i, t, told) - worth(i, t, t) for i in range(n)]
            for k in range(1, n + 1):
                for group in combinations(range(n), k):
                    if all(told[i] == t[i] for i in range(n) if i not in group):
                        more("coalition-strategy-proof", sum(gain[i] for i in group))
                        if min(gain[i] for i in group) >= 0:
                            more("group-strategy-proof", max(gain[i] for i in group))
                        if min(gain[i] for i in group) > 0:
                            more("weakly-group-strategy-proof", max(gain[i] for i in group))
    return size


@pytest.mark.parametrize("name", DIRECT)
@settings(max_examples=2, deadline=None)
@given(st.data())
def test_sizes_are_those_of_brute_force(name, data):
    n = data.draw(st.integers(2, 3))
    amounts = st.integers(0, 6)
    if name in ("M-06:imposition", "DL-8"):
        kinds = st.lists(st.tuples(st.integers(-5, 5)), min_size=2, max_size=2, unique=True)
        environment = projects([data.draw(kinds) for _ in range(n)])
    else:
        benefits = data.draw(st.lists(st.integers(1, 6), min_size=n, max_size=n))
        environment = hosting(benefits, [data.draw(st.lists(amounts, min_size=2, max_size=2, unique=True)) for _ in range(n)])
    true = twin(name, environment)
    answer = audit(name, environment, list(true))
    for result in answer.results:
        assert result.size == true[result.property], result.property
        assert result.verdict == ("refuted" if true[result.property] > 0 else "proved")
    assert verify(answer.certificate).valid


@pytest.mark.parametrize("name", DIRECT)
def test_claims_on_a_street(name):
    """Every claim without a condition stands on a grid of types; what is claimed to fail, fails somewhere."""
    answer = audit(name, STREET)
    assert [r.property for r in answer.refuted_claims if not r.condition and r.property not in ("efficient", "envy-free")] == []


class TestAtlas:
    """The numbers of ATLAS Part 3 and the tests A-09 and A-10."""

    def test_fair_imposition_is_strategy_proof_and_never_short_of_money(self):
        """A-09: no misreport gains, transfers sum to at most zero for n >= 3; n = 2 has no charge."""
        near = [[12, 15, 0], [15, 12, 18], [18, 15, 25], [25, 30], [30, 25]]
        answer = audit("M-04", hosting([4, 5, 6, 7, 8], near), ["strategy-proof", "no-deficit"])
        assert [r.verdict for r in answer.results] == ["proved", "proved"]
        assert audit("M-04", hosting([2, 2], [[1, 4]] * 2), ["no-deficit"]).results[0].verdict == "refuted"

    def test_fair_imposition_can_cost_more_than_it_is_worth(self):
        answer = audit("M-04", hosting([2] * 3, [[4], [9], [9]]), ["individually-rational"])
        assert answer.results[0].size == 1
        assert answer.results[0].witness.payoffs == (4, -1, -1)

    @pytest.mark.parametrize("veto", ["veto", "imposition"])
    def test_pivotal_over_grids(self, veto):
        """A-10: truth is dominant; taxes under imposition, a deficit under veto rights."""
        answer = audit(f"M-06:{veto}", hosting([2, 3, 4], [[1, 4, 9]] * 3), ["strategy-proof", "no-deficit", "budget-balanced"])
        assert [r.verdict for r in answer.results] == ["proved", "refuted" if veto == "veto" else "proved", "refuted"]
        assert answer["budget-balanced"].witness.note == ("" if veto == "veto" else "surplus")

    def test_two_proponents_collude(self):
        """Values (3, 3, -7): both report 8, nobody is pivotal, the project is built at a loss of 1."""
        world = projects([[[3], [8]], [[3], [8]], [[-7]]])
        found = audit("M-06:imposition", world, ["weakly-group-strategy-proof"]).results[0].witness
        assert found.types == ((3,), (3,), (-7,)) and found.reports == ((8,), (8,), (-7,))
        assert found.payoffs == (0, 0, -6)  # without the third the two would build: it is pivotal and pays 6
        assert found.payoffs_after == (3, 3, -7) and found.who == ("1", "2")

    def test_the_toilet(self):
        """T5: the first host over-reports to the second-lowest damage; with EQ 1.6 becomes 4.0."""
        answer = audit("M-01:EQ", ec.load_case("public-toilet"), ["strategy-proof", "individually-rational"])
        found = answer["strategy-proof"].witness
        assert (found.payoffs[0], found.payoffs_after[0], found.reports[0]) == (Fraction(8, 5), 4, 15)
        assert answer["individually-rational"].verdict == "proved" and answer["individually-rational"].tries == 1
        assert verify(answer.certificate).valid

    def test_quorum_paradox(self):
        """DL-8: two yes, one no, quorum three: the no makes the motion pass."""

        @dataclass(frozen=True)
        class Vote:
            quorum: int

            def transform(self, game):
                return game.with_rights(Quota(Fraction(1, 2), self.quorum, of_votes=True))

        world = projects([[[1]], [[1]], [[-1]]])
        answer = audit(Vote(3), world, ["quorum-monotonic", "participation"])
        assert [(r.verdict, r.size, r.witness.who) for r in answer.results] == [("refuted", 1, ("3",))] * 2
        assert [r.verdict for r in audit(Vote(0), world, ["quorum-monotonic", "participation"]).results] == ["proved", "proved"]

    @pytest.mark.parametrize(
        ("name", "asked", "family"),
        [
            ("M-04", "individually-rational", hostings(3, 4, largest=9)),
            ("M-04", "coalition-strategy-proof", hostings(3, 3, largest=6)),
            ("M-04", "budget-balanced", hostings(3, 4)),
            ("M-01:EQ", "strategy-proof", hostings()),
            ("M-01:EQ", "individually-rational", hostings()),
            ("M-02", "strategy-proof", hostings()),
            ("M-06:imposition", "weakly-group-strategy-proof", votes_on_projects(3, 3, 1)),
            ("M-06:imposition", "false-name-proof", votes_on_projects(2, 3, 1)),
            ("M-06:veto", "no-deficit", hostings()),
            ("M-21:uniform", "individually-rational", hostings()),
        ],
    )
    def test_failures_are_found_by_search(self, name, asked, family):
        search = Search(MECHANISMS[name], PROPERTIES[asked], family)
        search.run(30, seed=0)
        assert search.smallest is not None
        play, found = search.smallest
        assert found.size > 0 and len(found.types) <= 3
        sizes = [v.size for v in PROPERTIES[asked].violations(play, found.types)]
        assert found.size in sizes


class TestIntervals:
    WORLD = hosting([2, 2, 2], [Interval(Fraction(0), Fraction(10))] * 3)

    def test_refuted_and_not_refuted(self):
        answer = audit("M-04", self.WORLD, ["strategy-proof", "individually-rational", "bayes-incentive-compatible"], tries=10)
        proof, loss, bayes = answer.results
        assert (proof.verdict, proof.tries, proof.size) == ("not-refuted", 10, None)
        assert loss.verdict == "refuted" and loss.size >= loss.smallest.size > 0
        assert all(own.denominator == 1 for own in loss.smallest.types)
        assert bayes.verdict == "not-applicable" and "prior" in str(bayes.reason)
        assert answer.certificate is None

    def test_same_seed_same_answer(self):
        def told(seed):
            return json.dumps(audit("M-02", self.WORLD, ["strategy-proof"], tries=4, seed=seed).to_dict())

        assert told(3) == told(3)

    def test_floats(self):
        world = hosting([2.0, 2.0], [Interval(0.0, 10.0)] * 2)
        assert audit("M-04", world, ["strategy-proof", "budget-balanced"], tries=20).results[0].verdict == "not-refuted"

    def test_nothing_is_written_into_the_folder(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        audit("M-02", self.WORLD, ["strategy-proof"], tries=6)
        assert list(tmp_path.iterdir()) == []


class TestLarge:
    def test_refused_with_the_figure(self):
        world = hosting([2] * 20, [[1, 4, 9]] * 20)
        with pytest.raises(SizeError, match="3,486,784,401"):
            audit("M-04", world, ["group-strategy-proof"])
        assert audit("M-04", hosting([2] * 10, [[1, 4, 9]] * 10), ["efficient"], tries=5).results[0].tries >= 5

    def test_counted_up_to_permutation(self):
        world = hosting([2] * 12, [[1, 4, 9]] * 12)
        figures = forecast(world, PROPERTIES["strategy-proof"])
        assert not figures.fits and figures.counted is not None and figures.counted[0] < 2000
        answer = audit("M-04", hosting(["1/2"] * 10, [[1, 4, 9]] * 10), ["strategy-proof", "no-deficit", "individually-rational"])
        assert [r.verdict for r in answer.results] == ["proved", "proved", "refuted"]
        assert answer.results[2].size == Fraction(9, 10) - Fraction(1, 2)
        assert all("permutation" in str(r.assumes[0]) for r in answer.results)
        assert answer.certificate is None
        with pytest.raises(SizeError):  # it does not say that it treats all alike
            audit(Anonymous(False), world, ["strategy-proof"])

    @pytest.mark.parametrize("asked", ["strategy-proof", "no-deficit", "individually-rational", "budget-balanced", "efficient"])
    def test_counting_finds_what_listing_finds(self, asked):
        from encompass.solvers.audit.audit import _counted, _exhausted, _multisets

        for name in ("M-04", "M-02", "M-01:EQ"):
            play = Play(MECHANISMS[name], STREET)
            listed = _exhausted(play, PROPERTIES[asked], play.profiles(), {})
            counted = _exhausted(_counted(play), PROPERTIES[asked], _multisets(play), {})
            assert listed.size == counted.size


@dataclass(frozen=True)
class Anonymous:
    """M-04 with the claim to be anonymous, or without."""

    claimed: bool = True

    @property
    def claims(self):
        return (Claim("anonymous", self.claimed, "test"),)

    def outcome(self, game):
        return MECHANISMS["M-04"].outcome(game)


@settings(max_examples=3, deadline=None)
@given(
    st.lists(st.integers(0, 9), min_size=3, max_size=3, unique=True), st.integers(0, 5), st.sampled_from(["M-04", "M-02", "M-01:FC", "odd"])
)
def test_anonymity_is_equivariance_under_all_permutations(types, benefit, name):
    """Without ties; ``odd`` pays its first player."""
    rule = Odd() if name == "odd" else MECHANISMS[name]
    world = hosting([benefit] * 3, [types] * 3)

    def payoffs(told):
        return [world.problem(told).worth(i, decide(rule, world.problem(told))) for i in range(3)]

    pure = True
    for told in permutations(types):
        for order in permutations(range(3)):
            moved = payoffs(tuple(told[i] for i in order))
            pure &= moved == [payoffs(told)[i] for i in order]
    answer = audit(rule, Environment(world.types, world.problem, alike=True), ["anonymous"]).results[0]
    assert (answer.verdict == "proved") >= pure or answer.size > 0
    assert answer.verdict == ("refuted" if name == "odd" else "proved") and pure == (name != "odd")


class Odd:
    def outcome(self, game):
        decided = MECHANISMS["M-04"].outcome(game)
        return Outcome(decided.lottery, decided.transfers + np.array([1, 0, 0], dtype=object))


@dataclass(frozen=True)
class Common:
    """A project that is worth the sum of all types to everybody: values are interdependent."""

    types: tuple

    @property
    def players(self):
        return tuple(map(str, range(len(self.types))))

    @property
    def most(self):
        return max(sum(self.types), 0) * len(self.types)

    def worth(self, player, outcome):
        return (sum(self.types) if outcome.built else 0) + outcome.transfers[player]

    def welfare(self, outcome):
        return sum(self.types) * len(self.types) if outcome.built else 0

    def split(self, player, rows):
        names = [row.types[player] for row in rows]
        return Common((*self.types[:player], names[0], *self.types[player + 1 :], *names[1:]))

    def without(self, player):
        return Common((*self.types[:player], Fraction(0), *self.types[player + 1 :]))

    def describe(self, outcome):
        return "built" if outcome.built else "nothing"


@dataclass(frozen=True)
class Built:
    built: bool
    transfers: tuple


class Sum:
    id = "sum"

    def outcome(self, problem):
        return Built(sum(problem.types) > 0, (Fraction(0),) * len(problem.types))


COMMON = Environment(((Fraction(-1), Fraction(0), Fraction(2)),) * 2, Common, alike=True)


class Painted:
    """Changes what everybody gains, and says nothing of money."""

    def transform(self, game):
        return game.with_utilities(game.utilities * 2)


class TestOwnProblems:
    def test_a_contract_must_say_what_is_money(self):
        assert "money" in str(audit(Painted(), STREET, ["efficient"]).results[0].reason)

    def test_dominant_is_more_than_ex_post(self):
        """Everybody wants what the truth leads to, but not what others' lies lead to."""
        answer = audit(Sum(), COMMON, ["ex-post-incentive-compatible", "strategy-proof", "efficient", "anonymous"])
        assert [r.verdict for r in answer.results] == ["proved", "refuted", "proved", "proved"]
        play = Play(Sum(), COMMON)
        worst = 0
        for t, told in product(play.profiles(), repeat=2):
            for i in range(2):
                for lie in COMMON.types[i]:
                    if told[i] == t[i]:
                        worst = max(worst, play.worth(i, t, (*told[:i], lie, *told[i + 1 :])) - play.worth(i, t, told))
        assert answer["strategy-proof"].size == worst == max(v.size for t in play.profiles() for v in dominant(play, t))
        assert answer.certificate is None  # values are not private

    def test_hooks(self):
        answer = audit(Sum(), COMMON, ["false-name-proof", "participation", "envy-free", "monotonic"])
        assert [r.verdict for r in answer.results] == ["proved", "proved", "not-applicable", "not-applicable"]
        assert answer["participation"].assumes == ()

    def test_a_property_of_ones_own(self):
        never = Property.of_size("never-built", lambda play, types: Fraction(int(play.outcome(types).built)))
        result = audit(Sum(), COMMON, [never]).results[0]
        assert result.verdict == "refuted" and "never-built fails by 1; the decision is built" in str(result.witness.story)


class Table:
    """Decides what stands in ``table`` for the types of a :class:`Random` problem or of two voters."""

    claims = (Claim("anonymous", True, "says so"),)

    def __init__(self, of):
        self.of = of

    def outcome(self, problem):
        return self.of(problem)


@dataclass(frozen=True)
class Chosen:
    """Two alternatives; the second is worth ``worths(player, types)`` to a player."""

    types: tuple
    worths: object
    most: object = 9

    @property
    def players(self):
        return tuple(map(str, range(len(self.types))))

    def worth(self, player, outcome):
        return outcome.built * self.worths(player, self.types) + outcome.transfers[player]

    def welfare(self, outcome):
        return outcome.built * sum(self.worths(i, self.types) for i in range(len(self.types)))


def paid_out(*transfers, lottery=(Fraction(1), Fraction(0))):
    chances, money = np.empty(len(lottery), dtype=object), np.empty(len(transfers), dtype=object)
    chances[:], money[:] = lottery, transfers
    return Outcome(chances, money)


class TestHostile:
    """Verdicts that were once wrong."""

    def test_values_that_are_private_only_where_the_truth_is_told(self):
        """What is built at report B would be worth more to A the higher the other's type: not seen at f(t), only at f(lie, t)."""
        world = Environment((("A", "B"), (0, 5)), lambda types: Chosen(types, lambda i, t: t[1] - 3 if i == 0 and t[0] == "A" else 0))
        rule = Table(lambda problem: Built(int(problem.types == ("B", 0)), (Fraction(0), Fraction(0))))
        answer = audit(rule, world, ["ex-post-incentive-compatible", "strategy-proof"])
        assert [(r.verdict, r.size) for r in answer.results] == [("proved", 0), ("refuted", 2)]
        story = str(answer["strategy-proof"].witness.story)
        assert "of types A, 5, and the second reported 0: the first gains 2 by reporting B" in story
        assert answer.certificate is None

    def test_one_who_gains_without_lying_belongs_to_the_group(self):
        world = projects([[[1], [2]], [[5]]])
        rule = Table(lambda game: paid_out(*((1, 5) if game.utilities[0][1] == 2 else (0, 0))))
        for result in audit(rule, world, ["group-strategy-proof", "weakly-group-strategy-proof"]).results:
            assert (result.size, result.witness.who) == (5, ("1", "2"))

    def test_nobody_can_gain_over_what_is_best_already(self):
        world = projects([[[3]], [[4]]])
        built = Table(lambda game: paid_out(0, 0, lottery=(0, 1)))
        assert audit(built, world, ["pareto-improving"], fallback="1").results[0].verdict == "proved"
        assert audit(built, world, ["pareto-improving"], fallback=lambda problem, i: Fraction(3 + i)).results[0].verdict == "proved"

    @pytest.mark.parametrize("kinds", [[[1], [2]], [[2], [1]]])
    def test_ties_in_the_order_of_players_are_counted_from_both_ends(self, kinds):
        """The first of those with the highest type is paid: whoever stands before them joins them."""

        def highest(game):
            values = [row[1] for row in game.utilities]
            return paid_out(*(3 * (i == values.index(max(values))) for i in range(len(values))), lottery=(0, 1))

        result = audit(Table(highest), projects([kinds] * 15), ["strategy-proof"]).results[0]
        assert (result.verdict, result.size) == ("refuted", 3) and result.assumes

    def test_counting_asks_everybody_how_they_stand(self):
        def second(game):
            return paid_out(0, -1, *[0] * (len(game.players) - 2))

        assert audit(Table(second), projects([[[1], [2]]] * 15), ["individually-rational"]).results[0].size == 1

    def test_rounding_is_no_violation(self):
        floats = Table(lambda game: Outcome(paid_out().lottery, np.array([0.1, 0.2, -0.3])))
        answer = audit(floats, projects([[[1]], [[2]], [[3]]]), ["budget-balanced"])
        assert answer.results[0].verdict == "proved" and verify(answer.certificate).valid
        world = hosting([2, 2], [[1, 4]] * 2, prior=[[0.1, 0.2], [0.3, 0.4]])
        answer = audit("M-04", world, ["bayes-incentive-compatible", "budget-balanced-in-expectation"])
        assert answer.results[0].verdict == "proved" and verify(answer.certificate).valid
        thirds = hosting([1 / 7 * 6] * 3, [[4 / 3, 7 / 3], [0.0, 8 / 3], [1 / 3, 5 / 3]])
        answer = audit("M-04", thirds, ["group-strategy-proof", "coalition-strategy-proof"])
        assert verify(answer.certificate).valid

    @pytest.mark.parametrize(
        "outcome",
        [
            None,
            Outcome(paid_out().lottery, np.array([float("nan")] * 2)),
            paid_out(1, 2, 3),
            paid_out(0, 0, lottery=(Fraction(1, 2), 0)),
            paid_out(0, 0, lottery=(2, -1)),
            paid_out(0, 0, lottery=(1, 0, 0)),
        ],
    )
    def test_what_is_no_outcome_proves_nothing(self, outcome):
        with pytest.raises(InputError) as failed:
            audit(Table(lambda game: outcome), projects([[[1]], [[2]]]), ["strategy-proof"])
        assert failed.value.__notes__ == ["raised when Table was told (Fraction(1, 1),), (Fraction(2, 1),)"]

    def test_problems_that_are_none(self):
        rule = Table(lambda problem: Built(1, (Fraction(0),)))
        nan = Environment((("A", "B"),), lambda types: Chosen(types, lambda i, t: float("nan")))
        with pytest.raises(InputError):
            audit(rule, nan, ["strategy-proof"])
        two = Environment((("A",),), lambda types: Chosen((*types, "B"), lambda i, t: 0))
        with pytest.raises(InputError):
            audit(rule, two, ["efficient"])
        low = Environment((("A",),), lambda types: Chosen(types, lambda i, t: 2, most=1))
        assert audit(rule, low, ["efficient"]).results[0].verdict == "not-applicable"

    def test_types_of_any_kind(self):
        kinds = (frozenset({1}), frozenset({2}))
        world = Environment((kinds, kinds), lambda types: Chosen(types, lambda i, t: len(t[i])))
        answer = audit(Table(lambda problem: Built(1, (0, 0))), world, ["strategy-proof", "efficient"])
        assert json.dumps(answer.to_dict()) and verify(answer.certificate).valid
        assert audit("M-04", hosting([2, 2], [[1, 1, 4]] * 2), ["strategy-proof"]).certificate is None
        unlike = Environment(((1, 2), (3, 4)), world.problem, alike=True)
        assert audit("M-04", unlike, ["anonymous"]).results[0].verdict == "not-applicable"

    def test_exchanged_payoffs_are_those_of_the_exchanged(self):
        found = audit(Odd(), STREET, ["anonymous"]).results[0].witness
        i, j = (int(name) - 1 for name in found.who)
        assert max(abs(found.payoffs[i] - found.payoffs_after[j]), abs(found.payoffs[j] - found.payoffs_after[i])) == found.size == 1

    def test_a_property_of_ones_own_under_a_known_name_is_not_certified(self):
        mine = Property.of_size("efficient", lambda play, types: Fraction(1))
        assert audit("M-04", STREET, [mine]).certificate is None


class Consent:
    """The two hosts of a street, each of whom says yes or no; the first site with a yes is built."""

    id = "consent"

    def form(self, game):
        def outcome(play):
            lottery = game.utilities[0] * 0
            lottery[next((i + 1 for i, a in enumerate(play) if a == 0), 0)] = 1
            return Outcome(lottery, game.utilities[:, 0] * 0)

        payoffs = np.empty((2, 2, 2), dtype=object)
        for play in product(range(2), repeat=2):
            payoffs[(slice(None), *play)] = [game.worth(i, outcome(play)) for i in range(2)]
        return Form(NormalForm(payoffs), "pure", outcome)


def test_equilibria_of_a_form():
    names = ["equilibria-efficient", "some-equilibrium-efficient", "unique-equilibrium-outcome", "individually-rational", "strategy-proof"]
    answer = audit(Consent(), hosting([2, 2], [[1], [4]]), names)
    assert [r.verdict for r in answer.results] == ["proved", "proved", "proved", "proved", "not-applicable"]
    stuck = audit(Consent(), hosting([3, 3], [[4], [5]]), names)  # the chicken of volunteers, reversed: nobody accepts
    assert [r.verdict for r in stuck.results[:4]] == ["refuted", "refuted", "proved", "proved"]
    assert stuck["equilibria-efficient"].size == 2
    two = audit(Consent(), hosting([5, 5], [[2], [4]]), names)
    assert two["equilibria-efficient"].verdict in ("proved", "refuted")


class TestCertificates:
    @staticmethod
    @cache
    def answers():
        return list(TestCertificates.audits())

    @staticmethod
    def audits():
        prior = [["1/4", "1/4"], ["1/8", "3/8"]]
        yield audit("M-04", STREET, list(PROPERTIES))
        yield audit("M-06:imposition", projects([[[-7], [3], [8]]] * 3), list(PROPERTIES))
        yield audit("M-01:FC", hosting([4, 5], [[1, 4], [3, 9]], prior=prior), list(PROPERTIES), fallback="1")
        yield audit("M-02", hosting([4.5, 5], [[1, 4], [3, 9]], prior=prior), list(PROPERTIES))
        yield audit("M-04", ec.load_case("public-toilet"))
        yield audit(Sum(), Environment(((Fraction(1), Fraction(2)),), Common), ["efficient", "strategy-proof"])

    def test_valid_as_text(self):
        for answer in self.answers():
            assert answer.certificate is not None
            verdict = verify(json.loads(json.dumps(answer.certificate)))
            assert verdict.valid, [str(c.what) for c in verdict.checks if not c.holds]

    def test_a_changed_one_is_not(self):
        for answer in self.answers():
            for spoilt in list(spoils(answer.certificate))[::8]:
                bad = verify(sealed_again(spoilt))
                assert not bad.valid

    @pytest.mark.parametrize(
        "forge",
        [
            lambda c, r: c.update(prior=None),
            lambda c, r: c["players"].pop(),
            lambda c, r: r.update(verdict="not-refuted"),
            lambda c, r: r.update(smallest={"size": "1", "types": [0], "reports": None, "players": []}),
            lambda c, r: c["decisions"][0].update(most=1e30),
            lambda c, r: c["decisions"][0].update(welfare="1000"),
            lambda c, r: c["decisions"][0].update(worst=["1000"] * 2),
        ],
    )
    def test_forged(self, forge):
        """A prior left out, so that nothing fails on average; a huge best, so that any gain would be rounding; words of one's own."""
        prior = np.empty((2, 2), dtype=object)
        prior[...] = Fraction(1, 4)
        world = Environment(((0, 1), (0, 1)), lambda types: Chosen(types, lambda i, t: t[i]), prior=prior)
        rule = Table(lambda problem: Built(1, tuple(map(Fraction, problem.types))))
        honest = audit(rule, world, ["bayes-incentive-compatible", "strategy-proof"]).certificate
        assert verify(honest).valid and [r["verdict"] for r in honest["results"]] == ["refuted"] * 2
        for k in range(2):
            told = copy.deepcopy(honest)
            told["results"] = [told["results"][k] | {"verdict": "proved", "size": "0", "witness": None, "smallest": None}]
            forge(told, told["results"][0])
            assert not verify(sealed_again(told)).valid

    def test_none_for_what_it_cannot_show(self):
        assert audit("M-04", STREET, ["envy-free"]).certificate is None


def spoils(certificate):
    """The certificate with one figure changed, in every result and in the table."""
    for k, entry in enumerate(certificate["results"]):
        changed = copy.deepcopy(certificate)
        result = changed["results"][k]
        if entry["verdict"] == "proved":
            result["verdict"] = "refuted"
        else:
            result["size"] = "1000"
        yield changed
        if entry["verdict"] == "refuted":
            changed = copy.deepcopy(certificate)
            changed["results"][k]["verdict"] = "proved"
            yield changed
            changed = copy.deepcopy(certificate)
            changed["results"][k]["smallest"]["size"] = "1/7"
            yield changed
    for drop in (0, -1):
        changed = copy.deepcopy(certificate)
        del changed["decisions"][drop]
        yield changed


def sealed_again(certificate):
    from encompass.solvers.certificate import sealed

    return sealed({key: value for key, value in certificate.items() if key != "seal"})


def test_json():
    data = audit("M-04", STREET).to_dict()
    assert data["schema"] == "encompass/audit/1" and data["mechanism"] == "M-04"
    assert {"property", "verdict", "size", "witness", "tries", "source"} <= data["results"][0].keys()
    refuted = next(r for r in data["results"] if r["verdict"] == "refuted")
    assert json.loads(json.dumps(data)) and refuted["witness"]["size"] == refuted["size"]


def test_a_story():
    answer = audit("M-01:EQ", hosting([1, 1], [[1, 0], [0, 1]]), ["strategy-proof"])
    assert str(answer.results[0].smallest.story).startswith("2 households with damage ")
    assert "gains 1/2 by reporting" in str(answer.results[0].smallest.story)


def test_fallbacks():
    case = ec.load_case("public-toilet")
    floors = [audit("M-01:EQ", case, ["individually-rational"], fallback=f).results[0].verdict for f in (None, "rights", "x0")]
    assert floors == ["proved"] * 3
    high = audit("M-01:EQ", STREET, ["individually-rational"], fallback=lambda problem, player: Fraction(5))
    assert high.results[0].verdict == "refuted"


@pytest.mark.parametrize(
    "call",
    [
        lambda: audit("M-99", STREET),
        lambda: audit("M-04", STREET, ["honest"]),
        lambda: audit("M-04", 3),
        lambda: audit("M-04", STREET, ["individually-rational"], fallback="nowhere"),
    ],
)
def test_bad_arguments(call):
    with pytest.raises(InputError):
        call()


def test_progress_and_refusals():
    said = []
    answer = audit("M-04", projects([[[1]], [[2]]]), progress=lambda done, total, what: said.append((done, total, what)))
    assert said[0][0] == 0 and said[-1][0] == len(said) - 1
    assert all(r.verdict == "not-applicable" and r.reason is not None for r in answer.results)


class TestPeer:
    """The same finite environments in mechaudit: worst deviation, interim and ex-post rationality, budget."""

    @pytest.fixture
    def ma(self):
        return pytest.importorskip("mechaudit")

    def table(self, ma, rule, environment):
        """``rule`` as a direct mechanism with an explicit allocation over alternatives, in floats."""
        n = len(environment.types)
        first = environment.problem(tuple(kinds[0] for kinds in environment.types))
        names = list(first.alternatives)
        kinds = [[f"t{k}" for k in range(len(own))] for own in environment.types]
        agents = {f"a{i}": kinds[i] for i in range(n)}
        marks = [dict(zip(kinds[i], environment.types[i])) for i in range(n)]
        profiles = list(product(*kinds))
        prior = {p: float(q) for p, q in zip(profiles, environment.prior.ravel())}

        def own_value(*, agent, outcome, own_type):
            i = int(agent[1:])
            types = tuple(marks[i][own_type] if j == i else environment.types[j][0] for j in range(n))
            return float(environment.problem(types).utilities[i, names.index(outcome)])

        world = ma.FiniteEnvironment(
            agents=agents,
            outcomes=names,
            prior=ma.JointPrior(agents=list(agents), type_spaces=agents, probabilities=prior),
            values=ma.PrivateValues.from_mapping(
                {f"a{i}": {k: {x: own_value(agent=f"a{i}", outcome=x, own_type=k) for x in names} for k in kinds[i]} for i in range(n)}
            ),
        )
        decided = [decide(rule, environment.problem(tuple(marks[i][k] for i, k in enumerate(p)))) for p in profiles]
        allocation = np.array([[float(x) for x in d.lottery] for d in decided])
        payments = np.array([[-float(t) for t in d.transfers] for d in decided])
        return world, ma.DirectMechanism.from_arrays(allocation, payments, environment=world)

    @pytest.mark.parametrize("name", ["M-04", "M-06:veto", "M-06:imposition", "M-02", "AGV"])
    def test_agreement(self, ma, name):
        from encompass.games.mechanisms.expected_externality import ExpectedExternality

        chances = np.multiply.outer(
            np.multiply.outer([Fraction(1, 4), Fraction(3, 4)], [Fraction(1, 2)] * 2), [Fraction(1, 3), Fraction(2, 3)]
        )
        environment = hosting([3, 4, 5], [[1, 6], [2, 8], [4, 9]], prior=chances)
        rule = ExpectedExternality.of(environment) if name == "AGV" else MECHANISMS[name]
        world, mechanism = self.table(ma, rule, environment)
        names = {
            "strategy-proof": ma.DSIC(),
            "bayes-incentive-compatible": ma.BIC(),
            "individually-rational": ma.ExPostIR(),
            "interim-individually-rational": ma.InterimIR(),
            "ex-ante-individually-rational": ma.ExAnteIR(),
            "no-deficit": ma.WeakBudgetBalance(),
        }
        answer = audit(rule, environment, [*names, "budget-balanced"])
        for asked, requirement in names.items():
            report = ma.audit_mechanism(environment=world, mechanism=mechanism, requirements=[requirement])
            worst = max(0.0, max(-c.slack for c in report.checks if c.slack is not None))
            assert worst == pytest.approx(float(answer[asked].size), abs=1e-9), asked
