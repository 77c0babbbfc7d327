"""What is told of a fit on pages it has not seen."""

from dataclasses import replace

from bench.calibration.measure import measure
from bench.calibration.observe import AGREES, DIFFERS, Observation
from ingest.pipeline.apply_curve import Curve
from ingest.pipeline.load_curves import OTHER

CURVES = {OTHER: Curve(0.0, 1.0, 0.99, {}), "name": Curve(0.0, 1.0, 0.9, {})}


def seen(kind: str, severity: int, raw: float, right: bool) -> Observation:
    return Observation(severity, "s", kind, raw, (), raw, right)


def test_what_is_sure_is_told_by_severity_and_by_kind() -> None:
    """A kind whose curve does not reach 0.98 has no sure values, however sure its engine is of itself."""
    tried = [
        seen("date", 0, 0.999, True),
        seen("date", 3, 0.999, False),
        seen("date", 3, 0.5, False),
        seen("name", 0, 0.999, True),
    ]
    measured = measure(tried, CURVES)
    assert (measured["raw"]["sure_values"], measured["raw"]["sure_right"]) == (3, 0.66667)
    told = measured["calibrated"]
    assert (told["values"], told["right"], told["sure_values"], told["sure_right"]) == (4, 0.5, 2, 0.5)
    assert told["by_severity"]["0"] == {"values": 2, "right": 1.0, "sure_values": 1, "sure_right": 1.0}
    assert told["by_kind"]["name"] == {"values": 1, "right": 1.0, "sure_values": 0, "sure_right": None}


def test_what_a_second_engine_s_word_does_is_told_apart() -> None:
    """The profile's own figures are those of a site that asks none."""
    curves = {OTHER: Curve(0.0, 1.0, 0.99, {DIFFERS: -1.0, AGREES: 1.0})}
    spoken = replace(seen("name", 0, 0.5, False), evidence=(DIFFERS,))
    measured = measure([spoken, seen("name", 0, 0.999, True)], curves)
    assert (
        measured["calibrated"]
        == measure([seen("name", 0, 0.5, False), seen("name", 0, 0.999, True)], curves)["calibrated"]
    )
    told = measured["second_opinion"]
    assert told[DIFFERS] == {"values": 1, "right": 0.0, "said_alone": 0.5, "said": 0.2689}
    assert told[AGREES] == {"values": 0}
