"""The part of the checker for mechanisms: each rule written once more, from its definition, and held against what is claimed.

Contracts (M-01) and votes (DL-8) make a game whose ends are re-checked; auctions, fair imposition and the pivotal rule
(M-02, M-04, M-06) decide outright; lotteries (M-21) are shown best by their dual; a mediator's advice (DL-1) must be obeyed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from ...games.message import say
from .diagnosis import conflict
from .equilibria import SOLVER_TOLERANCE, Profile, dual_bound, obedient, provable
from .reread import Claims, Siting, ends_claims, real, reals

Matrix = list[list[Fraction]]
_QUOTAS = {
    "DL-8": {"quota": "1/2", "quorum": "1/2", "strict": True, "of_votes": False},
    "DL-8:two-thirds": {"quota": "2/3", "quorum": "1/2", "strict": False, "of_votes": False},
    "DL-8:unanimity": {"quota": "1", "quorum": "1/2", "strict": False, "of_votes": False},
}
_NASH_GAP = Fraction(1, 10**6)  # a head, by which the sum of log-gains may fall short of the largest


def rule_claims(entry: Mapping[str, Any], siting: Siting, today: Sequence[int], before: list[Fraction]) -> Claims:
    """That the ends of a mechanism are what its rule leads to; ``today`` are the outcomes of today's equilibria."""
    name = entry["id"]
    for result in entry["results"]:
        lottery = reals(result["lottery"])
        shaped = len(lottery) == len(siting.names) and min(lottery) >= 0
        yield say("a lottery over alternatives"), shaped and abs(sum(lottery) - 1) <= siting.rounding
    if name in _CONTRACTS:
        yield from _contract(entry, siting, _CONTRACTS[name](siting))
    elif name in _QUOTAS:
        yield from _ended(entry, siting, Siting(siting.data, siting.U, {"id": "R-QUOTA", **_QUOTAS[name]}, slack=siting.slack), None)
    elif name in _DIRECT:
        yield from _direct(entry, siting, *_DIRECT[name](siting))
    elif name in _LOTTERIES:
        (result,) = entry["results"]
        yield say("no money moves"), not any(reals(result["transfers"]))
        yield _LOTTERIES[name](siting, reals(result["lottery"]), entry)
    else:
        yield from _advice(entry, siting, today, before)


def _damages(siting: Siting) -> Matrix:
    return [reals(row) for row in siting.data["damages"]]


def _total(siting: Siting, table: Matrix, x: int) -> Fraction:
    return sum((c * row[x] for c, row in zip(siting.counts, table)), start=Fraction(0))


def _mean(siting: Siting, table: Matrix) -> list[Fraction]:
    """What a resident has on average, by alternative."""
    return [_total(siting, table, x) / siting.n for x in range(len(siting.names))]


# contracts on every site


def _equal_damage(siting: Siting) -> Matrix:
    d = _damages(siting)
    mean = _mean(siting, d)
    return [[own - all_alike for own, all_alike in zip(row, mean)] for row in d]


def _equal_surplus(siting: Siting) -> Matrix:
    mean = _mean(siting, siting.U)
    return [[all_alike - own for own, all_alike in zip(row, mean)] for row in siting.U]


def _full_compensation(siting: Siting) -> Matrix:
    d, schedule = _damages(siting), [[Fraction(0)] * len(siting.names) for _ in siting.U]
    for x in siting.sites:
        asked = siting.consent_set(x) if siting.rights["id"] == "R-HOST" else set()
        hosts = asked or {i for i, row in enumerate(d) if row[x] > 0}
        others = sum(c for i, c in enumerate(siting.counts) if i not in hosts)
        owed = sum((siting.counts[i] * d[i][x] for i in hosts), start=Fraction(0))
        for i in range(len(d)):
            schedule[i][x] = d[i][x] if i in hosts else -owed / others
    return schedule


_CONTRACTS: dict[str, Callable[[Siting], Matrix]] = {
    "M-01:EQ": _equal_damage,
    "M-01:FC": _full_compensation,
    "M-01:ES": _equal_surplus,
}


def _contract(entry: Mapping[str, Any], siting: Siting, schedule: Matrix) -> Claims:
    balanced = all(abs(_total(siting, schedule, x)) <= siting.slack * siting.n for x in range(len(siting.names)))
    yield say("the contract balances at every alternative"), balanced
    gains = [[u + t for u, t in zip(row, extra, strict=True)] for row, extra in zip(siting.U, schedule, strict=True)]
    yield from _ended(entry, siting, siting.after(gains), schedule)


def _ended(entry: Mapping[str, Any], siting: Siting, after: Siting, schedule: Matrix | None) -> Claims:
    """The game a contract or a change of rights makes, and the outcomes it ends in."""
    yield from ends_claims(after, entry["equilibria"])
    share = conflict(after, whether=False)
    yield say("conflict share after, where"), abs(real(entry["conflict_share_where"]) - share) <= siting.loose
    ends = [siting.names.index(end["outcome"]) for end in entry["equilibria"]["ends"]]
    paid = [[Fraction(0)] * len(siting.U) if schedule is None else [row[x] for row in schedule] for x in ends]
    results = list(zip(entry["results"], ends, paid, strict=True))
    right = all(_certain(result, x) and siting.same(result["transfers"], t) for result, x, t in results)
    yield say("every equilibrium is accounted for"), right


def _certain(result: Mapping[str, Any], x: int) -> bool:
    return reals(result["lottery"]) == [Fraction(int(k == x)) for k in range(len(result["lottery"]))]


# rules that decide outright: who hosts, and who is paid what


def _own_site(siting: Siting) -> tuple[list[Fraction], list[int]]:
    """Each row's damage from its own site, and that site; ValueError unless every site has one host, every row one site."""
    d, own = _damages(siting), dict[int, int]()
    for x in siting.sites:
        harmed = {i for i, row in enumerate(d) if row[x]}
        (host,) = siting.consent_set(x) if siting.rights["id"] == "R-HOST" else harmed
        if not harmed <= {host}:
            raise ValueError("a site harms somebody who is not its host")
        own[host] = x
    sites = [own[i] for i in range(len(d))]
    if len(own) != len(siting.sites) or siting.n != len(d):
        raise ValueError("a resident has more than one site, or stands for several")
    return [d[i][x] for i, x in enumerate(sites)], sites


def _low_bid(siting: Siting, rebate: bool) -> tuple[int, list[Fraction]]:
    damages, sites = _own_site(siting)
    n, bids = siting.n, [d * (siting.n - 1) / siting.n for d in damages]
    host = bids.index(min(bids))
    transfers = [bids[i] if i == host else -bids[i] / (n - 1) for i in range(n)]
    back = -sum(transfers, start=Fraction(0)) / n if rebate else Fraction(0)
    return sites[host], [t + back for t in transfers]


def _fair_imposition(siting: Siting) -> tuple[int, list[Fraction]]:
    r, sites = _own_site(siting)
    host = r.index(min(r))
    others = [sorted(r[:i] + r[i + 1 :]) for i in range(siting.n)]
    charges = [rest[1] / siting.n if siting.n > 2 else Fraction(0) for rest in others]
    return sites[host], [(rest[0] if i == host else 0) - charge for i, (rest, charge) in enumerate(zip(others, charges))]


def _pivotal(siting: Siting, veto: bool) -> tuple[int, list[Fraction]]:
    total, transfers = siting.surplus, list[Fraction]()
    chosen = max(range(len(total)), key=lambda x: (total[x] >= max(total) - siting.slack * siting.n, x == siting.quo, -x))
    held = {x: siting.consent_set(x) for x in siting.sites} if veto else {}
    for i, row in enumerate(siting.U):
        possible = [total[x] - row[x] for x in range(len(total)) if i not in held.get(x, ())]
        transfers.append(total[chosen] - row[chosen] - max(possible))
    return chosen, transfers


_DIRECT: dict[str, Callable[[Siting], tuple[int, list[Fraction]]]] = {
    "M-02": lambda siting: _low_bid(siting, rebate=False),
    "M-02:rebate": lambda siting: _low_bid(siting, rebate=True),
    "M-04": _fair_imposition,
    "M-06:veto": lambda siting: _pivotal(siting, veto=True),
    "M-06:imposition": lambda siting: _pivotal(siting, veto=False),
}


def _direct(entry: Mapping[str, Any], siting: Siting, chosen: int, transfers: list[Fraction]) -> Claims:
    (result,) = entry["results"]
    yield say("the site is the one the rule chooses"), _certain(result, chosen)
    yield say("transfers are those of the rule"), siting.same(result["transfers"], transfers, siting.n)


# lotteries


def _expected(siting: Siting, p: list[Fraction]) -> list[Fraction]:
    return [sum((u * q for u, q in zip(row, p)), start=Fraction(0)) for row in siting.U]


def _uniform(siting: Siting, p: list[Fraction], entry: Mapping[str, Any]) -> tuple[Any, bool]:
    alike = [Fraction(int(x != siting.quo), len(siting.sites)) for x in range(len(p))]
    return say("every site has the same chance"), all(abs(a - b) <= siting.rounding for a, b in zip(p, alike))


def _maxmin(siting: Siting, p: list[Fraction], entry: Mapping[str, Any]) -> tuple[Any, bool]:
    weights = {int(row): real(w) for row, w in entry["objector"].items()}
    most = max(sum(w * siting.U[row][x] for row, w in weights.items()) for x in range(len(p)))
    right = min(weights.values()) >= 0 and sum(weights.values()) == 1 and min(_expected(siting, p)) >= most - 2 * siting.slack
    return say("lambda' U <= t: no lottery gives everybody more"), right


def _nash(siting: Siting, p: list[Fraction], entry: Mapping[str, Any]) -> tuple[Any, bool]:
    gains = _expected(siting, p)
    if min(gains) <= 0:
        return say("no lottery has a larger product of gains"), False
    slopes = [sum((c * row[x] / g for c, row, g in zip(siting.counts, siting.U, gains)), start=Fraction(0)) for x in range(len(p))]
    return say("no lottery has a larger product of gains"), max(slopes) - siting.n <= _NASH_GAP * siting.n


_LOTTERIES: dict[str, Callable[[Siting, list[Fraction], Mapping[str, Any]], tuple[Any, bool]]] = {
    "M-21:uniform": _uniform,
    "M-21:maxmin": _maxmin,
    "M-21:nash": _nash,
}


# a mediator's advice


class _Advised:
    """The consent game, one player a resident, payoffs over today's; ``actions[i][a]`` are the sites that action accepts."""

    def __init__(self, siting: Siting, actions: Sequence[Sequence[Sequence[int]]], before: list[Fraction]) -> None:
        self.siting, self.before = siting, before
        self.rows = [row for row, count in enumerate(siting.counts) for _ in range(count)]
        self.actions = [[frozenset(choice) for choice in choices] for choices in actions]
        self.shape = [len(choices) for choices in self.actions]
        self.players = range(len(self.rows))
        self.slack = siting.slack
        self.size = max(abs(u) for row in siting.U for u in row)

    def complete(self) -> bool:
        """Whether every resident can accept exactly the subsets of the sites over which it holds a veto."""
        held = [[x for x in self.siting.sites if row in self.siting.consent_set(x)] for row in self.rows]
        wanted = [{frozenset(some) for k in range(len(sites) + 1) for some in combinations(sites, k)} for sites in held]
        return [set(choices) for choices in self.actions] == wanted and self.shape == [len(choices) for choices in wanted]

    def outcome(self, profile: Profile) -> int:
        """The site built."""
        for x in self.siting.priority:
            members = self.siting.consent_set(x)
            if all(x in self.actions[k][profile[k]] for k, row in enumerate(self.rows) if row in members):
                return x
        return self.siting.quo

    def payoff(self, player: int, profile: Profile) -> Fraction:
        """What ``player`` gains over today."""
        row = self.rows[player]
        return self.siting.U[row][self.outcome(profile)] - self.before[row]

    def profiles(self) -> Any:
        """All pure profiles."""
        return product(*map(range, self.shape))


def least_that_counts(entry: Mapping[str, Any], siting: Siting) -> Fraction:
    """The tau from which a rule does something: advice without a proof may be obeyed only up to a solver's tolerance."""
    if "advice" in entry and entry["advice"]["proof"] is None:
        return max(siting.slack, SOLVER_TOLERANCE * max(abs(u) for row in siting.U for u in row))
    return siting.slack


def _advice(entry: Mapping[str, Any], siting: Siting, today: Sequence[int], before: list[Fraction]) -> Claims:
    """DL-1: the device is obeyed, nothing better is, and today's equilibria remain."""
    yield say("the rule is known to the checker"), entry["id"] == "DL-1"
    advice = entry["advice"]
    ordered = siting.ordered(advice["priority"])
    yield say("sites are taken in order of surplus"), ordered.in_order()
    game = _Advised(ordered, advice["actions"], before)
    yield say("everybody chooses among all sites it holds a veto over"), game.complete()
    device = [(tuple(part["profile"]), real(part["probability"])) for part in advice["device"]]
    yield say("a distribution over profiles"), all(p >= 0 for _, p in device) and abs(sum(p for _, p in device) - 1) <= siting.rounding
    yield say("the best is claimed only with its proof"), advice["proof"] is not None or not provable(game.shape, siting.exact)
    yield say("everybody is willing to follow"), obedient(game, device, exactly=advice["proof"] is not None)
    lottery = [Fraction(0)] * len(siting.names)
    for profile, p in device:
        lottery[game.outcome(profile)] += p
    first, *rest = entry["results"]
    same = all(abs(real(a) - b) <= siting.rounding for a, b in zip(first["lottery"], lottery, strict=True))
    kept = sorted(reals(result["lottery"]).index(Fraction(1)) for result in rest) == sorted(today)
    unpaid = not any(any(reals(result["transfers"])) for result in entry["results"])
    yield say("the lottery is what the advice leads to, and today's equilibria remain"), same and kept and unpaid
    if advice["proof"] is not None:
        least = min(sum((p * game.payoff(i, profile) for profile, p in device), start=Fraction(0)) for i in game.players)
        yield say("no correlated equilibrium does better (dual weights)"), dual_bound(advice["proof"], game, least, maximin=True)
