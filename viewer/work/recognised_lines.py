"""Lines that recognition read on a page: where a new entry may take its text and box from."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.intake.tables import RecognitionResult

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number on the page, its text, its box in master pixels, its ink where that was told."""

    number: int
    text: str
    box: tuple[float, float, float, float]
    ink: str | None = None


def recognised_lines(session: Session, image_id: uuid.UUID) -> list[Line]:
    """Return the lines of the newest recognition of an image, in reading order."""
    result = session.scalar(
        select(RecognitionResult)
        .where(RecognitionResult.page_image_id == image_id)
        .order_by(RecognitionResult.id.desc())
        .limit(1)
    )
    kept = result.lines[:MOST] if result else []
    return [
        Line(number, str(one["text"]), _box(one["box"]), one.get("ink"))
        for number, one in enumerate(kept)
        if str(one.get("text", "")).strip() and one.get("box")
    ]


def recognised_line(session: Session, image_id: uuid.UUID, number: int) -> Line | None:
    """Return one line of an image by its number."""
    return next((one for one in recognised_lines(session, image_id) if one.number == number), None)


def _box(value: list[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(part) for part in value)
    return x0, y0, x1, y1
