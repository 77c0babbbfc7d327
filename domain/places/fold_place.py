"""Search keys of place names: variants, and the characters changed in 1920."""

from functools import cache
from importlib.resources import files

from domain.characters import fold


def fold_place(text: str) -> str:
    """The search key of a place name, one character for each written; idempotent.

    仔 and 子, 藔 and 寮, 份 and 分, 陂 and 坡, 墩 and 屯, 崗 and 岡, 坵 and 丘, 蔴 and 麻 fold to one,
    for a place is written either way across 1920. Only for places: in a person's name they are
    different characters.
    """
    return fold(fold(text).translate(_changes()))


@cache
def _changes() -> dict[int, str]:
    text = files("domain.places").joinpath("data", "changes_1920.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {ord(fold(before)): after for before, after in rows}
