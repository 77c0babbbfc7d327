"""What counts as opened, and by whom: this delivery, every view, nobody of the station's crew."""

import pytest

from access.accounts.tables import Account
from access.http.problems import Conflict
from index_service.requests.operations.confirm_request import confirm_request
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.open_first_load import open_first_load
from index_service.requests.operations.recall_delivery import recall_delivery
from index_service.requests.operations.record_opening import record_opening
from index_service.requests.pages_required import pages_required, pages_unopened
from storage.database.session import Database
from tests.index_service.scene import NOW, add_batch, add_image, add_page, find_scene, proposal, set_scene
from tests.index_service.walk import assign_and_start, begin_correction, open_pages, published
from tests.services.kept import Holding


def test_what_was_read_of_a_recalled_delivery_is_not_opened_in_the_next(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = begin_correction(session, scene, "陳大", "陳太")
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        read = request.delivery
        page_id = pages_required(session, request)[0].page_id
        # While the page read in the first delivery is still on its way to the reader, it is replaced.
        recall_delivery(session, actor=scene.operator, request_id=request.id, reasons=("誤植",), at=NOW)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        for delivery, counts in ((read, False), (request.delivery, True)):
            for part in ("values", "image"):
                opened = record_opening(
                    session,
                    actor=scene.supervisor,
                    request_id=request.id,
                    page_id=page_id,
                    part=part,
                    delivery=delivery,
                    at=NOW,
                )
                assert opened is counts
            left = pages_unopened(session, request, actor=scene.supervisor)
            assert bool(left) is not counts


def test_each_view_of_a_page_is_opened_for_itself(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        page = add_page(session, scene, 1)
        images = [add_image(session, page, f"view {view}", view=view, flagged=True) for view in (1, 2)]
        batch = add_batch(session, scene, [(image, []) for image in images])
        request = open_first_load(session, batch_id=batch.id, at=NOW)
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        (required,) = pages_required(session, request)
        assert required.parts == {"values", "image", "image/2"}
        for part, left in (("values", 1), ("image", 1), ("image/2", 0)):
            record_opening(
                session, actor=scene.supervisor, request_id=request.id, page_id=page.id, part=part, at=NOW
            )
            assert len(pages_unopened(session, request, actor=scene.supervisor)) == left


def test_the_crew_of_the_uploading_station_does_not_confirm(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        image = add_image(session, add_page(session, scene, 1), "first")
        image.uploaded_by = scene.station.id
        batch = add_batch(session, scene, [(image, [proposal(0, "陳大")])])
        request = open_first_load(session, batch_id=batch.id, at=NOW)
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        open_pages(session, request, scene.supervisor)
        account = session.get_one(Account, scene.supervisor.account_id)
        account.station_id = scene.station.id
        session.flush()
        with pytest.raises(Conflict) as refused:
            confirm_request(session, actor=scene.supervisor, request_id=request.id, at=NOW)
        assert [one["code"] for one in refused.value.details["reasons"]] == ["confirmer_is_uploader"]
        account.station_id = None
        session.flush()
        confirm_request(session, actor=scene.supervisor, request_id=request.id, at=NOW)
