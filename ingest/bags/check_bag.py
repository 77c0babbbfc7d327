"""Whether a bag is complete and sound (RFC 8493 §3), everything wrong with it told at once.

Nothing is written before a bag is found sound, and nothing that the bag only points to is fetched.
"""

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from zipfile import BadZipFile

from ingest.bags.bag_source import BagSource, clashes
from ingest.bags.read_batch import NAME, BagBatch, payload_path, read_batch
from ingest.bags.tag_lines import ALGORITHMS, check_declaration, read_oxum, read_sums
from ingest.batches.defects import Defect

LARGEST_TAG_FILE = 32 * 1024 * 1024
"""Bytes; a manifest of as many files as a batch may hold is far smaller."""
CHUNK = 1024 * 1024
# NotImplementedError is zipfile's for a way of packing it does not know; damage can name any.
UNREADABLE = (OSError, EOFError, BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError)
"""What damaged folders and archives raise when they are read."""

Sums = dict[str, dict[str, str]]
"""Sums in hex by path, by algorithm."""


@dataclass(frozen=True, slots=True)
class CheckedBag:
    """The batch a bag brings, if it could be read, and everything wrong with the bag."""

    batch: BagBatch | None
    defects: tuple[Defect, ...]


def _untold(count: int) -> None:
    """Take no notice."""


def check_bag(source: BagSource, read: Callable[[int], None] = _untold) -> CheckedBag:
    """Check a bag whole; `read` is told how many bytes of the payload were read."""
    listing = source.list()
    if any(defect.code == "too_many_files" for defect in listing.defects):
        return CheckedBag(None, listing.defects)
    defects = [*listing.defects, *clashes(listing.sizes)]
    texts = _read_tags(source, listing.sizes, defects)
    defects += _check_declared(texts, listing.sizes)
    batch, wrong = read_batch(texts[NAME].encode()) if NAME in texts else (None, [])
    defects += wrong
    payload = _sums(texts, "manifest-", defects)
    tags = _sums(texts, "tagmanifest-", defects)
    defects += _check_listed(payload, tags, listing.sizes)
    defects += _check_oxum(texts, listing.sizes)
    if batch is not None:
        defects += _check_batch(batch, payload.get("sha256", {}), listing.sizes)
    tag_files = {path for path, size in listing.sizes.items() if size <= LARGEST_TAG_FILE}
    defects += _check_sums(source, tags, tag_files, _untold)
    # What is not as large as declared needs no hashing, and might unpack to more than a day's reading.
    defects += _check_sums(source, payload, _as_declared(batch, listing.sizes), read)
    return CheckedBag(batch, tuple(defects))


def payload_bytes(sizes: Mapping[str, int]) -> int:
    """Return how many bytes a bag's payload has."""
    return sum(size for path, size in sizes.items() if path.startswith("data/"))


def _read_tags(source: BagSource, sizes: Mapping[str, int], defects: list[Defect]) -> dict[str, str]:
    """Return the texts of the tag files at the root that are read here."""
    texts = {}
    for path, size in sizes.items():
        if not (path in {"bagit.txt", "bag-info.txt", NAME} or _algorithm(path)):
            continue
        if size > LARGEST_TAG_FILE:
            defects.append(Defect(path[:200], "too_large", "標籤檔過大", "this tag file is too large"))
            continue
        try:
            with source.open(path) as reader:
                texts[path] = reader.read(LARGEST_TAG_FILE).decode("utf-8-sig")
        except UNREADABLE:
            zh, en = "無法讀取,或不是 UTF-8 文字", "it cannot be read, or is no UTF-8 text"
            defects.append(Defect(path[:200], "not_readable", zh, en))
    return texts


def _algorithm(path: str) -> str:
    """Return the algorithm of a manifest by its name, also one we do not know; empty for other files."""
    for prefix in ("manifest-", "tagmanifest-"):
        if path.startswith(prefix) and path.endswith(".txt") and "/" not in path:
            return path.removeprefix(prefix).removesuffix(".txt").lower()
    return ""


def _check_declared(texts: Mapping[str, str], sizes: Mapping[str, int]) -> Iterator[Defect]:
    if "bagit.txt" in texts:
        yield from check_declaration(texts["bagit.txt"])
    for name in ("bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", NAME):
        if name not in sizes:
            yield Defect(name, "missing", "封包缺少此檔案", "the bag lacks this file")
    if "fetch.txt" in sizes:
        zh = "封包不可另指下載來源(fetch.txt);請匯出完整的封包"
        en = "a bag with holes to be fetched (fetch.txt) is not taken: export it whole"
        yield Defect("fetch.txt", "fetch", zh, en)


def _sums(texts: Mapping[str, str], prefix: str, defects: list[Defect]) -> Sums:
    """Return the sums of every manifest whose name begins so."""
    found: Sums = {}
    for name, text in texts.items():
        algorithm = _algorithm(name)
        if not algorithm or not name.startswith(prefix):
            continue
        if algorithm not in ALGORITHMS:
            zh, en = f"不支援的雜湊演算法 {algorithm[:20]}", f"sums of {algorithm[:20]} are not checked here"
            defects.append(Defect(name[:200], "algorithm", zh, en))
            continue
        found[algorithm], wrong = read_sums(name, text, algorithm)
        defects += wrong
    return found


def _check_listed(payload: Sums, tags: Sums, sizes: Mapping[str, int]) -> Iterator[Defect]:
    """Find files that a manifest lists and the bag lacks, and payload that a manifest leaves out."""
    held = {path for path in sizes if path.startswith("data/")}
    for algorithm, sums in payload.items():
        name = f"manifest-{algorithm}.txt"
        for path in sorted(held - sums.keys()):
            yield Defect(path[:200], "not_listed", f"{name} 未列出此檔案", f"{name} does not list this file")
        for path in sorted(sums.keys() - held):
            yield _lacking(path, name, "data/" if not path.startswith("data/") else "")
    for algorithm, sums in tags.items():
        name = f"tagmanifest-{algorithm}.txt"
        for path in sorted(sums.keys() - (sizes.keys() - held)):
            yield _lacking(path, name, "")
    if "sha256" in tags and NAME not in tags["sha256"]:
        zh, en = "tagmanifest-sha256.txt 未列出此檔案", "tagmanifest-sha256.txt does not list this file"
        yield Defect(NAME, "not_listed", zh, en)


def _lacking(path: str, name: str, folder: str) -> Defect:
    if folder:
        zh, en = f"{name} 只可列 {folder} 下的檔案", f"{name} lists files below {folder} alone"
        return Defect(path[:200], "not_payload", zh, en)
    zh, en = f"{name} 列有此檔案,但封包中沒有", f"{name} lists this file, but the bag lacks it"
    return Defect(path[:200], "missing", zh, en)


def _check_oxum(texts: Mapping[str, str], sizes: Mapping[str, int]) -> Iterator[Defect]:
    found = read_oxum(texts.get("bag-info.txt", ""))
    if isinstance(found, Defect):
        yield found
    elif found is not None:
        held = payload_bytes(sizes), sum(path.startswith("data/") for path in sizes)
        if found != held:
            zh = f"封包載明 {found[0]} 位元組、{found[1]} 個檔案,實有 {held[0]} 與 {held[1]}"
            en = f"the bag says {found[0]} bytes in {found[1]} files, and holds {held[0]} in {held[1]}"
            yield Defect("bag-info.txt", "oxum", zh, en)


def _check_batch(batch: BagBatch, sums: Mapping[str, str], sizes: Mapping[str, int]) -> Iterator[Defect]:
    """Find files of the batch that the payload has otherwise or not at all, and payload of no batch."""
    files = {payload_path(n, file.name): file for n, file in enumerate(batch.manifest.files, 1)}
    for path, file in files.items():
        if path not in sizes:
            yield Defect(
                path[:200], "missing", "清單列有此檔案,但封包中沒有", f"{NAME} lists it; it is not here"
            )
        elif sizes[path] != file.size or sums.get(path, file.sha256) != file.sha256:
            zh, en = f"大小或雜湊值與 {NAME} 不符", f"its size or sum is not the one in {NAME}"
            yield Defect(path[:200], "differs", zh, en)
    for path in sorted(path for path in sizes if path.startswith("data/") and path not in files):
        zh, en = f"{NAME} 未列出此檔案", f"{NAME} does not list this file"
        yield Defect(path[:200], "not_in_batch", zh, en)


def _as_declared(batch: BagBatch | None, sizes: Mapping[str, int]) -> set[str]:
    if batch is None:
        return set()
    files = {payload_path(n, file.name): file.size for n, file in enumerate(batch.manifest.files, 1)}
    return {path for path, size in files.items() if sizes.get(path) == size}


def _check_sums(
    source: BagSource, sums: Sums, among: Collection[str], read: Callable[[int], None]
) -> Iterator[Defect]:
    """Hash each file once for all algorithms that name it."""
    for path in sorted({path for one in sums.values() for path in one if path in among}):
        wanted = {algorithm: one[path] for algorithm, one in sums.items() if path in one}
        digests = {name: hashlib.new(name, usedforsecurity=False) for name in wanted}
        try:
            with source.open(path) as reader:
                while chunk := reader.read(CHUNK):
                    for digest in digests.values():
                        digest.update(chunk)
                    read(len(chunk))
        except UNREADABLE:
            yield Defect(path[:200], "not_readable", "檔案損毀,無法讀取", "it is damaged and cannot be read")
            continue
        for name in (name for name, digest in digests.items() if digest.hexdigest() != wanted[name]):
            zh, en = f"{name} 不符:檔案損毀或遭更動", f"its {name} differs: it was damaged or changed"
            yield Defect(path[:200], "sum_differs", zh, en)
