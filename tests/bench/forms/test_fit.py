"""Forms are told apart by the difference of their means, whatever else the features say."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from bench.forms.fit import Scores, as_discriminants, fit_scores
from bench.forms.hold_out import Tried, best_cooling, hold_out, sum_up
from bench.forms.observe import Glyph
from ingest.ocr.decode_ctc import Heard
from ingest.ocr.tell_forms import FormJudge

FORMS = "吳呉"
FACES = ("a", "bb", "ccc")
CLASSES = dict.fromkeys(FORMS, FORMS)


def _glyphs(face: str, rng: Generator) -> list[Glyph]:
    """Features of which the third alone tells the forms, and the first the face; heard as 吳 all."""
    glyphs = []
    for place, form in enumerate(FORMS * 40):
        features = rng.normal(0, 1, 6)
        features[0] += 2 * len(face)
        features[2] += 4.0 * (place % 2)
        glyphs.append(Glyph(form, face, 1, np.array([0.9, 0.1], np.float32), features.astype(np.float32)))
    return glyphs


def test_a_face_left_out_is_told() -> None:
    rng = np.random.default_rng(2000)
    glyphs = [glyph for face in FACES for glyph in _glyphs(face, rng)]
    tried = hold_out(glyphs, CLASSES)
    row = sum_up(tried[best_cooling(tried)])["1"]
    assert row["glyphs"] == len(glyphs)
    assert row["wrong_by_recogniser"] == 50.0
    assert row["wrong_as_told"] < 15
    assert row["sure_right"] > 95


def test_the_cooling_is_the_one_by_which_what_was_drawn_is_likeliest() -> None:
    hot, cool = ([Tried(1, False, True, likelihood, 0.9)] * 3 for likelihood in (-0.5, -0.1))
    assert best_cooling({3.0: hot, 6.0: cool, 8.0: hot}) == 6.0


def test_the_recogniser_is_given_the_same_odds() -> None:
    scores: Scores = replace(fit_scores(_glyphs("a", np.random.default_rng(2002))), cooling=4.0)
    judge = FormJudge(as_discriminants(scores, ""), ["吳", "呉", "林"])
    for glyph in _glyphs("a", np.random.default_rng(2003))[:10]:
        heard = Heard(1, np.array([0.1, 0.5, 0.3, 0.1], np.float32), glyph.features)
        judged = judge({1: 0.5}, heard)
        told = np.array([judged[1], judged[2]]) / 0.8
        np.testing.assert_allclose(told, scores.odds(FORMS, glyph), atol=0.02)
