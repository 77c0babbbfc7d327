"""Something over the rim: a finger, its shadow, or a folded corner hides what is written there."""

import cv2
import numpy as np
from numpy.typing import NDArray

from imaging.arrays import Box, Gray
from imaging.connected_parts import label_parts
from imaging.levels import count_levels, percentile
from imaging.quality.finding import Finding, judge
from imaging.quality.page import QualityInput

_LEAST_DARKER = 28.0  # grey levels below the paper near it
_LEAST_SHARE, _MOST_SHARE = 0.0006, 0.2  # of the sheet
_FAR_DARKER, _LEAST_SLOPE = 80.0, 7.0  # levels; levels a pixel of the map
_NEAR = 0.012  # of the longer side: this near the rim it comes from outside
_SLENDER = 9.0  # times longer than broad is the shade of a gutter or the sheet's own edge


def check(page: QualityInput) -> Finding:
    """Return the share of the sheet under dark parts that come in over its rim, and the largest of them."""
    paper, found = page.bare_paper, _parts(page)
    sheet = max(1, int(np.count_nonzero(paper.sheet)))
    share = sum(area for area, _ in found) / sheet
    where = max(found, key=lambda one: one[0])[1] if found else None
    verdict = judge(share, page.thresholds.shadow_flag, page.thresholds.shadow_refuse)
    return Finding(
        "shadow",
        share,
        verdict,
        paper.to_page(where) if where and verdict != "accept" else None,
        f"頁緣有遮蔽(手指、陰影或摺角),占頁面 {share:.2%};請移開後重掃。",
        f"Something covers {share:.2%} of the page from its rim (a finger, a shadow or a folded corner): "
        "remove it and scan again.",
    )


def _parts(page: QualityInput) -> list[tuple[float, Box]]:
    """Return area and box, on the map, of each dark part that touches the sheet's rim."""
    tone, sheet = page.bare_paper.tone, page.bare_paper.sheet
    if not sheet.any():
        return []
    near = max(2, round(_NEAR * max(tone.shape)))
    smooth = np.asarray(cv2.medianBlur(tone, 5), dtype=np.uint8)
    level = percentile(count_levels(tone, sheet), 50)
    dark = ((smooth < level - _LEAST_DARKER) & (sheet > 0)).astype(np.uint8)
    dark = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)), dtype=np.uint8)
    rim = (sheet > 0) & (cv2.erode(sheet, np.ones((2 * near + 1,) * 2, np.uint8), borderValue=0) == 0)
    labels = label_parts(dark)
    areas, whole = np.bincount(labels.ravel()), float(np.count_nonzero(sheet))
    found = []
    for part in np.unique(labels[rim]).tolist():
        area = int(areas[part])
        if part == 0 or not _LEAST_SHARE <= area / whole <= _MOST_SHARE:
            continue
        x, y, wide, high = cv2.boundingRect((labels == part).view(np.uint8))
        # With what lies next to it: a part that fills its box shows its outline nowhere else.
        around = slice(max(0, y - 1), y + high + 1), slice(max(0, x - 1), x + wide + 1)
        inside = labels[around] == part
        reaches = bool((inside & ~rim[around]).any())
        slender = max(wide, high) ** 2 > _SLENDER * area and max(wide, high) > _SLENDER * min(wide, high)
        if reaches and not slender and _is_thing(smooth[around], inside, level):
            found.append((float(area), (x, y, x + wide, y + high)))
    return found


def _is_thing(tone: Gray, inside: NDArray[np.bool_], level: float) -> bool:
    """Tell a thing from a stain: it is far darker than paper, or its outline is sharp."""
    if level - float(np.median(tone[inside])) >= _FAR_DARKER:
        return True
    rim = inside & (cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0)
    slopes = cv2.magnitude(
        cv2.Sobel(tone, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(tone, cv2.CV_32F, 0, 1, scale=0.125)
    )
    return float(np.percentile(slopes[rim], 60)) >= _LEAST_SLOPE
