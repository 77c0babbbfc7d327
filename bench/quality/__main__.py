"""Tells how often each quality check flags a sound page, and how often it finds a planted defect.

Example: python -m bench.quality --pages 12 --seed 2500
"""

import argparse
import sys

from bench.quality.measure import Rates, rate

_EVERY = 4


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    asked = _parser().parse_args(arguments)
    print(table(rate(asked.pages, asked.seed)))
    return 0


def table(rates: Rates) -> str:
    """Return a row a check: pages flagged at severity 0 to 3, and defects found by kind."""
    checks = sorted({check for check, _ in rates.flagged})
    lines = [
        f"{'flagged at severity':22}"
        + "".join(f"{level:>8}" for level in range(_EVERY))
        + "  found where planted"
    ]
    for check in checks:
        shares = "".join(
            f"{_share(rates.flagged[check, level], rates.pages[level]):>8}" for level in range(_EVERY)
        )
        kinds = [kind for known, kind in rates.planted if known == check]
        found = ", ".join(f"{kind} {rates.found[check, kind]}/{rates.planted[check, kind]}" for kind in kinds)
        lines.append(f"{check:22}{shares}  {found}")
    return "\n".join(lines)


def _share(count: int, whole: int) -> str:
    return f"{count}/{whole}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pages", type=int, default=12, help="pages of each severity (12)")
    parser.add_argument("--seed", type=int, default=2500, help="the same seed draws the same pages (2500)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
