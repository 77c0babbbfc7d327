"""The overlay shows what was found where it was found, in the colours of its legend."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from domain.series import load_series
from huji.inspect import palette
from huji.inspect.draw_legend import LEGEND_HEIGHT
from huji.inspect.draw_overlay import GAP, Seen, draw_overlay
from imaging.crop import CropEstimate
from imaging.quality import Finding
from imaging.skew import SkewEstimate
from imaging.transform import for_deskew
from ingest.pipeline.results import CellText, LineText, PageContent, PageReading, SeenRules, Value

Strip = tuple[int, int, int, int]
WIDE, HIGH = 1900, 1000  # as large as it is drawn: what is at a pixel of the page is at one of the picture
SECOND = HIGH + GAP
WRITTEN = LineText((300, 250, 380, 550), "林阿水", 0.5, vertical=True, ink="red")
CELLS = (
    CellText(0, 0, (200, 200, 500, 600), "林阿水", 0.5, (), None, (WRITTEN,)),
    CellText(0, 1, (600, 200, 800, 600), "", 1.0, (), "name"),
)
LIKELY = LineText((1400, 100, 1800, 150), "申請日期", 0.9, vertical=False)
NUMBER = Value("一二", 0.99, (1600, 870, 1700, 900))
CONTENT = PageContent(
    {}, ({"name": Value("林阿水", 0.5, WRITTEN.box)},), CELLS, (LIKELY,), "", designation=NUMBER
)
SEAL_BOX = (900, 600, 1050, 800)
FAULTS = (
    Finding("blur", 6.2, "flag", (1000, 500, 1300, 800), "邊緣寬 6.2 像素;請重掃。", "Edges are wide."),
    Finding("contrast", 50, "flag", None, "墨與紙相差 50 階。", "Ink and paper are 50 levels apart."),
    Finding("noise", 1, "accept", (1400, 500, 1700, 800), "雜訊 1。", "Noise 1."),
)


@pytest.fixture
def seen() -> Seen:
    """What might be seen of a page: a cell, a label, a doubtful name in red, a line, rules, faults, seals."""
    rules = SeenRules((((100.0, 700.0), (900.0, 700.0)),), (((100.0, 800.0), (900.0, 800.0)),))
    crop = CropEstimate((50, 40, 1850, 960), 0.9, "ground")
    skew = SkewEstimate(0.0, 0.9, "rulings")
    way = for_deskew((WIDE, HIGH), 0.0)
    reading = PageReading("rapidocr", way, skew, crop, CONTENT, {}, rules, seals=(SEAL_BOX,))
    return Seen(reading, FAULTS, load_series("colonial_register"))


def drawn(seen: Seen, folder: Path) -> NDArray[np.uint8]:
    draw_overlay(np.full((HIGH, WIDE, 3), 235, np.uint8), seen, folder / "seen.png")
    with Image.open(folder / "seen.png") as picture:
        return np.asarray(picture.convert("RGB"))


def run(picture: NDArray[np.uint8], strip: Strip, colour: palette.Colour) -> float:
    """The share of a strip's length along which a colour is met."""
    x0, y0, x1, y1 = strip
    met = (picture[y0:y1, x0:x1] == colour).all(axis=2)
    return float(met.any(axis=0 if x1 - x0 > y1 - y0 else 1).mean())


def test_what_was_found_is_drawn_where_it_was_found(seen: Seen, tmp_path: Path) -> None:
    """Edges of a cell, a label, a doubtful value, a likely line, a fault, a seal, the page's number; rules;
    the bar beside the line in red ink, not beside its cell."""
    picture = drawn(seen, tmp_path)
    assert picture.shape[1] == WIDE
    for strip, colour in (
        ((199, 300, 206, 590), palette.CELL),
        ((230, 595, 490, 602), palette.CELL),
        ((599, 300, 606, 590), palette.LABEL),
        ((298, 300, 303, 545), palette.DOUBTFUL),
        ((378, 300, 383, 545), palette.DOUBTFUL),
        ((1450, 148, 1790, 153), palette.LIKELY),
        ((998, 550, 1004, 790), palette.FLAGGED),
        ((1296, 550, 1302, 790), palette.FLAGGED),
        ((120, 699, 880, 702), palette.RULE),
        ((120, 799, 880, 802), palette.REJECTED),
        ((381, 255, 386, 545), palette.RED_INK),
        ((898, 610, 903, 790), palette.SEAL),
        ((910, 598, 990, 603), palette.SEAL),
        ((1600, 898, 1690, 903), palette.SURE),
    ):
        assert run(picture, strip, colour) == 1.0, (strip, colour)
    assert run(picture, (501, 210, 506, 590), palette.RED_INK) == 0.0
    # What the checks accept is no fault, and has no box.
    assert run(picture, (1380, 480, 1720, 820), palette.FLAGGED) == 0.0


def test_the_page_s_edge_is_dashed(seen: Seen, tmp_path: Path) -> None:
    picture = drawn(seen, tmp_path)
    for strip in ((60, 39, 1840, 44), (60, 956, 1840, 961), (49, 50, 54, 950), (1846, 50, 1851, 950)):
        assert 0.4 < run(picture, strip, palette.CROP) < 0.7, strip


def test_what_was_read_is_written_in_its_place_on_the_second_picture(seen: Seen, tmp_path: Path) -> None:
    """In the colour of its doubt, each glyph in its third of the line, within the frame of its cell."""
    picture = drawn(seen, tmp_path)
    for third in range(3):
        top = SECOND + 250 + 100 * third
        ink = (picture[top : top + 100, 300:380] == palette.DOUBTFUL).all(axis=2).mean()
        assert 0.02 < ink < 0.5, third
    assert run(picture, (200, SECOND + 210, 203, SECOND + 590), palette.CELL) == 1.0
    assert run(picture, (600, SECOND + 210, 603, SECOND + 590), palette.LABEL) == 1.0
    assert (picture[SECOND + 100 : SECOND + 150, 1400:1800] == palette.LIKELY).all(axis=2).mean() > 0.02
    assert not (picture[SECOND + 620 : SECOND + HIGH] == palette.DOUBTFUL).all(axis=2).any()


def test_the_faults_are_told_below_and_the_box_has_its_measure(seen: Seen, tmp_path: Path) -> None:
    """Those of the whole page too; a page without faults has the legend alone."""
    picture, low = drawn(seen, tmp_path), SECOND + HIGH + LEGEND_HEIGHT
    told = (picture[low:] == palette.FLAGGED).all(axis=2)
    rows = np.diff(np.concatenate([[0], told.any(axis=1).astype(int), [0]]))
    assert (rows == 1).sum() >= 2
    tag = (picture[503:520, 1005:1150] == palette.FLAGGED).all(axis=2)
    assert 0.005 < tag.mean() < 0.5
    bare = drawn(replace(seen, findings=FAULTS[2:]), tmp_path)
    assert bare.shape[0] == low
    assert picture.shape[0] > low


def test_a_turned_page_has_turned_frames(seen: Seen, tmp_path: Path) -> None:
    """The outline of a value follows the page: its top edge leaves the level by the page's skew."""
    turned = replace(seen.reading, transform=for_deskew((WIDE, HIGH), 3.0))
    picture = drawn(replace(seen, reading=turned), tmp_path)
    edge = [int(np.flatnonzero((picture[560:640, x] == palette.CELL).all(axis=1)).max()) for x in (240, 460)]
    assert 8 <= edge[0] - edge[1] <= 15
