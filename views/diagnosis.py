"""``diagnose``: how zero-sum it is, what everybody can be sure to gain, what today's rule loses, and what to try."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from ..cases.case import Case
from ..games.exact import Number
from ..games.message import Message, say
from ..solvers.standoff.diagnosis import Diagnosis, Remedy
from .flow import Flow, paragraph
from .language import Reader
from .layout import MOST_LISTED, Labels, bar, grid, heading, in_unit, inset, mark, money, notices, page, title, uncertified

_STEPS = {
    "coordinate": say("agree on a site"),
    "lottery": say("draw lots"),
    "money": say("pay one another"),
    "mitigate": say("change the plan"),
}


def diagnosis_page(answer: Diagnosis, case: Case | None, read: Reader) -> Group:
    """The page of ``encompass diagnose``."""
    labels = Labels.of(case) if case is not None else Labels.bare(answer.players, answer.alternatives)
    head = f"{read(case.title)}  ({case.id})" if case is not None else read(say("Diagnosis"))
    return page(
        title(head),
        *(paragraph(read(note)) for note in answer.notes),
        heading(read(say("How zero-sum is it? (0 common interest, 1 pure conflict)"))),
        inset(_conflict(answer, read)),
        heading(in_unit(read, say("What everybody can be sure to gain"), labels.unit)),
        inset(_margins(answer, labels, read)),
        heading(read(say("What today's rule leads to"))),
        inset(_today(answer, labels, read)),
        heading(read(say("What to try"))),
        inset(_remedies(answer, read)),
        uncertified(read, answer.certificate),
        notices(read, case),
    )


def _conflict(answer: Diagnosis, read: Reader) -> Table:
    asked = {"whether": say("whether to build"), "where": say("where to build"), "strategic": say("in the choices themselves")}
    rows: list[tuple[RenderableType, ...]] = []
    for name, what in asked.items():
        share = answer.conflict_share[name]
        if share is not None:
            rows.append((read(what), bar(share), money(read, share), money(read, answer.opposition.get(name))))
    return grid(["", "", read(say("conflict share")), read(say("opposed pairs"))], rows, right=(2, 3))


def _margins(answer: Diagnosis, labels: Labels, read: Reader) -> Group:
    m = answer.margins
    need = "–" if m.need is None else f"{float(m.need):.1%}"
    site = read(labels.alternatives[m.site]) if m.deterministic > 0 else ""
    best = read(labels.alternative(answer.best[0])) if m.transfers > 0 else ""
    rows = [
        (read(say("by agreeing on one site")), money(read, m.deterministic), site),
        (read(say("by the best lottery")), money(read, m.lottery), _chances(answer, labels, read) if m.lottery > 0 else ""),
        (read(say("by paying one another")), money(read, m.transfers), best),
        (read(say("share that only money reaches")), need, ""),
    ]
    return Group(grid(["", "", ""], rows, right=(1,), wide=2), Flow(_objectors(answer, labels, read), "dim"))


def _chances(answer: Diagnosis, labels: Labels, read: Reader) -> str:
    chosen = [(p, labels.alternatives[x]) for x, p in enumerate(answer.margins.p) if p]
    text = [f"{read(name)} {float(p):.1%}" for p, name in chosen[:MOST_LISTED]]
    return read([*text, "…"] if len(chosen) > MOST_LISTED else text)


def _objectors(answer: Diagnosis, labels: Labels, read: Reader) -> str:
    """Whose weights prove that no lottery does better."""
    if not answer.margins.lottery > 0:
        return ""
    heaviest = sorted(answer.margins.objector.items(), key=lambda entry: (-entry[1], entry[0]))
    names = [f"{read(labels.players[row]) if labels.players else row + 1} {float(w):.1%}" for row, w in heaviest[:5]]
    return read(say("No lottery gives more: proved by the weights of {names}", names=[*names, "…"] if len(heaviest) > 5 else names))


def _today(answer: Diagnosis, labels: Labels, read: Reader) -> Table:
    rows: list[tuple[str, str]] = []

    def add(what: Message, value: str) -> None:
        rows.append((read(what), value))

    if answer.equilibrium_outcomes:
        ends = [read(labels.alternative(name)) for name in answer.equilibrium_outcomes]
        add(say("it can end at") if len(ends) > 1 else say("it ends at"), _few(ends, read))
    if answer.impasse is not None:
        lost = [float(answer.impasse[name]) for name in ("worst", "best")]
        add(say("lost of the best surplus, at worst and at best"), f"{lost[0]:.0%}, {lost[1]:.0%}")
    add(say("best surplus"), f"{money(read, answer.best[1])}  ({read(labels.alternative(answer.best[0]))})")
    for what, value in (
        (say("price of anarchy"), answer.price_of_anarchy),
        (say("price of stability"), answer.price_of_stability),
        (say("selfishness level"), answer.selfishness_level),
    ):
        if value is not None:
            add(what, money(read, value))
    if answer.standoff_window is not None:
        inside, hosts = answer.standoff_window
        add(say("hosts who sign, and refuse at home"), read(say("{inside} of {hosts}", inside=inside, hosts=hosts)))
    if answer.veto_players:
        add(say("who can block each site"), _vetoes(answer.veto_players, labels, answer, read))
    return grid(["", ""], rows, wide=1)


def _few(names: Sequence[str], read: Reader) -> str:
    return read([*names[:MOST_LISTED], "…"] if len(names) > MOST_LISTED else list(names))


def _vetoes(vetoes: dict[str, tuple[str, ...]], labels: Labels, answer: Diagnosis, read: Reader) -> str:
    sizes = {len(players) for players in vetoes.values()}
    if sizes == {1}:
        return read(say("one resident each"))
    if sizes == {len(answer.players)}:
        return read(say("everybody"))
    return read(say("{least} to {most} households or groups", least=min(sizes), most=max(sizes)))


def _remedies(answer: Diagnosis, read: Reader) -> Table:
    def row(r: Remedy) -> tuple[RenderableType, ...]:
        rules = " ".join(_families(r.mechanisms)) if r.helps else ""
        return mark(r.helps), read(_STEPS[r.step]), _gain(r.margin, r.helps, read), read(r.reason), rules

    rows = [row(r) for r in answer.remedies]
    return grid(["", "", read(say("gain")), read(say("why")), read(say("rules"))], rows, right=(2,), wide=3)


def _families(mechanisms: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name.split(":")[0] for name in mechanisms))


def _gain(margin: Number, helps: bool, read: Reader) -> str:
    return money(read, margin) if helps and margin else "–"
