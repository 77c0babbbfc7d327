"""The figures of the pipeline bench, on answers whose faults are known."""

from pathlib import Path
from typing import Any

import pytest

from bench.pipeline.contender import Run
from bench.pipeline.figures import calibrated, of_form_reader, of_reader, of_skew
from bench.pipeline.standard_set import SetPage

TRUTH = {
    "file": "0001.jpg",
    "series": "colonial_register",
    "skew_deg": 1.5,
    "household": {"head": "陳阿水"},
    "entries": [{"name": "陳阿水", "notes": ""}, {"name": "林氏阿妹", "notes": "死亡"}],
}


def page(severity: int = 0) -> SetPage:
    return SetPage(Path(f"{severity}.jpg"), {**TRUTH, "severity": severity})


def value(text: str, confidence: float = 0.99) -> dict[str, Any]:
    return {"text": text, "confidence": confidence}


def said(severity: int = 0, **changed: Any) -> dict[str, Any]:
    return {
        "file": f"{severity}.jpg",
        "seconds": 2.0,
        "skew_deg": 1.4,
        "text": "陳阿水\n林 氏 阿妹\n死亡",
        "flagged": False,
        "household": {"head": value("陳阿水")},
        "entries": [{"name": value("陳阿水")}, {"name": value("林氏阿妹"), "notes": value("死亡")}],
        **changed,
    }


def run(*pages: dict[str, Any]) -> Run:
    return Run(pages, 400.0, 2.0 * len(pages))


def test_a_reader_is_told_by_its_speed_its_memory_and_its_text() -> None:
    figures = of_reader(run(said()), [page()])
    assert figures["pages_a_minute"] == 30
    assert figures["peak_mib"] == 400
    assert figures["severity_0.names_in_text"] == 1
    missing = of_reader(run(said(text="陳阿水")), [page()])
    assert missing["severity_0.names_in_text"] == 0.5
    assert missing["severity_0.character_recall"] == pytest.approx(3 / 12)


def test_severities_are_kept_apart() -> None:
    figures = of_form_reader(run(said(0), said(3, entries=[])), [page(0), page(3)])
    assert figures["severity_0.names_exact"] == 1
    assert figures["severity_3.names_exact"] == 0


def test_speed_memory_and_calibration_are_told_at_each_severity() -> None:
    slow = said(3, seconds=6.0, entries=[{"name": value("陳阿永")}], peak_mib=500.0)
    both, pages = run(said(0, peak_mib=300.0), slow), [page(0), page(3)]
    figures = of_reader(both, pages)
    assert (figures["severity_0.pages_a_minute"], figures["severity_3.pages_a_minute"]) == (30, 10)
    assert (figures["severity_0.peak_mib"], figures["severity_3.peak_mib"]) == (300, 500)
    at = calibrated(both, pages)["by_severity"]
    assert (at["0"]["sure"]["share"], at["3"]["sure"]["share"]) == (1, 0.5)


def test_a_name_in_another_glyph_is_not_exact() -> None:
    wrong = [{"name": value("陳阿永")}, {"name": value("林氏阿妹"), "notes": value("死亡")}]
    figures = of_form_reader(run(said(entries=wrong)), [page()])
    assert figures["severity_0.names_exact"] == 0.5
    assert figures["severity_0.character_error_rate"] > 0


def test_skew_errors_are_unsigned() -> None:
    figures = of_skew(run(said()), [page()])
    assert figures["severity_0.skew_error_deg_median"] == pytest.approx(0.1)


def test_sure_values_that_are_wrong_show() -> None:
    """A value of nobody counts as wrong; one below the bound does not count as sure."""
    extra = {"name": value("王大明", 0.999)}
    doubtful = {"name": value("林氏阿妺", 0.5)}
    counted = calibrated(run(said(entries=[{"name": value("陳阿水")}, doubtful, extra])), [page()])
    assert (counted["values"], counted["sure"]["values"]) == (4, 3)
    assert counted["sure"]["share"] == pytest.approx(2 / 3, abs=1e-4)
