"""Hold the page numbers read on the pages against the manifest's; where in doubt, say nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from domain.identifiers import page as page_designation
from domain.identifiers.invalid import InvalidIdentifier
from ingest.checks.trace import Notice, Trace

SURE = 0.8
LEAST_READ = 3
"""With fewer pages read, a volume may simply count otherwise than its manifest does."""


@dataclass(frozen=True, slots=True)
class _Read:
    trace: Trace
    declared: int
    read: int

    @property
    def offset(self) -> int:
        return self.read - self.declared


def check_designations(pages: Sequence[Trace]) -> list[Notice]:
    """Return a notice for each page whose number is not the manifest's: swapped, doubled, missing, wrong.

    `pages` are one delivery's. Where every number is off alike the book counts otherwise than the manifest,
    which is told once, on the first page.
    """
    known = [found for one in sorted(pages, key=lambda one: one.sequence) if (found := _parsed(one))]
    if len(known) < LEAST_READ or all(one.offset == 0 for one in known):
        return []
    offsets = Counter(one.offset for one in known)
    if len(offsets) == 1:
        return [_counts_otherwise(known[0])]
    if not offsets[0]:
        return []
    return [_notice(one, place, known) for place, one in enumerate(known) if one.offset]


def _parsed(one: Trace) -> _Read | None:
    if one.read is None or one.confidence < SURE:
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


def _counts_otherwise(first: _Read) -> Notice:
    return _made(
        first,
        "page_number",
        f"頁上頁次皆與清單相差 {first.offset:+d}(首頁讀作 {first.read}):請確認起算頁。",
        f"Every page number read is {first.offset:+d} off the manifest (the first reads {first.read}): "
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
    if any(each.declared == one.read and each.read == one.declared for each in known):
        return _made(
            one,
            "page_swapped",
            f"頁上頁次讀作 {one.read},與第 {one.read} 頁互換;請核對順序。",
            f"The page number reads {one.read}: pages {one.declared} and {one.read} seem to be exchanged.",
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
    return _made(
        one,
        "page_number",
        f"頁上頁次讀作 {one.read},清單為 {one.declared};請核對。",
        f"The page number reads {one.read}, and the manifest says {one.declared}: check which it is.",
    )


def _made(one: _Read, check: str, zh: str, en: str) -> Notice:
    return Notice(one.trace.image_id, check, float(one.read), None, one.trace.box, zh, en)
