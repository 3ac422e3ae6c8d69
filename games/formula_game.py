"""Games whose payoffs are written as a formula, such as ``benefit * (contributors >= threshold) - cost * own``.

Every action is a name with a number. In a formula, whoever is paid sees

    own            the number of its own action          others         what the others' actions sum to
    total          what all actions sum to               contributors   how many, itself among them, chose a number above 0
    players        how many play                         chose["name"]  how many, itself among them, chose the action of that name

and the parameters by their names; among named players also what each of them chose, by its name. What a formula may hold besides,
:mod:`.expression` says; everything stays exact where it can.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import isfinite, prod
from typing import Any

from .counted_game import Counts, SymmetricGame, check_counts
from .errors import InputError, SizeError
from .exact import Number, number
from .expression import FUNCTIONS, Expression
from .normal_form import NormalForm, Profile, check_size
from .parameters import whole

MOST_VALUES = 2_000_000  # payoffs that are computed one by one
SEEN = ("own", "others", "total", "contributors", "players", "chose")

Progress = Callable[[int, int, str], None]
Actions = Mapping[str, object]


def formula_game(
    payoff: str,
    players: int,
    actions: Actions,
    parameters: Mapping[str, object] | None = None,
    role: str = "player",
    progress: Progress | None = None,
) -> SymmetricGame:
    """The game of ``players`` who are alike, each of whom is paid the formula ``payoff``.

    ``actions`` are numbers by name, at least one; ``parameters`` numbers or lists of numbers (``reward[contributors]`` is the entry of
    that place, the first being 0). Raises :class:`InputError` for a formula that names what is not there or has no value somewhere, and
    :class:`SizeError` before any work that would not fit.
    """
    n = whole(players, "players")
    numbers = _numbers(actions)
    names = list(numbers)
    formula = _Formula(payoff, numbers, parameters or {}, ())
    _check_work(check_counts([n], [len(names)]))
    amounts = list(numbers.values())
    done = 0

    def paid(own: int, others: Counts) -> Number:
        nonlocal done
        if progress is not None and done % 10_000 == 0:
            progress(done, 0, "payoffs")
        done += 1
        return formula(own, [k + (a == own) for a, k in enumerate(others)], amounts)

    return SymmetricGame.of(paid, n, names, role)


def formula_game_of(
    payoffs: str | Sequence[str],
    players: Sequence[str],
    actions: Actions | Sequence[Actions],
    parameters: Mapping[str, object] | None = None,
    each: Sequence[str] = (),
    progress: Progress | None = None,
) -> NormalForm:
    """The game of named ``players`` who need not be alike: one formula for all or one each, one set of ``actions`` for all or one each.

    Parameters named in ``each`` list a number a player, and mean the entry of whoever is paid. ``chose`` counts actions by name.
    Raises as :func:`formula_game`.
    """
    n = len(players)
    if not n or len(set(players)) != n:
        raise InputError("players must have different names, one at least: {value}", value=list(players))
    texts = [payoffs] * n if isinstance(payoffs, str) else list(payoffs)
    tables = [_numbers(actions)] * n if isinstance(actions, Mapping) else [_numbers(own) for own in actions]
    if len(texts) != n or len(tables) != n:
        raise InputError("{players} players need a formula and actions each; there are {formulas} and {actions}", players=n,
                         formulas=len(texts), actions=len(tables))  # fmt: skip
    values = _of_each(parameters or {}, each, n)
    merged: dict[str, Number] = {}
    for table in tables:
        merged.update(table)
    formulas = [_Formula(text, merged, own, players) for text, own in zip(texts, values)]
    sizes = [len(table) for table in tables]
    check_size(sizes)
    _check_work(prod(sizes) * n)
    places = {name: k for k, name in enumerate(merged)}
    named, amounts = [list(table) for table in tables], [list(table.values()) for table in tables]
    done = 0

    def paid(profile: Profile) -> list[Number]:
        nonlocal done
        if progress is not None and done % 10_000 == 0:
            progress(done, prod(sizes), "payoffs")
        done += 1
        chosen = [amounts[i][a] for i, a in enumerate(profile)]
        kinds = [places[named[i][a]] for i, a in enumerate(profile)]
        return [formulas[i].of_profile(i, kinds, chosen, len(merged)) for i in range(n)]

    return NormalForm.from_function(paid, named, list(players))


class _Formula:
    """One payoff formula with its parameters; values that were computed once are kept."""

    def __init__(self, text: str, actions: Mapping[str, Number], parameters: Mapping[str, object], players: Sequence[str]) -> None:
        self.expression, self.actions, self.players = Expression(text), list(actions), list(players)
        taken = {*SEEN, *FUNCTIONS, *players}
        for name in parameters:
            if name in taken or not name.isidentifier():
                raise InputError("{name!r} cannot be the name of a parameter of a formula", name=name)
        if twice := sorted({*SEEN, *FUNCTIONS} & set(players)):
            raise InputError("{name!r} cannot be the name of a player: formulas use it", name=twice[0])
        self.parameters = {name: _exact(value, name) for name, value in parameters.items()}
        known = {*SEEN, *self.parameters, *players}
        if strange := sorted(self.expression.names - known):
            raise InputError("{text!r} names {name!r}, which is not known; one of {known}", text=text, name=strange[0], known=sorted(known))
        self.counts_kinds = "chose" in self.expression.names
        self.sees_players = bool(self.expression.names & set(players))
        self.kept: dict[Any, Number] = {}

    def __call__(self, own: int, counts: Sequence[int], amounts: Sequence[Number]) -> Number:
        """The payoff of one who takes the action ``own`` when all, itself too, take each action ``counts[action]`` times."""
        total = sum((k * x for k, x in zip(counts, amounts)), start=Fraction(0))
        above = sum(k for k, x in zip(counts, amounts) if x > 0)
        return self._value(amounts[own], total, above, sum(counts), counts, ())

    def of_profile(self, player: int, kinds: Sequence[int], chosen: Sequence[Number], actions: int) -> Number:
        """The payoff of ``player`` where player i took the action ``kinds[i]``, whose number is ``chosen[i]``."""
        counts = [kinds.count(k) for k in range(actions)] if self.counts_kinds else []
        total = sum(chosen, start=Fraction(0))
        return self._value(chosen[player], total, sum(x > 0 for x in chosen), len(chosen), counts, chosen)

    def _value(self, own: Number, total: Number, above: int, players: int, counts: Sequence[int], chosen: Sequence[Number]) -> Number:
        key = (own, total, above, *(counts if self.counts_kinds else ()), *(chosen if self.sees_players else ()))
        if key not in self.kept:
            seen: dict[str, Any] = {
                **self.parameters,
                **dict(zip(self.players, chosen)),
                "own": own,
                "others": total - own,
                "total": total,
                "contributors": Fraction(above),
                "players": Fraction(players),
                "chose": {name: Fraction(k) for name, k in zip(self.actions, counts)},
            }
            self.kept[key] = self._number(self.expression(seen))
        return self.kept[key]

    def _number(self, value: Any) -> Number:
        if isinstance(value, bool):
            return Fraction(int(value))
        if isinstance(value, Fraction) or (isinstance(value, float) and isfinite(value)):
            return value
        raise InputError("{text!r} is not a number where it is played", text=self.expression.text)


def _numbers(actions: Actions) -> dict[str, Number]:
    if not actions:
        raise InputError("{name} must name one at least", name="actions")
    return {name: number(value, name) for name, value in actions.items()}


def _of_each(parameters: Mapping[str, object], each: Sequence[str], n: int) -> list[dict[str, object]]:
    """The parameters as each player means them."""
    values: list[dict[str, object]] = [dict(parameters) for _ in range(n)]
    for name in each:
        listed = parameters.get(name)
        if not isinstance(listed, list | tuple) or len(listed) != n:
            raise InputError("{name} must list one number for each of {n} players", name=name, n=n)
        for own, value in zip(values, listed):
            own[name] = value
    return values


def _exact(value: object, name: str) -> Any:
    """A number, or lists of numbers of any depth."""
    return [_exact(entry, name) for entry in value] if isinstance(value, list | tuple) else number(value, name)


def _check_work(values: int) -> None:
    if values > MOST_VALUES:
        raise SizeError("{n} payoffs would have to be computed one by one; at most {limit} are", n=f"{values:,}", limit=f"{MOST_VALUES:,}")


__all__ = ["formula_game", "formula_game_of"]
