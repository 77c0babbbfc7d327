"""A reader that can be read twice."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from storage.objects.hashing import pump

_IN_MEMORY = 8 * 1024 * 1024


@contextmanager
def rewound(reader: BinaryIO) -> Iterator[BinaryIO]:
    """The same bytes from the reader's place on, in a reader whose `seek(0)` returns to their start."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        if reader.seekable() and reader.tell() == 0:
            yield reader
            return
        copy = cast(BinaryIO, spool)
        pump(reader, copy)
        copy.seek(0)
        yield copy
