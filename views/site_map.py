"""A small map in characters: where residents live and where the sites are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.cells import cell_len
from rich.text import Text as Line

from ..cases.case import Places
from ..games.exact import Array

_SHADES = " .:+*#"  # residents in a cell, from none to many
_ASPECT = 2.1  # a character is about twice as high as wide


def draw(places: Places, names: Sequence[str], width: int) -> list[Line]:
    """The map as lines of at most ``width`` cells: shades for residents, the names of the sites over them."""
    columns, rows, low, scale = _frame(places, width)
    people = np.zeros((rows, columns))
    np.add.at(people, _cells(places.residents, low, scale, rows, columns), places.weights)
    cut = np.quantile(people[people > 0], [0.2, 0.4, 0.6, 0.8]) if (people > 0).any() else np.zeros(4)
    grid = [[_SHADES[int((value > cut).sum()) + 1] if value else " " for value in line] for line in people]
    for line in grid:  # room for names at the eastern edge
        line.extend(" " * (min(width, columns + max(map(cell_len, names), default=0)) - columns))
    named: set[tuple[int, int]] = set()
    taken: set[tuple[int, int]] = set()
    order = zip(*_cells(places.sites, low, scale, rows, columns), names)
    for row, column, name in sorted(order):
        _place(grid, named, taken, int(row), int(column), name)
    styles = [[(cell, "bold yellow" if (row, k) in named else "dim") for k, cell in enumerate(line)] for row, line in enumerate(grid)]
    return [Line.assemble(*line) for line in styles]


def _frame(places: Places, width: int) -> tuple[int, int, Array, float]:
    """Columns, rows, the south-west corner, and metres a column."""
    points = np.concatenate([places.residents, places.sites])
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    columns, height = min(width, 72), min(10 + len(points) // 4, 30)
    scale = max(float(span[0]) / max(columns - 1, 1), float(span[1]) / height / _ASPECT, 1e-9)
    return int(span[0] / scale) + 1, int(span[1] / scale / _ASPECT) + 1, low, scale


def _cells(points: Array, low: Array, scale: float, rows: int, columns: int) -> tuple[Array, Array]:
    """Row (from the north) and column of each point."""
    across = np.minimum(((points[:, 0] - low[0]) / scale).astype(int), columns - 1)
    up = np.minimum(((points[:, 1] - low[1]) / scale / _ASPECT).astype(int), rows - 1)
    return rows - 1 - up, across


def _place(grid: list[list[str]], named: set[tuple[int, int]], taken: set[tuple[int, int]], row: int, column: int, name: str) -> None:
    """Write a site's name at its place, or on the nearest free line above or below; it stands whole in its first cell."""
    size = cell_len(name)
    start = max(min(column, len(grid[0]) - size), 0)
    for line in sorted(range(len(grid)), key=lambda line: abs(line - row)):
        spots = {(line, start + k) for k in range(-1, size + 1)}
        if not spots & taken and start + size <= len(grid[line]):
            taken |= spots
            named.add((line, start))
            grid[line][start : start + size] = [name, *[""] * (size - 1)]
            return
