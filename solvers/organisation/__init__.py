"""What can be said about the games of :mod:`encompass.games.organisation`: equilibria, optima, paths, thresholds."""
