"""A bag in a ZIP archive, at its root or in its one folder; nothing is ever unpacked to disk."""

import stat
import zipfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from ingest.bags.bag_source import MOST_ENTRIES, Listing, is_inside
from ingest.batches.defects import Defect

_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class ZipBag:
    """The members of one archive, by their paths below the folder that holds bagit.txt."""

    def __init__(self, path: Path) -> None:
        """Read the archive's directory; raises one of UNREADABLE, in `check_bag`, where it is damaged."""
        self._archive = zipfile.ZipFile(path)
        self._members: dict[str, zipfile.ZipInfo] = {}

    def list(self) -> Listing:
        """Return every file; see the port."""
        members = [one for one in self._archive.infolist() if not one.is_dir()]
        if len(members) > MOST_ENTRIES:
            zh, en = f"封包檔案多於 {MOST_ENTRIES} 個", f"the bag holds more than {MOST_ENTRIES} files"
            return Listing({}, (Defect("bag", "too_many_files", zh, en),))
        self._members = {}
        top, defects = _top([one.filename for one in members]), []
        for member in members:
            path = member.filename.removeprefix(top)
            defect = _judge(member, path) or self._twice(path)
            if defect is None:
                self._members[path] = member
            else:
                defects.append(defect)
        return Listing({path: one.file_size for path, one in self._members.items()}, tuple(defects))

    def open(self, path: str) -> BinaryIO:
        """Return a reader; see the port."""
        try:
            return cast(BinaryIO, self._archive.open(self._members[path]))
        # zipfile raises NotImplementedError for packing it does not know, RuntimeError for encryption.
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise OSError(f"{path}: the archive is damaged here") from error

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()

    def _twice(self, path: str) -> Defect | None:
        if path not in self._members:
            return None
        return Defect(
            path[:200], "twice", "壓縮檔中有兩個同名檔案", "the archive holds two files of this name"
        )


def _top(names: list[str]) -> str:
    """Return the folder that holds the bag, with its slash; empty where the bag is the archive itself."""
    declared = [PurePosixPath(name) for name in names if PurePosixPath(name).name == "bagit.txt"]
    shallow = min(declared, key=lambda one: len(one.parts), default=PurePosixPath("bagit.txt"))
    return "" if len(shallow.parts) != 2 else f"{shallow.parts[0]}/"


def _judge(member: zipfile.ZipInfo, path: str) -> Defect | None:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if not is_inside(path):
        return Defect(path[:200], "path_outside", "路徑指向封包之外", "the path leads out of the bag")
    if kind not in {0, stat.S_IFREG}:
        zh, en = "封包中只可有一般檔案,不可有連結", "a bag holds plain files, and no links"
        return Defect(path[:200], "not_a_file", zh, en)
    if member.flag_bits & _ENCRYPTED or member.compress_type not in _METHODS:
        zh = "檔案已加密或壓縮方式不支援;請以一般 ZIP 壓縮"
        en = "encrypted, or packed in a way that is not read here; pack a plain ZIP"
        return Defect(path[:200], "not_readable", zh, en)
    return None
