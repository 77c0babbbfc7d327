"""How a file is cut into parts."""

from collections.abc import Iterable
from dataclasses import dataclass

from storage.objects.ports import LARGEST_PART_NUMBER, SMALLEST_PART, UploadedPart


@dataclass(frozen=True, slots=True)
class PartPlan:
    """One part: its number from 1, and which bytes of the file it holds."""

    number: int
    offset: int
    size: int


def choose_part_size(size: int, wanted: int) -> int:
    """Return the part size for a file: as wanted, if every store takes it and the numbers suffice."""
    return max(wanted, SMALLEST_PART, -(-size // LARGEST_PART_NUMBER))


def plan_parts(size: int, part_size: int) -> list[PartPlan]:
    """Return the parts of a file of `size` bytes, all of `part_size` but the last."""
    starts = enumerate(range(0, size, part_size), 1)
    return [PartPlan(number, start, min(part_size, size - start)) for number, start in starts]


def sound_parts(plan: Iterable[PartPlan], held: Iterable[UploadedPart]) -> dict[int, UploadedPart]:
    """Return the held parts that are as planned, by number; one of another size is sent again."""
    sizes = {part.number: part.size for part in plan}
    return {part.number: part for part in held if sizes.get(part.number) == part.size}
