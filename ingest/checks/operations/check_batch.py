"""Hold a delivery's pages against one another, the volume and the manifest, once all of them are settled."""

from datetime import datetime

from sqlalchemy.orm import Session

from ingest.checks.check_designations import check_designations
from ingest.checks.find_duplicates import find_duplicates
from ingest.checks.find_elsewhere import find_elsewhere, sought_elsewhere
from ingest.checks.queries import limits_of, told_already, traces_before, traces_of_batch
from ingest.checks.query_elsewhere import held_elsewhere
from ingest.checks.trace import Notice
from storage.checks.tables import PageFinding
from storage.intake.tables import Batch


def check_batch(session: Session, *, batch: Batch, at: datetime) -> list[Notice]:
    """Write down what was found, each thing once, by its harder verdict; to be called under the batch's lock.

    A page flagged here goes on like any other: whoever confirms it has to open it.
    """
    fresh, limits = traces_of_batch(session, batch), limits_of(session, batch)
    doubles = find_duplicates(fresh, traces_before(session, batch, fresh), limits)
    double = {notice.image_id for notice in doubles if notice.check == "duplicate"}
    sought = sought_elsewhere(fresh, double, limits)
    elsewhere = find_elsewhere(fresh, held_elsewhere(session, batch, sought))
    found = [*doubles, *elsewhere, *check_designations(fresh, limits)]
    told = told_already(session, [notice.image_id for notice in found])
    added = [notice for notice in found if _is_news(notice, told.get((notice.image_id, notice.check)))]
    for notice in added:
        finding = told.get((notice.image_id, notice.check)) or PageFinding(office_id=batch.office_id)
        _write(finding, notice, at)
        session.add(finding)
    session.flush()
    return added


def _is_news(notice: Notice, told: PageFinding | None) -> bool:
    return told is None or (told.verdict, notice.verdict) == ("flag", "refuse")


def _write(finding: PageFinding, notice: Notice, at: datetime) -> None:
    finding.page_image_id, finding.check = notice.image_id, notice.check
    finding.other_image_id = notice.other_id
    finding.value, finding.verdict = round(notice.value, 4), notice.verdict
    finding.box = list(notice.box)
    finding.zh, finding.en = notice.zh, notice.en
    finding.created_at = at
