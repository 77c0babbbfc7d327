"""Tells how often each quality check flags a sound page and finds a planted defect, how often the page
numbers are read, and how surely second scans are told from other pages; writes bench/results/quality.json.

Example: python -m bench.quality --pages 12 --seed 2600
"""

import argparse
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2

from bench.machine import machine
from bench.quality.count_doubles import count_doubles
from bench.quality.measure import Rates, rate
from bench.quality.read_numbers import count_numbers

RESULT = Path("bench/results/quality.json")
SEED = 2600
SEVERITIES = range(4)
SOUND = (0, 1)
"""Severities whose pages an operator would call sound: a flag there is a false alarm."""
OUTCOMES = ("right", "wrong", "doubtful", "silent")
PARTS = ("checks", "numbers", "scans")
_PACKAGES = ("numpy", "opencv-python-headless", "rapidocr", "onnxruntime")


def main(arguments: list[str] | None = None) -> int:
    """Measure the parts asked for, print them, and put them into the file of results."""
    asked = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    contenders, ratios = _measured(asked)
    print(json.dumps({"contenders": contenders, "ratios": ratios}, indent=2))
    if asked.write:
        _write(contenders, ratios)
    return 0


def _measured(asked: argparse.Namespace) -> tuple[dict[str, Any], dict[str, float]]:
    contenders: dict[str, Any] = {}
    ratios: dict[str, float] = {}
    about = {"pages_a_severity": asked.pages, "seed": asked.seed}
    if "checks" in asked.part:
        rates = rate(asked.pages, asked.seed)
        print(table(rates), flush=True)
        contenders["checks"] = {**about, **figures(rates)}
        ratios |= shares(rates)
    if "numbers" in asked.part:
        counts = {level: count_numbers(asked.pages, asked.seed, level) for level in SEVERITIES}
        contenders["numbers"] = about | {
            f"severity_{level}.{name}": counts[level][name] for level in SEVERITIES for name in OUTCOMES
        }
        sound = sum(counts[level]["right"] for level in SOUND)
        ratios["numbers_right_on_sound_pages"] = round(sound / (asked.pages * len(SOUND)), 4)
    if "scans" in asked.part:
        contenders["scans"] = about | {
            f"severity_{level}.{name}": value
            for level in SEVERITIES
            for name, value in count_doubles(asked.pages, asked.seed, level).items()
        }
    return contenders, ratios


def figures(rates: Rates) -> dict[str, int]:
    """Return counts by check: flagged at each severity, planted and found by kind."""
    flagged = {f"severity_{level}.pages": rates.pages[level] for level in SEVERITIES}
    flagged |= {f"{check}.flagged.severity_{level}": rates.flagged[check, level]
                for check, level in sorted(rates.flagged)}  # fmt: skip
    for check, kind in sorted(rates.planted):
        flagged[f"{check}.{kind}.planted"] = rates.planted[check, kind]
        flagged[f"{check}.{kind}.found"] = rates.found[check, kind]
    return flagged


def shares(rates: Rates) -> dict[str, float]:
    """Return the detection rate and the false alarms on sound pages, by check."""
    sound = sum(rates.pages[level] for level in SOUND)
    found: dict[str, float] = {}
    for check in sorted({check for check, _ in rates.flagged}):
        alarms = sum(rates.flagged[check, level] for level in SOUND)
        found[f"{check}.false_alarms"] = round(alarms / sound, 4)
        planted = sum(rates.planted[one] for one in rates.planted if one[0] == check)
        if planted:
            seen = sum(rates.found[one] for one in rates.found if one[0] == check)
            found[f"{check}.detected"] = round(seen / planted, 4)
    return found


def table(rates: Rates) -> str:
    """Return a row a check: pages flagged at severity 0 to 3, and defects found by kind."""
    checks = sorted({check for check, _ in rates.flagged})
    lines = [f"{'flagged at severity':22}" + "".join(f"{level:>8}" for level in SEVERITIES) + "  found"]
    for check in checks:
        flagged = "".join(f"{f'{rates.flagged[check, at]}/{rates.pages[at]}':>8}" for at in SEVERITIES)
        kinds = [kind for known, kind in rates.planted if known == check]
        found = ", ".join(f"{kind} {rates.found[check, kind]}/{rates.planted[check, kind]}" for kind in kinds)
        lines.append(f"{check:22}{flagged}  {found}")
    return "\n".join(lines)


def _write(contenders: dict[str, Any], ratios: dict[str, float]) -> None:
    """Put the figures beside those of other parts: each names the seed and the pages it was measured on."""
    before = json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else {}
    told = {
        "machine": machine(),
        "versions": {name: version(name) for name in _PACKAGES},
        "runs": 1,
        "contenders": before.get("contenders", {}) | contenders,
        "ratios": before.get("ratios", {}) | ratios,
    }
    RESULT.write_text(json.dumps(told, indent=2) + "\n", "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pages", type=int, default=12, help="pages of each severity (12)")
    parser.add_argument("--seed", type=int, default=SEED, help=f"the same seed draws the same pages ({SEED})")
    parser.add_argument("--part", nargs="*", default=list(PARTS), choices=PARTS, help="(all)")
    parser.add_argument("--write", action="store_true", help=f"write {RESULT}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
