"""Cursors: a place in a listing that stays right while rows are added."""

import base64
import binascii
import json
import uuid

from access.http.problems import Invalid


def encode_cursor(*values: str | int | float | uuid.UUID) -> str:
    """Pack the sort key of the last row shown into an opaque text."""
    raw = json.dumps([str(v) if isinstance(v, uuid.UUID) else v for v in values])
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> list[str | int | float]:
    """Unpack a cursor.

    Raises:
        Invalid: it is none of ours.
    """
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise _not_ours() from error
    if not isinstance(values, list) or not all(isinstance(v, str | int | float) for v in values):
        raise _not_ours()
    return values


def _not_ours() -> Invalid:
    return Invalid(
        "cursor_unknown",
        "cursor 不是本系統發出的，請自第一頁重新開始。",
        "This cursor was not issued here: start again from the first page.",
    )
