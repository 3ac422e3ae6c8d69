"""Residents by alternatives: shapes, surplus, streams."""

from fractions import Fraction

import numpy as np
import pytest

from encompass.games.errors import InputError, NotApplicable
from encompass.games.outcome_game import OutcomeGame, Stream
from encompass.testing import siting


def test_surplus_counts_everybody_and_takes_off_the_grant():
    game = OutcomeGame([[0, 3], [0, "-1/2"]], counts=[2, 4], grants=[0, 1])
    assert game.residents == 6
    assert game.surplus.tolist() == [0, 3]
    assert game.exact


def test_toilet_surplus():
    game = siting([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])
    assert game.surplus.tolist() == [0, 18, 15, 12, 5, 0]
    assert game.alternatives[game.best] == "1"
    assert game.hosts == (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"utilities": [[1, 2]]}, "must be zero"),
        ({"utilities": [0, 1]}, "table"),
        ({"utilities": [[0, float("nan")]]}, "finite"),
        ({"utilities": [[0, 1]], "counts": [0]}, "at least 1"),
        ({"utilities": [[0, 1]], "counts": [1, 1]}, "counts"),
        ({"utilities": [[0, 1]], "alternatives": ["a", "a"]}, "name"),
        ({"utilities": [[0, 1]], "status_quo": 2}, "column"),
    ],
)
def test_bad_tables_are_refused(arguments, text):
    with pytest.raises(InputError, match=text):
        OutcomeGame(**arguments)


def test_a_stream_never_stands_in_memory():
    blocks = [(np.ones(2, dtype=np.int64), np.array([[0.0, 1.0], [0.0, -3.0]]))] * 3
    game = OutcomeGame(Stream(lambda: iter(blocks), rows=6, residents=6), alternatives=["x0", "1"])
    assert game.surplus.tolist() == [0.0, -6.0]
    with pytest.raises(NotApplicable, match="streamed"):
        _ = game.utilities


def test_host_must_be_damaged_alone():
    game = siting([4, 5], [9, 9])
    assert game.hosts == (0, 1)
    assert game.with_utilities(game.utilities).hosts is None
    assert OutcomeGame([[0, Fraction(1)]]).hosts is None
