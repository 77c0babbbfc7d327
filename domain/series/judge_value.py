"""Judge single values of a series' table, in words."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from domain.series.bare_label import bare_label

_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")
_LONGEST_TEXT, _LONGEST_LABEL = 2000, 64


def listed(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def named(table: Mapping[str, Any]) -> str:
    """A table's key, to be told; what no screen can show is not repeated."""
    key = table.get("key")
    return key if isinstance(key, str) and key.isprintable() and 0 < len(key) <= 64 else "no key"


def unknown(where: str, table: Mapping[str, Any], known: Collection[str]) -> Iterator[str]:
    """A defect for each key that no series has."""
    for key in sorted(set(table) - set(known)):
        yield f"{where}: unknown key {key!r}; there are {', '.join(sorted(known))}"


def not_key(where: str, value: object) -> Iterator[str]:
    """A defect unless the value can be a key."""
    if not isinstance(value, str) or not _KEY.match(value):
        yield f"{where} must be a-z, 0-9 and _, a letter first, and no longer than 64"


def not_text(where: str, value: object) -> Iterator[str]:
    """A defect unless the value is a text that says something."""
    if not isinstance(value, str) or not value.strip():
        yield f"{where} must be a text that is not empty"
    elif len(value) > _LONGEST_TEXT:
        yield f"{where} has {len(value):,} characters; {_LONGEST_TEXT:,} are the most"
    elif any(unicodedata.category(one) == "Cc" for one in value):
        yield f"{where} {value[:_LONGEST_LABEL]!r} holds a control character; take it out"


def not_label(where: str, value: object) -> Iterator[str]:
    """A defect unless the value is a printed text without blanks."""
    wrong = tuple(not_text(where, value))
    yield from wrong
    if wrong or not isinstance(value, str):
        return
    if len(value) > _LONGEST_LABEL:
        yield f"{where} has {len(value):,} characters; {_LONGEST_LABEL} are the most"
    elif value != "".join(value.split()):
        yield f"{where} {value!r} must have no blanks; blanks on forms are ignored"
    elif not bare_label(value):
        yield f"{where} {value!r} holds neither letters nor digits; punctuation on forms is ignored"


def not_bool(where: str, value: object) -> Iterator[str]:
    """A defect unless the value is true or false."""
    if not isinstance(value, bool):
        yield f"{where} must be true or false"


def not_among(where: str, value: object, choices: tuple[str, ...]) -> Iterator[str]:
    """A defect unless the value is one of the choices."""
    if value not in choices:
        yield f"{where} must be one of {', '.join(choices)}"
