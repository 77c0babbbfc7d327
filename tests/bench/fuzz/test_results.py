"""What a run of the fuzzer writes down."""

import json
from pathlib import Path

import pytest

from bench.fuzz import __main__ as fuzz
from bench.fuzz.mutate import Mutant
from bench.fuzz.torment import Trial


def trial(outcome: str, seconds: float = 0.1, peak: int = 1 << 20) -> Trial:
    return Trial(Mutant(0, "plain.tif", "cut", b""), outcome, seconds, peak, child_died=False)


def test_what_no_file_may_do_is_counted_apart_from_refusals() -> None:
    trials = [trial("decoded"), trial("damaged"), trial("damaged", 31.0), trial("ValueError", peak=3 << 20)]
    found = fuzz.figures(trials)
    assert (found["files"], found["decoded"], found["faults"]) == (4, 1, 2)
    assert (found["refused"], found["stray"]) == ({"damaged": 2}, {"ValueError": 1})
    assert (found["seconds_slowest"], found["child_mib_largest"]) == (31.0, 3.0)


def test_a_run_writes_its_results_unless_told_not_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "RESULT", tmp_path / "results" / "fuzz.json")
    assert fuzz.main(["--files", "3", "--dry"]) == 0
    assert not fuzz.RESULT.exists()
    assert fuzz.main(["--files", "3", "--seed", "2"]) == 0
    told = json.loads(fuzz.RESULT.read_text("utf-8"))
    assert set(told) >= {"machine", "versions", "runs", "contenders", "ratios"}
    assert (told["seed"], told["contenders"]["huji"]["files"]) == (2, 3)
