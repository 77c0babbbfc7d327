"""Writes a volume of synthetic register pages.

Examples:
  python -m bench.pages var/pages --count 24 --seed 7 --truth var/truth
  python -m bench.pages --series household_registration --pages 4 --severity 3 --knob blur=0 --out var/pages
"""

import argparse
import sys
from pathlib import Path

from bench.pages.draw_volume import draw_volume
from bench.pages.find_faces import NoFacesError
from bench.pages.read_data import read_toml
from bench.pages.read_severity import knob_names, read_severity
from bench.pages.spec import FULL_HEIGHT, FULL_WIDTH, SERIES, PageSpec
from bench.pages.truth import PageTruth
from bench.pages.write_volume import write_volume


def main(arguments: list[str] | None = None) -> int:
    """Draw and write the volume; return the exit status."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    images = asked.to or asked.out
    if images is None:
        parser.error("Name the folder for the images: OUT_DIR or --out OUT_DIR.")
    truth = asked.truth or images.with_name(images.name + "-truth")
    try:
        like = _spec(asked)
        pages = draw_volume(
            asked.count, asked.seed, asked.severity, width=asked.width, height=asked.height, like=like
        )
        count = write_volume(pages, images, truth, _tell)
    except (NoFacesError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count} pages in {images}, their truth in {truth}")
    return 0


def _spec(asked: argparse.Namespace) -> PageSpec:
    knobs = dict(asked.knob)
    read_severity(asked.severity, knobs)
    return PageSpec(
        series=asked.series,
        knobs=knobs,
        skew_deg=asked.skew,
        quarters=asked.quarters,
        border=asked.border,
        ground=asked.ground,
    )


def _tell(truth: PageTruth) -> None:
    print(f"{truth.file}: form {truth.form}, face {truth.face}, {len(truth.entries)} people", file=sys.stderr)


def _knob(text: str) -> tuple[str, int]:
    name, _, level = text.partition("=")
    if not level.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=LEVEL, for example blur=2")
    return name, int(level)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.pages",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", type=Path, nargs="?", metavar="OUT_DIR", help="where the images go")
    parser.add_argument("--out", type=Path, dest="to", metavar="OUT_DIR", help="the same, as an option")
    parser.add_argument("--series", default=SERIES, metavar="KEY", help=f"what to draw ({SERIES})")
    parser.add_argument("--count", "--pages", type=int, default=24, help="pages (24)")
    parser.add_argument("--seed", type=int, default=7, help="the same seed draws the same volume (7)")
    parser.add_argument("--severity", type=int, default=1, choices=range(4), help="0 clean … 3 hard (1)")
    parser.add_argument(
        "--truth", type=Path, metavar="TRUTH_DIR", help="where the truth goes (OUT_DIR-truth)"
    )
    parser.add_argument("--width", type=int, default=FULL_WIDTH, help=f"pixels ({FULL_WIDTH})")
    parser.add_argument("--height", type=int, default=FULL_HEIGHT, help=f"pixels ({FULL_HEIGHT})")
    _add_damage(parser)
    return parser


def _add_damage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--knob",
        type=_knob,
        action="append",
        default=[],
        metavar="NAME=LEVEL",
        help="one kind of damage at a level of its own, 0 to 3; again for more: " + ", ".join(knob_names()),
    )
    parser.add_argument("--skew", type=float, metavar="DEG", help="turn of every page, not by chance")
    parser.add_argument("--quarters", type=int, default=0, help="quarter turns counter-clockwise (0)")
    parser.add_argument("--border", type=int, default=0, metavar="PIXELS", help="ground about the sheet (0)")
    parser.add_argument("--ground", choices=tuple(read_toml("inks")["ground"]), help="colour of the ground")


if __name__ == "__main__":
    sys.exit(main())
