"""Rules that change a standoff: the registry of all mechanisms by id."""

from .mechanism import Claim, Form, Knowledge, Mechanism, Outcome
from .registry import MECHANISMS

__all__ = ["MECHANISMS", "Claim", "Form", "Knowledge", "Mechanism", "Outcome"]
