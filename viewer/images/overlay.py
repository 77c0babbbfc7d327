"""Boxes of a master laid over its derivative, as an SVG draws them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from imaging.transform import PageTransform
from storage.catalogue.tables import PageImage


@dataclass(frozen=True, slots=True)
class Rectangle:
    """One box in pixels of the derivative; `key` ties it to the field whose box it is."""

    key: str
    x: int
    y: int
    width: int
    height: int
    tone: str = ""

    def padded(self, by: int) -> str:
        """Return "x0,y0,x1,y1" of the box grown on every side, for the address of its picture."""
        left, top = max(0, self.x - by), max(0, self.y - by)
        return f"{left},{top},{self.x + self.width + by},{self.y + self.height + by}"


def rectangle(key: str, box: Sequence[float], transform: PageTransform, tone: str = "") -> Rectangle:
    """Return a master box as an upright rectangle of the derivative.

    Boxes are found on the upright derivative and kept as the smallest upright box of the tilted master,
    which is larger than what was found; here the growth is undone.
    """
    x0, y0, x1, y1 = (round(part) for part in box)
    left, top, right, bottom = transform.upright_box((x0, y0, x1, y1))
    return Rectangle(key, left, top, right - left, bottom - top, tone)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page image to show: its address, the derivative's size in pixels, the boxes over it."""

    image_id: str
    address: str
    width: int
    height: int
    boxes: tuple[Rectangle, ...]


def picture_of(
    image: PageImage, boxes: Iterable[tuple[str, Sequence[float] | None, str]] = (), query: str = ""
) -> Picture:
    """Return a page image with master boxes (key, box, tone) laid over it; a None box is left out."""
    transform = PageTransform.from_json(image.transform)
    laid = tuple(rectangle(key, box, transform, tone) for key, box, tone in boxes if box)
    address = f"/images/{image.id}/page.jpg{query}"
    return Picture(str(image.id), address, image.derivative_width, image.derivative_height, laid)


def field_boxes(
    fields: dict[str, Any], doubtful: frozenset[str]
) -> list[tuple[str, list[float] | None, str]]:
    """Return the boxes of an entry's fields, those in doubt marked."""
    return [(key, value.get("box"), "doubt" if key in doubtful else "") for key, value in fields.items()]
