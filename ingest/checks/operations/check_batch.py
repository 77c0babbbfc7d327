"""Hold a delivery's pages against one another, the volume and the manifest, once all of them are settled."""

from datetime import datetime

from sqlalchemy.orm import Session

from ingest.checks.check_designations import check_designations
from ingest.checks.find_duplicates import find_duplicates
from ingest.checks.queries import limits_of, told_already, traces_before, traces_of_batch
from ingest.checks.trace import Notice
from storage.checks.tables import PageFinding
from storage.intake.tables import Batch


def check_batch(session: Session, *, batch: Batch, at: datetime) -> list[Notice]:
    """Write down what was found, each thing once; to be called under the batch's lock.

    A page flagged here goes on like any other: whoever confirms it has to open it.
    """
    fresh, limits = traces_of_batch(session, batch), limits_of(session, batch)
    doubles = find_duplicates(fresh, traces_before(session, batch, fresh), limits)
    found = [*doubles, *check_designations(fresh, limits)]
    told = told_already(session, [notice.image_id for notice in found])
    added = [notice for notice in found if (notice.image_id, notice.check) not in told]
    session.add_all(_finding(notice, batch, at) for notice in added)
    session.flush()
    return added


def _finding(notice: Notice, batch: Batch, at: datetime) -> PageFinding:
    return PageFinding(
        page_image_id=notice.image_id,
        office_id=batch.office_id,
        other_image_id=notice.other_id,
        check=notice.check,
        value=round(notice.value, 4),
        verdict=notice.verdict,
        box=list(notice.box),
        zh=notice.zh,
        en=notice.en,
        created_at=at,
    )
