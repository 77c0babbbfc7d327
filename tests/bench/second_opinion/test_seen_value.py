"""What a second opinion is worth, counted on values of which it is known."""

from bench.second_opinion.seen_value import SeenPage, figures_of, seen_value
from ingest.pipeline.results import Value


def value(text: str, raw: float, others: tuple[str, ...] = (), evidence: tuple[str, ...] = ()) -> Value:
    return Value(
        text, raw, (0, 0, 9, 9), tuple((one, 0.1) for one in others), raw_confidence=raw, evidence=evidence
    )


def test_a_right_text_that_only_the_second_engine_brings_is_counted() -> None:
    differs, agrees = ("second_engine_differs",), ("surname_known", "second_engine_agrees")
    brought = seen_value(2, {"戶主"}, value("尸主", 0.3), value("尸主", 0.3, ("戶主",), differs))
    known = seen_value(2, {"戶主"}, value("戶主", 0.4), value("戶主", 0.4, (), agrees))
    sure = seen_value(2, {"戶主"}, value("戶主", 0.9), value("戶主", 0.9))
    figures = figures_of([SeenPage(2, (brought, known, sure), 3.0, 1.0)], 0.5)
    assert (figures["values"], figures["doubtful"], figures["doubtful_right"]) == (3, 2, 0.5)
    assert (figures["doubtful_right_at_hand"], figures["doubtful_right_at_hand_seconded"]) == (0.5, 1.0)
    assert (figures["agrees_right"], figures["differs_right"]) == (1.0, 0.0)
    assert (figures["seconds_a_page"], figures["seconds_a_page_of_second"]) == (3.0, 1.0)


def test_no_opinion_at_all_has_no_share() -> None:
    sure = seen_value(0, set(), value("戶主", 0.9), value("戶主", 0.9))
    figures = figures_of([SeenPage(0, (sure,), 1.0, 1.0)], 0.5)
    assert (figures["doubtful_right"], figures["agrees"], figures["agrees_right"]) == (None, 0, None)
