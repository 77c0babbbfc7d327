"""A held entry is shown in no edition; a held image hides its picture."""

import pytest
from sqlalchemy import select

from access.http.problems import Conflict, Invalid, NotFound
from index_service.editions.hold_queries import entry_not_held, is_held
from index_service.editions.jobs import make_handlers
from index_service.editions.operations.approve_hold import approve_hold
from index_service.editions.operations.call_for_review import HOLD_REVIEW, call_for_review
from index_service.editions.operations.lift_hold import lift_hold
from index_service.editions.operations.propose_hold import propose_hold
from index_service.editions.queries import published_image_at
from index_service.entries.tables import EntryVersion
from index_service.notices.tables import Notice
from storage.database.outbox.deliver_due import Message
from storage.database.outbox.tables import Outbox
from tests.index_service.scene import NOW, after, find_scene
from tests.index_service.walk import correct, named, names_at, published
from tests.services.kept import Holding


def test_a_held_entry_is_in_no_edition_until_it_is_lifted(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        correct(session, scene, "陳大", "陳太")
        entry_id = named(session, "陳太").entry_id
        hold = propose_hold(
            session,
            actor=scene.supervisor,
            entry_id=entry_id,
            reason="當事人異議",
            review_by=after(days=30),
            at=NOW,
        )
        assert names_at(session, 2) == {"陳太", "陳二"}
        approve_hold(session, actor=scene.ministry, hold_id=hold.id, at=NOW)
        assert is_held(session, entry_id=entry_id)
        assert names_at(session, 2) == names_at(session, 1) == {"陳二"}
        shown = session.scalars(select(EntryVersion).where(entry_not_held(EntryVersion.entry_id))).all()
        assert entry_id not in {version.entry_id for version in shown}
        lift_hold(session, actor=scene.ministry, hold_id=hold.id, reason="查無錯誤", at=NOW)
        assert names_at(session, 2) == {"陳太", "陳二"}
        assert names_at(session, 1) == {"陳大", "陳二"}


def test_a_held_image_hides_its_picture_and_not_its_entries(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        version = named(session, "陳大")
        hold = propose_hold(
            session,
            actor=scene.supervisor,
            image_id=version.image_id,
            reason="誤掃他人資料",
            review_by=after(days=30),
            at=NOW,
        )
        approve_hold(session, actor=scene.publisher, hold_id=hold.id, at=NOW)
        assert published_image_at(session, 1, page_id=version.page_id) is None
        assert published_image_at(session, 1, page_id=version.page_id, include_held=True) is not None
        assert names_at(session, 1) == {"陳大"}


def test_a_hold_needs_two_people_a_reason_and_a_subject_in_sight(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        entry_id = named(session, "陳大").entry_id
        review = after(days=30)
        with pytest.raises(Invalid) as caught:
            propose_hold(session, actor=scene.ministry, reason=" ", review_by=NOW, at=NOW)
        assert caught.value.details["defects"] == ["subject", "reason", "review_by"]
        with pytest.raises(NotFound):
            propose_hold(
                session,
                actor=scene.other_supervisor,
                entry_id=entry_id,
                reason="好奇",
                review_by=review,
                at=NOW,
            )
        hold = propose_hold(
            session, actor=scene.ministry, entry_id=entry_id, reason="疑義", review_by=review, at=NOW
        )
        with pytest.raises(Conflict, match="另一人"):
            approve_hold(session, actor=scene.ministry, hold_id=hold.id, at=NOW)
        approve_hold(session, actor=scene.publisher, hold_id=hold.id, at=NOW)
        with pytest.raises(Conflict):
            approve_hold(session, actor=scene.publisher, hold_id=hold.id, at=NOW)
        with pytest.raises(Invalid):
            lift_hold(session, actor=scene.ministry, hold_id=hold.id, reason="", at=NOW)
        lift_hold(session, actor=scene.ministry, hold_id=hold.id, reason="釐清", at=NOW)
        with pytest.raises(Conflict):
            lift_hold(session, actor=scene.ministry, hold_id=hold.id, reason="再次", at=NOW)


def test_a_hold_still_in_force_is_called_up_for_review(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        entry_id = named(session, "陳大").entry_id
        hold = propose_hold(
            session,
            actor=scene.supervisor,
            entry_id=entry_id,
            reason="異議",
            review_by=after(days=30),
            at=NOW,
        )
        approve_hold(session, actor=scene.ministry, hold_id=hold.id, at=NOW)
        posted = session.scalars(select(Outbox).where(Outbox.topic == HOLD_REVIEW)).one()
        assert posted.due_at == after(days=30)
    handle = make_handlers(database=database, now=lambda: after(days=30))[HOLD_REVIEW]
    for _ in range(2):
        handle(Message(id=posted.id, topic=HOLD_REVIEW, payload=posted.payload, attempt=1))
    with database.writing() as session:
        told = session.scalars(select(Notice.office_id).where(Notice.kind == HOLD_REVIEW)).all()
        assert sorted(told, key=str) == sorted([scene.office.id, None], key=str)
        assert is_held(session, entry_id=entry_id)
        lift_hold(session, actor=scene.ministry, hold_id=hold.id, reason="釐清", at=after(days=31))
        assert not call_for_review(session, hold_id=hold.id, at=after(days=60))
