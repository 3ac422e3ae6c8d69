"""Files that are not what they should be, tables that do not fit together, and every fault told at once."""

import os
import tomllib

import pytest

from encompass.cases.load import load_case
from encompass.games.errors import CaseError

TOML, RESIDENTS, SITES = ".toml", ".residents.csv", ".sites.csv"
GROUPS = 'sites = "mine.sites.csv"\ngroups = "mine.groups.csv"'


def refused(path, *pieces, **settings):
    """The faults of the case in ``path``, which must name ``pieces``."""
    with pytest.raises(CaseError) as caught:
        load_case(path, settings)
    for piece in pieces:
        assert piece in str(caught.value), f"{piece!r} is not said: {caught.value}"
    return caught.value.faults


def test_unknown_case():
    refused("public-toilets", "public-toilets: no case of this name; did you mean public-toilet?")
    refused("no-such-file.toml", "no-such-file.toml: there is no such file in .")
    refused("", "no case of this name")


def test_every_fault_at_once(case_file):
    """Two unknown keys, a number out of range, an unknown rule, no coordinate system, and faults of three kinds in two tables."""
    path = case_file(
        "csv",
        (TOML, 'family = "geography"', 'family = "geography"\ncolour = "red"'),
        (TOML, 'crs = "local"', '# crs = "local"'),
        (TOML, "d_mean = { value = 250", 'd_mean = { range = [0, 10], value = 250, sign = "-"'),
        (TOML, "L_d = { value = 25", 'L_d = { value = "wide"'),
        (TOML, "[game]", '[mechanisms]\nrun = ["M-99"]\n[game]'),
        (RESIDENTS, "row-3,8,0,70", "row-3,-8,zero,70"),
        (SITES, "east,70,60", "north,75"),
    )
    faults = refused(
        path,
        "mine.toml, game.colour: unknown key",
        "mine.toml, game.parameters.d_mean.sign: unknown key",
        "mine.toml, game.parameters.L_d: 'wide' must be a finite number",
        "mine.toml, mechanisms.run[0]: unknown mechanism 'M-99'",
        "mine.toml, game.crs: the coordinate system must be named",
        "mine.residents.csv, row 4, column count: -8 must not be less than 1",
        "mine.residents.csv, row 4, column x: 'zero' must be a number",
        "mine.sites.csv, row 3: 2 cells for 3 columns",
    )
    assert len(faults) == 8


def test_tables_are_read_even_if_the_case_file_is_wrong(case_file):
    path = case_file("csv", (TOML, "d_mean = {", "d_mean = 1\nrights = {"), (TOML, 'id = "mine"', ""), (SITES, "70,60", "75,"))
    refused(path, "mine.toml, case.id: is missing", "game.parameters.rights: unknown key", "mine.sites.csv, row 3, column y: ''")


def test_many_faults_are_counted(case_file):
    path = case_file("csv")
    rows = "".join(f"row-{k},x,0,0\n" for k in range(100))
    path.with_name("mine.residents.csv").write_text("id,count,x,y\n" + rows)
    faults = refused(path, "and 80 more faults")
    assert len(faults) == 21


def test_links_out_of_the_folder(case_file, tmp_path_factory):
    path, elsewhere = case_file("csv"), tmp_path_factory.mktemp("elsewhere") / "sites.csv"
    sites = path.with_name("mine.sites.csv")
    sites.rename(elsewhere)
    sites.symlink_to(elsewhere)
    refused(path, "game.tables.sites", "'mine.sites.csv' lies outside the folder")
    sites.unlink()
    sites.symlink_to(sites)
    refused(path, "game.tables.sites", "there is no file 'mine.sites.csv'")


GROUP_FAULTS = {
    "cycle": ("a,b,\nb,c,\nc,a,\nd,a,\n", ["mine.groups.csv, row 2, column parent_id", "a > b > c > a"], 1),
    "own parent": ("a,a,\n", ["row 2, column parent_id", "a > a"], 1),
    "too deep": (
        "".join(f"{k},{k - 1 if k else ''},\n" for k in range(7)),
        ["row 8", "6 > 5 > 4 > 3 > 2 > 1 > 0 is 7 levels deep", "at most 6"],
        1,
    ),
    "unknown parent": ("a,z,\n", ["row 2, column parent_id", "unknown group 'z'"], 1),
    "twice": ("a,,\na,,\n", ["row 3, column group_id", "'a' is the id of row 2 too"], 1),
}


@pytest.mark.parametrize("name", GROUP_FAULTS)
def test_groups(case_file, name):
    rows, pieces, n = GROUP_FAULTS[name]
    path = case_file("csv", (TOML, 'sites = "mine.sites.csv"', GROUPS))
    path.with_name("mine.groups.csv").write_text("group_id,parent_id,kind\n" + rows)
    assert len(refused(path, *pieces)) == n


def test_groups_that_do_not_fit_the_residents(case_file):
    path = case_file("csv", (TOML, 'sites = "mine.sites.csv"', GROUPS), (TOML, 'crs = "local"', 'crs = "local"\ndecides = "courtyard"'))
    groups = path.with_name("mine.groups.csv")
    groups.write_text("group_id,parent_id,kind\na,b,stairwell\nb,,courtyard\nc,,stairwell\n")
    refused(path, "mine.residents.csv, row 1: column 'unit_id' is missing")
    residents = path.with_name("mine.residents.csv")
    residents.write_text("id,unit_id,x,y\nrow-1,a,0,0\nrow-2,c,60,0\nrow-3,z,0,70\nrow-4,,60,70\n")
    refused(path, "row 3, column unit_id: no group of kind 'courtyard' above 'c'", "row 4, column unit_id: unknown group 'z'", "row 5")
    path.write_text(path.read_text().replace('"courtyard"', '"courtyards"'))
    refused(path, "game.decides: unknown 'courtyards'; did you mean courtyard?")


def test_distances(case_file):
    path = case_file("csv", (TOML, 'sites = "mine.sites.csv"', 'sites = "mine.sites.csv"\ndistances = "mine.distances.csv"'))
    names = [f"row-{k}" for k in range(1, 5)]
    rows = [f"{name},{site},30" for name in names for site in ("north", "east", "south")]
    table = path.with_name("mine.distances.csv")
    table.write_text("id,site_id,distance\n" + "\n".join(rows))
    load_case(path)
    table.write_text("id,site_id,distance\n" + "\n".join([*rows[1:11], rows[1], "row-9,west,-3"]))
    refused(path, "mine.distances.csv, row 13, column distance: -3 must not be less than 0")
    table.write_text("id,site_id,distance\n" + "\n".join([*rows[1:9], rows[1], "row-9,west,3"]))
    refused(
        path,
        "row 10: the distance from row-1 to east stands there twice",
        "row 11, column site_id: unknown site 'west'",
        "the distance from row-1 to north is missing",
        "mine.residents.csv, row 5, column id: mine.distances.csv has no distances for 'row-4'",
    )


def normal_form(folder, actions, payoffs, players='["a", "b"]'):
    path = folder / "mine.toml"
    path.write_text(
        f'[case]\nid = "mine"\ntitle = "t"\n[game]\nfamily = "normal-form"\nunit = "yuan"\nplayers = {players}\n'
        f"actions = {actions}\nparameters = {{ payoffs = {payoffs} }}\n"
    )
    return path


def test_normal_forms(tmp_path):
    load_case(normal_form(tmp_path, '[["l", "r"], ["l", "r"]]', "[[[1, 2], [3, 4]], [[1, 2], [3, 4]]]"))
    ids = [f"p{k}" for k in range(40)]
    refused(normal_form(tmp_path, [["l", "r"]] * 40, "[0]", ids), "game.parameters.payoffs", "40 players", "at most 50,000,000 fit")
    refused(normal_form(tmp_path, '[["l", "r"], ["l"]]', "[[[1, 2], [3, 4]], [[1, 2], [3, 4]]]"), "game.parameters.payoffs", "do not fit")
    refused(normal_form(tmp_path, '[["l", "r"], ["l", "r"]]', "[[1, 2], [3]]"), "game.parameters.payoffs")
    refused(normal_form(tmp_path, "[[], []]", "[]"), "game.parameters.payoffs")
    refused(normal_form(tmp_path, "[]", "[]", "[]"), "game.players")


FILES = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\t\n", "the file is empty"),
    "binary": (b"\x89PNG\r\n\x00\x00\x00\rIHDR", "this is not a text file"),
    "GBK": ("编号".encode("gbk"), "line 1: this is not UTF-8 text; save the file as UTF-8"),
    "UTF-16": ("id,x,y".encode("utf-16"), "not a text file"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("file", ["mine.toml", "mine.residents.csv"])
def test_files_that_are_no_text(case_file, name, file):
    path = case_file("csv")
    path.with_name(file).write_bytes(FILES[name][0])
    refused(path, file, FILES[name][1])


def test_a_table_in_gbk_names_the_line(case_file):
    path = case_file("csv")
    path.with_name("mine.sites.csv").write_bytes("site_id,x,y\nnorth,10,80\n北,1,1\n".encode("gbk"))
    refused(path, "mine.sites.csv, line 3: this is not UTF-8 text")


@pytest.mark.parametrize("file", ["mine.toml", "mine.sites.csv"])
def test_files_too_large_to_open(case_file, file):
    path = case_file("csv")
    os.truncate(path.with_name(file), 2**30)
    refused(path, file, "1,074 MB is too large; at most")


def test_folders_and_forbidden_files(case_file, tmp_path, monkeypatch):
    (tmp_path / "folder.toml").mkdir()
    refused(tmp_path / "folder.toml", "folder.toml: this is a folder, not a file")
    path = case_file()

    def forbidden(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", forbidden)
    refused(path, "mine.toml: it cannot be read: Permission denied")


SETTINGS = {
    "costs": (1, ["mine.toml, --set costs: no parameter of this name; did you mean cost?"]),
    "cost": ("much", ["game.parameters.cost: 'much' must be a finite number"]),
    "benefit": ([1, 2], ["game.parameters.benefit: must be a number, 3 numbers (one a resident), or a table of 3 residents by 3 sites"]),
    "damage": ([9, 12, 1000], ["game.parameters.damage[2]: 1,000 must be from 0 to 100"]),
    "grant": ({"value": 1}, ["game.parameters.grant"]),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings(case_file, name):
    value, pieces = SETTINGS[name]
    refused(case_file(), *pieces, **{name: value})


def test_settings_that_a_column_overrides(case_file):
    path = case_file("csv", (RESIDENTS, "id,count,x,y", "id,d_mean,x,y"), (SITES, "site_id,x,y", "site_id,x,y,K"))
    sites = path.with_name("mine.sites.csv")
    sites.write_text("\n".join([sites.read_text().splitlines()[0], *(row + ",200" for row in sites.read_text().splitlines()[1:])]))
    load_case(path, {"b_mean": 120})
    assert len(refused(path, "--set d_mean: it would change nothing: column 'd_mean' of mine.residents.csv", d_mean=3, cost=1)) == 2


def test_too_many_residents(case_file):
    path = case_file("table", (TOML, "players = { id", "players = { count = [1, 1, 1" + "0" * 30 + "], id"))
    refused(path, "game.players.count[2]", "is too large")


def test_a_message_never_grows_long(case_file):
    path = case_file("table", (TOML, "cost = 3", f'cost = "{"z" * 100_000}"'))
    (fault,) = refused(path, "zzz...")
    assert len(str(fault)) < 200


def test_stated_figures_are_looked_at(case_file):
    path = case_file("table", (TOML, "[game]", '[expect]\n"diagnose.best.surplus" = 1e999999999\n[game]'))
    refused(path, "expect.diagnose.best.surplus", "too many digits")


def test_bom_and_crlf_are_read(case_file):
    path = case_file("csv")
    for file in path.parent.iterdir():
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_case(path).game.residents == 23
    assert tomllib.loads(path.read_text("utf-8-sig"))["game"]["family"] == "geography"
