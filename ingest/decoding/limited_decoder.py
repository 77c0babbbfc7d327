"""The parent's side: a decoding child kept from file to file, and replaced when a file takes it down."""

import io
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from imaging.decoding import Limits, RefusedImage
from ingest.decoding.answers import (
    DecodedFrame,
    Inspected,
    exhausted,
    frame_from,
    inspected_from,
    raise_refusal,
)
from ingest.decoding.frames import Disconnected, Line, receive, send
from ingest.decoding.window import open_window, view_window

_PACKAGES = Path(__file__).parents[2]
_Found = TypeVar("_Found")


class LimitedDecoder:
    """Decodes in one child process at a time, under limits of memory, processor time and wall-clock time."""

    def __init__(self, *, memory: int = 960 << 20, cpu_seconds: int = 25, patience: float = 30.0) -> None:
        """Keep the limits of a page: `memory` in bytes that the child may write to, `patience` in seconds."""
        self._memory, self._cpu_seconds, self._patience = memory, cpu_seconds, patience
        self._child: subprocess.Popen[bytes] | None = None
        self._line: Line | None = None
        self._turn = threading.Lock()

    def start(self) -> None:
        """Start the child and wait until it has loaded its codecs, so that the first file need not.

        A child that does not come up is told of by the files that it then refuses.
        """
        with suppress(RefusedImage):
            self._ask({"act": "start"}, io.BytesIO(), 0, lambda *_: None)

    def inspect(self, data: BinaryIO, size: int, name: str) -> Inspected:
        """Return what the file is, if it is an image that can be taken; raises RefusedImage."""
        return self._ask({"act": "inspect", "name": name}, data, size, lambda head, _: inspected_from(head))

    def decode(self, data: BinaryIO, size: int, frame: int) -> DecodedFrame:
        """Return one frame (from 0); raises RefusedImage."""
        return self._ask({"act": "decode", "frame": frame}, data, size, frame_from)

    @property
    def child_id(self) -> int | None:
        """The process that decodes at present, if one runs."""
        return None if self._child is None else self._child.pid

    def close(self) -> None:
        """End the child."""
        with self._turn:
            self._end()

    def _ask(
        self,
        head: dict[str, Any],
        data: BinaryIO,
        size: int,
        believe: Callable[[dict[str, Any], NDArray[np.uint8]], _Found],
    ) -> _Found:
        with self._turn:
            try:
                answer, body = self._exchange(head, data, size)
                raise_refusal(answer)
                return believe(answer, body)
            except Disconnected as error:
                self._end()
                raise exhausted() from error

    def _exchange(
        self, head: dict[str, Any], data: BinaryIO, size: int
    ) -> tuple[dict[str, Any], NDArray[np.uint8]]:
        child, line = self._running_child()
        # Killing the child ends the read below: the only way out of a codec that never returns.
        alarm = threading.Timer(self._patience, child.kill)
        alarm.start()
        try:
            send(line, head, data, size)
            return receive(line, Limits().max_pixels * 3)
        finally:
            alarm.cancel()

    def _running_child(self) -> tuple[subprocess.Popen[bytes], Line]:
        if self._child is None or self._line is None or self._child.poll() is not None:
            self._end()
            window = open_window()
            self._child = self._start(window)
            ends = cast(BinaryIO, self._child.stdout), cast(BinaryIO, self._child.stdin)
            self._line = Line(*ends, view_window(window))
        return self._child, self._line

    def _start(self, window: int) -> subprocess.Popen[bytes]:
        limits = (self._memory, self._cpu_seconds, window)
        command = [sys.executable, "-m", "ingest.decoding.child", *map(str, limits)]
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
            pass_fds=(window,),
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
        self._child, self._line = None, None
