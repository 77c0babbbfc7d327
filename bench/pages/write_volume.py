"""Writes a drawn volume to files: the images in one folder, the truth in another."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from bench.pages.draw_volume import DrawnPage
from bench.pages.truth import PageTruth

JPEG_QUALITY = 95


def write_volume(
    pages: Iterator[DrawnPage], images: Path, truth: Path, told: Callable[[PageTruth], None]
) -> int:
    """Write every page's image and truth, and `truth.jsonl` with a line a page; return how many images.
    `told` hears of each page. The truth of a spread's left page stands beside the right page's, in
    `….left.json`.

    Raises: ValueError if one folder lies in the other, which would put the truth within the pipeline's reach.
    """
    _check_apart(images, truth)
    images.mkdir(parents=True, exist_ok=True)
    truth.mkdir(parents=True, exist_ok=True)
    lines, count = [], 0
    for page in pages:
        write_image(page, images / page.truth.file)
        count += 1
        for suffix, one in ((".json", page.truth), (".left.json", page.also)):
            if one is not None:
                told(one)
                lines.append(json.dumps(one.as_json(), ensure_ascii=False))
                (truth / one.file).with_suffix(suffix).write_text(lines[-1] + "\n", encoding="utf-8")
    (truth / "truth.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return count


def write_image(page: DrawnPage, path: Path) -> None:
    """Write the pixels as the suffix says, with their resolution."""
    image, dpi = Image.fromarray(page.pixels), (page.truth.ppi, page.truth.ppi)
    if path.suffix == ".jpg":
        image.save(path, quality=JPEG_QUALITY, subsampling=0, dpi=dpi)
    elif path.suffix == ".png":
        image.save(path, compress_level=1, dpi=dpi)
    else:
        image.save(path, compression="tiff_lzw", dpi=dpi)


def _check_apart(images: Path, truth: Path) -> None:
    one, other = images.resolve(), truth.resolve()
    if one.is_relative_to(other) or other.is_relative_to(one):
        raise ValueError(f"The truth must be kept apart from the images: {truth} and {images} overlap.")
