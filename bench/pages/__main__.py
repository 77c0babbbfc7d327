"""Writes a volume of synthetic register pages.

Example: python -m bench.pages var/pages --count 24 --seed 7 --truth var/truth
"""

import argparse
import sys
from pathlib import Path

from bench.pages.draw_volume import draw_volume
from bench.pages.find_faces import NoFacesError
from bench.pages.spec import FULL_HEIGHT, FULL_WIDTH
from bench.pages.truth import PageTruth
from bench.pages.write_volume import write_volume


def main(arguments: list[str] | None = None) -> int:
    """Draw and write the volume; return the exit status."""
    asked = _parser().parse_args(arguments)
    truth = asked.truth or asked.out.with_name(asked.out.name + "-truth")
    pages = draw_volume(asked.count, asked.seed, asked.severity, width=asked.width, height=asked.height)
    try:
        count = write_volume(pages, asked.out, truth, _tell)
    except (NoFacesError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count} pages in {asked.out}, their truth in {truth}")
    return 0


def _tell(truth: PageTruth) -> None:
    print(f"{truth.file}: form {truth.form}, face {truth.face}, {len(truth.entries)} people", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.pages",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", type=Path, metavar="OUT_DIR", help="where the images go")
    parser.add_argument("--count", type=int, default=24, help="pages (24)")
    parser.add_argument("--seed", type=int, default=7, help="the same seed draws the same volume (7)")
    parser.add_argument("--severity", type=int, default=1, choices=range(4), help="0 clean … 3 hard (1)")
    parser.add_argument(
        "--truth", type=Path, metavar="TRUTH_DIR", help="where the truth goes (OUT_DIR-truth)"
    )
    parser.add_argument("--width", type=int, default=FULL_WIDTH, help=f"pixels ({FULL_WIDTH})")
    parser.add_argument("--height", type=int, default=FULL_HEIGHT, help=f"pixels ({FULL_HEIGHT})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
