"""Defects of a manifest, collected so that all are told at once (一次告知)."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong: where (`file 3`, `volume`), a code for programs, and what would be right."""

    where: str
    code: str
    zh: str
    en: str

    def as_document(self) -> dict[str, str]:
        """Return the members it has in a problem document."""
        return asdict(self)
