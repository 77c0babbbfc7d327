"""Batches as stations declare them."""
