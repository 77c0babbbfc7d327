"""A rescan, from the order to the request that goes on with the new image."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.http.problems import Invalid
from domain.workflow import State
from index_service.requests.operations.order_rescan import PageToRescan, order_rescan
from ingest.batches.operations.declare_batch import declare_batch
from ingest.batches.schemas import Manifest
from storage.catalogue.tables import Page, PageImage, Volume
from storage.intake.tables import Batch
from storage.organisations.tables import Station
from tests.index_service.scene import NOW, SERIES, find_scene
from tests.index_service.walk import begin_request, named, published, rebuild_form
from tests.ingest.house import Place, declared
from tests.ingest.processing.test_leases import accept_all, claimed, committed, sure
from tests.services.kept import Holding


def rescan_manifest(volume: str, designation: str, request_id: uuid.UUID, data: bytes) -> Manifest:
    """A rescan of one page."""
    files = [declared("again.png", data, designation)]
    return Manifest.model_validate(
        {"volume": volume, "files": files, "purpose": "rescan", "request_id": request_id}
    )


def codes(session: Session, place: Place, manifest: Manifest, key: str) -> list[str]:
    """The defects a declaration is refused for."""
    with pytest.raises(Invalid) as refused:
        declare_batch(session, actor=place.principal, key=key, manifest=manifest, at=NOW)
    return [defect["code"] for defect in refused.value.details["defects"]]


def test_a_rescan_ordered_is_taken_and_its_request_goes_on(holding: Holding) -> None:
    database = holding(published, "陳大 陳二")
    with database.writing() as session:
        scene = find_scene(session)
        page = session.get_one(Page, named(session, "陳大").page_id)
        request = begin_request(session, scene, rebuild_form(page.id))
        place = Place(scene.office.id, scene.station.id, scene.volume.id, key="")
        manifest = rescan_manifest(scene.volume.designation, page.designation, request.id, b"new scan")
        assert codes(session, place, manifest, "early") == ["not_awaiting_rescan"]
        order_rescan(
            session,
            actor=scene.operator,
            request_id=request.id,
            pages=[PageToRescan(page.id, "模糊")],
            at=NOW,
        )
        plain = Manifest.model_validate(
            {"volume": scene.volume.designation, "files": [declared("x.png", b"x", page.designation)]}
        )
        assert codes(session, place, plain, "plain") == ["page_finished"]
        batch, _ = declare_batch(session, actor=place.principal, key="k", manifest=manifest, at=NOW)
        runs = accept_all(session, place, batch)
        page_id, request_id, batch_id = page.id, request.id, batch.id
    committed(database, sure(claimed(database, runs[0])))
    with database.reading() as session:
        assert session.get_one(Batch, batch_id).state == "processed"
        assert len(session.scalars(select(PageImage).filter_by(page_id=page_id)).all()) == 2
        assert session.get_one(type(request), request_id).state == State.IN_MAINTENANCE


def test_a_page_that_nobody_ordered_is_told_not_swallowed(holding: Holding) -> None:
    database = holding(published, "陳大", "林三")
    with database.writing() as session:
        scene = find_scene(session)
        page, other = (session.get_one(Page, named(session, name).page_id) for name in ("陳大", "林三"))
        request = begin_request(session, scene, rebuild_form(page.id))
        orders = [PageToRescan(page.id, "模糊")]
        order_rescan(session, actor=scene.operator, request_id=request.id, pages=orders, at=NOW)
        place = Place(scene.office.id, scene.station.id, scene.volume.id, key="")
        manifest = rescan_manifest(scene.volume.designation, other.designation, request.id, b"other page")
        assert codes(session, place, manifest, "k") == ["page_not_ordered"]


def test_the_office_that_keeps_the_page_rescans_it_for_anothers_request(holding: Holding) -> None:
    database = holding(published, "陳大")
    with database.writing() as session:
        scene = find_scene(session)
        request = begin_request(session, scene, rebuild_form(named(session, "陳大").page_id))
        office = scene.other_office.id
        station = Station(office_id=office, code="S2", name="三重掃描站", enrolled_at=NOW)
        volume = Volume(office_id=office, series_key=SERIES, designation="三重-0001", created_at=NOW)
        session.add_all([station, volume])
        session.flush()
        page = Page(volume_id=volume.id, office_id=office, designation="1", sequence=1, created_at=NOW)
        session.add(page)
        session.flush()
        keeper = Place(office, station.id, volume.id, key="")
        manifest = rescan_manifest(volume.designation, "1", request.id, b"kept elsewhere")
        assert codes(session, keeper, manifest, "early") == ["unknown_request"]
        orders = [PageToRescan(page.id, "缺頁")]
        order_rescan(session, actor=scene.operator, request_id=request.id, pages=orders, at=NOW)
        batch, _ = declare_batch(session, actor=keeper.principal, key="k", manifest=manifest, at=NOW)
        runs = accept_all(session, keeper, batch)
        request_id = request.id
    committed(database, sure(claimed(database, runs[0])))
    with database.reading() as session:
        assert session.get_one(type(request), request_id).state == State.IN_MAINTENANCE
