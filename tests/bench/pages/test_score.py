"""Reading is scored text by text, entry by entry."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.pages import DrawnPage
from bench.pages.edit_distance import edit_distance
from bench.pages.score import main, score_page, score_volume, summarise

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
    assert figures["skew_error"] == {"median": 0, "largest": 0}
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
