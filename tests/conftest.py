"""Fixtures for the whole suite: real servers, one of each a session, started when first asked for."""

pytest_plugins = ["tests.services.fixtures"]
