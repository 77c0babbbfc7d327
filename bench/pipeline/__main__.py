"""make bench-pipeline: the worker's whole pipeline beside its peers, on the same drawn pages in one run.

Writes bench/results/pipeline.json and the charts beside it. One core and one thread each; PAGES pages of each
series and severity (4), of which the peers read the first PEER_PAGES (1). Speeds of Huji and OCRmyPDF, which
read those turn by turn, and ratios of speed are medians of ROUNDS (3); the other contenders run once.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from bench.machine import machine
from bench.pipeline.contender import Run
from bench.pipeline.figures import (
    calibrated,
    of_form_reader,
    of_memory,
    of_skew,
    of_speed,
    of_text,
    of_turns,
)
from bench.pipeline.standard_set import SetPage, draw_set
from bench.pipeline.take_turns import HUJI, SCALED, read, take_turns, two_to_one

FOLDER = Path("var/bench/pipeline")
RESULT = Path("bench/results/pipeline.json")
PEERS_PYTHON = ".venv-peers/bin/python"
READERS = {
    "huji_tesseract_only": (*HUJI, "--forbid", "rapidocr"),
    "tesseract": (sys.executable, "-m", "bench.pipeline.read_tesseract"),
    "rapidocr_whole_page": (sys.executable, "-m", "bench.pipeline.read_rapidocr"),
}
TURNS = ("deskew", "jdeskew")
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def main() -> int:
    """Run every contender and write what was measured."""
    pages = draw_set(FOLDER, int(os.environ.get("PAGES", "4")))
    few = _first_of_each(pages, int(os.environ.get("PEER_PAGES", "1")))
    rounds = take_turns(pages, few, ROUNDS)
    huji = rounds[0][0]
    contenders: dict[str, Any] = {
        "huji": _of_reader([one for one, _ in rounds], few, pages)
        | of_form_reader(huji, pages)
        | of_skew(huji, pages),
        "ocrmypdf": _of_reader([other for _, other in rounds], few, few),
    }
    for name, command in READERS.items():
        run = read(name, command, few)
        contenders[name] = _of_reader([run], few, few)
        if name.startswith("huji"):
            contenders[name] |= of_form_reader(run, few)
    for name in TURNS:
        run = read(name, (PEERS_PYTHON, "bench/pipeline/peers/turn.py", name), few)
        contenders[name] = _of_turner(run, few)
    ratios = of_turns(rounds, few) | {"two_processes_to_one": two_to_one(few, ROUNDS)}
    _write(contenders, ratios, calibrated(huji, pages), len(pages), len(few))
    _draw_charts()
    return 0


def _of_reader(runs: Sequence[Run], timed: Sequence[SetPage], pages: Sequence[SetPage]) -> dict[str, float]:
    """Return the speed over the pages that every contender reads, and all else over what its first run
    read."""
    return of_speed(runs, timed) | of_memory(runs[0], pages) | of_text(runs[0], pages)


def _of_turner(run: Run, pages: Sequence[SetPage]) -> dict[str, float]:
    milliseconds = 1000 * median(one["seconds"] for one in run.pages)
    about = {"runs": 1, "pages": len(pages), "ms_a_page": round(milliseconds, 1)}
    return about | of_memory(run, pages) | of_skew(run, pages)


def _first_of_each(pages: Sequence[SetPage], count: int) -> list[SetPage]:
    kinds: dict[tuple[int, str], list[SetPage]] = {}
    for page in pages:
        kinds.setdefault((page.severity, page.series), []).append(page)
    return [page for found in kinds.values() for page in found[:count]]


def _write(
    contenders: dict[str, Any],
    ratios: dict[str, float],
    calibrated: dict[str, Any],
    pages: int,
    peer_pages: int,
) -> None:
    result = {
        "machine": machine(),
        "versions": _versions(),
        "rounds": ROUNDS,
        "pages": pages,
        "peer_pages": peer_pages,
        "contenders": contenders,
        "ratios": ratios,
        "ratios_over": {
            "times_faster_than_ocrmypdf": f"{peer_pages} pages of all severities",
            "two_processes_to_one": f"pages of severity {SCALED}",
        },
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
