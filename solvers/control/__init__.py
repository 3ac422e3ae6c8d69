"""The best control of a finite chain, for ever or for so many periods, with a bound on what any answer can miss."""
