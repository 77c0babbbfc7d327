"""The checksum that manifests, bags and leftovers name a file by."""

from hashlib import file_digest
from pathlib import Path


def hash_of(path: Path) -> str:
    """Return a file's SHA-256 in hex; it is read in pieces."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
