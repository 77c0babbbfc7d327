"""The skew bench writes down what it measured, unless it measured only some kinds of page."""

import json
from pathlib import Path

import pytest

from bench.skew import __main__ as skew


def test_a_whole_run_is_written_and_a_part_of_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skew, "RESULT", tmp_path / "skew.json")
    asked = ["--count", "1"]
    assert skew.main([*asked, "register_0"]) == 0
    assert not skew.RESULT.exists()
    monkeypatch.setattr(skew, "_kinds", lambda: ["register_0", "register_1"])
    assert skew.main([*asked, "--dry"]) == 0
    assert not skew.RESULT.exists()
    assert skew.main(asked) == 0
    told = json.loads(skew.RESULT.read_text("utf-8"))
    assert set(told) >= {"machine", "versions", "runs", "contenders", "ratios"}
    assert (told["seed"], told["pages_a_kind"], list(told["contenders"])) == (11, 1, skew._kinds())
    assert told["contenders"]["register_0"]["error_deg_median"] < 0.1
