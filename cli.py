"""The terminal's verbs: read arguments, call the library, show the answer. No mathematics, no layout.

Exit codes: 0 done; 1 a claim was refuted or a check failed; 2 bad input or usage; 3 a declared limit cut the answer off.
"""

from __future__ import annotations

if __name__ == "__main__":  # python cli.py: hand over to the installed package, in which the imports below are relative
    import runpy

    runpy.run_module("encompass", run_name="__main__", alter_sys=True)

import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .games.errors import EncompassError, InputError
from .games.message import Message, say
from .views.commands import OneOf, Page, Positive, Verbs, usage_fault
from .views.completion import COMPLETE, SHELLS, answer_shell, complete_case, complete_certificate, script
from .views.language import LANGUAGES, Reader, language_of

if TYPE_CHECKING:
    from .cases.case import Case
    from .cases.check import CaseCheck

DONE, REFUTED, BAD_INPUT, LIMIT = 0, 1, 2, 3
HEAVY = 2_000_000  # gains from which the size is told before the work

CONCEPTS = (
    "pure", "nash", "one-nash", "symmetric", "strict", "strong", "k-strong", "coalition-proof", "dominance", "correlated",
    "coarse-correlated", "communication", "bayes-nash", "quantal", "stackelberg", "subgame-perfect", "stochastically-stable",
)  # fmt: skip
GAME_FILES = (".nfg", ".gam", ".agg")  # formats of other programs


def setting(text: str) -> tuple[str, Any]:
    """A parameter's name and value from ``NAME=VALUE``; the value as in a case file: 12, "1/3", [1, 2, 3]."""
    import tomllib
    from decimal import Decimal

    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        raise InputError("--set {text!r} must be NAME=VALUE", text=text)
    try:
        return name.strip(), tomllib.loads(f"value = {value}", parse_float=Decimal)["value"]
    except tomllib.TOMLDecodeError:
        return name.strip(), value.strip()


class Session:
    """What one call of the program was asked for: how to read, whether in JSON, the case and its settings."""

    def __init__(self, read: Reader, options: dict[str, Any], explicit: bool) -> None:
        self.read = read
        self.json = bool(options.get("json"))
        self.settings = dict(setting(text) for text in options.get("set_", ()))
        self.sentence = read if explicit else Reader("en")  # in JSON: English unless a language was asked for

    def case(self, name: str) -> Case:
        """The case, with parameters changed as asked."""
        from .cases.load import load_case

        return load_case(name, self.settings)

    def game_file(self, file: str) -> Any:
        """The game in a file of another program."""
        from .cases.game_file import read_game

        if self.settings:
            raise InputError("{file}: --set changes the parameters of a case; a game file has none", file=Path(file).name)
        return read_game(file)

    def answer(self, as_json: Callable[[Reader], dict[str, Any]], page: Callable[[int], Any]) -> None:
        """Print an answer as JSON or as a page."""
        if self.json:
            import json

            escape = "utf" not in (sys.stdout.encoding or "").lower()
            print(json.dumps(as_json(self.sentence), indent=2, ensure_ascii=escape, allow_nan=False))  # whole or not at all
        else:
            from .views.screen import show

            show(page)


def run_cases(session: Session) -> int:
    """``cases``."""
    from .cases.catalogue import case_names
    from .views.catalogue import cases_json, cases_page

    found = [session.case(name) for name in case_names()]
    session.answer(lambda read: cases_json(found, read), lambda width: cases_page(found, session.read))
    return DONE


def run_show(session: Session, case: str, picture: str | None = None) -> int:
    """``show``."""
    from .cases.catalogue import NO_CASES
    from .views.case_card import case_card, case_json

    if case in NO_CASES:
        return _show_figure(session, picture) if case == "figure-1" else _show_study(session)
    if picture is not None:
        raise InputError("--picture is for figure-1; {case} is drawn in the terminal", case=case)
    opened = session.case(case)
    session.answer(lambda read: case_json(opened, read), lambda width: case_card(opened, session.read, width))
    return DONE


def _show_figure(session: Session, picture: str | None) -> int:
    """``show figure-1``: every edge tested, drawn, and written as a picture if asked."""
    from .cases.signed_graph import judged
    from .views.screen import progress
    from .views.signed_graph import figure_page, figure_svg

    with progress(session.read, say("checking")) as step:
        graph = judged(session.settings, step)
    if picture is not None:
        Path(picture).write_text(figure_svg(graph, session.read), encoding="utf-8")
    session.answer(graph.to_dict, lambda width: figure_page(graph, session.read, width))
    return DONE if graph.holds else REFUTED


def _show_study(session: Session) -> int:
    """``show study``: its figures and what may be concluded from them."""
    from .cases.study import conclusions
    from .views.study import study_json, study_page

    if session.settings:
        raise InputError("the study's figures are given; set a parameter of a case instead")
    cases = {name: session.case(name) for name, _ in conclusions()}
    session.answer(lambda read: study_json(cases, read), lambda width: study_page(cases, session.read))
    return DONE


def run_solve(session: Session, case: str, concept: str, **options: Any) -> int:
    """``solve``."""
    from .cases.models import is_model
    from .solvers.solve import solve
    from .views.equilibria import equilibria_page
    from .views.screen import progress

    options = {name: value - 1 if name in ("player", "leader") and value else value for name, value in options.items()}
    file = Path(case).suffix in GAME_FILES
    opened = session.game_file(case) if file else session.case(case)
    if not file and is_model(opened):
        return _analyse(session, opened, concept)
    with progress(session.read, say("solving")):
        answer = solve(opened, concept, **options)
    session.answer(answer.to_dict, lambda width: equilibria_page(answer, None if file else opened, session.read))
    return LIMIT if answer.limited else DONE


def _analyse(session: Session, case: Case, concept: str) -> int:
    """``solve`` for a game given by a few numbers: its figures. A concept is refused."""
    from .solvers.organisation.registry import analyse
    from .views.analysis import analysis_page
    from .views.screen import progress

    if concept != "pure":
        raise InputError("{case} is given by a few numbers and answered figure by figure; leave --concept out", case=case.id)
    answer = analyse(case)
    with progress(session.read, say("solving")) as step:
        for k, name in enumerate(answer):
            step(k, len(answer), name)
            answer[name]
    session.answer(answer.to_dict, lambda width: analysis_page(answer, case, session.read, width))
    return DONE


def run_diagnose(session: Session, case: str) -> int:
    """``diagnose``."""
    from .solvers.standoff.diagnose import diagnose
    from .views.diagnosis import diagnosis_page
    from .views.screen import progress

    if Path(case).suffix in GAME_FILES:
        return _decompose(session, session.game_file(case), None)
    opened = session.case(case)
    _refuse_model(opened)
    if not hasattr(opened.game, "alternatives"):
        return _decompose(session, opened.game, opened)
    _forecast(session, opened)
    with progress(session.read, say("diagnosing")):
        answer = diagnose(opened)
    session.answer(answer.to_dict, lambda width: diagnosis_page(answer, opened, session.read))
    return DONE


def _decompose(session: Session, game: Any, case: Case | None) -> int:
    """``diagnose`` for a game of strategies."""
    from .solvers.structure.decompose import decompose
    from .views.decomposition import decomposition_page
    from .views.screen import progress

    with progress(session.read, say("diagnosing")) as step:
        answer = decompose(game.normal_form() if hasattr(game, "normal_form") else game, step)
    session.answer(answer.to_dict, lambda width: decomposition_page(answer, case, session.read))
    return DONE


def run_compare(session: Session, case: str, mechanism: Sequence[str], every: bool = False) -> int:
    """``compare``."""
    from .games.mechanisms import MECHANISMS
    from .solvers.standoff.compare import compare
    from .views.comparison import comparison_page
    from .views.screen import progress

    opened = session.case(case)
    _refuse_model(opened)
    asked = list(dict.fromkeys([*(MECHANISMS if every else ()), *mechanism])) or None
    _forecast(session, opened, len(asked or opened.mechanisms))
    with progress(session.read, say("comparing rules")) as step:
        answer = compare(opened, asked, progress=step)
    session.answer(answer.to_dict, lambda width: comparison_page(answer, opened, session.read, width))
    return DONE


def run_audit(session: Session, case: str, mechanism: str | None, property_: Sequence[str], tries: int | None, seed: int) -> int:
    """``audit``."""
    from .games.mechanisms.composition import mechanism_named
    from .solvers.audit.audit import audit
    from .views.audit import audit_page
    from .views.screen import progress

    opened = session.case(case)
    _refuse_model(opened)
    if mechanism is None:
        raise InputError("--mechanism says which rule to audit; this case has {known}", known=list(opened.mechanisms))
    rule = mechanism_named(mechanism)
    with progress(session.read, say("auditing")) as step:
        answer = audit(rule, opened, property_ or None, tries=tries, seed=seed, progress=step)
    session.answer(answer.to_dict, lambda width: audit_page(answer, rule.title, opened, session.read))
    return REFUTED if any(not result.condition for result in answer.refuted_claims) else DONE


def _refuse_model(case: Case) -> None:
    """These verbs ask about residents and sites, or about strategies; a model has neither."""
    from .cases.models import is_model

    if is_model(case):
        forms = [form.id for form in case.forms.values() if hasattr(form.game, "alternatives")]
        if forms:
            raise InputError(
                "{case} is given by a few numbers: ask solve or check; of its forms {forms} are sitings", case=case.id, forms=forms
            )
        raise InputError("{case} is given by a few numbers: ask solve or check", case=case.id)


def _forecast(session: Session, case: Case, rules: int = 0) -> None:
    """Say the size of heavy work before it begins."""
    from .games.outcome_game import OutcomeGame
    from .views.screen import tell

    game = case.game
    if isinstance(game, OutcomeGame) and (size := game.rows * len(game.alternatives)) >= HEAVY:
        table = {"rows": f"{game.rows:,}", "columns": len(game.alternatives), "size": size * 8 / 1e6}
        tell(session.read, say("{rows} rows by {columns} alternatives: {size} MB a table", **table))
        if rules:
            tell(session.read, say("{n} rules to try", n=rules))


def run_verify(session: Session, file: str) -> int:
    """``verify``."""
    from .cases.certificate_file import read_certificate
    from .solvers.checker.verify import verify
    from .views.verdict import verdict_page

    certificate = read_certificate(file)
    try:
        verdict = verify(certificate)
    except InputError as error:
        raise InputError("{file}: {what}", file=Path(file).name, what=error.message) from error
    session.answer(verdict.to_dict, lambda width: verdict_page(verdict, session.read))
    return DONE if verdict.valid else REFUTED


def run_check(session: Session, case: Sequence[str], every: bool = False) -> int:
    """``check``."""
    from rich.console import Group

    from .cases.catalogue import case_names
    from .cases.check import check_case
    from .views.screen import progress
    from .views.verdict import check_json, check_page

    names = case_names() if every or not case else case
    opened = [session.case(name) for name in names]
    found: list[tuple[Case, CaseCheck]] = []
    with progress(session.read, say("checking")) as step:
        for each in opened:
            found.append((each, check_case(each, step)))
    pages = [check_page(answer, each, session.read, pictures=len(found) == 1) for each, answer in found]
    session.answer(lambda read: check_json([answer for _, answer in found], read), lambda width: Group(*pages))
    return DONE if all(answer.holds for _, answer in found) else REFUTED


def run_new(session: Session, name: str, kind: str, folder: str) -> int:
    """``new``."""
    from .cases.new import new_case

    written = [str(path) for path in new_case(name, kind, folder)]
    if session.json:
        session.answer(lambda read: {"schema": "encompass/new/1", "files": written}, lambda width: None)
    else:
        print(session.read(say("written: {files}", files=written)))
        print(session.read(say("next: encompass show {file}", file=written[0])))
    return DONE


def commands(read: Reader, explicit: bool) -> Verbs:
    """The program with its help in the reader's language; ``explicit`` if the language was asked for."""
    t = read
    group = Verbs("encompass", read=read, help=t(_ABOUT), no_args_is_help=True, params=[_language(t), _version(t)], epilog=t(_CODES))
    group.params.append(_completion(t, group))

    def option(*names: str, about: Message, **kind: Any) -> click.Option:
        return click.Option(names, help=t(about), **kind)

    case = click.Argument(["case"], shell_complete=complete_case)
    cases = click.Argument(["case"], nargs=-1, shell_complete=complete_case)
    change = option("--set", "set_", multiple=True, metavar="NAME=VALUE", about=say("change a parameter of the case; may be repeated"))
    which = say("which equilibria (pure): {concepts}", concepts=list(CONCEPTS))
    solving = (
        option("--concept", type=OneOf(*CONCEPTS, shown="CONCEPT"), default="pure", about=which),
        option("--objective", type=OneOf("welfare", "maximin", "nash-product", "player"), about=say("what a mediator aims at (welfare)")),
        option("--sense", type=OneOf("max", "min"), about=say("the best or the worst for the objective (max)")),
        option("--k", type=Positive(whole=True), metavar="N", about=say("k-strong: the largest coalition that may deviate")),
        option("--player", type=Positive(whole=True), metavar="N", about=say("objective player: for whom, by number")),
        option("--leader", type=Positive(whole=True), metavar="N", about=say("stackelberg: who commits first, by number (1)")),
        option("--follower", type=OneOf("optimistic", "pessimistic"), about=say("stackelberg: how ties are broken (optimistic)")),
        option("--commitment", type=OneOf("mixed", "pure"), about=say("stackelberg: to a mixture or to one action (mixed)")),
        option("--kind", type=OneOf("strict", "strict-mixed", "weak"), about=say("dominance: what goes (strict)")),
        option("--dynamics", type=OneOf("mistakes", "logit"), about=say("stochastically-stable: how players err (mistakes)")),
        option("--rationality", type=Positive(), metavar="X", about=say("quantal: how sharply players respond, per unit of payoff")),
        option("--time-limit", type=Positive(), metavar="SECONDS", about=say("stop after so long and show what was found")),
    )
    mechanism = option("--mechanism", multiple=True, metavar="ID", about=say("try this rule, say M-21:nash; may be repeated"))
    every = option("--all", "every", is_flag=True, about=say("try all rules known; those that do not apply say why"))
    kind = option("--kind", type=OneOf("table", "csv"), default="table", about=say("numbers in the file, or CSV tables (table)"))
    folder = option("--folder", default=".", metavar="DIR", about=say("where to write (the current folder)"))

    def verb(name: str, run: Callable[..., int], about: Message, *params: click.Parameter) -> None:
        def callback(**options: Any) -> int:
            session = Session(read, options, explicit)
            return run(session, **{key: value for key, value in options.items() if key not in ("json", "set_", "lang")})

        own = option("--json", is_flag=True, about=say("print one JSON object"))
        group.add_command(Page(name, read=read, callback=callback, help=t(about), params=[*params, own, _language(t)]))

    verb("cases", run_cases, say("List the cases that come with encompass."))
    drawn = option("--picture", metavar="FILE", about=say("write the picture of figure-1 to this file (.svg)"))
    told = say("Tell a case's story and draw its game; figure-1 and study are the study's own figure and facts.")
    verb("show", run_show, told, case, drawn, change)
    verb("solve", run_solve, say("Find the equilibria of a case."), case, *solving, change)
    verb("diagnose", run_diagnose, say("Say how zero-sum a case is and what could help."), case, change)
    verb("compare", run_compare, say("Try rules on a case, before and after."), case, mechanism, every, change)
    one = option("--mechanism", metavar="ID", about=say("the rule to audit, say M-04"))
    properties = option(
        "--property", "property_", multiple=True, metavar="NAME", about=say("a property (those it claims); may be repeated")
    )
    tries = option("--tries", type=Positive(whole=True), metavar="N", about=say("search so often where not everything can be tried"))
    seed = option("--seed", type=int, default=0, metavar="N", about=say("where the search begins (0)"))
    verb("audit", run_audit, say("Prove or refute what a rule claims of itself."), case, one, properties, tries, seed, change)
    verb(
        "verify",
        run_verify,
        say("Re-read a certificate in exact arithmetic."),
        click.Argument(["file"], shell_complete=complete_certificate),
    )
    whole = option("--all", "every", is_flag=True, about=say("check all cases that come with encompass"))
    about = say("Compute everything a case claims anew (all shipped cases if none is named).")
    verb("check", run_check, about, cases, whole, change)
    verb("new", run_new, say("Begin a case of your own."), click.Argument(["name"]), kind, folder)
    return group


_ABOUT = say(
    "Turns a standoff into a game, finds its equilibria, says how zero-sum it is, and proves which rule turns it positive-sum. "
    "CASE is the name of a shipped case or the path of a case file (.toml)."
)
_CODES = say("Exit codes: 0 done; 1 a claim was refuted or a check failed; 2 bad input; 3 a limit cut the answer off.")


def _language(t: Reader) -> click.Option:
    return click.Option(["--lang"], type=OneOf(*LANGUAGES), expose_value=False, help=t(say("language, by default that of the locale")))


def _version(t: Reader) -> click.Option:
    def tell(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value:
            from . import __version__

            print(f"encompass {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=tell, help=t(say("show the version and exit"))
    )


def _completion(t: Reader, group: click.Group) -> click.Option:
    def tell(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
        if value:
            print(script(group, value))
            ctx.exit()

    about = say('print shell completion; use: eval "$(encompass --completion bash)"')
    return click.Option(["--completion"], type=OneOf(*SHELLS), expose_value=False, is_eager=True, callback=tell, help=t(about))


def _asked(arguments: Sequence[str]) -> str | None:
    """The language that ``--lang`` asks for."""
    for k, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name == "--lang":
            value = value if equals else arguments[k + 1] if k + 1 < len(arguments) else ""
            return value if value in LANGUAGES else None
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    asked = _asked(words)
    read = Reader(asked or language_of(os.environ))
    sys.stdout = sys.stdout or io.StringIO()  # closed by the caller
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign shows another; nothing breaks
    try:
        code = _called(commands(read, asked is not None), words)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message())
        return BAD_INPUT
    except click.UsageError as error:
        return _refuse(read, usage_fault(error))
    except EncompassError as error:
        return _refuse(read, error)
    except MemoryError:
        return _refuse(read, say("this does not fit in memory"))
    except OSError as error:  # from writing: what is read has its own message
        return _unwritten(read, error)
    except (KeyboardInterrupt, click.Abort):
        return 130


def _called(group: Verbs, words: list[str]) -> Any:
    """What the verb returns. Not by ``group.main``, which ends with 1 where a pipe is closed: to us that says "refuted"."""
    if COMPLETE in os.environ:
        return answer_shell(group, os.environ[COMPLETE])
    with group.make_context("encompass", words) as context:
        return group.invoke(context)


def _unwritten(read: Reader, error: OSError) -> int:
    """The answer could not be written, which is no fault where the reader has seen enough (``| head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing more is flushed at exit
    if isinstance(error, BrokenPipeError):
        return DONE
    return _refuse(read, say("the answer cannot be written: {reason}", reason=error.strerror or str(error)))


def _refuse(read: Reader, what: EncompassError | Message) -> int:
    from .views.screen import complain

    complain(read, what)
    return BAD_INPUT
