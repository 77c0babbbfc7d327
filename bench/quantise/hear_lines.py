"""Cuts the lines of drawn pages as the pipeline does, and batches them as the recogniser is shown them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.pages.draw_volume import draw_volume
from bench.pages.spec import PageSpec
from domain.series import load_series, series_keys
from ingest.ocr.port import Pixels, Reading, TextLine, Usability
from ingest.ocr.prepare_lines import CLOSER, NARROWED, batch_lines
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline.plan import read_register_page
from ingest.pipeline.read_form import Readers

SEVERITIES = (1, 3)
BATCH, NARROWEST = 8, 32

Tensor = NDArray[np.float32]


class Listening:
    """A recogniser that reads as another does, and keeps the lines it was shown."""

    name = RapidRecogniser.name

    def __init__(self, engine: RapidRecogniser) -> None:
        self._engine = engine
        self.shown: list[tuple[list[Pixels], bool]] = []

    def usable(self) -> Usability:
        """Say what the other says."""
        return self._engine.usable()

    def read_lines(self, crops: Sequence[Pixels], vertical: bool) -> list[Reading]:
        """Read lines, and keep them."""
        self.shown.append((list(crops), vertical))
        return self._engine.read_lines(crops, vertical)

    def read_page(self, rgb: Pixels) -> list[TextLine]:
        """Read a page without a form; its lines are not kept."""
        return self._engine.read_page(rgb)


def drawn_batches(seed: int, pages: int) -> Iterator[Tensor]:
    """Yield the network's input (N × 3 × height × W) for the lines of so many drawn pages of each series and
    severity, at both looks at which the lines of forms are read."""
    engine = Listening(RapidRecogniser())
    for place, key in enumerate(key for key in series_keys() if load_series(key).layout.ruled):
        for severity in SEVERITIES:
            like = replace(PageSpec(), series=key)
            for page in draw_volume(pages, seed + 10 * place + severity, severity, like=like):
                pixels = np.asarray(page.pixels, dtype=np.uint8)
                read_register_page(pixels, page.truth.ppi, load_series(key), Readers(engine))
                yield from _batches(engine.shown)
                engine.shown.clear()


def _batches(shown: Sequence[tuple[Sequence[Pixels], bool]]) -> Iterator[Tensor]:
    for crops, vertical in shown:
        for look in (NARROWED, CLOSER):
            yield from (batch.tensor for batch in batch_lines(crops, vertical, BATCH, NARROWEST, look))
