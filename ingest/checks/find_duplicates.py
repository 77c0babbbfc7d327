"""Find pages delivered twice: the same bytes, the same pixels, the same writing, or a whole run shifted.

Blank forms of one kind, which are alike by their print, are told as that.

No two scans have the same pixels. So of two pages that share them one has no image of its own, and until a
person has said which, both are to be scanned again: they are refused, unless they are blank, as clean white
sheets may well be the same. A manifest that is corrected brings the same files under other pages: what is
shared with an image that the same delivery replaces, or that a whole run is equally far off from, is flagged.
What is only alike is flagged too: a person decides; and a delivery out of step holds sound images in a wrong
order.
"""

from collections.abc import Sequence

from imaging.alike import Alike, find_alike, is_blank
from imaging.quality import Thresholds
from imaging.quality.finding import judge
from ingest.checks.find_same import find_same, of_one_file, replaced_by
from ingest.checks.trace import Notice, Trace

SHORTEST_RUN = 2
_USUAL = Thresholds()


def find_duplicates(
    fresh: Sequence[Trace], earlier: Sequence[Trace], limits: Thresholds = _USUAL
) -> list[Notice]:
    """Return what is double in a delivery: among its pages, and against the volume's earlier images.

    An image is never held against another of its own page: a scan made again is meant to be like the old one.
    """
    same = [(one, other, 1.0) for one, other in find_same(fresh, earlier)]
    told = {one.image_id for one, _, _ in same}
    near = _near([one for one in fresh if one.image_id not in told], [*fresh, *earlier], limits)
    pairs = [(one, other, pair.likeness) for one, other, pair in near if not pair.blank]
    before, replaced = {one.image_id for one in earlier}, replaced_by(fresh, earlier)
    shifted = _shifted([pair for pair in [*same, *pairs] if pair[1].image_id in before])
    return [
        *(
            _replaced_notice(one, other)
            if other.image_id in replaced
            else _exact_notice(one, other, is_blank(one.writing, limits), limits)
            for one, other, _ in same
            if one not in shifted
        ),
        *(_shifted_notice(pair, shifted[pair[0]]) for pair in [*same, *pairs] if pair[0] in shifted),
        *(_near_notice(pair, limits) for pair in pairs if pair[0] not in shifted),
        *(_blank_notice(one, other, pair.likeness) for one, other, pair in near if pair.blank),
    ]


def _exact_notice(one: Trace, other: Trace, blank: bool, limits: Thresholds) -> Notice:
    zh, en = _what_is_one(one, other)
    return Notice(
        one.image_id,
        "duplicate",
        1.0,
        other.image_id,
        one.page,
        f"與第 {other.declared} 頁為同一{zh};請核對兩頁,重掃影像有誤之頁。",
        f"This is {en} as page {other.declared}: compare the two pages, and scan the one again whose image "
        "it is not.",
        "flag" if blank else judge(1.0, 0.0, limits.same_refuse),
    )


def _replaced_notice(one: Trace, other: Trace) -> Notice:
    zh, en = _what_is_one(one, other)
    return Notice(
        one.image_id,
        "duplicate",
        1.0,
        other.image_id,
        one.page,
        f"與第 {other.declared} 頁前次之影像為同一{zh},該頁此次已換影像;請核對兩頁。",
        f"This is {en} as page {other.declared} had before this delivery, which gives that page another "
        "image: compare the two pages.",
    )


def _what_is_one(one: Trace, other: Trace) -> tuple[str, str]:
    if of_one_file(one, other):
        return "檔案", "the same file"
    return "像素(重新存檔)", "the same pixels, saved anew,"


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
    by_place = {(one.view, one.sequence): one for one in offsets}
    found: dict[Trace, int] = {}
    for (view, sequence), one in by_place.items():
        run = [one]
        while (after := by_place.get((view, sequence + len(run)))) is not None and (
            offsets[after] == offsets[one]
        ):
            run.append(after)
        if len(run) >= SHORTEST_RUN:
            found.update(dict.fromkeys(run, offsets[one]))
    return found


def _shifted_notice(pair: tuple[Trace, Trace, float], step: int) -> Notice:
    one, other, likeness = pair
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


def _near_notice(pair: tuple[Trace, Trace, float], limits: Thresholds) -> Notice:
    one, other, likeness = pair
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
