"""Deliberation rules as objects: what is said, voted or bargained, in which order, and what comes of it (ATLAS Part 3F)."""
