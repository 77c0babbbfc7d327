"""How sure a value is called, by the curves that were fitted to the engine that read it."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.series import Kind
from ingest.pipeline.apply_curve import Curve
from ingest.pipeline.calibrate import UNMEASURED, by_curves, calibrate, unmeasured
from ingest.pipeline.judging.judgement import Evidence
from ingest.pipeline.load_curves import OTHER, load_curves

KINDS = ("name", "date", "place", "relation", "order", "text", "code", "a kind nobody saw")
ENGINES = ("rapidocr", "tesseract")
UNKNOWN = "an engine nobody measured"
chances = st.floats(0, 1)
evidence = st.sets(st.sampled_from(("surname_known", "relation_known", "date_valid", "order_known")))
AGREES, DIFFERS = "second_engine_agrees", "second_engine_differs"
SURE = 0.98
"""From here on a value is shown as sure."""
IN_DOUBT = 0.9
"""Below it a value is shown as doubtful."""
ALL_KINDS = (*get_args(Kind), "a kind nobody saw")
pieces: tuple[str, ...] = get_args(Evidence)
any_evidence = st.sets(st.sampled_from(pieces))


@given(st.sampled_from((*ENGINES, UNKNOWN)), st.sampled_from(ALL_KINDS), chances, any_evidence)
def test_what_cannot_be_right_is_in_doubt_and_what_is_not_known_is_not_sure(
    engine: str, kind: str, raw: float, said: set[str]
) -> None:
    """However sure the engine is of itself, and whatever speaks for it beside."""
    for piece in pieces:
        shown = calibrate(engine, kind, raw, {*said, piece})
        assert shown < IN_DOUBT or not piece.endswith("_invalid")
        assert shown < SURE or not piece.endswith(("_unknown", "_doubtful"))


@given(st.sampled_from((*ENGINES, UNKNOWN)), st.sampled_from(ALL_KINDS), chances, any_evidence)
def test_a_disagreement_never_raises_and_an_agreement_never_lowers(
    engine: str, kind: str, raw: float, said: set[str]
) -> None:
    alone = said - {AGREES, DIFFERS}
    differs, agrees = (calibrate(engine, kind, raw, {*alone, word}) for word in (DIFFERS, AGREES))
    assert differs <= calibrate(engine, kind, raw, alone) <= agrees


def test_the_second_engine_s_word_weighs_in_what_is_shipped() -> None:
    """By measure: what Tesseract reads too is likelier right than what it reads otherwise."""
    said = [calibrate("rapidocr", "name", 0.45, {"surname_known", word}) for word in (DIFFERS, "", AGREES)]
    assert said[0] < said[1] < said[2]


@given(st.sampled_from((*ENGINES, UNKNOWN)), st.sampled_from(KINDS), chances, chances)
def test_surer_readings_are_called_no_less_sure(engine: str, kind: str, one: float, other: float) -> None:
    """Within a kind and its evidence, and always a probability short of certainty."""
    low, high = sorted((one, other))
    assert 0 <= calibrate(engine, kind, low) <= calibrate(engine, kind, high) < 1


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("kind", "speaks_for", "speaks_against"),
    [
        ("name", "surname_known", "surname_unknown"),
        ("relation", "relation_known", "relation_unknown"),
        ("order", "order_known", "order_unknown"),
        ("date", "date_valid", "date_invalid"),
    ],
)
def test_evidence_tells(engine: str, kind: str, speaks_for: str, speaks_against: str) -> None:
    """What is known is surer than what is not, at one and the same reading."""
    assert calibrate(engine, kind, 0.9, (speaks_for,)) > calibrate(engine, kind, 0.9, (speaks_against,))


@pytest.mark.parametrize("engine", [*ENGINES, UNKNOWN])
def test_nothing_read_is_nothing_sure(engine: str) -> None:
    """Evidence cannot lift what no engine read."""
    assert calibrate(engine, "name", 0.0, ("surname_known",)) == 0


def test_free_text_with_lookalikes_is_doubted() -> None:
    """二因リ is not called sure, however sure the engine was."""
    doubted = calibrate("rapidocr", "text", 0.999, ("lookalikes",))
    assert doubted < SURE
    assert 1 - doubted > 3 * (1 - calibrate("rapidocr", "text", 0.999))


@given(st.sampled_from(KINDS), chances, evidence)
def test_an_engine_that_nobody_measured_is_never_called_sure(kind: str, raw: float, said: set[str]) -> None:
    """However sure it is of itself, whatever speaks for it; and never surer than one that was measured."""
    shown = calibrate(UNKNOWN, kind, raw, said)
    assert shown <= UNMEASURED < SURE
    assert all(shown <= calibrate(engine, kind, raw, said) for engine in ENGINES)


def test_each_engine_is_judged_by_its_own_curves() -> None:
    """A name that Tesseract says it has read with 0.97 is far less likely right than one of RapidOCR's."""
    shown = {engine: calibrate(engine, "name", 0.97, ("surname_known",)) for engine in ENGINES}
    for engine in ENGINES:
        assert shown[engine] == by_curves(load_curves()[engine], "name", 0.97, ("surname_known",))
    assert shown["tesseract"] < SURE <= shown["rapidocr"]


def test_of_several_measured_engines_the_least_sure_speaks_for_one_unknown() -> None:
    """By hand: odds of 1, and of 1 to 3; above the ceiling neither counts."""
    even, doubting = (Curve(bias, 1.0, 0.99, {}) for bias in (0.0, -1.0986122886681098))
    measured = {"one": {OTHER: even}, "other": {OTHER: doubting}}
    assert unmeasured(measured, "name", 0.5, ()) == pytest.approx(0.25)
    assert unmeasured(measured, "name", 0.9999, ()) == UNMEASURED
