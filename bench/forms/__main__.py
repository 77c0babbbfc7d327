"""Fits the discriminants that tell forms of a character apart, and tries them on families of faces left out.

Example: python -m bench.forms --copies 2 --processes 2
Writes ingest/ocr/data/forms.npz, from seed 2000 on, and bench/results/forms.json; prints the checksum which
ingest/ocr/models.toml is to name. With --dry-run it prints what it found and writes nothing.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np

from bench.forms.choose_forms import choose_forms
from bench.forms.fit import as_discriminants, fit_scores, join_moments
from bench.forms.hold_out import best_cooling, by_family, cool_by_others, hold_out
from bench.forms.observe import Glyph, observe
from bench.forms.sum_up import sum_up
from bench.pages.find_faces import find_faces
from bench.write_result import write_result
from ingest.ocr.line_networks import LineNetworks
from ingest.ocr.rapid import RECOGNISER_FILE, models_directory
from ingest.ocr.tell_forms import DATA, FORMS_FILE, digest

RESULT = Path("bench/results/forms.json")
SEED = 2000
SEVERITIES = (1, 3)


def main(arguments: list[str] | None = None) -> int:
    """Draw and hear every form, fit and try; return the exit status."""
    asked = _parser().parse_args(arguments)
    glyphs = _draw(asked.faces, asked.copies, asked.processes)
    families = by_family(glyphs)
    tried = hold_out(families, glyphs, {form: forms for forms in _classes(_networks()) for form in forms})
    coolings = cool_by_others(tried)
    told = [one for family, part in tried.items() for one in part[coolings[family]]]
    summed, cooling = sum_up(told), best_cooling(list(tried.values()))
    held = as_discriminants(fit_scores(join_moments(list(families.values()))), digest(_model()), cooling)
    for severity, row in summed.items():
        print(severity, row)
    print(f"coolings {coolings}, of all {cooling}; {len(glyphs) - len(told)} of {len(glyphs)} not tried")
    if asked.dry_run:
        return 0
    held.save(DATA / FORMS_FILE)
    write_result(
        RESULT,
        ("numpy", "opencv-python-headless", "rapidocr", "onnxruntime"),
        {"huji": summed},
        copies=asked.copies,
        forms=len(held.characters),
        cooling=cooling,
        coolings=coolings,
        not_tried=len(glyphs) - len(told),
    )
    print(f"sha256 = {digest(DATA / FORMS_FILE)}")
    return 0


def _draw(faces: Sequence[str], copies: int, processes: int) -> list[Glyph]:
    tasks = [
        (place, severity, copy)
        for place, face in enumerate(find_faces())
        if not faces or face.id in faces
        for severity in SEVERITIES
        for copy in range(copies)
    ]
    with ProcessPoolExecutor(processes) as pool:
        return [glyph for part in pool.map(_hear, tasks) for glyph in part]


def _hear(task: tuple[int, int, int]) -> list[Glyph]:
    place, severity, copy = task
    cv2.setNumThreads(1)
    networks, face = _networks(), find_faces()[place]
    rng = np.random.default_rng([SEED, place, severity, copy])
    print(f"{face.id}, severity {severity}, {copy + 1}", file=sys.stderr)
    return list(observe(networks, _classes(networks), face, severity, rng))


def _model() -> Path:
    models = models_directory()
    if models is None:
        raise SystemExit("RapidOCR is not installed; run make setup.")
    return models / RECOGNISER_FILE


def _networks() -> LineNetworks:
    networks = LineNetworks(_model(), 1)
    if not networks.quantised:
        raise SystemExit(
            "The forms are fitted to a first look that multiplies bytes (python -m bench.quantise); "
            "this processor has no fast way to, or no ranges were observed in this model."
        )
    return networks


def _classes(networks: LineNetworks) -> Sequence[str]:
    return choose_forms(networks.alphabet.characters)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.forms", description=__doc__)
    parser.add_argument("--copies", type=int, default=2, help="drawings of each form a face and severity")
    parser.add_argument("--processes", type=int, default=2, help="drawings made at a time")
    known = [face.id for face in find_faces()]
    parser.add_argument("--faces", nargs="+", default=[], choices=known, help="faces to draw in, else all")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
