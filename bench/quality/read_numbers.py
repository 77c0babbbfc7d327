"""Read the page numbers that stand outside the forms of drawn pages, and count what comes of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np

from bench.pages.draw_page import draw_page
from bench.pages.find_faces import find_faces
from bench.pages.lay_out import form_ids
from bench.pages.spec import PageSpec
from bench.pages.truth import PageTruth
from domain.identifiers import page as page_designation
from imaging.arrays import Pixels
from imaging.quality import Thresholds
from ingest.layout.find_cells import find_cells
from ingest.layout.separate_seals import separate_seals
from ingest.ocr.rapid import RapidRecogniser
from ingest.pipeline.read_designation import box_around, read_designation
from ingest.pipeline.results import Value
from ingest.pipeline.straighten_page import straighten_page

HIGHEST = 400


def numbered_pages(count: int, seed: int, severity: int) -> Iterator[tuple[Pixels, PageTruth]]:
    """Yield pages of every form and face in turn, numbered by chance as in a thick volume."""
    faces, forms = find_faces(), form_ids(PageSpec().series)
    for at in range(count):
        rng = np.random.default_rng([seed, severity, at])
        spec = PageSpec(severity=severity, form=forms[at % len(forms)], face=faces[at % len(faces)].id)
        pixels, truth = draw_page(replace(spec, page_number=int(rng.integers(1, HIGHEST))), rng)
        yield np.asarray(pixels), truth


def read_number(pixels: Pixels) -> Value | None:
    """Return the page number as the pipeline reads it; pixels H×W×3."""
    page = straighten_page(pixels)
    form = find_cells(separate_seals(page.pixels).gray)
    around = box_around([cell.box for cell in form.cells])
    return read_designation(form.gray, around, _recogniser(), lambda box: box)


def outcome(truth: PageTruth, read: Value | None) -> str:
    """Return "right", "wrong", "silent", or "doubtful" where the reading is too unsure to be held against."""
    if read is None:
        return "silent"
    written = truth.designation
    same = written is not None and page_designation.parse(read.text).numbers == (written.number,)
    if read.confidence < Thresholds().number_sure:
        return "doubtful"
    return "right" if same else "wrong"


def count_numbers(pages: int, seed: int, severity: int, *, tell: bool = False) -> Counter[str]:
    """Return how often each outcome came of `pages` pages."""
    counts: Counter[str] = Counter()
    for pixels, truth in numbered_pages(pages, seed, severity):
        read = read_number(pixels)
        counts[outcome(truth, read)] += 1
        if tell:
            written = truth.designation.text if truth.designation else None
            print(severity, outcome(truth, read), written, read and (read.text, round(read.confidence, 3)))
    return counts


@cache
def _recogniser() -> RapidRecogniser:
    return RapidRecogniser()
