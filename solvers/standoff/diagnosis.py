"""``diagnose``: how zero-sum is the standoff, and what could still help (ATLAS 4.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...games.exact import Array, Number, as_json
from ...games.message import Message


@dataclass(frozen=True, eq=False)
class Margins:
    """The three margins of ATLAS 4.1.3, money each: what the worst-off resident can be sure to gain.

    ``deterministic`` by some alternative (``site``), ``lottery`` by the best lottery ``p`` over alternatives,
    ``transfers`` by paying one another at the best alternative. ``objector`` are the weights of Theorem 4.1: shares of
    weight by row, proving that no lottery does better. ``positive_sum`` is alternative (P) of the theorem: some lottery
    harms nobody and helps somebody; ``weights`` are the strictly positive weights of alternative (Z) otherwise. ``slack`` is
    what counts as nothing: 0 in exact games.
    """

    deterministic: Number
    site: int
    lottery: Number
    p: tuple[Number, ...]
    objector: dict[int, Number]
    transfers: Number
    positive_sum: bool
    improvement: tuple[Number, ...] | None
    weights: dict[int, Number] | None
    slack: Number

    @property
    def need(self) -> Number | None:
        """eta = 1 - lottery/transfers: the share of the possible gain that only money can reach; None if there is none
        (or if, with outside money, a lottery gives more than the residents and the funder together have)."""
        return 1 - self.lottery / self.transfers if self.transfers > self.slack and self.lottery <= self.transfers else None

    @property
    def kind(self) -> str:
        """P, L, T or Z: the cheapest means that make everybody gain (a site, a lottery, transfers, nothing)."""
        margins = {"P": self.deterministic, "L": self.lottery, "T": self.transfers}
        return next((name for name, margin in margins.items() if margin > self.slack), "Z")


@dataclass(frozen=True)
class Remedy:
    """One step of the remedy ladder: the ``step`` (``coordinate``, ``lottery``, ``money``, ``mitigate``), whether it
    ``helps`` here, how much the worst-off resident gains by it (``margin``, money), and the ``mechanisms`` to try."""

    step: str
    helps: bool
    margin: Number
    mechanisms: tuple[str, ...]
    reason: Message


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """What ``diagnose`` returns. ``certificate`` proves the best alternative, the margins and Theorem 4.1, conflict shares,
    opposition, encompassing weights, equilibrium outcomes, impasse and the prices of anarchy and stability; the strategic
    share, the selfishness level and the window are computed but not in it.

    ``conflict_share`` and ``opposition``: pairs ``whether`` and ``where`` (0 pure common interest, 1 constant-sum);
    ``conflict_share["strategic"]`` is the zero-sum share of the game form (None where it would be too large).
    ``encompassing[i]`` is alpha_i = Cov(u_i, W) / Var(W) over the sites, by row (None if W does not vary).
    ``impasse``: the share of the best surplus lost in the worst and best equilibrium (None without surplus to lose).
    ``standoff_window``: hosts inside the window of P1.1, and all hosts (None where it does not apply).
    """

    case: str | None
    status_quo: str
    best: tuple[str, Number]
    kind: str
    conflict_share: dict[str, Number | None]
    opposition: dict[str, Number]
    margins: Margins
    encompassing: Array | None
    impasse: dict[str, Number] | None
    equilibrium_outcomes: tuple[str, ...]
    equilibria_complete: bool
    price_of_anarchy: Number | None
    price_of_stability: Number | None
    selfishness_level: Number | None
    standoff_window: tuple[int, int] | None
    veto_players: dict[str, tuple[str, ...]]
    remedies: tuple[Remedy, ...]
    notes: tuple[Message, ...]
    residents: int
    alternatives: tuple[str, ...]
    players: tuple[str, ...]
    rights: str
    certificate: dict[str, Any] | None

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/diagnose/1``; ``read`` turns sentences into text.

        Of a game in floats the lottery and its proof are written as floats too; the certificate keeps them exact.
        """
        m = self.margins

        def alike(value: Number) -> Number:
            return float(value) if isinstance(m.transfers, float) else value

        return {
            "schema": "encompass/diagnose/1",
            "case": self.case,
            "rights": self.rights,
            "residents": self.residents,
            "status_quo": self.status_quo,
            "best": {"alternative": self.best[0], "surplus": as_json(self.best[1])},
            "class": self.kind,
            "conflict_share": as_json(self.conflict_share),
            "opposition": as_json(self.opposition),
            "margins": as_json({"deterministic": m.deterministic, "lottery": alike(m.lottery), "transfers": m.transfers, "need": m.need}),
            "lottery": as_json(dict(zip(self.alternatives, map(alike, m.p)))),
            "objector_weights": as_json({self._name(row): alike(weight) for row, weight in m.objector.items()}),
            "positive_sum": m.positive_sum,
            "encompassing": None if self.encompassing is None else as_json(self.encompassing),
            "impasse": as_json(self.impasse),
            "equilibrium_outcomes": list(self.equilibrium_outcomes),
            "equilibria_complete": self.equilibria_complete,
            "price_of_anarchy": as_json(self.price_of_anarchy),
            "price_of_stability": as_json(self.price_of_stability),
            "selfishness_level": as_json(self.selfishness_level),
            "standoff_window": as_json(self.standoff_window),
            "veto_players": as_json(self.veto_players),
            "remedies": [
                {"step": r.step, "helps": r.helps, "margin": as_json(r.margin), "mechanisms": list(r.mechanisms), "reason": read(r.reason)}
                for r in self.remedies
            ],
            "notes": [read(note) for note in self.notes],
            "certificate": self.certificate,
        }

    def _name(self, row: int) -> str:
        return self.players[row] if self.players else str(row + 1)
