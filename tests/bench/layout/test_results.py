"""What the layout bench writes down: every series, in the form that all results have."""

import json
from pathlib import Path

import pytest

from bench.layout import __main__ as layout
from bench.pages.lay_out import known_series
from domain.series import series_keys


def test_every_ruled_series_is_measured() -> None:
    asked = layout._parser().parse_args([])
    assert asked.series == known_series()
    assert set(series_keys()) - set(asked.series) == {"plain_pages"}


def test_the_share_found_is_of_pages_as_drawn() -> None:
    told = {
        "severity_0.as drawn.cells": 100,
        "severity_0.as drawn.recall": 1.0,
        "severity_1.as drawn.cells": 300,
        "severity_1.as drawn.recall": 0.5,
        "severity_0.worn.cells": 100,
        "severity_0.worn.recall": 0.0,
    }
    assert layout.ratios({"a": told, "b": {}}) == {"a.cells_found": 0.625}


def test_a_run_is_written_in_the_house_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "RESULT", tmp_path / "layout.json")
    sheet = "initial_registration_application"
    asked = ["--series", sheet, "--severity", "0", "--pages", "1", "--write"]
    assert layout.main(asked) == 0
    told = json.loads(layout.RESULT.read_text("utf-8"))
    assert set(told) >= {"machine", "versions", "runs", "contenders", "ratios", "seed", "pages_a_severity"}
    assert told["ratios"][f"{sheet}.cells_found"] > 0.9
    assert told["contenders"][sheet]["severity_0.as drawn.cells"] > 20
