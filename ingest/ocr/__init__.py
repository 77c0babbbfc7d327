"""The recognition port and its engines."""
