"""The option that names a series, shipped or the site's own."""

from typing import Any

import click

from domain.series import InvalidSeries, series_keys
from huji.series.read_site_series import adopt_site_series
from huji.settings import Settings


class SeriesKey(click.ParamType[str]):
    """A series' key; the site's own series (HUJI_SERIES_DIR) are looked at when one is named."""

    name = "series"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the key if such a series is known.

        Raises:
            click.BadParameter: there is none, or the site's own series are wrong.
        """
        try:
            adopt_site_series(Settings().series_dir)
        except InvalidSeries as wrong:
            self.fail(f"簿冊類別檔有誤 series files are wrong: {wrong}", param, ctx)
        if value not in series_keys():
            self.fail(f"無此簿冊類別 no series {value!r}; there are {', '.join(series_keys())}", param, ctx)
        return str(value)
