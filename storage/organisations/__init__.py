"""Offices, agencies, local governments, stations."""
