"""A journal beside the scans: what was hashed and what the server acknowledged, kept over a kill."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = ".huji-upload.jsonl"


@dataclass
class Journal:
    """Lines of JSON, appended and flushed to disk one by one; losing the file loses no more than time."""

    path: Path
    hashes: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    acknowledged: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path) -> "Journal":
        """Read the journal, if there is one; a last line cut off in writing is left out."""
        journal = cls(path)
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        for line in lines:
            try:
                journal._take(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue
        return journal

    def hash_of(self, path: Path) -> str | None:
        """Return the hash noted for the file, if it has neither its size nor its time changed since."""
        known = self.hashes.get(path.name)
        state = path.stat()
        return known[2] if known and known[:2] == (state.st_size, state.st_mtime_ns) else None

    def note_hash(self, path: Path, state: os.stat_result, sha256: str) -> None:
        """Note a file's hash, under the size and time it had before it was read."""
        self._append(
            {"hash": path.name, "size": state.st_size, "mtime_ns": state.st_mtime_ns, "sha256": sha256}
        )

    def note_acknowledged(self, batch: str, name: str) -> None:
        """Note that the server acknowledged a file of a batch."""
        self._append({"acknowledged": name, "batch": batch})

    def _append(self, line: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            # A line torn by a kill has no end: begin on a new one, so that only the torn one is lost.
            file.write(("\n" if self._torn() else "") + json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._take(line)

    def _torn(self) -> bool:
        size = self.path.stat().st_size
        if not size:
            return False
        with self.path.open("rb") as file:
            file.seek(size - 1)
            return file.read(1) != b"\n"

    def _take(self, line: dict[str, Any]) -> None:
        if "hash" in line:
            self.hashes[line["hash"]] = (line["size"], line["mtime_ns"], line["sha256"])
        elif "acknowledged" in line:
            self.acknowledged.setdefault(line["batch"], set()).add(line["acknowledged"])
