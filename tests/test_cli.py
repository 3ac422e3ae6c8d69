"""The terminal: exit codes, bad input, JSON against its schemas, pipes, progress, interruption, completion."""

import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

import pytest
from jsonschema import Draft202012Validator

from encompass import json_schema
from encompass.cases.catalogue import case_names
from encompass.cases.load import load_case
from encompass.cases.models import is_model
from encompass.cases.new import new_case
from encompass.cli import main
from encompass.views.language import Reader
from encompass.views.verdict import check_json

PROGRAM = [sys.executable, "-m", "encompass"]
GAMES = [name for name in case_names() if not is_model(load_case(name))]
ANSWERS = [
    ("cases",),
    *((verb, name) for name in case_names() for verb in ("show", "solve")),
    *(("diagnose", name) for name in GAMES if name != "courtyard-fund"),  # too many profiles
    *(("compare", name) for name in GAMES if hasattr(load_case(name).game, "alternatives")),
    ("show", "study"),
    *(("solve", name, "--concept", "correlated") for name in ("public-toilet", "two-households", "cyclic-siting")),
    ("solve", "two-households", "--concept", "correlated", "--objective", "maximin"),
    ("solve", "two-households", "--concept", "nash"),
    *(("solve", "gate-watch", "--concept", concept) for concept in ("nash", "strong", "dominance", "quantal", "stochastically-stable")),
    ("solve", "courtyard-fund", "--concept", "correlated"),
    ("solve", "two-households", "--concept", "stackelberg"),
    ("check", "two-households"),
    ("check", "two-households", "gate-watch"),
    ("audit", "public-toilet", "--mechanism", "M-04"),
    ("audit", "two-households", "--mechanism", "M-01:EQ", "--property", "strategy-proof", "--property", "monotonic"),
    ("compare", "two-households", "--all"),
]


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    """Runs the program in an empty folder; gives exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)

    def run(*words):
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def valid(verb, text):
    answer = json.loads(text)
    errors = [
        f"{error.json_path}: {error.message}"
        for error in Draft202012Validator(json_schema(answer["schema"].split("/")[1])).iter_errors(answer)
    ]
    assert not errors, errors[:3]
    assert answer["schema"] in (json_schema(verb)["$id"], "encompass/decompose/1", "encompass/analyse/1", "encompass/study/1")
    return answer


@pytest.mark.parametrize("name", case_names())
def test_json_of_a_check_fits_its_schema(name, checked):
    valid("check", json.dumps(check_json([checked(name)[1]], Reader("en")), allow_nan=False))


@pytest.mark.parametrize("words", ANSWERS, ids=" ".join)
def test_json_fits_its_schema(call, words):
    code, out, err = call(*words, "--json")
    assert (code, err) == (0, "")
    answer = valid(words[0], out)
    if answer.get("certificate"):
        with open("certificate.json", "w") as file:
            file.write(out)
        code, out, _ = call("verify", "certificate.json", "--json")
        assert code == 0
        assert valid("verify", out)["valid"]


def test_json_of_every_regime_fits(call):
    path = new_case("mine")[0]
    text = path.read_text()
    for rights in ('"R-UNAN"', '"R-IMPOSE"', '"R-LIAB"', '{ regime = "R-QUOTA", quota = "2/3", of_votes = true }'):
        path.write_text(text.replace('"R-HOST"', rights))
        for verb in ("show", "solve", "diagnose", "compare"):
            code, out, _ = call(verb, path, "--json")
            assert code == 0
            valid(verb, out)


def test_json_of_a_new_case(call):
    code, out, _ = call("new", "ours", "--kind", "csv", "--json")
    assert code == 0
    assert valid("new", out)["files"] == ["ours.toml", "ours.residents.csv", "ours.sites.csv"]
    for verb in ("show", "solve", "diagnose", "compare", "check"):
        code, out, _ = call(verb, "ours.toml", "--json")
        assert code == 0
        valid(verb, out)


def test_a_wrong_figure_is_told_and_ends_with_1(call):
    path = new_case("mine")[0]
    path.write_text(path.read_text().replace("[game]", '[expect]\n"diagnose.best.surplus" = 1\n"diagnose.class" = "T"\n[game]', 1))
    code, out, _ = call("check", path, "--json")
    assert code == 1
    assert [claim["verdict"] for claim in valid("check", out)["cases"][0]["claims"]] == ["fails", "fails"]
    code, out, _ = call("check", path)
    assert code == 1
    assert "found 9, wanted = 1" in out


def test_a_changed_certificate_ends_with_1(call):
    _, out, _ = call("solve", "public-toilet", "--json")
    certificate = json.loads(out)["certificate"]
    certificate["equilibria"][0]["payoffs"][0] = "1"
    with open("certificate.json", "w") as file:
        json.dump(certificate, file)
    code, out, _ = call("verify", "certificate.json", "--json")
    assert code == 1
    assert not valid("verify", out)["valid"]


FILES = {
    "empty.toml": b"",
    "binary.toml": b"\x00\x01",
    "broken.toml": b"[case]\nid = \n",
    "no.json": b"{",
    "list.json": b"[1]",
    "kind.json": b'{"kind": "promise"}',
    "deep.json": b"[" * 100_000,
    "deep-certificate.json": b'{"kind": "diagnosis", "game": ' + b"[" * 900 + b"]" * 900 + b"}",
}
REFUSED = {  # words, and pieces of the message
    "cmopare public-toilet": ["no verb 'cmopare'", "did you mean compare"],
    "compare": ["CASE is missing", "encompass compare --help"],
    "compare public-toilet two-households": ["too many arguments: two-households"],
    "compare public-toilet --mechanisms M-02": ["no option --mechanisms", "did you mean --mechanism"],
    "compare public-toilet --mechanism": ["option --mechanism needs a value"],
    "compare public-toilet --mechanism M-99": ["'M-99'", "M-01:EQ"],
    "compare public-toilet --json=yes": ["option --json"],
    "compare publictoilet": ["publictoilet: no case of this name", "did you mean public-toilet"],
    "solve public-toilet --concept nahs": ["--concept='nahs'", "pure, nash, one-nash"],
    "solve public-toilet --concept subgame-perfect": ["stages"],
    "diagnose courtyard-fund": ["44", "7.74e+14"],
    "solve public-toilet --set cost": ["--set 'cost' must be NAME=VALUE"],
    "solve public-toilet --set =3": ["must be NAME=VALUE"],
    "solve public-toilet --set costs=3": ["public-toilet.toml, --set costs", "did you mean cost"],
    "solve public-toilet --set cost=cheap": ["game.parameters.cost: 'cheap' must be a finite number"],
    "solve public-toilet --set cost=-1": ["game.parameters.cost: -1", "0", "1,000"],
    "solve public-toilet --set cost=1e999999999": ["game.parameters.cost", "too many digits"],
    "solve public-toilet --set damage=[1,2]": ["game.parameters.damage: must be 5 numbers"],
    "show missing.toml": ["missing.toml: there is no such file"],
    "show empty.toml": ["empty.toml: the file is empty"],
    "show binary.toml": ["binary.toml: this is not a text file"],
    "show broken.toml": ["broken.toml, line 2, column 6: this is not TOML"],
    "show .": ["this is a folder"],
    "show /": ["this is a folder"],
    "check public-toilet nowhere": ["nowhere: no case of this name"],
    "verify": ["FILE is missing"],
    "verify missing.json": ["missing.json: there is no such file"],
    "verify no.json": ["no.json, line 1, column 2: this is not JSON"],
    "verify list.json": ["list.json: there is no certificate in it", "--json"],
    "verify kind.json": ["kind.json: not a certificate", "'promise'", "diagnosis"],
    "verify deep.json": ["deep.json"],
    "new": ["NAME is missing"],
    "new Ours": ["'Ours'", "small letters, digits and hyphens"],
    "new ../ours": ["'../ours'", "small letters"],
    "new ours --kind xlsx": ["--kind='xlsx'", "table, csv"],
    "new ours --folder nowhere": ["there is no folder 'nowhere'"],
    "--lang fr cases": ["--lang='fr'", "en, zh"],
    "cases --lang": ["option --lang needs a value"],
    "--completion tcsh": ["--completion='tcsh'", "bash, zsh, fish"],
}


@pytest.mark.parametrize("line", REFUSED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_refused_with_one_message(call, line, language, monkeypatch):
    for name, content in FILES.items():
        with open(name, "wb") as file:
            file.write(content)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if language == "zh" else "en_US.UTF-8")
    code, out, err = call(*line.split())
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith("encompass: ")
    if language == "en":
        for piece in REFUSED[line]:
            assert piece in err
    elif "--lang" not in line:
        assert re.search("[\u4e00-\u9fff]", err)


def test_a_certificate_nested_without_end_is_an_answer(call):
    with open("deep.json", "wb") as file:
        file.write(FILES["deep-certificate.json"])
    code, out, err = call("verify", "deep.json", "--json")
    assert (code, err) == (1, "")
    valid("verify", out)


def test_a_certificate_from_standard_input(call, monkeypatch):
    _, out, _ = call("compare", "two-households", "--json")
    for data, code, piece in ((out.encode(), 0, "Valid: all"), (b"\xff\xfe", 2, "UTF-8"), (b"", 2, "empty"), (b"[]", 2, "no certificate")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        found = call("verify", "-")
        assert found[0] == code
        assert piece in found[1] + found[2]


def test_every_fault_has_its_line(call):
    case, residents, _ = new_case("mine", "csv")
    case.write_text(case.read_text().replace('crs = "local"', 'colour = "red"'))
    residents.write_text(residents.read_text().replace("row-3,8,0,70", "row-3,-8,zero,70"))
    code, out, err = call("compare", case)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 4
    assert all(line.startswith("encompass: mine.") for line in err.splitlines())


def test_new_writes_all_or_nothing(call, tmp_path):
    (tmp_path / "ours.sites.csv").write_text("mine")
    code, out, err = call("new", "ours", "--kind", "csv")
    assert (code, out) == (2, "")
    assert "ours.sites.csv is there already; nothing was written" in err
    assert [path.name for path in tmp_path.iterdir()] == ["ours.sites.csv"]
    code, out, _ = call("new", "ours", "--kind", "csv", "--folder", "/proc/self")
    assert (code, out) == (2, "")


def test_new_in_a_folder_that_takes_nothing(call, tmp_path, monkeypatch):
    def read_only(self, *_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "replace", read_only)
    code, out, err = call("new", "ours", "--kind", "csv")
    assert (code, out) == (2, "")
    assert "cannot write in .: Permission denied" in err
    assert list(tmp_path.iterdir()) == []


def test_settings_change_the_answer(call):
    _, out, _ = call("diagnose", "public-toilet", "--set", "grant=20", "--json")
    assert json.loads(out)["best"]["surplus"] == "18"
    _, out, _ = call("solve", "public-toilet", "--set", "damage=[1, 15, 18, 25, 30]", "--set", "cost=0", "--json")
    assert json.loads(out)["outcomes"] == ["1"]
    _, out, _ = call("show", "public-toilet", "--set", "cost=1/3", "--json")
    (cost,) = (p for p in json.loads(out)["parameters"] if p["name"] == "cost")
    assert (cost["value"], cost["changed"]) == ("1/3", True)


def test_help_is_in_the_language_asked_for(call):
    assert "列出自带的案例" in call("--lang", "zh", "--help")[1]
    assert "List the cases" in call("--lang", "en", "--help")[1]
    code, out, _ = call()
    assert code == 2
    assert "compare" in out
    for verb in ("cases", "show", "solve", "diagnose", "compare", "verify", "check", "new"):
        assert call(verb, "--help")[0] == 0
    assert call("--version")[1].startswith("encompass ")


def test_json_is_english_unless_a_language_is_asked_for(call, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert json.loads(call("show", "public-toilet", "--json")[1])["unit"] == "thousand yuan"
    assert json.loads(call("show", "public-toilet", "--json", "--lang", "zh")[1])["unit"] == "千元"


def complete(*words):
    environ = {**os.environ, "_ENCOMPASS_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    result = subprocess.run(PROGRAM, env=environ, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    return [line.partition(",")[2] for line in result.stdout.splitlines()]


def test_completion(tmp_path):
    new_case("pub", folder=tmp_path)
    assert complete("encompass", "com") == ["compare"]
    assert complete("encompass", "show", "pub") == ["public-toilet"]
    assert complete("encompass", "check", "two") == ["two-households"]
    assert complete("encompass", "show", f"{tmp_path}/") == [f"{tmp_path}/pub.toml"]
    assert complete("encompass", "solve", "public-toilet", "--con") == ["--concept"]
    assert complete("encompass", "solve", "--concept", "st") == ["strict", "strong", "stackelberg", "stochastically-stable"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell):
    result = subprocess.run([*PROGRAM, "--completion", shell], capture_output=True, text=True, check=True)
    assert "_ENCOMPASS_COMPLETE" in result.stdout


@pytest.mark.parametrize("words", [["compare", "san-francisco-siting", "--json"], ["show", "san-francisco-siting"], ["--help"]])
def test_a_reader_who_has_seen_enough(words):
    with subprocess.Popen([*PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk():
    with open("/dev/full", "w") as full:
        result = subprocess.run([*PROGRAM, "cases", "--json"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "encompass: the answer cannot be written: No space left on device\n"


def test_terminals_that_know_no_chinese():
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for words in (["show", "public-toilet", "--lang", "zh"], ["solve", "public-toilet", "--lang", "zh", "--json"], ["show", "nowhere"]):
        result = subprocess.run([*PROGRAM, *words], env=environ, capture_output=True, check=False)
        assert b"Traceback" not in result.stderr


SLOW = "import time; from encompass import cli; from encompass.solvers.standoff import compare as c; "
PATCHED = SLOW + "t = c._try; c._try = lambda *a: (time.sleep({nap}), t(*a))[1]; raise SystemExit(cli.main(['compare', 'two-households']))"


def hearing_ctrl_c():
    """A job that a shell put into the background ignores Ctrl-C, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def at_terminal(code, interrupt_after=None):
    """What a program writes to a terminal on standard error, and its exit code."""
    lead, follow = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=follow, start_new_session=True, preexec_fn=hearing_ctrl_c
    )
    os.close(follow)
    started, seen, sent = time.monotonic(), b"", False
    while True:
        if interrupt_after is not None and not sent and time.monotonic() - started > interrupt_after and b"\r" in seen:
            process.send_signal(signal.SIGINT)
            sent = True
        if select.select([lead], [], [], 0.1)[0]:
            try:
                piece = os.read(lead, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
    os.close(lead)
    return process.wait(), seen.decode()


def test_progress_shows_if_the_work_lasts():
    code, seen = at_terminal(PATCHED.format(nap=0.15))
    assert code == 0
    assert "comparing rules: M-" in seen
    assert re.search(r"\d+/12", seen)


def test_no_progress_for_quick_work():
    assert at_terminal(PATCHED.format(nap=0)) == (0, "")


def test_ctrl_c():
    code, seen = at_terminal(PATCHED.format(nap=5), interrupt_after=1)
    assert code == 130
    assert "Traceback" not in seen


def test_the_size_of_heavy_work_is_told_and_nothing_else(call, monkeypatch):
    monkeypatch.setattr("encompass.cli.HEAVY", 10)
    code, _, err = call("diagnose", "public-toilet")
    assert (code, err) == (0, "5 rows by 6 alternatives: 0.0002 MB a table\n")
    code, _, err = call("compare", "public-toilet", "--mechanism", "M-02")
    assert (code, err) == (0, "5 rows by 6 alternatives: 0.0002 MB a table\n1 rules to try\n")


def test_help_starts_fast():
    """Nothing heavy is imported before a verb needs it."""
    heavy = ("numpy", "scipy", "pydantic", "rich.table", "hypothesis", "nashpy", "cvxpy")
    code = f"import sys; from encompass import cli; cli.main(['--help']); print([m for m in {heavy} if m in sys.modules], file=sys.stderr)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stderr == "[]\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("audit", "public-toilet"), "--mechanism says which rule to audit"),
        (("audit", "public-toilet", "--mechanism", "M-99"), "mechanism 'M-99' is not known"),
        (("audit", "public-toilet", "--mechanism", "M-24(M-04"), "the brackets in 'M-24(M-04' do not fit"),
        (("audit", "public-toilet", "--mechanism", "M-04", "--property", "eficient"), "property='eficient' is not known; one of"),
        (("audit", "stairwell-lamp", "--mechanism", "M-04"), "not SymmetricGame"),
        (("audit", "san-francisco-siting", "--mechanism", "M-04"), "one host for every site"),
        (("compare", "public-toilet", "--mechanism", "M-24(M-5)"), "mechanism 'M-24(M-5)' is not known"),
    ],
)
def test_what_cannot_be_audited(call, words, says):
    code, out, err = call(*words)
    assert (code, out) == (2, "") and says in err and "Traceback" not in err


def test_rules_put_together(call):
    code, out, _ = call("compare", "public-toilet", "--mechanism", "M-24(M-01:EQ)", "--mechanism", "M-19+M-01:EQ", "--json")
    rows = {row["id"]: row for row in valid("compare", out)["mechanisms"]}
    assert code == 0 and rows["M-24(M-01:EQ)"]["verdict"] == "strong" and rows["M-19+M-01:EQ"]["payoffs"][0] == "18/5"


def test_all_rules_and_why_some_do_not_apply(call):
    code, out, _ = call("compare", "public-toilet", "--all", "--json")
    answer = valid("compare", out)
    rows = {row["id"]: row for row in answer["mechanisms"]}
    ends = {row["verdict"] for row in rows.values()}
    assert code == 0 and ends == {"strong", "weak", "none", "not-applicable"} and answer["talk"]["id"] == "P1.3"
    families = {name.split(":")[0].split("(")[0] for name in rows}
    assert {f"M-{k:02}" for k in range(1, 38)} <= families and {f"DL-{k}" for k in range(1, 15)} <= families
    assert all(row["reason"] for row in rows.values())
