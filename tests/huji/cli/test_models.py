"""huji models accounts for every model in use."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from huji.cli.main import main
from ingest.ocr.check_models import registered_models


def test_every_model_is_listed_with_maker_licence_origin_and_checksum() -> None:
    """What is installed here is what the register names."""
    answer = CliRunner().invoke(main, ["models", "--json"])
    listed = json.loads(answer.output)
    assert answer.exit_code == 0
    assert len(listed) == len(registered_models())
    for model in listed:
        assert all(model[key] for key in ("maker", "country", "licence", "origin", "purpose"))
        assert model["state"] != "registered" or model["found_sha256"] in model["sha256"]


def test_another_file_in_its_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit status is 1, unless that engine is forbidden."""
    (tmp_path / "chi_tra.traineddata").write_bytes(b"another model")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    answer = CliRunner().invoke(main, ["models"])
    assert answer.exit_code == 1
    assert "NOT the registered file" in answer.output
    assert CliRunner().invoke(main, ["models", "--forbid-engine", "tesseract"]).exit_code == 0
