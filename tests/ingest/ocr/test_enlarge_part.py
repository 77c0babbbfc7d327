"""A narrow part is enlarged for the detector as far as its memory goes, and no further."""

import subprocess
import sys
import textwrap

import numpy as np
import pytest

from ingest.ocr.enlarge_part import SHORTEST, STEP, enlarge_part
from ingest.ocr.rapid import RapidRecogniser
from ingest.ocr.split_page import LARGEST

MOST = 700 << 10
"""Kibibytes that a whole-page look at a slip may take, with what Python and its libraries take."""


@pytest.mark.parametrize(
    ("size", "shorter"),
    [((800, 900), 800), ((400, 600), SHORTEST), ((736, 5000), 736)],
)
def test_its_shorter_side_is_as_the_detector_wants_it(size: tuple[int, int], shorter: int) -> None:
    """A part that is large enough stays; a small one grows."""
    enlarged = enlarge_part(np.zeros((*size, 3), np.uint8))
    assert min(enlarged.shape[:2]) == shorter


@pytest.mark.parametrize(
    "size", [(2000, 50), (2000, 1), (2, 400), (50, 2000), (1, 1), (9, 2000), (2000, 100)]
)
def test_no_narrow_part_outgrows_the_memory(size: tuple[int, int]) -> None:
    """Whatever its proportions, also once RapidOCR has padded what is wide; sides are whole steps."""
    high, wide = enlarge_part(np.zeros((*size, 3), np.uint8)).shape[:2]
    assert max(high, wide // 4) * wide <= 1.2 * LARGEST
    assert high % STEP == wide % STEP == 0


@pytest.mark.parametrize("size", [(1, 1), (2, 400), (3, 20_000), (20_000, 3), (12, 32_000)])
def test_slivers_are_looked_at_and_hold_nothing(size: tuple[int, int]) -> None:
    """No proportion is an error."""
    assert RapidRecogniser().read_page(np.full((*size, 3), 240, np.uint8)) == []


def test_a_slip_of_a_metre_is_read_within_the_memory_of_a_worker() -> None:
    """A column of glyphs down a slip of 1 : 40 (2.5 by 100 cm at 300 ppi)."""
    script = f"""
        import re
        from pathlib import Path
        import numpy as np
        from ingest.ocr.rapid import RapidRecogniser
        from tests.ingest.drawn_form import blank, write
        slip = np.tile(write(blank(800, 300), "王小明陳阿水", 100, 60), (15, 1))
        lines = RapidRecogniser().read_page(np.dstack([slip] * 3))
        assert len("".join(line.text for line in lines)) > 40, lines
        # Not what `resource` tells: that is also what the process was that started this one.
        assert int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) < {MOST}
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=True)
