"""One page from its claim to its commit, by the real pipeline; and what can go wrong on the way."""

import hashlib
import io
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.series import load_series
from imaging.pyramid import PyramidLayout, tile_bytes
from imaging.transform import PageTransform
from ingest.batches.queries import find_failures
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.pipeline.read_form import Readers
from ingest.pipeline.run import STEPS, PageTools
from ingest.pipeline.write_alto import NAMESPACE
from ingest.processing.process_run import process_run
from ingest.processing.room import ProcessingRoom
from ingest.uploads.room import UploadRoom
from storage.catalogue.tables import PageImage
from storage.intake.tables import Batch, ProcessingRun, RecognitionResult
from storage.objects.errors import StoreUnavailable
from storage.objects.files import FileObjectStore
from tests.imaging.drawn_files import multi_tiff, picture, saved
from tests.ingest.house import Api, declared, now
from tests.ingest.pages import small_page


@pytest.fixture(scope="module")
def readers() -> Readers:
    """The recogniser at work in production."""
    return Readers(choose_engines()[0])


@pytest.fixture
def worker(room: UploadRoom, decoder: LimitedDecoder, readers: Readers) -> ProcessingRoom:
    """A worker's room on the embedded default."""
    tools = PageTools(room.store, decoder, readers, load_series)
    return ProcessingRoom(database=room.database, tools=tools, worker="w", now=now, most_attempts=2)


def deliver(api: Api, room: UploadRoom, *files: tuple[str, bytes, Sequence[str]]) -> list[uuid.UUID]:
    """Declare and upload files; returns the runs owed, in order."""
    listed = [
        declared(name, data, *({"designation": page, "frame": n} for n, page in enumerate(pages)))
        for name, data, pages in files
    ]
    batch = api.declare(listed).json()["id"]
    for ordinal, (_, data, _) in enumerate(files, 1):
        assert api.upload(batch, ordinal, data).json()["state"] == "complete"
    with room.database.reading() as session:
        return list(session.scalars(select(ProcessingRun.id).order_by(ProcessingRun.id)))


def test_the_series_own_limits_and_the_declared_side_decide(
    api: Api, room: UploadRoom, worker: ProcessingRoom
) -> None:
    data, _ = small_page(2)
    strict = replace(load_series("colonial_register"), quality={"skew_flag": 0.3})
    own = replace(worker, tools=replace(worker.tools, series=lambda _key: strict))
    sides = [{"designation": "2", "side": "right"}, {"designation": "3", "side": "left"}]
    files = [declared("1.png", data, "1"), declared("2.tif", _as_tiff(data), *sides)]
    batch = api.declare(files).json()["id"]
    for ordinal, body in enumerate((data, _as_tiff(data)), 1):
        assert api.upload(batch, ordinal, body).json()["state"] == "complete"
    with room.database.reading() as session:
        runs = list(session.scalars(select(ProcessingRun.id).order_by(ProcessingRun.id)))
    for run, room_of in zip(runs, (own, worker, worker), strict=True):
        assert process_run(room_of, run_id=run)
    with room.database.reading() as session:
        images = session.scalars(select(PageImage).order_by(PageImage.id)).all()
    verdicts = [{one["check"]: one["verdict"] for one in image.quality} for image in images]
    assert [found["skew"] for found in verdicts] == ["flag", "accept", "accept"]
    assert [found["spread"] for found in verdicts] == ["accept", "flag", "flag"]


def _as_tiff(data: bytes) -> bytes:
    buffer = io.BytesIO()
    Image.open(io.BytesIO(data)).save(buffer, "TIFF", dpi=(150, 150))
    return buffer.getvalue()


def test_a_register_page_is_read_and_kept(api: Api, room: UploadRoom, worker: ProcessingRoom) -> None:
    data, truth = small_page(2)
    passed: list[str] = []
    (run,) = deliver(api, room, ("1.png", data, ["1"]))
    assert process_run(replace(worker, at_point=passed.append), run_id=run)
    assert passed == ["claimed", *STEPS, "commit", "committed"]
    assert not process_run(worker, run_id=run)
    with room.database.reading() as session:
        image = session.scalars(select(PageImage)).one()
        result = session.scalars(select(RecognitionResult)).one()
        done = session.get_one(ProcessingRun, run)
    names = {proposal["fields"]["name"]["text"] for proposal in result.proposals}
    assert len(names & {entry["name"] for entry in truth.entries}) >= 2
    assert set(result.proposals[0]) == {"ordinal", "box", "least_confidence", "fields"}
    assert room.store.read(image.master_key) == data
    layout = PyramidLayout.from_json(image.derivative_layout)

    def read_range(start: int, length: int) -> bytes:
        return room.store.read_range(image.derivative_key, start, length)

    assert tile_bytes(layout, 0, 0, 0, read_range).startswith(b"\xff\xd8")
    assert (layout.levels[0].width, layout.levels[0].height) == (
        image.derivative_width,
        image.derivative_height,
    )
    assert room.store.read(image.thumbnail_key).startswith(b"\xff\xd8")
    text = room.store.read(result.alto_key).decode()
    assert all(f'CONTENT="{name}"' in text for name in names)
    assert done.timings is not None
    assert set(STEPS) <= set(done.timings)
    assert {finding["check"] for finding in image.quality} >= {"resolution", "blur", "orientation"}
    assert image.flagged == any(finding["verdict"] != "accept" for finding in image.quality)


@pytest.mark.parametrize("turned", [0, 90])
def test_red_writing_is_kept_as_red_in_rows_and_text(
    api: Api, room: UploadRoom, worker: ProcessingRoom, turned: int
) -> None:
    """One name of a page, upright or on its side in the file, is written in red; the others in black.

    What is left of a seal, one character or a few, is red too.
    """
    data, name = _with_a_red_name(turned)
    (run,) = deliver(api, room, ("1.png", data, ["1"]))
    assert process_run(worker, run_id=run)
    with room.database.reading() as session:
        result = session.scalars(select(RecognitionResult)).one()
    inks = {one["fields"]["name"]["text"]: one["fields"]["name"]["inks"] for one in result.proposals}
    written = {entry["name"] for entry in small_page(2)[1].entries}
    assert {text: inks[text] for text in written & inks.keys()} == {
        text: ["red" if text == name else "black"] for text in written
    }
    assert {one["text"] for one in result.lines if one["ink"] == "red" and len(one["text"]) > 1} == {name}
    assert all(one["vertical"] for one in result.lines)
    root = ElementTree.fromstring(room.store.read(result.alto_key))
    lines = {line[0].get("CONTENT"): line for line in root.iter(f"{{{NAMESPACE}}}TextLine")}
    assert {text for text in written if lines[text].get("STYLEREFS") == "ink.red"} == {name}
    assert lines[name].get("BASEDIRECTION") == "ttb"
    wide, high = float(lines[name].attrib["WIDTH"]), float(lines[name].attrib["HEIGHT"])
    assert wide > high if turned else high > wide
    (page,) = root.iter(f"{{{NAMESPACE}}}Page")
    assert page.get("ROTATION") == (str(turned) if turned else None)


def _with_a_red_name(turned: int) -> tuple[bytes, str]:
    """A page turned by quarters, counter-clockwise, and the name on it whose ink lets red light through."""
    data, truth = small_page(2)
    pixels = np.array(Image.open(io.BytesIO(data)))
    cell = next(one for one in truth.cells if one.field == "name" and one.entry == 1 and one.ink)
    assert cell.ink is not None
    x0, y0, x1, y1 = (round(edge) for edge in cell.ink.as_list())
    red = pixels[y0:y1, x0:x1, 0]
    np.maximum(red, np.percentile(red, 50).astype(np.uint8), out=red)
    buffer = io.BytesIO()
    Image.fromarray(np.rot90(pixels, turned // 90)).save(buffer, "PNG", dpi=(150, 150))
    return buffer.getvalue(), cell.text


def test_a_torn_frame_is_refused_and_the_other_goes_on(
    api: Api, room: UploadRoom, worker: ProcessingRoom
) -> None:
    data = bytearray(multi_tiff([picture(200, 150), picture(200, 150, seed=2)], compression="tiff_deflate"))
    at = data.index(b"\x78\x9c", len(data) // 2)
    data[at + 40 : at + 400] = bytes(360)
    runs = deliver(api, room, ("a.tif", bytes(data), ["1", "2"]))
    for run in runs:
        process_run(worker, run_id=run)
    with room.database.reading() as session:
        batch = session.scalars(select(Batch)).one()
        failures = find_failures(session, batch_id=batch.id)
        assert len(session.scalars(select(PageImage)).all()) == 1
    assert [(failure.designation, failure.state) for failure in failures] == [("2", "refused")]
    assert failures[0].reason is not None
    assert failures[0].reason.code in {"damaged", "truncated"}
    assert batch.state == "processed"


def test_a_lost_master_fails_the_page_after_bounded_attempts(
    api: Api, room: UploadRoom, worker: ProcessingRoom
) -> None:
    (run,) = deliver(api, room, ("1.png", saved(picture(), "PNG"), ["1"]))
    for found in list(room.store.list("sha256/")):
        room.store.delete(found.key)
    assert [process_run(worker, run_id=run) for _ in range(3)] == [True, True, False]
    with room.database.reading() as session:
        batch = session.scalars(select(Batch)).one()
        failure = find_failures(session, batch_id=batch.id)[0]
    assert (failure.state, failure.attempts) == ("failed", 2)
    assert failure.reason is not None
    assert "ObjectMissing" in failure.reason.en


def test_a_store_that_is_away_costs_no_attempt(
    api: Api, room: UploadRoom, worker: ProcessingRoom, tmp_path: Path
) -> None:
    class Away(FileObjectStore):
        def read(self, key: str) -> bytes:
            raise StoreUnavailable("the disk is gone")

    (run,) = deliver(api, room, ("1.png", saved(picture(), "PNG"), ["1"]))
    away = replace(worker.tools, store=Away(tmp_path / "objects"))
    process_run(replace(worker, tools=away, wait_when_away=timedelta(0)), run_id=run)
    with room.database.reading() as session:
        row = session.get_one(ProcessingRun, run)
    assert (row.state, row.attempts) == ("running", 0)
    assert process_run(worker, run_id=run)
    with room.database.reading() as session:
        assert session.get_one(ProcessingRun, run).state == "done"


def test_the_halves_of_a_spread_are_two_images_of_one_master(
    api: Api, room: UploadRoom, worker: ProcessingRoom
) -> None:
    right, left = (np.asarray(Image.open(io.BytesIO(small_page(seed)[0]))) for seed in (2, 3))
    data = saved(np.concatenate([left, right], axis=1), "PNG", compress_level=1)
    halves = [{"designation": "1", "side": "right"}, {"designation": "2", "side": "left"}]
    batch = api.declare([declared("s.png", data, *halves)]).json()["id"]
    assert api.upload(batch, 1, data).json()["state"] == "complete"
    with room.database.reading() as session:
        runs = list(session.scalars(select(ProcessingRun.id).order_by(ProcessingRun.id)))
    for run in runs:
        assert process_run(worker, run_id=run)
    with room.database.reading() as session:
        images = {
            str(side): (image, PageTransform.from_json(image.transform), _names(session, image))
            for image in session.scalars(select(PageImage))
            for side in [image.side]
        }
        assert session.scalars(select(Batch)).one().state == "processed"
    assert {image.master_sha256 for image, _, _ in images.values()} == {hashlib.sha256(data).hexdigest()}
    middle = right.shape[1]
    for side, seed in (("right", 2), ("left", 3)):
        image, transform, names = images[side]
        assert (image.width, image.height) == (2 * middle, right.shape[0])
        box = transform.box_to_master((0, 0, image.derivative_width, image.derivative_height))
        assert (box[0] + box[2]) / 2 > middle if side == "right" else (box[0] + box[2]) / 2 < middle
        assert image.derivative_width < 1.2 * middle
        assert len(names & {entry["name"] for entry in small_page(seed)[1].entries}) >= 2


def _names(session: Session, image: PageImage) -> set[str]:
    result = session.scalars(select(RecognitionResult).filter_by(page_image_id=image.id)).one()
    return {proposal["fields"]["name"]["text"] for proposal in result.proposals}
