"""Estimate the skew of page images by a peer; one JSON object a line.

Run by .venv-peers/bin/python: turn.py deskew|jdeskew FILE…
"""

import json
import sys
import time
from collections.abc import Callable

import cv2


def _deskew() -> Callable[[cv2.typing.MatLike], float]:
    from deskew import determine_skew

    # The peer's angle is that by which to turn the page back; ours is how far the content is turned.
    return lambda gray: -float(determine_skew(gray) or 0.0)


def _jdeskew() -> Callable[[cv2.typing.MatLike], float]:
    from jdeskew.estimator import get_angle

    return lambda gray: -float(get_angle(gray))


PEERS = {"deskew": _deskew, "jdeskew": _jdeskew}


def main() -> int:
    """Once told to begin, print the file, the angle in degrees and the seconds of each page."""
    cv2.setNumThreads(1)
    estimate = PEERS[sys.argv[1]]()
    print(json.dumps({"ready": True}), flush=True)
    sys.stdin.readline()
    for path in sys.argv[2:]:
        gray = cv2.imread(path, cv2.IMREAD_GRAYSCALE)
        if gray is None:
            raise SystemExit(f"{path} is no image that OpenCV reads")
        started = time.perf_counter()
        angle = estimate(gray)
        took = time.perf_counter() - started
        print(json.dumps({"file": path, "skew_deg": angle, "seconds": took}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
