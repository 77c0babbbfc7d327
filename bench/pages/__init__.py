"""Draws synthetic register pages with their truth."""
