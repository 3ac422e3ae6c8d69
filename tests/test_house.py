"""The house: public names, imports, style, types, and what the wheel holds."""

import ast
import importlib
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import encompass

ROOT = Path(encompass.__file__).parent
SOLVERS = (
    "advice",
    "audit",
    "checker",
    "coalitions",
    "control",
    "counted",
    "deliberation",
    "design",
    "dynamics",
    "mixed",
    "moves",
    "organisation",
    "quantal",
    "standoff",
    "structure",
    "two_player",
)
ROOMS = (
    "games",
    "games/deliberation",
    "games/mechanisms",
    "games/organisation",
    "solvers",
    *(f"solvers/{room}" for room in SOLVERS),
    "cases",
    "views",
    "views/chinese",
)


def run(*command):
    result = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_public_names_are_there():
    assert set(encompass.__all__) == set(dir(encompass))
    for name in encompass.__all__:
        assert getattr(encompass, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'solves'"):
        _ = encompass.solves


def test_type_checkers_see_what_is_loaded():
    """The imports under TYPE_CHECKING, the modules in _HOME and __all__ name the same things in the same places."""
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    (guarded,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name: node.module for node in guarded.body for alias in node.names}
    assert seen == encompass._HOME
    assert set(encompass.__all__) == set(encompass._HOME) | {"__version__"}


@pytest.mark.parametrize("room", ROOMS)
def test_front_doors_are_true(room):
    module = importlib.import_module("encompass." + room.replace("/", "."))
    assert module.__doc__
    for name in getattr(module, "__all__", ()):
        assert getattr(module, name) is not None


def test_style():
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")


def test_imports_go_one_way():
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_types():
    run("basedpyright", "--level", "error", "--pythonpath", sys.executable)


def own_files():
    """What the checkout tracks, or would: not what an installation leaves in it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in filter(None, listed.stdout.split("\0")) if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of what the checkout tracks, so that nothing of an earlier build gets in."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in own_files():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(target), str(source)],
        check=True,
        capture_output=True,
    )
    (built,) = target.glob("*.whl")
    return {name for name in zipfile.ZipFile(built).namelist() if ".dist-info/" not in name}


def test_wheel_holds_every_module_case_and_schema_and_nothing_else(wheel):
    expected = {path.name for path in ROOT.glob("*.py")} | {"py.typed"}
    for room in ROOMS:
        expected |= {f"{room}/{path.name}" for path in (ROOT / room).glob("*.py")}
    expected |= {f"cases/{path.name}" for path in (ROOT / "cases").iterdir() if path.suffix in {".toml", ".csv", ".json", ".LICENSE"}}
    expected |= {f"views/schemas/{path.name}" for path in (ROOT / "views" / "schemas").iterdir()}
    assert wheel == {f"encompass/{name}" for name in expected}
    for name in ("cases/case.schema.json", "cases/san-francisco-siting.LICENSE", "views/schemas/compare.json", "py.typed"):
        assert f"encompass/{name}" in wheel


def test_every_sub_package_is_listed():
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {"encompass", *("encompass." + room.replace("/", ".") for room in ROOMS)}
    assert set(listed) == found
    rooms = {Path(name).parent.as_posix() for name in own_files() if Path(name).name == "__init__.py"} - {"."}
    assert rooms == set(ROOMS)
