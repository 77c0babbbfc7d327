"""An image rebuilt: ordered, scanned again, compared side by side, published."""

import re
import uuid

from sqlalchemy import select

from index_service.editions.queries import current_edition, published_image_at
from index_service.requests.operations.receive_rescan import receive_rescan
from storage.catalogue.tables import Page
from tests.index_service.scene import add_batch
from tests.viewer.scans import plain_scan, store_scan
from tests.viewer.test_requests import correction
from tests.viewer.walk import (
    assign,
    deliver,
    only_request,
    open_every_page,
    publish_everything,
    state_of,
    verdict,
)
from tests.viewer.world import AT, World


def scan_again(world: World, request_id: uuid.UUID, page_id: uuid.UUID) -> uuid.UUID:
    """The station scans a page again; returns the new image's id."""
    with world.house.database.writing() as session:
        scan = plain_scan(["陳阿土", "林氏好"], tone=245)
        image = store_scan(session, world.house.store, session.get_one(Page, page_id), scan)
        batch = add_batch(session, world.scene, [(image, scan.proposals)], request_id=request_id)
        receive_rescan(session, batch_id=batch.id, at=AT)
        return image.id


def test_a_page_is_scanned_again_compared_and_published(loaded: World) -> None:
    publish_everything(loaded)
    form = correction(
        loaded, kind="image_rebuild", fault_code=["blurred"], entry=[""], field_key=[""], should_stand=[""]
    )
    loaded.browser("clerk").post("/requests/new", data=form)
    request_id = only_request(loaded, "draft").id
    loaded.browser("supervisor").post(f"/requests/{request_id}/submit", data={"letter_number": "第3號"})
    assign(loaded, request_id, "accept")
    operator = loaded.browser("operator")
    assert "通知補掃" in operator.get(f"/maintenance/{request_id}").text
    with loaded.house.database.reading() as session:
        page_id = session.scalars(select(Page.id).filter_by(designation="0001")).one()
    operator.post(f"/maintenance/{request_id}/rescan", data={"page": [str(page_id)], "reason": ["模糊"]})
    assert state_of(loaded, request_id) == "awaiting_rescan"
    fresh = scan_again(loaded, request_id, page_id)
    desk = operator.get(f"/maintenance/{request_id}").text
    assert f"/images/{fresh}/thumbnail.jpg" in desk
    deliver(loaded, request_id)
    supervisor = loaded.browser("supervisor")
    beside = supervisor.get(f"/requests/{request_id}/pages/{page_id}").text
    pictures = re.findall(r"/images/([0-9a-f-]+)/page\.jpg\?request=", beside)
    assert len(pictures) == 2
    assert pictures[1] == str(fresh)
    assert "維護前影像" in beside
    assert "維護後影像" in beside
    open_every_page(supervisor, request_id)
    verdict(loaded, "supervisor", request_id)
    loaded.browser("publisher").post(f"/publication/{request_id}/publish")
    with loaded.house.database.reading() as session:
        standing = published_image_at(session, current_edition(session), page_id=page_id)
    assert standing is not None
    assert standing.id == fresh
