"""A value is what was written, with an honest confidence."""

from dataclasses import replace
from math import log

import pytest

from domain.series import load_series
from ingest.pipeline.apply_curve import log_odds
from ingest.pipeline.calibrate import UNMEASURED, calibrate
from ingest.pipeline.make_value import make_value
from ingest.pipeline.results import Box
from tests.ingest.pipeline.written import written

SERIES = load_series("colonial_register")
NAME, RELATION, BORN = SERIES.field("name"), SERIES.field("relation"), SERIES.field("birth_date")
ADDRESS, NOTES = SERIES.field("address"), SERIES.field("notes")
AT = (10, 10, 50, 90)
ENGINE = "rapidocr"


def same(box: Box) -> Box:
    return box


def test_a_date_is_parsed() -> None:
    """The parsed form stands beside the text."""
    value = make_value(BORN, [written("明治三十九年五月三日", AT)], same, ENGINE)
    assert value.text == "明治三十九年五月三日"
    assert value.parsed is not None
    assert (value.parsed["earliest"], value.parsed["precision"]) == ("1906-05-03", "day")
    assert value.confidence == calibrate(ENGINE, "date", 0.99, ("date_valid",)) > 0.9


def test_a_reading_that_is_a_date_is_offered_beside_what_was_read() -> None:
    """曰 is no day; the engine's own second reading is, but it replaces nothing."""
    value = make_value(
        BORN, [written("大正元年八月二曰", AT, 0.6, [("大正元年八月二日", 0.35)])], same, ENGINE
    )
    assert (value.text, value.inferred) == ("大正元年八月二曰", "大正元年八月二日")
    assert (value.inferred_reason, value.parsed) == ("another reading", None)
    assert (value.confidence, value.raw_confidence) == (
        calibrate(ENGINE, "date", 0.6, ("date_invalid",)),
        0.6,
    )
    assert [text for text, _ in value.alternatives] == ["大正元年八月二日"]


def test_a_date_hidden_by_lookalikes_is_offered_with_the_reason() -> None:
    """Though no engine read it so."""
    value = make_value(BORN, [written("明冶三十年五月三目", AT, 0.9)], same, ENGINE)
    assert (value.inferred, value.inferred_reason) == ("明治三十年五月三日", "冶→治、目→日")
    assert value.evidence == ("date_invalid",)


def test_a_place_is_linked_and_what_follows_is_kept() -> None:
    """The node is named where there is one only; what the gazetteer has not is the rest."""
    value = make_value(ADDRESS, [written("臺北州七星郡士林庄字福德洋二番地", AT)], same, ENGINE)
    assert value.parsed is not None
    assert value.parsed["parts"] == ["臺北州", "七星郡", "士林庄"]
    assert value.parsed["node"] == value.parsed["candidates"][0]["node"]
    assert (value.parsed["name"], value.parsed["rest"]) == ("士林庄", "字福德洋二番地")
    assert value.evidence == ("place_known",)


def test_no_node_is_chosen_among_several() -> None:
    """豐原 was a 郡, a 街, a 鎮, a 市 and a 區, one after another; nothing beside it decides."""
    many = make_value(ADDRESS, [written("豐原", AT)], same, ENGINE)
    assert many.parsed is not None
    assert many.parsed["node"] is None
    assert len(many.parsed["candidates"]) > 1
    assert many.evidence == ("place_ambiguous",)


def test_another_reading_that_is_known_further_is_offered_for_a_place() -> None:
    """土林庄 is not in the gazetteer, 士林庄 is."""
    read, other = "臺北州七星郡土林庄", "臺北州七星郡士林庄"
    value = make_value(ADDRESS, [written(read, AT, 0.7, [(other, 0.2)])], same, ENGINE)
    assert (value.text, value.inferred, value.inferred_reason) == (read, other, "another reading")


def test_notes_keep_their_writing_beside_what_the_neighbours_speak_for() -> None:
    """二 before 因リ is ニ, and stays 二 in the text."""
    value = make_value(NOTES, [written("死亡二因リ相續", AT)], same, ENGINE)
    assert (value.text, value.inferred, value.inferred_reason) == (
        "死亡二因リ相續",
        "死亡ニ因リ相續",
        "二→ニ",
    )


@pytest.mark.parametrize(
    ("key", "text", "evidence"),
    [
        ("name", "林阿水", "surname_known"),
        ("name", "阿水", "surname_unknown"),
        ("relation", "媳婦仔", "relation_known"),
        ("relation", "媳婦子", "relation_unknown"),
        ("birth_order", "長男", "order_known"),
        ("national_id", "A 1 2 3 4 5 6 7 8 9", "number_valid"),
        ("national_id", "A123456788", "number_invalid"),
        ("household_number", "B0012345", "number_valid"),
        ("household_number", "B001234", "number_invalid"),
        ("sex", "男", "value_known"),
        ("sex", "另", "value_unknown"),
    ],
)
def test_each_kind_gives_its_evidence(key: str, text: str, evidence: str) -> None:
    """And nothing of it is inferred: names, kinship terms and numbers nothing comes of stand as read."""
    field = load_series("household_registration").field(key)
    value = make_value(field, [written(text, AT, 0.8, [("別", 0.1)])], same, ENGINE)
    assert value.evidence == (evidence,)
    assert (value.text, value.inferred, value.raw_confidence) == (text, None, 0.8)
    assert value.confidence == calibrate(ENGINE, field.kind, 0.8, (evidence,))


def test_a_number_read_with_a_lookalike_is_offered_beside_what_was_read() -> None:
    """The text stands, is called no surer for it, and has no parsed form."""
    field = load_series("household_registration").field("national_id")
    value = make_value(field, [written("AI23456789", AT, 0.8)], same, ENGINE)
    assert (value.text, value.inferred, value.inferred_reason) == ("AI23456789", "A123456789", "I→1")
    assert (value.parsed, value.evidence) == (None, ("number_invalid",))
    assert value.confidence == calibrate(ENGINE, field.kind, 0.8, ("number_invalid",))


def test_what_is_no_date_is_kept_and_doubted() -> None:
    """As written, without a parsed form, and at a quarter of a date's odds."""
    value = make_value(BORN, [written("大正十三月", AT, 0.8)], same, ENGINE)
    assert (value.text, value.parsed) == ("大正十三月", None)
    assert value.confidence == calibrate(ENGINE, "date", 0.8, ("date_invalid",))
    assert log_odds(value.confidence) < log_odds(calibrate(ENGINE, "date", 0.8, ("date_valid",))) - log(4)


def test_names_and_kinship_terms_are_never_exchanged() -> None:
    """However likely another reading of the engine may be."""
    for field, text, other in ((NAME, "林淸風", "林清風"), (RELATION, "媳婦子", "媳婦仔")):
        value = make_value(field, [written(text, AT, 0.4, [(other, 0.39)])], same, ENGINE)
        assert (value.text, value.alternatives) == (text, ((other, 0.39),))


def test_a_value_of_two_cells_is_joined() -> None:
    """Its box holds both, the engine's confidence is that of both being right."""
    parts = [written("明治三十", (60, 10, 90, 90), 0.9), written("九年", (10, 10, 50, 40), 0.9)]
    value = make_value(BORN, parts, same, ENGINE)
    assert (value.text, value.box) == ("明治三十九年", (10, 10, 90, 90))
    assert value.raw_confidence == pytest.approx(0.81)
    assert value.evidence == ("date_valid", "several_cells")


def test_a_value_of_two_cells_has_alternatives_with_one_cell_read_otherwise() -> None:
    """Likeliest first, each as likely as its cell makes it while the others are right."""
    parts = [
        written("明治三十", AT, 0.6, [("明治二十", 0.3), ("明治三千", 0.05)]),
        written("九年", AT, 0.5, [("九牛", 0.4)]),
    ]
    value = make_value(BORN, parts, same, ENGINE)
    assert [text for text, _ in value.alternatives] == ["明治三十九牛", "明治二十九年", "明治三千九年"]
    assert [share for _, share in value.alternatives] == pytest.approx([0.24, 0.15, 0.025])
    assert all(value.confidence + share <= 1 for _, share in value.alternatives)


def test_no_more_alternatives_are_kept_of_several_cells_than_of_one_but_a_second_engine_s() -> None:
    parts = [written("明治三十", AT, 0.6, [(f"明治三{one}", 0.1) for one in "一二三四"]) for _ in range(3)]
    assert len(make_value(NOTES, parts, same, ENGINE).alternatives) == 4
    seconded = [replace(parts[0], second="differs"), *parts[1:]]
    assert len(make_value(NOTES, seconded, same, ENGINE).alternatives) == 5


def test_another_reading_of_one_of_two_cells_may_be_what_was_meant() -> None:
    parts = [written("明治三十", AT, 0.9), written("九牛五月", AT, 0.5, [("九年五月", 0.4)])]
    value = make_value(BORN, parts, same, ENGINE)
    assert (value.text, value.inferred) == ("明治三十九牛五月", "明治三十九年五月")
    assert value.inferred_reason == "another reading"


@pytest.mark.parametrize(("read", "other"), [("黃阿水", "黄阿水"), ("黄阿水", "黃阿水")])
@pytest.mark.parametrize("raw", [0.55, 0.8, 0.95])
def test_a_name_keeps_its_other_form_beside_it_and_is_replaced_by_neither(
    read: str, other: str, raw: float
) -> None:
    """Both surnames are known, so nothing but the engine tells them apart; both together are at most sure."""
    value = make_value(NAME, [written(read, AT, raw, [(other, 0.9 * (1 - raw))])], same, ENGINE)
    assert (value.text, value.inferred) == (read, None)
    assert value.evidence == ("surname_known",)
    ((text, share),) = value.alternatives
    assert text == other
    assert 0 < share <= 0.9 * (1 - raw)
    assert value.confidence + share <= 1


def test_what_a_second_engine_made_of_a_value_is_evidence() -> None:
    """One cell read otherwise is enough to differ; one nobody asked about says nothing."""
    asked = written("戶主", AT, 0.4)
    agrees, differs = replace(asked, second="agrees"), replace(asked, second="differs")
    said = [
        [piece for piece in make_value(NOTES, cells, same, ENGINE).evidence if piece.startswith("second")]
        for cells in ([asked], [agrees, asked], [agrees, differs])
    ]
    assert said == [[], ["second_engine_agrees"], ["second_engine_differs"]]


def test_a_value_is_as_sure_as_the_curves_of_the_engine_that_read_it_say() -> None:
    """The same reading is judged by who made it; of an engine that nobody measured nothing is sure."""
    sure = {
        engine: make_value(NAME, [written("林阿水", AT, 0.99)], same, engine).confidence
        for engine in ("rapidocr", "tesseract", "one that nobody measured")
    }
    assert sure["rapidocr"] == calibrate("rapidocr", "name", 0.99, ("surname_known",))
    assert sure["tesseract"] == calibrate("tesseract", "name", 0.99, ("surname_known",)) < sure["rapidocr"]
    assert sure["one that nobody measured"] <= UNMEASURED
