"""Object keys: which are valid everywhere, and which name their own content."""

import base64
import binascii
import re

from storage.objects.errors import InvalidKey
from storage.objects.ports import LARGEST_PART_NUMBER

_SEGMENT = r"[A-Za-z0-9_][A-Za-z0-9._=-]*"
_KEY = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*\Z")
_PREFIX = re.compile(rf"(?:{_SEGMENT}/)*(?:{_SEGMENT})?\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_CONTENT_KEY = re.compile(r"sha256/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})\Z")
_LONGEST_KEY = 512
_LONGEST_SEGMENT = 200


def content_key(sha256: str) -> str:
    """The key under which bytes of this SHA-256 (lower-case hex) are kept; raises InvalidKey."""
    if not _SHA256.match(sha256):
        raise InvalidKey("a SHA-256 is written as 64 lower-case hexadecimal digits")
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def content_hash(key: str) -> str | None:
    """The SHA-256 that a content key names, or None for any other key."""
    match = _CONTENT_KEY.match(key)
    return match.group(3) if match else None


def check_key(key: str) -> str:
    """The key unchanged; raises InvalidKey unless every store can hold it inside its own room."""
    wrong = len(key) > _LONGEST_KEY or not _KEY.match(key)
    if wrong or any(len(segment) > _LONGEST_SEGMENT for segment in key.split("/")):
        raise InvalidKey(
            f"not an object key: {key[:80]!r}; a key is segments of ASCII letters, digits and . _ = - "
            f"joined by /, none beginning with a dot, at most {_LONGEST_KEY} characters"
        )
    if key.startswith("sha256/") and content_hash(key) is None:
        raise InvalidKey(f"not a content key: {key[:80]!r}; it is sha256/ab/cd/abcd…, as content_key gives")
    return key


def check_prefix(prefix: str) -> str:
    """The prefix unchanged; raises InvalidKey unless a valid key could begin with it."""
    if len(prefix) > _LONGEST_KEY or not _PREFIX.match(prefix):
        raise InvalidKey(f"no object key begins with {prefix[:80]!r}")
    return prefix


def check_part_number(number: int) -> int:
    """The part number unchanged; raises ValueError outside 1 … 10000."""
    if not 1 <= number <= LARGEST_PART_NUMBER:
        raise ValueError(f"a part number is 1 … {LARGEST_PART_NUMBER}, not {number}")
    return number


def upload_ref(incoming_key: str, token: str = "") -> str:
    """A URL-safe reference that carries the incoming key and the store's own token for the upload."""
    packed = base64.urlsafe_b64encode(check_key(incoming_key).encode()).rstrip(b"=").decode()
    return f"{packed}.{token}"


def split_upload_ref(reference: str) -> tuple[str, str]:
    """The incoming key and the store's token of an upload reference; raises InvalidKey."""
    packed, dot, token = reference.partition(".")
    try:
        key = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError) as error:
        raise InvalidKey("not an upload reference: take the one that begin() returned") from error
    if not dot:
        raise InvalidKey("not an upload reference: take the one that begin() returned")
    return check_key(key), token
