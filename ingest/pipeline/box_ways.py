"""The ways of a form's boxes to the page as it was straightened, and to the file's own pixels."""

from collections.abc import Iterable

from imaging.transform import PageTransform
from ingest.layout.estimate_bend import Bend
from ingest.pipeline.reading_scale import scaled
from ingest.pipeline.results import Box


class BoxWays:
    """Where boxes of a form that was laid flat, and read at a factor of its size, come from.

    Boxes named beforehand have their places worked out all at once.
    """

    def __init__(self, boxes: Iterable[Box], bend: Bend, transform: PageTransform, factor: float) -> None:
        self._bend = bend
        self._transform = transform
        self._factor = factor
        self._on_page: dict[Box, Box] = {}
        self._in_master: dict[Box, Box] = {}
        self._learn(list(dict.fromkeys(boxes)))

    def to_page(self, box: Box) -> Box:
        """Return the smallest upright box that holds a box of the form on the straightened page."""
        if box not in self._on_page:
            self._learn([box])
        return self._on_page[box]

    def to_master(self, box: Box) -> Box:
        """Return the smallest upright box that holds a box of the form in the file's pixels."""
        if box not in self._in_master:
            self._learn([box])
        return self._in_master[box]

    def _learn(self, boxes: list[Box]) -> None:
        on_page = [scaled(box, 1 / self._factor) for box in self._bend.boxes_to_page(boxes)]
        self._on_page.update(zip(boxes, on_page, strict=True))
        self._in_master.update(zip(boxes, self._transform.boxes_to_master(on_page), strict=True))
