"""Two-player games: all extreme equilibria and what they form, paths and learning."""
