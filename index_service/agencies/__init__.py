"""Agencies' agreements."""
