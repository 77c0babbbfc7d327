"""Tell known kinship terms and orders of birth."""

import re
from functools import cache
from importlib.resources import files

from domain.characters import fold

_JOINTS = "ノの之"
_BEFORE = ("異父", "異母", "再從", "前夫", "妻", "夫", "父", "母")
_AFTER = ("妻", "夫", "婦", "媳", "婿", "妾")
"""Terms joined to another without ノ: these before it (妻弟), or these after it (弟妻, 孫婦).

Not every pair: 媳婦子 is 媳婦仔 misread, not a son of a 媳婦.
"""
_COUNT = "[長次二三四五六七八九十末貳參肆伍陸柒捌玖拾]|十[一二三四五]|庶子|私生子|養子|婚生子"
_ORDER = re.compile(fold(rf"(?:{_COUNT})*(?:男|女|子)|{_COUNT}"))
_COUNTED = re.compile(fold(rf"(?:{_COUNT})(?:男|女|子|孫|孫女|媳|婿)"))


def known_relation(text: str) -> bool:
    """Whether a text is a known term or made of them: 長男, 長男ノ妻, 弟妻; forms of a character aside."""
    return _made_of_terms(fold(text))


def known_order(text: str) -> bool:
    """Whether a text is an order of birth as registers write it: 長男, 次女, 二男, 庶子男, 三."""
    return bool(_ORDER.fullmatch(fold(text)))


@cache
def _made_of_terms(text: str) -> bool:
    return _is_term(text) or any(_joined(text[:end], text[end:]) for end in range(1, len(text)))


def _joined(first: str, rest: str) -> bool:
    if rest[0] in _JOINTS:
        return _made_of_terms(first) and _made_of_terms(rest[1:])
    close = first in map(fold, _BEFORE) or rest in map(fold, _AFTER)
    return close and _made_of_terms(first) and _made_of_terms(rest)


def _is_term(text: str) -> bool:
    return text in _terms() or bool(_COUNTED.fullmatch(text))


@cache
def _terms() -> frozenset[str]:
    text = files("domain.kinship").joinpath("data", "terms.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(fold(row[0]) for row in rows)
