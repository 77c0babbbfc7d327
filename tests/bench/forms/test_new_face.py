"""Fitted on a few faces, the judge tells forms in a face of a family that it never saw."""

import numpy as np

from bench.forms.choose_forms import choose_forms
from bench.forms.fit import as_discriminants, fit_scores, join_moments
from bench.forms.hold_out import by_family, try_glyphs
from bench.forms.observe import FIRST, observe
from bench.forms.sum_up import sum_up
from bench.pages.find_faces import choose_face
from ingest.ocr.line_networks import LineNetworks
from ingest.ocr.prepare_lines import LOOKS
from ingest.ocr.rapid import RECOGNISER_FILE, models_directory

CHARACTERS = "黃吳溫德真清國鎮戶內為來亞龍鄭鹽鐵豐劉葉圓壽榮學寶廣惠應戰櫻豬貓雙發會萬"
FITTED, NEW = ("tw-kai", "noto-serif"), "tw-sung"


def test_forms_are_told_in_a_face_of_a_family_not_fitted() -> None:
    models = models_directory()
    assert models is not None
    networks = LineNetworks(models / RECOGNISER_FILE, 1)
    known = choose_forms(networks.alphabet.characters)
    classes = [forms for forms in known if set(forms) & set(CHARACTERS)]
    seen, new = (
        [
            glyph
            for place, name in enumerate(names)
            for glyph in observe(
                networks, classes, choose_face("hand", name), 1, np.random.default_rng([2000, place])
            )
        ]
        for names in (FITTED, (NEW,))
    )
    assert {glyph.look for glyph in seen} == set(LOOKS)
    assert {glyph.across for glyph in seen} == {True, False}
    assert 0.4 < np.mean([glyph.look == FIRST for glyph in seen]) < 0.6
    moments = by_family(seen)
    assert len(moments) == len(FITTED)
    held = as_discriminants(fit_scores(join_moments(list(moments.values()))), "", 5.0)
    row = sum_up(list(try_glyphs(held, new, {form: forms for forms in classes for form in forms})))["1"]
    assert row["wrong_by_recogniser"] > 5
    assert row["wrong_as_told"] < row["wrong_by_recogniser"] / 2
    assert row["usual_wrong"] < 5
