"""Which page comes next."""

import re

from ingest.station.spool.records import Sitting

_NUMBER = re.compile(r"^(\D*)(\d+)", re.ASCII)


def following(sitting: Sitting, designation: str, pages: int) -> str:
    """Return the page to expect behind `pages` pages from `designation` on; or the next ordered."""
    if sitting.wanted:
        done = {decision.designation for decision in sitting.kept()} | {designation}
        left = [order["designation"] for order in sitting.wanted if order["designation"] not in done]
        return left[0] if left else designation
    return later(designation, pages)


def later(designation: str, pages: int = 1) -> str:
    """Return the designation `pages` whole numbers on: `12-1` is followed by 13, 封面 by 1, 0009 by 0010."""
    match = _NUMBER.match(designation)
    if match is None:
        return "1"
    return f"{match[1]}{int(match[2]) + pages:0{len(match[2])}d}"
