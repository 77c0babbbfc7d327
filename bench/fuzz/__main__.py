"""Torments the limited decoder with mutated TIFF, JPEG, PNG, JPEG 2000 and PDF files; writes
bench/results/fuzz.json.

Example: python -m bench.fuzz --files 2000 --seed 1
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from bench.fuzz.mutate import mutants
from bench.fuzz.torment import Trial, torment
from bench.write_result import write_result
from ingest.decoding.limited_decoder import LimitedDecoder

RESULT = Path("bench/results/fuzz.json")
MOST_SECONDS = 30.0
MOST_MEMORY = 1 << 30
_PACKAGES = ("pyvips", "pyvips-binary", "pypdfium2", "numpy")


def main(arguments: list[str] | None = None) -> int:
    """Print what became of the files and write it down; return 1 where one crashed through, hung or took too
    much."""
    asked = _parser().parse_args(arguments)
    decoder = LimitedDecoder()
    trials = []
    try:
        for trial in torment(decoder, mutants(asked.files, asked.seed)):
            trials.append(trial)
            _tell(trial, asked.keep)
    finally:
        decoder.close()
    print(report(trials))
    if not asked.dry:
        write_result(RESULT, _PACKAGES, {"huji": figures(trials)}, seed=asked.seed)
    return 1 if any(map(failed, trials)) else 0


def failed(trial: Trial) -> bool:
    """Tell whether a file did what none may do."""
    return trial.stray or trial.seconds > MOST_SECONDS or trial.peak > MOST_MEMORY


def figures(trials: list[Trial]) -> dict[str, Any]:
    """Return the counts, by outcome and by format, the longest time and the largest memory."""
    outcomes = Counter(trial.outcome for trial in trials)
    decoded = outcomes.pop("decoded", 0)
    return {
        "files": len(trials),
        "files_by_format": dict(sorted(Counter(map(_format, trials)).items())),
        "seconds_slowest": round(max(trial.seconds for trial in trials), 3),
        "child_mib_largest": round(max(trial.peak for trial in trials) / (1 << 20), 1),
        "children_replaced": sum(trial.child_died for trial in trials),
        "faults": sum(map(failed, trials)),
        "decoded": decoded,
        "refused": {code: outcomes[code] for code in sorted(outcomes) if not code[:1].isupper()},
        "stray": {name: outcomes[name] for name in sorted(outcomes) if name[:1].isupper()},
    }


def report(trials: list[Trial]) -> str:
    """Return the table of outcomes by format, the slowest file and the largest memory."""
    formats = sorted({_format(trial) for trial in trials})
    outcomes = Counter((trial.outcome, _format(trial)) for trial in trials)
    names = sorted({name for name, _ in outcomes}, key=lambda name: -_total(outcomes, name))
    lines = [f"{'outcome':16}" + "".join(f"{one:>8}" for one in formats) + f"{'all':>8}"]
    lines += [
        f"{name:16}" + "".join(f"{outcomes[name, one]:8}" for one in formats) + f"{_total(outcomes, name):8}"
        for name in names
    ]
    slowest = max(trials, key=lambda trial: trial.seconds)
    largest = max(trials, key=lambda trial: trial.peak)
    return "\n".join(
        [
            *lines,
            f"slowest {slowest.seconds:.2f} s: {_name(slowest)}",
            f"largest {largest.peak / (1 << 20):.0f} MiB in the child: {_name(largest)}",
            f"children replaced: {sum(trial.child_died for trial in trials)}",
            f"faults (stray exception, over {MOST_SECONDS:.0f} s or 1 GiB): {sum(map(failed, trials))}",
        ]
    )


def _total(outcomes: Counter[tuple[str, str]], name: str) -> int:
    return sum(count for (outcome, _), count in outcomes.items() if outcome == name)


def _format(trial: Trial) -> str:
    return trial.mutant.seed.rpartition(".")[2]


def _name(trial: Trial) -> str:
    return f"{trial.mutant.number} {trial.mutant.seed} {trial.mutant.how} ({trial.outcome})"


def _tell(trial: Trial, keep: Path | None) -> None:
    if not (failed(trial) or trial.child_died):
        return
    print(f"{_name(trial)}: {trial.seconds:.1f} s, {trial.peak >> 20} MiB", file=sys.stderr)
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{trial.mutant.number}-{trial.mutant.seed}").write_bytes(trial.mutant.data)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--files", type=int, default=2000, help="how many (2000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed mutates the same (1)")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="where to keep files that took the child down"
    )
    parser.add_argument("--dry", action="store_true", help="write no result")
    return parser


if __name__ == "__main__":
    sys.exit(main())
