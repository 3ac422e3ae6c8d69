"""Slow, obvious twins of the fast solvers: each is its definition, tried on every profile and every coalition.

They read a game through ``game.shape`` and ``game.payoffs(profile)`` only, and share no code with the package.
"""

from itertools import combinations, product


def profiles(game):
    return list(product(*map(range, game.shape)))


def coalitions(game, most=None):
    n = len(game.shape)
    return [S for size in range(1, (n if most is None else most) + 1) for S in combinations(range(n), size)]


def joint_deviations(game, profile, S):
    for actions in product(*(range(game.shape[i]) for i in S)):
        other = list(profile)
        for i, a in zip(S, actions):
            other[i] = a
        yield tuple(other)


class Payoffs:
    """The payoffs of all profiles, read once."""

    def __init__(self, game):
        self.shape = game.shape
        self.known = {a: tuple(game.payoffs(a)) for a in profiles(game)}

    def payoffs(self, profile):
        return self.known[profile]


def pure(game):
    return {a for a in profiles(game) if not leaves(game, a, coalitions(game, 1))}


def leaves(game, a, among):
    """Whether some coalition among those given has a joint deviation that all its members prefer."""
    return any(all(game.payoffs(b)[i] > game.payoffs(a)[i] for i in S) for S in among for b in joint_deviations(game, a, S))


def strict(game):
    def alone_is_worse(a):
        return all(
            b == a or game.payoffs(b)[i] < game.payoffs(a)[i] for i in range(len(game.shape)) for b in joint_deviations(game, a, (i,))
        )

    return {a for a in profiles(game) if alone_is_worse(a)}


def strong(game, k=None):
    return {a for a in profiles(game) if not leaves(game, a, coalitions(game, k))}


def coalition_proof(game):
    """Bernheim, Peleg and Whinston (1987), Definition 1, literally: every proper coalition is asked."""
    known = {}

    def is_proof(S, a):
        if (S, a) not in known:
            better = [b for b in joint_deviations(game, a, S) if all(game.payoffs(b)[i] > game.payoffs(a)[i] for i in S)]
            known[S, a] = is_enforcing(S, a) and not any(is_enforcing(S, b) for b in better)
        return known[S, a]

    def is_enforcing(S, a):
        return all(is_proof(J, a) for size in range(1, len(S)) for J in combinations(S, size))

    everybody = tuple(range(len(game.shape)))
    return {a for a in profiles(game) if is_proof(everybody, a)}


def eliminate(game, weak=False):
    """Survivors of rounds that remove every action beaten by another single action."""
    alive = [list(range(k)) for k in game.shape]

    def worth(i, action):
        others = [[0] if j == i else left for j, left in enumerate(alive)]
        return [game.payoffs((*a[:i], action, *a[i + 1 :]))[i] for a in product(*others)]

    def beats(i, b, a):
        pairs = list(zip(worth(i, b), worth(i, a)))
        if weak:
            return all(x >= y for x, y in pairs) and any(x > y for x, y in pairs)
        return all(x > y for x, y in pairs)

    while True:
        lost = [(i, a) for i, left in enumerate(alive) for a in left if any(beats(i, b, a) for b in left if b != a)]
        if not lost:
            return alive
        for i, a in lost:
            alive[i].remove(a)
