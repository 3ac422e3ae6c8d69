"""Audits: whether a mechanism has the properties it claims, proved, refuted by a witness, or searched."""
