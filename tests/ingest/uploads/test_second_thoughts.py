"""A file is refused for what is in it: not for a decoder that died, and not once it is refused or stored."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import func, select

from imaging.decoding import RefusedImage
from ingest.decoding.answers import EXHAUSTED, Inspected
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.uploads.operations.accept_file import accept_file
from ingest.uploads.operations.refuse_file import refuse_file
from ingest.uploads.room import UploadRoom
from storage.database.session import Database
from storage.intake.tables import BatchFile, BatchPage, ProcessingRun, Upload
from tests.imaging.drawn_files import multi_tiff, picture, saved
from tests.ingest.house import AT, Api, Place, declared, make_api, make_room, on_our_api

DATA = saved(picture(60, 40), "PNG")


@dataclass
class Interrupted:
    """A decoder whose child is ended from without so many times, as by a restart."""

    decoder: LimitedDecoder
    deaths: int

    def inspect(self, data: BinaryIO, size: int, name: str) -> Inspected:
        """Die, or look."""
        if self.deaths:
            self.deaths -= 1
            raise RefusedImage(EXHAUSTED, "解碼程序中斷", "the decoder was ended")
        return self.decoder.inspect(data, size, name)


@pytest.mark.parametrize(("deaths", "state"), [(1, "stored"), (2, "refused")])
def test_an_exhausted_decoder_is_believed_the_second_time(
    deaths: int, state: str, sqlite_database: Database, place: Place, decoder: LimitedDecoder, tmp_path: Path
) -> None:
    store, parts = on_our_api(tmp_path / "objects")
    room = make_room(sqlite_database, store, parts, Interrupted(decoder, deaths))
    api = Api(make_api(room), place.key)
    batch = api.declare([declared("1.png", DATA, "1")]).json()["id"]
    api.upload(batch, 1, DATA)
    assert api.get(f"/api/v1/ingest/batches/{batch}").json()["files"][0]["state"] == state


def test_a_file_refused_meanwhile_is_not_stored_after_all(api: Api, room: UploadRoom, place: Place) -> None:
    batch = api.declare([declared("1.png", DATA, "1")]).json()["id"]
    upload = uuid.UUID(api.post(f"/api/v1/ingest/batches/{batch}/files/1/upload").json()["id"])
    with room.database.writing() as session:
        refusal = RefusedImage("damaged", "檔案損壞", "damaged")
        refuse_file(session, actor=place.principal, upload_id=upload, refusal=refusal, at=AT)
        runs = accept_file(
            session,
            actor=place.principal,
            upload_id=upload,
            inspected=Inspected("image/png", 1, 40, 60),
            object_key="sha256/x",
            at=AT,
        )
        assert runs == []
        assert session.scalars(select(BatchFile.state)).one() == "refused"
        assert session.scalars(select(BatchPage.state)).one() == "refused"
        assert session.get_one(Upload, upload).state == "refused"
        assert session.scalar(select(func.count()).select_from(ProcessingRun)) == 0


def test_frames_that_come_after_their_batch_was_settled_are_processed_in_it(
    api: Api, room: UploadRoom
) -> None:
    data = multi_tiff([picture(60, 40), picture(60, 40, seed=2)])
    batch = api.declare([declared("1.tif", data, designation="1")]).json()["id"]
    with room.database.reading() as session:
        page = session.scalars(select(BatchPage.id)).one()
    path = f"/api/v1/ingest/batches/{batch}/pages/{page}/set-aside"
    assert api.post(path, json={"reason": "摺角"}).json()["state"] == "processed"
    assert api.upload(batch, 1, data).status_code == 200
    view = api.get(f"/api/v1/ingest/batches/{batch}").json()
    assert (view["state"], view["pages"]) == ("processing", {"set_aside": 1, "pending": 1})
