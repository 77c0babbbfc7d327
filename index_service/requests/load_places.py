"""Where pages that a load names stand in their volume."""

from collections.abc import Collection, Iterable

from domain.identifiers import InvalidIdentifier, page

# Places kept between two whole page numbers, for pages put in later (12-1, 12背).
SPREAD = 1000
# What a page number may be before it no longer counts as one: places are kept as 32-bit integers.
_MOST = 2_000_000


def places_for(designations: Iterable[str], taken: Collection[int]) -> dict[str, int]:
    """Return a free place for each designation, in register order; one without a number comes last."""
    used = set(taken)
    numbered, others = _split(designations)
    placed = {name: _take(used, number * SPREAD + sub) for _, number, sub, name in sorted(numbered)}
    last = max(used, default=0)
    return placed | {name: last + behind for behind, name in enumerate(others, start=1)}


def _split(designations: Iterable[str]) -> tuple[list[tuple[page.OrderKey, int, int, str]], list[str]]:
    numbered: list[tuple[page.OrderKey, int, int, str]] = []
    others: list[str] = []
    for name in designations:
        try:
            parsed = page.parse(name)
        except InvalidIdentifier:
            others.append(name)
            continue
        if parsed.numbers and parsed.numbers[0] <= _MOST:
            sub = min(parsed.numbers[1], SPREAD - 1) if len(parsed.numbers) > 1 else 0
            numbered.append((parsed.key, parsed.numbers[0], sub, name))
        else:
            others.append(name)
    return numbered, others


def _take(used: set[int], wanted: int) -> int:
    while wanted in used:
        wanted += 1
    used.add(wanted)
    return wanted
