"""Walking a request through the screens, each step by the form its page offers."""

import re
import uuid

from fastapi.testclient import TestClient
from sqlalchemy import select

from index_service.changesets.queries import change_set_of, changes_of
from index_service.changesets.tables import Change
from index_service.entries.tables import EntryVersion
from index_service.requests.queries import items_of
from index_service.requests.tables import Request
from tests.viewer.world import World


def only_request(world: World, state: str | None = None) -> Request:
    """The one request there is, or the one in that state."""
    with world.house.database.reading() as session:
        query = select(Request) if state is None else select(Request).filter_by(state=state)
        return session.scalars(query).one()


def state_of(world: World, request_id: uuid.UUID) -> str:
    """Where a request stands."""
    with world.house.database.reading() as session:
        return session.get_one(Request, request_id).state


def staged(world: World, request_id: uuid.UUID) -> list[tuple[Change, EntryVersion]]:
    """The entries a request stages, least certain first."""
    with world.house.database.reading() as session:
        change_set = change_set_of(session, request_id)
        assert change_set is not None
        return [
            (change, session.get_one(EntryVersion, change.new_version_id))
            for change in changes_of(session, change_set.id)
            if change.new_version_id
        ]


def item_ids(world: World, request_id: uuid.UUID) -> list[str]:
    """The ids of a request's items, as forms send them."""
    with world.house.database.reading() as session:
        return [str(item.id) for item in items_of(session, request_id)]


def assign(world: World, request_id: uuid.UUID, step: str = "reassign") -> None:
    """The ministry names the operator, who begins."""
    operator = str(world.scene.operator.account_id)
    path = f"/inbox/{request_id}/assign/{step}"
    assert world.browser("ministry").post(path, data={"operator": operator}).status_code == 200
    assert world.browser("operator").post(f"/maintenance/{request_id}/start").status_code == 200


def deliver(world: World, request_id: uuid.UUID) -> None:
    """The operator delivers."""
    answer = world.browser("operator").post(f"/maintenance/{request_id}/deliver")
    assert answer.status_code == 200, answer.text


def open_every_page(client: TestClient, request_id: uuid.UUID) -> None:
    """Open each page of the request, and every picture on it, as a browser does."""
    sheet = client.get(f"/requests/{request_id}").text
    for path in dict.fromkeys(re.findall(rf"/requests/{request_id}/pages/[0-9a-f-]+", sheet)):
        page = client.get(path)
        assert page.status_code == 200
        for picture in re.findall(r'src="(/images/[^"]+)"', page.text):
            assert client.get(picture).headers["content-type"] == "image/jpeg"


def verdict(world: World, name: str, request_id: uuid.UUID, word: str = "confirm", reason: str = "") -> str:
    """Give the office's word on every item; returns the page that answers."""
    items = item_ids(world, request_id)
    form = {"verdict": word, "item": items, "right": items, "reason": [reason] * len(items)}
    return world.browser(name).post(f"/requests/{request_id}/verdict", data=form).text


def publish_everything(world: World) -> uuid.UUID:
    """Walk the only request from its first load to an edition."""
    request_id = only_request(world).id
    assign(world, request_id)
    deliver(world, request_id)
    open_every_page(world.browser("supervisor"), request_id)
    verdict(world, "supervisor", request_id)
    answer = world.browser("publisher").post(f"/publication/{request_id}/publish")
    assert "已發布為第" in answer.text
    return request_id
