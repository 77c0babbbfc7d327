"""What can be wrong with a manifest by itself, before the archive is asked."""

import re
from collections.abc import Iterator

from ingest.batches.check_spreads import check_frames_and_sides
from ingest.batches.defects import Defect
from ingest.batches.page_order import page_order
from ingest.batches.schemas import Manifest, ManifestPage

LARGEST_FILE = 2_000_000_000
"""Bytes; the decoders take no more."""
MOST_FILES = 20_000
MOST_PAGES = 50_000
MOST_FRAMES = 5_000
"""Of one file; the decoders take no more."""
MOST_VIEWS = 99
LONGEST_DESIGNATION = 32
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_NAME = re.compile(r"[^/\\\x00-\x1f\x7f]{1,255}\Z")
_DESIGNATION = re.compile(r"[^\x00-\x1f\x7f\s](?:[^\x00-\x1f\x7f]{0,30}[^\x00-\x1f\x7f\s])?\Z")


def check_manifest(manifest: Manifest) -> list[Defect]:
    """Return everything wrong with the files and pages as they are declared; empty if nothing is."""
    if not 1 <= len(manifest.files) <= MOST_FILES:
        zh, en = f"檔案數須為 1 至 {MOST_FILES}", f"a batch holds 1 to {MOST_FILES} files"
        return [Defect("files", "file_count", zh, en)]
    if sum(len(file.pages) for file in manifest.files) > MOST_PAGES:
        zh, en = f"一批次至多 {MOST_PAGES} 頁", f"a batch holds at most {MOST_PAGES} pages"
        return [Defect("files", "page_count", zh, en)]
    return [
        *_check_purpose(manifest),
        *_check_files(manifest),
        *_check_repeats(manifest),
        *_check_pages(manifest),
    ]


def listed_pages(manifest: Manifest) -> Iterator[tuple[int, ManifestPage]]:
    """Yield (ordinal of the file, page) in the order declared."""
    for ordinal in range(1, len(manifest.files) + 1):
        for page in manifest.pages_of(ordinal):
            yield ordinal, page


def _check_purpose(manifest: Manifest) -> Iterator[Defect]:
    if (manifest.purpose == "rescan") != (manifest.request_id is not None):
        zh, en = "補掃批次須註明申請編號,初次建檔則不可", "a rescan names its request, and a first load none"
        yield Defect("request_id", "purpose", zh, en)


def _check_files(manifest: Manifest) -> Iterator[Defect]:
    for ordinal, file in enumerate(manifest.files, 1):
        where = f"file {ordinal}"
        if not _NAME.match(file.name) or file.name in {".", ".."}:
            zh, en = "檔名須為 1–255 字且不含路徑", "a name is 1–255 characters without folders"
            yield Defect(where, "file_name", zh, en)
        if not _SHA256.match(file.sha256):
            zh, en = "SHA-256 須為 64 位小寫十六進位", "a SHA-256 is 64 lower-case hexadecimal digits"
            yield Defect(where, "sha256", zh, en)
        if not 0 <= file.size <= LARGEST_FILE:
            zh, en = f"檔案大小須為 0 至 {LARGEST_FILE} 位元組", f"a size is 0 to {LARGEST_FILE} bytes"
            yield Defect(where, "size", zh, en)
        if file.pages and file.designation is not None:
            zh, en = (
                "已列頁次的檔案不另給代表頁次",
                "a file that lists its pages has no designation of its own",
            )
            yield Defect(where, "designation", zh, en)


def _check_repeats(manifest: Manifest) -> Iterator[Defect]:
    names: dict[str, int] = {}
    hashes: dict[str, int] = {}
    for ordinal, file in enumerate(manifest.files, 1):
        where = f"file {ordinal}"
        # Windows stations cannot hold two names that differ in case alone; neither may a batch.
        if (first := names.setdefault(file.name.casefold(), ordinal)) != ordinal:
            yield Defect(
                where, "duplicate_name", f"檔名與第 {first} 個檔案相同", f"same name as file {first}"
            )
        if file.size and (first := hashes.setdefault(file.sha256, ordinal)) != ordinal:
            yield Defect(
                where, "duplicate_file", f"內容與第 {first} 個檔案相同", f"same bytes as file {first}"
            )


def _check_pages(manifest: Manifest) -> Iterator[Defect]:
    seen: dict[tuple[str, int], int] = {}
    for ordinal, page in listed_pages(manifest):
        where = f"file {ordinal} page {page.designation[:32]}"
        if not _DESIGNATION.match(page.designation) or not 1 <= page.view <= MOST_VIEWS:
            zh = f"頁次須為 1–32 字,影像次序為 1 至 {MOST_VIEWS}"
            en = f"a page is 1–32 characters, its view 1 to {MOST_VIEWS}"
            yield Defect(where, "designation", zh, en)
        key = (page.designation, page.view)
        if (first := seen.get(key)) is not None:
            zh, en = f"此頁已列於第 {first} 個檔案", f"this page is listed already, in file {first}"
            yield Defect(where, "duplicate_page", zh, en)
        seen.setdefault(key, ordinal)
    yield from _check_bases(manifest)
    yield from _check_frames(manifest)
    yield from check_frames_and_sides(manifest)
    yield from _check_order(manifest)


def _check_bases(manifest: Manifest) -> Iterator[Defect]:
    """Find listed pages that the frames of a file without a list might come to be called by."""
    bases = {manifest.designation_of(n): n for n, file in enumerate(manifest.files, 1) if not file.pages}
    for ordinal, page in listed_pages(manifest):
        base = page.designation.rpartition("-")[0]
        if base in bases and bases[base] != ordinal:
            zh = f"此頁次保留給第 {bases[base]} 個檔案的影格"
            en = f"this designation is kept for the frames of file {bases[base]}"
            yield Defect(f"file {ordinal} page {page.designation[:32]}", "duplicate_page", zh, en)


def _check_frames(manifest: Manifest) -> Iterator[Defect]:
    for ordinal, file in enumerate(manifest.files, 1):
        frames = [page.frame for page in file.pages]
        if not all(0 <= frame < MOST_FRAMES for frame in frames):
            zh, en = f"影格編號為 0 至 {MOST_FRAMES - 1}", f"frames count from 0 to {MOST_FRAMES - 1}"
            yield Defect(f"file {ordinal}", "frame", zh, en)


def _check_order(manifest: Manifest) -> Iterator[Defect]:
    """Compare each page with the last numbered one before it; others stand where they are put."""
    last: tuple[tuple[int, int, str, int], str] | None = None
    for ordinal, page in listed_pages(manifest):
        order = page_order(page.designation)
        # The slip of a spread's first page is shot again behind the whole spread.
        if order is None or (page.side is not None and page.view > 1):
            continue
        key = (*order, page.view)
        if last is not None and key < last[0]:
            zh = f"頁序錯誤:列於第 {last[1]} 頁之後"
            en = f"out of order: it stands behind page {last[1]}"
            yield Defect(f"file {ordinal} page {page.designation[:32]}", "page_order", zh, en)
        else:
            last = (key, page.designation)
