"""The series shipped with the software."""

from functools import cache
from importlib.resources import files

from domain.series.model import Series
from domain.series.parse_series import InvalidSeries, parse_series


@cache
def series_keys() -> tuple[str, ...]:
    """The keys of the shipped series, sorted."""
    names = (entry.name for entry in files("domain.series").joinpath("data").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load_series(key: str) -> Series:
    """The shipped series of that key.

    Raises:
        KeyError: no such series is shipped.
        InvalidSeries: its file is wrong.
    """
    if key not in series_keys():
        raise KeyError(f"no series {key!r} is shipped; there are {', '.join(series_keys())}")
    series = parse_series(files("domain.series").joinpath("data", f"{key}.toml").read_text("utf-8"))
    if series.key != key:
        raise InvalidSeries(
            (f"file {key}.toml holds the series {series.key!r}; name the file after its key",)
        )
    return series


def all_series() -> tuple[Series, ...]:
    """Every shipped series, by key."""
    return tuple(load_series(key) for key in series_keys())
