"""What stations declare and what they are told about it.

The manifest's types are loose on purpose: what is wrong with it is listed whole by `check_manifest`, in
words a station's crew can act on.
"""

import hashlib
import uuid
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from access.http.asked import Asked
from imaging.half_side import HalfSide


class ManifestPage(BaseModel):
    """One page: its designation, the file's frame (from 0), the view (2 is a slip folded back).

    `side` says that the frame is a double-page spread, and which half of it the page is.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    designation: str
    frame: int = 0
    view: int = 1
    side: HalfSide | None = None


class ManifestFile(BaseModel):
    """One file in order; `size` in bytes, `sha256` in hex.

    Without `pages`, its frames are pages in order: the first is page `designation`, the k-th is
    `designation-k`; `designation` is by default the file's place in the manifest, from 1.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    sha256: str
    size: int
    designation: str | None = None
    pages: tuple[ManifestPage, ...] = ()


class Manifest(Asked):
    """One delivery: a volume of the station's office by its 冊號, and the files in the order of its pages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    volume: str
    purpose: Literal["first_load", "rescan"] = "first_load"
    request_id: uuid.UUID | None = None
    files: tuple[ManifestFile, ...]

    def digest(self) -> str:
        """Return the SHA-256 that tells this manifest from any other."""
        return hashlib.sha256(self.model_dump_json(exclude_defaults=True).encode()).hexdigest()

    def designation_of(self, ordinal: int) -> str:
        """Return the designation of the first frame of file `ordinal` (from 1) if it lists no pages."""
        return self.files[ordinal - 1].designation or str(ordinal)

    def pages_of(self, ordinal: int) -> tuple[ManifestPage, ...]:
        """Return the pages known now of file `ordinal`: those listed, or its first frame."""
        return self.files[ordinal - 1].pages or (ManifestPage(designation=self.designation_of(ordinal)),)


class Reason(BaseModel):
    """Why something is refused or failed, for programs and for people."""

    code: str
    zh: str
    en: str


class FileView(BaseModel):
    """One file of a batch and what became of it."""

    ordinal: int
    name: str
    size: int
    sha256: str
    state: str
    refusal: Reason | None


class FailureView(BaseModel):
    """One page that needs somebody: where it is, and why."""

    page_id: uuid.UUID = Field(description="the batch's page, for retry and set-aside")
    designation: str
    view: int
    file: str
    frame: int
    side: HalfSide | None
    state: str
    attempts: int
    reason: Reason | None


class BatchSummary(BaseModel):
    """A batch and its progress: how many pages are in which state."""

    id: uuid.UUID
    volume: str
    purpose: str
    state: str
    declared_at: datetime
    processed_at: datetime | None
    pages: dict[str, int]


class BatchList(BaseModel):
    """Batches, newest first; `next` is the cursor of the following page, if there is one."""

    batches: list[BatchSummary]
    next: str | None


class BatchView(BatchSummary):
    """A batch whole: its files too, and the pages that need somebody."""

    files: list[FileView]
    failures: list[FailureView]


class SetAside(Asked):
    """Why a page is left out of its batch."""

    model_config = ConfigDict(extra="forbid")
    reason: str
