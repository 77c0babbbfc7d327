"""Silence escalates, and never confirms."""

from sqlalchemy import select

from index_service.notices.tables import Notice
from index_service.requests.jobs import make_handlers
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.escalate_silence import SILENCE, escalate_silence
from index_service.requests.tables import Request
from storage.database.outbox.deliver_due import Message
from storage.database.outbox.tables import Outbox
from tests.index_service.scene import NOW, after, find_scene
from tests.index_service.walk import begin_correction, deliver_and_confirm, published
from tests.services.kept import Holding


def test_an_unanswered_delivery_reminds_office_and_ministry_again_and_again(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = begin_correction(session, scene, "陳大", "陳太")
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        posted = session.scalars(
            select(Outbox).where(Outbox.topic == SILENCE, Outbox.unique_key.contains(str(request.id)))
        ).one()
        # Three working days after Monday is Thursday.
        assert posted.due_at.date().isoformat() == "2026-11-19"
        payload = posted.payload
    remind = make_handlers(database=database, now=lambda: after(days=4))[SILENCE]
    for _ in range(2):
        remind(Message(id=posted.id, topic=SILENCE, payload=payload, attempt=1))
    with database.reading() as session:
        told = session.scalars(select(Notice).where(Notice.kind == "request.unanswered")).all()
        assert {one.office_id for one in told} == {scene.office.id, None}
        assert len(told) == 2
        assert session.get_one(Request, request.id).state == "awaiting_confirmation"
        keys = session.scalars(select(Outbox.unique_key).where(Outbox.unique_key.contains(str(request.id))))
        assert set(keys) == {f"silence/{request.id}/1/{reminder}" for reminder in (1, 2)}


def test_an_answered_delivery_is_not_reminded_of(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = begin_correction(session, scene, "陳大", "陳太")
        deliver_and_confirm(session, scene, request)
        assert not escalate_silence(session, request_id=request.id, delivery=1, reminder=1, at=after(days=4))
        assert session.scalars(select(Notice).where(Notice.kind == "request.unanswered")).all() == []
