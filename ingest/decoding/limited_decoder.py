"""The parent's side: a decoding child kept from file to file, and replaced when a file takes it down."""

import os
import subprocess
import sys
import threading
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import numpy as np

from imaging.arrays import Pixels
from imaging.decoding import Limits, RefusedImage
from ingest.decoding.frames import Disconnected, receive, send

EXHAUSTED = "exhausted"
"""The code of a refusal that may be the machine's fault rather than the file's."""
_PACKAGES = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file that can be taken says it is; size of frame 0 in pixels."""

    media_type: str
    frames: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class DecodedFrame:
    """One frame as H×W×3 RGB, with its ppi where the file states it, and the profile its pixels are in."""

    pixels: Pixels
    ppi: float | None
    icc: bytes | None
    media_type: str


class LimitedDecoder:
    """Decodes in one child process at a time, under limits of memory, processor time and wall-clock time."""

    def __init__(self, *, memory: int = 960 << 20, cpu_seconds: int = 25, patience: float = 30.0) -> None:
        """Keep the limits of a page: `memory` in bytes that the child may write to, `patience` in seconds."""
        self._memory, self._cpu_seconds, self._patience = memory, cpu_seconds, patience
        self._child: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def inspect(self, data: BinaryIO, size: int, name: str) -> Inspected:
        """Return what the file is, if it is an image that can be taken; raises RefusedImage."""
        head, _ = self._ask({"act": "inspect", "name": name}, data, size)
        width, height = head["size"]
        return Inspected(head["media_type"], head["frames"], width, height)

    def decode(self, data: BinaryIO, size: int, frame: int) -> DecodedFrame:
        """Return one frame (from 0); raises RefusedImage."""
        head, body = self._ask({"act": "decode", "frame": frame}, data, size)
        pixels = np.frombuffer(body, np.uint8).reshape(head["shape"])
        icc = b64decode(head["icc"]) if head["icc"] else None
        return DecodedFrame(pixels, head["ppi"], icc, head["media_type"])

    @property
    def child_id(self) -> int | None:
        """The process that decodes at present, if one runs."""
        return None if self._child is None else self._child.pid

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end()

    def _ask(self, head: dict[str, Any], data: BinaryIO, size: int) -> tuple[dict[str, Any], bytearray]:
        with self._turn:
            try:
                answer, body = self._exchange(head, data, size)
            except Disconnected as error:
                self._end()
                raise _exhausted() from error
        if "refused" in answer:
            raise RefusedImage(*answer["refused"])
        if "exhausted" in answer:
            raise _exhausted()
        return answer, body

    def _exchange(self, head: dict[str, Any], data: BinaryIO, size: int) -> tuple[dict[str, Any], bytearray]:
        child = self._running_child()
        to_child, from_child = cast(BinaryIO, child.stdin), cast(BinaryIO, child.stdout)
        # Killing the child ends the read below: the only way out of a codec that never returns.
        alarm = threading.Timer(self._patience, child.kill)
        alarm.start()
        try:
            send(to_child, head, data, size)
            return receive(from_child, Limits().max_pixels * 3)
        finally:
            alarm.cancel()

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = self._start()
        return self._child

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "ingest.decoding.child", str(self._memory), str(self._cpu_seconds)]
        # The child gets no secret of ours: a codec that is taken over finds none in its environment.
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        environment = {**kept, "PYTHONPATH": str(_PACKAGES), "OMP_NUM_THREADS": "1", "VIPS_CONCURRENCY": "1"}
        # The child may write no file: without this libvips lays pages above 100 MB on disc, and fails.
        environment["VIPS_DISC_THRESHOLD"] = str(self._memory)
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            close_fds=True,
            pipesize=1 << 20,
        )

    def _end(self) -> None:
        if self._child is None:
            return
        self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        self._child = None


def _exhausted() -> RefusedImage:
    return RefusedImage(
        EXHAUSTED,
        "解碼此檔案超出記憶體或時間限制;請自原始掃描重新輸出。",
        "Decoding this file took more memory or time than a page may; export it again from the scan.",
    )
