"""How zero-sum a standoff is, and which rules turn it positive-sum."""
