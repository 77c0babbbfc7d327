"""Numbers in designations: Arabic or Chinese, of any width."""

import re

from domain.calendar.numerals import readings, to_signs

DIGITS = r"[0-9０-９〇零一二三四五六七八九十百廿卅卌壹貳參肆伍陸柒捌玖拾佰]+"
_PLAIN = re.compile(r"[0-9]+\Z")


def to_number(text: str) -> int | None:
    """The number a run of digits writes; None where it writes none below 1000 and is no plain number."""
    signs = to_signs(text)
    if _PLAIN.match(signs):
        return int(signs)
    found = readings(signs, range(1, 1000))
    return found[0] if len(found) == 1 else None
