"""Real standoffs: case files, their schema, and what they say of themselves."""
