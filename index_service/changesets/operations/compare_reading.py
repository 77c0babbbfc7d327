"""What a new reading of an image says beside the entries drawn on it; pure: what differs, and what may give
way."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from index_service.changesets.operations.proposals import Proposal, pair_by_name
from index_service.entries.field_values import is_a_persons
from index_service.entries.tables import EntryVersion

SAME_PLACE = 0.3
"""How much of two regions must be common to both (intersection over union) for them to be one entry's."""

Verdict = Literal["change", "kept", "lost"]
Box = Sequence[float]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field read otherwise: "change" may give way, "kept" is a person's, "lost" is read no more."""

    entry_id: uuid.UUID
    page_id: uuid.UUID
    field: str
    before: str
    after: str
    confidence: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """An image's entries beside its new reading; `pairs` are (entry's version, its proposal)."""

    pairs: tuple[tuple[EntryVersion, Proposal], ...]
    differences: tuple[FieldDifference, ...]
    unpaired_entries: int
    unpaired_readings: int

    def without(self, entries: Collection[uuid.UUID]) -> "Comparison":
        """Return the comparison without the pairs of these entries."""
        return replace(
            self,
            pairs=tuple(pair for pair in self.pairs if pair[0].entry_id not in entries),
            differences=tuple(one for one in self.differences if one.entry_id not in entries),
        )


def compare_reading(
    versions: Sequence[EntryVersion], proposals: Sequence[Proposal], known_fields: Sequence[str]
) -> Comparison:
    """Pair entries with proposals by place, the rest by a name that is unique, and compare field by field.

    Fields that the entries' series does not have (`known_fields`) are left out.
    """
    paired = _pair_by_place(versions, proposals)
    free = [index for index in range(len(versions)) if index not in paired]
    rest = [one for at, one in enumerate(proposals) if at not in set(paired.values())]
    by_name = pair_by_name([versions[index].fields for index in free], rest)
    pairs = [(versions[index], proposals[at]) for index, at in sorted(paired.items())]
    pairs += [(versions[free[index]], proposal) for index, proposal in by_name.items()]
    return Comparison(
        pairs=tuple(pairs),
        differences=tuple(one for pair in pairs for one in _differences(*pair, known_fields)),
        unpaired_entries=len(versions) - len(pairs),
        unpaired_readings=len(proposals) - len(pairs),
    )


def giving_way(version: EntryVersion, proposal: Proposal, known_fields: Sequence[str]) -> Mapping[str, Any]:
    """Return the proposed values that would take a standing value's place."""
    keys = {one.field for one in _differences(version, proposal, known_fields) if one.verdict == "change"}
    return {key: proposal.fields[key] for key in keys}


def _differences(
    version: EntryVersion, proposal: Proposal, known_fields: Sequence[str]
) -> Iterator[FieldDifference]:
    for key in known_fields:
        standing, reading = version.fields.get(key), proposal.fields.get(key)
        before, after = str((standing or {}).get("text", "")), str((reading or {}).get("text", ""))
        if before == after:
            continue
        if standing is not None and is_a_persons(standing):
            verdict: Verdict = "kept"
        else:
            verdict = "change" if after else "lost"
        confidence = float((reading or {}).get("confidence", 0.0))
        yield FieldDifference(version.entry_id, version.page_id, key, before, after, confidence, verdict)


def _pair_by_place(versions: Sequence[EntryVersion], proposals: Sequence[Proposal]) -> dict[int, int]:
    """Return the index of a proposal by that of an entry, those that lie closest on one another first."""
    found = sorted(
        (
            (common, -index, -at)
            for index, version in enumerate(versions)
            for at, proposal in enumerate(proposals)
            if version.region and proposal.region
            and (common := _common(version.region, proposal.region)) >= SAME_PLACE
        ),
        reverse=True,
    )  # fmt: skip
    pairs: dict[int, int] = {}
    for _, index, at in found:
        if -index not in pairs and -at not in pairs.values():
            pairs[-index] = -at
    return pairs


def _common(one: Box, other: Box) -> float:
    """Return the intersection over the union of two boxes."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    both = wide * high
    return both / (_area(one) + _area(other) - both)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
