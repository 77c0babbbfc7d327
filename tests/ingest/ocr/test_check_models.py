"""The register accounts for the models in use."""

from pathlib import Path

from ingest.ocr.check_models import check_models, model_folders, registered_models
from ingest.ocr.quantise import RANGES_FILE
from ingest.ocr.rapid import DETECTOR_FILE, RECOGNISER_FILE
from ingest.ocr.tell_forms import FORMS_FILE
from ingest.ocr.tesseract import LYING, UPRIGHT


def test_every_model_the_engines_open_is_registered() -> None:
    """With maker, licence, origin and checksum."""
    files = {model.file for model in registered_models()}
    assert files == {
        RECOGNISER_FILE,
        DETECTOR_FILE,
        FORMS_FILE,
        RANGES_FILE.name,
        f"{LYING}.traineddata",
        f"{UPRIGHT}.traineddata",
    }
    for model in registered_models():
        assert all((model.maker, model.licence, model.origin, model.purpose))
        assert all(len(digest) == 64 for digest in model.sha256)


def test_the_wheel_carries_the_registered_models() -> None:
    """What is installed is what the register names."""
    checks = [check for check in check_models(model_folders()) if check.model.engine == "rapidocr"]
    assert [check.state for check in checks] == ["registered"] * 4


def test_another_file_is_noticed(tmp_path: Path) -> None:
    """A model of another content is not registered; one that is not there is absent."""
    (tmp_path / RECOGNISER_FILE).write_bytes(b"another model")
    states = {check.model.file: check.state for check in check_models({"rapidocr": (tmp_path,)})}
    assert states[RECOGNISER_FILE] == "unregistered"
    assert states[DETECTOR_FILE] == "absent"
