"""Bytes and rows: knows no workflow."""
