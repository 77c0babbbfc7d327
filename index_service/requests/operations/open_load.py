"""Open the first load of a file's entries for one volume, once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import SYSTEM
from domain.workflow import Action, Kind
from index_service.requests.operations.number_request import number_request
from index_service.requests.operations.transition import transition
from index_service.requests.rules import RequestRules
from index_service.requests.tables import Request
from storage.catalogue.tables import Volume
from storage.database.identity import new_id
from storage.intake.tables import Batch

LOAD = "load"


def open_load(
    session: Session, *, volume: Volume, file_sha256: str, at: datetime, rules: RequestRules
) -> Request | None:
    """Write the load's batch and open its request; None where this file was loaded into the volume before.

    The volume is locked by the caller, or new.

    Raises:
        Conflict: the workflow refuses.
    """
    key = f"{LOAD}/{file_sha256}"
    known = select(Batch.id).filter_by(volume_id=volume.id, purpose=LOAD, idempotency_key=key)
    if session.scalar(known) is not None:
        return None
    batch = Batch(
        office_id=volume.office_id,
        volume_id=volume.id,
        idempotency_key=key,
        manifest_sha256=file_sha256,
        purpose=LOAD,
        state="processed",
        declared_at=at,
        processed_at=at,
    )
    session.add(batch)
    session.flush()
    return _open(session, batch, volume, at=at, rules=rules)


def _open(session: Session, batch: Batch, volume: Volume, *, at: datetime, rules: RequestRules) -> Request:
    request = Request(
        id=new_id(),
        number=number_request(session, at=at),
        kind=Kind.FIRST_LOAD.value,
        office_id=batch.office_id,
        series_key=volume.series_key,
        batch_id=batch.id,
        created_at=at,
    )
    transition(session, request, Action.OPEN, actor=SYSTEM, at=at, rules=rules)
    return request
