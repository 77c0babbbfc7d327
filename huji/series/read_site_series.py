"""Read the series that a site brings beside the shipped ones, one TOML file each."""

from collections.abc import Iterator
from pathlib import Path

from domain.series import InvalidSeries, Series, adopt_series, parse_series
from huji.series.find_limit_defects import find_limit_defects
from imaging.quality import threshold_names


def adopt_site_series(directory: Path | None) -> None:
    """Make the series of a directory known beside the shipped ones; none where no directory is named.

    Raises:
        InvalidSeries: with every defect of every file, or of keys that clash.
    """
    adopt_series(read_site_series(directory) if directory is not None else ())


def read_site_series(directory: Path) -> tuple[Series, ...]:
    """Read every `*.toml` of a directory as a series, in the order of the names.

    Raises:
        InvalidSeries: with every defect of every file, each told with the file's name.
    """
    if not directory.is_dir():
        raise InvalidSeries((f"HUJI_SERIES_DIR is {directory}, which is no directory; make it or unset it",))
    series, defects = [], []
    for path in sorted(directory.glob("*.toml")):
        try:
            series.append(read_series_file(path))
        except InvalidSeries as wrong:
            defects += [f"{path.name}: {defect}" for defect in wrong.defects]
    if defects:
        raise InvalidSeries(tuple(defects))
    return tuple(series)


def read_series_file(path: Path) -> Series:
    """Read one series' file, its limits checked against the thresholds there are.

    Raises:
        InvalidSeries: with every defect; one of them may be that the file is not named after its key, or that
            it refuses pages before it flags them.
    """
    try:
        # Editors on Windows begin a text with a byte order mark.
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSeries(("the file cannot be read as UTF-8 text",)) from error
    series = parse_series(text, threshold_names())
    defects = (*_misnamed(path, series), *find_limit_defects(series.quality))
    if defects:
        raise InvalidSeries(defects)
    return series


def _misnamed(path: Path, series: Series) -> Iterator[str]:
    if path.stem != series.key:
        yield f"the file holds the series {series.key!r}; name it {series.key}.toml"
