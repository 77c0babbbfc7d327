"""Find pages delivered twice: the same bytes, the same pixels, the same writing, or a whole run shifted.

Blank forms of one kind, which are alike by their print, are told as that.

No two scans have the same pixels. So of two pages that share them one has no image of its own, and until a
person has said which, both are to be scanned again: they are refused, unless they are blank, as clean white
sheets may well be the same. What is only alike is flagged: a person decides; and a delivery out of step
holds sound images in a wrong order.
"""

from collections.abc import Iterator, Sequence

from imaging.alike import Alike, find_alike, is_blank
from imaging.quality import Thresholds, Verdict
from imaging.quality.finding import judge
from ingest.checks.trace import Notice, Trace

SHORTEST_RUN = 2
_USUAL = Thresholds()


def find_duplicates(
    fresh: Sequence[Trace], earlier: Sequence[Trace], limits: Thresholds = _USUAL
) -> list[Notice]:
    """Return what is double in a delivery: among its pages, and against the volume's earlier images.

    An image is never held against another of its own page: a scan made again is meant to be like the old one.
    """
    exact = list(_exact(fresh, [*fresh, *earlier], limits))
    told = {notice.image_id for notice in exact}
    near = _near([one for one in fresh if one.image_id not in told], [*fresh, *earlier], limits)
    pairs = [(one, other, pair.likeness) for one, other, pair in near if not pair.blank]
    shifted = _shifted([pair for pair in pairs if pair[1] in earlier])
    blank = [_blank_notice(one, other, pair.likeness) for one, other, pair in near if pair.blank]
    return [*exact, *(_near_notice(pair, shifted, limits) for pair in pairs), *blank]


def _exact(fresh: Sequence[Trace], known: Sequence[Trace], limits: Thresholds) -> Iterator[Notice]:
    pixels: dict[str, list[Trace]] = {}
    for one in known:
        pixels.setdefault(one.pixels, []).append(one)
    for one in fresh:
        same = [other for other in pixels[one.pixels] if other.page_id != one.page_id]
        if same:
            other = min(same, key=lambda other: other.master != one.master)
            verdict: Verdict = (
                "flag" if is_blank(one.writing, limits) else judge(1.0, 0.0, limits.same_refuse)
            )
            yield _exact_notice(one, other, other.master == one.master, verdict)


def _exact_notice(one: Trace, other: Trace, bytes_too: bool, verdict: Verdict) -> Notice:
    zh = "檔案" if bytes_too else "像素(重新存檔)"
    en = "the same file" if bytes_too else "the same pixels, saved anew,"
    return Notice(
        one.image_id,
        "duplicate",
        1.0,
        other.image_id,
        one.page,
        f"與第 {other.declared} 頁為同一{zh};請核對兩頁,重掃影像有誤之頁。",
        f"This is {en} as page {other.declared}: compare the two pages, and scan the one again whose image "
        "it is not.",
        verdict,
    )


def _near(
    fresh: Sequence[Trace], known: Sequence[Trace], limits: Thresholds
) -> list[tuple[Trace, Trace, Alike]]:
    """Return each fresh image with the image of another page that it is likest to; one that it is like as
    blank forms are only where there is no other."""
    best: dict[int, tuple[Trace, Trace, Alike]] = {}
    pairs = find_alike([one.writing for one in fresh], [one.writing for one in known], limits)
    for pair in sorted(pairs, key=lambda pair: (pair.one, pair.blank)):
        one, other = fresh[pair.one], known[pair.other]
        if one.page_id != other.page_id and pair.one not in best:
            best[pair.one] = (one, other, pair)
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


def _near_notice(pair: tuple[Trace, Trace, float], shifted: dict[Trace, int], limits: Thresholds) -> Notice:
    one, other, likeness = pair
    if one in shifted:
        step = shifted[one]
        return Notice(
            one.image_id,
            "shifted",
            likeness,
            other.image_id,
            one.page,
            f"與前次交付的第 {other.declared} 頁相同,鄰頁亦皆差 {step:+d} 頁:其一錯頁,請核對。",
            f"This is page {other.declared} as delivered before; its neighbours are {step:+d} page(s) "
            "off: one of the deliveries is out of step; compare them.",
        )
    return Notice(
        one.image_id,
        "near_duplicate",
        likeness,
        other.image_id,
        one.page,
        f"與第 {other.declared} 頁的字跡幾乎相同(相似度 {likeness:.0%});可能重掃,請核對。",
        f"Its writing is nearly that of page {other.declared} ({likeness:.0%} alike): it may have been "
        "scanned twice; compare the two pages.",
        judge(likeness, 0.0, limits.alike_refuse),
    )


def _blank_notice(one: Trace, other: Trace, likeness: float) -> Notice:
    return Notice(
        one.image_id,
        "blank_form",
        likeness,
        other.image_id,
        one.page,
        f"表格空白或幾乎未填寫,與第 {other.declared} 頁無從分辨;請確認是否為空白頁。",
        f"A blank form, or nearly so, like page {other.declared}: nothing tells the two apart. Confirm that "
        "it is blank.",
    )
