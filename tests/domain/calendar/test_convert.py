"""Gregorian days told in eras, and written for people."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import (
    EraDate,
    InvalidDate,
    Remark,
    all_eras,
    convert,
    era_named,
    eras_on,
    format_date,
    format_written,
    parse_date,
    remark_text,
)


@pytest.mark.parametrize(
    ("on", "era", "told"),
    [
        (date(1912, 7, 30), "明治", EraDate("明治", 45, 7, 30)),
        (date(1912, 7, 30), "大正", EraDate("大正", 1, 7, 30)),
        (date(1926, 12, 25), "大正", EraDate("大正", 15, 12, 25)),
        (date(1926, 12, 25), "昭和", EraDate("昭和", 1, 12, 25)),
        (date(1911, 12, 31), "民前", EraDate("民前", 1, 12, 31)),
        (date(1912, 1, 1), "民國", EraDate("民國", 1, 1, 1)),
        (date(1867, 6, 1), "慶應", EraDate("慶應", 3, None, None)),
        (date(1946, 5, 6), "西元", EraDate("西元", 1946, 5, 6)),
    ],
)
def test_convert(on: date, era: str, told: EraDate) -> None:
    assert convert(on, era) == told


def test_a_day_outside_the_era_says_which_it_is_in() -> None:
    with pytest.raises(InvalidDate, match="民前"):
        convert(date(1911, 12, 31), "民國")
    with pytest.raises(InvalidDate, match="大正"):
        convert(date(1912, 7, 31), "明治")


def test_about_a_lunar_new_year_even_the_year_is_open() -> None:
    with pytest.raises(InvalidDate, match="new year"):
        convert(date(1867, 2, 1), "慶應")


def test_unknown_eras_are_refused() -> None:
    with pytest.raises(KeyError, match="昭和"):
        era_named("平成")


def test_days_of_change_are_in_both_eras() -> None:
    assert [era.name for era in eras_on(date(1912, 7, 30)) if era.country == "jp"] == ["明治", "大正"]
    assert [era.name for era in eras_on(date(1926, 12, 25)) if era.country == "jp"] == ["大正", "昭和"]
    assert [era.name for era in eras_on(date(1920, 1, 1)) if era.country == "jp"] == ["大正"]


def test_japanese_eras_follow_one_another_without_a_gap() -> None:
    eras = [era for era in all_eras() if era.country == "jp"]
    for former, latter in pairwise(eras):
        assert former.last is not None
        assert latter.first is not None
        assert latter.first <= former.last, latter.name
        assert latter.zero + 1 in (latter.first.year, latter.first.year - 1), latter.name


@pytest.mark.parametrize(
    ("on", "era", "numerals", "text"),
    [
        (date(1912, 7, 30), "明治", "chinese", "明治四十五年七月三十日"),
        (date(1912, 7, 30), "大正", "arabic", "大正元年7月30日"),
        (date(2016, 1, 21), "民國", "chinese", "民國一〇五年一月二十一日"),
        (date(1911, 1, 1), "民前", "arabic", "民前1年1月1日"),
        (date(1867, 6, 1), "慶應", "arabic", "慶應3年"),
    ],
)
def test_format_date(on: date, era: str, numerals: str, text: str) -> None:
    assert format_date(on, era, "chinese" if numerals == "chinese" else "arabic") == text


def test_format_written_leaves_out_what_is_not_known() -> None:
    assert format_written(parse_date("明治參拾貳年五月■日")) == "明治32年5月"
    assert format_written(parse_date("慶應三年閏四月一日"), "chinese") == "慶應三年閏四月一日"
    assert format_written(parse_date("明治三■年")) == "明治三■年"


@given(st.dates(date(1873, 1, 1), date(2100, 12, 31)), st.sampled_from(["arabic", "chinese"]))
def test_every_day_is_read_back_in_each_of_its_eras(on: date, numerals: str) -> None:
    for era in eras_on(on):
        if era.is_lunisolar_in(on.year):
            continue
        written = parse_date(format_date(on, era.name, "chinese" if numerals == "chinese" else "arabic"))
        assert (written.era, written.earliest, written.latest) == (era.name, on, on)


@pytest.mark.parametrize("remark", Remark)
def test_every_remark_has_its_words(remark: Remark) -> None:
    assert all(remark_text(remark))
