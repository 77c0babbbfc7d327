"""Fits how sure values may be called, and tries it on pages that the fit has not seen.

Example: python -m bench.calibration --engine rapidocr --pages 8 --keep var/bench/calibration
Fits one engine's curves in ingest/pipeline/data/calibration.json to pages drawn from seeds 2200 on. Writes to
bench/results/calibration.json how they do on pages drawn from 2700 on, and prints it. RapidOCR's are fitted
with Tesseract's second opinion, and hold of sites that do not ask it too; with --engine tesseract those are
fitted of sites where RapidOCR is forbidden.
What was read is kept in --keep and not read again: delete it after a change to what is read or judged.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import cv2

from bench.calibration.fit import fit_curves
from bench.calibration.keep_profile import keep_curves, keep_measures
from bench.calibration.measure import measure
from bench.calibration.observe import Observation, from_json, observe
from domain.series import series_keys
from ingest.ocr.quantise import multiplies_bytes
from ingest.ocr.rapid import RapidRecogniser
from ingest.ocr.tesseract import TesseractRecogniser
from ingest.pipeline.read_form import Readers

CURVES = Path("ingest/pipeline/data/calibration.json")
RESULT = Path("bench/results/calibration.json")
ENGINES = {engine.name: engine for engine in (RapidRecogniser, TesseractRecogniser)}
FITTED, TRIED = 2200, 2700
"""First seeds of the two sets; severity and series are added to them."""
SEVERITIES = range(4)
MAIN_SERIES = "colonial_register"
UNRULED = "plain_pages"
"""A series without a form proposes no values."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Pages of one series and severity, drawn from one seed."""

    series: str
    seed: int
    severity: int
    pages: int


def main(arguments: list[str] | None = None) -> int:
    """Observe both sets, fit the first, try on the second; return the exit status."""
    asked = _asked(arguments)
    cv2.setNumThreads(1)
    if asked.engine == RapidRecogniser.name and not multiplies_bytes():
        raise SystemExit(
            "RapidOCR is fitted as a network that multiplies bytes; this processor has no fast way to."
        )
    readers = Readers(
        ENGINES[asked.engine](), TesseractRecogniser() if asked.engine == RapidRecogniser.name else None
    )
    fitted, tried = (
        list(_observed(name, seed, asked.pages, asked.keep, readers))
        for name, seed in (("fitted", FITTED), ("tried", TRIED))
    )
    curves = fit_curves(fitted)
    measured = measure(tried, curves)
    keep_curves(CURVES, asked.engine, curves, _about(asked.engine, fitted))
    keep_measures(RESULT, asked.engine, _run(asked) | measured)
    print(json.dumps(measured, indent=1))
    return 0


def _observed(name: str, seed: int, pages: int, keep: Path, readers: Readers) -> Iterator[Observation]:
    """Yield one set's observations, and keep them, so that a fit can be tried again without reading.

    Each engine's are kept apart, and those of so many pages: a fit to others would be wrong and look right.
    """
    kept = keep / _profile(readers) / f"{name}-{pages}.jsonl"
    if kept.exists():
        yield from (from_json(json.loads(line)) for line in kept.read_text("utf-8").splitlines())
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    found: list[Observation] = []
    for volume in volumes(seed, pages):
        print(f"{name}: {volume.series}, severity {volume.severity}, {volume.pages} pages", file=sys.stderr)
        found += observe(volume.series, volume.seed, volume.severity, volume.pages, readers)
    kept.write_text("".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in found), "utf-8")
    yield from found


def _profile(readers: Readers) -> str:
    return "+".join(engine.name for engine in (readers.first, readers.second) if engine is not None)


def volumes(seed: int, pages: int) -> Iterator[Volume]:
    """Yield what one set is drawn of: `pages` of the main series at each severity, fewer of every other."""
    for at, series in enumerate(key for key in sorted(series_keys()) if key != UNRULED):
        for severity in SEVERITIES:
            count = pages if series == MAIN_SERIES else max(1, pages // 4)
            yield Volume(series, seed + 10 * at + severity, severity, count)


def _about(engine: str, observations: Sequence[Observation]) -> dict[str, str]:
    return {
        "made": f"python -m bench.calibration --engine {engine}, {_today()}",
        "source": f"{len(observations)} values of pages drawn from seeds {FITTED} and on, severities 0 to 3",
    }


def _run(asked: argparse.Namespace) -> dict[str, object]:
    """Say which run of which profile the measures are of."""
    return {
        "measured": _today(),
        "first_seed_fitted": FITTED,
        "first_seed": TRIED,
        "pages": sum(volume.pages for volume in volumes(TRIED, asked.pages)),
    }


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.calibration", description=__doc__)
    parser.add_argument(
        "--engine",
        choices=sorted(ENGINES),
        default=RapidRecogniser.name,
        help="the engine that reads (rapidocr)",
    )
    parser.add_argument("--pages", type=int, default=8, help="pages of the main series and severity (8)")
    parser.add_argument(
        "--keep", type=Path, default=Path("var/bench/calibration"), help="where observations are kept"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
