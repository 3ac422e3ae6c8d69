"""Geography against a slow, obvious twin: distances, kernels, fees, consent sets, counts, units, streams."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.cases import geography
from encompass.cases.catalogue import FOLDER
from encompass.cases.load import load_case
from encompass.cases.places import EARTH, _projected
from encompass.solvers.standoff.conflict import conflict_share
from encompass.solvers.standoff.diagnose import diagnose

KERNELS = {
    "exp": lambda z: math.exp(-z),
    "gauss": lambda z: math.exp(-z * z / 2),
    "step": lambda z: 1.0 if z <= 1 else 0.0,
    "power": lambda z: (1 + z) ** -2,
}
CASE = """
[case]
id = "mine"
title = "t"
[game]
family = "geography"
rights = "R-HOST"
unit = "yuan"
crs = "{crs}"
decides = "{decides}"
kernels = {{ benefit = "{benefit}", damage = "{damage}" }}
[game.tables]
residents = "residents.csv"
sites = "sites.csv"
{groups}
[game.parameters]
b_mean = 100
d_mean = 250
{L_b}
L_d = 25
r_veto = 40
cost = 200
grant = 50
"""
RESIDENTS = """id,count,x,y,b_mean,d_mean,L_d,r_veto,fee_share,unit_id
a,3,0,0,90,200,30,25,1,u
b,1,40,10,100,300,20,50,2,u
c,2,10,60,110,250,0,70,0.5,v
d,4,70,70,80,0,25,0,1,w
"""
SITES = """site_id,x,y,K,owner
n,10,60,300,
e,70,50,20,d
s,5,-10,100,c
"""
GROUPS = """group_id,parent_id,kind
u,p,stairwell
v,p,stairwell
w,q,stairwell
p,,courtyard
q,,courtyard
"""


def write(folder, residents=RESIDENTS, sites=SITES, groups=None, **values):
    names = {"crs": "local", "decides": "resident", "benefit": "exp", "damage": "exp", "L_b": "L_b = 300"} | values
    (folder / "mine.toml").write_text(CASE.format(groups='groups = "groups.csv"' if groups else "", **names))
    (folder / "residents.csv").write_text(residents)
    (folder / "sites.csv").write_text(sites)
    (folder / "groups.csv").write_text(groups or "")
    return load_case(folder / "mine.toml").game


def rows_of(text):
    head, *rows = (line.split(",") for line in text.strip().splitlines())
    return [dict(zip(head, row)) for row in rows]


def twin(benefit="exp", damage="exp", L_b=300.0, residents=RESIDENTS, sites=SITES):
    """Gains and consent sets by loops, straight from the definition (ATLAS F-03)."""
    people, places = rows_of(residents), rows_of(sites)
    whole = sum(int(p["count"]) * float(p["fee_share"]) for p in people)
    gains, consent = [], [set() for _ in places]
    for i, p in enumerate(people):
        row = [0.0]
        for s, place in enumerate(places):
            distance = math.sqrt((float(p["x"]) - float(place["x"])) ** 2 + (float(p["y"]) - float(place["y"])) ** 2)
            L_d = float(p["L_d"])
            b = float(p["b_mean"]) * KERNELS[benefit](distance / L_b)
            z = distance / L_d if L_d else 0 if distance == 0 else math.inf
            d = float(p["d_mean"]) * KERNELS[damage](z)
            fee = float(p["fee_share"]) / whole * max(float(place["K"]) - 50, 0)
            row.append(b - d - fee)
            if distance <= float(p["r_veto"]) or place["owner"] == p["id"]:
                consent[s].add(i)
        gains.append(row)
    return gains, consent


@pytest.mark.parametrize("benefit", KERNELS)
@pytest.mark.parametrize("damage", KERNELS)
def test_gains_and_consent(tmp_path, benefit, damage):
    game = write(tmp_path, benefit=benefit, damage=damage)
    gains, consent = twin(benefit, damage)
    assert game.utilities == pytest.approx(np.array(gains))
    assert [set(game.consent_set(x)) for x in game.sites] == consent
    assert list(game.grants) == [0, 50, 20, 50]  # a grant never exceeds the cost
    expected = [sum(c * row[x] for c, row in zip((3, 1, 2, 4), gains)) - game.grants[x] for x in range(4)]
    assert game.surplus == pytest.approx(np.array(expected))


def test_without_a_decay_length_it_serves_everybody_alike(tmp_path):
    game = write(tmp_path, L_b="")
    assert game.utilities == pytest.approx(np.array(twin(L_b=math.inf)[0]))


def expanded(residents):
    """Every row of several residents alike written out."""
    head, *rows = residents.strip().splitlines()
    out = []
    for row in rows:
        name, count, *rest = row.split(",")
        out += [",".join([f"{name}{k}", "1", *rest]) for k in range(int(count))]
    return "\n".join([head, *out]) + "\n"


def test_counts_are_rows_written_out(tmp_path):
    sites = SITES.replace(",d\n", ",\n").replace(",c\n", ",\n").replace("e,70,50", "e,60,20").replace("s,5,-10", "s,5,-9")
    counted, written = write(tmp_path, sites=sites), write(tmp_path, sites=sites, residents=expanded(RESIDENTS))
    assert written.residents == counted.residents == 10
    assert len(written.players) == 10
    assert written.surplus == pytest.approx(counted.surplus)
    for whether in (True, False):
        assert conflict_share(written, whether=whether) == pytest.approx(conflict_share(counted, whether=whether))
    assert [sum(counted.counts[i] for i in counted.consent_set(x)) for x in counted.sites] == [
        len(written.consent_set(x)) for x in written.sites
    ]
    assert diagnose(written).margins.lottery == pytest.approx(float(diagnose(counted).margins.lottery))


@pytest.mark.parametrize(("decides", "groups"), [("unit", None), ("unit", GROUPS), ("stairwell", GROUPS), ("courtyard", GROUPS)])
def test_units_gain_what_their_members_gain(tmp_path, decides, groups):
    game = write(tmp_path, decides=decides, groups=groups)
    gains, consent = twin()
    unit = {"a": "u", "b": "u", "c": "v", "d": "w"}
    if decides == "courtyard":
        unit = {name: "q" if group == "w" else "p" for name, group in unit.items()}
    names = list(dict.fromkeys(unit.values()))
    assert list(game.players) == names
    assert list(game.counts) == [1] * len(names)
    for k, name in enumerate(names):
        members = [i for i, member in enumerate("abcd") if unit[member] == name]
        by_hand = [sum((3, 1, 2, 4)[i] * gains[i][x] for i in members) for x in range(4)]
        assert game.utilities[k] == pytest.approx(np.array(by_hand))
    for x, members in zip(game.sites, consent):
        assert {names[k] for k in game.consent_set(x)} == {unit["abcd"[i]] for i in members}


def test_streamed_gains_are_the_same(tmp_path, monkeypatch):
    options = {"residents": RESIDENTS.replace("\nc,", "\nc,"), "sites": SITES}
    whole = write(tmp_path, **options)
    monkeypatch.setattr(geography, "LARGEST_TABLE", 3)
    monkeypatch.setattr(geography, "BLOCK", 3)
    streamed = write(tmp_path, **options)
    assert streamed.stream is not None
    assert streamed.residents == whole.residents
    assert streamed.surplus == pytest.approx(whole.surplus)
    assert [streamed.consent_set(x) for x in streamed.sites] == [whole.consent_set(x) for x in whole.sites]
    blocks = list(streamed.blocks())
    assert np.concatenate([gains for _, gains in blocks]) == pytest.approx(whole.utilities)
    assert np.concatenate([counts for counts, _ in blocks]).tolist() == whole.counts.tolist()
    first, second = diagnose(streamed), diagnose(whole)
    assert first.best[0] == second.best[0]
    for name in ("whether", "where"):
        assert first.conflict_share[name] == pytest.approx(second.conflict_share[name])
        assert first.opposition[name] == pytest.approx(second.opposition[name])
    for name in ("deterministic", "lottery", "transfers"):
        assert float(getattr(first.margins, name)) == pytest.approx(float(getattr(second.margins, name)), abs=1e-6)


def test_a_table_of_distances_takes_the_place_of_coordinates(tmp_path):
    people, places = rows_of(RESIDENTS), rows_of(SITES)
    table = ["id,site_id,distance"]
    for p in people:
        for place in places:
            metres = math.hypot(float(p["x"]) - float(place["x"]), float(p["y"]) - float(place["y"]))
            table.append(f"{p['id']},{place['site_id']},{metres!r}")
    write(tmp_path)
    (tmp_path / "distances.csv").write_text("\n".join(table))
    path = tmp_path / "mine.toml"
    path.write_text(path.read_text().replace('sites = "sites.csv"', 'sites = "sites.csv"\ndistances = "distances.csv"'))
    game = load_case(path).game
    gains, consent = twin()
    assert game.utilities == pytest.approx(np.array(gains))
    assert [set(game.consent_set(x)) for x in game.sites] == consent


def haversine(a, b):
    (lon1, lat1), (lon2, lat2) = (map(math.radians, point) for point in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(h))


@given(st.floats(-179, 179), st.floats(-55, 55), st.floats(-0.09, 0.09), st.floats(-0.09, 0.09))
@settings(deadline=None)
def test_degrees_are_projected_within_a_thousandth(lon, lat, east, north):
    """Up to 20 km across, between 55 degrees south and north."""
    a, b = (lon - east, lat - north), (lon + east, lat + north)
    true = haversine(a, b)
    metres = _projected(np.array([a, b]), np.array([lon, lat]))
    assert math.hypot(*(metres[1] - metres[0])) == pytest.approx(true, rel=1e-3, abs=0.01)


def test_distances_from_degrees(tmp_path):
    people = "id,lon,lat\na,120.600,31.300\nb,120.610,31.305\n"
    places = "site_id,lon,lat,owner\nn,120.605,31.310,a\n"
    game = write(tmp_path, crs="WGS84", residents=people, sites=places)
    for i, point in enumerate([(120.600, 31.300), (120.610, 31.305)]):
        distance = haversine(point, (120.605, 31.310))
        expected = 100 * math.exp(-distance / 300) - 250 * math.exp(-distance / 25) - 75
        assert game.utilities[i, 1] == pytest.approx(expected, rel=1e-3)


def test_fee_shares_cover_the_cost(tmp_path):
    game = write(tmp_path)
    assert game.counts @ game.parts.fees == pytest.approx(np.array([0, 250, 0, 50]))
    assert game.parts.costs.tolist() == [0, 300, 20, 100]


def test_neighbours_at_one_place_are_reported(tmp_path):
    write(tmp_path, residents=RESIDENTS + "e,1,0,0,90,200,30,25,1,u\n")
    assert "same place as another: 1" in str(load_case(tmp_path / "mine.toml").notes[-1])
    write(tmp_path)
    assert load_case(tmp_path / "mine.toml").notes == ()


def test_columns_not_used_are_named(tmp_path):
    head, *rows = RESIDENTS.strip().splitlines()
    write(tmp_path, residents="\n".join([head + ",wealth", *(row + ",9" for row in rows)]))
    assert str(load_case(tmp_path / "mine.toml").notes[0]) == "columns read but not used: wealth"


def test_san_francisco_by_hand():
    """One tract and one lot of the shipped case, from the distance in its table."""
    case = load_case("san-francisco-siting")
    game = case.game
    assert game.residents == 955113
    i, s = 7, 3
    table = rows_of((FOLDER / "san-francisco-siting.distances.csv").read_text(encoding="utf-8"))
    pair = (game.players[i], game.alternatives[s + 1])
    (distance,) = (float(row["distance"]) for row in table if (row["id"], row["site_id"]) == pair)
    expected = 60 * math.exp(-distance / 20000) - 400 * math.exp(-distance / 600) - 6_000_000 / 955113
    assert game.utilities[i, s + 1] == pytest.approx(expected)
    assert (i in game.consent_set(s + 1)) == (distance <= 1300)


def test_inline_siting_by_hand():
    """The toilet: u_i(s) = b_i - d_i [i = s] - 20/5, in rational numbers."""
    game = load_case("public-toilet").game
    b, d = (8, 9, 10, 11, 12), (12, 15, 18, 25, 30)
    for i in range(5):
        for s in range(5):
            assert game.utilities[i, s + 1] == Fraction(b[i] - 4 - (d[i] if i == s else 0))
