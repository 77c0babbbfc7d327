"""Compare what a rerun of recognition read with what stands published or proposed; writes nothing."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from access.http.problems import Invalid
from domain.series import InvalidSeries, load_series
from index_service.changesets.operations.compare_reading import (
    Comparison,
    FieldDifference,
    compare_reading,
)
from index_service.changesets.operations.find_entries_elsewhere import has_entries_elsewhere
from index_service.changesets.operations.find_new_readings import find_new_readings
from index_service.changesets.operations.find_unreviewed import Unreviewed, find_unreviewed
from index_service.changesets.operations.proposals import Proposal, read_proposals
from index_service.changesets.queries import entries_under_way, standing_image_id, standing_versions_on_image
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
    are new entries to be confirmed, the rest a person must have decided on before, or stand on a page whose
    entries are drawn on another view. What a person is at work on in another request, or in the first load,
    is left to that, as are the readings of an image replaced meanwhile (`under_way`); of the images,
    `unpublished` are those of a first load that nobody has reviewed, whose proposals give way in place.
    What was found and then refused is `unstaged`, and counted neither as changing nor as proposed.
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
    unpublished: int = 0
    unstaged: int = 0

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

    def refuse(self, found: "ImageFinding") -> None:
        """Count what was to be staged of one image as not staged after all."""
        changes, proposed = len(found.comparison.changes), len(found.proposed)
        self.changes -= changes
        self.proposed -= proposed
        self.unstaged += changes + proposed

    def as_json(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ImageFinding:
    """One image whose reading would change something: its comparison, and the new entries proposed on it.

    `first_load` holds the proposals they are laid over, on an image that is not published yet.
    """

    image_id: uuid.UUID
    page_id: uuid.UUID
    comparison: Comparison
    proposed: tuple[Proposal, ...]
    first_load: Unreviewed | None = None


@dataclass(slots=True)
class Rereading:
    """The findings of a rerun, image by image in register order."""

    counts: RereadingCounts = field(default_factory=RereadingCounts)
    found: list[ImageFinding] = field(default_factory=list)

    @property
    def changes(self) -> list[FieldDifference]:
        """Every field that may give way."""
        return [one for found in self.found for one in found.comparison.changes]

    def of_published(self) -> "Rereading":
        """Return the findings on published images alone, with the same counts."""
        return Rereading(self.counts, [found for found in self.found if found.first_load is None])

    def of_first_loads(self) -> list[ImageFinding]:
        """Return the findings on images that are not published yet."""
        return [found for found in self.found if found.first_load is not None]

    def proposes_beside(self, image: PageImage) -> bool:
        """Tell whether new entries are proposed on another image of the same page already."""
        return any(one.proposed and one.page_id == image.page_id for one in self.found)

    def add(self, found: ImageFinding) -> None:
        """Count one image, and keep what is found on it if it would change something."""
        self.counts.add(found.comparison)
        self.counts.proposed += len(found.proposed)
        if found.comparison.changes or found.proposed:
            self.found.append(found)


def compare_images(
    session: Session, volume: Volume, readings: Iterable[ImageReading], *, lock: bool = False
) -> Rereading:
    """Compare what was read with the entries drawn on each image, as published or as first proposed.

    Writes nothing; `lock` keeps first proposals from being reviewed until the transaction ends.
    Raises: Invalid, where the volume's series is known no more.
    """
    rereading, fields = Rereading(), known_fields(volume)
    for reading in readings:
        image = session.get_one(PageImage, reading.image_id)
        proposals = read_proposals(reading.proposals, width=image.width, height=image.height)
        if standing_image_id(session, image.page_id, image.view) == image.id:
            _add_published(session, rereading, image, proposals, fields)
        else:
            first_load = find_unreviewed(session, image, lock=lock)
            _add_unpublished(session, rereading, image, first_load, proposals, fields)
    return rereading


def known_fields(volume: Volume) -> list[str]:
    """Return the keys of the fields of a volume; raises Invalid where nobody knows them."""
    try:
        return [one.key for one in load_series(volume.series_key).fields]
    except (KeyError, InvalidSeries) as error:
        raise Invalid(
            "series_unknown",
            f"本冊的簿冊類別 {volume.series_key} 已不存在或有誤,無法與現有索引比對。",
            f"The volume's series {volume.series_key} is unknown now, or is wrong: nothing can be compared.",
        ) from error


def _add_published(
    session: Session,
    rereading: Rereading,
    image: PageImage,
    proposals: Sequence[Proposal],
    fields: Sequence[str],
) -> None:
    found = compare_reading(standing_versions_on_image(session, image.id), proposals, fields)
    busy = entries_under_way(session, [version.entry_id for version, _ in found.pairs])
    found = found.without(busy)
    new = find_new_readings(session, image, found.unpaired)
    rereading.counts.under_way += len(busy) + new.under_way
    rereading.counts.unpaired_readings -= new.under_way
    proposed = () if rereading.proposes_beside(image) else new.proposed
    rereading.add(ImageFinding(image.id, image.page_id, found, proposed))


def _add_unpublished(
    session: Session,
    rereading: Rereading,
    image: PageImage,
    first_load: Unreviewed | None,
    proposals: Sequence[Proposal],
    fields: Sequence[str],
) -> None:
    if first_load is None:
        rereading.counts.images += 1
        rereading.counts.under_way += len(proposals)
        return
    found = compare_reading([version for version, _ in first_load.staged], proposals, fields)
    rereading.counts.unpublished += 1
    shown_elsewhere = rereading.proposes_beside(image) or has_entries_elsewhere(session, image)
    proposed = () if shown_elsewhere else found.unpaired
    rereading.add(ImageFinding(image.id, image.page_id, found, proposed, first_load))
