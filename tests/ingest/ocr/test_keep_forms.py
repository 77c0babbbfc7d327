"""A line read in one form of a character keeps the other form beside it, whichever look saw it."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.characters import fold
from ingest.ocr.keep_forms import MOST, keep_forms
from ingest.ocr.port import Pixels, Reading
from ingest.ocr.prepare_lines import NARROWED, Look
from ingest.ocr.rapid import RapidRecogniser
from tests.ingest.drawn_form import blank, write

NAMES = st.sampled_from(["黃水", "黄水", "王水", "黃木", "陳真", "陳眞", ""])
SURE = st.floats(0.01, 1)


class Looks(RapidRecogniser):
    """Answers a narrowed look and a closer one as told."""

    def __init__(self, narrowed: Reading, closer: Reading) -> None:
        super().__init__()
        self.narrowed, self.closer = narrowed, closer
        self.closer_looks = 0

    def _look(self, crops: Sequence[Pixels], vertical: bool, look: Look) -> list[Reading]:
        if look is NARROWED:
            return [self.narrowed for _ in crops]
        self.closer_looks += len(crops)
        return [self.closer for _ in crops]


def read(narrowed: Reading, closer: Reading) -> Reading:
    return Looks(narrowed, closer).read_lines([np.zeros((9, 9), np.uint8)], True)[0]


@pytest.mark.parametrize(("one", "other"), [("黃", "黄"), ("黄", "黃")])
def test_a_closer_look_that_decides_otherwise_leaves_the_first_form_beside_it(one: str, other: str) -> None:
    found = read(Reading(one, 0.6, ((other, 0.3),)), Reading(other, 0.9))
    assert (found.text, found.confidence) == (other, 0.9)
    assert found.alternatives == ((one, pytest.approx(0.06)),)


def test_a_closer_look_that_settles_on_the_form_leaves_what_was_thought_of_first() -> None:
    found = read(Reading("黃", 0.6, (("黄", 0.3), ("橫", 0.05))), Reading("黃", 0.95))
    assert (found.text, found.confidence) == ("黃", 0.95)
    assert found.alternatives == (("黄", pytest.approx(0.015)),)


def test_another_form_alone_is_no_reason_for_a_closer_look() -> None:
    """The glyph's features tell the forms as well from afar."""
    engine = Looks(Reading("黃水", 0.9, (("黄水", 0.09),)), Reading("黄水", 0.95))
    (found,) = engine.read_lines([np.zeros((9, 9), np.uint8)], True)
    assert engine.closer_looks == 0
    assert (found.text, found.alternatives) == ("黃水", (("黄水", 0.09),))


@pytest.mark.parametrize(
    ("text", "confidence", "looks"),
    [
        ("水", 0.84, 1),
        ("水", 0.86, 0),
        ("大正五年六月壹", 0.76, 0),  # seven glyphs of 0.962 each
        ("大正五年六月壹", 0.74, 1),
        ("", 0.0, 1),
    ],
)
def test_a_long_line_is_looked_at_closer_for_its_glyphs_doubt(
    text: str, confidence: float, looks: int
) -> None:
    engine = Looks(Reading(text, confidence), Reading(text, 0.9))
    engine.read_lines([np.zeros((9, 9), np.uint8)], True)
    assert engine.closer_looks == looks


@given(
    st.builds(Reading, NAMES, SURE, st.lists(st.tuples(NAMES, SURE), max_size=MOST).map(tuple)),
    st.builds(
        Reading, NAMES, SURE, st.just((("黃犬", 0.01), ("王犬", 0.01), ("李犬", 0.01), ("林犬", 0.01)))
    ),
)
def test_the_text_kept_and_its_confidence_never_change(other: Reading, kept: Reading) -> None:
    found = keep_forms(other, kept)
    assert (found.text, found.confidence) == (kept.text, kept.confidence)
    assert len(found.alternatives) <= MOST + 1
    added = [pair for pair in found.alternatives if pair not in kept.alternatives]
    assert all(fold(text) == fold(kept.text) and text != kept.text for text, _ in added)
    assert all(share <= 1 - kept.confidence for _, share in added)
    if other.text and other.text != kept.text and fold(other.text) == fold(kept.text):
        assert other.text in [text for text, _ in found.alternatives]


@pytest.mark.parametrize("written", ["黃", "黄"])
def test_the_engine_tells_the_form_or_offers_it(written: str) -> None:
    """Drawn thin and small, as in a crowded cell: the form written is read, or stands beside what is."""
    page = blank(150, 64)
    page = write(page, f"{written}阿水", 10, 6, 40)
    (found,) = RapidRecogniser().read_lines([page], True)
    assert fold(found.text) == fold(f"{written}阿水")
    assert f"{written}阿水" in [found.text, *(text for text, _ in found.alternatives)]
