"""The batch that a bag brings: its tag file `huji-manifest.json`."""

import json
from typing import Any

from pydantic import ConfigDict, Field, ValidationError

from access.http.asked import Asked
from ingest.batches.check_manifest import check_manifest
from ingest.batches.defects import Defect
from ingest.batches.schemas import Manifest

NAME = "huji-manifest.json"


class BagBatch(Asked):
    """Who declares what: the manifest of a batch, the station's code, and the key of the declaration.

    It is the key of the upload on the line too, so that bag and upload are one batch.
    """

    model_config = ConfigDict(frozen=True)
    manifest: Manifest
    station: str = Field(default="", max_length=32)
    idempotency_key: str = Field(min_length=1, max_length=100)


def read_batch(data: bytes) -> tuple[BagBatch | None, list[Defect]]:
    """Return the batch of a `huji-manifest.json`, and everything wrong with it by itself."""
    try:
        found: Any = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        zh, en = "應為一個 JSON 物件", "it must be one JSON object"
        return None, [Defect(NAME, "not_json", zh, en)]
    more = {key: found.pop(key) for key in ("station", "idempotency_key") if key in found}
    try:
        batch = BagBatch(manifest=found, **more)
    except ValidationError as error:
        return None, [_defect(one) for one in error.errors(include_url=False, include_input=False)[:50]]
    return batch, check_manifest(batch.manifest)


def payload_path(ordinal: int, name: str) -> str:
    """Return where the file of that place in the manifest (from 1) lies in the bag."""
    return f"data/{ordinal:04d}_{name}"


def _defect(error: Any) -> Defect:
    where = ".".join(str(part) for part in error["loc"] if part != "manifest")
    return Defect(f"{NAME} {where}"[:200], "manifest", "清單欄位有誤", str(error["msg"])[:200])
