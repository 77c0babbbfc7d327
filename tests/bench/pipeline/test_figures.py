"""The figures of the pipeline bench, on answers whose faults are known."""

from pathlib import Path
from typing import Any

import pytest

from bench.pipeline.contender import Run
from bench.pipeline.figures import (
    calibrated,
    of_form_reader,
    of_memory,
    of_skew,
    of_speed,
    of_text,
    of_turns,
)
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
        "tree_peak_mib": 400.0,
        "household": {"head": value("陳阿水")},
        "entries": [{"name": value("陳阿水")}, {"name": value("林氏阿妹"), "notes": value("死亡")}],
        **changed,
    }


def run(*pages: dict[str, Any]) -> Run:
    return Run(pages, 2.0 * len(pages))


def test_a_reader_is_told_by_its_text() -> None:
    assert of_text(run(said()), [page()])["severity_0.names_in_text"] == 1
    missing = of_text(run(said(text="陳阿水")), [page()])
    assert missing["severity_0.names_in_text"] == 0.5
    assert missing["severity_0.character_recall"] == pytest.approx(3 / 12, abs=1e-5)
    # 林氏阿妹 is three characters from 阿, 死亡 two from anything.
    assert missing["severity_0.text_character_error_rate"] == pytest.approx(5 / 12, abs=1e-5)


def test_speed_is_the_median_of_the_runs_over_the_pages_asked_about() -> None:
    """The page of severity 3 is not among them, and one slow run decides nothing."""
    runs = [run(said(0, seconds=seconds), said(3, seconds=60.0)) for seconds in (2.0, 3.0, 20.0)]
    assert of_speed(runs, [page(0)]) == {
        "runs": 3,
        "pages_a_minute": 20,
        "severity_0.pages_a_minute": 20,
    }


def test_the_ratio_of_speeds_is_taken_round_by_round_over_all_severities() -> None:
    rounds = [
        (
            run(said(0, seconds=1.0), said(3, seconds=3.0)),
            run(said(0, seconds=seconds), said(3, seconds=10.0)),
        )
        for seconds in (6.0, 10.0, 90.0)
    ]
    figures = of_turns(rounds, [page(0), page(3)])
    assert figures["times_faster_than_ocrmypdf"] == 5
    assert figures["severity_0.times_faster_than_ocrmypdf"] == 10


def test_memory_is_of_all_processes_and_of_the_worker_where_it_tells() -> None:
    both = run(said(0, tree_peak_mib=300.0), said(3, tree_peak_mib=500.0))
    figures = of_memory(both, [page(0), page(3)])
    assert figures == {"peak_mib": 500, "severity_0.peak_mib": 300, "severity_3.peak_mib": 500}
    told = of_memory(run(said(own_peak_mib=250.0)), [page()])
    assert (told["worker_peak_mib"], told["peak_mib"]) == (250, 400)


def test_severities_are_kept_apart() -> None:
    figures = of_form_reader(run(said(0), said(3, entries=[])), [page(0), page(3)])
    assert figures["severity_0.names_exact"] == 1
    assert figures["severity_3.names_exact"] == 0


def test_calibration_is_told_at_each_severity() -> None:
    wrong = said(3, entries=[{"name": value("陳阿永")}])
    at = calibrated(run(said(0), wrong), [page(0), page(3)])["by_severity"]
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
