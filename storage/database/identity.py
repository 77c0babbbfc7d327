"""Row identifiers."""

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """Return a version 7 UUID (RFC 9562): unique, and rising with time."""
    return uuid_utils.compat.uuid7()
