"""Fits how sure values may be called, and tries it on pages that the fit has not seen.

Example: python -m bench.calibration --pages 8 --keep var/bench/calibration
Writes ingest/pipeline/data/calibration.json from seeds 2200 and on; prints how it does from 2700 on.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import cv2

from bench.calibration.fit import fit_curves
from bench.calibration.observe import Observation, from_json, observe, unseconded
from bench.calibration.reliability import reliability
from domain.series import series_keys
from ingest.ocr.rapid import RapidRecogniser
from ingest.ocr.tesseract import TesseractRecogniser
from ingest.pipeline.calibrate import OTHER, Curve, apply_curve
from ingest.pipeline.read_form import Readers

CURVES = Path("ingest/pipeline/data/calibration.json")
FITTED, TRIED = 2200, 2700
"""First seeds of the two sets; severity and series are added to them."""
SEVERITIES = range(4)
MAIN_SERIES = "colonial_register"
UNRULED = "plain_pages"
"""A series without a form proposes no values."""


def main(arguments: list[str] | None = None) -> int:
    """Observe both sets, fit the first, try on the second; return the exit status."""
    asked = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    readers = Readers(RapidRecogniser(), TesseractRecogniser() if asked.second_opinion else None)
    fitted, tried = (
        list(_observed(name, seed, asked.pages, asked.keep, readers))
        for name, seed in (("fitted", FITTED), ("tried", TRIED))
    )
    curves = fit_curves([*fitted, *unseconded(fitted)])
    _write(curves, fitted)
    print(
        json.dumps(
            {"raw": reliability(tried, lambda one: one.raw), "calibrated": _tried(tried, curves)}, indent=1
        )
    )
    return 0


def _tried(observations: Sequence[Observation], curves: dict[str, Curve]) -> dict[str, object]:
    def sureness(one: Observation) -> float:
        return apply_curve(curves.get(one.kind, curves[OTHER]), one.raw, one.evidence)

    return {
        **reliability(observations, sureness),
        "by_severity": {
            severity: reliability([one for one in observations if one.severity == severity], sureness)[
                "sure_right"
            ]
            for severity in SEVERITIES
        },
    }


def _observed(name: str, seed: int, pages: int, keep: Path, readers: Readers) -> Iterator[Observation]:
    """Yield one set's observations, and keep them, so that a fit can be tried again without reading."""
    kept = keep / f"{name}.jsonl"
    if kept.exists():
        yield from (from_json(json.loads(line)) for line in kept.read_text("utf-8").splitlines())
        return
    keep.mkdir(parents=True, exist_ok=True)
    found: list[Observation] = []
    for at, series in enumerate(key for key in sorted(series_keys()) if key != UNRULED):
        for severity in SEVERITIES:
            count = pages if series == MAIN_SERIES else max(1, pages // 4)
            print(f"{name}: {series}, severity {severity}, {count} pages", file=sys.stderr)
            found += observe(series, seed + 10 * at + severity, severity, count, readers)
    kept.write_text("".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in found), "utf-8")
    yield from found


def _write(curves: dict[str, Curve], observations: Sequence[Observation]) -> None:
    written = {
        "made": f"python -m bench.calibration, {datetime.now(UTC).date().isoformat()}",
        "source": f"{len(observations)} values of pages drawn from seeds {FITTED} and on, severities 0 to 3",
        "curves": {kind: asdict(curve) for kind, curve in curves.items()},
    }
    CURVES.parent.mkdir(parents=True, exist_ok=True)
    CURVES.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.calibration", description=__doc__)
    parser.add_argument("--pages", type=int, default=8, help="pages of the main series and severity (8)")
    parser.add_argument(
        "--keep", type=Path, default=Path("var/bench/calibration"), help="where observations are kept"
    )
    parser.add_argument(
        "--second-opinion",
        action="store_true",
        help="ask Tesseract too, and weigh what it says; give --keep a folder of its own",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
