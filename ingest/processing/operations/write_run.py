"""The one way to write to a run: by its claim, or not at all."""

from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from ingest.processing.claim import Claim, LeaseLost
from storage.intake.tables import ProcessingRun


def write_run(session: Session, claim: Claim, **values: object) -> None:
    """Set columns of a run that is ours; raises LeaseLost, and the transaction must roll back."""
    ours = (
        ProcessingRun.id == claim.run_id,
        ProcessingRun.token == claim.token,
        ProcessingRun.state == "running",
    )
    statement = update(ProcessingRun).where(*ours).values(**values)
    done = cast(CursorResult[Any], session.execute(statement.execution_options(synchronize_session=False)))
    if done.rowcount != 1:
        raise LeaseLost(f"run {claim.run_id}: token {claim.token} is not the current one")
