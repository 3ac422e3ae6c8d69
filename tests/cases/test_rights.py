"""The five rights regimes as a case file sets them, and the preset."""

from fractions import Fraction

import pytest

from encompass.cases.load import load_case
from encompass.games.rights import HostConsent, Imposition, Liability, Quota, Unanimity
from encompass.solvers.solve import solve

HALF = Fraction(1, 2)
QUOTAS = {
    '{ regime = "R-QUOTA" }': Quota(HALF, Fraction(0)),
    '{ regime = "R-QUOTA", quota = "2/3", strict = false }': Quota(Fraction(2, 3), Fraction(0), strict=False),
    '{ regime = "R-QUOTA", quota = 0.6 }': Quota(Fraction(3, 5), Fraction(0)),
    '{ regime = "R-QUOTA", quota = 2, quorum = 3 }': Quota(2, 3),
    '{ regime = "R-QUOTA", quota = 1, strict = true }': Quota(Fraction(1), Fraction(0), strict=False),
    '{ regime = "R-QUOTA", quorum = "1/2", of_votes = true }': Quota(HALF, HALF, of_votes=True),
    '{ regime = "R-QUOTA", preset = "PRC-RC-1989" }': Quota(HALF, HALF, strict=True, of_votes=True),
}


@pytest.mark.parametrize("text", QUOTAS)
def test_quotas(case_file, text):
    rights = load_case(case_file("table", (".toml", '"R-HOST"', text))).game.rights
    assert rights == QUOTAS[text]
    assert [rights.needed(base) for base in (3, 10)] == [QUOTAS[text].needed(base) for base in (3, 10)]


@pytest.mark.parametrize(
    ("text", "outcome"), [("quota = 2", "a"), ("quota = 3", "x0"), ("quota = 1, strict = false", "x0"), ('quota = "1/2"', "a")]
)
def test_a_quota_of_heads_and_of_shares(case_file, text, outcome):
    """Three houses: benefits 6, 7, 8, damages 9, 12, 15, fees 1: two of three vote for any site."""
    game = load_case(case_file("table", (".toml", '"R-HOST"', f'{{ regime = "R-QUOTA", {text} }}'))).game
    assert solve(game).outcomes == (outcome,)


@pytest.mark.parametrize(("text", "kind"), [('"R-HOST"', HostConsent), ('"R-UNAN"', Unanimity), ('"R-IMPOSE"', Imposition)])
def test_regimes_by_id(case_file, text, kind):
    assert isinstance(load_case(case_file("table", (".toml", '"R-HOST"', text))).game.rights, kind)


def test_hosts_are_the_residents_in_order_or_as_named(case_file):
    assert load_case(case_file()).game.rights.consent == (frozenset(), frozenset([0]), frozenset([1]), frozenset([2]))


def test_named_hosts(case_file):
    owners = (".toml", 'sites = { id = ["a", "b", "c"]', 'sites = { owner = [["c"], ["a", "b"], ["b"]], id = ["a", "b", "c"]')
    table = (".toml", "[9, 12, 15]", "[[0, 9, 0], [0, 0, 12], [15, 0, 0]]")
    game = load_case(case_file("table", owners, table)).game
    assert game.rights.consent == (frozenset(), frozenset([2]), frozenset([0, 1]), frozenset([1]))


@pytest.mark.parametrize(
    ("assessed", "share"), [("", 1), (", assessed = 0.5", HALF), (', assessed = "1/3"', Fraction(1, 3)), (", assessed = 0", 0)]
)
def test_liability_pays_a_share_of_the_damage(case_file, assessed, share):
    game = load_case(case_file("table", (".toml", '"R-HOST"', f'{{ regime = "R-LIAB"{assessed} }}'))).game
    assert isinstance(game.rights, Liability)
    assert (game.rights.assessed == game.parts.damages * share).all()
    assert game.rights.assessed[0, 1] == 9 * share


def test_liability_of_a_geography(case_file):
    game = load_case(case_file("csv", (".toml", '"R-HOST"', '{ regime = "R-LIAB", assessed = "1/2" }'))).game
    assert game.rights.assessed == pytest.approx(game.parts.damages / 2)


def test_a_quota_of_a_geography_counts_households(case_file):
    game = load_case(case_file("csv", (".toml", '"R-HOST"', '"R-QUOTA"'))).game
    assert game.residents == 23
    assert solve(game).outcomes == ("east",)


def test_ownerless_sites_matter_only_where_somebody_is_asked(case_file):
    game = load_case(case_file("csv", (".toml", '"R-HOST"', '"R-IMPOSE"'), (".sites.csv", "10,-10", "10,-1000"))).game
    assert isinstance(game.rights, Imposition)
