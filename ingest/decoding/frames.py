"""The messages between a process and its decoding child: a JSON head and a body of bytes, both counted.

No pickles: a child that a hostile file took over could otherwise make its parent run code.
"""

import json
import struct
from typing import Any, BinaryIO

_COUNTS = struct.Struct(">IQ")
_LARGEST_HEAD = 16 << 20
_CHUNK = 1 << 20


class Disconnected(Exception):
    """The other side is gone, or speaks something else."""


def send(sink: BinaryIO, head: dict[str, Any], body: BinaryIO | memoryview | bytes, size: int) -> None:
    """Send one message whose body is the next `size` bytes of `body`; raises Disconnected."""
    packed = json.dumps(head).encode()
    try:
        sink.write(_COUNTS.pack(len(packed), size) + packed)
        if isinstance(body, memoryview | bytes):
            sink.write(body)
        else:
            _pump(body, sink, size)
        sink.flush()
    except (BrokenPipeError, ValueError, OSError) as error:
        raise Disconnected(str(error)) from error


def receive(source: BinaryIO, largest_body: int) -> tuple[dict[str, Any], bytearray]:
    """Receive one message; raises Disconnected at the end, or when the counts are beyond reason."""
    head_size, body_size = _COUNTS.unpack(_read(source, _COUNTS.size))
    if head_size > _LARGEST_HEAD or body_size > largest_body:
        raise Disconnected("the counts are beyond reason")
    try:
        head = json.loads(bytes(_read(source, head_size)))
    except ValueError as error:
        raise Disconnected("the head is not JSON") from error
    return head, _read(source, body_size)


def _pump(body: BinaryIO, sink: BinaryIO, size: int) -> None:
    left = size
    while left:
        chunk = body.read(min(left, _CHUNK))
        if not chunk:
            raise ValueError("the body ends early")
        sink.write(chunk)
        left -= len(chunk)


def _read(source: BinaryIO, size: int) -> bytearray:
    buffer = bytearray(size)
    view, at = memoryview(buffer), 0
    while at < size:
        count = source.readinto(view[at:])  # type: ignore[attr-defined] # buffered binary files have it
        if not count:
            raise Disconnected("the stream ended")
        at += count
    return buffer
