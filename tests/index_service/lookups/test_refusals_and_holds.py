"""What is refused is on record too; a hold that comes between reading and showing hides."""

import io
import uuid
from datetime import timedelta

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import func, select

import index_service.lookups.operations.look_up as module
from access.audit.tables import AuditEvent
from access.http.problems import Forbidden, Invalid, NotFound
from access.principal import Principal
from imaging.pyramid import read_layout, write_pyramid
from imaging.transform import for_deskew
from index_service.editions.operations.approve_hold import approve_hold
from index_service.editions.operations.propose_hold import propose_hold
from index_service.lookups.operations.look_at_image import look_at_image
from index_service.lookups.operations.look_up import look_up
from index_service.lookups.operations.open_case import open_case
from index_service.lookups.queries import find_open_case, own_cases, page_behind
from index_service.lookups.tables import Disclosure, Lookup
from index_service.search.query import Query
from index_service.search.scope import scope_of_office
from storage.catalogue.tables import PageImage
from storage.database.session import Database
from tests.index_service.lookups.agreed import PURPOSE, agree, ask, names, open_agency_case
from tests.index_service.scene import HEIGHT, NOW, WIDTH, Scene, find_scene
from tests.index_service.walk import named, published
from tests.services.fixtures import Objects
from tests.services.kept import Holding


@pytest.fixture
def database(holding: Holding) -> Database:
    """Two published entries."""
    return holding(published, "陳大 陳二")


def prepared(database: Database, **granted: object) -> tuple[Scene, uuid.UUID]:
    """An agency with an agreement, and its open case."""
    with database.writing() as session:
        scene = find_scene(session)
        agree(session, scene, **granted)  # type: ignore[arg-type] # passed on as given
        return scene, open_agency_case(session, scene).id


def hold(database: Database, scene: Scene, **subject: uuid.UUID) -> None:
    """Propose and approve a hold."""
    with database.writing() as session:
        review = NOW + timedelta(days=30)
        proposed = propose_hold(
            session, actor=scene.supervisor, reason="當事人爭議", review_by=review, at=NOW, **subject
        )
        approve_hold(session, actor=scene.ministry, hold_id=proposed.id, at=NOW)


def test_a_hold_approved_between_reading_and_showing_hides(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, case = prepared(database)
    really_find = module.find_versions
    with database.reading() as session:
        entry_id = named(session, "陳大").entry_id

    def finding(*args: object, **named_arguments: object) -> object:
        found = really_find(*args, **named_arguments)  # type: ignore[arg-type] # passed on as given
        hold(database, scene, entry_id=entry_id)
        return found

    monkeypatch.setattr(module, "find_versions", finding)
    assert names(ask(database, scene.agent, case, name="陳*")) == ["陳二"]
    with database.reading() as session:
        assert session.scalar(select(func.count()).where(Disclosure.entry_id == entry_id)) == 0


def test_a_look_under_anothers_case_is_on_record(database: Database) -> None:
    scene, case = prepared(database)
    with pytest.raises(NotFound):
        ask(database, scene.clerk, case, name="陳大")
    with database.reading() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "lookup.refused")).one()
        assert (event.subject_id, event.actor_id) == (str(case), scene.clerk.account_id)
        assert session.scalar(select(func.count(Lookup.id))) == 0


def test_a_field_that_is_not_granted_is_refused_not_answered_with_nothing(database: Database) -> None:
    scene, case = prepared(database, fields=["name"])
    query = Query(name="陳父", name_fields=("father",))
    with pytest.raises(Forbidden) as refused:
        look_up(database, actor=scene.agent, case_folder_id=case, query=query, now=lambda: NOW)
    assert refused.value.details["fields"] == ["father"]
    with database.reading() as session:
        assert session.scalars(select(Lookup.outcome)).all() == ["refused"]


@pytest.mark.parametrize("name", ["﹡", "＊　", "\u3000", "﹖?", "陳\x00", "陳\ud800"])
def test_no_wildcard_in_disguise_lists_the_register(database: Database, name: str) -> None:
    scene, case = prepared(database)
    with pytest.raises(Invalid):
        ask(database, scene.agent, case, name=name)


def test_an_old_case_can_be_found_to_close_and_nobodys_case_is_anybodys(database: Database) -> None:
    scene, case = prepared(database)
    with database.writing() as session:
        for number in range(101):
            open_case(
                session,
                actor=scene.agent,
                purpose=PURPOSE,
                case_number=str(number),
                at=NOW + timedelta(minutes=1),
            )
        assert find_open_case(session, case, actor=scene.agent) is not None
        assert find_open_case(session, case, actor=scene.clerk) is None
        assert own_cases(session, Principal(kind="account", name="x", roles=frozenset())) == []


def drawn(database: Database, objects: Objects) -> None:
    """Give the scene's images a real picture: white, with ink in every box."""
    pixels = np.full((HEIGHT, WIDTH, 3), 250, np.uint8)
    pixels[:, ::3] = 5
    pyramid = write_pyramid(pixels)
    layout = read_layout(pyramid)
    with database.writing() as session:
        for image in session.scalars(select(PageImage)):
            image.derivative_key = f"derived/{image.id}"
            objects.store.put(image.derivative_key, pyramid)
            image.derivative_layout = layout.as_json()
            image.transform = for_deskew((WIDTH, HEIGHT), 0.0).as_json()


def test_only_an_own_register_shows_an_office_whole_pages_with_masked_fields(
    database: Database, file_objects: Objects
) -> None:
    scene, _ = prepared(database)
    drawn(database, file_objects)
    with database.reading() as session:
        entry_id = named(session, "陳大").entry_id
        own = page_behind(session, entry_id=entry_id, edition=1, scope=scope_of_office(scene.office.id))
        other = page_behind(
            session, entry_id=entry_id, edition=1, scope=scope_of_office(scene.other_office.id)
        )
    assert own is not None
    assert other is not None
    assert (own.whole_page, other.whole_page) == (True, False)


def test_a_held_entry_stays_covered_on_a_whole_page_and_a_held_image_is_not_shown(
    database: Database, file_objects: Objects
) -> None:
    scene, case = prepared(database, whole_pages=True)
    drawn(database, file_objects)
    with database.reading() as session:
        first, second = named(session, "陳大"), named(session, "陳二")

    def look() -> bytes:
        return look_at_image(
            database,
            file_objects.store,
            actor=scene.agent,
            case_folder_id=case,
            entry_id=first.entry_id,
            now=lambda: NOW,
        ).jpeg

    assert _contrast(look(), second.region) > 60
    hold(database, scene, entry_id=second.entry_id)
    assert _contrast(look(), second.region) < 25
    assert _contrast(look(), first.region) > 60
    assert first.image_id is not None
    hold(database, scene, image_id=first.image_id)
    with pytest.raises(NotFound):
        look()
    assert names(ask(database, scene.agent, case, name="陳大")) == ["陳大"]
    with database.reading() as session:
        assert session.scalars(select(Lookup.outcome).order_by(Lookup.id)).all()[-2:] == [
            "failed",
            "answered",
        ]
        pictures = session.scalars(select(Disclosure.shown).where(Disclosure.image_id.is_not(None))).all()
    assert len(pictures) == 3
    assert all("*" in fields for fields in pictures)


def _contrast(jpeg: bytes, region: list[float] | None) -> float:
    """How far ink and paper are apart within a region, its rim left out."""
    assert region is not None
    x0, y0, x1, y1 = (int(part) for part in region)
    pixels = np.asarray(Image.open(io.BytesIO(jpeg)).convert("L"), dtype=np.float64)
    return float(pixels[y0 + 10 : y1 - 10, x0 + 10 : x1 - 10].std())
