"""After a rerun a page's findings say how the rerun found it turned, and its derivative stands so."""

import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import select

from access.accounts.tables import Account
from domain.series import load_series
from imaging.transform import PageTransform
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.port import Pixels, Reading, TextLine, Usability
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline.claim_less import MOST_UNTURNED
from ingest.pipeline.read_form import Readers
from ingest.pipeline.run import PageTools
from ingest.processing.operations.renew_turn import renewed
from ingest.processing.process_run import process_run
from ingest.processing.room import ProcessingRoom
from ingest.uploads.room import UploadRoom
from storage.catalogue.tables import PageImage
from storage.checks.tables import PageTrace
from storage.database.session import Database
from storage.intake.tables import BatchPage, ProcessingRun, RecognitionResult, Rerun
from tests.ingest.house import Api, Place, declared, now
from tests.ingest.pages import small_page
from tests.ingest.processing.test_leases import claimed, sure
from tests.ingest.reruns.rereading import Read, commit, same, turn_finding

REAL = RapidRecogniser()


@dataclass(frozen=True)
class Blind:
    """An engine that makes nothing of lines, so that no turn is told, and is sure of what it reads all the
    same."""

    name: str = "blind"

    def usable(self) -> Usability:
        return REAL.usable()

    def read_lines(self, crops: Sequence[Pixels], vertical: bool) -> list[Reading]:
        return [Reading("", 0.0) for _ in crops]

    def read_page(self, rgb: Pixels) -> list[TextLine]:
        return [TextLine((200.0, 200.0, 300.0, 600.0), "王", 0.99, True)]


@pytest.mark.parametrize(("told", "flagged"), [(0.0, True), (0.75, False)])
def test_a_rerun_gives_the_flag_and_takes_it(volume: Read, told: float, flagged: bool) -> None:
    other = {"check": "blur", "value": 0.1, "verdict": "accept", "where": None, "zh": "", "en": ""}
    first, _ = volume.order()
    with volume.database.writing() as session:
        page = session.get_one(BatchPage, session.get_one(ProcessingRun, first).batch_page_id)
        image = session.get_one(PageImage, page.page_image_id)
        image.quality = [turn_finding(0.0 if told else 0.75), other]
        image.flagged = not flagged
    commit(volume.database, sure(claimed(volume.database, first)), same("陳大", "陳二"), told)
    with volume.database.reading() as session:
        after = session.get_one(PageImage, image.id)
        assert after.quality == [turn_finding(told), other]
        assert after.flagged is flagged
        assert after.derivative_key == image.derivative_key


def test_a_blank_page_gets_no_second_flag_and_none_of_its_own_is_lost() -> None:
    blank = {"check": "blank", "verdict": "flag"}
    assert renewed([blank], turn_finding(0.0)) == [blank, turn_finding(0.0) | {"verdict": "accept"}]


def test_a_page_found_on_its_side_is_stood_upright_and_kept_so(
    api: Api, room: UploadRoom, place: Place, decoder: LimitedDecoder
) -> None:
    """Read blindly first, then by an engine that reads, then blindly once more."""
    seen = [_process(room, decoder, Blind(), _deliver(api, room))]
    seen += [_process(room, decoder, engine, _rerun(room.database, place)) for engine in (REAL, Blind())]
    lying, upright, again = seen
    assert [one.flags.count("orientation") for one in seen] == [1, 0, 1]
    assert lying.shape == upright.shape[::-1]
    shown = [np.asarray(Image.open(io.BytesIO(room.store.read(one.thumbnail))), int) for one in seen]
    assert np.abs(shown[1] - np.rot90(shown[0], -1)).mean() < 3
    assert upright.trace != lying.trace
    assert (again.key, again.transform, again.trace) == (upright.key, upright.transform, upright.trace)
    assert room.store.read(lying.key), "what there was is kept"
    assert max(upright.sure) > 0.9
    assert [max(one.sure) for one in (lying, again)] == [MOST_UNTURNED, MOST_UNTURNED]


@dataclass(frozen=True)
class Seen:
    """The one page as it stands after a run."""

    flags: list[str]
    key: str
    thumbnail: str
    shape: tuple[int, int]
    transform: PageTransform
    trace: str
    sure: list[float]


def _deliver(api: Api, room: UploadRoom) -> ProcessingRun:
    buffer = io.BytesIO()
    page = np.asarray(Image.open(io.BytesIO(small_page(2)[0])))
    Image.fromarray(np.rot90(page)).save(buffer, "PNG", dpi=(150, 150))
    batch = api.declare([declared("1.png", buffer.getvalue(), "1")]).json()["id"]
    assert api.upload(batch, 1, buffer.getvalue()).json()["state"] == "complete"
    with room.database.reading() as session:
        return session.scalars(select(ProcessingRun)).one()


def _rerun(database: Database, place: Place) -> ProcessingRun:
    with database.writing() as session:
        common = {"office_id": place.office_id, "created_at": now()}
        clerk = Account(
            username=str(uuid.uuid4()), display_name="承辦人", password_hash="-", created_at=now()
        )
        session.add(clerk)
        session.flush()
        rerun = Rerun(
            volume_id=place.volume_id, series_key="colonial_register", ordered_by=clerk.id, **common
        )
        session.add(rerun)
        session.flush()
        page = session.scalars(select(BatchPage.id)).one()
        run = ProcessingRun(batch_page_id=page, rerun_id=rerun.id, **common)
        session.add(run)
        session.flush()
        return run


def _process(
    room: UploadRoom, decoder: LimitedDecoder, engine: RapidRecogniser | Blind, run: ProcessingRun
) -> Seen:
    tools = PageTools(room.store, decoder, Readers(engine), load_series)
    assert process_run(ProcessingRoom(room.database, tools, "w", now, most_attempts=1), run_id=run.id)
    with room.database.reading() as session:
        assert session.get_one(ProcessingRun, run.id).state == "done"
        image = session.scalars(select(PageImage)).one()
        trace = session.scalars(select(PageTrace)).one()
        lines = session.scalars(select(RecognitionResult).filter_by(run_id=run.id)).one().lines
    assert image.flagged == any(one["verdict"] != "accept" for one in image.quality)
    return Seen(
        flags=[one["check"] for one in image.quality if one["verdict"] != "accept"],
        key=image.derivative_key,
        thumbnail=image.thumbnail_key,
        shape=(image.derivative_width, image.derivative_height),
        transform=PageTransform.from_json(image.transform),
        trace=trace.pixels_sha256,
        sure=[line["confidence"] for line in lines],
    )
