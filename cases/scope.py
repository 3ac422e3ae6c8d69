"""What names mean in the formulas of a case: parameters, figures of its analysis, answers of the verbs, its further games."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from .. import analyse, compare, diagnose, solve, verify
from ..games.errors import InputError, NotApplicable
from .case import Case
from .figures import figures
from .models import is_model, plain

VERBS = ("solve", "diagnose", "compare", "analyse")


class Scopes:
    """The scopes of ``case`` by form (empty: the main game), and which answers were used since :meth:`forget`."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._scopes: dict[str, Scope] = {}
        self.used: dict[tuple[str, str, str], Any] = {}
        self._verdicts: dict[tuple[str, str, str], tuple[bool, ...]] = {}

    def of(self, form: str = "") -> Scope:
        """The scope of that game. Raises :class:`InputError` if there is no such form."""
        if form and form not in self.case.forms:
            raise InputError("{file}: no form {name!r} in this case", file=self.case.id, name=form)
        if form not in self._scopes:
            self._scopes[form] = Scope(self.case.forms[form] if form else self.case, form, self)
        return self._scopes[form]

    def note(self, scope: Scope, key: tuple[str, str], answer: Any) -> None:
        """That ``answer`` was used, if it is one at the parameters of the case."""
        if scope is self._scopes.get(scope.form):
            self.used[(scope.form, *key)] = answer

    def forget(self) -> None:
        """Begin anew to note which answers are used."""
        self.used.clear()

    def verdicts(self) -> tuple[bool, ...]:
        """For every certificate of the answers used: whether the separate checker finds it valid."""
        for key, answer in self.used.items():
            if key not in self._verdicts:
                self._verdicts[key] = tuple(verify(certificate).valid for certificate in certificates_of(answer))
        return tuple(valid for key in self.used for valid in self._verdicts[key])


def certificates_of(answer: Any) -> tuple[Any, ...]:
    """The certificates that an answer carries."""
    several = getattr(answer, "certificates", None)
    if several is not None:
        return tuple(several)
    one = getattr(answer, "certificate", None)
    return () if one is None else (one,)


class Scope(Mapping[str, Any]):
    """The names of one game of a case."""

    def __init__(self, case: Case, form: str, scopes: Scopes) -> None:
        self.case, self.form, self._scopes = case, form, scopes
        self._answers: dict[tuple[str, str], Any] = {}
        self._parameters = _parameters(case)

    def __getitem__(self, name: str) -> Any:
        if name in self._parameters:
            return self._parameters[name]
        if name in VERBS:
            return _Answers(lambda detail: self._read(name, detail)) if name in ("solve", "compare") else self._read(name, "")
        if is_model(self.case) and name not in self._scopes.case.forms and name in self._read("analyse", ""):
            return self._read("analyse", "")[name]
        if name in self._scopes.case.forms:
            return self._scopes.of(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        yield from self._parameters
        yield from VERBS
        yield from self._scopes.case.forms

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def changed(self, settings: Mapping[str, Any]) -> Scope:
        """The scope with parameters set as in ``settings``; texts ``"{formula}"`` are computed in this one.

        Raises :class:`InputError` (a :class:`CaseError` where the file says so) for values that do not fit.
        """
        if not settings:
            return self
        if is_model(self.case):
            values = {name: plain(figures(value)) for name, value in settings.items()}
            known = {field.name for field in fields(self.case.game)}
            for name in values.keys() - known:
                raise InputError("{name!r} is no parameter; one of {known}", name=name, known=sorted(known))
            case = replace(self.case, game=replace(self.case.game, **values), parameters=())  # type: ignore[type-var]
            return Scope(case, self.form, self._scopes)
        from .load import load_case

        assert self.case.file is not None
        prefix = f"{self.form}." if self.form else ""
        asked = {prefix + name: value for name, value in settings.items()}
        case = load_case(self.case.file, {**self._scopes.case.settings, **asked})
        return Scopes(case).of(self.form)

    def _read(self, verb: str, detail: str) -> Any:
        """The answer of ``verb`` in the form of its JSON; an analysis as it is, since its figures are computed one by one."""
        key = (verb, detail if verb == "solve" else "")
        if key not in self._answers:
            self._answers[key] = self._asked(verb, detail)
        answer, read = self._answers[key]
        self._scopes.note(self, key, answer)
        return read[detail] if verb == "compare" and detail else read

    def _asked(self, verb: str, detail: str) -> tuple[Any, Any]:
        game: Any = self.case.game
        if verb == "analyse":
            answer = analyse(game)
            return answer, answer
        if verb == "solve":
            answer = solve(game.game() if hasattr(game, "game") else self.case, detail)
            return answer, answer.to_dict()
        if not hasattr(game, "alternatives"):
            raise NotApplicable("{verb} asks for a game over outcomes; {case} is none", verb=verb, case=self.case.id)
        answer = diagnose(self.case) if verb == "diagnose" else compare(self.case)
        read = answer.to_dict()
        if verb == "compare":
            read = {row["id"]: row for row in read["mechanisms"]} | {name: read[name] for name in ("recommended", "before")}
        return answer, read


class _Answers(Mapping[str, Any]):
    """Answers that have a name of their own: a concept, a mechanism."""

    def __init__(self, answer: Callable[[str], Any]) -> None:
        self._answer = answer

    def __getitem__(self, name: str) -> Any:
        return self._answer(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _parameters(case: Case) -> dict[str, Any]:
    """The parameters as the game has them: a model's own fields, otherwise those of the file."""
    game: Any = case.game
    if is_model(case):
        return {field.name: getattr(game, field.name) for field in fields(game)}
    return {p.name: p.value for p in case.parameters}
