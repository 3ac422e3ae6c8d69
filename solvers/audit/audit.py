"""``audit``: has a mechanism the properties it claims? Proved or refuted on finite types, searched on intervals.

On finite types every profile is gone through. Where players are alike and the mechanism says it treats them alike, profiles may be
counted instead of listed; the answer then says what it assumes. What does not fit is refused with the figure before it starts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations_with_replacement
from typing import Any

from ...games.environment import Environment, Interval, Types
from ...games.errors import EncompassError, InputError, NotApplicable
from ...games.exact import Number, is_exact
from ...games.mechanisms import MECHANISMS
from ...games.message import Message, say
from ...games.outcome_game import OutcomeGame
from .certificate import audit_certificate
from .equilibria import EQUILIBRIA
from .forecast import check_forecast, counts, fits
from .incentives import INCENTIVES
from .nearby import around
from .play import Counted, Fallback, Play
from .properties import Property, Violation, worst_and_smallest
from .report import Audit, Result
from .search import Search, within
from .standing import STANDING
from .story import witness
from .votes import VOTES

TRIES = 1_000
PROPERTIES: dict[str, Property] = {p.name: p for p in (*INCENTIVES, *STANDING, *VOTES, *EQUILIBRIA)}

Progress = Callable[[int, int, str], None]


def audit(
    mechanism: Any,
    environment: Any,
    properties: Sequence[str | Property] | None = None,
    *,
    fallback: Fallback = None,
    tries: int | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Audit:
    """Every one of ``properties`` (names, or your own :class:`Property`; default: those ``mechanism`` claims) audited in ``environment``.

    ``mechanism`` is an id or any object with ``outcome(problem)``, ``transform`` or ``form``. ``environment`` is an
    :class:`Environment`, or a siting (game or case): then only its own types are true, and lies are near them (:func:`.nearby.around`).
    ``fallback`` is what players keep by refusing (:class:`.play.Play`). ``tries`` bounds the search on intervals (default 1000), and
    lets a finite environment that is too large be searched instead of gone through. Same ``seed``, same answer.
    Raises :class:`InputError` for unknown names, :class:`SizeError` with the forecast if it does not fit.
    """
    rule = _mechanism(mechanism)
    world, truths = _world(environment)
    asked = [_property(name) for name in _claimed(rule) if name in PROPERTIES] if properties is None else [_property(p) for p in properties]
    unknown = [name for name in _claimed(rule) if name not in PROPERTIES] if properties is None else []
    play = Play(rule, world, fallback, profiles=truths)
    for one in asked:  # all forecasts before any work
        check_forecast(play, one, tries)
    results: list[Result] = []
    for k, one in enumerate(asked):
        if progress is not None:
            progress(k, len(asked), one.name)
        results.append(_asked(play, one, tries, seed))
    results += [Result(n, "not-applicable", reason=say("no such property is audited"), **_claim(rule, n)) for n in unknown]
    return Audit(play.name, _described(play), tuple(results), audit_certificate(play, asked, results))


def _asked(play: Play, asked: Property, tries: int | None, seed: int) -> Result:
    claim = _claim(play.mechanism, asked.name)
    try:
        reason = asked.needs(play) if play.environment.finite else None
        if reason is not None:
            raise NotApplicable(reason)
        if play.environment.finite and (play.given is not None or fits(play, asked)):
            return _exhausted(play, asked, play.profiles(), claim)
        if play.environment.finite and counts(play, asked):
            return _exhausted(_counted(play), asked, _multisets(play), claim)
        return _searched(play, asked, TRIES if tries is None else tries, seed, claim)
    except InputError:
        raise
    except EncompassError as refusal:  # the mechanism does not act here, or cannot be computed: the other properties may not need it
        return Result(asked.name, "not-applicable", reason=refusal.message, **claim)


def _exhausted(play: Play, asked: Property, profiles: Iterable[Types], claim: dict[str, Any]) -> Result:
    """All profiles gone through."""
    worst: Violation | None = None
    small: Violation | None = None
    asked_at = [()] if asked.whole else list(profiles)
    if play.direct:
        play.outcome(play.some)  # where there is nothing to lie about, the mechanism must act all the same
    for types in asked_at:
        worst, small = worst_and_smallest(play, (worst, small), asked.violations(play, types))
    whole = play.environment.profiles if play.given is None else len(play.given)
    tried = whole if asked.whole else len(asked_at)
    assumes = _assumed(play, asked)
    if worst is None or small is None:
        verdict = "proved" if play.complete else "not-refuted"
        return Result(asked.name, verdict, size=_nothing(play), tries=tried, assumes=assumes, **claim)
    told = [witness(play, asked, v) for v in (worst, small)]
    return Result(asked.name, "refuted", worst.size, told[0], told[1], tried, assumes=assumes, **claim)


def _assumed(play: Play, asked: Property) -> tuple[Message, ...]:
    found: list[Message] = []
    if isinstance(play, Counted):
        found.append(say("the mechanism treats players who are alike alike, as it claims; profiles are counted up to permutation"))
    elif play.given is not None:
        found.append(say("only the types of the case are true; lies are near them"))
        if asked.name == "strategy-proof":
            found.append(say("all others tell the truth"))
    if asked.name == "strategy-proof" and not isinstance(play.problem(play.some), OutcomeGame) and not play.settled and play.private:
        found.append(say("what a decision is worth to a player depends on its own type only"))
    if not play.complete:
        found.append(say("not all equilibria were found"))
    return tuple(found)


def _nothing(play: Play) -> Number:
    return play.problem(play.some).most * 0


def _searched(play: Play, asked: Property, tries: int, seed: int, claim: dict[str, Any]) -> Result:
    search = Search(play.mechanism, asked, within(play.environment), play.fallback)
    search.run(tries, seed)
    return search.result(**claim)


def _counted(play: Play) -> Counted:
    return Counted(play.mechanism, play.environment, play.fallback, profiles=tuple(_multisets(play)))


def _multisets(play: Play) -> Iterable[Types]:
    kinds = tuple(dict.fromkeys(play.lies[0]))
    for types in combinations_with_replacement(kinds, len(play.lies)):
        yield types
        if types[0] != types[-1]:
            yield types[::-1]


def _world(given: Any) -> tuple[Environment, tuple[Types, ...] | None]:
    if isinstance(given, Environment):
        return given, None
    game = given.game if hasattr(given, "game") and hasattr(given, "story") else given
    if not isinstance(game, OutcomeGame):
        raise InputError("an audit needs an Environment, or a siting with one host a site; not {kind}", kind=type(game).__name__)
    world, truth = around(game)
    return world, (truth,)


def _mechanism(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    if given not in MECHANISMS:
        raise InputError("mechanism {name!r} is not known; one of {known}", name=given, known=list(MECHANISMS))
    return MECHANISMS[given]


def _property(given: str | Property) -> Property:
    if isinstance(given, Property):
        return given
    if given not in PROPERTIES:
        raise InputError("{name}={value!r} is not known; one of {known}", name="property", value=given, known=list(PROPERTIES))
    return PROPERTIES[given]


def _claimed(rule: Any) -> list[str]:
    return list(dict.fromkeys(claim.property for claim in getattr(rule, "claims", ())))


def _claim(rule: Any, name: str) -> dict[str, Any]:
    claim = next((claim for claim in getattr(rule, "claims", ()) if claim.property == name), None)
    if claim is None:
        return {}
    return {"claimed": claim.holds, "source": claim.source, "condition": claim.condition}


def _described(play: Play) -> dict[str, Any]:
    world = play.environment
    kinds = [{"low": k.low, "high": k.high} if isinstance(k, Interval) else list(k) for k in world.types]
    prior = world.prior
    return {
        "name": world.name,
        "players": len(world.types),
        "types": kinds if len(kinds) <= 100 else None,
        "profiles": world.profiles if world.finite else None,
        "alike": world.alike,
        "prior": prior is not None,
        "exact": prior is None or is_exact(prior),
    }
