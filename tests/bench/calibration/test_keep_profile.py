"""A fit of one engine leaves what is known of the others as it is."""

import json
from pathlib import Path

from bench.calibration.keep_profile import keep_curves, keep_measures
from ingest.pipeline.apply_curve import Curve
from ingest.pipeline.load_curves import OTHER, parse_curves

FIRST, SECOND = (Curve(bias, 1.0, 0.9, {"known": 0.5}) for bias in (0.1, 0.2))


def test_curves_are_kept_by_engine_as_the_pipeline_loads_them(tmp_path: Path) -> None:
    """Those of the other engine stay byte for byte, and a new fit takes the place of the old one."""
    path = tmp_path / "data" / "calibration.json"
    keep_curves(path, "one", {OTHER: FIRST}, {"made": "first"})
    alone = path.read_text("utf-8")
    keep_curves(path, "other", {OTHER: SECOND}, {"made": "second"})
    assert parse_curves(path.read_text("utf-8")) == {"one": {OTHER: FIRST}, "other": {OTHER: SECOND}}
    keep_curves(path, "other", {OTHER: FIRST}, {"made": "third"})
    both = path.read_text("utf-8")
    assert json.loads(both)["engines"]["other"]["made"] == "third"
    assert both.startswith(alone.rstrip().removesuffix("}\n}").rstrip())


def test_measures_are_kept_by_profile(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    keep_measures(path, "one", {"pages": 4})
    keep_measures(path, "other", {"pages": 8})
    result = json.loads(path.read_text("utf-8"))
    assert result["contenders"] == {"one": {"pages": 4}, "other": {"pages": 8}}
    assert {"machine", "versions", "runs", "ratios"} <= set(result)
