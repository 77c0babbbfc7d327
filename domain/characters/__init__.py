"""Variant folding, wildcards, search tokens."""
