"""What is tried on a family of faces was fitted on the others, and is told by the recogniser's own judge."""

import numpy as np
import pytest

from bench.forms.fit import as_discriminants, fit_scores
from bench.forms.hold_out import (
    COOLINGS,
    Tried,
    best_cooling,
    by_family,
    cool_by_others,
    hold_out,
    try_glyphs,
)
from bench.forms.observe import Glyph
from bench.forms.sum_up import sum_up
from ingest.ocr.prepare_lines import LOOKS
from tests.bench.forms.test_fit import FORMS, made_glyphs

FAMILIES = ("a", "bb", "ccc")
CLASSES = dict.fromkeys(FORMS, FORMS)


def _glyphs() -> list[Glyph]:
    rng = np.random.default_rng(2000)
    return [glyph for family in FAMILIES for glyph in made_glyphs(family, rng)]


def _tried(drawn: str, heard: str, told: str, likelihood: float = -0.1, sureness: float = 0.9) -> Tried:
    none = np.zeros(2, np.float32)
    return Tried(Glyph(drawn, "a", 1, True, "full", none, none), heard, told, likelihood, sureness)


def test_a_family_left_out_is_told() -> None:
    glyphs = _glyphs()
    tried = hold_out(by_family(glyphs), glyphs, CLASSES)
    coolings = cool_by_others(tried)
    row = sum_up([one for family in tried for one in tried[family][coolings[family]]])["1"]
    assert row["glyphs"] == len(glyphs)
    assert row["wrong_by_recogniser"] == 50.0
    assert row["wrong_as_told"] < 15
    assert row["sure_right"] > 95


def test_what_only_a_family_left_out_tells_is_not_known() -> None:
    """Its 呉 lies the other way from 吳: fitted on itself it would be told, by the others all is 吳."""
    rng = np.random.default_rng(2006)
    glyphs = [*_glyphs(), *made_glyphs("dddd", rng, apart=-4.0)]
    families = by_family(glyphs)
    tried = hold_out(families, glyphs, CLASSES)["dddd"][4.0]
    assert {one.told for one in tried} == {"吳"}
    own = as_discriminants(fit_scores(families["dddd"]), "", 4.0)
    again = try_glyphs(own, [one.glyph for one in tried], CLASSES)
    assert np.mean([one.told == one.glyph.drawn for one in again]) > 0.8


def test_a_glyph_of_a_form_that_no_other_family_draws_is_not_tried() -> None:
    glyphs = [*made_glyphs("a", np.random.default_rng(1)), *made_glyphs("bb", np.random.default_rng(2))]
    left = [glyph for glyph in glyphs if glyph.family == "a" or glyph.drawn == "吳"]
    tried = hold_out(by_family(left), left, CLASSES)
    assert tried["a"][4.0] == []
    assert [one.glyph.drawn for one in tried["bb"][4.0]] == ["吳"] * 40


def test_a_family_alone_cannot_be_left_out() -> None:
    glyphs = made_glyphs("a", np.random.default_rng(3))
    with pytest.raises(ValueError, match="at least two"):
        hold_out(by_family(glyphs), glyphs, CLASSES)


def test_a_form_the_judge_does_not_know_keeps_its_chance() -> None:
    """Heard as 吴, which no face drew: the judge divides what 吳 and 呉 have, and 吴 is told."""
    glyphs = made_glyphs("a", np.random.default_rng(4))
    (moments,) = by_family(glyphs).values()
    held = as_discriminants(fit_scores(moments), "", 4.0)
    chances = np.array([0.2, 0.1, 0.7], np.float32)
    glyph = Glyph("呉", "b", 1, False, "full", chances, glyphs[0].features)
    (one,) = try_glyphs(held, [glyph], dict.fromkeys("吳呉吴", "吳呉吴"))
    assert (one.heard, one.told) == ("吴", "吴")
    assert one.sureness == pytest.approx(0.7)


def test_the_cooling_is_the_one_by_which_what_was_drawn_is_likeliest() -> None:
    row = {cooling: [_tried("吳", "吳", "吳", -abs(cooling - 6.0) - 0.1)] * 3 for cooling in COOLINGS}
    assert best_cooling([row, row]) == 6.0


def test_no_family_chooses_its_own_cooling() -> None:
    def best_at(best: float) -> dict[float, list[Tried]]:
        return {one: [_tried("吳", "吳", "吳", -abs(one - best))] for one in COOLINGS}

    assert cool_by_others({"a": best_at(4.0), "b": best_at(8.0)}) == {"a": 8.0, "b": 4.0}


def test_wrongs_are_told_by_what_was_drawn_by_look_and_by_direction() -> None:
    """呉 folds to 吳, its usual form."""
    right = [_tried("吳", "吳", "吳", sureness=0.99)] * 3 + [_tried("呉", "吳", "呉")] * 4
    row = sum_up([*right, _tried("吳", "吳", "呉"), _tried("呉", "吳", "吳")])["1"]
    assert (row["usual_wrong_by_recogniser"], row["usual_wrong"]) == (0.0, 25.0)
    assert (row["other_wrong_by_recogniser"], row["other_wrong"]) == (100.0, 20.0)
    assert (row["wrong_by_recogniser"], row["wrong_as_told"]) == (55.56, 22.22)
    assert (row["sure"], row["sure_right"]) == (3, 100.0)
    assert row["looks"]["full"] == row["directions"]["across"]
    assert row["looks"]["full"]["glyphs"] == row["glyphs"] == 9


def test_every_look_is_summed_up() -> None:
    glyphs = _glyphs()
    tried = hold_out(by_family(glyphs), glyphs, CLASSES)["a"][4.0]
    row = sum_up(tried)["1"]
    assert set(row["looks"]) == set(LOOKS)
    assert set(row["directions"]) == {"across", "down"}
