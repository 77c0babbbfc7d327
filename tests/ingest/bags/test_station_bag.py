"""The bag that a station writes is the bag that the centre reads."""

import json
from datetime import date
from pathlib import Path

from ingest.bags.check_bag import check_bag
from ingest.bags.open_source import open_source
from ingest.station.bag.write_bag import Payload, write_bag
from ingest.uploads.room import UploadRoom
from tests.ingest.bags.bags import KEY, batch_json
from tests.ingest.bags.test_import_bag import scans, take
from tests.ingest.house import Place


def test_a_station_s_bag_is_imported(room: UploadRoom, place: Place, tmp_path: Path) -> None:
    found = [*scans(2), ("百分%20與 空白.png", scans(3)[2][1])]
    manifest = json.loads(batch_json(found))
    manifest["purpose"] = "first_load"
    payload = []
    for (name, data), file in zip(found, manifest["files"], strict=True):
        (tmp_path / name).write_bytes(data)
        payload.append(Payload(tmp_path / name, name, file["sha256"], file["size"]))
    bag = write_bag(
        tmp_path, "bag", payload, manifest, station="A01-S1", on=date(2026, 11, 2), copied=lambda count: None
    )
    source = open_source(bag)
    checked = check_bag(source)
    assert checked.defects == ()
    assert checked.batch is not None
    assert checked.batch.idempotency_key == KEY
    assert take(room, bag).stored == [name for name, _ in found]
