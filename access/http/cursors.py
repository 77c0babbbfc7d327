"""Cursors: a place in a listing that stays right while rows are added."""

import base64
import hashlib
import json
import uuid
from collections.abc import Callable
from typing import Any

from access.http.problems import Invalid

# Longer than any sort key of ours; what is longer is not even looked into.
LONGEST = 500


def encode_cursor(*values: str | int | float | uuid.UUID) -> str:
    """Pack the sort key of the last row shown into an opaque text."""
    raw = json.dumps([str(v) if isinstance(v, uuid.UUID) else v for v in values])
    return base64.urlsafe_b64encode(_sum(raw) + raw.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: Callable[[Any], Any]) -> list[Any]:
    """Unpack a cursor; with `kinds`, one for each value, also as those kinds.

    The sum within shows a cursor that was cut or mistyped; it is no secret, so a listing that reads more
    out of a value than its text names its kinds.

    Raises:
        Invalid: it is none of ours, or belongs to another listing.
    """
    try:
        values = _unpacked(cursor)
        if kinds:
            return [kind(value) for kind, value in zip(kinds, values, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise _not_ours() from error
    return values


def _unpacked(cursor: str) -> list[Any]:
    if len(cursor) > LONGEST:
        raise ValueError("a cursor is short")
    packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    raw = packed[4:].decode()
    values = json.loads(raw)
    if packed[:4] != _sum(raw) or not values or not isinstance(values, list):
        raise ValueError("a cursor holds its sum and a list")
    if not all(isinstance(value, str | int | float) for value in values):
        raise ValueError("a cursor holds texts and numbers")
    return values


def _sum(raw: str) -> bytes:
    return hashlib.sha256(raw.encode()).digest()[:4]


def _not_ours() -> Invalid:
    return Invalid(
        "cursor_unknown",
        "cursor 不是本系統發出的，請自第一頁重新開始。",
        "This cursor was not issued here: start again from the first page.",
    )
