"""The lines of a bag's tag files (RFC 8493 §2)."""

import re
from collections.abc import Iterator

from ingest.bags.bag_source import MOST_ENTRIES, is_inside
from ingest.batches.defects import Defect

ALGORITHMS = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}
"""Those whose manifests are checked, with the length of their sums in hexadecimal digits."""
_LINE = re.compile(r"([0-9a-fA-F]+)[ \t]+\*?([^ \t].*)\Z")
_ENCODED = re.compile(r"%(0[AaDd]|25)")
_DECLARATION = re.compile(r"BagIt-Version: (0\.9[3-7]|1\.0)\nTag-File-Character-Encoding: UTF-8\Z")
_OXUM = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})\Z")


def lines_of(text: str) -> list[str]:
    """Return the lines that are not empty, ended by LF, CR or both; other line ends of Unicode are none."""
    return [line for line in re.split(r"\r\n|\r|\n", text) if line.strip()]


def check_declaration(text: str) -> Iterator[Defect]:
    """Find a bagit.txt that declares no bag we read."""
    if not _DECLARATION.match("\n".join(line.rstrip() for line in lines_of(text))):
        zh = "bagit.txt 須載明 BagIt-Version(0.93 至 1.0)與 Tag-File-Character-Encoding: UTF-8"
        en = "bagit.txt must say BagIt-Version (0.93 to 1.0) and Tag-File-Character-Encoding: UTF-8"
        yield Defect("bagit.txt", "declaration", zh, en)


def read_sums(name: str, text: str, algorithm: str) -> tuple[dict[str, str], list[Defect]]:
    """Return a manifest's sums in lower-case hex by path, and what is wrong with its lines."""
    sums: dict[str, str] = {}
    defects: list[Defect] = []
    lines = lines_of(text)
    if len(lines) > MOST_ENTRIES:
        zh, en = f"列有多於 {MOST_ENTRIES} 個檔案", f"it lists more than {MOST_ENTRIES} files"
        return sums, [Defect(name, "too_many_files", zh, en)]
    for number, line in enumerate(lines, 1):
        where = f"{name} line {number}"
        match = _LINE.match(line)
        path = decode_path(match[2]) if match else ""
        if match is None or len(match[1]) != ALGORITHMS[algorithm]:
            zh, en = "應為雜湊值、空白、路徑", f"a line is a {algorithm} sum, a blank and a path"
            defects.append(Defect(where, "line", zh, en))
        elif not is_inside(path):
            zh, en = "路徑指向封包之外", "the path leads out of the bag"
            defects.append(Defect(where, "path_outside", zh, en))
        elif path in sums:
            defects.append(Defect(where, "listed_twice", "此檔案重複列出", "this file is listed twice"))
        else:
            sums[path] = match[1].lower()
    return sums, defects


def decode_path(written: str) -> str:
    """Return a path as the bag names the file: LF, CR and % alone are written in percent (§2.1.3)."""
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), written)


def read_oxum(text: str) -> tuple[int, int] | Defect | None:
    """Return (bytes, files) of the payload as bag-info.txt has them, None if it says nothing of them."""
    for line in lines_of(text):
        label, _, value = line.partition(":")
        if label.strip().lower() == "payload-oxum":
            found = _OXUM.match(value.strip())
            if found:
                return int(found[1]), int(found[2])
            zh, en = "Payload-Oxum 應為「位元組數.檔案數」", "Payload-Oxum is bytes, a dot, and files"
            return Defect("bag-info.txt", "oxum", zh, en)
    return None
