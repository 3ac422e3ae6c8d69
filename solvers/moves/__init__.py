"""Moves in order, and amounts chosen from a continuum."""
