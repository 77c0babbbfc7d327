"""Tell what was found on a page in a few lines that a person reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.series import Series
from huji.inspect.palette import DOUBTFUL_BELOW
from huji.inspect.tell_fault import tell_fault

SHOWN_LINES = 12
SIDES: Mapping[str | None, str] = {"right": "  ·  右頁 right page", "left": "  ·  左頁 left page"}


def summarise(described: Mapping[str, Any], series: Series) -> str:
    """Summarise one object of `huji inspect`, 正體中文 first."""
    return "\n".join(_lines(described, series))


def _lines(described: Mapping[str, Any], series: Series) -> Iterator[str]:
    yield f"{described['file']}{SIDES.get(described.get('side'), '')}"
    if described["error"]:
        yield f"  退件 Refused: {described['error']}"
        return
    seconds = sum(described["timings"].values())
    persons = len(described["entries"])
    yield f"  歪斜 Skew {_skew(described)}  ·  辨識 Read in {seconds:.1f} s  ·  人 Persons {persons}"
    faults = {check: one for check, one in described["quality"].items() if one["verdict"] != "accept"}
    yield f"  {'  ·  '.join(_standing(described, series))}"
    if faults:
        yield "  影像品質 Quality"
        yield from (f"    {tell_fault(check, one)}" for check, one in faults.items())
    yield from (f"  {_field(series, key)}: {_told(value)}" for key, value in described["household"].items())
    for number, entry in enumerate(described["entries"], start=1):
        values = "  ".join(f"{_field(series, key)} {_told(value)}" for key, value in entry.items())
        yield f"  {number}. {values}"
    if described["lines"]:
        yield "  未見本類簿冊的表格，僅列文字。No form of this series was found; the text alone:"
        yield from (f"    {line['text']}" for line in described["lines"][:SHOWN_LINES])
    elif not described["cells"]:
        yield "  未見文字。Nothing written was found."
    for page in described.get("pages", ()):
        yield from _lines(page, series)


def _skew(described: Mapping[str, Any]) -> str:
    if described["skew_method"] == "none":
        return "不明 not known"
    return f"{described['skew_deg']:+.2f}°"


def _field(series: Series, key: str) -> str:
    return series.field(key).label


def _told(value: Mapping[str, Any]) -> str:
    """Tell a value, with a mark where it should be looked at."""
    return f"{value['text']}{'' if value['confidence'] >= DOUBTFUL_BELOW else ' (?)'}"


def _standing(described: Mapping[str, Any], series: Series) -> Iterator[str]:
    """Tell how the page stood, which page and which form it is."""
    known = described["orientation_method"] != "none"
    turned = f"{described['orientation_deg']}°" if known else "不明 not known"
    yield f"轉向 Turned {turned}"
    if described["perspective_method"] != "none":
        yield f"斜拍 Aslant {described['perspective_deg']:.1f}°"
    number = described["designation"]
    yield f"頁次 Page {_told(number) if number else '未見 not seen'}"
    if described["form"]:
        form = next(one for one in series.forms if one.key == described["form"])
        yield f"表格 Form {form.title} {form.english}"
    if described["seals"]:
        yield f"印章 Seals {len(described['seals'])}"
