"""Forms are told apart by the difference of their means, whatever else the features say."""

import numpy as np
from numpy.random import Generator

from bench.forms.fit import as_discriminants, fit_scores, is_usual, join_moments, take_moments
from bench.forms.hold_out import by_family
from bench.forms.observe import Glyph
from ingest.ocr.decode_ctc import Heard
from ingest.ocr.prepare_lines import LOOKS
from ingest.ocr.tell_forms import FormJudge

FORMS = "吳呉"


def made_glyphs(family: str, rng: Generator, apart: float = 4.0) -> list[Glyph]:
    """Features of which the third alone tells the forms, and the first the family; heard as 吳 all."""
    glyphs = []
    for place, form in enumerate(FORMS * 40):
        features = rng.normal(0, 1, 6)
        features[0] += 2 * len(family)
        features[2] += apart * (place % 2)
        look = list(LOOKS)[place // 2 % 4]
        chances = np.array([0.7, 0.1], np.float32)
        glyphs.append(Glyph(form, family, 1, place % 3 == 0, look, chances, features.astype(np.float32)))
    return glyphs


def test_the_moments_of_parts_add_up_to_those_of_the_whole() -> None:
    rng = np.random.default_rng(2000)
    parts = [made_glyphs(family, rng) for family in ("a", "bb")]
    whole = take_moments([*parts[0], *parts[1]], tuple(FORMS))
    found = join_moments([take_moments(part, tuple(FORMS)) for part in parts])
    for one, other in ((found.counts, whole.counts), (found.sums, whole.sums)):
        np.testing.assert_allclose(one, other)
    np.testing.assert_allclose(found.products, whole.products)


def test_the_scores_are_fishers() -> None:
    """Their difference leads from one mean to the other, by the covariance within the forms."""
    glyphs = made_glyphs("a", np.random.default_rng(2001))
    features = np.array([glyph.features for glyph in glyphs], np.float64)
    first = np.array([glyph.drawn == "吳" for glyph in glyphs])
    means = np.array([features[first].mean(axis=0), features[~first].mean(axis=0)])
    within = np.cov((features - means[(~first).astype(int)]).T, bias=True)
    within = 0.95 * within + 0.05 * np.eye(6) * np.trace(within) / 6
    scores = fit_scores(take_moments(glyphs, tuple(FORMS)))
    np.testing.assert_allclose(
        scores.weights[0] - scores.weights[1], np.linalg.solve(within, means[0] - means[1]), rtol=1e-6
    )


def test_the_judge_gives_the_scores_odds_cooled_and_the_usual_form_its_share() -> None:
    glyphs = made_glyphs("a", np.random.default_rng(2002))
    scores = fit_scores(take_moments(glyphs, tuple(FORMS)))
    judge = FormJudge(as_discriminants(scores, "", 4.0), ["吳", "呉", "林"])
    for glyph in made_glyphs("a", np.random.default_rng(2003))[:10]:
        judged = judge({1: 0.5}, Heard(1, np.array([0.1, 0.5, 0.3, 0.1], np.float32), glyph.features))
        raw = (scores.weights @ glyph.features + scores.biases) / 4.0 + [is_usual(form) for form in FORMS]
        assert np.isclose(np.log(judged[1] / judged[2]), raw[0] - raw[1], atol=0.02)
        assert np.isclose(judged[1] + judged[2], 0.8)


def test_a_character_of_which_one_form_was_seen_is_left_out() -> None:
    glyphs = made_glyphs("a", np.random.default_rng(2004))
    alone = [Glyph("黃", "a", 1, False, "full", one.chances, one.features) for one in glyphs[:9]]
    (moments,) = by_family([*glyphs, *alone]).values()
    held = as_discriminants(fit_scores(moments), "", 4.0)
    assert sorted(held.characters) == sorted(FORMS)
    assert len(held.weights) == len(held.biases) == 2


def test_a_form_that_was_not_seen_is_not_scored() -> None:
    glyphs = made_glyphs("a", np.random.default_rng(2005))
    scores = fit_scores(take_moments(glyphs, ("吳", "呉", "黃")))
    assert scores.characters == ("吳", "呉")
    assert np.isfinite(scores.weights).all()
