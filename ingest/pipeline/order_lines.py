"""Put the lines of a page without a form into reading order."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

Box = tuple[float, float, float, float]


class Boxed(Protocol):
    """Anything with a place on the page and a direction of writing."""

    @property
    def box(self) -> Box: ...

    @property
    def vertical(self) -> bool: ...


Line = TypeVar("Line", bound=Boxed)


def order_lines(lines: Sequence[Line]) -> list[Line]:
    """Order lines by cutting the page at its widest empty bands, again and again (XY cut, Nagy and Seth
    1984).

    Blocks side by side are read from the right where most of the writing is vertical, else from the left.
    """
    upright = sum(1 if line.vertical else -1 for line in lines) > 0
    return _ordered(list(lines), upright)


def _ordered(lines: list[Line], upright: bool) -> list[Line]:
    if len(lines) < 2:
        return lines
    beside, below = _widest_gap(lines, 0), _widest_gap(lines, 1)
    if beside is None and below is None:
        return sorted(lines, key=lambda line: _key(line, upright))
    if below is None or (beside is not None and beside[0] > below[0]):
        return _cut(lines, 0, beside[1] if beside else 0.0, upright)
    return _cut(lines, 1, below[1], upright)


def _cut(lines: list[Line], axis: int, at: float, upright: bool) -> list[Line]:
    before = [line for line in lines if _middle(line, axis) < at]
    after = [line for line in lines if _middle(line, axis) >= at]
    parts = (after, before) if axis == 0 and upright else (before, after)
    return [line for part in parts for line in _ordered(part, upright)]


def _widest_gap(lines: Sequence[Boxed], axis: int) -> tuple[float, float] | None:
    """Find the widest band along an axis that no line touches, as its width and middle."""
    spans = sorted((line.box[axis], line.box[axis + 2]) for line in lines)
    widest: tuple[float, float] | None = None
    reached = spans[0][1]
    for start, end in spans[1:]:
        if start - reached > (widest[0] if widest else 0.0):
            widest = (start - reached, (start + reached) / 2)
        reached = max(reached, end)
    return widest


def _middle(line: Boxed, axis: int) -> float:
    return (line.box[axis] + line.box[axis + 2]) / 2


def _key(line: Boxed, upright: bool) -> tuple[float, float]:
    return (-line.box[2], line.box[1]) if upright else (line.box[1], line.box[0])
