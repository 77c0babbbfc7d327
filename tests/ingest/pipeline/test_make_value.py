"""A value is what was written, with an honest confidence."""

from domain.series import load_series
from ingest.pipeline.make_value import UNPARSED, make_value
from ingest.pipeline.results import Box
from tests.ingest.pipeline.written import written

SERIES = load_series("colonial_register")
NAME, RELATION, BORN = SERIES.field("name"), SERIES.field("relation"), SERIES.field("birth_date")
AT = (10, 10, 50, 90)


def same(box: Box) -> Box:
    return box


def test_a_date_is_parsed() -> None:
    """The parsed form stands beside the text."""
    value = make_value(BORN, [written("明治三十九年五月三日", AT)], same)
    assert value.text == "明治三十九年五月三日"
    assert value.parsed is not None
    assert (value.parsed["earliest"], value.parsed["precision"]) == ("1906-05-03", "day")
    assert value.confidence == 0.99


def test_the_likeliest_reading_that_is_a_date_is_taken() -> None:
    """曰 is no day; the engine's own second reading is."""
    value = make_value(BORN, [written("大正元年八月二曰", AT, 0.6, [("大正元年八月二日", 0.35)])], same)
    assert value.text == "大正元年八月二日"
    assert round(value.confidence, 6) == 0.35
    assert value.alternatives == (("大正元年八月二曰", 0.6),)


def test_what_is_no_date_is_kept_and_doubted() -> None:
    """As written, without a parsed form, with half the confidence."""
    value = make_value(BORN, [written("大正十三月", AT, 0.8)], same)
    assert (value.text, value.parsed) == ("大正十三月", None)
    assert value.confidence == 0.8 * UNPARSED


def test_names_and_kinship_terms_are_never_exchanged() -> None:
    """However likely another reading of the engine may be."""
    for field, text, other in ((NAME, "林淸風", "林清風"), (RELATION, "媳婦子", "媳婦仔")):
        value = make_value(field, [written(text, AT, 0.4, [(other, 0.39)])], same)
        assert (value.text, value.alternatives) == (text, ((other, 0.39),))


def test_a_value_of_two_cells_is_joined() -> None:
    """Its box holds both, its confidence is that of both being right."""
    parts = [written("明治三十", (60, 10, 90, 90), 0.9), written("九年", (10, 10, 50, 40), 0.9)]
    value = make_value(BORN, parts, same)
    assert (value.text, value.box) == ("明治三十九年", (10, 10, 90, 90))
    assert round(value.confidence, 4) == 0.81
