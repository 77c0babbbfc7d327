"""Bad input: each gets a clear error, nothing is half stored, no master is overwritten, the rest goes on."""

import io
import uuid
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import func, select

from ingest.uploads.room import UploadRoom
from storage.intake.tables import BatchPage, ProcessingRun, Upload
from storage.objects.keys import content_key
from tests.imaging.drawn_files import bomb_png, jp2, multi_tiff, picture, saved, scans_pdf
from tests.ingest.house import Api, declared


def big(kind: str) -> bytes:
    """A picture whose file is long enough to be torn in the middle of its data."""
    return saved(picture(600, 400), kind)


def torn(data: bytes, share: float = 0.6) -> bytes:
    """The first part of a file."""
    return data[: int(len(data) * share)]


BAD: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "text renamed .jpg": ("a.jpg", lambda: "這是文字".encode(), {"mislabelled"}),
    "png named .jpg": ("a.jpg", lambda: big("PNG"), {"mislabelled"}),
    "truncated JPEG": ("a.jpg", lambda: torn(big("JPEG")), {"truncated"}),
    "truncated PNG": ("a.png", lambda: torn(big("PNG")), {"truncated", "damaged"}),
    "truncated TIFF": ("a.tif", lambda: torn(big("TIFF")), {"truncated", "damaged"}),
    "truncated PDF": ("a.pdf", lambda: torn(scans_pdf([picture(600, 400)])), {"truncated", "damaged"}),
    "truncated JP2": ("a.jp2", lambda: torn(jp2(picture(600, 400))), {"truncated", "damaged"}),
    "pixel bomb": ("a.png", lambda: bomb_png(60_000), {"too_large"}),
    "gif": ("a.gif", lambda: saved(picture(), "GIF"), {"unsupported"}),
    "no image": ("a.bin", lambda: b"\0" * 100, {"not_an_image"}),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_and_the_rest_goes_on(case: str, api: Api, room: UploadRoom) -> None:
    name, make, codes = BAD[case]
    bad, good = make(), big("JPEG")
    batch = api.declare([declared(name, bad, "1"), declared("good.jpg", good, "2")]).json()["id"]
    answer = api.upload(batch, 1, bad)
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "file_refused"
    assert answer.json()["reason"]["code"] in codes
    assert answer.json()["reason"]["zh"]
    assert answer.json()["reason"]["en"]
    assert room.store.stat(content_key(declared(name, bad)["sha256"])) is None
    assert list(room.store.list("incoming/")) == []
    assert api.upload(batch, 1, bad).json() == answer.json()
    assert api.upload(batch, 2, good).json()["state"] == "complete"
    view = api.get(f"/api/v1/ingest/batches/{batch}").json()
    assert view["pages"] == {"refused": 1, "pending": 1}
    assert [failure["reason"]["code"] for failure in view["failures"]] == [answer.json()["reason"]["code"]]


def test_bytes_of_another_hash_are_not_stored_and_may_be_sent_again(api: Api, room: UploadRoom) -> None:
    right, wrong = big("JPEG"), bytearray(big("JPEG"))
    wrong[-20] ^= 1
    file = declared("a.jpg", right, "1")
    batch = api.declare([file]).json()["id"]
    begun = api.post(f"/api/v1/ingest/batches/{batch}/files/1/upload").json()
    api.put_parts(begun, bytes(wrong))
    for _ in range(2):
        answer = api.post(f"/api/v1/ingest/uploads/{begun['id']}/complete")
        assert answer.status_code in {409, 422}
        assert answer.json()["code"] in {"content_differs", "upload_over"}
    assert list(room.store.list()) == []
    assert api.upload(batch, 1, right).json()["state"] == "complete"
    assert room.store.read(content_key(file["sha256"])) == right


def test_a_finished_file_is_answered_and_its_master_left_alone(api: Api, room: UploadRoom) -> None:
    data = big("JPEG")
    file = declared("a.jpg", data, "1")
    batch = api.declare([file]).json()["id"]
    done = api.upload(batch, 1, data).json()
    again = api.upload(batch, 1, b"something else")
    assert (again.status_code, again.json()["code"]) == (409, "file_finished")
    assert api.post(f"/api/v1/ingest/uploads/{done['id']}/complete").json() == done
    part = api.put(f"/api/v1/ingest/parts/{_reference(room, done['id'])}/1", content=data)
    assert (part.status_code, part.json()["code"]) == (409, "upload_over")
    assert room.store.read(content_key(file["sha256"])) == data
    with room.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ProcessingRun)) == 1


def test_a_finished_page_is_not_taken_again_in_another_batch(api: Api, room: UploadRoom) -> None:
    data = big("JPEG")
    batch = api.declare([declared("a.jpg", data, "1")]).json()["id"]
    api.upload(batch, 1, data)
    same = api.declare([declared("b.jpg", data, "2")], key="k2")
    assert [defect["code"] for defect in same.json()["defects"]] == ["file_held"]
    other = api.declare([declared("b.jpg", big("PNG"), "1")], key="k3")
    assert [defect["code"] for defect in other.json()["defects"]] == ["page_on_its_way"]


def test_parts_must_be_as_planned(api: Api, room: UploadRoom) -> None:
    data = big("JPEG")
    batch = api.declare([declared("a.jpg", data, "1")]).json()["id"]
    begun = api.post(f"/api/v1/ingest/batches/{batch}/files/1/upload").json()
    path = "/api/" + begun["missing"][0]["url"].partition("/api/")[2]
    short = api.put(path, content=data[:-1])
    assert (short.status_code, short.json()["code"]) == (422, "part_size")
    none = api.put(path.rsplit("/", 1)[0] + "/2", content=b"x")
    assert none.json()["code"] == "no_such_part"
    early = api.post(f"/api/v1/ingest/uploads/{begun['id']}/complete")
    assert (early.status_code, early.json()["code"], early.json()["parts"]) == (409, "parts_missing", [1])
    huge = api.put(path, content=b"x" * (room.part_size + 1))
    assert huge.status_code == 413


def test_unknown_uploads_and_files_are_not_found(api: Api) -> None:
    assert api.post(f"/api/v1/ingest/uploads/{uuid.uuid4()}/complete").status_code == 404
    batch = api.declare([declared("a.jpg", b"x", "1")]).json()["id"]
    assert api.post(f"/api/v1/ingest/batches/{batch}/files/9/upload").status_code == 404


def test_a_listed_frame_that_is_not_there_refuses_the_file(api: Api) -> None:
    data = multi_tiff([picture(60, 40), picture(60, 40, seed=2)])
    pages = [{"designation": str(n), "frame": n} for n in (1, 2)]
    batch = api.declare([declared("a.tif", data, *pages)]).json()["id"]
    assert api.upload(batch, 1, data).json()["reason"]["code"] == "no_such_frame"


@pytest.mark.parametrize("kind", ["tif", "pdf"])
def test_frames_that_nobody_listed_become_pages_in_order(kind: str, api: Api, room: UploadRoom) -> None:
    pictures = [picture(60, 40, seed=n) for n in (1, 2, 3)]
    data = multi_tiff(pictures) if kind == "tif" else scans_pdf(pictures)
    batch = api.declare([declared(f"a.{kind}", data, designation="7")]).json()["id"]
    assert api.upload(batch, 1, data).json()["state"] == "complete"
    with room.database.reading() as session:
        frames = session.scalars(select(BatchPage.frame).order_by(BatchPage.frame)).all()
    assert frames == [0, 1, 2]
    taken = api.declare([declared("b.jpg", b"x", "7-2"), declared("c.jpg", b"y", "7-3")], key="k2")
    assert [defect["code"] for defect in taken.json()["defects"]] == ["page_on_its_way"] * 2


def test_frames_do_not_take_pages_that_another_batch_delivers(api: Api) -> None:
    data = multi_tiff([picture(60, 40, seed=n) for n in (1, 2)])
    batch = api.declare([declared("a.tif", data, designation="7")]).json()["id"]
    api.declare([declared("b.jpg", b"x", "7-2")], key="k2")
    assert api.upload(batch, 1, data).json()["reason"]["code"] == "page_taken"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_every_kind_of_scan_is_taken(kind: str, api: Api) -> None:
    data = big(kind)
    batch = api.declare([declared(f"a.{kind.lower()}", data, "1")]).json()["id"]
    assert api.upload(batch, 1, data).json()["state"] == "complete"


def test_jpeg_2000_is_taken(api: Api) -> None:
    data = jp2(picture(200, 100))
    batch = api.declare([declared("a.jp2", data, "1")]).json()["id"]
    assert api.upload(batch, 1, data).json()["state"] == "complete"


def test_a_large_file_goes_up_in_parts_and_resumes(api: Api) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1800, 1200, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "PNG")
    data = buffer.getvalue()
    batch = api.declare([declared("a.png", data, "1")]).json()["id"]
    begun = api.post(f"/api/v1/ingest/batches/{batch}/files/1/upload").json()
    assert len(begun["missing"]) == 2
    api.put_parts({**begun, "missing": begun["missing"][1:]}, data)
    resumed = api.post(f"/api/v1/ingest/batches/{batch}/files/1/upload").json()
    assert resumed["id"] == begun["id"]
    assert (resumed["held"], [part["number"] for part in resumed["missing"]]) == ([2], [1])
    assert api.get(f"/api/v1/ingest/uploads/{begun['id']}").json()["held"] == [2]
    assert api.upload(batch, 1, data).json()["state"] == "complete"


def _reference(room: UploadRoom, upload: str) -> str:
    with room.database.reading() as session:
        return session.get_one(Upload, uuid.UUID(upload)).store_reference


def test_frames_whose_pages_no_name_would_fit_are_refused(api: Api) -> None:
    data = multi_tiff([picture(60, 40), picture(60, 40, seed=2)])
    batch = api.declare([declared("a.tif", data, designation="頁" * 32)]).json()["id"]
    answer = api.upload(batch, 1, data)
    assert (answer.status_code, answer.json()["reason"]["code"]) == (422, "designation_too_long")
