"""``compare``: every mechanism of a case, before and after, in closed accounting (ATLAS 4.1.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...games.exact import Array, Number, as_json
from ...games.message import Message
from .talk import Talk

MOST_ROWS = 10_000  # rows of residents that the JSON lists one by one; beyond, the lists are null and the sums stay


def _listed(values: Array | None) -> list[Any] | None:
    return None if values is None or len(values) > MOST_ROWS else as_json(values)


@dataclass(frozen=True, eq=False)
class Row:
    """One mechanism on the case. Money is in the case's unit; lists have one entry a row of residents.

    ``verdict``: ``strong`` (every equilibrium under the mechanism leaves everybody better off than any before), ``weak``
    (some equilibrium does), ``none``, ``not-applicable``; ``reason`` says why in a sentence. ``alternative`` is what is
    chosen in the least favourable equilibrium, or ``lottery`` gives probabilities over alternatives (then gains are
    expected, ``ex_ante``). ``budget`` is what the funder (player 0) receives: negative when outside money is needed.
    ``tau_strong`` and ``tau_weak``: the least gain of anybody over the status quo equilibria, in the worst and the best
    equilibrium; the funder counts when it pays. ``concept`` names the equilibria meant. ``certified``: the checker knows the rule and
    derives its ends anew (of the others it is not asked).
    """

    id: str
    title: Message
    verdict: str
    reason: Message
    concept: str = ""
    alternative: str | None = None
    lottery: dict[str, Number] | None = None
    transfers: Array | None = None
    payoffs: Array | None = None
    budget: Number | None = None
    min_gain: Number | None = None
    tau_strong: Number | None = None
    tau_weak: Number | None = None
    conflict_share_where: Number | None = None
    envy_free: bool | None = None
    coalition_stable: bool | None = None
    ex_ante: bool = False
    requires: tuple[str, ...] = ()
    equilibrium_outcomes: tuple[str, ...] = ()
    certified: bool = False

    @property
    def total(self) -> Number | None:
        """The sum of the rows' payoffs, each row once."""
        return None if self.payoffs is None else self.payoffs.sum()

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form."""
        names = ("lottery", "budget", "min_gain", "tau_strong", "tau_weak", "conflict_share_where")
        return {
            "id": self.id,
            "title": read(self.title),
            "verdict": self.verdict,
            "reason": read(self.reason),
            "concept": self.concept,
            "alternative": self.alternative,
            "transfers": _listed(self.transfers),
            "payoffs": _listed(self.payoffs),
            **{name: as_json(getattr(self, name)) for name in names},
            "envy_free": self.envy_free,
            "coalition_stable": self.coalition_stable,
            "ex_ante": self.ex_ante,
            "requires": list(self.requires),
            "equilibrium_outcomes": list(self.equilibrium_outcomes),
            "certified": self.certified,
        }


@dataclass(frozen=True, eq=False)
class Comparison:
    """What ``compare`` returns: ``mechanisms`` best first, the status quo's equilibrium payoffs (``before``: the most each
    row gets in any equilibrium today), the ``recommended`` id (None if nothing helps), the ``conclusion`` in a sentence, and ``talk``, the
    proof that talk alone cannot help, where it holds (P1.3).
    """

    case: str | None
    before: Array
    before_outcomes: tuple[str, ...]
    mechanisms: tuple[Row, ...]
    recommended: str | None
    conclusion: Message
    talk: Talk | None
    alternatives: tuple[str, ...]
    players: tuple[str, ...]
    counts: tuple[int, ...]
    certificate: dict[str, Any] | None

    def __getitem__(self, mechanism: str) -> Row:
        """The row of ``mechanism`` (its id)."""
        return next(row for row in self.mechanisms if row.id == mechanism)

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/compare/1``; ``read`` turns sentences into text."""
        return {
            "schema": "encompass/compare/1",
            "case": self.case,
            "rows": len(self.players),
            "players": list(self.players) if len(self.players) <= MOST_ROWS else None,
            "counts": list(self.counts) if len(self.players) <= MOST_ROWS else None,
            "before": {"payoffs": _listed(self.before), "outcomes": list(self.before_outcomes)},
            "mechanisms": [row.to_dict(read) for row in self.mechanisms],
            "recommended": self.recommended,
            "conclusion": read(self.conclusion),
            "talk": None if self.talk is None else self.talk.to_dict(read),
            "certificate": self.certificate,
        }
