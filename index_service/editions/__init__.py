"""Editions: what is published, as of which number; holds and reversals."""
