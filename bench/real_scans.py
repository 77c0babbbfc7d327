"""Reads real scans and scores the characters found; writes bench/results/real_scans.json.

Beside each image a .txt of the same name holds its text, line by line; the score is the share of that
text's characters that were read, each as often as it stands there, wherever on the page. With nothing to
read, nothing is written.

Example: python -m bench.real_scans ../shared/data/scans --overlay var/real_scans
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import cv2

from bench.machine import machine
from domain.series import load_series
from huji.inspect.inspect_file import InspectSettings, inspect_file
from ingest.ocr.choose import choose_engines
from ingest.pipeline.read_form import Readers

RESULT = Path("bench/results/real_scans.json")
IMAGES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".jp2"}
SHOWN = 40


def recall(true: str, read: str) -> tuple[float, Counter[str]]:
    """Give the share of the characters of `true` that are in `read`, and those that are not; blanks aside."""
    wanted, found = (
        Counter(character for character in text if not character.isspace()) for text in (true, read)
    )
    missing = wanted - found
    return 1 - missing.total() / max(1, wanted.total()), missing


def main(arguments: list[str] | None = None) -> int:
    """Score the scans of a folder; the exit status is 1 where there are none."""
    asked = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    files = [
        path for path in (sorted(asked.folder.iterdir()) if asked.folder.is_dir() else [])
        if path.suffix.lower() in IMAGES and path.with_suffix(".txt").is_file()
    ]  # fmt: skip
    if not files:
        print(f"There is no image with a .txt beside it in {asked.folder}.", file=sys.stderr)
        return 1
    engine = choose_engines(asked.forbid)[0]
    settings = InspectSettings(load_series(asked.series), Readers(engine), asked.overlay)
    scans = {path.name: _scored(path, inspect_file(path, settings), asked.verbose) for path in files}
    if not asked.dry:
        _write(scans, engine.name)
    return 0


def _scored(path: Path, read: Mapping[str, Any], verbose: bool) -> dict[str, Any]:
    share, missing = recall(path.with_suffix(".txt").read_text("utf-8"), str(read.get("text", "")))
    row = {
        "character_recall": round(share, 4),
        "characters": sum(not one.isspace() for one in path.with_suffix(".txt").read_text("utf-8")),
        "seconds": round(sum(read.get("timings", {}).values()), 2),
        "error": read["error"],
    }
    print(path.name, json.dumps(row, ensure_ascii=False))
    if verbose:
        print("  missing:", "  ".join(f"{one}×{count}" for one, count in missing.most_common(SHOWN)))
    return row


def _write(scans: Mapping[str, Mapping[str, Any]], engine: str) -> None:
    shares: Sequence[float] = [scan["character_recall"] for scan in scans.values()]
    result = {
        "machine": machine(),
        "versions": {"engine": engine},
        "runs": 1,
        "contenders": {"huji": {"character_recall_median": round(median(shares), 4)}},
        "ratios": {},
        "scans": scans,
    }
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.real_scans",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="images, each with its text in a .txt beside it")
    parser.add_argument("--series", default="colonial_register", help="what they are read as")
    parser.add_argument("--overlay", type=Path, help="draw what was found into this folder")
    parser.add_argument("--forbid", action="append", default=[], help="an engine not to use")
    parser.add_argument("--dry", action="store_true", help="write no result")
    parser.add_argument("--verbose", action="store_true", help="tell which characters are missing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
