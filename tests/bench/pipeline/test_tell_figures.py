"""The README says of each figure over which pages and how often it was taken."""

from typing import Any

from bench.pipeline.tell_figures import NAMES, tell_figures

SKEW = ("skew_error_deg_median", "skew_error_deg_p95")
KINDS = ("names_in_text", "names_exact", "fields_exact", "character_error_rate", *SKEW)


def contender(*more: str) -> dict[str, float]:
    by_severity = {f"severity_{severity}.{kind}": 0.25 for severity in range(4) for kind in (*KINDS, *more)}
    return {"pages_a_minute": 30.0, "peak_mib": 600.0, **by_severity}


def result(one: dict[str, float], **more: Any) -> dict[str, Any]:
    return {
        "machine": {"processor": "Some EPYC", "core_gigaflops": 71.6},
        "pages": 72,
        "peer_pages": 24,
        "contenders": dict.fromkeys(NAMES, one),
        "ratios": {"times_faster_than_ocrmypdf": 5.351, "two_processes_to_one": 1.861},
        "calibration": {"sure": {"values": 2000, "share": 0.995}},
        **more,
    }


def test_what_the_ratios_and_medians_are_of_comes_from_the_result() -> None:
    over = {
        "times_faster_than_ocrmypdf": "24 pages of all severities",
        "two_processes_to_one": "pages of severity 1",
    }
    told = tell_figures(result(contender("text_character_error_rate"), rounds=5, ratios_over=over))
    assert "5.4 times as many pages a minute as OCRmyPDF (24 pages of all severities)" in told
    assert "1.86 times as many as one (pages of severity 1)" in told
    assert "medians of 5 rounds" in told
    assert "The core (Some EPYC) multiplied matrices of float32 at 72 gigaflops then." in told
    assert "all of a contender's processes" in told
    assert "| characters wrong in the text, on pages |" in told
    assert "| 95th percentile of it | 0.2500° |" in told


def test_an_older_result_is_told_as_what_it_is() -> None:
    """One ran each, at one severity, without the children's memory, without errors in bare text."""
    told = tell_figures(result(contender(), runs=3))
    assert "OCRmyPDF (pages of severity 1 alone)" in told
    assert "every contender ran once" in told
    assert "without its decoder's" in told
    assert "characters wrong in the text" not in told
