"""What was measured of each profile bears out what is shown as sure."""

import json
from typing import Any

import pytest

import bench.calibration.__main__ as bench
from bench.calibration.observe import AGREES, DIFFERS
from tests.house.tree import ROOT

MEASURED: dict[str, Any] = json.loads((ROOT / bench.RESULT).read_text("utf-8"))["contenders"]


@pytest.mark.parametrize("engine", sorted(MEASURED))
def test_of_values_shown_as_sure_at_least_98_in_100_are_right(engine: str) -> None:
    """On pages that the fit has not seen; a profile that shows none as sure keeps its word too."""
    told = MEASURED[engine]["calibrated"]
    assert told["values"] > 1000
    assert told["sure_right"] is None or told["sure_right"] >= 0.98


def test_a_second_engine_s_word_bears_out_what_it_weighs() -> None:
    """On pages that the fit has not seen: nearer to what was right than without it, and in its direction."""
    told = MEASURED["rapidocr"]["second_opinion"]
    for word in (AGREES, DIFFERS):
        said = told[word]
        assert said["values"] > 50
        assert abs(said["said"] - said["right"]) <= abs(said["said_alone"] - said["right"])
    assert told[DIFFERS]["said"] < told[DIFFERS]["said_alone"]
    assert told[AGREES]["said_alone"] < told[AGREES]["said"]


def test_the_tesseract_only_profile_is_measured() -> None:
    assert MEASURED["tesseract"]["calibrated"]["by_kind"]["name"]["values"] > 300
    assert MEASURED["tesseract"]["first_seed"] != MEASURED["tesseract"]["first_seed_fitted"]
