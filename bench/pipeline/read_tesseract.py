"""Tesseract alone on whole pages, one thread, one command a page; one JSON object a line."""

import json
import subprocess
import sys
import time


def main(files: list[str]) -> int:
    """Read the files, and tell the text of each and how long it took."""
    print(json.dumps({"ready": True}), flush=True)
    sys.stdin.readline()
    for path in files:
        started = time.perf_counter()
        done = subprocess.run(
            ["tesseract", path, "stdout", "-l", "chi_tra_vert", "--psm", "5"],  # noqa: S607 - found on PATH
            capture_output=True,
            check=True,
            text=True,
        )
        took = time.perf_counter() - started
        print(json.dumps({"file": path, "seconds": took, "text": done.stdout}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
