"""Stage what a step of a rerun found; what is refused undoes nothing else, and is counted and named."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.accounts.queries import principal_of_account
from access.accounts.tables import Account
from access.http.problems import Problem
from index_service.requests.operations.compare_images import ImageFinding, Rereading
from index_service.requests.operations.open_rereading import open_rereading
from index_service.requests.operations.restage_unreviewed import restage_unreviewed
from storage.catalogue.tables import Volume
from storage.intake.tables import Rerun


def stage_findings(
    session: Session, rerun: Rerun, volume: Volume, rereading: Rereading, at: datetime
) -> dict[str, Any]:
    """Lay findings over the first loads image by image, and open the request for what is published.

    Returns what is to be noted beside the counts: the first loads something was laid over in
    (`first_loads`), the requests after the first (`more_requests`), and the codes of what was `refused`.
    """
    noted = dict(rerun.counts or {})
    for found in rereading.of_first_loads():
        _lay_over(session, volume, rereading, found, noted, at)
    _open(session, rerun, volume, rereading, noted, at)
    return {name: noted[name] for name in ("first_loads", "more_requests", "refused") if name in noted}


def _lay_over(
    session: Session,
    volume: Volume,
    rereading: Rereading,
    found: ImageFinding,
    noted: dict[str, Any],
    at: datetime,
) -> None:
    """Change one page's proposals, or none of them: a page that is refused holds up none of the others."""
    try:
        with session.begin_nested():
            request_id = restage_unreviewed(session, volume=volume, found=found, at=at)
    except Problem as problem:
        rereading.counts.refuse(found)
        note(noted, "refused", problem.code)
    else:
        note(noted, "first_loads", str(request_id))


def _open(
    session: Session,
    rerun: Rerun,
    volume: Volume,
    rereading: Rereading,
    noted: dict[str, Any],
    at: datetime,
) -> None:
    actor = principal_of_account(session, session.get_one(Account, rerun.ordered_by))
    try:
        with session.begin_nested():
            request = open_rereading(session, actor=actor, volume=volume, rereading=rereading, at=at)
    except Problem as problem:
        for found in rereading.of_published().found:
            rereading.counts.refuse(found)
        note(noted, "refused", problem.code)
        return
    if request is not None and rerun.request_id is None:
        rerun.request_id = request.id
    elif request is not None:
        note(noted, "more_requests", str(request.id))


def note(noted: dict[str, Any], name: str, what: str) -> None:
    """Add to a list of what is noted beside the counts what it does not hold yet."""
    before = noted.get(name, [])
    noted[name] = before if what in before else [*before, what]
