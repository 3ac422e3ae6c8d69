"""``show figure-1``: the signed graph of the study in characters and as a picture, each edge coloured by whether its proposition holds."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rich.cells import cell_len, set_cell_size
from rich.console import Group
from rich.padding import Padding
from rich.text import Text as Line

from ..cases.signed_graph import Edge, Node, SignedGraph
from ..games.message import say
from .flow import Flow
from .language import Reader
from .layout import INDENT, grid, heading, inset, mark, page, title

_SIGNS = {1: "+", -1: "−"}
_COLOURS = {"holds": "green", "fails": "red", "defaults-only": "yellow", "": "dim"}
_ARROW = 8  # cells between two columns


def figure_page(graph: SignedGraph, read: Reader, width: int) -> Group:
    """The page: rows of nodes with the arrows along them, the edges across, then what every edge rests on."""
    rows = sorted({node.place[1] for node in graph.nodes})
    along = [edge for edge in graph.edges if _along(edge)]
    across = [edge for edge in graph.edges if not _along(edge)]
    held = sum(edge.verdict == "holds" for edge in graph.edges)
    return page(
        title(read(graph.title)),
        Flow(read(say("more of the first makes more (+) or less (−) of the second")), "dim"),
        Line(""),
        *(_row([node for node in graph.nodes if node.place[1] == row], along, read, width) for row in rows),
        Line(""),
        *(_across(edge, read) for edge in across),
        heading(read(say("Propositions"))),
        inset(grid(["", "", ""], [_rests_on(edge, read) for edge in graph.edges], wide=2)),
        *(Padding(Flow(f"{name} {sentence}", "dim"), (0, 0, 0, 4)) for name, sentence in _sentences(graph, read)),
        Line("\n" + read(say("{held} of {all} edges hold at these parameters.", held=held, all=len(graph.edges)))),
        Flow(read(say("reconstructed from the study's text; the drawing itself is not at hand")), "dim"),
    )


def _along(edge: Edge) -> bool:
    """Whether the edge goes to the next column of its own row."""
    (x, y), (u, v) = edge.start.place, edge.end.place
    return y == v and u == x + 1


def _row(nodes: Sequence[Node], along: Sequence[Edge], read: Reader, width: int) -> Line:
    """The nodes of one row, each in its column, joined by the arrows along it."""
    room = (width - INDENT - 2 * _ARROW) // 3
    drawn = Line(" " * INDENT)
    for node in sorted(nodes, key=lambda node: node.place[0]):
        start = INDENT + node.place[0] * (room + _ARROW)
        drawn.append(" " * max(0, start - cell_len(drawn.plain)))
        text = read(node.what)
        drawn.append(text if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…", style="bold")
        for edge in along:
            if edge.start == node:
                drawn.append(" ")
                drawn.append("─" * max(1, start + room + _ARROW - 4 - cell_len(drawn.plain)) + f"{_SIGNS[edge.sign]}─▶", _colour(edge))
    return drawn


def _across(edge: Edge, read: Reader) -> Line:
    """An edge between rows, in a line of its own."""
    line = Line(" " * INDENT + "↳ ")
    line.append(read(edge.start.what), style="bold")
    line.append(f" ──{_SIGNS[edge.sign]}─▶ ", style=_colour(edge))
    line.append(read(edge.end.what), style="bold")
    return line


def _colour(edge: Edge) -> str:
    return _COLOURS[edge.verdict]


def _rests_on(edge: Edge, read: Reader) -> tuple[Line | Flow, ...]:
    what = f"{read(edge.start.what)} {_SIGNS[edge.sign]}→ {read(edge.end.what)}"
    return mark(None if edge.verdict not in ("holds", "fails") else edge.verdict == "holds"), Line(edge.proposition), Flow(what)


def _sentences(graph: SignedGraph, read: Reader) -> dict[tuple[str, str], None]:
    """Every sentence of the propositions once, with the proposition's number."""
    return dict.fromkeys((edge.proposition, read(claim.claim)) for edge in graph.edges for claim in edge.claims)


_BOX, _HIGH, _COLUMN, _ROW, _EDGE = 210, 44, 330, 74, 24  # pixels
_INK = {"holds": "#1a7f37", "fails": "#cf222e", "defaults-only": "#9a6700", "": "#6e7781"}


def figure_svg(graph: SignedGraph, read: Reader) -> str:
    """The picture as SVG: boxes in columns, arrows with their sign and proposition, green where it holds, red where it fails."""
    right = max(node.place[0] for node in graph.nodes) * _COLUMN + _BOX + 2 * _EDGE
    bottom = max(node.place[1] for node in graph.nodes) * _ROW + _HIGH + 2 * _EDGE + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right} {bottom}" width="{right}" font-family="sans-serif" font-size="13">',
        f"<title>{escape(read(graph.title))}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="{_EDGE}" y="{_EDGE}" font-size="16" font-weight="bold">{escape(read(graph.title))}</text>',
        *(_marker(name, ink) for name, ink in _INK.items()),
        *(_arrow(edge) for edge in graph.edges),
        *(_box(node, read) for node in graph.nodes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _corner(node: Node) -> tuple[int, int]:
    return _EDGE + node.place[0] * _COLUMN, _EDGE + 20 + node.place[1] * _ROW


def _marker(name: str, ink: str) -> str:
    shape = f'<path d="M0,0 L9,4.5 L0,9 z" fill="{ink}"/>'
    return f'<marker id="tip-{name or "untested"}" markerWidth="9" markerHeight="9" refX="8" refY="4.5" orient="auto">{shape}</marker>'


def _box(node: Node, read: Reader) -> str:
    x, y = _corner(node)
    frame = f'<rect x="{x}" y="{y}" width="{_BOX}" height="{_HIGH}" rx="8" fill="#f6f8fa" stroke="#57606a"/>'
    words = f'<text x="{x + _BOX // 2}" y="{y + _HIGH // 2 + 5}" text-anchor="middle">{escape(read(node.what))}</text>'
    return frame + words


def _arrow(edge: Edge) -> str:
    (x, y), (u, v) = _corner(edge.start), _corner(edge.end)
    bend = 0
    if u > x:  # from the right side of one box to the left side of the other
        x, u, y, v = x + _BOX, u, y + _HIGH // 2, v + _HIGH // 2
        bend = 0 if y == v else 26
    elif u < x:  # back, bent the other way, so that it keeps clear of the arrow forth
        u, y, v = u + _BOX, y + _HIGH - 8, v + _HIGH - 8
        bend = 30
    else:
        x, u, y, v = x + _BOX // 2, u + _BOX // 2, y if v < y else y + _HIGH, v + _HIGH if v < y else v
    middle = (x + u) // 2, (y + v) // 2 - (bend if u > x else -bend)
    ink, dash = _INK[edge.verdict], ' stroke-dasharray="6 4"' if edge.sign < 0 else ""
    tip = edge.verdict or "untested"
    line = f'<path d="M{x},{y} Q{middle[0]},{middle[1]} {u},{v}" fill="none" stroke="{ink}" stroke-width="2"{dash} '
    line += f'marker-end="url(#tip-{tip})"/>'
    at = (x + 2 * middle[0] + u) // 4 + (30 if u == x else 0), (y + 2 * middle[1] + v) // 4 + (4 if u == x or bend else -6)
    halo = 'stroke="#ffffff" stroke-width="4" paint-order="stroke"'
    return line + f'<text x="{at[0]}" y="{at[1]}" text-anchor="middle" fill="{ink}" {halo}>{_SIGNS[edge.sign]} {edge.proposition}</text>'
