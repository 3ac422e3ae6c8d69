"""All equilibria of a game of several players, support by support.

In an equilibrium with given supports every action of a support pays its player the same and no other action pays more: multilinear
equations and inequalities in the probabilities (:mod:`.multilinear`). Blocks that the equations settle one by one are solved in
fractions (:mod:`.block_polytope`); what is left, one equation an unknown, by certified subdivision (:mod:`.root_boxes`); and where
fewer equations than unknowns are left, infinitely many solutions are proved (:mod:`.continuum`) or none.

Floats are taken for the binary fractions they are; ties up to rounding cannot be decided, so such an answer is not complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, islice, product
from math import prod
from typing import Any

import numpy as np

from ...games.errors import InputError, SizeError
from ...games.exact import Array, as_json
from ...games.maximin import rational
from ...games.message import Message, say
from ...games.normal_form import MixedProfile, NormalForm
from ..certificate import normal_form_json, sealed
from ..checker.mixed import MOST_COMBINATIONS, mixed_equilibria_claims
from ..coalitions.dominance import LARGEST_PROOF
from ..describe import describe
from ..regret import regrets
from ..solution import Equilibrium, Solution
from .block_polytope import depends_on, of_block
from .certified_root import Root, certify
from .continuum import on_continuum, starts
from .multilinear import Point, System, fixed, impossible, independent
from .root_boxes import all_roots

MOST_PATTERNS = 20_000  # combinations of supports that are walked
MOST_PROFILES = 20_000  # cells of a game in which polynomial systems are set up
MOST_BITS = 900  # of payoffs over their common denominator
_TRIES = 6  # unresolved regions at which a continuum is looked for

Supports = tuple[tuple[int, ...], ...]
Progress = Callable[[int, int, str], None]


@dataclass(eq=False)
class Outcome:
    """What one combination of supports holds: its isolated ``roots`` (by mixing player), whether they are ``infinite`` (with
    ``sample``, one of them), and whether it is ``decided`` that there is nothing else. ``edges`` are solutions of the equations on the
    edge of the supports, which the checker must know to see that there is nothing inside.
    """

    roots: list[Root] = field(default_factory=list)
    infinite: bool = False
    sample: Point | None = None
    decided: bool = True
    edges: list[Point] = field(default_factory=list)

    @property
    def count(self) -> int | str:
        """The number of equilibria, ``"infinite"``, or ``"undecided"``."""
        return "infinite" if self.infinite else len(self.roots) if self.decided else "undecided"


def supports(shape: Sequence[int], most: int = MOST_PATTERNS) -> Iterator[Supports]:
    """At most ``most`` combinations of supports, those with few actions first; where all are walked, those alike in size before others."""
    if patterns(shape) > MOST_PATTERNS:  # too many to sort
        sizes = (s for total in range(len(shape), sum(shape) + 1) for s in _sizes(shape, total))
        yield from islice((c for s in sizes for c in product(*map(combinations, map(range, shape), s))), most)
        return
    combined = list(product(*map(_of_player, shape)))
    combined.sort(key=lambda c: (sum(map(len, c)), max(map(len, c)) - min(map(len, c))))
    yield from combined[:most]


def _of_player(actions: int) -> Iterator[tuple[int, ...]]:
    """All supports of one player, the small ones first."""
    for size in range(1, actions + 1):
        yield from combinations(range(actions), size)


def _sizes(shape: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """All sizes of supports, by player, that sum to ``total``."""
    if not shape:
        yield from [()] if total == 0 else []
        return
    rest = shape[1:]
    for first in range(max(1, total - sum(rest)), min(shape[0], total - len(rest)) + 1):
        yield from ((first, *others) for others in _sizes(rest, total - first))


def patterns(shape: Sequence[int]) -> int:
    """How many combinations of supports there are."""
    return prod(2**k - 1 for k in shape)


def in_fractions(game: NormalForm) -> NormalForm:
    """The game itself if it is exact; with floats as the binary fractions they are otherwise."""
    return game if game.exact else NormalForm(rational(game.table), game.players, game.actions)


def system_of(table: Array, chosen: Supports) -> System | None:
    """What the probabilities of those who mix must satisfy; None if that is impossible at sight."""
    equations: list[Array] = []
    inequalities: list[Array] = []
    mixing = [i for i, S in enumerate(chosen) if len(S) > 1]
    for i, S in enumerate(chosen):
        index = [range(table.shape[i + 1]) if k == i else other for k, other in enumerate(chosen)]
        own = table[i][np.ix_(*index)]
        own = own.transpose([i, *(k for k in mixing if k != i), *(k for k in range(len(chosen)) if k != i and k not in mixing)])
        own = own.reshape(own.shape[0], *(len(chosen[k]) for k in mixing if k != i))
        if i in mixing:
            own = np.expand_dims(own, 1 + mixing.index(i))
        for a in range(len(own)):
            if a in S[1:]:
                equations.append(own[a] - own[S[0]])
            elif a not in S:
                inequalities.append(own[a] - own[S[0]])
    system = System(tuple(len(chosen[k]) for k in mixing), tuple(equations), tuple(inequalities))
    return None if impossible(system) else system


def solve_supports(table: Array, chosen: Supports) -> Outcome:
    """The equilibria with exactly these supports."""
    system = system_of(table, chosen)
    if system is None:
        return Outcome()
    return solve_system(system)


def solve_system(system: System) -> Outcome:
    """All solutions of a system inside its simplices."""
    system = independent(system)
    if impossible(system):
        return Outcome()
    if not system.sizes:
        return Outcome([Root((), Fraction(0))])
    free: list[tuple[Fraction, ...]] = []
    for block in range(len(system.sizes)):
        own = of_block(system, block)
        if own is None:
            return Outcome()
        if not own.dimensions:
            return _put_back(solve_system(fixed(system, block, own.centre)), block, own.centre)
        free.append(own.centre)
    if all(len(depends_on(form, system.sizes)) <= 1 for form in (*system.equations, *system.inequalities)):
        return Outcome(infinite=True, sample=tuple(free))  # a product of sets of which each has infinitely many points
    if len(system.equations) < system.unknowns:
        return _underdetermined(system, tuple(free))
    return _determined(system)


def _put_back(outcome: Outcome, block: int, mix: tuple[Fraction, ...]) -> Outcome:
    """An outcome of the system with one block fixed, with that block in its place."""

    def whole(point: Point) -> Point:
        return (*point[:block], mix, *point[block:])

    roots = [Root(whole(root.point), root.radius) for root in outcome.roots]
    return Outcome(
        roots, outcome.infinite, None if outcome.sample is None else whole(outcome.sample), outcome.decided, list(map(whole, outcome.edges))
    )


def _determined(system: System) -> Outcome:
    """As many equations as unknowns (or more): certified subdivision."""
    sample: list[Point] = []
    tried = 0

    def give_up(centre: list[Array]) -> bool:
        nonlocal tried
        tried += 1
        point = on_continuum(system, centre)
        sample.extend([] if point is None else [point])
        return bool(sample) or tried >= _TRIES

    found = all_roots(system, give_up)
    if sample:
        return Outcome(infinite=True, sample=sample[0])
    kept, decided = [], found.complete
    for root in found.roots:
        signs = [_sign(system, root, form) for form in system.inequalities]
        if any(sign is None for sign in signs):
            decided = False
        if not any(sign == 1 for sign in signs) and None not in signs:
            kept.append(root)
    return Outcome(kept, decided=decided, edges=[root.point for root in found.edges])


def _sign(system: System, root: Root, form: Array) -> int | None:
    """The sign of a form at a root, made more precise if need be; None where even that leaves it open: it may be 0."""
    sign = root.sign(form)
    if sign is None:
        finer = certify(system, [[float(p) for p in mix] for mix in root.point], 300)
        sign = None if finer is None else finer.sign(form)
    return sign


def _underdetermined(system: System, centre: Point) -> Outcome:
    """Fewer equations than unknowns: infinitely many solutions as soon as one is found that is regular, or none at all."""
    for start in ([list(map(float, mix)) for mix in centre], *starts(system.sizes)):
        point = on_continuum(system, start)
        if point is not None:
            return Outcome(infinite=True, sample=point)
    sample: list[Point] = []
    tried = 0

    def give_up(region: list[Array]) -> bool:
        nonlocal tried
        tried += 1
        point = on_continuum(system, region)
        sample.extend([] if point is None else [point])
        return bool(sample) or tried >= _TRIES

    found = all_roots(system, give_up)
    if sample:
        return Outcome(infinite=True, sample=sample[0])
    return Outcome(decided=found.complete)


def refuses_mixed(game: object) -> Message | None:
    """Why support enumeration does not take ``game``; None if it does."""
    if not isinstance(game, NormalForm):
        return say("needs a normal form")
    if game.table.size <= LARGEST_PROOF and max(abs(int(x)) for x in in_fractions(game).table.ravel()) >= 2**MOST_BITS:
        return say("payoffs need {n} bits over their common denominator or more; searches start from floats", n=MOST_BITS)
    return None


def solve_mixed(game: NormalForm, most_patterns: int = MOST_PATTERNS, progress: Progress | None = None) -> Solution:
    """All equilibria, by supports. ``proof["patterns"]`` has for every combination of supports that holds any (or is undecided) their
    number, ``"infinite"`` or ``"undecided"``; of infinitely many one is listed and the supports stand in ``components``.

    Complete where every combination was decided and none holds infinitely many. After Ctrl-C the answer holds what was found.
    Raises :class:`SizeError` for games whose systems do not fit.
    """
    if most_patterns < 1:
        raise InputError("most_patterns={n!r} must be at least 1", n=most_patterns)
    if prod(game.shape) > MOST_PROFILES:
        raise SizeError(
            "mixed equilibria of a game with {cells} profiles are too much for support enumeration; at most {limit}",
            cells=f"{prod(game.shape):,}", limit=MOST_PROFILES,
        )  # fmt: skip
    table, total = in_fractions(game).table.astype(object), patterns(game.shape)
    outcomes: dict[Supports, Outcome] = {}
    walked, interrupted = 0, False
    try:
        for chosen in supports(game.shape, most_patterns):
            if progress is not None:
                progress(walked, min(most_patterns, total), pattern_name(chosen, game.shape))
            outcome = solve_supports(table, chosen)
            walked += 1
            if outcome.count != 0 or outcome.edges:
                outcomes[chosen] = outcome
    except KeyboardInterrupt:
        interrupted = True
    return _answer(game, outcomes, walked, total, interrupted)


def _answer(game: NormalForm, outcomes: dict[Supports, Outcome], walked: int, total: int, interrupted: bool) -> Solution:
    equilibria: list[Equilibrium] = []
    boxes: list[dict[str, Any]] = []
    for chosen, outcome in outcomes.items():
        points = [Root(outcome.sample, Fraction(0))] if outcome.sample is not None else outcome.roots
        for root in points:
            if root.radius:
                boxes.append({"equilibrium": len(equilibria), "radius": root.radius, "centre": placed(game.shape, chosen, root.point)})
            equilibria.append(equilibrium(game, placed(game.shape, chosen, root.point), not root.radius, outcome.infinite))
    continua = [chosen for chosen, outcome in outcomes.items() if outcome.infinite]
    undecided = [chosen for chosen, outcome in outcomes.items() if not outcome.decided]
    stop, limited = _stop(game, walked, total, interrupted, continua, undecided)
    proof = {
        "patterns": {pattern_name(chosen, game.shape): outcome.count for chosen, outcome in outcomes.items() if outcome.count != 0},
        "walked": walked,
        "supports": total,
        "exhausted": walked == total and not undecided,
        "boxes": boxes,
        "edges": [{"supports": chosen, "point": point} for chosen, outcome in outcomes.items() for point in outcome.edges],
    }
    components = tuple({"supports": [list(S) for S in chosen], "equilibria": "infinite"} for chosen in continua)
    about = describe(game)
    return Solution(about, "nash", "supports", stop is None, stop, tuple(equilibria), components, limited=limited, proof=proof)


def _stop(
    game: NormalForm, walked: int, total: int, interrupted: bool, continua: list[Supports], undecided: list[Supports]
) -> tuple[Message | None, bool]:
    """Why the list is not all, and whether a limit is the reason."""
    named = {name: [pattern_name(chosen, game.shape) for chosen in some[:5]] for name, some in (("c", continua), ("u", undecided))}
    if interrupted:
        return say("stopped after {n} of {all} combinations of supports", n=f"{walked:,}", all=f"{total:,}"), True
    if walked < total:
        return say("limit: {n} of {all} combinations of supports were searched", n=f"{walked:,}", all=f"{total:,}"), True
    if undecided:
        return say("{n} combinations of supports could not be decided: {which}", n=len(undecided), which=named["u"]), False
    if not game.exact:
        return say("payoffs are floats: ties up to rounding were not searched, so others may exist"), False
    if continua:
        return say(
            "{n} combinations of supports hold infinitely many equilibria, of which one each is listed: {which}",
            n=len(continua),
            which=named["c"],
        ), False
    return None, False


def pattern_name(chosen: Supports, shape: Sequence[int]) -> str:
    """Supports as a text: for two actions ``0``, ``1`` or ``m`` a player (``01m``), otherwise action numbers (``1+2,3,1``)."""
    if all(k <= 2 for k in shape):
        return "".join("m" if len(S) == 2 else str(S[0]) for S in chosen)
    return ",".join("+".join(str(a + 1) for a in S) for S in chosen)


def placed(shape: Sequence[int], chosen: Supports, point: Point) -> MixedProfile:
    """A point in the mixing players' supports as probabilities over all actions of all players."""
    blocks = iter(point)
    profile: list[tuple[Fraction, ...]] = []
    for k, S in zip(shape, chosen):
        mix = dict(zip(S, next(blocks) if len(S) > 1 else (Fraction(1),)))
        profile.append(tuple(mix.get(a, Fraction(0)) for a in range(k)))
    return tuple(profile)


def equilibrium(game: NormalForm, profile: MixedProfile, exact: bool, infinite: bool = False) -> Equilibrium:
    """The equilibrium with payoffs and regret recomputed. An irrational one is rounded to floats; its regret is then that of these
    floats, brought to a sum of exactly 1, computed in fractions and rounded up.
    """
    count = None if infinite else 1
    if exact and game.exact:
        return Equilibrium(profile, payoffs(game, profile), max(regrets(game, profile)), count)
    floats = tuple(tuple(float(p) for p in mix) for mix in profile)
    fair = tuple(tuple(Fraction(p) / sum(map(Fraction, mix)) for p in mix) for mix in floats)
    exactly = in_fractions(game)
    worth = tuple(float(x) for x in payoffs(exactly, fair))
    return Equilibrium(floats, worth, above(max(Fraction(regret) for regret in regrets(exactly, fair))), count)


def payoffs(game: NormalForm, profile: MixedProfile) -> tuple[Any, ...]:
    """What every player gets in a mixed profile."""
    return tuple(sum(p * v for p, v in zip(mix, game.mixed_payoffs(i, profile))) for i, mix in enumerate(profile))


def above(x: Fraction) -> float:
    """The least float that is not below ``x``."""
    near = float(x)
    return near if Fraction(near) >= x else float(np.nextafter(near, np.inf))


def mixed_certificate(game: NormalForm, answer: Solution) -> dict[str, Any] | None:
    """The equilibria with the boxes of the irrational ones, and the game; None where it is too large to be read.

    That the list is complete is claimed only where the separate checker gets through with proving it.
    """
    proof = answer.proof or {}
    if game.table.size > LARGEST_PROOF or "boxes" not in proof:
        return None
    certificate = as_json(
        {
            "kind": "mixed",
            "game": normal_form_json(game),
            "concept": answer.concept,
            "complete": False,
            "equilibria": [{"profile": e.profile, "payoffs": e.payoffs, "regret": e.regret} for e in answer.equilibria],
            "boxes": proof["boxes"],
            "edges": proof["edges"],
        }
    )
    if answer.complete and game.exact and proof["supports"] <= MOST_COMBINATIONS:
        *_, last = mixed_equilibria_claims(certificate | {"complete": True})
        certificate["complete"] = bool(last[1])
    return sealed(certificate)
