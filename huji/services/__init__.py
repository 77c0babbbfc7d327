"""Servers that the embedded default starts as its own children."""
