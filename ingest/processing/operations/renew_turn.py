"""Have an image say what a later run found of how its page is turned."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest.pipeline.outcome import Trace, TurnedDerivative
from storage.catalogue.tables import PageImage
from storage.checks.tables import PageTrace
from storage.database.locking import lock_row

Json = Mapping[str, Any]


def renew_turn(
    session: Session, *, image_id: uuid.UUID, finding: Json, turned: TurnedDerivative | None
) -> None:
    """Put a finding in the place of the one of its check, and a derivative that stands upright in the place
    of one that does not; to be called in the transaction that ends the run.

    Master, boxes and what was read are by the master's pixels and stay; so does the former derivative, under
    its content key.
    """
    image = lock_row(session, PageImage, image_id)
    image.quality = renewed(image.quality, finding)
    image.flagged = any(one["verdict"] != "accept" for one in image.quality)
    if turned is not None:
        _turn(image, turned)
        _tell_anew(session, image_id, turned.trace)
    session.flush()


def renewed(quality: Sequence[Json], finding: Json) -> list[Json]:
    """Return an image's findings with this one in its check's place; of a blank page it claims nothing."""
    blank = any(one["check"] == "blank" and one["verdict"] != "accept" for one in quality)
    new = {**finding, "verdict": "accept", "where": None} if blank else dict(finding)
    checks = [one["check"] for one in quality]
    if new["check"] not in checks:
        return [*quality, new]
    return [new if one["check"] == new["check"] else one for one in quality]


def _turn(image: PageImage, turned: TurnedDerivative) -> None:
    derivative = turned.derivative
    image.derivative_key, image.thumbnail_key = derivative.key, derivative.thumbnail_key
    image.derivative_width, image.derivative_height = derivative.width, derivative.height
    image.derivative_layout = dict(derivative.layout)
    image.transform = dict(turned.transform)


def _tell_anew(session: Session, image_id: uuid.UUID, trace: Trace) -> None:
    """A page scanned twice is told by its upright derivative: one that lay on its side was like no other."""
    known = session.scalar(select(PageTrace).where(PageTrace.page_image_id == image_id))
    if known is None:
        return
    number = trace.designation
    known.pixels_sha256, known.writing = trace.pixels_sha256, trace.writing
    known.designation = number["text"][:32] if number else None
    known.designation_confidence = number["confidence"] if number else None
    known.designation_box = list(number["box"]) if number else []
