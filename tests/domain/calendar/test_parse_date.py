"""Dates as registers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import InvalidDate, Remark, parse_date

DAYS = [
    ("明治三十年五月三日", date(1897, 5, 3)),
    ("明治45.7.30", date(1912, 7, 30)),
    ("大正元年七月三十日", date(1912, 7, 30)),
    ("大正15.12.25", date(1926, 12, 25)),
    ("昭和元年12月25日", date(1926, 12, 25)),
    ("明治六年一月一日", date(1873, 1, 1)),
    ("民國35.5.6", date(1946, 5, 6)),
    ("中華民國三十五年五月六日", date(1946, 5, 6)),
    ("民国卅五年拾月廿五日", date(1946, 10, 25)),
    ("民前三年五月六日", date(1909, 5, 6)),
    ("民國前一年十二月卅一日", date(1911, 12, 31)),
    ("民國元年元月一日", date(1912, 1, 1)),
    ("民國一百零五年一月一日", date(2016, 1, 1)),
    ("民國一〇五年二月廿九日", date(2016, 2, 29)),
    ("昭和二〇年八月十五日", date(1945, 8, 15)),
    ("昭和二十年8月15日生", date(1945, 8, 15)),
    ("明治參拾貳年壹月貳拾壹日", date(1899, 1, 21)),
    ("明治 四十 年 正月 十日", date(1907, 1, 10)),
    ("大正０９－１０－０１", date(1920, 10, 1)),
    ("昭和卌年一月一日", date(1965, 1, 1)),
    ("1912-07-30", date(1912, 7, 30)),
    ("１９１２／７／３０", date(1912, 7, 30)),
    ("西元一九一二年七月三十日", date(1912, 7, 30)),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day(text: str, day: date) -> None:
    written = parse_date(text)
    assert written.written == text
    assert (written.earliest, written.latest) == (day, day)
    assert (written.precision, written.certainty, written.remarks) == ("day", "certain", ())


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("明治三十年", "year", date(1897, 1, 1), date(1897, 12, 31)),
        ("大正元年", "year", date(1912, 7, 30), date(1912, 12, 31)),
        ("明治四十五年", "year", date(1912, 1, 1), date(1912, 7, 30)),
        ("昭和元年", "year", date(1926, 12, 25), date(1926, 12, 31)),
        ("大正五年二月", "month", date(1916, 2, 1), date(1916, 2, 29)),
        ("昭和20", "year", date(1945, 1, 1), date(1945, 12, 31)),
        ("1912年", "year", date(1912, 1, 1), date(1912, 12, 31)),
    ],
)
def test_less_than_a_day(text: str, precision: str, earliest: date, latest: date) -> None:
    written = parse_date(text)
    assert (written.precision, written.earliest, written.latest) == (precision, earliest, latest)
    assert written.certainty == "certain"


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("明治5年12月2日", date(1872, 1, 20), date(1872, 12, 31)),
        ("慶應三年五月六日", date(1867, 1, 20), date(1868, 2, 20)),
        ("慶応三年閏四月一日", date(1867, 1, 20), date(1868, 2, 20)),
        ("民前四十年三月三日", date(1872, 1, 20), date(1872, 12, 31)),
        ("光緒十年三月三日", date(1884, 1, 20), date(1885, 2, 20)),
    ],
)
def test_lunisolar_days_are_converted_to_the_year_only(text: str, earliest: date, latest: date) -> None:
    written = parse_date(text)
    assert (written.precision, written.earliest, written.latest) == ("year", earliest, latest)
    assert Remark.LUNISOLAR in written.remarks
    assert written.month
    assert written.day


def test_a_day_that_the_change_of_calendar_left_out_is_doubtful() -> None:
    written = parse_date("明治5年12月3日")
    assert Remark.NO_SUCH_DAY in written.remarks
    assert written.certainty == "doubtful"


def test_an_expired_era_is_accepted_and_said_so() -> None:
    written = parse_date("明治四十五年八月一日")
    assert (written.earliest, written.latest) == (date(1912, 8, 1), date(1912, 8, 1))
    assert written.remarks == (Remark.EXPIRED_ERA,)
    assert parse_date("大正十六年一月").remarks == (Remark.EXPIRED_ERA,)
    assert parse_date("慶應五年").remarks == (Remark.EXPIRED_ERA,)


def test_an_era_used_before_it_began_is_doubtful() -> None:
    written = parse_date("大正元年五月一日")
    assert (written.remarks, written.certainty) == ((Remark.BEFORE_ERA,), "doubtful")


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("明治三■年", "era", date(1897, 1, 1), date(1906, 12, 31)),
        ("明治三□年五月", "era", date(1897, 5, 1), date(1906, 5, 31)),
        ("昭和■年", "era", date(1926, 12, 25), date(1989, 1, 7)),
        ("民國■年", "era", date(1912, 1, 1), None),
        ("民前?年", "era", None, date(1911, 12, 31)),
        ("大正三年五月■日", "month", date(1914, 5, 1), date(1914, 5, 31)),
        ("大正三年五月二■日", "month", date(1914, 5, 20), date(1914, 5, 29)),
        ("大正三年■月三日", "year", date(1914, 1, 3), date(1914, 12, 3)),
        ("明■三十年五月三日", "day", date(1897, 5, 3), date(1897, 5, 3)),
        ("■國三十年", "year", date(1941, 1, 1), date(1941, 12, 31)),
        ("■■三十年五月三日", "unknown", None, None),
        ("■和三年", "unknown", None, None),
        ("民■■■年", "unknown", None, None),
    ],
)
def test_unreadable_characters_give_a_range(
    text: str, precision: str, earliest: date | None, latest: date | None
) -> None:
    written = parse_date(text)
    assert (written.precision, written.earliest, written.latest) == (precision, earliest, latest)
    assert written.certainty == "unreadable"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "明治",
        "明治0年",
        "民前0年",
        "明治五十五年",
        "35.5.6",
        "明治三十年十三月",
        "大正5年2月30日",
        "民國35年2月29日",
        "大正三年閏五月",
        "慶應三年五月三十一日",
        "明治三十年五月三日四",
        "1912.13.1",
        "山田太郎",
        "大正三-五.六",
        "大正三年二月三■日",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidDate) as caught:
        parse_date(text)
    assert caught.value.zh
    assert caught.value.en
    assert len(text) < 3 or text not in str(caught.value)


@given(st.text(alphabet="明治大正昭和民國前元年月日一二三十廿卅卌0123456789■?.-/ 閏生", max_size=14))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        written = parse_date(text)
    except InvalidDate:
        return
    assert written.written == text
    if written.earliest and written.latest:
        assert written.earliest <= written.latest


@given(st.sampled_from(DAYS), st.data())
def test_hiding_a_character_never_loses_the_day(known: tuple[str, date], data: st.DataObject) -> None:
    text, day = known
    digits = [
        index
        for index, letter in enumerate(text)
        if letter not in "年月日生.-－／/ 中華民國国前明治大正昭和西元"
    ]
    hidden = data.draw(st.sampled_from(digits))
    written = parse_date(text[:hidden] + "■" + text[hidden + 1 :])
    assert written.earliest is None or written.earliest <= day
    assert written.latest is None or day <= written.latest


@pytest.mark.parametrize(
    "written", ["光緖十年", "咸豊三年", "慶应二年", "庆應二年", "明治三十両年", "寛政三年"]
)
def test_an_era_is_known_in_every_form_of_its_characters(written: str) -> None:
    parse_date(written)
