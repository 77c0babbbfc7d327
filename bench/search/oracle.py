"""What a question should find, worked out by regular expressions apart from the product's own matching.

A stored ■ may be any character; ? and ■ in a question ask for any one, * for any run. Variants are those of
bench/pages/data/names.toml, the only ones the population is written with.
"""

import re
from functools import cache

from bench.pages.read_data import read_toml

_WILD = {"?": ".", "■": ".", "*": ".*"}


def usual(text: str) -> str:
    """Return the text with every variant character written the usual way."""
    return text.translate(_usual())


def name_expression(pattern: str) -> re.Pattern[str]:
    """Return what a whole name, written the usual way, matches if it may be the one asked for."""
    parts = [_WILD.get(letter) or f"[{re.escape(letter)}■]" for letter in usual(pattern)]
    return re.compile("".join(parts))


@cache
def _usual() -> dict[int, str]:
    pairs = {**read_toml("names")["variants"], "臺": "台"}
    return {ord(other): common for common, other in pairs.items()}
