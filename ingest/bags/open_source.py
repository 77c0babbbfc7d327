"""Open a bag where it lies."""

from pathlib import Path

from ingest.bags.bag_source import BagSource
from ingest.bags.folder_bag import FolderBag
from ingest.bags.zip_bag import ZipBag


def open_source(path: Path) -> BagSource:
    """Return the bag in a folder or a ZIP archive.

    Raises:
        OSError: it cannot be read.
        zipfile.BadZipFile: the file is no ZIP archive.
    """
    return FolderBag(path) if path.is_dir() else ZipBag(path)
