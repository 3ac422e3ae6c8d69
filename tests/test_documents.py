"""README and docs are true: every Python block runs and says what it says, the picture is today's page, the commands are there."""

import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import encompass
from encompass.cases.new import new_case
from encompass.cli import main

ROOT = Path(encompass.__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [README, *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))]
BLOCKS = [block for page in PAGES for block in re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)]


@pytest.mark.parametrize("block", BLOCKS)
def test_python_blocks_say_the_truth(block):
    names = {}
    for line in filter(None, block.splitlines()):
        code, _, said = line.partition("  # ")
        if said:
            assert repr(eval(code, names)) == said, code
        else:
            exec(code, names)


def test_shell_commands_of_the_five_minutes_work(tmp_path, monkeypatch, capsys):
    """Every ``encompass`` line of the section, in order, in an empty folder; pipes are run as the shell would."""
    section = README.split("## Your own case in five minutes")[1].split("\n## From Python")[0]
    lines = [line for block in re.findall(r"```sh\n(.*?)```", section, flags=re.DOTALL) for line in block.splitlines()]
    monkeypatch.chdir(tmp_path)
    for line in lines:
        first, _, second = line.partition("|")
        words = shlex.split(first, comments=True)
        assert words.pop(0) == "encompass"
        capsys.readouterr()
        assert main(words) == 0, line
        if second:
            (tmp_path / "answer.json").write_text(capsys.readouterr().out, encoding="utf-8")
            assert main([*shlex.split(second)[1:-1], "answer.json"]) == 0


def test_the_game_shown_is_the_template(tmp_path):
    shown = re.search(r"```toml\n(.*?)```", README, flags=re.DOTALL)[1]
    (written,) = new_case("street", folder=tmp_path)
    template = written.read_text(encoding="utf-8")
    for line in filter(None, shown.splitlines()):
        assert line.split("#")[0].strip() in template


def test_the_picture_is_todays_page():
    drawn = runpy.run_path(str(ROOT / "docs" / "picture.py"))["picture"]()
    assert (ROOT / "docs" / "verdict.svg").read_text(encoding="utf-8") == drawn


def test_ci_runs_the_readmes_command():
    """.ci/run takes the test command from README, and there is one of each of the two commands."""
    commands = re.findall(r"^python3 -m venv .*$", README, flags=re.MULTILINE)
    assert [c.rsplit(" && ", 1)[1] for c in commands] == [".venv/bin/encompass compare public-toilet", ".venv/bin/python -m pytest"]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"sed -n 's/(.*?)/", script)[1].replace(r"\(", "(").replace(r"\)", ")")
    assert [c for c in commands if re.match(pattern, c)] == [commands[1]]


def test_cli_runs_as_a_file():
    """``python cli.py`` works once the package is installed."""
    run = subprocess.run([sys.executable, "cli.py", "--version"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0 and run.stdout.split() == ["encompass", encompass.__version__]
