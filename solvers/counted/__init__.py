"""Equilibria of games whose players are counted."""
