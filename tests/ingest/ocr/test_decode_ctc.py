"""From frame probabilities to text."""

from collections.abc import Mapping

import numpy as np
import pytest

from ingest.ocr.alphabet import Alphabet
from ingest.ocr.decode_ctc import Frames, Heard, decode_ctc

CHARACTERS = Alphabet(["戶", "主", "户", "1", "三", "二", "黃", "黄", "a", "A"])


def frames(*rows: dict[int, float]) -> Frames:
    """Each row gives some classes their probability (0 is the blank); the rest is spread over the others."""
    table = np.zeros((len(rows), len(CHARACTERS.characters) + 1), np.float32)
    for place, row in enumerate(rows):
        table[place] = (1 - sum(row.values())) / (len(CHARACTERS.characters) + 1 - len(row))
        for index, chance in row.items():
            table[place, index] = chance
    return Frames(len(rows), np.arange(len(rows)), table, np.zeros((len(rows), 2), np.float32))


BLANK = {0: 0.999}


def test_runs_are_one_character_each() -> None:
    """A character held over frames is read once, with its surest frame's confidence."""
    reading = decode_ctc(frames({1: 0.9}, {1: 0.99}, BLANK, BLANK, {2: 0.98}), CHARACTERS)
    assert reading.text == "戶主"
    assert np.isclose(reading.confidence, 0.99 * 0.98, atol=1e-3)


def test_hesitation_becomes_an_alternative() -> None:
    """A frame torn between two characters gives both texts, with their chances."""
    reading = decode_ctc(frames({1: 0.6, 3: 0.38}, BLANK, BLANK, {2: 0.99}), CHARACTERS)
    assert reading.text == "戶主"
    assert reading.alternatives[0][0] == "户主"
    assert np.isclose(reading.alternatives[0][1], 0.38 * 0.99, atol=1e-3)


def test_a_character_nearly_missed_is_an_alternative() -> None:
    """A blank that was nearly a character gives the longer text beside the shorter."""
    reading = decode_ctc(frames({1: 0.99}, BLANK, {0: 0.7, 2: 0.29}, BLANK, BLANK), CHARACTERS)
    assert reading.text == "戶"
    assert reading.alternatives[0][0] == "戶主"


def test_the_echo_of_a_broad_glyph_is_dropped() -> None:
    """三 heard twice within its own width is one; further apart it is two, and a digit may repeat at once."""
    near = decode_ctc(frames({5: 0.9}, {0: 0.9}, {5: 0.95}, BLANK), CHARACTERS)
    assert near.text == "三"
    apart = decode_ctc(frames({5: 0.9}, BLANK, BLANK, {5: 0.95}), CHARACTERS)
    assert apart.text == "三三"
    digits = decode_ctc(frames({4: 0.9}, BLANK, {4: 0.95}), CHARACTERS)
    assert digits.text == "11"


def test_blanks_alone_are_no_text() -> None:
    """Nothing read, no confidence."""
    reading = decode_ctc(frames(BLANK, BLANK, BLANK), CHARACTERS)
    assert (reading.text, reading.confidence) == ("", 0.0)


def test_frames_that_were_not_asked_are_blank() -> None:
    """Leaving out what is surely blank changes nothing, also between two of the same character."""
    whole = frames(BLANK, {4: 0.9}, BLANK, {4: 0.95}, {0: 0.8, 2: 0.19}, BLANK, {2: 0.99}, BLANK)
    loud = np.array([1, 3, 4, 6])
    part = Frames(8, loud, whole.chances[loud], whole.features[loud])
    assert decode_ctc(part, CHARACTERS) == decode_ctc(whole, CHARACTERS)


def test_a_glyph_named_by_turns_in_two_forms_is_one() -> None:
    """黃黃黄黄 over frames without a blank between is one glyph, read as its surest frame says."""
    reading = decode_ctc(frames(BLANK, {7: 0.9}, {7: 0.95}, {8: 0.97}, {8: 0.9}, BLANK), CHARACTERS)
    assert reading.text == "黄"
    assert np.isclose(reading.confidence, 0.97, atol=1e-3)


def test_a_glyph_that_echoes_in_another_form_is_one() -> None:
    near = decode_ctc(frames({7: 0.96}, {0: 0.9}, {8: 0.9}, BLANK), CHARACTERS)
    assert near.text == "黃"
    apart = decode_ctc(frames({7: 0.96}, BLANK, BLANK, {8: 0.9}), CHARACTERS)
    assert apart.text == "黃黄"


@pytest.mark.parametrize(
    ("one", "other", "text"), [(5, 6, "三二"), (1, 2, "戶主"), (9, 10, "aA"), (4, 4, "1")]
)
def test_what_are_no_forms_of_one_broad_character_stay_two(one: int, other: int, text: str) -> None:
    """Numerals fold to themselves, and letters are told by case; the same class in one run is one glyph."""
    assert decode_ctc(frames(BLANK, {one: 0.9}, {other: 0.9}, BLANK), CHARACTERS).text == text


def test_the_judge_hears_a_glyph_named_by_turns_once() -> None:
    asked = []

    def judge(likely: Mapping[int, float], heard: Heard) -> Mapping[int, float]:
        asked.append(heard.likeliest)
        return {7: 0.1, 8: 0.85}

    assert decode_ctc(frames({7: 0.95}, {8: 0.9}, {7: 0.8}), CHARACTERS, judge).text == "黄"
    assert asked == [7]
