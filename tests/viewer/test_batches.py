"""The station crew's screens."""

import uuid

import pytest
from sqlalchemy import select

from access.principal import SYSTEM
from storage.catalogue.tables import PageImage
from storage.intake.tables import Batch, BatchPage, ProcessingRun
from tests.viewer.findings import finding_on
from tests.viewer.scans import plain_scan
from tests.viewer.world import World, add_scans
from viewer.batches.queries import list_flags


@pytest.fixture
def trouble(world: World) -> tuple[World, uuid.UUID, uuid.UUID]:
    """A batch of two pages of which the second failed."""
    with world.house.database.writing() as session:
        batch = add_scans(session, world, [plain_scan(["甲"]), plain_scan(["乙"], tone=200)])
        page = session.scalars(select(BatchPage).order_by(BatchPage.id.desc())).first()
        assert page is not None
        page.state, page.page_image_id = "failed", None
        run = session.scalars(select(ProcessingRun).filter_by(batch_page_id=page.id)).one()
        run.state, run.attempts = "failed", 5
        run.error = {"code": "too_dark", "zh": "影像過暗，無法辨識。", "en": "Too dark to read."}
        batch.state = "processing"
    return world, batch.id, page.id


def test_progress_and_failures_with_their_reasons(trouble: tuple[World, uuid.UUID, uuid.UUID]) -> None:
    world, batch_id, _ = trouble
    crew = world.browser("crew")
    listed = crew.get("/batches").text
    assert '<progress value="2" max="2"' in listed
    assert "1 頁待處理" in listed.replace("</span>", "").replace("\n", "")
    page = crew.get(f"/batches/{batch_id}").text
    assert "影像過暗，無法辨識。" in page
    assert "Too dark to read." in page
    assert "已試 5 次" in page


def test_a_failed_page_is_retried(trouble: tuple[World, uuid.UUID, uuid.UUID]) -> None:
    world, batch_id, page_id = trouble
    crew = world.browser("crew")
    assert crew.post(f"/batches/{batch_id}/pages/{page_id}/retry").status_code == 200
    with world.house.database.reading() as session:
        states = session.scalars(select(ProcessingRun.state).filter_by(batch_page_id=page_id)).all()
    assert sorted(states) == ["failed", "pending"]
    again = crew.post(f"/batches/{batch_id}/pages/{page_id}/retry")
    assert again.status_code == 409
    assert "The page did not fail" in again.text


def test_setting_aside_needs_a_reason(trouble: tuple[World, uuid.UUID, uuid.UUID]) -> None:
    world, batch_id, page_id = trouble
    crew = world.browser("crew")
    path = f"/batches/{batch_id}/pages/{page_id}/set-aside"
    refused = crew.post(path, data={"reason": ""})
    assert refused.status_code == 422
    assert "請說明原因" in refused.text
    assert "原簿破損" in crew.post(path, data={"reason": "原簿破損"}).text
    with world.house.database.reading() as session:
        assert session.get_one(BatchPage, page_id).state == "set_aside"


def test_offices_watch_but_do_not_retry(trouble: tuple[World, uuid.UUID, uuid.UUID]) -> None:
    world, batch_id, page_id = trouble
    assert "重試" not in world.browser("clerk").get(f"/batches/{batch_id}").text
    assert world.browser("clerk").post(f"/batches/{batch_id}/pages/{page_id}/retry").status_code == 403
    assert world.browser("other_clerk").get(f"/batches/{batch_id}").status_code == 404
    assert world.browser("agent").get("/batches").status_code == 403


def test_no_batch_says_how_to_send_one(world: World) -> None:
    with world.house.database.reading() as session:
        assert session.scalars(select(Batch)).all() == []
    assert "huji station upload" in world.browser("crew").get("/batches").text


def test_flags_are_shown_with_their_place(trouble: tuple[World, uuid.UUID, uuid.UUID]) -> None:
    world, batch_id, _ = trouble
    with world.house.database.writing() as session:
        image = session.scalars(select(PageImage)).first()
        assert image is not None
        zh, en = "與第 2 頁幾乎相同。", "Nearly that of page 2."
        session.add(finding_on(image, "near_duplicate", box=[10, 20, 30, 40], zh=zh, en=en))
        session.add(finding_on(image, "shifted", zh="頁面錯位。", en="Out of step."))
    shown = world.browser("crew").get(f"/batches/{batch_id}").text
    assert shown.count("與第 2 頁幾乎相同。") == 1
    assert shown.count("頁面錯位。") == 1
    assert "10, 20, 30, 40" in shown


def test_a_page_with_two_findings_counts_once_against_the_limit(world: World) -> None:
    with world.house.database.writing() as session:
        batch_id = add_scans(session, world, [plain_scan(["甲"]), plain_scan(["乙"], tone=200)]).id
        images = session.scalars(select(PageImage).order_by(PageImage.id)).all()
        for image in images:
            session.add(finding_on(image, "near_duplicate", zh="相似。", en="Alike."))
            session.add(finding_on(image, "shifted", zh="錯位。", en="Out of step."))
        session.flush()
        found = list_flags(session, batch_id, actor=SYSTEM, limit=2)
    assert [(name, flag.check) for name, flag in found] == [
        ("0001", "near_duplicate"),
        ("0001", "shifted"),
        ("0002", "near_duplicate"),
        ("0002", "shifted"),
    ]
