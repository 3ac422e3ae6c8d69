"""``decompose``: what a game is made of, in one answer.

Potential and improvement paths, common interest and conflict, potential and harmonic flow, the value by threats, the
selfishness level, and the prices of anarchy and stability, each from its own module.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ...games.errors import NotApplicable, SizeError
from ...games.exact import Array, Number, as_json
from ...games.message import Message
from ...games.normal_form import NormalForm
from ..certificate import LARGEST, MOST_PROFILES, normal_form_json, sealed
from ..pure import describe
from .candogan import FlowDecomposition, candogan
from .decomposition import HwangReyBellet, hwang_rey_bellet, profile_conflict
from .improvement_paths import has_finite_improvement, has_ordinal_potential, is_weakly_acyclic
from .potential import FourCycle, find_four_cycle, find_potential, find_weighted_potential
from .price_of_anarchy import Efficiency, price_of_anarchy
from .selfishness import Selfishness, selfishness
from .two_by_two import Class2x2, classify
from .values import Progress, StrategicValue, check_threats, interchangeable, kinds, kohlberg_neyman_value

T = TypeVar("T")
MOST_SHOWN = 5_000  # values of a potential in the JSON form
MOST_THREATS = 200_000  # entries of all threat games that a checker is asked to try
MOST_SOLVED = 300_000  # that are solved along with everything else: some seconds


@dataclass(frozen=True, eq=False)
class Decomposition:
    """What :func:`decompose` returns. A part that does not fit is None, and ``skipped`` says why, by its name.

    ``potential`` is exact, 0 at the first actions; where there is none, ``cycle`` shows why and ``weighted`` holds weights and
    a weighted potential if there is one. ``paths``: ``ordinal`` potential, ``finite`` improvement paths, ``weakly`` acyclic.
    """

    game: dict[str, Any]
    potential: Array | None
    cycle: FourCycle | None
    weighted: tuple[tuple[Number, ...], Array] | None
    paths: dict[str, bool | None]
    components: HwangReyBellet | None
    flow: FlowDecomposition | None
    conflict_share: Number | None
    value: StrategicValue | None
    selfishness: Selfishness | None
    efficiency: Efficiency
    kind: Class2x2 | None
    skipped: dict[str, Message]
    certificate: dict[str, Any] | None = None

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/decompose/1``; ``read`` turns sentences into text."""
        parts = ("components", "flow", "value", "selfishness", "efficiency")
        return {
            "schema": "encompass/decompose/1",
            "game": as_json(self.game),
            "potential": self._potential(),
            "paths": self.paths,
            **{name: None if getattr(self, name) is None else getattr(self, name).to_dict() for name in parts},
            "conflict_share": as_json(self.conflict_share),
            "kind": None if self.kind is None else self.kind.to_dict(),
            "skipped": {name: read(reason) for name, reason in self.skipped.items()},
            "certificate": self.certificate,
        }

    def _potential(self) -> dict[str, Any] | None:
        """Whether there is a potential, its weights (all 1 if exact), its values if few, or the cycle that forbids an exact one."""
        if "potential" in self.skipped:
            return None
        weights, values = ([1] * len(self.game["players"]), self.potential) if self.weighted is None else self.weighted
        shown = values is not None and values.size <= MOST_SHOWN
        return {
            "exact": self.potential is not None,
            "weights": None if values is None else as_json([str(w) for w in weights]),
            "values": as_json(values) if shown else None,
            "cycle": None if self.cycle is None else as_json(vars(self.cycle)),
        }


def decompose(game: NormalForm, progress: Progress | None = None) -> Decomposition:
    """Every decomposition of ``game`` (ATLAS 4.2 and 4.4), exact if it is; what does not fit is left out with the reason.

    ``progress(done, total, what)`` is told of threats. Raises :class:`NotApplicable` for a game that is not in normal form.
    """
    if not isinstance(game, NormalForm):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise NotApplicable("decompositions are of games in normal form")
    skipped: dict[str, Message] = {}

    def fitting(name: str, compute: Callable[[], T]) -> T | None:
        try:
            return compute()
        except SizeError as reason:
            skipped[name] = reason.message
            return None

    potential = fitting("potential", lambda: find_potential(game))
    alone = potential is None and "potential" not in skipped
    answer = Decomposition(
        game=describe(game),
        potential=potential,
        cycle=find_four_cycle(game) if alone else None,
        weighted=find_weighted_potential(game) if alone and game.exact else None,
        paths={
            "ordinal": fitting("ordinal", lambda: has_ordinal_potential(game)),
            "finite": fitting("finite", lambda: has_finite_improvement(game)),
            "weakly": fitting("weakly", lambda: is_weakly_acyclic(game)),
        },
        components=fitting("components", lambda: hwang_rey_bellet(game)),
        flow=fitting("flow", lambda: candogan(game)),
        conflict_share=fitting("conflict_share", lambda: profile_conflict(game)),
        value=fitting("value", lambda: _by_threats(game, progress)),
        selfishness=fitting("selfishness", lambda: selfishness(game)),
        efficiency=price_of_anarchy(game),
        kind=classify(game) if game.shape == (2, 2) else None,
        skipped=skipped,
    )
    return replace(answer, certificate=decomposition_certificate(game, answer))


def _by_threats(game: NormalForm, progress: Progress | None) -> StrategicValue:
    """The value by threats, where it takes seconds only."""
    check_threats(game, coalitions := len(kinds(interchangeable(game))))
    if coalitions * game.welfare.size > MOST_SOLVED:
        raise SizeError("the value by {n} threats takes its time; ask for kohlberg_neyman_value alone", n=coalitions)
    return kohlberg_neyman_value(game, progress)


def decomposition_certificate(game: NormalForm, answer: Decomposition) -> dict[str, Any] | None:
    """The answer as claims that stand alone; None for a game in floats, one too large, or an answer with parts left out."""
    components, flow, level = answer.components, answer.flow, answer.selfishness
    fits = game.exact and game.welfare.size <= MOST_PROFILES and game.table.size * 8 <= LARGEST
    if not fits or components is None or flow is None or level is None:
        return None
    e = answer.efficiency
    certificate = {
        "kind": "decomposition",
        "game": normal_form_json(game),
        "potential": as_json(answer.potential),
        "cycle": None if answer.cycle is None else as_json(vars(answer.cycle)),
        "weighted": None if answer.weighted is None else as_json({"weights": answer.weighted[0], "values": answer.weighted[1]}),
        "paths": answer.paths,
        "components": as_json({name: getattr(components, name) for name in components.norms}),
        "norms": as_json(components.norms),
        "zeta": as_json(components.zeta),
        "flow": flow.to_dict() | as_json({"phi": flow.phi, "harmonic": flow.harmonic, "nonstrategic": flow.nonstrategic}),
        "conflict_share": as_json(answer.conflict_share),
        "value": _value(game, answer.value),
        "selfishness": level.to_dict(),
        "efficiency": as_json({name: getattr(e, name) for name in ("optimum", "worst", "best", "poa", "pos", "equilibria")}),
    }
    return sealed(certificate)


def _value(game: NormalForm, value: StrategicValue | None) -> dict[str, Any] | None:
    """The value with both sides' mixtures of every threat; None, so not claimed, where they are too many to be tried."""
    if value is None or len(value.threats) * game.welfare.size > MOST_THREATS:
        return None
    threats = [
        {
            "coalition": t.coalition,
            "value": t.value,
            "mix": [[joint, p] for joint, p in t.mix.items()],
            "reply": [[joint, p] for joint, p in t.reply.items()],
        }
        for t in value.threats
    ]
    return as_json({"value": value.value, "total": value.total, "classes": value.classes, "threats": threats})
