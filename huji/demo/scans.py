"""The pages the demo takes: a synthetic volume, drawn beside the product, or a folder of your own."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from ingest.station.scan_directory import scan_directory

PAGES = 24
SEED = 1906


@dataclass(frozen=True, slots=True)
class DemoScans:
    """A folder of scans, what in it is no scan, and where the truth lies (None: nobody knows it)."""

    folder: Path
    pages: tuple[Path, ...]
    skipped: tuple[str, ...]
    truth: Path | None


def draw_scans(folder: Path, truth: Path) -> DemoScans:
    """Draw a volume of synthetic register pages; the truth goes where no part of the house is told of.

    Raises:
        subprocess.CalledProcessError: the pages cannot be drawn; what is missing was printed.
    """
    draw_pages(folder, truth, count=PAGES, seed=SEED)
    found = scan_directory(folder)
    return DemoScans(folder, found.files, found.skipped, truth)


def draw_pages(folder: Path, truth: Path, *, count: int, seed: int) -> None:
    """Draw pages into one folder and their truth into another.

    Raises:
        subprocess.CalledProcessError: the pages cannot be drawn; what is missing was printed.
    """
    command = [sys.executable, "-m", "bench.pages", str(folder), "--count", str(count), "--seed", str(seed)]
    subprocess.run([*command, "--truth", str(truth)], check=True)


def own_scans(folder: Path) -> DemoScans:
    """Take the image files of a folder.

    Raises:
        ValueError: there is no such folder, or no image file in it.
    """
    if not folder.is_dir():
        raise ValueError(f"PAGES={folder}: 查無此資料夾 there is no such folder")
    found = scan_directory(folder)
    if not found.files:
        raise ValueError(
            f"PAGES={folder}: 沒有影像檔 there are no image files in it (TIFF, JPEG, PNG, JP2, PDF)"
        )
    return DemoScans(folder, found.files, found.skipped, None)
