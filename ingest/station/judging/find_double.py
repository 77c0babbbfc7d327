"""Whether a page was scanned before in the same volume."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from imaging.arrays import Gray
from imaging.compare import hamming, same_page

_NEIGHBOURS = 2
_MOST_LOOKED_AT = 4
_NEAR_BITS = 20
_SAME = 0.88
_SURE = 0.97


@dataclass(frozen=True, slots=True)
class Earlier:
    """A page scanned before: its mark, its small look on disk, and what it is called in both languages."""

    scan: str
    mark: int
    look: Path
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Double:
    """The page a scan seems to show again, and how alike they are, from 0 to 1."""

    earlier: Earlier
    score: float

    def finding(self) -> dict[str, Any]:
        """Return it as a quality check would; one as good as certain is refused."""
        zh, en = self.earlier.zh, self.earlier.en
        return {
            "check": "duplicate",
            "value": round(self.score, 3),
            "verdict": "refuse" if self.score >= _SURE else "flag",
            "where": None,
            "zh": f"與{zh}相同({self.score:.0%});是否忘了翻頁?浮籤請按「浮籤」。",
            "en": f"Looks like {en} again ({self.score:.0%}): was the leaf turned? If a slip, say so.",
        }


def find_double(look: Gray, mark: int, earlier: Sequence[Earlier]) -> Double | None:
    """Return the earlier page that is the same; the last few are looked at whatever their mark."""
    near = sorted(earlier[:-_NEIGHBOURS], key=lambda page: hamming(page.mark, mark))
    near = [page for page in near if hamming(page.mark, mark) <= _NEAR_BITS]
    asked = [*earlier[-_NEIGHBOURS:], *near][:_MOST_LOOKED_AT]
    scored = [Double(page, same_page(_load(page.look), look)) for page in asked if page.look.exists()]
    best = max(scored, key=lambda double: double.score, default=None)
    return best if best is not None and best.score >= _SAME else None


def _load(path: Path) -> Gray:
    packed = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
