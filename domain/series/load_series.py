"""The series shipped with the software, and those that a site brings."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from domain.series.model import Series
from domain.series.parse_series import InvalidSeries, parse_series

_adopted: dict[str, Series] = {}
"""What `adopt_series` was told last, by key; only the composition root tells it, before anything is asked."""


def adopt_series(series: Iterable[Series]) -> None:
    """Let a site's own series stand beside the shipped ones, in place of those adopted before.

    Raises:
        InvalidSeries: a key is taken by a shipped series, or by two of these; then nothing is changed.
    """
    own: dict[str, Series] = {}
    defects = []
    for one in series:
        if one.key in own or one.key in _shipped_keys():
            by = "another of the site's" if one.key in own else "shipped"
            defects.append(f"the key {one.key!r} is taken by a series that is {by}; choose another")
        own[one.key] = one
    if defects:
        raise InvalidSeries(tuple(defects))
    _adopted.clear()
    _adopted.update(own)


def series_keys() -> tuple[str, ...]:
    """The keys of the series known here, sorted."""
    return tuple(sorted((*_shipped_keys(), *_adopted)))


def load_series(key: str) -> Series:
    """The series of that key.

    Raises:
        KeyError: no such series is known.
        InvalidSeries: its file is wrong.
    """
    if key in _adopted:
        return _adopted[key]
    if key not in _shipped_keys():
        raise KeyError(f"no series {key!r} is known; there are {', '.join(series_keys())}")
    return _shipped(key)


def all_series() -> tuple[Series, ...]:
    """Every series, by key."""
    return tuple(load_series(key) for key in series_keys())


@cache
def _shipped_keys() -> tuple[str, ...]:
    names = (entry.name for entry in files("domain.series").joinpath("data").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def _shipped(key: str) -> Series:
    series = parse_series(files("domain.series").joinpath("data", f"{key}.toml").read_text("utf-8"))
    if series.key != key:
        raise InvalidSeries(
            (f"file {key}.toml holds the series {series.key!r}; name the file after its key",)
        )
    return series
