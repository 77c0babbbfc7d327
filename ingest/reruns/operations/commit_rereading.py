"""Commit a run of a rerun: what was read on the image, and how the image is found to be turned."""

from datetime import datetime

from sqlalchemy.orm import Session

from ingest.pipeline.outcome import TurnedDerivative
from ingest.pipeline.reread import Rereading
from ingest.processing.claim import Claim
from ingest.processing.operations.renew_turn import renew_turn
from ingest.processing.operations.write_reading import write_reading
from ingest.processing.operations.write_run import write_run
from ingest.processing.queries import PageWork


def commit_rereading(
    session: Session,
    *,
    claim: Claim,
    work: PageWork,
    reading: Rereading,
    alto_key: str,
    at: datetime,
    turned: TurnedDerivative | None = None,
) -> None:
    """Write the reading of a run that is still ours; its rerun is settled once this is committed.

    `turned` takes the place of the image's derivative, where that is found on its side or its head.

    Raises:
        LeaseLost: it is not; the transaction must roll back.
    """
    assert work.rerun_id is not None, "only a rerun's run ends here"
    assert work.page_image_id is not None, "a rerun reads an image there is"
    write_run(
        session,
        claim,
        state="done",
        lease_until=None,
        error=None,
        timings=dict(reading.timings),
        finished_at=at,
    )
    write_reading(
        session,
        claim=claim,
        work=work,
        image_id=work.page_image_id,
        read=reading,
        alto_key=alto_key,
        at=at,
    )
    renew_turn(session, image_id=work.page_image_id, finding=reading.turn, turned=turned)
