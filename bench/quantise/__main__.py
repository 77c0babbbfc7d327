"""Observes the ranges by which the recogniser's layers become bytes, and tries what that changes.

Example: python -m bench.quantise --pages 2
Observes lines of drawn pages from seed 2400 on and writes ingest/ocr/data/ranges.json; prints the checksum
which ingest/ocr/models.toml is to name. Writes to bench/results/quantise.json what is read otherwise, and how
much faster, on lines of pages from seed 2600 on. Afterwards python -m bench.forms and then
python -m bench.calibration are to fit anew.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import cv2

from bench.quantise.choose_ranges import Tensor, choose_ranges, error, run
from bench.quantise.hear_lines import drawn_batches
from bench.write_result import write_result
from ingest.ocr.alphabet import BLANK
from ingest.ocr.decode_ctc import decode_ctc
from ingest.ocr.free_height import free_height
from ingest.ocr.line_network import LineNetwork
from ingest.ocr.part_head import part_head
from ingest.ocr.quantise import RANGES_FILE, Ranges, folded, multiplies_bytes, pointwise, quantise
from ingest.ocr.rapid import RECOGNISER_FILE, models_directory
from ingest.ocr.tell_forms import digest

RESULT = Path("bench/results/quantise.json")
OBSERVED, TRIED = 2400, 2600
EVERY = 3
"""One batch in so many is observed: neighbours hold the same writing."""
ROUNDS = 5
SURE = 0.98
"""A line read so surely in floats ought to be read the same."""


def main(arguments: list[str] | None = None) -> int:
    """Observe, choose, try; return the exit status."""
    asked = _parser().parse_args(arguments)
    if not multiplies_bytes():
        raise SystemExit(
            "Ranges are chosen by what lines come to in bytes. This processor would cut off their sums: "
            "sound layers would look harmed, and ingest/ocr/data/ranges.json come out wrong."
        )
    cv2.setNumThreads(1)
    file = _model()
    body = folded(part_head(free_height(file), BLANK).body)
    tensors = choose_ranges(body, list(drawn_batches(OBSERVED, asked.pages))[::EVERY])
    Ranges(digest(file), tensors).save(RANGES_FILE)
    tried = list(drawn_batches(TRIED, asked.pages))
    layers = [{node.input[0], node.output[0]} <= tensors.keys() for node in pointwise(body.graph)]
    figures = {
        "layers": sum(layers),
        "pointwise_layers": len(layers),
        "features_error": round(error(run(quantise(body, tensors), tried), run(body, tried)), 5),
        **_read_alike(file, tried),
    }
    faster = _times_faster(file, tried)
    write_result(
        RESULT,
        ("onnx", "onnxruntime", "rapidocr"),
        {"huji": figures},
        {"times_faster_than_floats": faster},
        rounds=ROUNDS,
        multiplies_bytes=multiplies_bytes(),
    )
    print(figures, f"{faster} times as fast", f"sha256 = {digest(RANGES_FILE)}", sep="\n")
    return 0


def _read_alike(file: Path, batches: Sequence[Tensor]) -> dict[str, float]:
    """Return how many lines are read, surely and in all, and how many of them otherwise than in floats."""
    floats, of_bytes = (LineNetwork(file, 1, quantised=quantised) for quantised in (False, True))
    lines, others, sure, sure_others = 0, 0, 0, 0
    for batch in batches:
        for one, other in zip(floats.hear(batch), of_bytes.hear(batch), strict=True):
            wanted, got = decode_ctc(one, floats.alphabet), decode_ctc(other, of_bytes.alphabet)
            plain = wanted.confidence >= SURE
            lines, sure = lines + 1, sure + plain
            others, sure_others = (
                others + (got.text != wanted.text),
                sure_others + (plain and got.text != wanted.text),
            )
    return {"lines": lines, "read_otherwise": others, "sure_lines": sure, "sure_read_otherwise": sure_others}


def _times_faster(file: Path, batches: Sequence[Tensor]) -> float:
    networks = [LineNetwork(file, 1, quantised=quantised) for quantised in (False, True)]
    ratios = []
    for _ in range(ROUNDS):
        floats, of_bytes = (_seconds(network, batches) for network in networks)
        ratios.append(floats / of_bytes)
    return round(median(ratios), 3)


def _seconds(network: LineNetwork, batches: Sequence[Tensor]) -> float:
    started = time.process_time()
    for batch in batches:
        network.hear(batch)
    return time.process_time() - started


def _model() -> Path:
    models = models_directory()
    if models is None:
        raise SystemExit("RapidOCR is not installed; run make setup.")
    return models / RECOGNISER_FILE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.quantise",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pages", type=int, default=2, help="pages of each series and severity")
    return parser


if __name__ == "__main__":
    sys.exit(main())
