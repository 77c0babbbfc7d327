"""The ways of a form's boxes to the page as it was straightened, and to the file's own pixels."""

from collections.abc import Iterable
from dataclasses import dataclass

from imaging.transform import PageTransform
from ingest.layout.estimate_bend import Bend
from ingest.pipeline.reading_scale import scaled
from ingest.pipeline.results import Box


@dataclass(frozen=True, slots=True)
class BoxWays:
    """Where boxes of a form that was laid flat, and read at `factor` of its size, come from.

    Boxes named beforehand have their places worked out all at once.
    """

    bend: Bend
    transform: PageTransform
    factor: float
    on_page: dict[Box, Box]
    in_master: dict[Box, Box]

    @classmethod
    def of(cls, boxes: Iterable[Box], bend: Bend, transform: PageTransform, factor: float) -> "BoxWays":
        """Work out where some boxes come from."""
        ways = cls(bend, transform, factor, {}, {})
        ways._learn(list(dict.fromkeys(boxes)))
        return ways

    def to_page(self, box: Box) -> Box:
        """Return the smallest upright box that holds a box of the form on the straightened page."""
        if box not in self.on_page:
            self._learn([box])
        return self.on_page[box]

    def to_master(self, box: Box) -> Box:
        """Return the smallest upright box that holds a box of the form in the file's pixels."""
        if box not in self.in_master:
            self._learn([box])
        return self.in_master[box]

    def _learn(self, boxes: list[Box]) -> None:
        on_page = [scaled(box, 1 / self.factor) for box in self.bend.boxes_to_page(boxes)]
        self.on_page.update(zip(boxes, on_page, strict=True))
        self.in_master.update(zip(boxes, self.transform.boxes_to_master(on_page), strict=True))
