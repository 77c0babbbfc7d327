"""Check a file that describes a series, as if it were adopted here."""

from pathlib import Path

from domain.series import InvalidSeries, Series, series_keys
from huji.series.read_site_series import read_series_file


def check_file(path: Path) -> Series:
    """Return the series of a file that is right.

    Raises:
        InvalidSeries: with everything wrong with it.
    """
    series = read_series_file(path)
    if series.key in series_keys() and not _is_shipped_file(path):
        raise InvalidSeries((f"the key {series.key!r} is taken by a shipped series; choose another",))
    return series


def _is_shipped_file(path: Path) -> bool:
    """Whether the file is one of the shipped ones: they may be checked too."""
    return path.resolve().parent.parts[-3:] == ("domain", "series", "data")
