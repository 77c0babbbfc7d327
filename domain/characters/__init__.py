"""Variant folding, wildcards, search tokens.

A stored name is never normalised; everything here makes keys beside it or compares.

* A *unit* is what counts as one character: a code point, or an ideographic description (⿰女夭) with all its
  parts. Blanks and variation selectors make no unit.
* `fold` replaces each unit by its class's one character. Pairs that converters merge and names must not
  (余/餘, 游/遊, 于/於, 范/範 …) stay apart: data/apart.tsv.
* In a pattern ? is one character, * any run, ■ and □ one that the asker could not read. In a stored name
  ■ and □ match any one character; ? and * in a stored name are themselves.
* `tokens` are what an index keeps of a stored name, `query_tokens` what a match must have among them. A
  stored ■ may be any character, so a name with ■ lacks tokens that its matches would need. It therefore
  carries the token `u`, and a query has two arms: the tokens every *fully read* match has, and those every
  match *with ■* has. An index takes what either arm admits, then `matches` decides; no true match is lost.
"""

from domain.characters.fold import fold, units
from domain.characters.infer_lookalikes import LookalikeReading, infer_lookalikes
from domain.characters.matches import Match, Rule, matches
from domain.characters.pattern import Pattern, parse_pattern
from domain.characters.tokens import QueryTokens, query_tokens, tokens

__all__ = [
    "LookalikeReading",
    "Match",
    "Pattern",
    "QueryTokens",
    "Rule",
    "fold",
    "infer_lookalikes",
    "matches",
    "parse_pattern",
    "query_tokens",
    "tokens",
    "units",
]
