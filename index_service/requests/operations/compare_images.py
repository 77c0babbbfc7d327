"""Compare what a rerun of recognition read with what stands published; writes nothing."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from domain.series import load_series
from index_service.changesets.operations.compare_reading import (
    Comparison,
    FieldDifference,
    compare_reading,
)
from index_service.changesets.operations.find_new_readings import find_new_readings
from index_service.changesets.operations.proposals import Proposal, read_proposals
from index_service.changesets.queries import entries_under_way, standing_versions_on_image
from storage.catalogue.tables import PageImage, Volume


@dataclass(frozen=True, slots=True)
class ImageReading:
    """What was read on one image, as RecognitionResult keeps it."""

    image_id: uuid.UUID
    proposals: Sequence[Any]


@dataclass(slots=True)
class RereadingCounts:
    """What a rerun found: images read, entries compared, and what became of each field read otherwise.

    `changes` may give way, `kept` are a person's, `lost` are read no more and stay. Entries not found again
    (`unpaired_entries`) stay; of the readings that belong to no entry (`unpaired_readings`) those `proposed`
    are new entries to be confirmed, the rest a person must have decided on before. What another request is
    at work on is left to it (`under_way`).
    """

    images: int = 0
    entries: int = 0
    changes: int = 0
    kept: int = 0
    lost: int = 0
    unpaired_entries: int = 0
    unpaired_readings: int = 0
    proposed: int = 0
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
        self.unpaired_readings += len(found.unpaired)

    def as_json(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ImageFinding:
    """One image whose reading would change something: its comparison, and the new entries proposed on it."""

    image_id: uuid.UUID
    page_id: uuid.UUID
    comparison: Comparison
    proposed: tuple[Proposal, ...]


@dataclass(slots=True)
class Rereading:
    """The findings of a rerun, image by image in register order."""

    counts: RereadingCounts = field(default_factory=RereadingCounts)
    found: list[ImageFinding] = field(default_factory=list)

    @property
    def changes(self) -> list[FieldDifference]:
        """Every field that may give way."""
        return [one for found in self.found for one in found.comparison.changes]


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
        _add(session, rereading, image, found)
    return rereading


def known_fields(volume: Volume) -> list[str]:
    """Return the keys of the fields that the volume's entries have."""
    return [one.key for one in load_series(volume.series_key).fields]


def _add(session: Session, rereading: Rereading, image: PageImage, found: Comparison) -> None:
    busy = entries_under_way(session, [version.entry_id for version, _ in found.pairs])
    found = found.without(busy)
    new = find_new_readings(session, image, found.unpaired)
    counts = rereading.counts
    counts.add(found)
    counts.under_way += len(busy) + new.under_way
    counts.unpaired_readings -= new.under_way
    counts.proposed += len(new.proposed)
    if found.changes or new.proposed:
        rereading.found.append(ImageFinding(image.id, image.page_id, found, new.proposed))
