"""huji admin series: check a file that describes a series, and try it on a test page."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from domain.series import InvalidSeries, Series
from huji.cli.forbid_engine import engines_forbidden
from huji.series.check_file import check_file
from huji.series.try_page import PageTried, try_page
from imaging.decoding import RefusedImage
from ingest.ocr.choose import NoEngine


@click.group("series")
def series_group() -> None:
    """Series of registers (簿冊類別): a series is a data file, not code.

    \b
    Example:
      huji admin series check land_register.toml --page test-page.png
    """


@series_group.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--page",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A test page: read it as this series, and say which printed labels were found.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check_command(file: Path, page: Path | None, as_json: bool) -> None:
    """Check a series' file; say everything wrong with it at once.

    With a test page also say where its layout hints and the page disagree: hints are for whoever keeps the
    file, and reading goes by the printed labels.

    The exit status is 1 if the file is wrong, or if the page is no form of the series.

    \b
    Examples:
      huji admin series check land_register.toml
      huji admin series check land_register.toml --page test-page.png --json
    """
    try:
        series = check_file(file)
    except InvalidSeries as wrong:
        _tell_wrong(file, wrong.defects, as_json)
        sys.exit(1)
    tried = _tried(page, series) if page is not None else None
    if as_json:
        click.echo(json.dumps(_described(file, series, tried), ensure_ascii=False))
    else:
        _tell(series, tried)
    if tried is not None and not tried.is_form:
        sys.exit(1)


def _tried(page: Path, series: Series) -> PageTried:
    try:
        return try_page(page, series, engines_forbidden(()))
    except RefusedImage as refusal:
        raise click.ClickException(f"{refusal.zh} {refusal.en}") from refusal
    except OSError as error:
        raise click.ClickException(f"檔案無法讀取。The file cannot be read: {error.strerror}.") from error
    except NoEngine as error:
        raise click.ClickException(str(error)) from error


def _tell_wrong(file: Path, defects: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"file": str(file), "right": False, "defects": defects}, ensure_ascii=False))
        return
    click.echo(f"{file.name}：有 {len(defects)} 處須更正 has {len(defects)} defects")
    for defect in defects:
        click.echo(f"  - {defect}")


def _described(file: Path, series: Series, tried: PageTried | None) -> dict[str, Any]:
    described: dict[str, Any] = {"file": str(file), "right": True, "defects": [], "series": series.key}
    if tried is not None:
        described["page"] = {
            "is_form": tried.is_form,
            "form": tried.form,
            "found": tried.found,
            "missing": tried.missing,
            "labels": {"found": tried.told, "of": len(tried.telling), "least": tried.least},
            "household": tried.household,
            "persons": tried.persons,
            "layout": [asdict(one) for one in tried.disagreements],
        }
    return described


def _tell(series: Series, tried: PageTried | None) -> None:
    click.echo(f"{series.title} {series.english}：{len(series.fields)} 欄，無誤 fields, nothing wrong")
    if tried is None:
        return
    told, of, least = tried.told, len(tried.telling), tried.least
    if not tried.is_form:
        click.echo(
            f"此頁不是本類別之表單：{of} 個欄名僅見 {told} 個，至少應有 {least} 個。 "
            f"The page is no form of this series: {told} of {of} labels that tell it were found; "
            f"there should be {least}."
        )
    else:
        form = f" form {tried.form}" if tried.form else ""
        click.echo(f"是本類別之表單{form}：欄名 {told}/{of} labels found")
    for key, label in tried.found.items():
        click.echo(f"  有 found    {series.field(key).label} ({key}): {label}")
    for key in tried.missing:
        click.echo(f"  無 missing  {series.field(key).label} ({key})")
    click.echo(f"{len(tried.persons)} 人 persons")
    if tried.is_form and not tried.disagreements:
        click.echo("版面提示與此頁相符。 The layout hints and the page agree.")
    for one in tried.disagreements:
        click.echo(f"  提示不符 hint {one.hint}: {one.zh}；{one.en}")
