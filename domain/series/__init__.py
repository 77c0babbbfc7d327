"""What a series (簿冊類別) is: fields, masking, form layout; the shipped series as data.

A series is data, not code. A field is *masked* when an agency sees it only where its agreement names it:
the colonial register notes bound feet, opium, penalties. Forms of one series differ in order and presence of
their rows and columns, so a field lists every label found printed for it and the layout only says which way
a form reads.
"""

from domain.series.bare_label import bare_label
from domain.series.load_series import adopt_series, all_series, load_series, series_keys
from domain.series.model import Direction, Field, Form, Kind, Layout, Level, Period, Series
from domain.series.parse_series import InvalidSeries, parse_series

__all__ = [
    "Direction",
    "Field",
    "Form",
    "InvalidSeries",
    "Kind",
    "Layout",
    "Level",
    "Period",
    "Series",
    "adopt_series",
    "all_series",
    "bare_label",
    "load_series",
    "parse_series",
    "series_keys",
]
