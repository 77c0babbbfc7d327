"""Reading is scored text by text, entry by entry."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.pages import DrawnPage
from bench.pages.edit_distance import edit_distance
from bench.pages.score import (
    Claim,
    calibration,
    main,
    score_page,
    score_volume,
    sum_up,
    summarise,
)

TRUTH: dict[str, Any] = {
    "file": "0001.jpg",
    "skew_deg": 1.5,
    "household": {"address": "臺中廳", "head": "陳阿水"},
    "entries": [{"name": "陳阿水", "notes": ""}, {"name": "林氏阿妹", "notes": "婚姻入戶"}],
}


def value(text: str) -> dict[str, Any]:
    return {"text": text, "confidence": 0.9, "box": [0, 0, 1, 1], "alternatives": []}


def as_inspected(truth: dict[str, Any]) -> dict[str, Any]:
    return {
        "file": "/somewhere/" + truth["file"],
        "skew_deg": truth["skew_deg"],
        "household": {key: value(text) for key, text in truth["household"].items()},
        "entries": [{key: value(text) for key, text in entry.items()} for entry in truth["entries"]],
    }


def test_a_perfect_reading_scores_full_marks(small_volume: list[DrawnPage]) -> None:
    truths = [page.truth.as_json() for page in small_volume]
    figures = summarise(score_volume(truths, [as_inspected(truth) for truth in truths]))
    assert figures["names"]["right"] == figures["names"]["total"] == sum(len(t["entries"]) for t in truths)
    assert figures["character_error_rate"] == 0
    assert figures["failed_pages"] == 0
    assert figures["skew_error"] == {"median": 0, "p95": 0, "largest": 0}
    assert all(field["share"] == 1 for field in figures["fields"].values())


def test_one_wrong_character_makes_a_name_wrong() -> None:
    read = as_inspected(TRUTH)
    read["entries"][1]["name"] = value("林氏阿姝")
    score = score_page(TRUTH, read)
    assert (score.names.right, score.names.total) == (1, 2)
    assert (score.names.edits, score.names.characters) == (1, 7)


def test_a_missing_entry_counts_as_read_empty() -> None:
    read = as_inspected(TRUTH)
    del read["entries"][1]
    score = score_page(TRUTH, read)
    assert (score.missing, score.extra) == (1, 0)
    assert (score.names.right, score.names.total, score.names.edits) == (1, 2, 4)
    assert (score.fields["notes"].right, score.fields["notes"].total) == (1, 2)


def test_a_missing_first_entry_is_not_forgiven() -> None:
    read = as_inspected(TRUTH)
    del read["entries"][0]
    assert score_page(TRUTH, read).names.right == 0


def test_an_extra_entry_is_counted() -> None:
    read = as_inspected(TRUTH)
    read["entries"].append({"name": value("影")})
    assert score_page(TRUTH, read).extra == 1


def test_skew_error_is_without_sign() -> None:
    read = as_inspected(TRUTH) | {"skew_deg": -1.5}
    assert score_page(TRUTH, read).skew_error == pytest.approx(3.0)


def test_a_page_not_inspected_fails() -> None:
    figures = summarise(score_volume([TRUTH], []))
    assert figures["failed_pages"] == 1
    assert figures["names"] == {"right": 0, "total": 2, "share": 0.0}
    assert figures["entries"] == {"missing": 2, "extra": 0}
    assert figures["skew_error"] is None


def test_a_refused_page_fails() -> None:
    figures = summarise(score_volume([TRUTH], [{"file": "0001.jpg", "error": "not an image"}]))
    assert figures["failed_pages"] == 1


def test_the_command_prints_the_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "truth.jsonl").write_text(json.dumps(TRUTH) + "\n", encoding="utf-8")
    inspected = tmp_path / "read.json"
    inspected.write_text(json.dumps([as_inspected(TRUTH)]), encoding="utf-8")
    assert main([str(tmp_path), str(inspected)]) == 0
    assert json.loads(capsys.readouterr().out)["names"] == {"right": 2, "total": 2, "share": 1.0}


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("", "", 0), ("陳", "", 1), ("陳阿水", "陳水", 1), ("kitten", "sitting", 3)],
)
def test_edit_distance(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other) == distance


@settings(max_examples=60, deadline=None)
@given(st.text("甲乙丙", max_size=8), st.text("甲乙丙", max_size=8), st.text("甲乙丙", max_size=8))
def test_edit_distance_is_a_distance(one: str, other: str, third: str) -> None:
    assert edit_distance(one, other) == edit_distance(other, one)
    assert (edit_distance(one, other) == 0) == (one == other)
    assert edit_distance(one, third) <= edit_distance(one, other) + edit_distance(other, third)


def test_another_form_of_a_character_is_wrong() -> None:
    truth = TRUTH | {"entries": [{"name": "黄阿水"}]}
    read = {"file": "0001.jpg", "entries": [{"name": value("黃阿水")}]}
    score = score_page(truth, read)
    assert (score.names.right, score.names.edits) == (0, 1)


def test_a_right_guess_among_the_alternatives_does_not_count() -> None:
    read = as_inspected(TRUTH)
    read["entries"][0]["name"] = value("陳阿木") | {"alternatives": ["陳阿水"]}
    assert score_page(TRUTH, read).names.right == 1


def test_every_value_read_is_a_claim() -> None:
    """Right ones, wrong ones, one where nothing is written, one for nobody; none where nothing was read."""
    read = as_inspected(TRUTH)
    read["entries"][0]["notes"] = value("影")
    read["entries"][1]["name"] = value("林氏阿姝") | {"confidence": 0.99}
    read["entries"].append({"name": value("影")})
    claims = score_page(TRUTH, read).claims
    assert len([claim for claim in claims if claim.right]) == 4
    wrong = [(claim.field, claim.confidence) for claim in claims if not claim.right]
    assert sorted(wrong) == [("name", 0.9), ("name", 0.99), ("notes", 0.9)]


def test_calibration_counts_what_was_shown_as_sure() -> None:
    claims = [Claim("name", 0.99, True)] * 3 + [Claim("name", 0.99, False), Claim("name", 0.5, True)]
    figures = calibration(claims)
    assert figures["sure"] == {"least": 0.98, "values": 4, "right": 3, "share": 0.75}
    assert figures["expected_error"] == pytest.approx((4 * 0.24 + 0.5) / 5, abs=1e-3)
    assert calibration([])["expected_error"] is None


@pytest.mark.parametrize(
    ("told", "read", "error"), [(179.5, -179.5, 1.0), (-89.0, 91.0, 180.0), (90.5, 90.0, 0.5)]
)
def test_skew_error_is_the_turn_between(told: float, read: float, error: float) -> None:
    score = score_page(TRUTH | {"skew_deg": told}, as_inspected(TRUTH) | {"skew_deg": read})
    assert score.skew_error == pytest.approx(error)


def test_figures_by_severity_and_series() -> None:
    pages = [("a", 0), ("a", 3), ("b", 3)]
    scores = []
    for series, severity in pages:
        read = as_inspected(TRUTH)
        if severity == 3:
            read["entries"][0]["name"] = value("陳阿木")
        scores.append(score_page(TRUTH | {"series": series, "severity": severity}, read))
    figures = sum_up(scores)
    assert figures["names"] == {"right": 4, "total": 6, "share": 0.6667}
    assert {key: one["names"]["share"] for key, one in figures["by_severity"].items()} == {"0": 1.0, "3": 0.5}
    assert figures["by_series"]["a"]["names"]["right"] == 3
    assert figures["by_series"]["b"]["by_severity"]["3"]["names"]["right"] == 1


def test_what_a_slip_covers_is_not_asked() -> None:
    cell = {"kind": "value", "entry": 0, "field": "name", "text": "陳阿水"}
    truth = TRUTH | {"cells": [cell], "covered": [0]}
    read = as_inspected(TRUTH)
    read["entries"][0]["name"] = value("候查")
    assert (score_page(truth, read).names.right, score_page(truth, read).names.total) == (1, 1)


def test_the_pages_of_a_spread_are_told_apart() -> None:
    right, left = TRUTH | {"side": "right"}, TRUTH | {"side": "left"}
    read = [as_inspected(TRUTH) | {"side": "right"}]
    assert [score.error for score in score_volume([right, left], read)] == [None, "not inspected"]
