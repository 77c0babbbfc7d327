"""What a settled delivery is held against, in a database; and that what is flagged has to be opened."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import SYSTEM
from domain.series import adopt_series, load_series
from imaging.fingerprint import SIZE
from imaging.half_side import HalfSide
from imaging.transform import for_deskew
from index_service.requests.operations.deliver_request import deliver_request
from index_service.requests.operations.open_first_load import open_first_load
from index_service.requests.pages_required import pages_required
from ingest.checks.operations.check_batch import check_batch
from storage.catalogue.tables import Page, PageImage, Volume
from storage.checks.tables import PageFinding, PageTrace
from storage.database.session import Database
from storage.intake.tables import Batch
from tests.index_service.scene import (
    HEIGHT,
    NOW,
    WIDTH,
    Scene,
    add_batch,
    add_image,
    add_page,
    proposal,
    set_scene,
)
from tests.index_service.walk import assign_and_start
from viewer.batches.queries import list_flags
from viewer.images.flags import flags_of

FORM = np.random.default_rng(1).integers(0, 120, SIZE)
PAGES = 9


def writing(seed: int, noise: int = 0) -> bytes:
    """What is written on a page, by seed, on one form; `noise` tells one scan of it from another."""
    drawn = FORM + (np.random.default_rng(seed).random(SIZE) < 0.2) * 200
    jitter = np.random.default_rng([seed, noise]).normal(0, 12 if noise else 0, SIZE)
    return np.clip(drawn + jitter, 0, 255).astype(np.uint8).tobytes()


def image_of(
    session: Session, page: Page, mark: str, seed: int, noise: int = 0, number: str | None = None
) -> PageImage:
    image = add_image(session, page, mark)
    session.add(
        PageTrace(
            page_image_id=image.id,
            volume_id=page.volume_id,
            office_id=page.office_id,
            pixels_sha256=f"{seed:032x}{noise:032x}",
            writing=writing(seed, noise),
            designation=number,
            designation_confidence=0.97 if number else None,
            designation_box=[10, 20, 90, 60] if number else [],
        )
    )
    return image


def deliver(session: Session, scene: Scene, images: Sequence[PageImage]) -> Batch:
    return add_batch(session, scene, [(image, [proposal(0, "陳大")]) for image in images])


def first_load(
    session: Session, scene: Scene, seeds: Sequence[int], numbers: Sequence[str | None] = ()
) -> tuple[list[Page], list[PageImage], Batch]:
    """A delivery of pages whose writing is of these seeds, with these numbers read on them."""
    pages = [add_page(session, scene, at + 1) for at in range(len(seeds))]
    read = numbers or [None] * len(seeds)
    images = [
        image_of(session, page, "first", seed, seeds[:at].count(seed), read[at])
        for at, (page, seed) in enumerate(zip(pages, seeds, strict=True))
    ]
    return pages, images, deliver(session, scene, images)


def told(session: Session) -> dict[int, str]:
    """The check that flagged each page, by sequence."""
    query = (
        select(Page.sequence, PageFinding.check)
        .join(PageImage, PageImage.page_id == Page.id)
        .join(PageFinding, PageFinding.page_image_id == PageImage.id)
    )
    return {row.sequence: row.check for row in session.execute(query)}


def test_a_sound_delivery_has_no_finding(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        numbers = [str(at + 1) for at in range(PAGES)]
        _, _, batch = first_load(session, scene, range(PAGES), numbers)
        assert check_batch(session, batch=batch, at=NOW) == []
        assert told(session) == {}


def test_the_same_pixels_twice_are_a_duplicate(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        _, images, batch = first_load(session, scene, range(PAGES))
        trace, other = (
            session.scalars(select(PageTrace).filter_by(page_image_id=images[at].id)).one() for at in (1, 6)
        )
        trace.pixels_sha256 = other.pixels_sha256
        check_batch(session, batch=batch, at=NOW)
        assert told(session) == {2: "duplicate", 7: "duplicate"}
        finding = session.scalars(select(PageFinding).filter_by(page_image_id=images[1].id)).one()
        assert finding.other_image_id == images[6].id
        assert finding.value == 1.0


@pytest.mark.parametrize(("limits", "verdict"), [({}, "refuse"), ({"same_refuse": 2.0}, "flag")])
def test_a_delivery_is_judged_within_its_series_limits(
    database: Database, limits: dict[str, float], verdict: str
) -> None:
    adopt_series([replace(load_series("colonial_register"), key="own", quality=limits)])
    try:
        with database.writing() as session:
            scene = set_scene(session)
            pages, images, batch = first_load(session, scene, range(PAGES))
            session.get_one(Volume, pages[0].volume_id).series_key = "own"
            images[1].transform = for_deskew((WIDTH, HEIGHT), 0.0, (30, 40, 230, 340)).as_json()
            one, other = (
                session.scalars(select(PageTrace).filter_by(page_image_id=images[at].id)).one()
                for at in (1, 6)
            )
            one.pixels_sha256 = other.pixels_sha256
            check_batch(session, batch=batch, at=NOW)
            found = {each.page_image_id: each for each in session.scalars(select(PageFinding))}
            assert {each.verdict for each in found.values()} == {verdict}
            assert found[images[1].id].box == [30, 40, 230, 340]
            assert found[images[6].id].box == [0, 0, WIDTH, HEIGHT]
    finally:
        adopt_series([])


def test_one_page_scanned_twice_is_a_near_duplicate_and_told_once(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        _, _, batch = first_load(session, scene, [0, 1, 2, 3, 4, 2, 6, 7, 8])
        assert len(check_batch(session, batch=batch, at=NOW)) == 2
        assert check_batch(session, batch=batch, at=NOW) == []
        assert told(session) == {3: "near_duplicate", 6: "near_duplicate"}


@pytest.mark.parametrize(("step", "checks"), [(0, {}), (1, dict.fromkeys(range(3, 7), "shifted"))])
@pytest.mark.parametrize("noise", [9, 0])
def test_a_second_scan_or_the_same_one_page_out_of_step_is_told_and_shown(
    database: Database, step: int, checks: dict[int, str], noise: int
) -> None:
    """Without noise the second delivery has the very same pixels, as after a wrong manifest."""
    with database.writing() as session:
        scene = set_scene(session)
        pages, _, batch = first_load(session, scene, range(PAGES))
        check_batch(session, batch=batch, at=NOW)
        again = [image_of(session, pages[at], "again", at + step, noise) for at in range(2, 6)]
        check_batch(session, batch=deliver(session, scene, again), at=NOW)
        assert told(session) == checks
        shown = flags_of(session, [image.id for image in again], actor=SYSTEM)
        assert [(flag.check, flag.verdict) for flag in shown] == [
            (check, "flag") for check in checks.values()
        ]


def two_pages_with_one_image(session: Session, scene: Scene) -> tuple[list[Page], list[PageImage], Batch]:
    """A settled delivery of which the second and the seventh page share their pixels."""
    pages, images, batch = first_load(session, scene, range(PAGES))
    one, other = (
        session.scalars(select(PageTrace).filter_by(page_image_id=images[at].id)).one() for at in (1, 6)
    )
    one.pixels_sha256 = other.pixels_sha256
    check_batch(session, batch=batch, at=NOW)
    return pages, images, batch


@pytest.mark.parametrize("side", [None, "left"])
def test_a_page_is_to_be_scanned_again_only_until_the_other_has_been(
    database: Database, side: HalfSide | None
) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        pages, images, batch = two_pages_with_one_image(session, scene)
        request = open_first_load(session, batch_id=batch.id, at=NOW)
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)

        def standing() -> tuple[list[str], list[uuid.UUID], set[uuid.UUID]]:
            doubtful = {one.page_id for one in pages_required(session, request) if one.why == "doubtful"}
            listed = [flag.image_id for _, flag in list_flags(session, batch.id, actor=SYSTEM)]
            return (
                [flag.verdict for flag in flags_of(session, [images[1].id], actor=SYSTEM)],
                listed,
                doubtful,
            )

        both = ["refuse"], [images[1].id, images[6].id], {pages[1].id, pages[6].id}
        assert standing() == both
        add_image(session, pages[6], "its slip", view=2)
        add_image(session, pages[5], "of another page")
        assert standing() == both
        image_of(session, pages[6], "again", 77).side = side
        session.flush()
        assert standing() == ([], [images[6].id], {pages[6].id})


def test_the_harder_verdict_stands_when_a_delivery_is_settled_again(database: Database) -> None:
    with database.writing() as session:
        _, images, batch = two_pages_with_one_image(session, set_scene(session))
        finding = session.scalars(select(PageFinding).filter_by(page_image_id=images[1].id)).one()
        finding.verdict, finding.other_image_id = "flag", images[3].id
        session.flush()
        (added,) = check_batch(session, batch=batch, at=NOW)
        assert added.image_id == images[1].id
        session.refresh(finding)
        assert (finding.verdict, finding.other_image_id) == ("refuse", images[6].id)
        assert check_batch(session, batch=batch, at=NOW) == []


@pytest.mark.parametrize(
    ("numbers", "checks"),
    [
        (["1", "2", "8", "4", "5", "6"], {3: "page_number"}),
        (["1", "3", "2", "4", "5", "6"], {2: "page_swapped", 3: "page_swapped"}),
        (["1", "2", "3", "5", "6", "7"], {4: "page_missing", 5: "page_number", 6: "page_number"}),
        (["1", "2", "2", "4", "5", "6"], {3: "page_doubled"}),
        ([None, "2", None, None, "5", None], {}),
    ],
)
def test_page_numbers_are_held_against_the_manifest(
    database: Database, numbers: list[str | None], checks: dict[int, str]
) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        _, images, batch = first_load(session, scene, range(len(numbers)), numbers)
        check_batch(session, batch=batch, at=NOW)
        assert told(session) == checks
        for finding in session.scalars(select(PageFinding)):
            assert finding.box == [10, 20, 90, 60]
            assert finding.page_image_id in {image.id for image in images}


def test_a_page_flagged_beside_its_neighbours_has_to_be_opened(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        numbers = ["1", "2", "3", "4", "5", "6", "9", "8", None]
        pages, _, batch = first_load(session, scene, range(PAGES), numbers)
        check_batch(session, batch=batch, at=NOW)
        request = open_first_load(session, batch_id=batch.id, at=NOW)
        assign_and_start(session, scene, request)
        deliver_request(session, actor=scene.operator, request_id=request.id, at=NOW)
        required = {one.page_id: one.why for one in pages_required(session, request)}
        assert required[pages[6].id] == "doubtful"
        assert [page.id for page in pages if required.get(page.id) == "doubtful"] == [pages[6].id]
