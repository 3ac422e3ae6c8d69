"""Files of other programs: round trips, worked files, and what is said of files that are wrong."""

from contextlib import suppress
from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.cases.game_file import read_game, write_game, written
from encompass.games.counted_game import RoleSymmetricGame, SymmetricGame, symmetric_form, ways
from encompass.games.errors import CaseError, InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player

numbers = st.one_of(
    st.integers(-3, 3), st.fractions(max_denominator=40), st.decimals(-5, 5, places=3, allow_nan=False), st.integers(-(10**30), 10**30)
)
labels = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=6).filter(
    lambda s: not s.endswith("\\")
)


@st.composite
def games(draw):
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    cells = len(sizes) * int(np.prod(sizes))
    values = np.empty(cells, dtype=object)
    values[:] = draw(st.lists(numbers, min_size=cells, max_size=cells))
    players = [draw(labels) for _ in sizes]
    return NormalForm(values.reshape(len(sizes), *sizes), players, [[draw(labels) for _ in range(k)] for k in sizes])


def same(one, other):
    return one.shape == other.shape and all(one.payoffs(a) == other.payoffs(a) for a in one.profiles())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("games")


@settings(max_examples=80, deadline=None)
@given(games())
def test_nfg_round_trip(folder, game):
    write_game(game, folder / "g.nfg")
    again = read_game(folder / "g.nfg")
    assert (again.players, again.actions) == (game.players, game.actions)
    assert same(again, game) and again.exact


@settings(max_examples=60, deadline=None)
@given(games())
def test_gam_round_trip(folder, game):
    write_game(game, folder / "g.GAM")
    assert same(read_game(folder / "g.GAM"), game)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_agg_round_trip(folder, data):
    players = data.draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))
    actions = [["中 文", 'say "no"', "third"][: data.draw(st.integers(1, 3))] for _ in players]
    shape = [[ways(n - (s == r), len(actions[s])) for s, n in enumerate(players)] for r in range(len(players))]
    tables = []
    for r in range(len(players)):
        table = np.empty((len(actions[r]), *shape[r]), dtype=object)
        table.ravel()[:] = data.draw(st.lists(numbers, min_size=table.size, max_size=table.size))
        tables.append(table)
    game = RoleSymmetricGame(tables, players, actions) if len(players) > 1 else SymmetricGame(tables[0], players[0], actions[0])
    write_game(game, folder / "g.agg")
    again = read_game(folder / "g.agg")
    assert again.players == game.players and isinstance(again, SymmetricGame) == (len(players) == 1)
    for r, table in enumerate(game.tables):
        assert np.array_equal(again.tables[r] * game.denominator, table * again.denominator)


def put(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_selten_in_both_forms(folder):
    """Selten (1975), figure 2, as in Gambit's manual: the first player's strategy changes fastest."""
    expected = two_player([[1, 1], [0, 0], [0, 2]], [[1, 1], [2, 3], [2, 0]])
    payoff = put(
        folder,
        "e02.nfg",
        'NFG 1 R "Selten (IJGT, 75), Figure 2, normal form"\n{ "Player 1" "Player 2" } { 3 2 }\n\n1 1 0 2 0 2 1 1 0 3 2 0\n',
    )
    outcome = put(
        folder,
        "e02o.nfg",
        'NFG 1 R "Selten" { "Player 1" "Player 2" }\n{ { "1" "2" "3" } { "1" "2" } } ""\n'
        '{ { "" 1, 1 } { "" 0, 2 } { "" 0, 2 } { "" 1, 1 } { "" 0, 3 } { "" 2, 0 } }\n1 2 3 4 5 6\n',
    )
    for path in (payoff, outcome):
        game = read_game(path)
        assert same(game, expected)
        assert game.players == ("Player 1", "Player 2") and game.actions == (("1", "2", "3"), ("1", "2"))


def test_numbers_are_exact_and_the_null_outcome_is_nothing(folder):
    path = put(
        folder,
        "x.nfg",
        'NFG 1 D "a \\"game\\"" { "甲" "B\\"b" "" } { { "x" "" } 1 { "u" "v" } } "c"\n{ { "one" .1 1e-2 -1/3 } {"" +2. 3 4.50} }\n0 1\n1 2',
    )
    game = read_game(path)
    assert game.players == ("甲", 'B"b', "3") and game.actions == (("x", "2"), ("1",), ("u", "v"))
    assert [game.payoffs(a) for a in ((0, 0, 0), (1, 0, 0), (1, 0, 1))] == [(0, 0, 0), (F(1, 10), F(1, 100), F(-1, 3)), (2, 3, F(9, 2))]


def test_gametracer_order(folder):
    game = read_game(put(folder, "t.gam", "3\n2 1 2\n\n1 2 3 4 5 6 7 8\n9 10 11 12\n"))
    assert [game.payoffs(a) for a in game.profiles()] == [(1, 5, 9), (3, 7, 11), (2, 6, 10), (4, 8, 12)]


COMPLETE = """#AGG
# two players, two actions, payoffs in lexicographic order of (players at 0, players at 1)
2
2
0
2 2
0 1
0 1
2 0 1
2 1 0
0 35.5 -3.25
0 -10 95.125
"""


def test_complete_payoffs_of_an_action_graph(folder):
    """Node 1 lists itself first: (1, 1) comes before (2, 0)."""
    game = read_game(put(folder, "two.agg", COMPLETE))
    assert isinstance(game, SymmetricGame)
    assert [[game.payoff(0, a, [c]) for c in ((1, 0), (0, 1))] for a in (0, 1)] == [[F(-13, 4), F(71, 2)], [-10, F(761, 8)]]


NEEDED = """#AGG
5
2
1
2 2 2 2 2
0 1
0 1
0 1
0 1
0 1
1 2
1 2
1 1
# the function node: how many are at node 1
{function}
{payoffs}"""


@pytest.mark.parametrize(
    ("function", "payoffs"),
    [
        ("0", "1 5\n[0] 0\n[1] 0\n[2] 0\n[3] 5\n[4] 5\n1 5 [1] -2 [2] -2 [3] 3 [4] 3 [5] 3"),
        ("0", "0 0 0 0 5 5\n0 -2 -2 3 3 3"),
        ("11 -2 [0 1]", "0 0 5\n0 -2 3"),
        ("10 7 [0 2]", "1 5 [7] 0 [9] 0 [11] 0 [13] 5 [15] 5 1 5 [9] -2 [11] -2 [13] 3 [15] 3 [17] 3"),
    ],
)
def test_function_nodes(folder, function, payoffs):
    """Three of five needed: the count enters through one function node."""
    game = read_game(put(folder, "needed.agg", NEEDED.format(function=function, payoffs=payoffs)))
    expected = SymmetricGame.of(lambda a, others: 5 * (others[1] + a >= 3) - 2 * a, 5, ["no", "yes"])
    assert np.array_equal(game.table, expected.table)


def test_highest_and_lowest_neighbours(folder):
    graph = "#AGG\n2\n3\n1\n3 3\n0 1 2\n0 1 2\n1 3\n1 3\n1 3\n3 0 1 2\n{}\n"
    rows = "\n".join("1 3 [{}] 0 [{}] 1 [{}] 2".format(*values) for values in [(0, 1, 2)] * 3)
    for kind, best in (("2", max), ("3", min)):
        game = read_game(put(folder, "high.agg", graph.format(kind) + rows))
        for a, b in product(range(3), repeat=2):
            counts = [int(b == k) for k in range(3)]
            assert game.payoff(0, a, [counts]) == best(a, b)


def test_players_who_share_some_nodes_are_roles(folder):
    """Two may go to 0 or 1, one to 1 or 2; everybody pays the number at its node."""
    text = "#AGG\n3\n3\n0\n2 2 2\n0 1\n1 2\n0 1\n1 0\n1 1\n1 2\n0 -1 -2\n0 -1 -2 -3\n1 1 [1] -1\n"
    game = read_game(put(folder, "share.agg", text))
    assert game.players == (2, 1)
    form = game.normal_form()
    for a, b, c in product(range(2), repeat=3):
        at = [a, b, c + 1]
        assert form.payoffs((a, b, c)) == tuple(-at.count(node) for node in at)


def test_a_counted_game_is_written_out(folder):
    game = SymmetricGame.of(lambda a, others: F(others[1] + a, 3) - a, 3, ["no", "yes"])
    write_game(game, folder / "s.nfg")
    assert same(read_game(folder / "s.nfg"), game.normal_form())
    assert np.array_equal(symmetric_form(read_game(folder / "s.nfg")).table, game.table)


def test_floats_come_back_as_their_decimals(folder):
    game = NormalForm(np.array([[[0.1, 1e-7], [2.5, -3.0]], [[1 / 3, 0.0], [1e17, 7.25]]]))
    write_game(game, folder / "f.nfg")
    again = read_game(folder / "f.nfg")
    assert again.exact and np.array_equal((again.table / again.denominator).astype(float), game.table)
    assert again.payoffs((0, 0))[0] == F(1, 10)


@pytest.mark.parametrize(
    ("value", "text"), [(F(3), "3"), (F(-1, 8), "-0.125"), (F(1, 3), "1/3"), (F(7, 50), "0.14"), (F(-105, 10), "-10.5"), (0.5, "0.5")]
)
def test_written(value, text):
    assert written(value) == text


def test_many_small_numbers_stay_machine_integers(folder):
    game = NormalForm(np.arange(2 * 200 * 300).reshape(2, 200, 300) % 19 - 9)
    write_game(game, folder / "big.nfg")
    assert np.array_equal(read_game(folder / "big.nfg").table, game.table)


WRONG = [
    ("a.nfg", "", "empty"),
    ("a.nfg", "EFG 2 R", "line 1: 'EFG' stands where NFG should"),
    ("a.nfg", "NFG 2 R", "the version 1"),
    ("a.nfg", 'NFG 1 Q "t"', "R or D"),
    ("a.nfg", 'NFG 1 R "t" "a"', "a { should"),
    ("a.nfg", 'NFG 1 R "t" { "a" "b" } { 2 }\n1 2', "2 players need as many lists of strategies, not 1"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { { } }\n1 2', "at least one strategy"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { 0 }\n1 2', "'0' stands where a whole number, at least 1"),
    ("a.nfg", 'NFG 1 R "t" { "a" "b" } { 2 2 }\n1 2 3 4\n5 6 7', "8 payoffs|line 3: the file ends after 7 of 8"),
    ("a.nfg", 'NFG 1 R "t" { "a" "b" } { 2 2 }\n1 2 3 4\n5 6 7 8 9', "line 3: '9' follows the last of the payoffs"),
    ("a.nfg", 'NFG 1 R "t" { "a" "b" } { 2 2 }\n1 2 3 x\n5 6 7 8', "line 2: 'x' stands where a number such as"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { 2 }\n1 1_0', "'1_0' stands where a number such as"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { 2 }\n1 nan', "'nan' stands"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { 2 }\n1\n1/0', "line 3: '1/0' cannot be used"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { 2 }\n1 1e999999999', "'1e999999999' cannot be used"),
    ("a.nfg", 'NFG 1 R "t { "a }', "line 1"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { 2 }\n{ { "x" 1 } }\n1 2', "outcome 2 does not exist; there are 1"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { 2 }\n{ { "x" 1 } }\n1 1/2', "outcome 1/2 does not exist"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { 2 }\n{ { "x" 1 2 } }\n1 1', "'2' stands where a } should"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { 2 }\n1 }', "line 2: '}' stands where a number should"),
    ("a.nfg", 'NFG 1 R "t" { "a" } { 99999999 }\n1', "99999999 strategies in a file this short"),
    ("a.gam", "2\n2 2\n1 2 3 4", "8 payoffs; the 7 characters left"),
    ("a.gam", "61\n2", "61 players are too many"),
    ("a.gam", "two", "'two' stands where a whole number"),
    ("a.agg", "2\n2\n0", "the first line of an action graph is #AGG"),
    ("a.agg", "#BAGG\n2", "Bayesian"),
    ("a.agg", COMPLETE.replace("2 1 0", "2 1 7"), "line 10: node 7 does not exist; the last is 1"),
    ("a.agg", COMPLETE.replace("0 1\n0 1", "0 0\n0 1"), "twice: 0, 0"),
    ("a.agg", COMPLETE.replace("0 -10", "2 -10"), "line 12: payoffs of kind 2 are not read"),
    ("a.agg", COMPLETE + "7", "'7' follows the last of the payoffs"),
    ("a.agg", COMPLETE.replace("0 -10 95.125", "1 1\n[1 1] 3"), "configuration 2, 0 of action node 1"),
    ("a.agg", COMPLETE.replace("0 -10 95.125", "1 2 [1 1] 3 [1 1] 4"), "stands here twice"),
    ("a.agg", COMPLETE.replace("0 -10 95.125", "0 1"), "ends after 1 of 2 numbers (payoffs of action node 1)"),
    ("a.agg", "#AGG\n99999999\n2\n0", "cannot hold 99999999 players"),
    ("a.agg", NEEDED.format(function="4", payoffs=""), "kinds 0 to 3"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "words"), WRONG)
def test_what_is_wrong_is_said(folder, name, text, words):
    path = put(folder, name, text)
    with pytest.raises(CaseError) as caught:
        read_game(path)
    assert name in str(caught.value)
    assert any(part in str(caught.value) for part in words.split("|"))


def test_other_refusals(folder):
    with pytest.raises(InputError, match=r"\.nfg, \.gam, \.agg"):
        read_game(folder / "g.efg")
    with pytest.raises(CaseError, match="no such file"):
        read_game(folder / "nowhere.nfg")
    game = two_player([[1]], [[1]])
    with pytest.raises(InputError, match="counted"):
        write_game(game, folder / "g.agg")
    with pytest.raises(InputError, match="backslash"):
        write_game(NormalForm(np.zeros((1, 1), dtype=np.int64), ["a\\"]), folder / "g.nfg")
    with pytest.raises(InputError, match="no character"):
        write_game(NormalForm(np.zeros((1, 1), dtype=np.int64), ["\ud800"]), folder / "g.nfg")
    with pytest.raises(InputError, match="cannot be written"):
        write_game(game, folder / "no" / "g.nfg")
    with pytest.raises(InputError, match="not str"):
        write_game("game", folder / "g.nfg")
    with pytest.raises(InputError, match="too many digits"):
        write_game(two_player([[10**150]], [[1]]), folder / "g.nfg")
    with pytest.raises(SizeError, match="payoffs"):
        read_game(put(folder, "huge.nfg", f'NFG 1 R "t" {{ {" ".join("a" * 30)} }} {{ {" ".join("3" * 30)} }} 1'))
    with pytest.raises(SizeError, match="by counts"):
        write_game(SymmetricGame(np.zeros((2, 300_000), dtype=np.int64), 300_000), folder / "g.agg")
    with pytest.raises(SizeError):
        write_game(SymmetricGame(np.zeros((2, 100), dtype=np.int64), 100), folder / "g.nfg")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='NFG1R "{}[]#A\n 0-/.,\\', max_size=60), st.sampled_from(["nfg", "gam", "agg"]))
def test_rubbish_is_told_apart(folder, text, suffix):
    start = {"nfg": 'NFG 1 R "t" {', "gam": "", "agg": "#AGG\n"}[suffix]
    path = put(folder, f"r.{suffix}", start + text)
    with suppress(CaseError, SizeError):
        read_game(path)


def test_what_does_not_fit_is_said_with_its_file(folder):
    for name, text in (("a.gam", "2 50000 50000 " + "1 " * 99), ("b.nfg", 'NFG 1 R "" {' + ' "p"' * 61 + " } {" + " 1" * 61 + " } 1")):
        with pytest.raises(SizeError, match=name):
            read_game(put(folder, name, text))


def test_decimals_are_read_exactly_short_or_long(folder):
    words = ["0.5", "-0.25", "+3.", ".5", "1e2", "-1/3", "123456789012345.123456789012345", "0.1234567890123456789", "-0"]
    table = read_game(put(folder, "d.gam", f"1 {len(words)} {' '.join(words)}")).table
    exact = [F(1, 2), F(-1, 4), 3, F(1, 2), 100, F(-1, 3), F("123456789012345.123456789012345"), F("0.1234567890123456789"), 0]
    assert [F(int(x)) for x in table[0]] == [x * read_game(folder / "d.gam").denominator for x in exact]
