"""The messages between a process and its decoding child: a JSON head and a body of bytes, both counted.

The head goes through a pipe, the body through a window, filled as often as it takes. No pickles: a child that
a hostile file took over could otherwise make its parent run code.
"""

import json
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

_COUNTS = struct.Struct(">IQ")
_LARGEST_HEAD = 16 << 20
_TURN = b"."  # the window is the other side's: filled, or taken from


class Disconnected(Exception):
    """The other side is gone, or speaks something else."""


@dataclass(frozen=True, slots=True)
class Line:
    """One end of the connection: what is read, what is written to, and the window both ends see."""

    source: BinaryIO
    sink: BinaryIO
    window: memoryview


def send(line: Line, head: dict[str, Any], body: BinaryIO | memoryview, size: int) -> None:
    """Send one message whose body is the next `size` bytes of `body`; raises Disconnected."""
    packed = json.dumps(head).encode()
    try:
        line.sink.write(_COUNTS.pack(len(packed), size) + packed)
        line.sink.flush()
        for start in range(0, size, len(line.window)):
            _fill(line.window[: size - start], body, start)
            _pass_turn(line.sink)
            _read(line.source, len(_TURN))
    except (BrokenPipeError, ValueError, OSError) as error:
        raise Disconnected(str(error)) from error


def receive(line: Line, largest_body: int) -> tuple[dict[str, Any], NDArray[np.uint8]]:
    """Receive one message; raises Disconnected at the end, or when the counts are beyond reason.

    The body is a copy: what the other side still does to the window does not reach it.
    """
    head_size, body_size = _COUNTS.unpack(_read(line.source, _COUNTS.size))
    if head_size > _LARGEST_HEAD or body_size > largest_body:
        raise Disconnected("the counts are beyond reason")
    try:
        head = json.loads(_read(line.source, head_size))
    except ValueError as error:
        raise Disconnected("the head is not JSON") from error
    if not isinstance(head, dict):
        raise Disconnected("the head is no object")
    return head, _taken(line, body_size)


def _fill(window: memoryview, body: BinaryIO | memoryview, start: int) -> None:
    if isinstance(body, memoryview):
        window[:] = body[start : start + len(window)]
        return
    at = 0
    while at < len(window):
        chunk = body.read(len(window) - at)
        if not chunk:
            raise ValueError("the body ends early")
        window[at : at + len(chunk)] = chunk
        at += len(chunk)


def _taken(line: Line, size: int) -> NDArray[np.uint8]:
    body = np.empty(size, np.uint8)
    for start in range(0, size, len(line.window)):
        _read(line.source, len(_TURN))
        part = body[start : start + len(line.window)]
        part[:] = line.window[: len(part)]
        try:
            _pass_turn(line.sink)
        except OSError as error:
            raise Disconnected(str(error)) from error
    return body


def _pass_turn(sink: BinaryIO) -> None:
    sink.write(_TURN)
    sink.flush()


def _read(source: BinaryIO, size: int) -> bytes:
    found = source.read(size)
    if len(found) < size:
        raise Disconnected("the stream ended")
    return found
