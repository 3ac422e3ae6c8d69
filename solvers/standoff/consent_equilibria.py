"""All pure equilibria of the consent game, at any number of residents, without writing the game out.

A profile matters only through the status of each site: *open* (all its consent set accepts), or closed. A closed site
whose consent set has two members or more can be refused by two, and then no single resident changes that; a closed site
with one member is within that member's reach. So an outcome o is an equilibrium outcome exactly when some set F of open
sites, with o first, deters every deviation:

* before o, the only member of a one-member site must not prefer it to o;
* a member of H(o) can withdraw and fall back on the next open site f, from there, if it belongs to H(f) too, on the one
  after, and so on to the status quo; none of these, and no site it holds alone on the way, may be better than o.

Everybody else can change nothing. The fewer can withdraw, the better, so opening a site whenever all who can still withdraw
like it no better than o is never wrong: one walk along the priority decides. In games given in floats, a gain within the
game's slack counts as none.
"""

from __future__ import annotations

from ...games.siting import ConsentGame


def supporting_sets(play: ConsentGame) -> dict[int, frozenset[int]]:
    """For every pure-equilibrium outcome (column; the status quo too) a set of open sites that supports it, complete."""
    supports: dict[int, frozenset[int]] = {}
    for outcome in (play.game.status_quo, *play.priority):
        found = _support(play, outcome)
        if found is not None:
            supports[outcome] = found
    return supports


def _support(play: ConsentGame, outcome: int) -> frozenset[int] | None:
    game, order = play.game, play.priority
    U, slack = game.utilities, game.slack
    at_quo = outcome == game.status_quo
    start = len(order) if at_quo else order.index(outcome)
    alone = {site: row for site in order if (row := _only_member(play, site)) is not None}
    if any(U[alone[t], t] > U[alone[t], outcome] + slack for t in order[:start] if t in alone):
        return None
    if at_quo:
        return frozenset()
    opened, able = [outcome], game.consent_set(outcome)
    for site in order[start + 1 :]:
        rows = list(able)
        if (U[rows, site] <= U[rows, outcome] + slack).all():
            opened.append(site)
            able = able & game.consent_set(site)
        elif alone.get(site) in able and U[alone[site], site] > U[alone[site], outcome] + slack:
            return None  # left closed, it tempts its only member
    holds = (U[list(able), outcome] >= -slack).all()
    return frozenset(opened) if holds else None


def _only_member(play: ConsentGame, site: int) -> int | None:
    members = play.game.consent_set(site)
    row = min(members)
    return row if len(members) == 1 and play.game.counts[row] == 1 else None


def class_size(play: ConsentGame, outcome: int) -> int | None:
    """How many pure equilibria end in ``outcome`` when every site has one host of its own; None otherwise (not counted).

    The host of o must lose by withdrawing, to the second open site or to the status quo; sites behind the second are free.
    """
    if not play.one_host:
        return None
    game, order = play.game, play.priority
    if outcome == game.status_quo:
        return 1
    host, position = min(game.consent_set(outcome)), order.index(outcome)
    mine = game.utilities[host]
    count = int(mine[outcome] >= -game.slack)
    for k in range(position + 1, len(order)):
        if mine[order[k]] <= mine[outcome] + game.slack:
            count += 2 ** (len(order) - 1 - k)
    return count
