"""Notices: who was told what."""
