"""Batches, uploads, processing runs, recognition results."""
