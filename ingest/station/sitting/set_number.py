"""Say which page comes next, or how many there are."""

import re

from ingest.station.sitting.refusals import NotNow, open_sitting
from ingest.station.spool.spool import Spool

_DESIGNATION = re.compile(r"[^\x00-\x1f\x7f\s](?:[^\x00-\x1f\x7f]{0,30}[^\x00-\x1f\x7f\s])?\Z")
_MOST = 50_000


def set_number(spool: Spool, designation: str) -> None:
    """Make this the next page; raises NotNow if it is no designation."""
    designation = designation.strip()
    check_designation(designation)
    with spool.held() as state:
        spool.append("numbered", sitting=open_sitting(state).id, next=designation)


def set_expected(spool: Spool, expected: int | None) -> None:
    """Note how many pages the volume should have, where the centre has not said; raises NotNow."""
    if expected is not None and not 1 <= expected <= _MOST:
        raise NotNow(f"頁數須為 1 至 {_MOST}。", f"A volume has 1 to {_MOST} pages.")
    with spool.held() as state:
        spool.append("expected", sitting=open_sitting(state).id, expected=expected)


def check_designation(designation: str) -> None:
    """Raise NotNow if the centre would refuse the designation."""
    if not _DESIGNATION.match(designation):
        raise NotNow("頁次須為 1–32 字。", "A page's designation has 1 to 32 characters.")
