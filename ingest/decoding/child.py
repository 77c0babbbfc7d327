"""The decoding child: asked on standard input, it answers on standard output with headers or pixels.

Run as `python -m ingest.decoding.child MEMORY_BYTES CPU_SECONDS WINDOW`, the last a descriptor of the memory
through which files come and pixels go; it ends when its input does.
"""

import logging
import os
import re
import resource
import sys
from base64 import b64encode
from typing import Any, BinaryIO

import numpy as np
import pyvips

from imaging.decoding import RefusedImage, decode, probe
from imaging.decoding.limits import Limits
from imaging.decoding.refusal import damaged
from ingest.decoding.frames import Disconnected, Line, receive, send
from ingest.decoding.window import view_window

_MAPPED = 2 << 30
_OUT_OF_MEMORY = re.compile("out of memory|insufficient memory", re.IGNORECASE)
_log = logging.getLogger(__name__)


def main(memory: int, cpu_seconds: int, window: int) -> None:
    """Serve until the parent closes the stream or is gone."""
    line = Line(sys.stdin.buffer, _private_output(), view_window(window))
    _limit(memory)
    # libvips keeps its last results; here they would be counted against the next file.
    pyvips.cache_set_max(0)
    while _serve(line, cpu_seconds):
        continue


def _serve(line: Line, cpu_seconds: int) -> bool:
    """Answer one request; return whether there was one. A page's pixels are not kept until the next."""
    try:
        head, body = receive(line, Limits().max_bytes)
    except Disconnected:
        return False
    _allow_more_cpu(cpu_seconds)
    data = body.tobytes()
    del body
    answer, pixels = _answer(head, data)
    del data
    send(line, answer, pixels, pixels.nbytes)
    return True


def _answer(head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], memoryview]:
    try:
        if head["act"] == "start":
            return {}, memoryview(b"")
        if head["act"] == "inspect":
            return _inspect(data, head["name"]), memoryview(b"")
        return _decode(data, head["frame"])
    except RefusedImage as refusal:
        if _OUT_OF_MEMORY.search(str(refusal.__cause__)):
            return {"exhausted": "memory"}, memoryview(b"")
        return {"refused": [refusal.code, refusal.zh, refusal.en]}, memoryview(b"")
    except MemoryError:
        return {"exhausted": "memory"}, memoryview(b"")
    except Exception:
        # A codec met a file that nobody foresaw: the file is to blame, and the next one is none the worse.
        _log.exception("a file was refused for an unforeseen error")
        unforeseen = damaged("影像 image")
        return {"refused": [unforeseen.code, unforeseen.zh, unforeseen.en]}, memoryview(b"")


def _inspect(data: bytes, name: str) -> dict[str, Any]:
    """Read the headers; a file of one frame is decoded whole, so that a torn one is refused at the door.

    The frames of a longer file are decoded one by one when each is processed.
    """
    found = probe(data, name)
    if found.frames == 1:
        decode(data, 0)
    return {"media_type": found.media_type, "frames": found.frames, "size": [found.width, found.height]}


def _decode(data: bytes, frame: int) -> tuple[dict[str, Any], memoryview]:
    page = decode(data, frame)
    head = {
        "shape": list(page.pixels.shape),
        "ppi": page.ppi,
        "icc": b64encode(page.icc).decode() if page.icc else None,
        "media_type": page.media_type,
        "frames": page.frames,
    }
    return head, memoryview(np.ascontiguousarray(page.pixels).data).cast("B")


def _private_output() -> BinaryIO:
    """Keep the stream of answers to ourselves: what a codec prints goes to standard error."""
    private = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(private, "wb")


def _limit(memory: int) -> None:
    # What may be written to is what counts; libraries mapped but never touched take address space alone.
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_AS, (memory + _MAPPED, memory + _MAPPED))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_more_cpu(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
