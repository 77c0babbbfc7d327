"""An edition is undone through the same gate, and only while nothing later touched what it changed."""

import pytest
from sqlalchemy.orm import Session

from access.http.problems import Conflict, Invalid, NotFound
from index_service.changesets.operations.stage_entry_retired import stage_entry_retired
from index_service.editions.operations.reverse_edition import reverse_edition
from index_service.editions.queries import current_edition, places_at, published_image_at
from index_service.requests.operations.cancel_request import cancel_request
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.dispute_delivery import dispute_delivery
from index_service.requests.queries import items_of
from index_service.requests.tables import Request
from tests.index_service.scene import NOW, Scene, find_scene
from tests.index_service.walk import (
    assert_regions_on_their_images,
    assign_and_start,
    begin_request,
    change_set,
    correct,
    correction_form,
    deliver_and_confirm,
    named,
    names_at,
    publish,
    published,
)
from tests.services.kept import Holding


def reverse(session: Session, scene: Scene, number: int) -> Request:
    """A reversal opened, walked to its edition."""
    request = reverse_edition(session, actor=scene.ministry, number=number, reason="誤更正", at=NOW)
    assign_and_start(session, scene, request)
    deliver_and_confirm(session, scene, request)
    publish(session, scene, request)
    return request


def test_a_reversed_correction_shows_the_former_version_again(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        first = named(session, "陳大").id
        correct(session, scene, "陳大", "陳太")
        request = reverse(session, scene, 2)
        assert request.state == "published"
        assert named(session, "陳大").id == first
        assert [names_at(session, n) for n in (1, 2, 3)] == [
            {"陳大", "陳二"},
            {"陳太", "陳二"},
            {"陳大", "陳二"},
        ]


def test_a_reversed_first_load_leaves_nothing_and_can_be_reversed_again(holding: Holding) -> None:
    database = holding(published, "陳大", "林三")
    with database.writing() as session:
        scene = find_scene(session)
        page_id = named(session, "陳大").page_id
        reverse(session, scene, 1)
        assert names_at(session, 2) == set()
        assert published_image_at(session, 2, page_id=page_id) is None
        assert places_at(session, 2, volume_id=scene.volume.id) == []
        assert names_at(session, 1) == {"陳大", "林三"}
        reverse(session, scene, 2)
        assert names_at(session, 3) == {"陳大", "林三"}
        assert [one.sequence for one in places_at(session, 3, volume_id=scene.volume.id)] == [1, 2]
        assert_regions_on_their_images(session)


def test_a_reversed_retirement_brings_the_entry_back(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        version = named(session, "陳大")
        request = begin_request(session, scene, correction_form(version, "（重複）"))
        stage_entry_retired(
            session,
            change_set=change_set(session, request),
            entry_id=version.entry_id,
            actor=scene.operator,
            at=NOW,
        )
        deliver_and_confirm(session, scene, request)
        publish(session, scene, request)
        assert names_at(session, 2) == {"陳二"}
        reverse(session, scene, 2)
        assert names_at(session, 3) == {"陳大", "陳二"}


def test_an_edition_that_was_overtaken_is_not_reversed(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        correct(session, scene, "陳大", "陳太")
        correct(session, scene, "陳太", "陳夫")
        with pytest.raises(Conflict) as caught:
            reverse_edition(session, actor=scene.ministry, number=2, reason="誤", at=NOW)
        assert caught.value.details["subjects"] == [f"entry:{named(session, '陳夫').entry_id}"]
        with pytest.raises(NotFound):
            reverse_edition(session, actor=scene.ministry, number=9, reason="誤", at=NOW)
        with pytest.raises(Invalid):
            reverse_edition(session, actor=scene.ministry, number=3, reason=" ", at=NOW)
        assert current_edition(session) == 3


def test_an_office_can_dispute_a_reversal_page_by_page(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        correct(session, scene, "陳大", "陳太")
        request = reverse_edition(session, actor=scene.ministry, number=2, reason="誤更正", at=NOW)
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        item = items_of(session, request.id)[0]
        dispute_delivery(
            session,
            actor=scene.supervisor,
            request_id=request.id,
            item_reasons={item.id: "更正無誤"},
            at=NOW,
        )
        assert request.state == "in_maintenance"


def test_an_edition_is_not_reversed_twice_at_once(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        correct(session, scene, "陳大", "陳太")
        first = reverse_edition(session, actor=scene.ministry, number=2, reason="誤更正", at=NOW)
        with pytest.raises(Conflict) as caught:
            reverse_edition(session, actor=scene.ministry, number=2, reason="誤更正", at=NOW)
        assert (caught.value.code, caught.value.details["number"]) == ("reversal_under_way", first.number)
        cancel_request(session, actor=scene.ministry, request_id=first.id, reasons=("另案",), at=NOW)
        assert reverse(session, scene, 2).state == "published"
