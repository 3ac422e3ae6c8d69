"""Figure 1 of the study as a signed graph whose every edge is tested by a proposition of a case."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..games.errors import InputError
from ..games.message import Text
from .catalogue import FOLDER
from .check import CaseCheck, Claimed, Progress, check_case
from .faults import nearest
from .load import load_case

FIGURE = "figure-1"


@dataclass(frozen=True)
class Node:
    """Something that can be more or less; ``place`` its column and row in the drawing."""

    id: str
    what: Text
    place: tuple[int, int]


@dataclass(frozen=True)
class Edge:
    """More of ``start`` makes more (``sign`` 1) or less (-1) of ``end``, as ``proposition`` of ``case`` tests.

    ``claims``: how it came out, one for each sentence of the proposition; none before it is judged.
    """

    start: Node
    end: Node
    sign: int
    case: str
    proposition: str
    claims: tuple[Claimed, ...] = ()

    @property
    def verdict(self) -> str:
        """That of the claims: ``holds`` if all do, ``fails`` if one does, else ``defaults-only``; empty before it is judged."""
        verdicts = {claim.verdict for claim in self.claims}
        return "fails" if "fails" in verdicts else "defaults-only" if "defaults-only" in verdicts else min(verdicts, default="")


@dataclass(frozen=True)
class SignedGraph:
    """The graph: its title and edges; the nodes are those that an edge joins."""

    title: Text
    edges: tuple[Edge, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every node once, in the order of their places."""
        found = {node.id: node for edge in self.edges for node in (edge.start, edge.end)}
        return tuple(sorted(found.values(), key=lambda node: node.place[::-1]))

    @property
    def holds(self) -> bool:
        """Whether no edge's proposition fails."""
        return all(edge.verdict != "fails" for edge in self.edges)

    def to_dict(self, read: Any = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/figure/1``; ``read`` turns sentences into text."""
        nodes = [{"id": node.id, "what": read(node.what)} for node in self.nodes]
        edges = [
            {
                "from": edge.start.id,
                "to": edge.end.id,
                "sign": "+" if edge.sign > 0 else "-",
                "case": edge.case,
                "proposition": edge.proposition,
                "claims": [read(claim.claim) for claim in edge.claims],
                "verdict": edge.verdict or None,
            }
            for edge in self.edges
        ]
        return {"schema": "encompass/figure/1", "title": read(self.title), "nodes": nodes, "edges": edges}


def figure_1() -> SignedGraph:
    """The graph as written, its propositions not yet tested."""
    data = tomllib.loads((FOLDER / f"{FIGURE}.toml").read_text(encoding="utf-8"))
    nodes = {row["id"]: Node(row["id"], Text(row["en"], row["zh"]), (row["place"][0], row["place"][1])) for row in data["node"]}
    edges = [
        Edge(nodes[row["from"]], nodes[row["to"]], 1 if row["sign"] == "+" else -1, row["case"], row["proposition"]) for row in data["edge"]
    ]
    return SignedGraph(Text(data["title"]["en"], data["title"]["zh"]), tuple(edges))


def judged(settings: Mapping[str, Any] | None = None, progress: Progress | None = None) -> SignedGraph:
    """Figure 1 with every edge's proposition tested at the parameters in ``settings`` (``case.parameter``).

    Raises :class:`InputError` for a case that the figure does not name.
    """
    graph = figure_1()
    wanted: dict[str, set[str]] = {}
    for edge in graph.edges:
        wanted.setdefault(edge.case, set()).add(edge.proposition)
    changed = _by_case(settings or {}, wanted)
    answers: dict[str, CaseCheck] = {}
    for name, ids in wanted.items():
        answers[name] = check_case(load_case(name, changed.get(name)), progress, only=ids)
    found: dict[tuple[str, str], list[Claimed]] = {}
    for name, answer in answers.items():
        for claim in answer.claims:
            found.setdefault((name, claim.id), []).append(claim)
    return replace(graph, edges=tuple(replace(edge, claims=tuple(found[edge.case, edge.proposition])) for edge in graph.edges))


def _by_case(settings: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, value in settings.items():
        case, dot, parameter = name.partition(".")
        if not dot or case not in known:
            raise InputError("--set {name}: Figure 1 asks for CASE.NAME=VALUE; {hint}", name=name, hint=nearest(case, known))
        found.setdefault(case, {})[parameter] = value
    return found
