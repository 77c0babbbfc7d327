"""The names under which a change set speaks of what it changes: one change a subject."""

import uuid


def entry_subject(entry_id: uuid.UUID) -> str:
    """Name an entry."""
    return f"entry:{entry_id}"


def image_subject(page_id: uuid.UUID, view: int) -> str:
    """Name one view of a page."""
    return f"image:{page_id}:{view}"


def place_subject(page_id: uuid.UUID) -> str:
    """Name the place of a page."""
    return f"place:{page_id}"
