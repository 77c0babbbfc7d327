"""Find pages delivered twice: the same bytes, the same pixels, the same writing, or a whole run shifted."""

from collections.abc import Iterator, Sequence

from imaging.alike import find_alike
from ingest.checks.trace import Notice, Trace

SHORTEST_RUN = 2


def find_duplicates(fresh: Sequence[Trace], earlier: Sequence[Trace]) -> list[Notice]:
    """Return what is double in a delivery: among its pages, and against the volume's earlier images.

    An image is never held against another of its own page: a scan made again is meant to be like the old one.
    """
    exact = list(_exact(fresh, [*fresh, *earlier]))
    told = {notice.image_id for notice in exact}
    pairs = _near([one for one in fresh if one.image_id not in told], [*fresh, *earlier])
    shifted = _shifted([pair for pair in pairs if pair[1] in earlier])
    return [*exact, *(_near_notice(pair, shifted) for pair in pairs)]


def _exact(fresh: Sequence[Trace], known: Sequence[Trace]) -> Iterator[Notice]:
    pixels: dict[str, list[Trace]] = {}
    for one in known:
        pixels.setdefault(one.pixels, []).append(one)
    for one in fresh:
        same = [other for other in pixels[one.pixels] if other.page_id != one.page_id]
        if same:
            other = min(same, key=lambda other: other.master != one.master)
            yield _exact_notice(one, other, other.master == one.master)


def _exact_notice(one: Trace, other: Trace, bytes_too: bool) -> Notice:
    zh = "檔案" if bytes_too else "像素(重新存檔)"
    en = "the same file" if bytes_too else "the same pixels, saved anew,"
    return Notice(
        one.image_id,
        "duplicate",
        1.0,
        other.image_id,
        (),
        f"與第 {other.declared} 頁為同一{zh};請核對兩頁。",
        f"This is {en} as page {other.declared}: compare the two pages.",
    )


def _near(fresh: Sequence[Trace], known: Sequence[Trace]) -> list[tuple[Trace, Trace, float]]:
    """Return each fresh image with the image of another page that it is likest to."""
    best: dict[int, tuple[Trace, Trace, float]] = {}
    for pair in find_alike([one.writing for one in fresh], [one.writing for one in known]):
        one, other = fresh[pair.one], known[pair.other]
        if one.page_id != other.page_id and pair.one not in best:
            best[pair.one] = (one, other, pair.likeness)
    return list(best.values())


def _shifted(pairs: Sequence[tuple[Trace, Trace, float]]) -> dict[Trace, int]:
    """Return the images that lie in a run of neighbours, each like the earlier image equally far off."""
    offsets = {one: other.sequence - one.sequence for one, other, _ in pairs}
    by_sequence = {one.sequence: one for one in offsets}
    found: dict[Trace, int] = {}
    for sequence, one in by_sequence.items():
        run = [one]
        while (after := by_sequence.get(sequence + len(run))) is not None and offsets[after] == offsets[one]:
            run.append(after)
        if len(run) >= SHORTEST_RUN:
            found.update(dict.fromkeys(run, offsets[one]))
    return found


def _near_notice(pair: tuple[Trace, Trace, float], shifted: dict[Trace, int]) -> Notice:
    one, other, likeness = pair
    if one in shifted:
        step = shifted[one]
        return Notice(
            one.image_id,
            "shifted",
            likeness,
            other.image_id,
            (),
            f"與前次交付的第 {other.declared} 頁相同,鄰頁亦皆差 {step:+d} 頁:其一錯頁,請核對。",
            f"This is page {other.declared} as delivered before; its neighbours are {step:+d} page(s) "
            "off: one of the deliveries is out of step; compare them.",
        )
    return Notice(
        one.image_id,
        "near_duplicate",
        likeness,
        other.image_id,
        (),
        f"與第 {other.declared} 頁的字跡幾乎相同(相似度 {likeness:.0%});可能重掃,請核對。",
        f"Its writing is nearly that of page {other.declared} ({likeness:.0%} alike): it may have been "
        "scanned twice; compare the two pages.",
    )
