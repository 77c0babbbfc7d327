"""The station's survival and speed; writes bench/results/station.json.

Example: python -m bench.station --kills 100 --cuts 1000 --pages 30
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from statistics import median

from bench.station.audit import Audit
from bench.station.cut_line import cut_line
from bench.station.kill_station import kill_station
from bench.station.time_verdict import time_verdict

RESULT = Path("bench/results/station.json")


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; the exit status is 1 if anything was lost, doubled or changed."""
    asked = _parser().parse_args(arguments)
    audits: dict[str, Audit] = {}
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name, part) for part in ("verdicts", "kills", "cuts")]
        for folder in folders:
            folder.mkdir()
        times = sorted(time_verdict(folders[0], asked.pages, _counter("verdicts", asked.pages)))
        audits["kills"] = kill_station(
            folders[1], asked.kills, asked.seed, told=_counter("kills", asked.kills)
        )
        audits["cuts"] = cut_line(folders[2], asked.cuts, asked.seed, told=_counter("cuts", asked.cuts))
    figures: dict[str, float] = {
        "verdict_seconds_median": round(median(times), 3),
        "verdict_seconds_95": round(times[min(len(times) - 1, int(0.95 * len(times)))], 3),
        "verdict_seconds_longest": round(times[-1], 3),
        "verdict_pages": len(times),
    }
    for kind, found in audits.items():
        counts = {name: count for name, count in asdict(found).items() if name != "cuts"}
        figures |= {kind: found.cuts, **{f"{kind}_pages_{name}": count for name, count in counts.items()}}
    _write(figures)
    return 0 if all(found.survived for found in audits.values()) else 1


def _write(figures: dict[str, float]) -> None:
    machine = {"cores": os.cpu_count(), "processor": platform.machine(), "python": platform.python_version()}
    versions = {name: version(name) for name in ("httpx", "numpy", "opencv-python-headless", "pyvips")}
    result = {
        "machine": machine,
        "versions": versions,
        "runs": 1,
        "contenders": {"huji": figures},
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
    parser.add_argument("--kills", type=int, default=100, help="power cuts (default 100)")
    parser.add_argument("--cuts", type=int, default=1000, help="line cuts (default 1000)")
    parser.add_argument("--pages", type=int, default=30, help="pages to time the verdict on (default 30)")
    parser.add_argument("--seed", type=int, default=1, help="of where the cuts fall (default 1)")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
