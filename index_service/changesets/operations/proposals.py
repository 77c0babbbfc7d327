"""What recognition proposes for one page, as it comes from the intake rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index_service.entries.field_values import Fields, recognised_value

NAME = "name"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed entry, its boxes cut to the image: [x0, y0, x1, y1] in master pixels."""

    ordinal: int
    region: list[float] | None
    doubt: float
    fields: Fields


def read_proposals(kept: Sequence[Mapping[str, Any]], *, width: int, height: int) -> list[Proposal]:
    """Read the proposals of a recognition result for an image of this size in pixels."""
    return [
        Proposal(
            ordinal=int(one["ordinal"]),
            region=_cut(one.get("box"), width, height),
            doubt=float(one["least_confidence"]),
            fields={
                key: recognised_value({**value, "box": _cut(value.get("box"), width, height)})
                for key, value in one["fields"].items()
            },
        )
        for one in kept
    ]


def pair_by_name(
    entries: Sequence[Mapping[str, Mapping[str, Any]]], proposals: Sequence[Proposal]
) -> dict[int, Proposal]:
    """Pair entries, by index, with proposals of the same name; a name that is not unique pairs with none."""
    ours = Counter(_name(fields) for fields in entries)
    theirs = Counter(_name(proposal.fields) for proposal in proposals)
    by_name = {_name(proposal.fields): proposal for proposal in proposals}
    return {
        index: by_name[name]
        for index, fields in enumerate(entries)
        if (name := _name(fields)) and ours[name] == 1 and theirs[name] == 1
    }


def _name(fields: Mapping[str, Mapping[str, Any]]) -> str:
    value = fields.get(NAME)
    return str(value["text"]) if value else ""


def _cut(box: Sequence[float] | None, width: int, height: int) -> list[float] | None:
    """Cut a box to its image: mapped back from the derivative it may reach a hair beyond it."""
    if box is None:
        return None
    x0, y0, x1, y1 = (float(one) for one in box)
    cut = [max(0.0, x0), max(0.0, y0), min(float(width), x1), min(float(height), y1)]
    return cut if cut[0] < cut[2] and cut[1] < cut[3] else None
