"""huji inspect: read page images without a server, and print what was found."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import cv2

from domain.series import load_series
from huji.cli.forbid_engine import FORBID_ENGINE, engines_forbidden
from huji.cli.series_key import SeriesKey
from huji.inspect.find_font import NoFont, find_font
from huji.inspect.inspect_file import InspectSettings, inspect_file
from huji.inspect.summarise import summarise
from huji.inspect.write_output import OutputFailed
from ingest.decoding.limited_decoder import LimitedDecoder
from ingest.ocr.choose import NoEngine, choose_engines
from ingest.pipeline.read_form import Readers


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array, one object a file.")
@click.option(
    "--series",
    "series_key",
    type=SeriesKey(),
    default="colonial_register",
    show_default=True,
    help="簿冊類別: what the pages are read as.",
)
@click.option(
    "--overlay",
    type=click.Path(file_okay=False, path_type=Path),
    help="Draw what was found into this directory.",
)
@click.option(
    "--alto",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write what was read as ALTO 4 into this directory.",
)
@click.option("--spread", is_flag=True, help="跨頁: each frame shows two pages; read each by itself.")
@click.option("--second-opinion", is_flag=True, help="Ask a second engine about doubtful lines.")
@FORBID_ENGINE
@click.option(
    "--threads", type=click.IntRange(1, 64), default=1, show_default=True, help="Threads for a page."
)
def inspect(
    files: tuple[Path, ...],
    as_json: bool,
    series_key: str,
    overlay: Path | None,
    alto: Path | None,
    spread: bool,
    second_opinion: bool,
    forbidden: tuple[str, ...],
    threads: int,
) -> None:
    """Read page images and print the entries, with confidence and place of every value.

    Boxes are in pixels of the file as given. Further frames of a multi-frame file stand under "pages", and so
    does the second page of a spread, in the order the series is read; "side" says which half a page is. The
    exit status is 1 if a file was refused; the others are read all the same. Where two files share a name,
    pictures and texts of the later one bear ~2; if one cannot be written the command ends, with status 1.

    \b
    Examples:
      huji inspect page-0001.jpg
      huji inspect scans/*.tif --json --overlay seen > read.json
      huji inspect open-book.tif --spread
    """
    cv2.setNumThreads(threads)
    series = load_series(series_key)
    try:
        engines = choose_engines(engines_forbidden(forbidden), threads)
        if overlay is not None:
            find_font()
    except (NoEngine, NoFont) as error:
        raise click.ClickException(str(error)) from error
    second = engines[1] if second_opinion and len(engines) > 1 else None
    with closing(LimitedDecoder()) as decoder:
        decoder.start()
        settings = InspectSettings(series, Readers(engines[0], second), overlay, alto, spread, decoder)
        try:
            found = list(_inspected(files, settings, as_json))
        except OutputFailed as failed:
            raise click.ClickException(str(failed)) from failed
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    if any(one["error"] for one in found):
        sys.exit(1)


def _inspected(files: Sequence[Path], settings: InspectSettings, as_json: bool) -> Iterator[dict[str, Any]]:
    """Inspect file by file, telling progress on standard error or each summary as it comes."""
    for number, path in enumerate(files, start=1):
        if as_json and sys.stderr.isatty():
            click.echo(f"{number}/{len(files)} {path.name}", err=True)
        described = inspect_file(path, settings)
        if not as_json:
            click.echo(summarise(described, settings.series))
        yield described


if __name__ == "__main__":
    inspect()
