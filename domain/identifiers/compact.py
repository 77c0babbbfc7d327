"""Bring what people type to one width."""

import unicodedata


def compact(text: str) -> str:
    """Half-width, upper case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())
