"""The separate checker: it re-reads certificates and knows no solver and no game."""
