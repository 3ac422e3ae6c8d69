"""Design: the best mechanism there is for an environment, as a linear program with its dual (Conitzer and Sandholm 2002)."""
