"""Certificates: claims as JSON that stands alone, with the game it is about, for :mod:`.checker.verify` to re-read.

Exact numbers are texts ``"p/q"``, floats are JSON numbers. A certificate is left out (None) where its game has more than
``LARGEST`` numbers, because it could not be read by anybody; the answer then stands on its own figures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..games.exact import Array, as_json
from ..games.maximin import maximin_lottery
from ..games.mechanisms import MECHANISMS, Mechanism
from ..games.mechanisms.registry import USUAL
from ..games.normal_form import NormalForm
from ..games.outcome_game import OutcomeGame
from ..games.rights import HostConsent, Liability, Quota, Rights
from ..games.siting import ConsentGame, by_surplus, consent, subsets
from .pure import damages
from .solution import Solution
from .standoff.diagnosis import Diagnosis

if TYPE_CHECKING:
    from .standoff.compare import Trial
    from .standoff.trial import Play

LARGEST = 200_000
MOST_PROFILES = 5_000  # completeness over pure profiles is re-checked by trying all


def normal_form_json(game: NormalForm) -> dict[str, Any]:
    """A normal form as certificates write it."""
    return {
        "players": list(game.players),
        "shape": list(game.shape),
        "payoffs": as_json(game.table),
        "denominator": game.denominator,
    }


def outcome_game_json(game: OutcomeGame) -> dict[str, Any]:
    """A game over outcomes, with its rights regime and the surplus of every alternative."""
    return {
        "alternatives": list(game.alternatives),
        "status_quo": game.status_quo,
        "players": list(game.players),
        "counts": game.counts.tolist(),
        "gains": as_json(game.utilities),
        "grants": as_json(game.grants),
        "surplus": as_json(game.surplus),
        "funder_weight": as_json(game.funder_weight),
        "rights": rights_json(game.rights, game),
        **({"damages": as_json(game.parts.damages)} if isinstance(game.rights, Liability) and game.parts is not None else {}),
    }


def sealed(certificate: dict[str, Any]) -> dict[str, Any]:
    """``certificate`` with the SHA-256 of its text, so that a slip in any figure shows even where the claims still hold."""
    text = json.dumps(certificate, sort_keys=True, separators=(",", ":"))
    return certificate | {"seal": hashlib.sha256(text.encode()).hexdigest()}


def rights_json(rights: Rights, game: OutcomeGame) -> dict[str, Any]:
    """The regime and its parameters."""
    extra: dict[str, Any] = {}
    if isinstance(rights, HostConsent):
        extra = {"consent": [sorted(members) for members in rights.consent]}
    elif isinstance(rights, Quota):
        extra = {"quota": as_json(rights.quota), "quorum": as_json(rights.quorum), "strict": rights.strict, "of_votes": rights.of_votes}
    elif isinstance(rights, Liability):
        extra = {"assessed": as_json(rights.assessed), "damages": as_json(damages(game))}
    return {"id": rights.id, **extra}


def ends_json(solution: Solution, priority: Sequence[int]) -> dict[str, Any]:
    """The outcomes a siting game ends in, each with the sites that stand open there, and whether these are all.

    ``priority`` is the order in which sites are taken.
    """
    ends: list[dict[str, Any]] = []
    for equilibrium in solution.equilibria:
        entry: dict[str, Any] = {"outcome": equilibrium.outcome}
        if solution.method == "consent-structure":
            entry["open"] = list(dict.fromkeys(site for role in equilibrium.profile for site in role["strategy"]))
        ends.append(entry)
    return {"priority": list(priority), "ends": ends, "complete": solution.complete}


def _sized(numbers: int) -> bool:
    return numbers <= LARGEST


def solution_certificate(game: NormalForm | ConsentGame | OutcomeGame, answer: Solution) -> dict[str, Any] | None:
    """The equilibria of ``game`` with everything needed to recompute their regrets; None where it would be too large."""
    if isinstance(game, NormalForm):
        return _profiles(game, answer)
    if answer.game["representation"] == "consent" and answer.method == "enumeration":
        return _profiles((game if isinstance(game, ConsentGame) else consent(game)).normal_form(), answer)
    outcomes = game.game if isinstance(game, ConsentGame) else game
    if not _sized(outcomes.utilities.size):
        return None
    given = game.priority if isinstance(game, ConsentGame) else by_surplus(game)
    return sealed(
        {
            "kind": "siting",
            "game": outcome_game_json(outcomes),
            "order": "surplus" if given == by_surplus(outcomes) else "given",
            **ends_json(answer, given),
            "payoffs": as_json([e.payoffs for e in answer.equilibria]),
        }
    )


def _profiles(game: NormalForm, answer: Solution) -> dict[str, Any] | None:
    if not _sized(game.table.size):
        return None
    cells = game.welfare.size
    return sealed(
        {
            "kind": "equilibria",
            "game": normal_form_json(game),
            "concept": answer.concept,
            "method": answer.method,
            "complete": answer.complete and (cells <= MOST_PROFILES or answer.method == "strict-dominance" or bool(answer.proof)),
            "equilibria": [as_json({"profile": e.profile, "payoffs": e.payoffs, "regret": e.regret}) for e in answer.equilibria],
            **({} if answer.welfare is None else {"welfare": as_json(answer.welfare)}),
            **({"proof": as_json(answer.proof)} if answer.proof else {}),
        }
    )


def diagnosis_certificate(game: OutcomeGame, solution: Solution | None, answer: Diagnosis) -> Diagnosis:
    """``answer`` with its certificate; None in it where the game is too large or streamed."""
    if game.stream is not None or not _sized(game.utilities.size):
        return answer
    m = answer.margins
    certificate = {
        "kind": "diagnosis",
        "case": answer.case,
        "game": outcome_game_json(game),
        "best": answer.to_dict()["best"],
        "class": answer.kind,
        "margins": as_json({"deterministic": m.deterministic, "site": m.site, "lottery": m.lottery, "transfers": m.transfers}),
        "p": as_json(m.p),
        "objector": as_json(m.objector),
        "theorem": as_json({"P": m.improvement} if m.positive_sum else {"Z": m.weights}),
        "conflict_share": as_json({"whether": answer.conflict_share["whether"], "where": answer.conflict_share["where"]}),
        "opposition": as_json(answer.opposition),
        "encompassing": as_json(answer.encompassing),
        "today": None if solution is None else ends_json(solution, by_surplus(game)),
        "impasse": as_json(answer.impasse),
        "price_of_anarchy": as_json(answer.price_of_anarchy),
        "price_of_stability": as_json(answer.price_of_stability),
    }
    return replace(answer, certificate=sealed(certificate))


def certifiable(mechanism: Mechanism) -> bool:
    """Whether the checker has a definition of its own for this very rule."""
    return mechanism.id in USUAL and MECHANISMS[mechanism.id] == mechanism


def comparison_fits(game: OutcomeGame, mechanisms: int) -> bool:
    """Whether a certificate of a comparison of so many mechanisms would be small enough to be read."""
    return game.stream is None and _sized(game.utilities.size * max(1, mechanisms))


def comparison_certificate(game: OutcomeGame, today: Solution, before: Array, trials: Sequence[Trial]) -> dict[str, Any]:
    """What every mechanism that applies leads to, in closed accounting."""
    return sealed(
        {
            "kind": "comparison",
            "game": outcome_game_json(game) | {"damages": None if game.parts is None else as_json(game.parts.damages)},
            "today": ends_json(today, by_surplus(game)),
            "before": as_json(before),
            "mechanisms": [_trial(game, trial, trial.played) for trial in trials if trial.played is not None],
        }
    )


def _trial(game: OutcomeGame, trial: Trial, played: Play) -> dict[str, Any]:
    """All ends of one mechanism, and what proves them: the game it makes, the objector of a lottery, the mediator's advice."""
    row, proof = trial.row, dict[str, Any]()
    if played.after is not None:
        proof["equilibria"] = ends_json(played.solution, by_surplus(played.after))
        proof["conflict_share_where"] = as_json(row.conflict_share_where) if row else None
    elif played.solution is not None:
        proof["advice"] = _advice(game, played.solution)
    elif trial.mechanism.id == "M-21:maxmin":
        proof["objector"] = as_json(maximin_lottery(game).objector)
    return {
        "id": trial.mechanism.id,
        **proof,
        "results": [
            as_json({"lottery": r.lottery, "transfers": r.transfers, "payoffs": r.payoffs, "budget": -r.paid, "tau": r.tau})
            for r in played.results
        ],
        "tau_strong": as_json(row.tau_strong) if row else None,
        "tau_weak": as_json(row.tau_weak) if row else None,
        "verdict": row.verdict if row else None,
    }


def _advice(game: OutcomeGame, solution: Solution) -> dict[str, Any]:
    """A mediator's device: the sites that each resident's actions accept, the advice, and the dual weights, if solved exactly."""
    play = consent(game)
    rows = [row for row, count in enumerate(game.counts) for _ in range(count)]
    actions = [[sorted(choice) for choice in subsets(play.holdings.get(row, ()))] for row in rows]
    return {
        "actions": actions,
        "priority": list(play.priority),
        "device": as_json(solution.equilibria[0].profile),
        "proof": as_json(solution.proof) if solution.proof else None,
    }
