"""Printed labels, without what differs from print to print."""

import unicodedata
from functools import cache

from domain.characters import fold


@cache
def bare_label(text: str) -> str:
    """The label without blanks and punctuation, each character in the form of its variants; idempotent.

    出生年月日（民國） and 戸 主 come to 出生年月日民國 and 戶主. Only for labels: a value is never folded.
    """
    kept = (one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one)[0] in "LN")
    return fold("".join(kept))
