"""Say of a file of several frames on which of them something was found, and which nobody looked at."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

Json = dict[str, Any]


def name_frames(found: Sequence[Sequence[Json]], frames: int) -> list[Json]:
    """Return what was found frame by frame; where there are several each finding says on which, once for all
    that have the same."""
    if frames == 1:
        return list(found[0])
    alike: dict[tuple[str, ...], list[int]] = {}
    first: dict[tuple[str, ...], Json] = {}
    for number, findings in enumerate(found, start=1):
        for finding in findings:
            key = tuple(finding[name] for name in ("check", "verdict", "zh", "en"))
            alike.setdefault(key, []).append(number)
            first.setdefault(key, finding)
    return [_on_frames(first[key], numbers) for key, numbers in alike.items()]


def _on_frames(finding: Json, numbers: Sequence[int]) -> Json:
    """Return a finding with the frames that it is of; its place is on the first of them."""
    named = ", ".join(_stretches(numbers))
    return {
        **finding,
        "frame": numbers[0],
        "zh": f"第 {named.replace(', ', '、')} 幀:{finding['zh']}",
        "en": f"Frame{'s' if len(numbers) > 1 else ''} {named}: {finding['en']}",
    }


def _stretches(numbers: Sequence[int]) -> Iterator[str]:
    """Yield rising numbers, those that follow one another as first–last."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        stretch = [number for _, number in run]
        yield str(stretch[0]) if len(stretch) == 1 else f"{stretch[0]}–{stretch[-1]}"


def not_looked_at(frames: int, seen: int) -> list[Json]:
    """Return the finding on the frames of a file behind those seen, if there are any."""
    left = frames - seen
    if not left:
        return []
    return [
        {
            "check": "frames",
            "value": float(left),
            "verdict": "flag",
            "where": None,
            "zh": f"此檔有 {frames} 幀,第 {seen + 1} 幀起共 {left} 幀未檢查;請逐幀目視,或分成數檔。",
            "en": f"{left} of this file's {frames} frames were not looked at, from frame {seen + 1} on: look "
            "at each, or save them as several files.",
        }
    ]
