"""Every step of a request on real rows: status, history, deadline, notices, and every refusal whole."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.audit.tables import AuditEvent
from access.http.problems import Conflict, NotFound, Stale
from domain.workflow import Kind
from index_service.changesets.operations.rebase_change import rebase_change
from index_service.changesets.queries import change_set_of
from index_service.notices.tables import Notice
from index_service.requests.form import ItemForm, RequestForm
from index_service.requests.operations.accept_request import accept_request
from index_service.requests.operations.answer_question import answer_question
from index_service.requests.operations.ask_office import ask_office
from index_service.requests.operations.cancel_request import cancel_request
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.dispute_delivery import dispute_delivery
from index_service.requests.operations.draft_request import draft_request
from index_service.requests.operations.edit_request import edit_request
from index_service.requests.operations.publish_request import publish_request
from index_service.requests.operations.reassign_request import reassign_request
from index_service.requests.operations.recall_delivery import recall_delivery
from index_service.requests.operations.reject_request import reject_request
from index_service.requests.operations.reopen_request import reopen_request
from index_service.requests.operations.return_request import return_request
from index_service.requests.operations.start_request import start_request
from index_service.requests.operations.submit_request import submit_request
from index_service.requests.operations.withdraw_request import withdraw_request
from index_service.requests.queries import history_of, items_of, list_requests
from index_service.requests.tables import Confirmation, Request
from tests.index_service.scene import NOW, SERIES, Scene, after, find_scene
from tests.index_service.walk import (
    begin_correction,
    change_set,
    changes,
    correct,
    correction_form,
    deliver_and_confirm,
    named,
    names_at,
    open_pages,
    publish,
    published,
    refusal,
)
from tests.services.kept import Holding


def steps(session: Session, request: Request) -> list[tuple[str, str | None, str]]:
    """Each step as action, from, to."""
    return [(one.action, one.from_state, one.to_state) for one in history_of(session, request.id)]


def submitted(session: Session, scene: Scene, old: str, new: str) -> Request:
    """A correction reported to the ministry."""
    form = correction_form(named(session, old), new)
    request = draft_request(session, actor=scene.clerk, form=form, at=NOW)
    return submit_request(
        session, actor=scene.supervisor, request_id=request.id, letter_number="北板戶字第1號", at=NOW
    )


def test_each_change_of_status_has_its_history_row_audit_event_and_number(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        edition = correct(session, scene, "陳大", "陳太")
        request = session.get_one(Request, edition.request_id)
        assert steps(session, request) == [
            ("draft", None, "draft"),
            ("submit", "draft", "submitted"),
            ("accept", "submitted", "accepted"),
            ("start", "accepted", "in_maintenance"),
            ("deliver", "in_maintenance", "awaiting_confirmation"),
            ("confirm", "awaiting_confirmation", "confirmed"),
            ("publish", "confirmed", "published"),
        ]
        assert [one.step for one in history_of(session, request.id)] == [1, 2, 3, 4, 5, 6, 7]
        events = session.scalars(
            select(AuditEvent.action).where(AuditEvent.subject_id == str(request.id)).order_by(AuditEvent.id)
        ).all()
        assert events == [f"request.{action}" for action, _, _ in steps(session, request)]
        numbers = session.scalars(select(Request.number).order_by(Request.number)).all()
        assert numbers == ["115-000001", "115-000002"]


def test_a_refusal_lists_every_reason_and_writes_nothing(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        form = RequestForm(
            kind=Kind.INDEX_CORRECTION, series_key=SERIES, items=(ItemForm(fault_code="blurred"),)
        )
        request = draft_request(session, actor=scene.clerk, form=form, at=NOW)
        with pytest.raises(Conflict) as caught:
            submit_request(session, actor=scene.clerk, request_id=request.id, at=NOW)
        assert refusal(caught) == {"form_incomplete", "not_in_submit_chain", "approver_is_drafter"}
        assert "聯絡人" in caught.value.zh
        assert "第1項" in caught.value.zh
        assert request.state == "draft"
        assert len(steps(session, request)) == 1


def test_a_returned_form_is_edited_and_goes_again_with_a_new_deadline(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = submitted(session, scene, "陳大", "陳太")
        # Ten working days after Monday 16 November 2026 is Monday 30 November.
        assert request.due_on is not None
        assert (request.due_on + timedelta(hours=8)).date().isoformat() == "2026-11-30"
        with pytest.raises(Conflict) as caught:
            return_request(session, actor=scene.ministry, request_id=request.id, defects={}, at=NOW)
        assert refusal(caught) == {"no_defects"}
        defects = {"grounds": "請敘明理由", "contact": "請附電話"}
        return_request(session, actor=scene.ministry, request_id=request.id, defects=defects, at=NOW)
        told = history_of(session, request.id)[-1].reasons
        assert told == [
            {"defect": "grounds", "text": "請敘明理由"},
            {"defect": "contact", "text": "請附電話"},
        ]
        form = correction_form(named(session, "陳大"), "陳木")
        with pytest.raises(Stale) as stale:
            edit_request(session, actor=scene.clerk, request_id=request.id, row_version=1, form=form, at=NOW)
        assert stale.value.details["kept"]["items"][0]["should_stand"] == "陳木"
        edit_request(
            session,
            actor=scene.clerk,
            request_id=request.id,
            row_version=request.row_version,
            form=form,
            at=NOW,
        )
        assert items_of(session, request.id)[0].should_stand == "陳木"
        submit_request(
            session, actor=scene.supervisor, request_id=request.id, letter_number="第2號", at=after(days=7)
        )
        assert request.state == "submitted"
        assert (request.due_on + timedelta(hours=8)).date().isoformat() == "2026-12-07"


def test_the_deadline_stands_still_while_the_office_is_asked(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = begin_correction(session, scene, "陳大", "陳太")
        due = request.due_on
        assert due is not None
        ask_office(
            session, actor=scene.operator, request_id=request.id, reasons=("原簿作何字？",), at=after(days=1)
        )
        assert request.state == "awaiting_office"
        assert request.stood_still_since == after(days=1)
        # Tuesday to the Tuesday after: five working days.
        answer_question(session, actor=scene.clerk, request_id=request.id, reasons=("太",), at=after(days=8))
        assert request.state == "in_maintenance"
        assert request.stood_still_since is None
        assert request.due_on == due + timedelta(days=7)


def test_recall_and_dispute_void_what_was_confirmed_and_opened(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = begin_correction(session, scene, "陳大", "陳太")
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        open_pages(session, request, scene.supervisor)
        recall_delivery(session, actor=scene.operator, request_id=request.id, reasons=("漏改一字",), at=NOW)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        assert request.delivery == 2
        with pytest.raises(Conflict) as caught:
            confirm_request(session, actor=scene.supervisor, request_id=request.id, at=NOW)
        assert refusal(caught) == {"pages_unopened"}
        item = items_of(session, request.id)[0]
        with pytest.raises(Conflict) as refused:
            dispute_delivery(
                session, actor=scene.clerk, request_id=request.id, item_reasons={item.id: " "}, at=NOW
            )
        assert refusal(refused) == {"item_without_reason"}
        dispute_delivery(
            session, actor=scene.clerk, request_id=request.id, item_reasons={item.id: "應為陳犬"}, at=NOW
        )
        assert request.state == "in_maintenance"
        assert history_of(session, request.id)[-1].reasons == [{"item": str(item.id), "text": "應為陳犬"}]


def test_confirmer_and_publisher_stand_apart_from_the_work(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = begin_correction(session, scene, "陳大", "陳太")
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        open_pages(session, request, scene.clerk)
        with pytest.raises(Conflict) as caught:
            confirm_request(session, actor=scene.clerk, request_id=request.id, at=NOW)
        assert refusal(caught) == {"not_in_confirm_chain"}
        open_pages(session, request, scene.supervisor)
        confirm_request(session, actor=scene.supervisor, request_id=request.id, at=NOW)
        with pytest.raises(Conflict) as refused:
            publish_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        assert refusal(refused) >= {"role_not_entitled", "publisher_is_operator"}


def test_a_moved_base_stops_delivery_and_publication_and_reopening_mends_it(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        late = begin_correction(session, scene, "陳大", "陳犬")
        confirmed = begin_correction(session, scene, "陳大", "陳木")
        deliver_and_confirm(session, scene, confirmed)
        with pytest.raises(Conflict) as early:
            reopen_request(session, actor=scene.publisher, request_id=confirmed.id, at=NOW)
        assert refusal(early) == {"base_version_not_moved"}
        correct(session, scene, "陳大", "陳太")

        with pytest.raises(Conflict) as caught:
            deliver_request(session, actor=scene.operator, request_id=late.id, at=NOW)
        assert refusal(caught) == {"base_version_moved"}
        with pytest.raises(Conflict) as refused:
            publish(session, scene, confirmed)
        assert refusal(refused) == {"base_version_moved"}
        assert names_at(session, 2) == {"陳太"}

        reopen_request(session, actor=scene.publisher, request_id=confirmed.id, at=NOW)
        assert confirmed.state == "in_maintenance"
        given = session.scalars(select(Confirmation).where(Confirmation.request_id == confirmed.id)).all()
        assert [one.voided_at for one in given] == [NOW]
        change = changes(session, confirmed)[0]
        rebase_change(
            session, actor=scene.operator, change_id=change.id, row_version=change.row_version, at=NOW
        )
        deliver_and_confirm(session, scene, confirmed)
        publish(session, scene, confirmed)
        assert [names_at(session, number) for number in (1, 2, 3)] == [{"陳大"}, {"陳太"}, {"陳木"}]


def test_ended_requests_close_their_staged_work(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        for end in (cancel_request, reject_request):
            request = begin_correction(session, scene, "陳大", "陳太")
            with pytest.raises(Conflict) as caught:
                end(session, actor=scene.ministry, request_id=request.id, reasons=(), at=NOW)
            assert refusal(caught) == {"no_reasons"}
            end(session, actor=scene.ministry, request_id=request.id, reasons=("非本系統業務",), at=NOW)
            found = change_set_of(session, request.id)
            assert found is not None
            assert found.state == "closed"
        request = submitted(session, scene, "陳大", "陳太")
        withdraw_request(session, actor=scene.clerk, request_id=request.id, at=NOW)
        assert request.state == "withdrawn"


def test_reassigning_takes_reasons_and_the_new_operator_goes_on(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = submitted(session, scene, "陳大", "陳太")
        clerk_id, second_id = scene.clerk.account_id, scene.other_operator.account_id
        assert clerk_id is not None
        assert second_id is not None
        with pytest.raises(Conflict) as caught:
            accept_request(session, actor=scene.ministry, request_id=request.id, operator_id=clerk_id, at=NOW)
        assert refusal(caught) == {"operator_not_entitled"}
        first_id = scene.operator.account_id
        assert first_id is not None
        accept_request(session, actor=scene.ministry, request_id=request.id, operator_id=first_id, at=NOW)
        with pytest.raises(Conflict) as refused:
            reassign_request(
                session, actor=scene.ministry, request_id=request.id, operator_id=second_id, at=NOW
            )
        assert refusal(refused) == {"no_reasons"}
        reassign_request(
            session,
            actor=scene.ministry,
            request_id=request.id,
            operator_id=second_id,
            reasons=("請假",),
            at=NOW,
        )
        with pytest.raises(Conflict):
            start_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        start_request(session, actor=scene.other_operator, request_id=request.id, at=NOW)
        assert request.state == "in_maintenance"


def test_another_office_knows_nothing_of_it(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = submitted(session, scene, "陳大", "陳太")
        assert list_requests(session, actor=scene.other_clerk) == []
        assert list_requests(session, actor=scene.agent) == []
        assert list_requests(session, actor=scene.clerk)[0].id == request.id
        with pytest.raises(NotFound):
            withdraw_request(session, actor=scene.other_clerk, request_id=request.id, at=NOW)
        with pytest.raises(Stale):
            withdraw_request(session, actor=scene.clerk, request_id=request.id, row_version=1, at=NOW)


def test_office_and_ministry_are_told(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        session.query(Notice).delete()
        request = begin_correction(session, scene, "陳大", "陳太")
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
        notices = session.scalars(select(Notice).order_by(Notice.id)).all()
        told = [(one.kind, one.office_id) for one in notices]
        office = scene.office.id
        assert told == [
            ("request.submit", None),
            ("request.accept", office),
            ("request.deliver", office),
            ("request.confirm", None),
            ("request.publish", office),
        ]
        assert change_set(session, request).state == "published"
