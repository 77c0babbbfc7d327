"""OCRmyPDF on all pages as one PDF, one job, deskewing; one JSON object a line.

Its start is part of its time; the pages share it. A page's text is its part of the sidecar file.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEERS = Path(".venv-peers/bin")
OPTIONS = ("--deskew", "-l", "chi_tra_vert", "--jobs", "1", "--output-type", "pdf", "--quiet")


def main(files: list[str]) -> int:
    """Read the files, and tell the text of each and its share of the time."""
    with tempfile.TemporaryDirectory() as folder:
        given, made, sidecar = (Path(folder) / name for name in ("in.pdf", "out.pdf", "out.txt"))
        subprocess.run([PEERS / "img2pdf", *files, "-o", given], check=True)
        print(json.dumps({"ready": True}), flush=True)
        sys.stdin.readline()
        started = time.perf_counter()
        subprocess.run([PEERS / "ocrmypdf", *OPTIONS, "--sidecar", sidecar, given, made], check=True)
        took = (time.perf_counter() - started) / len(files)
        texts = sidecar.read_text("utf-8").split("\f")
    for path, text in zip(files, texts, strict=False):
        print(json.dumps({"file": path, "seconds": took, "text": text}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
