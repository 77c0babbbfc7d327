"""Observes the ranges by which the recogniser's layers become bytes, and what that changes."""
