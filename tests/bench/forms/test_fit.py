"""Forms are told apart by the difference of their means, whatever else the features say."""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from bench.forms.fit import Scores, as_discriminants, fit_scores
from bench.forms.hold_out import best_cooling, hold_out, sum_up
from bench.forms.observe import Glyph
from ingest.ocr.tell_forms import FormJudge

FORMS = "吳呉"
CLASSES = dict.fromkeys(FORMS, FORMS)


def _glyphs(face: str, rng: Generator, apart: float = 4.0) -> list[Glyph]:
    """Features of which the third alone tells the forms, and the first the face; heard as 吳 all."""
    glyphs = []
    for place, form in enumerate(FORMS * 40):
        features = rng.normal(0, 1, 6)
        features[0] += 2 * len(face)
        features[2] += apart * (place % 2)
        glyphs.append(Glyph(form, face, 1, np.array([0.9, 0.1], np.float32), features.astype(np.float32)))
    return glyphs


def test_a_face_left_out_is_told() -> None:
    rng = np.random.default_rng(2000)
    glyphs = [glyph for face in ("a", "bb", "ccc") for glyph in _glyphs(face, rng)]
    tried = hold_out(glyphs, CLASSES)
    row = sum_up(tried[best_cooling(tried)])["1"]
    assert row["glyphs"] == len(glyphs)
    assert row["wrong_by_recogniser"] == 50.0
    assert row["wrong_as_told"] < 15
    assert row["sure_right"] > 95


def test_what_tells_little_is_cooled() -> None:
    """Scores that are too sure of a face they have not seen are divided by more."""
    rng = np.random.default_rng(2001)
    clear, dim = (
        best_cooling(hold_out([one for face in ("a", "bb") for one in _glyphs(face, rng, apart)], CLASSES))
        for apart in (8.0, 1.5)
    )
    assert clear <= dim


def test_the_recogniser_is_given_the_same_odds() -> None:
    scores: Scores = replace(fit_scores(_glyphs("a", np.random.default_rng(2002))), cooling=4.0)
    judge = FormJudge(as_discriminants(scores, ""), ["吳", "呉", "林"])
    for glyph in _glyphs("a", np.random.default_rng(2003))[:10]:
        judged = judge(np.array([0.1, 0.5, 0.3, 0.1], np.float32), glyph.features)
        np.testing.assert_allclose(judged[1:3] / 0.8, scores.odds(FORMS, glyph), atol=0.02)
