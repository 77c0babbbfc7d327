"""Fits the discriminants that tell the forms of a character apart, and tries them on faces left out.

Example: python -m bench.forms --copies 2 --processes 2
Writes ingest/ocr/data/forms.npz, from seed 2000 on, and bench/results/forms.json; prints the checksum which
ingest/ocr/models.toml is to name.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from bench.forms.choose_forms import choose_forms
from bench.forms.fit import as_discriminants, fit_scores
from bench.forms.hold_out import best_cooling, hold_out, sum_up
from bench.forms.observe import Glyph, observe
from bench.pages.find_faces import find_faces
from bench.write_result import write_result
from ingest.ocr.line_network import LineNetwork
from ingest.ocr.rapid import RECOGNISER_FILE, models_directory
from ingest.ocr.tell_forms import DATA, FORMS_FILE, digest

RESULT = Path("bench/results/forms.json")
SEED = 2000
SEVERITIES = (1, 3)


def main(arguments: list[str] | None = None) -> int:
    """Draw and hear every form, fit and try; return the exit status."""
    asked = _parser().parse_args(arguments)
    tasks = [
        (face, severity, copy)
        for face in range(len(find_faces()))
        for severity in SEVERITIES
        for copy in range(asked.copies)
    ]
    with ProcessPoolExecutor(asked.processes) as pool:
        glyphs = [glyph for part in pool.map(_hear, tasks) for glyph in part]
    classes = {form: forms for forms in _classes(_network()) for form in forms}
    tried = hold_out(glyphs, classes)
    cooling = best_cooling(tried)
    summed = sum_up(tried[cooling])
    scores = replace(fit_scores(glyphs), cooling=cooling)
    as_discriminants(scores, digest(_model())).save(DATA / FORMS_FILE)
    write_result(
        RESULT,
        ("numpy", "opencv-python-headless", "rapidocr", "onnxruntime"),
        {"huji": summed},
        copies=asked.copies,
        forms=len(scores.places),
        cooling=cooling,
    )
    for severity, row in summed.items():
        print(severity, row)
    print(f"sha256 = {digest(DATA / FORMS_FILE)}")
    return 0


def _hear(task: tuple[int, int, int]) -> list[Glyph]:
    place, severity, copy = task
    cv2.setNumThreads(1)
    network, face = _network(), find_faces()[place]
    rng = np.random.default_rng([SEED, place, severity, copy])
    print(f"{face.id}, severity {severity}, {copy + 1}", file=sys.stderr)
    return list(observe(network, _classes(network), face, severity, rng))


def _model() -> Path:
    models = models_directory()
    if models is None:
        raise SystemExit("RapidOCR is not installed; run make setup.")
    return models / RECOGNISER_FILE


def _network() -> LineNetwork:
    return LineNetwork(_model(), 1)


def _classes(network: LineNetwork) -> Sequence[str]:
    return choose_forms(network.characters)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.forms", description=__doc__)
    parser.add_argument("--copies", type=int, default=2, help="drawings of each form a face and severity")
    parser.add_argument("--processes", type=int, default=2, help="drawings made at a time")
    return parser


if __name__ == "__main__":
    sys.exit(main())
