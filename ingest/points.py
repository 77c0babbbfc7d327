"""Named points in work that must survive being cut off anywhere."""

from collections.abc import Callable

AtPoint = Callable[[str], None]
"""Told the name of each point as the work passes it; a test hands in one that kills the process there."""


def pass_by(point: str) -> None:
    """Do nothing: what production does at every point."""
