"""One table of bad case files: what is wrong, and what the message must name."""

import pytest

from encompass.cases.load import load_case
from encompass.games.errors import CaseError

TOML, RESIDENTS, SITES = ".toml", ".residents.csv", ".sites.csv"

# name: kind of case, edits (file, old, new), and pieces of the message
BAD = {
    # the form of the file
    "unknown key": ("table", [(TOML, "family =", 'colour = "red"\nfamily =')], ["mine.toml, game.colour", "unknown key"]),
    "unknown key, nearest": ("table", [(TOML, "cost = 3", "costs = 3")], ["game.parameters.costs", "did you mean cost"]),
    "unknown table": ("table", [(TOML, "[game.parameters]", "[game.parameter]")], ["game.parameter:", "did you mean parameters"]),
    "wrong type": ("table", [(TOML, 'family = "siting"', "family = 3")], ["game.family", "3", "siting"]),
    "wrong family": ("table", [(TOML, 'family = "siting"', 'family = "sitting"')], ["game.family", "'sitting'", "'siting'", "'geography'"]),
    "no family": ("table", [(TOML, 'family = "siting"', "")], ["game", "family"]),
    "text for a number": ("table", [(TOML, "cost = 3", 'cost = "much"')], ["game.parameters.cost", "'much'", "number"]),
    "truth for a number": ("table", [(TOML, "cost = 3", "cost = true")], ["game.parameters.cost", "true", "number"]),
    "table for a list": ("table", [(TOML, '["house A", "house B", "house C"]', "{ a = 1 }")], ["game.players.en", "must be a list"]),
    "number for a text": ("table", [(TOML, 'id = "mine"', "id = 7")], ["case.id", "7", "must be a text"]),
    "text for a table": ("table", [(TOML, "[case.story]", "[case.story_]")], ["case.story_", "did you mean story"]),
    "missing key": ("table", [(TOML, "benefit = [6, 7, 8]", "")], ["game.parameters.benefit", "is missing"]),
    "missing section": (
        "table",
        [(TOML, "[game]", "[gaming]")],
        ["mine.toml, game: must be a table with the key family", "gaming: unknown key; did you mean game"],
    ),
    "one language only": (
        "table",
        [(TOML, 'unit = { en = "thousand yuan", zh = "千元" }', 'unit = { en = "yuan" }')],
        ["game.unit", "each language"],
    ),
    "id not ASCII": ("table", [(TOML, 'id = "mine"', 'id = "厕所"')], ["case.id", "厕所", "small letters"]),
    "player id not ASCII": (
        "table",
        [(TOML, '{ id = ["a", "b", "c"]', '{ id = ["甲", "b", "c"]')],
        ["game.players.id[0]", "'甲'", "ASCII"],
    ),
    "duplicate id": ("table", [(TOML, '{ id = ["a", "b", "c"]', '{ id = ["a", "b", "b"]')], ["game.players.id[2]", "'b'"]),
    "site called x0": ("table", [(TOML, 'sites = { id = ["a"', 'sites = { id = ["x0"')], ["game.sites.id[0]", "x0"]),
    "names too few": ("table", [(TOML, 'en = ["by A", "by B", "by C"]', 'en = ["by A"]')], ["game.sites.en", "1", "3"]),
    "no players": ("table", [(TOML, '{ id = ["a", "b", "c"], en', "{ id = [], en")], ["game.players.id", "must not be empty"]),
    "unknown mechanism": (
        "table",
        [(TOML, "[game]", '[mechanisms]\nrun = ["M-01:EG"]\n[game]')],
        ["mechanisms.run[0]", "'M-01:EG'", "M-01:EQ"],
    ),
    "unknown rights": ("table", [(TOML, '"R-HOST"', '"R-GUEST"')], ["game.rights", "'R-GUEST'", "R-HOST"]),
    "quota without its regime": ("table", [(TOML, '"R-HOST"', '{ regime = "R-HOST", quota = "1/2" }')], ["game.rights.quota", "R-QUOTA"]),
    "quota over one": (
        "table",
        [(TOML, '"R-HOST"', '{ regime = "R-QUOTA", quota = 1.5 }')],
        ["game.rights.quota", "1.5", "share from 0 to 1"],
    ),
    "negative quorum": ("table", [(TOML, '"R-HOST"', '{ regime = "R-QUOTA", quorum = -1 }')], ["game.rights.quorum", "-1"]),
    "assessed negative": ("table", [(TOML, '"R-HOST"', '{ regime = "R-LIAB", assessed = -1 }')], ["game.rights.assessed", "-1"]),
    "preset with quota": (
        "table",
        [(TOML, '"R-HOST"', '{ regime = "R-QUOTA", preset = "PRC-RC-1989", quota = "2/3" }')],
        ["game.rights.quota", "PRC-RC-1989"],
    ),
    # numbers
    "not a number": ("table", [(TOML, "cost = 3", "cost = nan")], ["game.parameters.cost", "nan", "finite number"]),
    "infinite": ("table", [(TOML, "[6, 7, 8]", "[6, inf, 8]")], ["game.parameters.benefit", "inf", "finite number"]),
    "negative cost": ("table", [(TOML, "cost = 3", "cost = -3")], ["game.parameters.cost", "-3", "must not be negative"]),
    "negative entry": ("table", [(TOML, "[6, 7, 8]", "[6, 7, -8]")], ["game.parameters.benefit[2]", "-8"]),
    "out of range": ("table", [(TOML, "[9, 12, 15]", "[9, 12, 150]")], ["game.parameters.damage[2]", "150", "from 0 to 100"]),
    "range upside down": ("table", [(TOML, "[0, 100]", "[100, 0]")], ["game.parameters.damage.range", "100", "0"]),
    "wrong length": ("table", [(TOML, "[6, 7, 8]", "[6, 7]")], ["game.parameters.benefit", "3 numbers"]),
    "ragged": ("table", [(TOML, "[9, 12, 15]", "[[9], [12, 15]]")], ["game.parameters.damage", "3 residents by 3 sites"]),
    "empty list": ("table", [(TOML, "[6, 7, 8]", "[]")], ["game.parameters.benefit", "3 numbers"]),
    "weight over one": (
        "table",
        [(TOML, "cost = 3", "cost = 3\nfunder_weight = 2")],
        ["game.parameters.funder_weight", "2", "from 0 to 1"],
    ),
    "list for a number": ("table", [(TOML, "cost = 3", "cost = 3\nfunder_weight = [1]")], ["game.parameters.funder_weight", "one number"]),
    "not quite an integer": (
        "table",
        [(TOML, '{ id = ["a", "b", "c"], en = ["house', '{ count = [1, 2.5, 0], id = ["a", "b", "c"], en = ["house')],
        ["game.players.count[1]", "2.5", "whole number", "game.players.count[2]", "at least 1"],
    ),
    "huge decimal": ("table", [(TOML, "cost = 3", "cost = 1e999999999")], ["game.parameters.cost:", "too many digits"]),
    "huge text": ("table", [(TOML, "cost = 3", 'cost = "1e999999999"')], ["game.parameters.cost:", "too many digits"]),
    "too large for floats": ("csv", [(TOML, "cost = 200", f"cost = 1{'0' * 400}")], ["game.parameters.cost:", "too many digits"]),
    # sites and who is asked
    "unknown owner": (
        "table",
        [(TOML, 'sites = { id = ["a", "b", "c"]', 'sites = { owner = [["a"], ["z"], ["c"]], id = ["a", "b", "c"]')],
        ["game.sites.owner[1]", "'z'", "known are a, b, c"],
    ),
    "nobody can consent": (
        "table",
        [(TOML, 'sites = { id = ["a", "b", "c"]', 'sites = { owner = [["a"], [], ["c"]], id = ["a", "b", "c"]')],
        ["game.sites.owner[1]", "nobody can consent to site 'b'"],
    ),
    "ownerless site": ("csv", [(SITES, "10,-10", "10,-1000")], ["mine.sites.csv, row 4", "'south'", "nobody can consent", "m away"]),
    "unknown resident as owner": (
        "csv",
        [
            (SITES, "x,y\nnorth,", "x,y,owner\nnorth,"),
            (SITES, "10,80", "10,80,row-9"),
            (SITES, "70,60", "70,60,"),
            (SITES, "10,-10", "10,-10,"),
        ],
        ["row 2, column owner", "'row-9'", "did you mean", "row-2"],
    ),
    # tables
    "missing column": (
        "csv",
        [(RESIDENTS, "id,count,x,y", "name_,count,x,y")],
        ["mine.residents.csv, row 1", "'name_'", "column 'id' is missing"],
    ),
    "unknown column": ("csv", [(RESIDENTS, "id,count,x,y", "id,cuont,x,y")], ["row 1", "unknown column 'cuont'", "did you mean count"]),
    "column twice": ("csv", [(RESIDENTS, "id,count,x,y", "id,x,x,y")], ["row 1", "'x'", "twice"]),
    "duplicate resident": ("csv", [(RESIDENTS, "row-3,", "row-1,")], ["row 4, column id", "'row-1'", "row 2"]),
    "blank id": ("csv", [(RESIDENTS, "row-3,", ",")], ["row 4, column id", "empty"]),
    "blank cell": ("csv", [(RESIDENTS, "row-3,8,0,70", "row-3,8,,70")], ["row 4, column x", "''", "number"]),
    "text in a cell": ("csv", [(RESIDENTS, "row-3,8,0,70", "row-3,8,here,70")], ["row 4, column x", "'here'", "number"]),
    "nan in a cell": ("csv", [(RESIDENTS, "row-3,8,0,70", "row-3,8,nan,70")], ["row 4, column x", "'nan'", "finite"]),
    "infinite cell": ("csv", [(RESIDENTS, "row-3,8,0,70", "row-3,8,1e999,70")], ["row 4, column x", "'1e999'", "finite"]),
    "count of zero": ("csv", [(RESIDENTS, "row-3,8,", "row-3,0,")], ["row 4, column count", "0", "1"]),
    "fraction of a household": ("csv", [(RESIDENTS, "row-3,8,", "row-3,2.5,")], ["row 4, column count", "'2.5'", "whole number"]),
    "count too large": ("csv", [(RESIDENTS, "row-3,8,", "row-3,99999999999999999999,")], ["row 4, column count", "too large"]),
    "counts too large together": (
        "csv",
        [(RESIDENTS, "row-3,8,", "row-3,4000000000000000000,"), (RESIDENTS, "row-2,4,", "row-2,4000000000000000000,")],
        ["column count", "too large"],
    ),
    "negative damage": ("csv", [(RESIDENTS, "count,x,y\nrow-1,6,0,0", "d_mean,x,y\nrow-1,-6,0,0")], ["row 2, column d_mean", "-6"]),
    "ragged row": ("csv", [(RESIDENTS, "row-3,8,0,70", "row-3,8,0")], ["mine.residents.csv, row 4", "3 cells for 4 columns"]),
    "header only": ("csv", [(SITES, "\nnorth,10,80\neast,70,60\nsouth,10,-10", "")], ["mine.sites.csv", "no rows"]),
    "semicolons": ("csv", [(SITES, "site_id,x,y", "site_id;x;y")], ["mine.sites.csv, row 1", "commas", "semicolons"]),
    "open quote": ("csv", [(SITES, "north,", '"north,')], ["mine.sites.csv", "CSV"]),
    "a site called x0": ("csv", [(SITES, "north,", "x0,")], ["row 2, column site_id", "x0"]),
    "no damage at all": (
        "csv",
        [(TOML, "d_mean = {", "# d_mean = {")],
        ["mine.residents.csv", "'d_mean'", "game.parameters.d_mean", "mine.toml"],
    ),
    "parameter as a list": ("csv", [(TOML, "cost = 200", "cost = [200, 1, 2]")], ["game.parameters.cost", "one number", "column"]),
    "fee shares all zero": (
        "csv",
        [(RESIDENTS, "id,count,x,y\nrow-1,6,0,0\nrow-2,4,60,0\nrow-3,8,0,70\nrow-4,5,60,70", "id,fee_share,x,y\na,0,0,0\nb,0,60,70")],
        ["mine.residents.csv", "fee shares"],
    ),
    # coordinates
    "no crs": ("csv", [(TOML, 'crs = "local"', "# crs")], ["mine.toml, game.crs", "local", "WGS84", "GCJ02"]),
    "unknown crs": ("csv", [(TOML, 'crs = "local"', 'crs = "mercator"')], ["game.crs", "'mercator'", "local"]),
    "degrees in metres": ("csv", [(TOML, 'crs = "local"', 'crs = "EPSG:32651"')], ["row 2", "looks like degrees", "EPSG:32651"]),
    "metres in degrees": ("csv", [(TOML, 'crs = "local"', 'crs = "GCJ02"')], ["GCJ02", "lon, lat"]),
    "degrees, local": (
        "csv",
        [(RESIDENTS, "id,count,x,y", "id,count,lon,lat"), (SITES, "site_id,x,y", "site_id,lon,lat")],
        ["local", "x, y"],
    ),
    "mixed columns": ("csv", [(RESIDENTS, "id,count,x,y", "id,x,lat,y")], ["mine.residents.csv, row 1", "mixed coordinate systems"]),
    "mixed tables": (
        "csv",
        [(SITES, "site_id,x,y", "site_id,lon,lat")],
        ["mine.toml", "mixed coordinate systems", "mine.residents.csv", "mine.sites.csv"],
    ),
    "mixed units": (
        "csv",
        [(TOML, 'crs = "local"', 'crs = "EPSG:32651"'), (SITES, "10,80", "430000,3460085")],
        ["mixed coordinate systems"],
    ),
    "mixed units, local": (
        "csv",
        [(SITES, "10,80\neast,70,60\nsouth,10,-10", "430000,3460085\neast,430050,3460085\nsouth,430050,3460000")],
        ["mine.sites.csv"],
    ),
    "mixed rows": (
        "csv",
        [
            (TOML, 'crs = "local"', 'crs = "EPSG:32651"'),
            (RESIDENTS, "0,0\n", "431000,3460000\n"),
            (SITES, "10,80\neast,70,60\nsouth,10,-10", "430000,3460085\neast,430050,3460085\nsouth,430050,3460000"),
        ],
        ["mine.residents.csv, row 3", "degrees"],
    ),
    "not degrees": (
        "csv",
        [(TOML, 'crs = "local"', 'crs = "WGS84"'), (RESIDENTS, "x,y", "lon,lat"), (SITES, "x,y", "lon,lat"), (SITES, "70,60", "70,600")],
        ["mine.sites.csv, row 3", "600", "longitude"],
    ),
    "half a pair": (
        "csv",
        [(SITES, "site_id,x,y", "site_id,x,K"), (SITES, "-10", "10")],
        ["mine.sites.csv, row 1", "column 'y' is missing"],
    ),
    "no coordinates": (
        "csv",
        [(SITES, "site_id,x,y", "site_id,K,capacity"), (SITES, "-10", "10")],
        ["mine.sites.csv, row 1", "x, y", "lon, lat"],
    ),
    "outside the box": (
        "csv",
        [(TOML, 'crs = "local"', 'crs = "local"\nbounding_box = [0, 0, 100, 79]')],
        ["mine.sites.csv, row 2", "bounding_box", "80"],
    ),
    "box upside down": ("csv", [(TOML, 'crs = "local"', 'crs = "local"\nbounding_box = [100, 0, -100, 80]')], ["game.bounding_box", "100"]),
    # files
    "path upwards": (
        "csv",
        [(TOML, '"mine.sites.csv"', '"../mine.sites.csv"')],
        ["game.tables.sites", "'../mine.sites.csv'", "outside the folder"],
    ),
    "absolute path": ("csv", [(TOML, '"mine.sites.csv"', '"/etc/passwd"')], ["game.tables.sites", "'/etc/passwd'", "outside the folder"]),
    "no such table": ("csv", [(TOML, '"mine.sites.csv"', '"yours.sites.csv"')], ["game.tables.sites", "'yours.sites.csv'", "no file"]),
    "null in a path": ("csv", [(TOML, '"mine.sites.csv"', '"a\\u0000b.csv"')], ["game.tables.sites"]),
    "folder for a table": ("csv", [(TOML, '"mine.sites.csv"', '"."')], ["game.tables.sites"]),
    # syntax
    "toml syntax": ("table", [(TOML, 'family = "siting"', 'family = "siting')], ["mine.toml, line 14, column", "not TOML"]),
    "toml key twice": ("table", [(TOML, "[game]", "[game]\nunit = 1")], ["mine.toml, line", "not TOML"]),
    "deep nesting": ("table", [(TOML, "[6, 7, 8]", "[" * 5000 + "]" * 5000)], ["mine.toml"]),
    "nested fifty deep": ("table", [(TOML, "[6, 7, 8]", "[" * 50 + "]" * 50)], ["mine.toml, game.parameters.benefit"]),
    "deep in keys": ("table", [(TOML, "[game]", "[expect" + ".a" * 3000 + "]\nb = 1\n[game]")], ["mine.toml, expect"]),
    "integer of 10000 digits": ("table", [(TOML, "cost = 3", f"cost = {'9' * 10000}")], ["mine.toml, line 23", "too many digits"]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_case(case_file, name):
    kind, edits, pieces = BAD[name]
    with pytest.raises(CaseError) as caught:
        load_case(case_file(kind, *edits))
    for piece in pieces:
        assert piece in str(caught.value), f"{piece!r} is not said: {caught.value}"
