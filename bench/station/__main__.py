"""The station's survival and speed; writes bench/results/station.json.

Example: python -m bench.station --kills 100 --cuts 1000 --pages 30
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.machine import machine
from bench.station.audit import Audit
from bench.station.cut_line import cut_line
from bench.station.kill_station import kill_station
from bench.station.time_verdict import time_verdict

RESULT = Path("bench/results/station.json")


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; the exit status is 1 if anything was lost, doubled or changed."""
    asked = _parser().parse_args(arguments)
    survived = True
    with tempfile.TemporaryDirectory() as name:
        folders = {part: Path(name, part) for part in ("verdicts", "kills", "cuts")}
        for folder in folders.values():
            folder.mkdir()
        if asked.pages:
            told = _counter("verdicts", asked.pages)
            _write(_times(time_verdict(folders["verdicts"], asked.pages, told)))
        if asked.kills:
            told = _counter("kills", asked.kills)
            survived &= _kept("kills", kill_station(folders["kills"], asked.kills, asked.seed, told=told))
        if asked.cuts:
            told = _counter("cuts", asked.cuts)
            survived &= _kept("cuts", cut_line(folders["cuts"], asked.cuts, asked.seed, told=told))
    return 0 if survived else 1


def _kept(kind: str, found: Audit) -> bool:
    """Write a part's figures as soon as it is done; return whether everything survived."""
    counts = {name: count for name, count in asdict(found).items() if name != "cuts"}
    _write({kind: found.cuts, **{f"{kind}_pages_{name}": count for name, count in counts.items()}})
    return found.survived


def _times(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "verdict_pages": len(ordered),
        "verdict_seconds_median": round(median(ordered), 3),
        "verdict_seconds_95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 3),
        "verdict_seconds_longest": round(ordered[-1], 3),
    }


def _write(figures: dict[str, float]) -> None:
    """Write the figures; those of a part that was left out (0) stay as they were."""
    kept = json.loads(RESULT.read_text("utf-8"))["contenders"]["huji"] if RESULT.exists() else {}
    versions = {name: version(name) for name in ("httpx", "numpy", "opencv-python-headless", "pyvips")}
    result = {
        "machine": machine(),
        "versions": versions,
        "runs": 1,
        "contenders": {"huji": {**kept, **figures}},
        "ratios": {},
    }
    RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(json.dumps(figures, indent=2))


def _counter(what: str, total: int) -> Callable[[int], None]:
    def tell(count: int) -> None:
        print(f"{what}: {count}/{total}", file=sys.stderr)

    return tell


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.station",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--kills", type=int, default=100, help="power cuts (default 100; 0 leaves them out)")
    parser.add_argument("--cuts", type=int, default=1000, help="line cuts (default 1000; 0 leaves them out)")
    parser.add_argument(
        "--pages", type=int, default=30, help="pages to time the verdict on (default 30; 0: none)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of where the cuts fall (default 1)")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
