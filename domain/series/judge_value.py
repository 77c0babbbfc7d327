"""Judge single values of a series' table, in words."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")


def listed(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def unknown(where: str, table: Mapping[str, Any], known: Collection[str]) -> Iterator[str]:
    """A defect for each key that no series has."""
    for key in sorted(set(table) - set(known)):
        yield f"{where}: unknown key {key!r}; there are {', '.join(sorted(known))}"


def not_key(where: str, value: object) -> Iterator[str]:
    """A defect unless the value can be a key."""
    if not isinstance(value, str) or not _KEY.match(value):
        yield f"{where} must be a-z, 0-9 and _, a letter first"


def not_text(where: str, value: object) -> Iterator[str]:
    """A defect unless the value is a text that says something."""
    if not isinstance(value, str) or not value.strip():
        yield f"{where} must be a text that is not empty"


def not_label(where: str, value: object) -> Iterator[str]:
    """A defect unless the value is a printed text without blanks."""
    yield from not_text(where, value)
    if isinstance(value, str) and value != "".join(value.split()):
        yield f"{where} {value!r} must have no blanks; blanks on forms are ignored"


def not_bool(where: str, value: object) -> Iterator[str]:
    """A defect unless the value is true or false."""
    if not isinstance(value, bool):
        yield f"{where} must be true or false"


def not_among(where: str, value: object, choices: tuple[str, ...]) -> Iterator[str]:
    """A defect unless the value is one of the choices."""
    if value not in choices:
        yield f"{where} must be one of {', '.join(choices)}"
