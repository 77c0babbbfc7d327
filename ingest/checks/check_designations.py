"""Hold the page numbers read on the pages against the manifest's; where in doubt, say nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from domain.identifiers import page as page_designation
from domain.identifiers.invalid import InvalidIdentifier
from imaging.quality import Thresholds
from ingest.checks.trace import Notice, Trace

_USUAL = Thresholds()


@dataclass(frozen=True, slots=True)
class _Read:
    trace: Trace
    declared: int
    read: int
    base: int = 0

    @property
    def offset(self) -> int:
        return self.read - self.declared

    @property
    def expected(self) -> int:
        """The number that should stand on the page, as the book counts."""
        return self.declared + self.base


def check_designations(pages: Sequence[Trace], limits: Thresholds = _USUAL) -> list[Notice]:
    """Return a notice for each page whose number is not the manifest's: swapped, doubled, missing, wrong.

    `pages` are one delivery's. Where the numbers begin off alike the book counts otherwise than the
    manifest: that is told once, on the first such page, and the others are held against what the book counts.
    """
    found = (_parsed(one, limits.number_sure) for one in sorted(pages, key=lambda one: one.sequence))
    read = [one for one in found if one]
    if len(read) < limits.numbers_least or all(one.offset == 0 for one in read):
        return []
    base = _base(read)
    known = [replace(one, base=base) for one in read]
    notices = [_notice(one, place, known) for place, one in enumerate(known) if one.offset != base]
    if not base:
        return notices
    first = next(one for one in known if one.offset == base)
    return [_counts_otherwise(first, everywhere=not notices), *notices]


def _base(read: Sequence[_Read]) -> int:
    """Return how far the book's own count is off the manifest: the first offset of two pages running.

    The first and not the commonest: a page left out puts all that follow out of step, be they the most. None,
    where the first page read is as declared: book and manifest begin alike. None either where no two pages
    running are off alike: then only the manifest says what should be where.
    """
    if read[0].offset == 0:
        return 0
    return next((one.offset for one, after in pairwise(read) if one.offset == after.offset), 0)


def _parsed(one: Trace, sure: float) -> _Read | None:
    if one.read is None or one.confidence < sure:
        return None
    declared, read = _number(one.declared), _number(one.read)
    return _Read(one, declared, read) if declared is not None and read is not None else None


def _number(text: str) -> int | None:
    """Return the number of a plain designation; additions, letters and sides are left alone."""
    try:
        parsed = page_designation.parse(text)
    except InvalidIdentifier:
        return None
    plain = len(parsed.numbers) == 1 and not parsed.letter and not parsed.side
    return parsed.numbers[0] if plain else None


def _counts_otherwise(first: _Read, *, everywhere: bool) -> Notice:
    zh, en = (
        ("頁上頁次皆", "Every page number read is")
        if everywhere
        else (f"頁上頁次自清單第 {first.declared} 頁起", f"From its page {first.declared} on the pages count")
    )
    return _made(
        first,
        "page_number",
        f"{zh}與清單相差 {first.offset:+d}(清單第 {first.declared} 頁讀作 {first.read}):請確認起算頁。",
        f"{en} {first.offset:+d} off the manifest (its page {first.declared} reads {first.read}): "
        "check on which page the manifest begins.",
    )


def _notice(one: _Read, place: int, known: Sequence[_Read]) -> Notice:
    twin = next((each for each in known if each is not one and each.read == one.read), None)
    if twin is not None:
        return _made(
            one,
            "page_doubled",
            f"頁上頁次讀作 {one.read},與清單第 {twin.declared} 頁重複;請核對。",
            f"The page number reads {one.read}, as on page {twin.declared} of the manifest: one page may "
            "have been scanned twice.",
        )
    other = next((each for each in known if (each.expected, each.read) == (one.read, one.expected)), None)
    if other is not None:
        return _made(
            one,
            "page_swapped",
            f"頁上頁次讀作 {one.read},與清單第 {other.declared} 頁互換;請核對順序。",
            f"The page number reads {one.read}: pages {one.declared} and {other.declared} of the manifest "
            "seem to be exchanged.",
        )
    before = known[place - 1] if place else None
    after = known[place + 1] if place + 1 < len(known) else None
    # A page alone out of step is the wrong page; a page left out puts all that follow out of step.
    stays = after is None or after.offset >= one.offset
    if before is not None and stays and before.offset < one.offset and one.read - before.read > 1:
        lost = one.offset - before.offset
        return _made(
            one,
            "page_missing",
            f"頁上頁次讀作 {one.read},前一頁讀作 {before.read};其間可能漏掃 {lost} 頁。",
            f"The page number reads {one.read} after {before.read}: {lost} page(s) between "
            "them may not have been scanned.",
        )
    if one.base:
        return _made(
            one,
            "page_number",
            f"頁上頁次讀作 {one.read},依本冊頁次應為 {one.expected}(清單第 {one.declared} 頁);請核對。",
            f"The page number reads {one.read}; as the book counts, {one.expected} should stand on page "
            f"{one.declared} of the manifest: check which it is.",
        )
    return _made(
        one,
        "page_number",
        f"頁上頁次讀作 {one.read},清單為 {one.declared};請核對。",
        f"The page number reads {one.read}, and the manifest says {one.declared}: check which it is.",
    )


def _made(one: _Read, check: str, zh: str, en: str) -> Notice:
    return Notice(one.trace.image_id, check, float(one.read), None, one.trace.box, zh, en)
