"""Take page images through the worker's whole pipeline; one JSON object a line.

Everything a worker does but for the database: decoding in the limited child, the steps, ALTO, pyramid,
storing. Waits for a line on standard input once it is warm, so that two can start together.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from bench.pipeline.peak_memory import forget_peak, peak_mib
from domain.series import load_series
from imaging.half_side import HalfSide
from imaging.keep_memory import keep_memory
from imaging.page_map import turn_at_middle
from imaging.transform import PageTransform
from imaging.vips_threads import limit_vips_threads
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import choose_engines
from ingest.pipeline.outcome import PageOutcome
from ingest.pipeline.read_form import Readers
from ingest.pipeline.run import PageTools, run_page
from storage.objects.files import FileObjectStore
from storage.objects.keys import content_key


@dataclass(frozen=True, slots=True)
class Master:
    """A page image as the worker is handed one."""

    object_key: str
    sha256: str
    series_key: str
    frame: int = 0
    side: HalfSide | None = None


def main(arguments: list[str] | None = None) -> int:
    """Read the files, and tell what was found and how long each took."""
    asked = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    limit_vips_threads(1)
    keep_memory()
    engines = choose_engines(asked.forbid)
    readers = Readers(engines[0], engines[1] if asked.second_opinion and len(engines) > 1 else None)
    with tempfile.TemporaryDirectory() as folder:
        tools = PageTools(FileObjectStore(Path(folder)), LimitedDecoder(), readers, load_series)
        _read(tools, asked.pages[0])
        print(json.dumps({"ready": True}), flush=True)
        sys.stdin.readline()
        for page in asked.pages:
            print(json.dumps(_read(tools, page)), flush=True)
        tools.decoder.close()
    return 0


def _read(tools: PageTools, page: str) -> dict[str, Any]:
    series_key, _, path = page.partition(":")
    data = Path(path).read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    master = Master(tools.store.put(content_key(sha256), data).key, sha256, series_key)
    forget_peak()
    started, worked = time.perf_counter(), time.process_time()
    outcome = run_page(tools, master, lambda _step: None)
    took = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - worked}
    return {"file": path, **took, "own_peak_mib": peak_mib(), **_described(outcome, series_key)}


def _described(outcome: PageOutcome, series_key: str) -> dict[str, Any]:
    series = load_series(series_key)
    shared = {field.key for field in series.fields_at("household")}
    fields = [proposal["fields"] for proposal in outcome.proposals]
    return {
        "household": {key: value for key, value in (fields[0] if fields else {}).items() if key in shared},
        "entries": [{key: one[key] for key in one if key not in shared} for one in fields],
        "text": "\n".join(line["text"] for line in outcome.lines),
        "skew_deg": _skew(outcome),
        "timings": dict(outcome.timings),
        "flagged": outcome.flagged,
    }


def _skew(outcome: PageOutcome) -> float:
    """Return the turn that the committed transform takes out in the middle of the page, in degrees: there a
    slanted view turns nothing, and the truth is told.
    """
    transform = PageTransform.from_json(outcome.transform)
    x, y = transform.to_master([[side / 2 for side in transform.derivative_size]])[0]
    return turn_at_middle(np.array(transform.matrix), (2 * x, 2 * y))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.pipeline.read_huji", description=__doc__)
    parser.add_argument("pages", nargs="+", metavar="SERIES:FILE")
    parser.add_argument("--forbid", action="append", default=[])
    parser.add_argument("--second-opinion", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
