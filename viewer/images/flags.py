"""What the checks flagged on page images, by themselves or beside their neighbours, with its place."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from access.principal import Principal
from storage.catalogue.tables import PageImage
from storage.checks.still_counts import still_counts
from storage.checks.tables import PageFinding
from viewer.images.name_elsewhere import name_elsewhere


@dataclass(frozen=True, slots=True)
class ImageFlag:
    """A finding in two languages; `box` is in the master's pixels and empty for all of the page."""

    image_id: uuid.UUID
    check: str
    verdict: str
    box: tuple[float, ...]
    zh: str
    en: str

    @property
    def key(self) -> str:
        """What joins the finding to its box on the image; no other on a screen has it."""
        return f"flag-{self.check}-{self.image_id}"


def flags_of(session: Session, images: Sequence[uuid.UUID], *, actor: Principal) -> list[ImageFlag]:
    """Return the flags of some images, in their order: an image's own first, then those beside others.

    A page of another volume is named to those alone who may see that volume.
    """
    found: dict[uuid.UUID, list[ImageFlag]] = {image_id: [] for image_id in images}
    own = select(PageImage.id, PageImage.quality).where(PageImage.id.in_(images))
    for image_id, quality in session.execute(own):
        found[image_id] += [_own_flag(image_id, one) for one in quality if one["verdict"] != "accept"]
    compared = select(PageFinding).where(PageFinding.page_image_id.in_(images), still_counts())
    findings = session.scalars(compared.order_by(PageFinding.id)).all()
    places = name_elsewhere(session, findings, actor=actor)
    for one in findings:
        zh, en = places.get(one.id, ("", ""))
        flag = ImageFlag(one.page_image_id, one.check, one.verdict, tuple(one.box), one.zh + zh, one.en + en)
        found[one.page_image_id].append(flag)
    return [flag for flags in found.values() for flag in flags]


def flag_boxes(flags: Sequence[ImageFlag]) -> list[tuple[str, Sequence[float] | None, str]]:
    """Return the places of flags as boxes to lay over their image."""
    return [(flag.key, flag.box or None, "faint") for flag in flags]


def _own_flag(image_id: uuid.UUID, finding: Mapping[str, Any]) -> ImageFlag:
    box = tuple(finding.get("where") or ())
    return ImageFlag(image_id, finding["check"], finding["verdict"], box, finding["zh"], finding["en"])
