"""Open the request for what a rerun of recognition read otherwise (依職權), if anything differs."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from access.principal import Principal
from domain.series import load_series
from domain.workflow import Kind
from index_service.changesets.operations.compare_reading import (
    Comparison,
    FieldDifference,
    compare_reading,
)
from index_service.changesets.operations.proposals import read_proposals
from index_service.changesets.operations.stage_entry_reread import stage_entry_reread
from index_service.changesets.queries import change_set_of, entries_under_way, standing_versions_on_image
from index_service.requests.form import ItemForm, RequestForm
from index_service.requests.operations.open_ex_officio import open_ex_officio
from index_service.requests.queries import items_of
from index_service.requests.rules import DEFAULT_RULES, RequestRules
from index_service.requests.tables import Request
from storage.catalogue.tables import PageImage, Volume

FAULT = "read_again"


@dataclass(frozen=True, slots=True)
class ImageReading:
    """What was read on one image, as RecognitionResult keeps it."""

    image_id: uuid.UUID
    proposals: Sequence[Any]


@dataclass(slots=True)
class RereadingCounts:
    """What a rerun found: images read, entries compared, and what became of each field read otherwise.

    `changes` may give way, `kept` are a person's, `lost` are read no more and stay; unpaired entries were
    not found again, unpaired readings belong to no published entry: nothing is done about either, nor about
    entries that another request is at work on (`under_way`).
    """

    images: int = 0
    entries: int = 0
    changes: int = 0
    kept: int = 0
    lost: int = 0
    unpaired_entries: int = 0
    unpaired_readings: int = 0
    under_way: int = 0

    def add(self, found: Comparison) -> None:
        """Count one image."""
        verdicts = [one.verdict for one in found.differences]
        self.images += 1
        self.entries += len(found.pairs)
        self.changes += verdicts.count("change")
        self.kept += verdicts.count("kept")
        self.lost += verdicts.count("lost")
        self.unpaired_entries += found.unpaired_entries
        self.unpaired_readings += found.unpaired_readings

    def as_json(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


@dataclass(slots=True)
class Rereading:
    """The comparisons of a rerun, image by image in register order."""

    counts: RereadingCounts = field(default_factory=RereadingCounts)
    found: list[Comparison] = field(default_factory=list)

    @property
    def changes(self) -> list[FieldDifference]:
        """Every field that may give way."""
        return [one for found in self.found for one in found.differences if one.verdict == "change"]


def compare_images(session: Session, volume: Volume, readings: Iterable[ImageReading]) -> Rereading:
    """Compare what was read with what stands published of the entries drawn on each image; writes nothing."""
    rereading, fields = Rereading(), known_fields(volume)
    for reading in readings:
        image = session.get_one(PageImage, reading.image_id)
        found = compare_reading(
            standing_versions_on_image(session, image.id),
            read_proposals(reading.proposals, width=image.width, height=image.height),
            fields,
        )
        busy = entries_under_way(session, [version.entry_id for version, _ in found.pairs])
        found = found.without(busy)
        rereading.counts.under_way += len(busy)
        rereading.counts.add(found)
        if any(one.verdict == "change" for one in found.differences):
            rereading.found.append(found)
    return rereading


def known_fields(volume: Volume) -> list[str]:
    """Return the keys of the fields that the volume's entries have."""
    return [one.key for one in load_series(volume.series_key).fields]


def open_rereading(
    session: Session,
    *,
    actor: Principal,
    volume: Volume,
    rereading: Rereading,
    at: datetime,
    rules: RequestRules = DEFAULT_RULES,
) -> Request | None:
    """Open an accepted request with what would change staged, one item a page; None if nothing would.

    An operator reviews it, the volume's office confirms it, and only then is it published, as any other.

    Raises:
        Conflict: the workflow refuses; the actor is no ministry clerk.
    """
    pages = list(dict.fromkeys(one.page_id for one in rereading.changes))
    if not pages:
        return None
    form = RequestForm(
        kind=Kind.INDEX_CORRECTION,
        series_key=volume.series_key,
        grounds=f"重新辨識 {volume.designation},{len(rereading.changes)} 欄與現行索引不同",
        items=tuple(ItemForm(fault_code=FAULT, volume_id=volume.id, page_id=page) for page in pages),
    )
    request = open_ex_officio(session, actor=actor, office_id=volume.office_id, form=form, at=at, rules=rules)
    change_set = change_set_of(session, request.id)
    assert change_set is not None, "open_ex_officio opens one"
    items = {item.page_id: item.id for item in items_of(session, request.id)}
    fields = known_fields(volume)
    for found in rereading.found:
        for version, proposal in found.pairs:
            stage_entry_reread(
                session,
                change_set=change_set,
                version=version,
                proposal=proposal,
                known_fields=fields,
                item_id=items[version.page_id],
                at=at,
            )
    return request
