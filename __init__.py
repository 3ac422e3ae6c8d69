"""encompass: games of collective action, their equilibria, and proofs of which rule makes them positive-sum."""
