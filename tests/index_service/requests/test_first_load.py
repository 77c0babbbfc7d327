"""A batch becomes one request; its office opens what is doubtful, and a sample."""

import uuid

import pytest
from sqlalchemy import func, select

from access.http.problems import Conflict
from index_service.changesets.tables import Change
from index_service.editions.queries import current_edition
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.dispute_delivery import dispute_delivery
from index_service.requests.operations.open_first_load import open_first_load
from index_service.requests.operations.record_opening import record_opening
from index_service.requests.pages_required import pages_required, pages_unopened
from index_service.requests.queries import items_of
from index_service.requests.rules import RequestRules
from index_service.requests.tables import Request
from storage.database.session import Database
from tests.index_service.scene import (
    NOW,
    add_batch,
    add_batch_page,
    add_image,
    add_page,
    find_scene,
    proposal,
    set_scene,
)
from tests.index_service.walk import (
    assign_and_start,
    begin_load,
    changes,
    deliver_and_confirm,
    names_at,
    open_pages,
    publish,
    published,
    refusal,
)
from tests.services.kept import Holding


def test_a_batch_opens_one_request_with_every_page_staged(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大", "陳二"], []])
        again = open_first_load(session, batch_id=request.batch_id, at=NOW)  # type: ignore[arg-type] # it has one
        assert again.id == request.id
        assert session.scalar(select(func.count(Request.id))) == 1
        actions = sorted(one.action for one in changes(session, request))
        assert actions == ["entry_created"] * 2 + ["image_added"] * 2 + ["page_placed"] * 2
        assert request.state == "accepted"
        assert request.office_id == scene.office.id
        assert len(items_of(session, request.id)) == 2
        with pytest.raises(Conflict):
            deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)


def test_a_page_that_settles_late_joins_the_request_or_its_child(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        images = [add_image(session, add_page(session, scene, n), "first") for n in (1, 2, 3)]
        batch = add_batch(session, scene, [(images[0], [proposal(0, "陳大")])])
        request = open_first_load(session, batch_id=batch.id, at=NOW)
        add_batch_page(session, batch, 1, images[1], [proposal(0, "陳二")])
        assert open_first_load(session, batch_id=batch.id, at=NOW).id == request.id
        assert len(items_of(session, request.id)) == 2
        assign_and_start(session, scene, request)
        deliver_and_confirm(session, scene, request)
        add_batch_page(session, batch, 2, images[2], [proposal(0, "陳三")])
        child = open_first_load(session, batch_id=batch.id, at=NOW)
        assert child.parent_id == request.id
        assert child.number == f"{request.number}-1"
        publish(session, scene, request)
        assert names_at(session, current_edition(session)) == {"陳大", "陳二"}
        assign_and_start(session, scene, child)
        deliver_and_confirm(session, scene, child)
        publish(session, scene, child)
        assert names_at(session, current_edition(session)) == {"陳大", "陳二", "陳三"}


def test_flagged_and_doubtful_pages_and_a_reproducible_sample_are_opened(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        images = [
            add_image(session, add_page(session, scene, n), "first", flagged=n == 3) for n in range(1, 13)
        ]
        readings = [
            (image, [proposal(0, f"人{n}", confidence=0.3 if n == 6 else 0.99)])
            for n, image in enumerate(images, start=1)
        ]
        request = open_first_load(session, batch_id=add_batch(session, scene, readings).id, at=NOW)
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        rules = RequestRules(sample_rate=0.2)
        required = pages_required(session, request, rules=rules)
        doubtful = {one.page_id for one in required if one.why == "doubtful"}
        sample = {one.page_id for one in required if one.why == "sample"}
        assert doubtful == {images[2].page_id, images[5].page_id}
        assert len(sample) == 2
        assert pages_required(session, request, rules=rules) == required

        # One part of a page is not the page, and what is not required does not stand in for it.
        first = required[0].page_id
        record_opening(
            session, actor=scene.supervisor, request_id=request.id, page_id=first, part="image", at=NOW
        )
        assert len(pages_unopened(session, request, actor=scene.supervisor, rules=rules)) == 4
        with pytest.raises(Conflict) as caught:
            confirm_request(session, actor=scene.supervisor, request_id=request.id, at=NOW, rules=rules)
        assert refusal(caught) == {"pages_unopened"}


def test_the_sample_cannot_be_known_before_the_delivery(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [[f"人{n}"] for n in range(40)])
        assign_and_start(session, scene, request)
        drawn = set()
        for _ in range(3):
            moment = session.begin_nested()
            deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
            sample = [one.page_id for one in pages_required(session, request)]
            assert [one.page_id for one in pages_required(session, request)] == sample
            drawn.add(tuple(sample))
            moment.rollback()
        # What an operator could compute from the request and the count of its deliveries never changes.
        assert len(drawn) > 1


def test_a_disputed_sample_requires_the_whole_volume_from_then_on(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [[f"人{n}"] for n in range(6)])
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        sample = next(one for one in pages_required(session, request) if one.why == "sample")
        item = next(one for one in items_of(session, request.id) if one.page_id == sample.page_id)
        dispute_delivery(
            session,
            actor=scene.supervisor,
            request_id=request.id,
            item_reasons={item.id: "姓名有誤"},
            at=NOW,
        )
        assert request.whole_volume_required
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        required = pages_required(session, request)
        assert {one.why for one in required} == {"whole_volume"}
        assert len(required) == 6
        open_pages(session, request, scene.supervisor)
        confirm_request(session, actor=scene.supervisor, request_id=request.id, at=NOW)
        assert request.state == "confirmed"


def test_an_opening_counts_only_for_those_who_confirm_of_pages_delivered(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大"]])
        page_id = session.scalars(select(Change.page_id)).first()
        stray = add_page(session, scene, 9)
        assert page_id is not None

        def opens(name: str, page: uuid.UUID = page_id) -> bool:
            return record_opening(
                session,
                actor=scene.people[name],
                request_id=request.id,
                page_id=page,
                part="values",
                at=NOW,
            )

        assert not opens("supervisor")
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        assert not opens("operator")
        assert not opens("other_supervisor")
        assert not opens("supervisor", stray.id)
        assert opens("supervisor")
        assert opens("supervisor")


def test_a_volume_loaded_again_replaces_images_and_keeps_published_texts(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        from storage.catalogue.tables import Page
        from tests.index_service.walk import assert_regions_on_their_images, named

        page = session.get_one(Page, named(session, "陳大").page_id)
        image = add_image(session, page, "second")
        batch = add_batch(session, scene, [(image, [proposal(0, "陳犬")])])
        request = open_first_load(session, batch_id=batch.id, at=NOW)
        assign_and_start(session, scene, request)
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
        assert names_at(session, 2) == {"陳大"}
        assert named(session, "陳大").image_id == image.id
        assert_regions_on_their_images(session)
