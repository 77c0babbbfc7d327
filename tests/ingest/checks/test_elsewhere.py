"""A scan that another volume holds already (錯冊): flagged; that volume is named to those who may see it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from access.principal import Principal
from domain.roles import Role
from imaging.fingerprint import SIZE
from imaging.half_side import HalfSide
from index_service.requests.operations.cancel_request import cancel_request
from index_service.requests.operations.open_first_load import open_first_load
from ingest.checks.operations.check_batch import check_batch
from ingest.checks.query_elsewhere import held_elsewhere
from storage.catalogue.tables import Page, PageImage, Volume
from storage.checks.tables import PageFinding, PageTrace
from storage.database.session import Database
from storage.organisations.tables import Office
from tests.index_service.scene import NOW, SERIES, Scene, add_image, add_page, set_scene
from tests.ingest.checks.test_check_batch import deliver, image_of
from viewer.images.flags import flags_of

PAPER = bytes(SIZE)


def crew(scene: Scene) -> Principal:
    """One of the station's crew, who works for the office."""
    return replace(scene.clerk, name="crew", roles=frozenset({Role.STATION}), station_id=scene.station.id)


def volume_of(session: Session, scene: Scene, office: Office, designation: str) -> Scene:
    """The scene with another volume of an office under its hands."""
    volume = Volume(office_id=office.id, series_key=SERIES, designation=designation, created_at=NOW)
    session.add(volume)
    session.flush()
    return Scene(office, scene.other_office, scene.agency, scene.station, volume, scene.people)


def filled(session: Session, scene: Scene, seeds: Sequence[int]) -> list[PageImage]:
    """Pages of a volume with images whose writing and pixels are of these seeds."""
    pages = [add_page(session, scene, at + 1, office=scene.office) for at in range(len(seeds))]
    return [image_of(session, page, "scan", seed) for page, seed in zip(pages, seeds, strict=True)]


def same_file(one: PageImage, other: PageImage) -> None:
    """Make two images be of the same file's same frame."""
    one.master_sha256, one.frame, one.side = other.master_sha256, other.frame, other.side


def findings(session: Session) -> list[PageFinding]:
    return list(session.scalars(select(PageFinding).order_by(PageFinding.id)))


def told(session: Session, image: PageImage, actor: Principal) -> str:
    (flag,) = flags_of(session, [image.id], actor=actor)
    return f"{flag.zh} {flag.en}"


@pytest.mark.parametrize("by", ["file", "pixels"])
def test_a_scan_of_another_volume_is_flagged_beside_it(database: Database, by: str) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        held = filled(session, scene, [1, 2, 3])
        check_batch(session, batch=deliver(session, scene, held), at=NOW)
        second = volume_of(session, scene, scene.office, "板橋-0002")
        fresh = filled(session, second, [11, 2 if by == "pixels" else 12, 13])
        if by == "file":
            same_file(fresh[1], held[1])
        check_batch(session, batch=deliver(session, second, fresh), at=NOW)
        (finding,) = findings(session)
        assert (finding.check, finding.verdict) == ("duplicate", "flag")
        assert (finding.page_image_id, finding.other_image_id) == (fresh[1].id, held[1].id)
        for actor in (scene.operator, scene.clerk):
            assert "板橋戶政事務所 板橋-0001 第 0002 頁" in told(session, fresh[1], actor)
        assert "本所另一冊已有同一掃描影像" in told(session, fresh[1], crew(scene))
        assert "板橋-0001" not in told(session, fresh[1], crew(scene))


def test_another_office_s_volume_is_named_to_the_ministry_alone(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        theirs = volume_of(session, scene, scene.other_office, "三重-0007")
        held = filled(session, theirs, [1, 2])
        check_batch(session, batch=deliver(session, theirs, held), at=NOW)
        fresh = filled(session, scene, [11, 12])
        same_file(fresh[0], held[0])
        check_batch(session, batch=deliver(session, scene, fresh), at=NOW)
        assert "三重戶政事務所 三重-0007 第 0001 頁" in told(session, fresh[0], scene.operator)
        for actor in (scene.clerk, scene.supervisor, crew(scene)):
            words = told(session, fresh[0], actor)
            assert "他處已有同一掃描影像" in words
            assert "三重" not in words


def test_of_several_the_own_office_s_is_compared(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        theirs = filled(session, volume_of(session, scene, scene.other_office, "三重-0007"), [1])
        own = filled(session, volume_of(session, scene, scene.office, "板橋-0002"), [1])
        fresh = filled(session, scene, [1])
        check_batch(session, batch=deliver(session, scene, fresh), at=NOW)
        assert [one.other_image_id for one in findings(session)] == [own[0].id]
        assert theirs[0].id < own[0].id


def test_of_many_that_hold_the_same_one_is_fetched(database: Database) -> None:
    """A notice that a page is missing may be one file in every volume; what is blank is not asked about."""
    with database.writing() as session:
        scene = set_scene(session)
        held = filled(session, volume_of(session, scene, scene.office, "板橋-0002"), [1] * 9)
        fresh = filled(session, scene, [1, 1])
        batch = deliver(session, scene, fresh)
        session.flush()
        found = held_elsewhere(session, batch, [fresh[1].id])
        assert [(one.image_id, one.other_id, one.own) for one in found] == [(fresh[1].id, held[0].id, True)]


@pytest.mark.parametrize(("frame", "side"), [(1, None), (0, "left")])
def test_another_part_of_the_same_file_is_another_scan(
    database: Database, frame: int, side: HalfSide | None
) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        held = filled(session, volume_of(session, scene, scene.office, "板橋-0002"), [1])
        fresh = filled(session, scene, [11])
        same_file(fresh[0], held[0])
        fresh[0].frame, fresh[0].side = frame, side
        check_batch(session, batch=deliver(session, scene, fresh), at=NOW)
        assert findings(session) == []


def test_blank_pages_and_what_was_scanned_again_since_are_spared(database: Database) -> None:
    """A page scanned under the wrong volume, found out, and scanned anew there: its file is free again."""
    with database.writing() as session:
        scene = set_scene(session)
        held = filled(session, volume_of(session, scene, scene.office, "板橋-0002"), [1, 2])
        fresh = filled(session, scene, [1, 12])
        traces = {one.page_image_id: one for one in session.scalars(select(PageTrace))}
        traces[fresh[0].id].writing = traces[held[0].id].writing = PAPER
        same_file(fresh[1], held[1])
        add_image(session, session.get_one(Page, held[1].page_id), "the right page")
        check_batch(session, batch=deliver(session, scene, fresh), at=NOW)
        assert findings(session) == []


def test_a_volume_whose_first_load_was_cancelled_is_free_again(database: Database) -> None:
    """Scans sent for the wrong volume: that request is cancelled, and they go to the right one unflagged."""
    with database.writing() as session:
        scene = set_scene(session)
        wrong = volume_of(session, scene, scene.office, "板橋-0002")
        sent = deliver(session, wrong, filled(session, wrong, [1, 2]))
        request = open_first_load(session, batch_id=sent.id, at=NOW)
        fresh = filled(session, scene, [1, 2])
        batch = deliver(session, scene, fresh)
        session.flush()
        images = [one.id for one in fresh]
        assert len(held_elsewhere(session, batch, images)) == 2
        cancel_request(session, actor=scene.ministry, request_id=request.id, reasons=("錯冊",), at=NOW)
        assert held_elsewhere(session, batch, images) == []


def test_what_is_double_within_its_volume_is_told_as_that(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        filled(session, volume_of(session, scene, scene.office, "板橋-0002"), [1])
        fresh = filled(session, scene, [1, 12, 1])
        check_batch(session, batch=deliver(session, scene, fresh), at=NOW)
        assert {one.page_image_id: one.verdict for one in findings(session)} == {
            fresh[0].id: "refuse",
            fresh[2].id: "refuse",
        }


def test_other_volumes_are_asked_once_however_many_pages(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        filled(session, volume_of(session, scene, scene.office, "板橋-0002"), range(9))
        batch = deliver(session, scene, filled(session, scene, range(9)))
        session.flush()
        asked: list[str] = []

        def note(_: object, __: object, statement: str, *___: object) -> None:
            asked.append(statement)

        event.listen(session.get_bind(), "before_cursor_execute", note)
        try:
            check_batch(session, batch=batch, at=NOW)
        finally:
            event.remove(session.get_bind(), "before_cursor_execute", note)
        assert sum("UNION" in one for one in asked) == 1
        assert len(findings(session)) == 9
