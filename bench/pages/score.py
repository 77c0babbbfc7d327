"""Scores what was read from drawn pages against their truth.

Example:
  huji inspect var/pages/* --json > read.json
  python -m bench.pages.score var/pages-truth read.json
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

from bench.pages.page_score import Claim, FieldScore, PageScore
from bench.pages.score_page import Record, score_page
from bench.pages.sum_up import calibration, sum_up, summarise

__all__ = [
    "Claim",
    "FieldScore",
    "PageScore",
    "Record",
    "calibration",
    "read_truth",
    "score_page",
    "score_volume",
    "sum_up",
    "summarise",
]


def score_volume(truths: Iterable[Record], inspected: Iterable[Record]) -> list[PageScore]:
    """Score every page of the truth; a page that was not inspected scores as if nothing had been read on
    it. The two pages of a spread share a file and are told apart by `side`.
    """
    by_page = {(PureWindowsPath(item["file"]).name, item.get("side")): item for item in inspected}
    unread = {"error": "not inspected"}
    return [score_page(truth, by_page.get((truth["file"], truth.get("side")), unread)) for truth in truths]


def read_truth(folder: Path) -> list[Record]:
    """Return the truth of every page in a folder's `truth.jsonl`."""
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def main(arguments: list[str] | None = None) -> int:
    """Print the figures of a volume as JSON; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.pages.score",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("truth", type=Path, metavar="TRUTH_DIR")
    parser.add_argument("inspected", type=Path, metavar="INSPECT.json")
    asked = parser.parse_args(arguments)
    inspected = json.loads(asked.inspected.read_text(encoding="utf-8"))
    figures = sum_up(score_volume(read_truth(asked.truth), inspected))
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
