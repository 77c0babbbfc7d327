"""The recogniser's layers as bytes read what they read as floats."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.ocr import line_network
from ingest.ocr.decode_ctc import decode_ctc
from ingest.ocr.line_network import LineNetwork
from ingest.ocr.line_networks import LineNetworks
from ingest.ocr.prepare_lines import CLOSER, FULL, HALVED, NARROWED, Look, batch_lines
from ingest.ocr.quantise import Ranges, load_ranges, multiplies_bytes
from ingest.ocr.rapid import RECOGNISER_FILE, models_directory
from ingest.ocr.tell_forms import digest
from tests.ingest.drawn_form import blank, write

TEXTS = ("民國三十五年", "臺北縣板橋鎮", "長男", "明治三十九年十月二十一日", "陳", "王林氏", "寄留")


@pytest.fixture(scope="module")
def file() -> Path:
    found = models_directory()
    assert found is not None
    return found / RECOGNISER_FILE


def tensors(look: Look) -> list[NDArray[np.float32]]:
    crops = [write(blank(110, 1000), text, 15, 15, vertical=False) for text in TEXTS]
    return [batch.tensor for batch in batch_lines(crops, False, 8, 32, look)]


def read(network: LineNetwork, look: Look) -> list[tuple[str, float]]:
    heard = [frames for tensor in tensors(look) for frames in network.hear(tensor)]
    readings = [decode_ctc(frames, network.alphabet) for frames in heard]
    return [(reading.text, reading.confidence) for reading in readings]


@pytest.mark.parametrize("look", [NARROWED, CLOSER])
def test_lines_read_as_in_floats(file: Path, look: Look) -> None:
    floats, of_bytes = (LineNetwork(file, 1, quantised=quantised) for quantised in (False, True))
    assert (floats.quantised, of_bytes.quantised) == (False, True)
    wanted, got = read(floats, look), read(of_bytes, look)
    assert got != wanted  # or these were floats too
    if not multiplies_bytes():
        return  # large sums are cut off here, and the network runs in floats by itself
    assert [text for text, _ in got] == [text for text, _ in wanted]
    assert [sure for _, sure in got] == pytest.approx([sure for _, sure in wanted], abs=0.1)


def test_a_line_is_heard_alike_alone_and_among_others(file: Path) -> None:
    """The ranges are set beforehand: what else is in a batch does not move them."""
    network = LineNetwork(file, 1, quantised=True)
    batch = max(tensors(NARROWED), key=len)
    together = network.hear(batch)[0]
    (alone,) = network.hear(batch[:1])
    assert np.allclose(alone.features, together.features, atol=1e-4)


def test_the_ranges_are_those_of_the_installed_model(file: Path) -> None:
    held = load_ranges()
    assert held.model == digest(file)
    assert len(held.tensors) > 30
    assert all(low <= 0 < high for low, high in held.tensors.values())


def test_another_model_is_run_in_floats(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(line_network, "load_ranges", lambda: Ranges("of another file", {}))
    network = LineNetwork(file, 1, quantised=True)
    assert not network.quantised
    assert "no ranges were observed" in caplog.text


def test_ranges_are_saved_as_they_are_read(tmp_path: Path) -> None:
    ranges = Ranges("0" * 64, {"Add.9": (-1.25, 3.5)})
    ranges.save(tmp_path / "ranges.json")
    assert load_ranges(tmp_path / "ranges.json") == ranges


@pytest.mark.parametrize(
    ("flags", "fast"),
    [
        ("fpu sse2 avx2 fma", False),
        ("avx512f avx512bw avx512vl", False),
        ("avx512f avx512_vnni", True),
        ("avx2 avx_vnni", True),
    ],
)
def test_only_processors_that_add_up_bytes_exactly_are_given_them(
    tmp_path: Path, flags: str, fast: bool
) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t: none\n", "utf-8")
    assert multiplies_bytes(cpuinfo) is fast
    assert not multiplies_bytes(tmp_path / "none")


def test_only_the_first_look_is_taken_in_bytes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it leaves in doubt, and pages without a form, are read as exactly as can be."""
    monkeypatch.setattr(line_network, "multiplies_bytes", lambda: True)
    networks = LineNetworks(file, 1)
    floats, of_bytes = (LineNetwork(file, 1, quantised=quantised) for quantised in (False, True))
    for look, alone in ((NARROWED, of_bytes), (CLOSER, floats), (FULL, floats), (HALVED, floats)):
        batch = tensors(look)[0]
        got, wanted = networks.hear(batch, look), alone.hear(batch)
        assert all(
            np.array_equal(one.features, other.features) for one, other in zip(got, wanted, strict=True)
        )


def test_where_bytes_are_slow_one_network_does_for_all(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_network, "multiplies_bytes", lambda: False)
    networks = LineNetworks(file, 1)
    assert not networks.quantised
    assert networks._exact() is networks._first
