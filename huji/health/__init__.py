"""Heartbeats of processes that serve no HTTP: workers and schedulers."""
