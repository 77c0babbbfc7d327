"""What a new reading of an image says beside the entries drawn on it; pure: what differs, and what may give
way."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from index_service.changesets.operations.pair_reading import pair_reading
from index_service.changesets.operations.proposals import Proposal
from index_service.entries.field_values import is_a_persons
from index_service.entries.tables import EntryVersion

Verdict = Literal["change", "kept", "lost"]


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
    """An image's entries beside its new reading; `pairs` are (entry's version, its proposal).

    `unpaired` are the proposals that belong to none of the entries, with the fields of their series alone.
    """

    pairs: tuple[tuple[EntryVersion, Proposal], ...]
    differences: tuple[FieldDifference, ...]
    unpaired_entries: int
    unpaired: tuple[Proposal, ...]

    def without(self, entries: Collection[uuid.UUID]) -> "Comparison":
        """Return the comparison without the pairs of these entries."""
        return replace(
            self,
            pairs=tuple(pair for pair in self.pairs if pair[0].entry_id not in entries),
            differences=tuple(one for one in self.differences if one.entry_id not in entries),
        )

    @property
    def changes(self) -> list[FieldDifference]:
        """The fields that may give way."""
        return [one for one in self.differences if one.verdict == "change"]


def compare_reading(
    versions: Sequence[EntryVersion], proposals: Sequence[Proposal], known_fields: Sequence[str]
) -> Comparison:
    """Pair entries with proposals by place, the rest by a name that is unique, and compare field by field.

    Fields that the entries' series does not have (`known_fields`) are left out.
    """
    pairs = pair_reading(versions, proposals)
    found = tuple((versions[index], proposals[at]) for index, at in pairs)
    taken = {at for _, at in pairs}
    rest = [_known(one, known_fields) for at, one in enumerate(proposals) if at not in taken]
    return Comparison(
        pairs=found,
        differences=tuple(one for pair in found for one in _differences(*pair, known_fields)),
        unpaired_entries=len(versions) - len(pairs),
        unpaired=tuple(one for one in rest if any(value["text"] for value in one.fields.values())),
    )


def giving_way(version: EntryVersion, proposal: Proposal, known_fields: Sequence[str]) -> Mapping[str, Any]:
    """Return the proposed values that would take a standing value's place."""
    keys = {one.field for one in _differences(version, proposal, known_fields) if one.verdict == "change"}
    return {key: proposal.fields[key] for key in keys}


def _known(proposal: Proposal, known_fields: Sequence[str]) -> Proposal:
    return replace(proposal, fields={key: one for key, one in proposal.fields.items() if key in known_fields})


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
