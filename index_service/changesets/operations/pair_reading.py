"""Pair the entries drawn on an image with what a new reading of it proposes; pure."""

from collections.abc import Sequence

from index_service.changesets.operations.proposals import Proposal, pair_by_name
from index_service.entries.tables import EntryVersion

SAME_PLACE = 0.3
"""How much of two regions must be common to both (intersection over union) for them to be one entry's."""

Box = Sequence[float]


def pair_reading(versions: Sequence[EntryVersion], proposals: Sequence[Proposal]) -> list[tuple[int, int]]:
    """Return the pairs by index (entry, proposal): those that lie on one another, then by a unique name."""
    paired = _pair_by_place(versions, proposals)
    free = [index for index in range(len(versions)) if index not in paired]
    rest = [at for at in range(len(proposals)) if at not in set(paired.values())]
    found = pair_by_name([versions[index].fields for index in free], [proposals[at] for at in rest])
    at_of = {id(proposals[at]): at for at in rest}
    by_name = [(free[index], at_of[id(proposal)]) for index, proposal in found.items()]
    return [*sorted(paired.items()), *by_name]


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
