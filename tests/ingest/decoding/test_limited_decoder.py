"""The decoding child: what it answers, and that no file takes its parent down."""

import io
import os
import signal
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from imaging.decoding import RefusedImage
from ingest.decoding.answers import frame_from
from ingest.decoding.frames import Disconnected, Line, receive, send
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.decoding.window import open_window, view_window
from tests.imaging.drawn_files import bomb_png, jp2, multi_tiff, picture, saved

PNG = saved(picture(), "PNG")


def test_pixels_come_through_unchanged(decoder: LimitedDecoder) -> None:
    page = picture(90, 70)
    data = saved(page, "PNG", dpi=(300, 300))
    frame = decoder.decode(io.BytesIO(data), len(data), 0)
    assert np.array_equal(frame.pixels, page)
    assert frame.ppi == pytest.approx(300, abs=0.1)
    assert (frame.media_type, frame.icc) == ("image/png", None)


def test_frames_and_kinds_are_told(decoder: LimitedDecoder) -> None:
    data = multi_tiff([picture(60, 40), picture(50, 30)])
    found = decoder.inspect(io.BytesIO(data), len(data), "a.tif")
    assert (found.media_type, found.frames, found.width, found.height) == ("image/tiff", 2, 40, 60)
    assert decoder.decode(io.BytesIO(data), len(data), 1).pixels.shape == (50, 30, 3)


def test_a_refusal_comes_through_with_its_reason(decoder: LimitedDecoder) -> None:
    bomb = bomb_png(60_000)
    with pytest.raises(RefusedImage) as refused:
        decoder.inspect(io.BytesIO(bomb), len(bomb), "a.png")
    assert refused.value.code == "too_large"
    assert refused.value.zh


def _decodes(decoder: LimitedDecoder) -> bool:
    data = saved(picture(), "PNG")
    return decoder.decode(io.BytesIO(data), len(data), 0).pixels.shape == (120, 90, 3)


def test_a_child_started_beforehand_is_the_one_that_decodes() -> None:
    decoder = LimitedDecoder()
    assert decoder.child_id is None
    decoder.start()
    child = decoder.child_id
    assert child is not None
    assert _decodes(decoder)
    assert decoder.child_id == child
    decoder.close()


def test_a_child_that_does_not_come_up_refuses_the_files() -> None:
    decoder = LimitedDecoder(patience=0.0)
    decoder.start()
    with pytest.raises(RefusedImage) as refused:
        _decodes(decoder)
    assert refused.value.code == "exhausted"
    decoder.close()


def test_memory_is_limited_and_the_next_file_is_decoded() -> None:
    decoder = LimitedDecoder(memory=250 << 20)
    big = saved(np.zeros((10_000, 10_000, 3), np.uint8), "PNG")
    with pytest.raises(RefusedImage) as refused:
        decoder.decode(io.BytesIO(big), len(big), 0)
    assert refused.value.code == "exhausted"
    assert _decodes(decoder)
    decoder.close()


def test_a_large_page_of_an_a3_scanner_is_decoded_within_the_usual_limits() -> None:
    decoder = LimitedDecoder()
    page = np.full((9933, 7016, 3), 210, np.uint8)
    page[::100] = 30
    for kind, options in (("JPEG", {"quality": 80}), ("TIFF", {"compression": "tiff_lzw"})):
        data = saved(page, kind, **options)
        assert decoder.decode(io.BytesIO(data), len(data), 0).pixels.shape == page.shape
    decoder.close()


def test_an_unforeseen_error_refuses_the_file_and_keeps_the_child(decoder: LimitedDecoder) -> None:
    assert _decodes(decoder)
    child = decoder.child_id
    with pytest.raises(RefusedImage) as refused:
        decoder._ask({"act": "decode", "frame": "none"}, io.BytesIO(PNG), len(PNG), frame_from)
    assert refused.value.code == "damaged"
    assert _decodes(decoder)
    assert decoder.child_id == child


def test_boxes_a_thousand_deep_are_refused(decoder: LimitedDecoder) -> None:
    sound = jp2(picture())
    depth, at = 1000, sound.find(b"jp2h") - 4
    nest = b"".join(struct.pack(">I4s", 8 * (depth - level), b"jp2h") for level in range(depth))
    deep = sound[:at] + nest + sound[at:]
    with pytest.raises(RefusedImage) as refused:
        decoder.decode(io.BytesIO(deep), len(deep), 0)
    assert refused.value.code == "damaged"


def test_time_is_limited_and_the_next_file_is_decoded() -> None:
    decoder = LimitedDecoder(patience=20.0)
    assert _decodes(decoder)
    hung = decoder._child
    assert hung is not None
    os.kill(hung.pid, signal.SIGSTOP)
    decoder._patience = 0.2
    with pytest.raises(RefusedImage) as refused:
        _decodes(decoder)
    assert refused.value.code == "exhausted"
    decoder._patience = 20.0
    assert _decodes(decoder)
    decoder.close()


def test_a_child_that_died_between_files_is_replaced() -> None:
    decoder = LimitedDecoder()
    assert _decodes(decoder)
    assert decoder._child is not None
    decoder._child.kill()
    decoder._child.wait()
    assert _decodes(decoder)
    decoder.close()


def test_the_child_gets_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUJI_SECRET_KEY", "do not tell")
    decoder = LimitedDecoder()
    assert _decodes(decoder)
    assert decoder._child is not None
    environment = Path(f"/proc/{decoder._child.pid}/environ").read_bytes()
    assert b"do not tell" not in environment
    decoder.close()


@pytest.mark.parametrize("stream", [b"", b"\0" * 5, b"\xff" * 12, b"\0\0\0\2\0\0\0\0\0\0\0\0xx"])
def test_a_stream_that_is_no_message_is_a_lost_connection(stream: bytes) -> None:
    with pytest.raises(Disconnected):
        receive(Line(io.BytesIO(stream), io.BytesIO(), memoryview(bytearray(8))), 100)


@contextmanager
def _both_ends() -> Iterator[tuple[Line, Line]]:
    here, there, window = os.pipe(), os.pipe(), memoryview(bytearray(8))
    with (
        os.fdopen(there[0], "rb") as read_here,
        os.fdopen(here[1], "wb") as write_here,
        os.fdopen(here[0], "rb") as read_there,
        os.fdopen(there[1], "wb") as write_there,
    ):
        yield Line(read_here, write_here, window), Line(read_there, write_there, window)


@pytest.mark.parametrize("size", [0, 1, 8, 21])
def test_messages_of_any_size_come_back_as_they_were_sent(size: int) -> None:
    body = bytes(range(size))
    with _both_ends() as (near, far), ThreadPoolExecutor(1) as aside:
        for given in (io.BytesIO(body), memoryview(body)):
            sent = aside.submit(send, near, {"act": "decode"}, given, size)
            head, found = receive(far, 100)
            sent.result(5)
            assert (head, found.tobytes()) == ({"act": "decode"}, body)


def test_a_body_that_ends_early_is_a_lost_connection() -> None:
    with pytest.raises(Disconnected):
        send(Line(io.BytesIO(b"...."), io.BytesIO(), memoryview(bytearray(8))), {}, io.BytesIO(b"12"), 5)


def test_nobody_can_cut_the_window_off_under_the_others_hands() -> None:
    descriptor = open_window()
    for size in (0, 1 << 30):
        with pytest.raises(PermissionError):
            os.ftruncate(descriptor, size)
    view_window(descriptor)[:1] = b"x"
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


@pytest.mark.parametrize(
    "lie",
    [
        {},
        {"shape": [60, 40]},
        {"shape": [60, 41, 3]},
        {"shape": [-60, -40, 3]},
        {"shape": "60"},
        {"ppi": "300"},
        {"ppi": -1},
        {"icc": "?"},
        {"media_type": 5},
        {"frames": 0},
    ],
)
def test_a_child_that_lies_about_its_pixels_is_not_believed(lie: dict[str, Any]) -> None:
    truth = {"shape": [60, 40, 3], "ppi": 300.0, "icc": None, "media_type": "image/png", "frames": 2}
    frame = frame_from(truth, np.zeros(7200, np.uint8))
    assert (frame.pixels.shape, frame.frames) == ((60, 40, 3), 2)
    with pytest.raises(Disconnected):
        frame_from({**truth, **lie} if lie else {}, np.zeros(7200, np.uint8))
