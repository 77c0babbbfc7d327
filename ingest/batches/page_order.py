"""The order of pages within a volume, from their designations."""

import re

_DESIGNATION = re.compile(r"^(\D*)(\d+)(?:[-–.之_](\d+))?", re.ASCII)
SPREAD = 1000
"""Places kept between two whole page numbers, for `12-1`, `12a` and pages without a number."""

_LARGEST_NUMBER = 2_000_000
"""What a page number may be before it no longer counts as one: places are kept as 32-bit integers."""

Order = tuple[int, int, str]


def page_order(designation: str) -> Order | None:
    """Return a key that sorts `9` before `12`, `12` before `12-1` and `12a`; None without a number (封面)."""
    match = _DESIGNATION.match(designation)
    if match is None:
        return None
    sub = int(match[3] or 0)
    return int(match[2]), sub, designation[match.end(2) :]


def page_sequence(designation: str, before: int) -> int:
    """Return the page's place in the volume; one without a number stands right behind the place `before`."""
    order = page_order(designation)
    if order is None or order[0] > _LARGEST_NUMBER:
        return before + 1
    number, sub, rest = order
    return number * SPREAD + (min(sub, SPREAD - 1) if sub else min(len(rest), 1))
