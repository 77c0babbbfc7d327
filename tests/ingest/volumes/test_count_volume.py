"""Counting a volume against its book, as its station does before closing it; on both engines."""

from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select, update

from ingest.decoding.limited_decoder import LimitedDecoder
from storage.catalogue.tables import Page, PageImage, Volume
from storage.database.session import Database
from storage.intake.tables import BatchPage
from tests.index_service.scene import add_image
from tests.ingest.house import Api, Place, declared, make_api, make_place, make_room
from tests.services.fixtures import Objects


@pytest.fixture
def place(database: Database) -> Place:
    """The station's place."""
    return make_place(database)


@pytest.fixture
def api(place: Place, database: Database, file_objects: Objects, decoder: LimitedDecoder) -> Api:
    """The station's client."""
    return Api(make_api(make_room(database, file_objects.store, file_objects.uploads, decoder)), place.key)


def count(api: Api, designation: str = "甲-1", **asked: Any) -> Any:
    """Ask for a volume's count."""
    answer = api.get(f"/api/v1/ingest/volumes/{quote(designation)}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def store_images(database: Database, *pages: tuple[str, int]) -> None:
    """Settle pages of the batch as processed, with an image each."""
    with database.writing() as session:
        for designation, view in pages:
            page = session.scalars(select(Page).filter_by(designation=designation)).one()
            image = add_image(session, page, f"{designation}/{view}", view=view)
            done = update(BatchPage).where(BatchPage.page_id == page.id, BatchPage.view == view)
            session.execute(done.values(state="done", page_image_id=image.id))


def test_a_volume_nobody_scanned_is_empty(api: Api, place: Place, database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Volume).where(Volume.id == place.volume_id).values(expected_pages=212))
    assert count(api) == {
        "designation": "甲-1",
        "series": "colonial_register",
        "title": "",
        "expected_pages": 212,
        "open_ended": False,
        "quality": {},
        "pages_held": 0,
        "pages_under_way": 0,
        "have": [],
        "in_progress": [],
        "next": None,
    }


def test_the_limits_of_the_series_are_told(api: Api, place: Place, database: Database) -> None:
    """A series' own; of a series that nobody knows any longer there are none."""
    own = {"skew_flag": 3.0, "crossing_refuse": 8.0, "shadow_refuse": 0.05}
    for series, limits in (("registration_application", own), ("gone", {})):
        with database.writing() as session:
            session.execute(update(Volume).where(Volume.id == place.volume_id).values(series_key=series))
        assert count(api)["quality"] == limits


def test_a_volume_that_grows_has_no_count_even_if_one_was_registered(
    api: Api, place: Place, database: Database
) -> None:
    grown = {"series_key": "registration_application", "expected_pages": 212}
    with database.writing() as session:
        session.execute(update(Volume).where(Volume.id == place.volume_id).values(**grown))
    found = count(api)
    assert (found["open_ended"], found["expected_pages"]) == (True, None)


def test_pages_are_there_or_under_way_and_slips_are_views(api: Api, database: Database) -> None:
    slip = [{"designation": "2"}, {"designation": "2", "view": 2, "frame": 1}]
    files = [declared("1.jpg", b"1", "1"), declared("2.tif", b"2", *slip), declared("3.jpg", b"3", "3")]
    api.declare([*files, declared("4.jpg", b"", "4")])
    store_images(database, ("1", 1), ("2", 1), ("2", 2))
    found = count(api)
    assert found["have"] == [{"designation": "1", "views": [1]}, {"designation": "2", "views": [1, 2]}]
    assert found["in_progress"] == [
        {"designation": "3", "view": 1, "state": "expected"},
        {"designation": "4", "view": 1, "state": "refused"},
    ]
    assert (found["pages_held"], found["pages_under_way"]) == (2, 2)


def test_a_long_volume_comes_in_parts(api: Api, database: Database) -> None:
    api.declare([declared(f"{n}.jpg", b"%d" % n, str(n)) for n in range(1, 8)])
    store_images(database, *((str(n), 1) for n in range(1, 6)))
    seen, cursor = [], None
    while True:
        part = count(api, limit=3, **({"cursor": cursor} if cursor else {}))
        assert (part["pages_held"], part["pages_under_way"]) == (5, 2)
        seen += [one["designation"] for one in [*part["have"], *part["in_progress"]]]
        cursor = part["next"]
        if cursor is None:
            break
    assert seen == [str(n) for n in range(1, 8)]
    path = "/api/v1/ingest/volumes/甲-1"
    assert api.get(path, params={"limit": 1001}).status_code == 422
    assert api.get(path, params={"cursor": "nonsense"}).json()["code"] == "cursor_unknown"


def test_another_office_s_volume_is_none_of_ours(api: Api, database: Database) -> None:
    other = make_place(database, code="B02", volume="乙-1")
    answer = api.get("/api/v1/ingest/volumes/乙-1")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_volume")
    theirs = Api(api.app, other.key)
    assert count(theirs, "乙-1")["pages_held"] == 0
    assert theirs.get("/api/v1/ingest/volumes/甲-1").status_code == 404
    assert Api(api.app, "none").get("/api/v1/ingest/volumes/甲-1").status_code == 401


def test_an_image_withheld_by_nobody_counts_once_whatever_replaced_it(api: Api, database: Database) -> None:
    api.declare([declared("1.jpg", b"1", "1")])
    store_images(database, ("1", 1))
    with database.writing() as session:
        page = session.scalars(select(Page)).one()
        add_image(session, page, "again")
        assert len(session.scalars(select(PageImage)).all()) == 2
    assert count(api)["have"] == [{"designation": "1", "views": [1]}]
