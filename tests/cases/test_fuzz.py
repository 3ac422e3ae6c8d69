"""Shipped case files with pieces replaced at random: they load, or every fault is told; nothing else ever comes out."""

import csv
import io
import json
import tomllib
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encompass.cases.catalogue import FOLDER, case_names
from encompass.cases.load import load_case
from encompass.cases.new import new_case
from encompass.games.errors import EncompassError

VALUES = [0, -1, 7, 1.5, 10**30, 10**400, 1e300, float("nan"), float("inf"), True, "", "x", "x0", "1/3", "1/0", "R-HOST", "厕所", "\u0001"]
STRANGE = [[], {}, [[]], [1, [2, 3]], [1, "x"], {"value": 1}, {"value": []}, {"en": "a", "zh": "b"}, {"id": ["a"]}, date(2024, 5, 1)]
CELLS = [
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "1e308",
    "inf",
    "nan",
    "x",
    "x0",
    "row-1",
    "99999999999999999999",
    '"',
    ",",
    "\n",
    "1_000",
    "厕",
    "\x00",
]
KEYS = ["value", "range", "assumed", "id", "en", "count", "owner", "colour", "family", "x y", "厕所"]


def toml(value):
    """``value`` as TOML, all tables inline."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool | float) else str(value)


def written(data):
    return "\n".join(f"{json.dumps(key, ensure_ascii=False)} = {toml(entry)}" for key, entry in data.items())


def places(value, here=()):
    """The paths to everything in nested tables and lists."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in inner:
        yield (*here, key)
        yield from places(entry, (*here, key))


@st.composite
def broken(draw, data):
    """``data`` with one to three entries deleted, replaced, or added beside."""
    data = deepcopy(data)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(data)) or [("case",)]))
        inside = data
        for part in path[:-1]:
            inside = inside[part]
        act = draw(st.sampled_from(["delete", "replace", "replace", "add"]))
        if act == "delete" and path[-1] in (inside if isinstance(inside, dict) else range(len(inside))):
            del inside[path[-1]]
        elif act == "add" and isinstance(inside, dict):
            inside[draw(st.sampled_from(KEYS))] = deepcopy(draw(st.sampled_from(VALUES + STRANGE)))
        else:
            inside[path[-1]] = deepcopy(draw(st.sampled_from(VALUES + STRANGE)))
    return written(data)


@st.composite
def broken_table(draw, text):
    """A CSV table with some cells replaced, or rows cut and repeated."""
    rows = list(csv.reader(io.StringIO(text)))
    for _ in range(draw(st.integers(0, 3))):
        row = draw(st.sampled_from(rows))
        act = draw(st.sampled_from(["cell", "cell", "cut", "repeat", "more"]))
        if act == "cell" and row:
            row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(CELLS))
        elif act == "cut" and row:
            row.pop()
        elif act == "repeat":
            rows.append(list(row))
        else:
            row.append(draw(st.sampled_from(CELLS)))
    return "\n".join(",".join(row) for row in rows)


def loads_or_refuses(path):
    try:
        load_case(path)
    except EncompassError as error:
        said = str(error)
    else:
        said = path.name
    assert said.startswith(path.stem)


quick = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.mark.parametrize("name", [name for name in case_names() if name != "san-francisco-siting"])
def test_shipped_cases_broken(name, tmp_path):
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    path = tmp_path / f"{name}.toml"

    @quick
    @given(broken(data))
    def run(text):
        path.write_text(text, encoding="utf-8")
        loads_or_refuses(path)

    run()


def test_a_geography_broken(tmp_path):
    case, residents, sites = new_case("mine", "csv", tmp_path)
    whole = tomllib.loads(case.read_text(encoding="utf-8"))
    tables = [path.read_text(encoding="utf-8") for path in (residents, sites)]

    @quick
    @given(broken(whole) | st.just(written(whole)), broken_table(tables[0]), broken_table(tables[1]))
    def run(text, first, second):
        for path, content in ((case, text), (residents, first), (sites, second)):
            path.write_text(content, encoding="utf-8")
        loads_or_refuses(case)

    run()


@quick
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "bytes.toml"
    path.write_bytes(data)
    loads_or_refuses(path)
