"""Close a form whose outer frame is missing on a side: where the crossing lines all end, the frame was."""

from collections.abc import Sequence

import numpy as np

from ingest.layout.rulings import Ruling

LEAST_CELL = 40
"""Lines that lead this far beyond the outermost one (pixels of a page 3508 long) lead to a frame."""
ALIKE = 14
"""They end no further apart than this."""
LEAST_LINES, LEAST_SHARE = 2, 0.6
"""So many lines, and this share of those that cross the outermost one, end there together."""


def close_frame(lines: Sequence[Ruling], across: Sequence[Ruling], unit: float) -> tuple[Ruling, ...]:
    """Add a line before the first and after the last of `lines` where the lines `across` end together.

    `unit` is pixels a pixel of a page 3508 long.
    """
    if not lines or not across:
        return tuple(lines)
    reach = (across[0].position, across[-1].position)
    before = _end(lines[0].position, [line.stretches[0][0] for line in across], -1, unit)
    after = _end(lines[-1].position, [line.stretches[-1][1] for line in across], 1, unit)
    return (
        *([] if before is None else [Ruling(before, before, (reach,))]),
        *lines,
        *([] if after is None else [Ruling(after, after, (reach,))]),
    )


def _end(outermost: float, ends: Sequence[float], side: int, unit: float) -> float | None:
    beyond = np.array([end for end in ends if side * (end - outermost) > LEAST_CELL * unit])
    reaching = sum(side * (end - outermost) > -LEAST_CELL * unit for end in ends)
    if len(beyond) < LEAST_LINES:
        return None
    middle = float(np.median(beyond))
    together = beyond[np.abs(beyond - middle) <= ALIKE * unit]
    if len(together) < max(LEAST_LINES, LEAST_SHARE * reaching):
        return None
    return float(np.median(together))
