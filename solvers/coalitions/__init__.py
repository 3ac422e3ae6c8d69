"""Dominance, security, and equilibria that groups cannot leave."""
