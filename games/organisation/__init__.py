"""Games of people who govern themselves, each given by a few numbers: who runs a district, how, and what goes wrong.

Every family is a frozen dataclass in a file of its own, listed in :mod:`.registry`; what can be said about it is computed in
:mod:`encompass.solvers.organisation`.
"""
