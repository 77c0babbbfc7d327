"""Propose that an entry or an image be hidden."""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from access.audit.operations.record_event import record_event
from access.http.problems import Invalid, NotFound
from access.principal import Principal
from index_service.editions.tables import Hold
from index_service.entries.tables import Entry
from storage.catalogue.tables import PageImage


def propose_hold(
    session: Session,
    *,
    actor: Principal,
    reason: str,
    review_by: datetime,
    at: datetime,
    entry_id: uuid.UUID | None = None,
    image_id: uuid.UUID | None = None,
) -> Hold:
    """Put a hold (暫停提供查詢) forward; it hides nothing until a second person approves it.

    Raises:
        Invalid: no reason, a review in the past, or not exactly one subject.
        NotFound: there is no such entry or image in sight.
    """
    assert actor.account_id is not None, "only a person proposes a hold"
    _check(reason, review_by, at, entry_id, image_id)
    hold = Hold(
        office_id=_office_of(session, actor, entry_id, image_id),
        entry_id=entry_id,
        image_id=image_id,
        reason=reason.strip(),
        proposed_by=actor.account_id,
        proposed_at=at,
        review_by=review_by,
    )
    session.add(hold)
    session.flush()
    record_hold_event(session, hold, "hold.propose", actor=actor, at=at)
    return hold


def record_hold_event(session: Session, hold: Hold, action: str, *, actor: Principal, at: datetime) -> None:
    """Record who did what to a hold, naming its subject by id."""
    record_event(
        session,
        actor=actor,
        action=action,
        subject_kind="hold",
        subject_id=str(hold.id),
        facts={"entry": str(hold.entry_id or ""), "image": str(hold.image_id or "")},
        at=at,
    )


def _check(
    reason: str, review_by: datetime, at: datetime, entry_id: uuid.UUID | None, image_id: uuid.UUID | None
) -> None:
    defects = []
    if (entry_id is None) == (image_id is None):
        defects.append("subject")
    if not reason.strip() or len(reason.strip()) > 500:
        defects.append("reason")
    if review_by <= at:
        defects.append("review_by")
    if defects:
        raise Invalid(
            "hold_incomplete",
            "暫停提供查詢須指明一筆索引或一張影像、理由（500 字以內）及日後的檢討日期。",
            "A hold names one entry or one image, a reason (500 characters at most), a later day of review.",
            defects=defects,
        )


def _office_of(
    session: Session, actor: Principal, entry_id: uuid.UUID | None, image_id: uuid.UUID | None
) -> uuid.UUID:
    subject = session.get(Entry, entry_id) if entry_id is not None else session.get(PageImage, image_id)
    if subject is None or not (actor.sees_every_office or actor.office_id == subject.office_id):
        raise NotFound("hold_subject_unknown", "查無此索引或影像。", "There is no such entry or image.")
    return subject.office_id
