"""What can be wrong with double-page spreads: frames whose two halves are two pages."""

from collections.abc import Iterator, Mapping, Sequence

from domain.series import Series
from imaging.half_side import HalfSide
from ingest.batches.defects import Defect
from ingest.batches.page_order import page_order
from ingest.batches.schemas import Manifest, ManifestPage

_NAMES: Mapping[HalfSide, tuple[str, str]] = {"right": ("右頁", "the right"), "left": ("左頁", "the left")}


def check_frames_and_sides(manifest: Manifest) -> Iterator[Defect]:
    """Find frames listed twice, and spreads that are not one right and one left page.

    One side alone is right where the other was delivered before: in a rescan, and for a slip, whose second
    shot of the open book shows the neighbouring page again.
    """
    for ordinal, file in enumerate(manifest.files, 1):
        for frame, pages in _by_frame(file.pages).items():
            yield from _check_frame(f"file {ordinal} frame {frame + 1}", pages, manifest.purpose == "rescan")


def check_side_order(manifest: Manifest, series: Series) -> Iterator[Defect]:
    """Find spreads whose pages stand against the way the series is read: vertical books go right to left.

    Of a series whose form is unknown nothing says how its books are read.
    """
    if series.layout.unit == "page" and not series.layout.ruled:
        return
    first: HalfSide = "right" if series.direction == "vertical" else "left"
    for ordinal, file in enumerate(manifest.files, 1):
        for frame, pages in _by_frame(file.pages).items():
            if len(pages) == 2 and _before(pages) not in {None, first}:
                zh = (
                    f"本類簿冊由{'右至左' if first == 'right' else '左至右'}翻閱,跨頁應先列{_NAMES[first][0]}"
                )
                en = f"books of this series read from {first}: list {_NAMES[first][1]} page of a spread first"
                yield Defect(f"file {ordinal} frame {frame + 1}", "side_order", zh, en)


def _by_frame(pages: Sequence[ManifestPage]) -> dict[int, list[ManifestPage]]:
    found: dict[int, list[ManifestPage]] = {}
    for page in pages:
        found.setdefault(page.frame, []).append(page)
    return found


def _check_frame(where: str, pages: Sequence[ManifestPage], rescan: bool) -> Iterator[Defect]:
    sides = [page.side for page in pages]
    if sides == [None] or (len(sides) == 2 and set(sides) == {"right", "left"}):
        return
    if None in sides and set(sides) != {None}:
        zh, en = (
            "同一影格不可既為整頁又為跨頁之半",
            "a frame is one whole page or a spread, not both: give each of its pages a side, or none",
        )
        yield Defect(where, "side_mixed", zh, en)
    elif len(set(sides)) < len(sides):
        zh = "同一影格的同一邊不得重複列出;若為跨頁,請註明左右"
        en = "a frame, or a side of it, is listed once; two pages on one frame are its right and left side"
        yield Defect(where, "frame", zh, en)
    elif not rescan and pages[0].view == 1 and pages[0].side is not None:
        lacking = _NAMES["left" if pages[0].side == "right" else "right"]
        zh, en = f"跨頁缺{lacking[0]}:左右兩頁須一併列出", f"the spread lacks {lacking[1]} page: list both"
        yield Defect(where, "side_missing", zh, en)


def _before(pages: Sequence[ManifestPage]) -> HalfSide | None:
    """Return the side whose page comes first, by page number where both have one."""
    one, other = pages
    orders = page_order(one.designation), page_order(other.designation)
    if orders[0] is not None and orders[1] is not None and orders[1] < orders[0]:
        return other.side
    return one.side
