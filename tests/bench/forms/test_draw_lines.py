"""Lines of forms are drawn and cut as the pipeline cuts them, and only forms a face draws apart."""

import numpy as np
import pytest

from bench.forms.choose_forms import choose_forms, drawn_apart, in_lines
from bench.forms.draw_lines import draw_lines
from bench.pages.find_faces import choose_face
from ingest.ocr.rapid import RapidRecogniser

KAI = choose_face("hand", "tw-kai")


def test_forms_come_in_classes_of_one_character() -> None:
    assert choose_forms("黃黄林吳呉吴水") == ("黃黄", "吳吴呉")


def test_a_character_that_unicode_has_twice_is_one_form() -> None:
    assert choose_forms("郎\uf92c林") == ()


def test_what_a_face_draws_alike_is_left_out() -> None:
    """Noto Sans draws a character that Unicode has twice with one glyph."""
    sans = choose_face("print", "noto-sans")
    assert drawn_apart("凉\uf979黃黄", sans) == "黃黄"


def test_every_form_is_in_one_line() -> None:
    lines = in_lines("黃黄吳呉溫温", 3, np.random.default_rng(1))
    assert sorted("".join(lines)) == sorted("黃黄吳呉溫温")
    assert all(1 <= len(line) <= 3 for line in lines)


@pytest.mark.parametrize("across", [False, True])
def test_a_drawn_line_reads_as_what_was_drawn(across: bool) -> None:
    texts = ["陳水木", "林阿才", "王", "李氏阿妹"] * 3
    lines = list(draw_lines(texts, KAI, 1, np.random.default_rng(2), across=across))
    assert [text for _, text in lines] == texts
    along = [crop.shape[1] / crop.shape[0] if across else crop.shape[0] / crop.shape[1] for crop, _ in lines]
    assert all(long > 2 for long, text in zip(along, texts, strict=True) if len(text) > 2)
    readings = RapidRecogniser().read_lines([crop for crop, _ in lines], not across)
    assert [reading.text for reading in readings] == texts


def test_more_texts_than_a_sheet_holds_go_on_to_the_next() -> None:
    texts = ["陳水木林阿"] * 230
    assert len(list(draw_lines(texts, KAI, 0, np.random.default_rng(3)))) == len(texts)


def test_a_line_longer_than_a_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="60 characters"):
        list(draw_lines(["水" * 60], KAI, 0, np.random.default_rng(4)))
