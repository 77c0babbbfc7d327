"""Steps and stagings that would slip past separation of duties, or tie a request to another's rows."""

import dataclasses

import pytest

from access.http.problems import Conflict, Invalid
from domain.roles import Role
from domain.workflow import Kind
from index_service.changesets.operations.stage_entry_updated import stage_entry_updated
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.draft_request import draft_request
from index_service.requests.operations.edit_request import edit_request
from index_service.requests.operations.reassign_request import reassign_request
from index_service.requests.queries import items_of, stagers_of
from storage.database.identity import new_id
from tests.index_service.scene import NOW, find_scene
from tests.index_service.walk import (
    begin_correction,
    begin_request,
    change_set,
    correction_form,
    named,
    open_pages,
    published,
    refusal,
    stage_texts,
)
from tests.services.kept import Holding


def test_whose_work_another_has_staged_over_still_stands_too_near_to_confirm_it(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        # Of the office by day, lent to the ministry as an operator: separation of duties follows the person.
        lent, version = scene.operator, named(session, "陳大")
        request = begin_request(session, scene, correction_form(version, "陳太"))
        stage_texts(session, scene, request, version.entry_id, {"name": "陳犬"})
        other = scene.other_operator
        assert other.account_id is not None
        reassign_request(
            session,
            actor=scene.ministry,
            request_id=request.id,
            operator_id=other.account_id,
            reasons=("請假",),
            at=NOW,
        )
        scene.people["operator"] = other
        stage_texts(session, scene, request, version.entry_id, {"name": "陳太"})
        assert stagers_of(session, request.id) >= {lent.account_id, other.account_id}
        deliver_request(session, actor=other, request_id=request.id, at=NOW)
        back = dataclasses.replace(
            lent, roles=frozenset({Role.OFFICE_SUPERVISOR}), office_id=scene.supervisor.office_id
        )
        open_pages(session, request, back)
        with pytest.raises(Conflict) as caught:
            confirm_request(session, actor=back, request_id=request.id, at=NOW)
        assert refusal(caught) == {"confirmer_is_operator"}


def test_a_form_is_turned_neither_into_a_first_load_nor_from_one(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        form = correction_form(named(session, "陳大"), "陳太")
        request = draft_request(session, actor=scene.clerk, form=form, at=NOW)
        with pytest.raises(Conflict) as caught:
            edit_request(
                session,
                actor=scene.clerk,
                request_id=request.id,
                row_version=request.row_version,
                form=dataclasses.replace(form, kind=Kind.FIRST_LOAD),
                at=NOW,
            )
        assert caught.value.code == "first_load_not_drafted"


def test_a_change_names_items_of_its_own_request_alone(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        other = begin_correction(session, scene, "陳二", "陳仁")
        request = begin_correction(session, scene, "陳大", "陳太")
        for item_id in (items_of(session, other.id)[0].id, new_id()):
            with pytest.raises(Invalid) as caught:
                stage_entry_updated(
                    session,
                    change_set=change_set(session, request),
                    entry_id=named(session, "陳大").entry_id,
                    texts={"name": "陳太"},
                    item_id=item_id,
                    actor=scene.operator,
                    at=NOW,
                )
            assert caught.value.code == "item_unknown"
