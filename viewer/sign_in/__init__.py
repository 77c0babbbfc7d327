"""Signing in and out; the home page of each role."""
