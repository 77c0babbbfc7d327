"""A page counts as opened only in the delivery whose values were served."""

from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.recall_delivery import recall_delivery
from index_service.requests.operations.record_opening import record_opening
from index_service.requests.pages_required import pages_required, pages_unopened
from storage.database.session import Database
from tests.index_service.scene import NOW, set_scene
from tests.index_service.walk import begin_correction, load


def test_what_was_read_of_a_recalled_delivery_is_not_opened_in_the_next(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        load(session, scene, [["陳大"]])
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
