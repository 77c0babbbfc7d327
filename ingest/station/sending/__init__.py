"""Sending closed volumes: within the hours and the rate allowed, again and again until acknowledged."""
