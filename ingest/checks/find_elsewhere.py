"""Find scans that another volume holds already (錯冊): the very same file, or the same pixels.

What is said is fit for every eye: no other volume is named. Whoever may see that one is told at the screen,
by the image that the finding names.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from imaging.alike import is_blank
from imaging.quality import Thresholds
from ingest.checks.trace import Notice, Trace

_USUAL = Thresholds()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An image of this delivery, and one of another volume that is the same; `own`: of the same office."""

    image_id: uuid.UUID
    other_id: uuid.UUID
    own: bool


def sought_elsewhere(
    fresh: Sequence[Trace], told: Collection[uuid.UUID], limits: Thresholds = _USUAL
) -> list[uuid.UUID]:
    """Return the images of a delivery that are to be sought in other volumes.

    Left out is what is `told` to be double within its volume, which says more, and what is blank: clean white
    sheets may well be the same, and every volume may hold as many as the next.
    """
    return [one.image_id for one in fresh if one.image_id not in told and not is_blank(one.writing, limits)]


def find_elsewhere(fresh: Sequence[Trace], held: Sequence[Elsewhere]) -> list[Notice]:
    """Return a flag for each image that another volume holds too."""
    found = {one.image_id: one for one in held}
    return [_notice(one, found[one.image_id]) for one in fresh if one.image_id in found]


def _notice(one: Trace, held: Elsewhere) -> Notice:
    zh, en = ("本所另一冊", "in another volume of this office") if held.own else ("他處", "elsewhere")
    return Notice(
        one.image_id,
        "duplicate",
        1.0,
        held.other_id,
        one.page,
        f"{zh}已有同一掃描影像;可能錯冊,請核對本頁是否屬於本冊。",
        f"The same scan is held already {en}: check that this page belongs to this volume.",
    )
