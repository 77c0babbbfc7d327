"""Whether a page was scanned before in the same volume."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from imaging.alike import find_alike
from imaging.arrays import Box
from imaging.fingerprint import SIZE
from imaging.quality import Thresholds

_USUAL = Thresholds()
_LOADED: dict[Path, bytes] = {}
"""The pages last compared with, a volume's of all its sittings: they are not read from the disk for every
scan, and a scan's never change."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A page scanned before: its fingerprint on disk, and what it is called in both languages.

    Of a frame of the file at hand the fingerprint is `held`, and the scan is None.
    """

    scan: str | None
    writing: Path
    zh: str
    en: str
    held: bytes = b""


@dataclass(frozen=True, slots=True)
class Double:
    """The page a scan seems to show again, and how alike they are, from 0 to 1.

    `blank` says that both are forms on which hardly anything is written: those are alike by their print.
    `sure` says that they are so alike that the scan is refused.
    """

    earlier: Earlier
    score: float
    blank: bool = False
    sure: bool = False

    def finding(self, page: Box) -> dict[str, Any]:
        """Return it as a quality check would, with where the page lies; one as good as certain is refused."""
        zh, en = self.earlier.zh, self.earlier.en
        where = [int(edge) for edge in page]
        if self.blank:
            return {
                "check": "blank",
                "value": round(self.score, 3),
                "verdict": "flag",
                "where": where,
                "zh": f"表格空白或幾乎未填寫,與{zh}無從分辨;如為空白頁請確認。",
                "en": f"A blank form, or nearly so, like {en}: nothing tells them apart. Confirm if it is.",
            }
        return {
            "check": "duplicate",
            "value": round(self.score, 3),
            "verdict": "refuse" if self.sure else "flag",
            "where": where,
            "zh": f"與{zh}相同({self.score:.0%});是否忘了翻頁?浮籤請按「浮籤」。",
            "en": f"Looks like {en} again ({self.score:.0%}): was the leaf turned? If a slip, say so.",
        }


def find_double(writing: bytes, earlier: Sequence[Earlier], limits: Thresholds = _USUAL) -> Double | None:
    """Return the earlier scan that is likest in its writing, if it is so alike that it is the same; one that
    is like it as blank forms are comes behind any other.

    `writing` is a page's fingerprint, or those of a spread's two pages: then both have to be the same. A
    blank page's is all zero: two are the same beside one that is written, and nothing by themselves.
    """
    if not any(writing):
        return None
    _keep_loaded({page.writing for page in earlier if not page.held})
    known = [(page, found) for page in earlier if (found := writing_on(page, len(writing))) is not None]
    parts = [slice(start, start + SIZE) for start in range(0, len(writing), SIZE)]
    alike = [_alike(writing[part], [found[part] for _, found in known], limits) for part in parts]
    doubles = [
        Double(page, min(part[place][0] for part in alike), all(part[place][1] for part in alike))
        for place, (page, _) in enumerate(known)
        if all(place in part for part in alike)
    ]
    likest = max(doubles, key=lambda double: (not double.blank, double.score), default=None)
    return None if likest is None else replace(likest, sure=likest.score >= limits.alike_sure)


def _alike(writing: bytes, known: Sequence[bytes], limits: Thresholds) -> dict[int, tuple[float, bool]]:
    """Return the likeness of those that are the same, by their places, and whether as blank pages are."""
    if not any(writing):
        return {place: (1.0, True) for place, found in enumerate(known) if not any(found)}
    return {pair.other: (pair.likeness, pair.blank) for pair in find_alike([writing], known, limits)}


def writing_on(page: Earlier, size: int) -> bytes | None:
    """Return a page's fingerprint, which is None where it is not one of `size` bytes."""
    if page.held:
        return page.held if len(page.held) == size else None
    return _load_writing(page.writing, size)


def _load_writing(path: Path, size: int) -> bytes | None:
    """Return what was kept of a scan; what a power cut left out or left short is as good as nothing."""
    known = _LOADED.get(path)
    found = known if known is not None else path.read_bytes() if path.exists() else b""
    if len(found) != size:
        return None
    _LOADED[path] = found
    return found


def _keep_loaded(asked: Set[Path]) -> None:
    """Let go of what is no longer compared with: another volume's pages, and scans set aside."""
    for path in _LOADED.keys() - asked:
        del _LOADED[path]
