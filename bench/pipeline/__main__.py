"""make bench-pipeline: the worker's whole pipeline beside its peers, on the same drawn pages in one run.

Writes bench/results/pipeline.json and the charts beside it. One core and one thread each; PAGES pages of each
series and severity (4), of which the slower peers read the first PEER_PAGES (1); ratios
of speed are medians of ROUNDS (3) runs.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from bench.pipeline.contender import Run, run_contenders, run_plain
from bench.pipeline.figures import Figures, calibrated, of_form_reader, of_reader, of_skew
from bench.pipeline.standard_set import SetPage, draw_set

FOLDER = Path("var/bench/pipeline")
RESULT = Path("bench/results/pipeline.json")
PEERS_PYTHON = ".venv-peers/bin/python"
HUJI = (sys.executable, "-m", "bench.pipeline.read_huji")
READERS = {
    "huji_tesseract_only": (*HUJI, "--forbid", "rapidocr"),
    "ocrmypdf": (sys.executable, "-m", "bench.pipeline.read_ocrmypdf"),
    "tesseract": (sys.executable, "-m", "bench.pipeline.read_tesseract"),
    "rapidocr_whole_page": (sys.executable, "-m", "bench.pipeline.read_rapidocr"),
}
TURNS = ("deskew", "jdeskew")
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def main() -> int:
    """Run every contender and write what was measured."""
    pages = draw_set(FOLDER, int(os.environ.get("PAGES", "4")))
    few = _first_of_each(pages, int(os.environ.get("PEER_PAGES", "1")))
    huji = _read("huji", HUJI, pages)
    contenders: dict[str, Any] = {
        "huji": {**of_reader(huji, pages), **of_form_reader(huji, pages), **of_skew(huji, pages)}
    }
    for name, command in READERS.items():
        run = _read(name, command, few)
        contenders[name] = of_reader(run, few)
        if name.startswith("huji"):
            contenders[name] |= of_form_reader(run, few)
    for name in TURNS:
        print(f"{name}: {len(pages)} pages", file=sys.stderr)
        command = (PEERS_PYTHON, "bench/pipeline/peers/turn.py", name)
        run = run_plain(command, [str(page.path) for page in pages])
        milliseconds = 1000 * median(one["seconds"] for one in run.pages)
        contenders[name] = {"ms_a_page": round(milliseconds, 1), **of_skew(run, pages)}
    ratios = _speed_ratios(few) | {"two_processes_to_one": _two_to_one(few)}
    _write(contenders, ratios, calibrated(huji, pages), len(pages), len(few))
    _draw_charts()
    return 0


def _read(name: str, command: Sequence[str], pages: Sequence[SetPage]) -> Run:
    print(f"{name}: {len(pages)} pages", file=sys.stderr)
    (run,) = run_contenders(command, [_handed(command, pages)])
    return run


def _handed(command: Sequence[str], pages: Sequence[SetPage]) -> list[str]:
    """Return the pages as a command wants them: Huji is told each one's series, as its volume says it."""
    ours = tuple(command[: len(HUJI)]) == HUJI
    return [f"{page.series}:{page.path}" if ours else str(page.path) for page in pages]


def _first_of_each(pages: Sequence[SetPage], count: int) -> list[SetPage]:
    kinds: dict[tuple[int, str], list[SetPage]] = {}
    for page in pages:
        kinds.setdefault((page.severity, page.series), []).append(page)
    return [page for found in kinds.values() for page in found[:count]]


def _speed_ratios(pages: Sequence[SetPage]) -> Figures:
    """Return how many times faster than OCRmyPDF the same pages are read, turn by turn."""
    chosen = [page for page in pages if page.severity == 1]
    ratios = []
    for number in range(ROUNDS):
        seconds = [
            sum(one["seconds"] for one in _read(f"round {number + 1}", command, chosen).pages)
            for command in (HUJI, READERS["ocrmypdf"])
        ]
        ratios.append(seconds[1] / seconds[0])
    return {"times_faster_than_ocrmypdf": round(median(ratios), 3)}


def _two_to_one(pages: Sequence[SetPage]) -> float:
    """Return how much more two processes read in a time than one does; 2 would be all of it."""
    handed = _handed(HUJI, [page for page in pages if page.severity == 1])
    ratios = []
    for _ in range(ROUNDS):
        (alone,) = run_contenders(HUJI, [handed])
        both = run_contenders(HUJI, [handed, handed])
        ratios.append(2 * alone.seconds / max(run.seconds for run in both))
    return round(median(ratios), 3)


def _write(
    contenders: dict[str, Any], ratios: Figures, calibrated: dict[str, Any], pages: int, peer_pages: int
) -> None:
    result = {
        "machine": {
            "cores": os.cpu_count(),
            "processor": platform.machine(),
            "python": platform.python_version(),
        },
        "versions": _versions(),
        "runs": ROUNDS,
        "pages": pages,
        "peer_pages": peer_pages,
        "contenders": contenders,
        "ratios": ratios,
        "calibration": calibrated,
    }
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(json.dumps({"contenders": contenders, "ratios": ratios, "calibration": calibrated}, indent=2))


def _versions() -> dict[str, str]:
    ours = ("rapidocr", "onnxruntime", "opencv-python-headless", "pyvips-binary")
    peers = dict(pair.split("==") for pair in _said(PEERS_PYTHON, "-m", "pip", "freeze") if "==" in pair)
    found = {name: peers[name] for name in ("ocrmypdf", *TURNS)}
    return {name: version(name) for name in ours} | found | {"tesseract": _said("tesseract", "--version")[1]}


def _said(*command: str) -> list[str]:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def _draw_charts() -> None:
    subprocess.run([PEERS_PYTHON, "bench/pipeline/peers/draw_charts.py", str(RESULT)], check=True)


if __name__ == "__main__":
    sys.exit(main())
