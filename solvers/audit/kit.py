"""``check_mechanism``: a mechanism of your own, put through what it claims in three lines of pytest.

What it claims to have must survive the search, what it says it lacks must be shown to fail, and the failure is told as a story in its
smallest form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...games.environment import Environment
from ...games.errors import InputError
from ...games.mechanisms import Claim
from ...games.message import Message, say
from .audit import PROPERTIES, audit
from .play import Fallback
from .properties import Property
from .report import Audit, Result
from .search import Search, hostings, truths_of, votes_on_projects

Claims = Mapping[str, bool] | Sequence[str] | Sequence[Claim] | None


def check_mechanism(
    mechanism: Any,
    claims: Claims = None,
    environments: Any = None,
    max_examples: int = 100,
    *,
    fallback: Fallback = None,
    seed: int = 0,
) -> Audit:
    """What was searched, if ``mechanism`` is as it claims; raises :class:`AssertionError` with the smallest counterexample otherwise.

    ``claims``: names of properties, or names with True and False, or nothing for those of the mechanism. A claim that is False must be
    refuted. ``environments``: an :class:`Environment` or a list (gone through exhaustively), or a Hypothesis strategy of environments
    (default: small sitings, :func:`.search.hostings`, and choices among projects); ``max_examples`` situations of it are tried per claim.
    Raises :class:`InputError` if no claim could be tried at all.
    """
    wanted = _wanted(mechanism, claims)
    results: list[Result] = []
    for name, (asked, holds) in wanted.items():
        found = _fixed(mechanism, asked, environments, fallback) if _given(environments) else None
        result = _searched(mechanism, asked, environments, max_examples, fallback, seed) if found is None else found
        results.append(replace(result, property=name, claimed=holds))
    if all(result.verdict == "not-applicable" for result in results):
        raise InputError("nothing could be tried: {reason}", reason=results[0].reason if results else "-")
    name = str(getattr(mechanism, "id", type(mechanism).__name__))
    faults = [fault for result in results if (fault := _fault(name, result)) is not None]
    if faults:
        raise AssertionError("\n".join(map(str, faults)))
    return Audit(name, {"max_examples": max_examples, "seed": seed}, tuple(results))


def _wanted(mechanism: Any, claims: Claims) -> dict[str, tuple[Property, bool]]:
    if claims is None:
        claims = getattr(mechanism, "claims", ())
    pairs = (
        list(claims.items())
        if isinstance(claims, Mapping)
        else [(claim.property, claim.holds) if isinstance(claim, Claim) else (claim, True) for claim in claims or ()]
    )
    unknown = next((name for name, _ in pairs if name not in PROPERTIES), None)
    if unknown is not None:
        raise InputError("{name}={value!r} is not known; one of {known}", name="property", value=unknown, known=list(PROPERTIES))
    return {name: (PROPERTIES[name], holds) for name, holds in pairs}


def _given(environments: Any) -> bool:
    return isinstance(environments, (Environment, list, tuple))


def _fixed(mechanism: Any, asked: Property, environments: Any, fallback: Fallback) -> Result:
    """The result in the first environment that refutes, or else in the last that applies."""
    found = None
    for environment in [environments] if isinstance(environments, Environment) else environments:
        result = audit(mechanism, environment, [asked], fallback=fallback).results[0]
        if result.verdict == "refuted":
            return result
        if found is None or result.verdict != "not-applicable":
            found = result
    if found is None:
        raise InputError("an environment needs at least one player, and every player at least one type")
    return found


def _searched(mechanism: Any, asked: Property, environments: Any, tries: int, fallback: Fallback, seed: int) -> Result:
    situations = hostings() | votes_on_projects() if environments is None else truths_of(environments)
    search = Search(mechanism, asked, situations, fallback)
    search.run(tries, seed)
    return search.result()


def _fault(name: str, result: Result) -> Message | None:
    if result.claimed and result.smallest is not None:
        return say("{id} claims to be {property}. But take {story}", id=name, property=result.property, story=result.smallest.story)
    if result.claimed is False and result.verdict in ("proved", "not-refuted"):
        return say(
            "{id} says that it is not {property}, but no counterexample was found in {n} tries",
            id=name,
            property=result.property,
            n=result.tries,
        )
    return None
