"""The hash chain, purely: what is hashed of an event and how one link follows another.

A change to any sealed event, or its removal, breaks every later hash. The scheme is that of a linear
hash chain over canonical JSON (RFC 8785's key order and separators; our values are strings, integers and
lists of them, for which the two agree).
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

GENESIS = hashlib.sha256(b"huji audit chain 1").hexdigest()


def commitment(salt: str, value: str) -> str:
    """Return what stands in a hashed event in place of a personal value."""
    return "sha256:" + hashlib.sha256(f"{salt}\x00{value}".encode()).hexdigest()


def canonical(event: Mapping[str, Any]) -> bytes:
    """Return the bytes of an event that are hashed: sorted keys, no spaces, UTF-8."""
    return json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link(previous_hash: str, position: int, event: Mapping[str, Any]) -> str:
    """Return the chain hash of an event at a position after `previous_hash` (hex)."""
    head = f"{previous_hash}\n{position}\n".encode()
    return hashlib.sha256(head + canonical(event)).hexdigest()


def moment(at: datetime) -> str:
    """Return a moment the way it is hashed: UTC, microseconds."""
    return at.isoformat(timespec="microseconds")
