"""Whether a change set may be delivered and published: pure rules over what stands and what is staged."""

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from index_service.changesets.standing import Pinned, Place, Standing, View, moved_bases
from index_service.changesets.tables import Change

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong with a change set, and what would be right; `subject` says where."""

    code: str
    zh: str
    en: str
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class After:
    """What would stand published on the touched pages once the change set is."""

    entries: dict[uuid.UUID, Pinned]
    images: dict[View, uuid.UUID]
    places: dict[uuid.UUID, Place]


def after_change(changes: Sequence[Change], standing: Standing, staged: dict[uuid.UUID, Pinned]) -> After:
    """Lay the changes over what stands."""
    entries, images, places = dict(standing.entries), dict(standing.images), dict(standing.places)
    for change in changes:
        if change.entry_id is not None:
            _lay(entries, change.entry_id, staged.get(change.entry_id) if change.new_version_id else None)
        elif change.action.startswith("image"):
            _lay(images, (change.page_id, change.view), change.new_image_id)
        else:
            _lay(places, change.page_id, new_place(change))
    return After(entries, images, places)


def new_place(change: Change) -> Place | None:
    """Return the place a change puts a page at; None if it takes the page out."""
    if change.new_volume_id is None or change.new_sequence is None:
        return None
    return (change.new_volume_id, change.new_sequence)


def defects_in(
    changes: Sequence[Change],
    standing: Standing,
    staged: dict[uuid.UUID, Pinned],
    taken: set[Place],
) -> list[Defect]:
    """Return everything wrong; `taken` are the places of pages that the change set does not touch."""
    if not changes:
        return [Defect("empty", "維護批次沒有任何異動。", "The change set holds no change.")]
    after = after_change(changes, standing, staged)
    return [
        *(_moved(change) for change in moved_bases(changes, standing)),
        *_strayed_regions(after),
        *_unplaced_pages(after),
        *_crowded_places(changes, taken),
    ]


def _lay(laid: dict[K, V], key: K, value: V | None) -> None:
    laid.pop(key, None)
    if value is not None:
        laid[key] = value


def _moved(change: Change) -> Defect:
    return Defect(
        "base_moved",
        "此項異動所依據的版本已由其他版次更新，請重新比對後再送。",
        "Another edition has changed what this change starts from: compare again and restage it.",
        change.subject,
    )


def _strayed_regions(after: After) -> Iterator[Defect]:
    standing = set(after.images.values())
    for pinned in after.entries.values():
        if pinned.image_id is not None and pinned.image_id not in standing:
            yield Defect(
                "region_on_other_image",
                "索引的框線不是畫在將公布的影像上，請在新影像上重新框選或清除框線。",
                "The entry's region was drawn on an image that will not stand: redraw or clear it.",
                f"entry:{pinned.entry_id}",
            )


def _unplaced_pages(after: After) -> Iterator[Defect]:
    used = {pinned.page_id for pinned in after.entries.values()} | {page for page, _ in after.images}
    for page_id in sorted(used - after.places.keys()):
        yield Defect(
            "page_without_place",
            "此頁仍有影像或索引，卻未排入任何簿冊，請排定冊號頁次，或一併撤下影像與索引。",
            "The page keeps an image or entries but stands in no volume: place it, or withdraw those too.",
            f"place:{page_id}",
        )


def _crowded_places(changes: Sequence[Change], taken: set[Place]) -> Iterator[Defect]:
    wanted = [(change, place) for change in changes if (place := new_place(change)) is not None]
    counts = Counter(place for _, place in wanted)
    for change, place in wanted:
        if counts[place] > 1 or place in taken:
            yield Defect(
                "place_taken",
                "此冊號頁次已有其他簿頁，請改排，或先移動原有簿頁。",
                "Another page stands at this place: choose another, or move that page as well.",
                change.subject,
            )
