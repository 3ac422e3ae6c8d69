"""``encompass new``: the files of a case to start from, filled in so that they work at once."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..games.errors import InputError
from .figures import shown

KINDS = ("table", "csv")
LONGEST = 60  # characters of a name

_HEAD = """\
# Your own case. Check it with:   encompass check {file}
# Try rules on it with:           encompass compare {file}
# 你自己的案例。检查：encompass check {file}   比较规则：encompass compare {file}

[case]
id = "{name}"
title = {{ en = "Our standoff", zh = "我们的僵局" }}   # or one text: title = "Our standoff"

[case.story]
en = "Who wants what, who refuses what, and what happens if nobody moves."
zh = "谁想要什么，谁拒绝什么，若无人让步会怎样。"

"""

_TABLE = """\
[game]
family = "siting"            # residents and candidate sites; "gains" takes total gains instead
rights = "R-HOST"            # who may say no: R-HOST, R-UNAN, R-QUOTA, R-IMPOSE, R-LIAB
unit = {{ en = "thousand yuan", zh = "千元" }}
players = {{ id = ["a", "b", "c"], en = ["house A", "house B", "house C"], zh = ["甲户", "乙户", "丙户"] }}
sites = {{ id = ["a", "b", "c"], en = ["by A", "by B", "by C"], zh = ["甲户旁", "乙户旁", "丙户旁"] }}   # site k belongs to resident k

[game.parameters]
benefit = [6, 7, 8]          # what it is worth to each, wherever it stands
damage = {{ value = [9, 12, 15], assumed = true, range = [0, 100] }}   # what it costs the one who has it next door
cost = 3                     # shared equally; grant = what somebody else pays of it
"""

_CSV = """\
[game]
family = "geography"
rights = "R-HOST"            # whoever lives within r_veto metres of a site is asked
unit = {{ en = "yuan a year", zh = "元/年" }}
crs = "local"                # metres in columns x, y; or EPSG:n; or WGS84, GCJ02, BD09 with columns lon, lat

[game.tables]                # CSV files beside this one
residents = "{name}.residents.csv"
sites = "{name}.sites.csv"

[game.parameters]            # a column of the same name in residents overrides these
b_mean = {{ value = 100, assumed = true }}    # benefit at distance 0
L_b = {{ value = 400, assumed = true, unit = {{ en = "m", zh = "米" }} }}   # decay length; leave out if it serves everybody alike
d_mean = {{ value = 250, assumed = true }}    # damage at distance 0
L_d = {{ value = 25, assumed = true, unit = {{ en = "m", zh = "米" }} }}
r_veto = {{ value = 30, assumed = true, unit = {{ en = "m", zh = "米" }} }}
cost = 200
"""

_RESIDENTS = """\
id,count,x,y
row-1,6,0,0
row-2,4,60,0
row-3,8,0,70
row-4,5,60,70
"""

_SITES = """\
site_id,x,y
north,10,80
east,70,60
south,10,-10
"""


def new_case(name: str, kind: str = "table", folder: Path | str = ".") -> list[Path]:
    """The files written: a case file ``name.toml`` in ``folder`` with an inline ``table`` or with ``csv`` tables beside it.

    Raises :class:`InputError` for a name that cannot be an id, or if a file is there already; then nothing is written.
    """
    if not re.fullmatch("[a-z0-9][a-z0-9-]*", name) or len(name) > LONGEST:
        raise InputError("name={name!r} must be small letters, digits and hyphens, at most {n}", name=shown(name), n=LONGEST)
    if kind not in KINDS:
        raise InputError("{name}={value!r} is not known; one of {known}", name="kind", value=kind, known=list(KINDS))
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError("there is no folder {folder!r}", folder=str(folder))
    contents = {f"{name}.toml": (_HEAD + (_CSV if kind == "csv" else _TABLE)).format(name=name, file=f"{name}.toml")}
    if kind == "csv":
        contents |= {f"{name}.residents.csv": _RESIDENTS, f"{name}.sites.csv": _SITES}
    for file in contents:
        if (folder / file).exists():
            raise InputError("{file} is there already; nothing was written", file=str(folder / file))
    return _written(folder, contents)


def _written(folder: Path, contents: dict[str, str]) -> list[Path]:
    """All files or none: each is written aside, then all are moved into place."""
    aside = {folder / f".{file}.{os.getpid()}": folder / file for file in contents}
    try:
        for temporary, text in zip(aside, contents.values()):
            temporary.write_text(text, encoding="utf-8")
        for temporary, target in aside.items():
            temporary.replace(target)
    except OSError as error:
        for temporary in aside:
            temporary.unlink(missing_ok=True)
        raise InputError("cannot write in {folder}: {reason}", folder=str(folder), reason=error.strerror or str(error)) from error
    return list(aside.values())
