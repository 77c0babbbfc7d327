"""Entries and their immutable versions."""
