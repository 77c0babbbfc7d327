"""Read a bag back and check all it promises (RFC 8493 §3): complete, and every hash right."""

import re
from pathlib import Path

from ingest.station.errors import StationError, listed
from ingest.station.hash_file import hash_of

_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(.+)\Z")


class BadBag(StationError):
    """A bag that does not hold what it says."""


def verify_bag(bag: Path) -> int:
    """Return how many payload files a bag holds; raises BadBag with every fault at once, OSError.

    Without `bag-info.txt` a bag is one still, unless its tags name it.
    """
    if not (bag / "bagit.txt").is_file():
        raise BadBag(f"{bag.name} 不是 BagIt 封包。", f"{bag.name} is no bag: there is no bagit.txt.")
    listed_files = _read(bag, "manifest-sha256.txt")
    faults = _wrong(bag, listed_files) + _wrong(bag, _read(bag, "tagmanifest-sha256.txt"))
    held = {path.relative_to(bag).as_posix() for path in (bag / "data").rglob("*") if path.is_file()}
    faults += [f"{name} (+)" for name in sorted(held - set(listed_files))]
    info = _text(bag, "bag-info.txt") if (bag / "bag-info.txt").is_file() else ""
    oxum = re.search(r"^Payload-Oxum: (\d+)\.(\d+)$", info, re.MULTILINE)
    size = sum((bag / name).stat().st_size for name in held)
    if oxum and (int(oxum[1]), int(oxum[2])) != (size, len(held)):
        faults.append("Payload-Oxum")
    if faults:
        names = listed(faults)
        raise BadBag(
            f"封包 {bag.name} 不完整或受損:{names}", f"The bag {bag.name} is incomplete or damaged: {names}"
        )
    return len(listed_files)


def _read(bag: Path, name: str) -> dict[str, str]:
    found = {}
    # Not by splitlines: a name may hold what that takes for a line's end.
    for line in _text(bag, name).removesuffix("\n").split("\n"):
        match = _LINE.match(line)
        if match is None or ".." in Path(match[2]).parts or Path(match[2]).is_absolute():
            raise BadBag(f"{name} 有無法讀取的一行。", f"{name} has a line that cannot be read: {line[:80]}")
        path = match[2].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        found[path] = match[1].lower()
    return found


def _text(bag: Path, name: str) -> str:
    """Return a tag file's text, its lines ended alike."""
    try:
        return (bag / name).read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError as error:
        raise BadBag(
            f"封包 {bag.name} 缺少 {name},不完整;請重新匯出。",
            f"The bag {bag.name} lacks {name}: export it again.",
        ) from error
    except UnicodeDecodeError as error:
        raise BadBag(
            f"封包 {bag.name} 的 {name} 受損(不是 UTF-8);請重新匯出。",
            f"{name} of the bag {bag.name} is damaged (no UTF-8): export it again.",
        ) from error


def _wrong(bag: Path, listed_files: dict[str, str]) -> list[str]:
    return [
        name
        for name, sha256 in listed_files.items()
        if not (bag / name).is_file() or hash_of(bag / name) != sha256
    ]
