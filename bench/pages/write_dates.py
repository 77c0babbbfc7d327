"""Writes dates and numbers as a register of the period does."""

from bisect import bisect_right
from datetime import date
from functools import cache

from bench.pages.read_data import read_tsv

PLAIN = "〇一二三四五六七八九"
LEGAL = "〇壹貳參四五六七八九"
REPUBLIC = 1911
TWENTIES = {2: "廿", 3: "卅"}


def write_number(number: int, style: str = "plain") -> str:
    """Return 1–9999 in characters; `style` is "plain" 二十八, "legal" 貳拾八 or "short" 廿八."""
    digits, ten = (LEGAL, "拾") if style == "legal" else (PLAIN, "十")
    rest, written = number, ""
    for worth, name in ((1000, "千"), (100, "百")):
        count, rest = divmod(rest, worth)
        written += "" if count == 0 else ("" if count == 1 else digits[count]) + name
    tens, ones = divmod(rest, 10)
    if style == "short" and tens in TWENTIES and not written:
        written += TWENTIES[tens]
    elif tens:
        one = digits[1] if style == "legal" else ""
        written += (one if tens == 1 else digits[tens]) + ten
    return written + (digits[ones] if ones else "")


def write_date(day: date, style: str = "plain") -> str:
    """Return a day with its era, 明治三十八年五月十二日; the first year is 元年.

    Raises: ValueError for a day before the first era of `data/eras.tsv`.
    """
    starts, names = _eras()
    at = bisect_right(starts, day) - 1
    if at < 0:
        raise ValueError(f"{day} lies before {names[0]}, the first era known.")
    year = day.year - starts[at].year + 1
    year_text = "元" if year == 1 else write_number(year, style)
    return f"{names[at]}{year_text}年{write_number(day.month, style)}月{write_number(day.day, style)}日"


def write_roc_date(day: date, style: str = "plain") -> str:
    """Return a day in years of the Republic, 民國三十八年五月十二日, before 1912 counted back, 民國前五年…;
    `style` is that of write_number, or "digits" 民國38年5月12日.
    """
    year = day.year - REPUBLIC
    era, count = ("民國", year) if year > 0 else ("民國前", 1 - year)
    parts = (count, day.month, day.day)
    written = [str(part) if style == "digits" else write_number(part, style) for part in parts]
    return f"{era}{written[0]}年{written[1]}月{written[2]}日"


@cache
def _eras() -> tuple[list[date], list[str]]:
    rows = read_tsv("eras")
    return [date.fromisoformat(row["first"]) for row in rows], [row["era"] for row in rows]
