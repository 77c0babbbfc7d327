"""A replaced image never carries the old image's boxes."""

import pytest
from sqlalchemy.orm import Session

from access.http.problems import Conflict
from index_service.changesets.operations.put_image import put_image
from index_service.changesets.operations.stage_image_replaced import stage_image_replaced
from index_service.changesets.operations.validate_change_set import validate_change_set
from index_service.changesets.operations.withdraw_image import withdraw_image
from index_service.editions.operations.publish_edition import publish_edition
from index_service.editions.queries import published_image_at
from index_service.entries.field_values import has_boxes
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.order_rescan import PageToRescan, order_rescan
from index_service.requests.operations.receive_rescan import receive_rescan
from index_service.requests.tables import Request
from storage.catalogue.tables import Page
from storage.database.session import Database
from tests.index_service.scene import NOW, Scene, add_batch, add_image, find_scene, proposal, set_scene
from tests.index_service.walk import (
    assert_regions_on_their_images,
    begin_request,
    change_set,
    changes,
    deliver_and_confirm,
    named,
    publish,
    published,
    rebuild_form,
    refusal,
)
from tests.services.kept import Holding


def rescan(session: Session, scene: Scene, page: Page, names: list[str]) -> Request:
    """An image rebuild of a page whose new scan is read as these names, staged."""
    request = begin_request(session, scene, rebuild_form(page.id))
    pages = [PageToRescan(page.id, "模糊")]
    order_rescan(session, actor=scene.operator, request_id=request.id, pages=pages, at=NOW)
    image = add_image(session, page, "second")
    proposals = [proposal(index, name, shift=5.0) for index, name in enumerate(names)]
    batch = add_batch(session, scene, [(image, proposals)], request_id=request.id)
    return receive_rescan(session, batch_id=batch.id, at=NOW)


def test_an_image_alone_does_not_validate_deliver_or_publish(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        page = session.get_one(Page, named(session, "陳大").page_id)
        request = begin_request(session, scene, rebuild_form(page.id))
        work = change_set(session, request)
        image = add_image(session, page, "second")
        stage_image_replaced(session, change_set=work, image=image, actor=scene.operator, at=NOW)
        defects = validate_change_set(session, work)
        assert [one.code for one in defects] == ["region_on_other_image"] * 2
        with pytest.raises(Conflict) as caught:
            deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        assert refusal(caught) == {"change_set_invalid"}
        by = scene.publisher.account_id
        assert by is not None
        with pytest.raises(Conflict) as refused:
            publish_edition(session, change_set_id=work.id, published_by=by, at=NOW)
        assert {one["code"] for one in refused.value.details["defects"]} == {"region_on_other_image"}


def test_a_rescan_brings_new_boxes_or_none_and_keeps_every_text(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        before = {name: named(session, name) for name in ("陳大", "陳二")}
        page = session.get_one(Page, before["陳大"].page_id)
        request = rescan(session, scene, page, ["陳大", "陳仁"])
        assert request.state == "in_maintenance"
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)

        found, lost = named(session, "陳大"), named(session, "陳二")
        image = published_image_at(session, 2, page_id=page.id)
        assert image is not None
        assert found.image_id == lost.image_id == image.id != before["陳大"].image_id
        assert found.region == [15.0, 10.0, 95.0, 300.0]
        assert found.fields["name"]["box"] == [15.0, 10.0, 95.0, 100.0]
        assert lost.region is None
        assert not has_boxes(lost.fields)
        assert named(session, "陳大", edition=1).region == before["陳大"].region
        old = published_image_at(session, 1, page_id=page.id)
        assert old is not None
        assert old.id == before["陳大"].image_id
        assert_regions_on_their_images(session)


def test_a_rescan_before_publication_renews_readings_but_not_a_persons_words(database: Database) -> None:
    from index_service.changesets.operations.edit_proposal import edit_proposal
    from tests.index_service.walk import assign_and_start, begin_load

    with database.writing() as session:
        scene = set_scene(session)
        request = begin_load(session, scene, [["陳大", "陳二"]])
        assign_and_start(session, scene, request)
        first = next(one for one in changes(session, request) if one.entry_id)
        texts = {"name": "陳大", "father": "陳祖"}
        edit_proposal(
            session,
            actor=scene.operator,
            change_id=first.id,
            row_version=first.row_version,
            texts=texts,
            at=NOW,
        )
        page = session.get_one(Page, first.page_id)
        pages = [PageToRescan(page.id, "摺角")]
        order_rescan(session, actor=scene.operator, request_id=request.id, pages=pages, at=NOW)
        image = add_image(session, page, "second")
        readings = [proposal(0, "陳大", shift=5.0), proposal(1, "陳二", shift=5.0)]
        for reading in readings:
            reading["fields"]["father"]["text"] = "陳公"
        batch = add_batch(session, scene, [(image, readings)], request_id=request.id)
        receive_rescan(session, batch_id=batch.id, at=NOW)
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
        assert named(session, "陳大").fields["father"]["text"] == "陳祖"
        assert named(session, "陳大").fields["father"]["box"] is None
        assert named(session, "陳二").fields["father"]["text"] == "陳公"
        assert_regions_on_their_images(session)


def test_receiving_the_same_rescan_again_changes_nothing(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        page = session.get_one(Page, named(session, "陳大").page_id)
        request = rescan(session, scene, page, ["陳大"])
        before = [(one.subject, one.new_version_id, one.row_version) for one in changes(session, request)]
        from sqlalchemy import select

        from storage.intake.tables import Batch

        batch_id = session.scalars(select(Batch.id).where(Batch.request_id == request.id)).one()
        receive_rescan(session, batch_id=batch_id, at=NOW)
        after = [(one.subject, one.new_version_id, one.row_version) for one in changes(session, request)]
        assert after == before


def test_a_withdrawn_image_leaves_entries_without_regions(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        page_id = named(session, "陳大").page_id
        request = begin_request(session, scene, rebuild_form(page_id))
        work = change_set(session, request)
        withdraw_image(session, change_set=work, page_id=page_id, view=1, actor=scene.operator, at=NOW)
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
        assert published_image_at(session, 2, page_id=page_id) is None
        assert named(session, "陳大").image_id is None
        assert_regions_on_their_images(session)


def test_an_image_put_by_hand_takes_the_entries_along(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        page = session.get_one(Page, named(session, "陳大").page_id)
        request = begin_request(session, scene, rebuild_form(page.id))
        image = add_image(session, page, "second")
        work = change_set(session, request)
        put_image(session, change_set=work, image_id=image.id, actor=scene.operator, at=NOW)
        assert validate_change_set(session, work) == []
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
        assert {named(session, name).region is None for name in ("陳大", "陳二")} == {True}
        assert_regions_on_their_images(session)
