"""A page scanned again: the same paper, laid a little differently."""

from contextlib import closing
from pathlib import Path

from PIL import Image

from imaging.transform import for_deskew
from imaging.warp import warp
from ingest.decoding.decode_file import decode_file
from ingest.decoding.limited_decoder import LimitedDecoder

TURNED_DEG = 0.7
PAPER = 235


def scan_again(original: Path, folder: Path) -> Path:
    """Write a new scan of the first page in `original` into `folder`, turned by TURNED_DEG, lossless."""
    with closing(LimitedDecoder()) as decoder:
        page = decode_file(decoder, original, 0)
    height, width = page.pixels.shape[:2]
    turned = warp(page.pixels, for_deskew((width, height), TURNED_DEG), PAPER)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{original.stem}-rescan.png"
    ppi = page.ppi or 300.0
    Image.fromarray(turned).save(target, dpi=(ppi, ppi), compress_level=1)
    return target
