"""Judge one scan: decode, check, compare with the pages before it, and draw a small picture."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from imaging.arrays import Box, Gray, Pixels
from imaging.crop import estimate_crop
from imaging.decoding import RefusedImage, decode, probe
from imaging.fingerprint import SIDE, SIZE, fingerprint
from imaging.grey import to_grey
from imaging.quality import Finding, Thresholds, assess, threshold_names
from imaging.skew import SkewEstimate, estimate_skew
from imaging.skew.evidence import shrink, stroke_mask
from imaging.spread import GutterEstimate, estimate_gutter
from ingest.station.judging.find_double import Earlier, find_double
from ingest.station.judging.find_turned import find_turned
from ingest.station.judging.name_frames import name_frames, not_looked_at
from ingest.station.judging.verdict import make_verdict, refused
from ingest.station.looks import MOST_FRAMES, PICTURE, writing_of

_PICTURE = 1400
_UPRIGHT = 1000
_WRITTEN = 0.002  # of a page, that strokes cover; the edges of a blank page of a spread cover 0.001
_MOST_SECONDS = 20.0
"""Within which a file of many frames is looked at; beyond 30 the judge is taken to be stalled."""
_INCOMPLETE = {"truncated", "damaged", "empty"}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every frame of a file is judged by."""

    spread: bool
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class _Frame:
    """What was found on a frame, how large it is, its fingerprint, and the earlier page it seems to show."""

    findings: list[Json]
    size: tuple[int, int]
    writing: bytes
    double: Json | None


def judge_scan(
    path: Path,
    name: str,
    looks: Path | None,
    scan: str,
    earlier: Sequence[Earlier] = (),
    *,
    spread: bool = False,
    limits: Mapping[str, float] | None = None,
) -> Json:
    """Return the verdict on a file; with `looks`, its picture and the fingerprint of each frame are written
    there under `scan`.

    `spread` says that each frame shows two pages; `limits` are those that the volume's series sets, by name
    of the threshold.
    A file of several frames gets the faults of all, each with the first `frame` (from 1) that has it.
    `incomplete` says that the file may still be growing.
    """
    began = time.perf_counter()
    try:
        data = path.read_bytes()
        frames = probe(data, name).frames
        asked = _Asked(spread, _thresholds(limits or {}))
        seen: list[_Frame] = []
        known = list(earlier)
        for number in range(min(frames, MOST_FRAMES)):
            if seen and time.perf_counter() - began > _MOST_SECONDS:
                break
            page = decode(data, number)
            frame = _judge_frame(page.pixels, page.ppi, asked, known)
            if looks is not None:
                (looks / writing_of(scan, number)).write_bytes(frame.writing)
                if number == 0:
                    _write(looks / (scan + PICTURE), _smaller(page.pixels))
            seen.append(frame)
            known.append(_of_this_file(number + 1, frame.writing))
    except RefusedImage as refusal:
        return {**refused(refusal.zh, refusal.en), "incomplete": refusal.code in _INCOMPLETE}
    width, height = seen[0].size
    return make_verdict(
        [*name_frames([frame.findings for frame in seen], frames), *not_looked_at(frames, len(seen))],
        frames=frames,
        seconds=round(time.perf_counter() - began, 3),
        width=width,
        height=height,
        double=next((frame.double for frame in seen if frame.double), None),
    )


def _judge_frame(pixels: Pixels, ppi: float | None, asked: _Asked, earlier: Sequence[Earlier]) -> _Frame:
    gray = to_grey(pixels)
    # By colour, as the centre's pipeline crops: a ground as light as the paper is told by its colour alone.
    crop = estimate_crop(pixels)
    x0, y0, x1, y1 = crop.box
    skew = estimate_skew(gray[y0:y1, x0:x1])
    gutter = estimate_gutter(gray) if asked.spread else None
    findings = assess(pixels, ppi, skew, asked.thresholds, crop, gutter, gray)
    found = [_plain(finding) for finding in findings]
    writing = b"".join(_writing(_upright(page, skew)) for page in _pages(gray, crop.box, gutter))
    double = find_double(writing, earlier, asked.thresholds)
    if double is not None:
        found.append(double.finding(crop.box))
    turned = find_turned(writing, earlier, asked.thresholds)
    if turned is not None:
        found.append(turned)
    height, width = gray.shape
    same = None
    if double is not None and not double.blank:
        earlier_page = double.earlier
        same = {"of": earlier_page.scan, "zh": earlier_page.zh, "en": earlier_page.en}
    return _Frame(found, (width, height), writing, same)


def _of_this_file(number: int, writing: bytes) -> Earlier:
    """Return a frame (from 1) as one that those behind it are compared with."""
    return Earlier(None, Path(), f"本檔第 {number} 幀", f"frame {number} of this file", writing)


def _thresholds(limits: Mapping[str, float]) -> Thresholds:
    """Return the usual thresholds with a series' own; a name that only a newer centre knows is passed
    over."""
    known = threshold_names()
    return Thresholds().with_overrides({name: limit for name, limit in limits.items() if name in known})


def _plain(finding: Finding) -> Json:
    where = [int(value) for value in finding.where] if finding.where else None
    return {**asdict(finding), "value": float(finding.value), "where": where}


def _pages(gray: Gray, box: Box, gutter: GutterEstimate | None) -> list[Gray]:
    """Return the page within its crop, or the two of a spread, the right one first."""
    x0, y0, x1, y1 = box
    if gutter is None:
        return [gray[y0:y1, x0:x1]]
    middle = int(np.clip((gutter.x_top + gutter.x_bottom) / 2, x0 + 1, x1 - 1))
    return [gray[y0:y1, middle:x1], gray[y0:y1, x0:middle]]


def _upright(page: Gray, skew: SkewEstimate) -> Gray:
    """Return the page upright and small, for its fingerprint."""
    small = shrink(page, _UPRIGHT)
    height, width = small.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -skew.angle_deg, 1.0)
    upright = cv2.warpAffine(small, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(upright, dtype=np.uint8)


def _writing(upright: Gray) -> bytes:
    """Return a page's fingerprint; a blank page's is all zero, as it would be of the paper's grain, and so is
    that of the sliver left where a spread's gutter was found at the sheet's edge."""
    if min(upright.shape) < SIDE:
        return bytes(SIZE)
    inked = np.count_nonzero(stroke_mask(upright)) / upright.size
    return fingerprint(upright) if inked >= _WRITTEN else bytes(SIZE)


def _smaller(pixels: Pixels) -> Pixels:
    """Return the picture to show, BGR; a whole factor is several times quicker than any other."""
    factor = max(pixels.shape[:2]) // _PICTURE
    if factor > 1:
        height, width = (side // factor for side in pixels.shape[:2])
        cut = pixels[: height * factor, : width * factor]
        pixels = np.asarray(cv2.resize(cut, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[..., ::-1])


def _write(path: Path, pixels: Pixels) -> None:
    # imwrite takes no path beyond ASCII on Windows.
    _, encoded = cv2.imencode(path.suffix, pixels, [cv2.IMWRITE_JPEG_QUALITY, 82])
    path.write_bytes(encoded.tobytes())
