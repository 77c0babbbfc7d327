"""What the checks flagged on a page image, by itself or beside its neighbours, with its place."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.catalogue.tables import PageImage
from storage.checks.tables import PageFinding


@dataclass(frozen=True, slots=True)
class ImageFlag:
    """A finding in two languages; `box` is in the master's pixels and empty for all of the page."""

    key: str
    verdict: str
    box: tuple[float, ...]
    zh: str
    en: str


def flags_of(session: Session, images: Sequence[uuid.UUID]) -> list[ImageFlag]:
    """Return the flags of some images, in their order."""
    compared = session.scalars(
        select(PageFinding).where(PageFinding.page_image_id.in_(images)).order_by(PageFinding.id)
    ).all()
    found = []
    for image_id in images:
        own = [one for one in session.get_one(PageImage, image_id).quality if one["verdict"] != "accept"]
        found += [
            ImageFlag(
                _key(image_id, one["check"]),
                one["verdict"],
                tuple(one.get("where") or ()),
                one["zh"],
                one["en"],
            )
            for one in own
        ]
        found += [
            ImageFlag(_key(image_id, one.check), one.verdict, tuple(one.box), one.zh, one.en)
            for one in compared
            if one.page_image_id == image_id
        ]
    return found


def flag_boxes(flags: Sequence[ImageFlag]) -> list[tuple[str, Sequence[float] | None, str]]:
    """Return the places of flags as boxes to lay over their image."""
    return [(flag.key, flag.box or None, "faint") for flag in flags]


def _key(image_id: uuid.UUID, check: str) -> str:
    return f"flag-{check}-{image_id}"
