"""The rescans that a station is told of: its own office's, open, and as long as they are awaited."""

from typing import Any

import pytest

from access.keys.operations.issue_key import issue_key
from access.principal import SYSTEM
from index_service.requests.operations.cancel_request import cancel_request
from index_service.requests.operations.order_rescan import PageToRescan, order_rescan
from ingest.batches.operations.declare_batch import declare_batch
from ingest.decoding.limited_decoder import LimitedDecoder
from storage.catalogue.tables import Page
from storage.database.session import Database
from storage.organisations.tables import Station
from tests.index_service.scene import NOW, Scene, find_scene
from tests.index_service.walk import begin_request, named, published, rebuild_form
from tests.ingest.house import Api, Place, declared, make_api, make_room
from tests.ingest.processing.test_leases import accept_all, claimed, committed, sure
from tests.ingest.processing.test_rescan import rescan_manifest
from tests.services.fixtures import Objects
from tests.services.kept import Holding


class Ordered:
    """A published volume two of whose pages are ordered again, and the stations of both offices."""

    def __init__(self, database: Database, objects: Objects, decoder: LimitedDecoder) -> None:
        """Order both pages of the volume published there."""
        self.database = database
        with database.writing() as session:
            self.scene: Scene = find_scene(session)
            pages = [session.get_one(Page, named(session, name).page_id) for name in ("陳大", "林三")]
            self.request = begin_request(session, self.scene, rebuild_form(pages[0].id))
            orders = [PageToRescan(pages[0].id, "下緣模糊"), PageToRescan(pages[1].id, "浮籤未翻開", 2)]
            order_rescan(session, actor=self.scene.operator, request_id=self.request.id, pages=orders, at=NOW)
            other = Station(office_id=self.scene.other_office.id, code="S9", name="他所", enrolled_at=NOW)
            session.add(other)
            session.flush()
            _, key = issue_key(session, actor=SYSTEM, at=NOW, station_id=self.scene.station.id)
            _, other_key = issue_key(session, actor=SYSTEM, at=NOW, station_id=other.id)
        app = make_api(make_room(database, objects.store, objects.uploads, decoder))
        self.api, self.other = Api(app, key), Api(app, other_key)
        self.place = Place(self.scene.office.id, self.scene.station.id, self.scene.volume.id, key="")


@pytest.fixture
def ordered(holding: Holding, file_objects: Objects, decoder: LimitedDecoder) -> Ordered:
    """On each engine."""
    return Ordered(holding(published, "陳大", "林三"), file_objects, decoder)


def orders(api: Api, **asked: Any) -> Any:
    """What the station is told."""
    answer = api.get("/api/v1/ingest/orders", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_station_is_told_its_own_office_s_orders(ordered: Ordered) -> None:
    told = orders(ordered.api)["orders"]
    assert [(one["designation"], one["view"], one["note"], one["fault"]) for one in told] == [
        ("0001", 1, "下緣模糊", "blurred"),
        ("0002", 2, "浮籤未翻開", None),
    ]
    assert [(one["fault_zh"], one["fault_en"]) for one in told] == [("模糊", "Blurred"), ("", "")]
    assert {one["volume"] for one in told} == {"板橋-0001"}
    assert {one["request_id"] for one in told} == {str(ordered.request.id)}
    assert not any(one["on_its_way"] for one in told)
    assert orders(ordered.other) == {"orders": [], "next": None}


def test_orders_come_in_parts(ordered: Ordered) -> None:
    first = orders(ordered.api, limit=1)
    second = orders(ordered.api, limit=1, cursor=first["next"])
    assert [one["designation"] for one in [*first["orders"], *second["orders"]]] == ["0001", "0002"]
    assert orders(ordered.api, limit=1, cursor=second["next"]) == {"orders": [], "next": None}


def test_an_order_is_on_its_way_and_then_answered(ordered: Ordered) -> None:
    manifest = rescan_manifest("板橋-0001", "0001", ordered.request.id, b"new scan")
    with ordered.database.writing() as session:
        batch, _ = declare_batch(session, actor=ordered.place.principal, key="k", manifest=manifest, at=NOW)
    assert [one["on_its_way"] for one in orders(ordered.api)["orders"]] == [True, False]
    with ordered.database.writing() as session:
        runs = accept_all(session, ordered.place, session.merge(batch))
    committed(ordered.database, sure(claimed(ordered.database, runs[0])))
    assert [one["designation"] for one in orders(ordered.api)["orders"]] == ["0002"]


def test_a_request_that_ended_orders_nothing(ordered: Ordered) -> None:
    with ordered.database.writing() as session:
        cancel_request(
            session, actor=ordered.scene.ministry, request_id=ordered.request.id, reasons=("誤報",), at=NOW
        )
    assert orders(ordered.api)["orders"] == []


def test_a_slip_ordered_may_be_declared(ordered: Ordered) -> None:
    slip = declared("slip.png", b"slip", {"designation": "0002", "view": 2})
    answer = ordered.api.declare(
        [slip], volume="板橋-0001", purpose="rescan", request_id=str(ordered.request.id)
    )
    assert answer.status_code == 201, answer.text
