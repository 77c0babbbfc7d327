"""Writes that are whole or absent after a power cut: temporary name, fsync, rename, fsync of the folder."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from storage.objects.errors import ObjectMissing, StoreUnavailable


@contextmanager
def disk_errors(what: str) -> Iterator[None]:
    """Tell a missing file from a disk that cannot serve.

    Raises ObjectMissing or StoreUnavailable in place of OSError.
    """
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise ObjectMissing(f"{what}: there is no such object") from error
    except OSError as error:
        raise StoreUnavailable(
            f"{what}: the disk refused ({error.strerror}); check space and rights"
        ) from error


def sync_folder(folder: Path) -> None:
    """Make the folder's entries (names made, renamed, removed) survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make the folder and its parents, each entry synced in its own parent."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def write_whole(target: Path, temporary: Path, fill: Callable[[BinaryIO], None]) -> None:
    """Let `fill` write a file, then give it its name in a folder that exists; on any error `target` stays.

    `temporary` is a folder on the same file system; what a kill leaves there is nobody's.
    """
    make_folder(temporary)
    draft = temporary / uuid.uuid4().hex
    try:
        with draft.open("xb") as sink:
            fill(sink)
            sink.flush()
            os.fsync(sink.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def remove_folder(folder: Path, temporary: Path) -> None:
    """Remove a folder at once as seen from its name, then its contents; succeeds if there is none."""
    make_folder(temporary)
    doomed = temporary / uuid.uuid4().hex
    try:
        folder.rename(doomed)
    except FileNotFoundError:
        return
    sync_folder(folder.parent)
    shutil.rmtree(doomed, ignore_errors=True)
