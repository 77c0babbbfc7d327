"""RapidOCR as its makers ship it, on whole pages, one thread; one JSON object a line."""

import json
import sys
import time
from typing import Any

import cv2
from rapidocr import RapidOCR

THREADS = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def main(files: list[str]) -> int:
    """Read the files, and tell the text of each and how long it took."""
    cv2.setNumThreads(1)
    engine: Any = RapidOCR(params={"Global.log_level": "error", **THREADS})
    engine(files[0])
    print(json.dumps({"ready": True}), flush=True)
    sys.stdin.readline()
    for path in files:
        started = time.perf_counter()
        read = engine(path)
        took = time.perf_counter() - started
        print(json.dumps({"file": path, "seconds": took, "text": "\n".join(read.txts or ())}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
