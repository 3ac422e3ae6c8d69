"""Writes ``inventory.md``: every item of the study and what carries it. Run it when a case file changes; a test holds the page to it."""

from pathlib import Path

from encompass import case_names, load_case
from encompass.cases.study import Carrier, carriers, items

HEAD = """# What carries what

The study of micro-self-governance in Suzhou (Ye Jihong and Lu Mengyi), item by item, and for each item the case, parameter, proposition
or remedy that carries it. This page is written by `python docs/inventory.py` from the case files. The Chinese names are the study's terms.

| item | what it is | 内容 | figure | carried by |
|---|---|---|---|---|
"""
KINDS = {"case": "story", "parameter": "parameter", "proposition": "", "remedy": "remedy"}


def _where(carrier: Carrier) -> str:
    return f"{carrier.case}: {' '.join(filter(None, (KINDS[carrier.kind], carrier.name)))}"


def page() -> str:
    """The page."""
    carried = carriers(load_case(name) for name in case_names())
    rows = []
    for item in items().values():
        figure = "" if item.value is None else f"{item.value} {item.unit.en}".strip()
        where = "; ".join(map(_where, carried[item.id]))
        rows.append(f"| {item.id} | {item.what.en} | {item.what.zh} | {figure} | {where} |\n")
    return HEAD + "".join(rows)


if __name__ == "__main__":
    (Path(__file__).parent / "inventory.md").write_text(page(), encoding="utf-8")
