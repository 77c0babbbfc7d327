"""Dated places and their succession."""
