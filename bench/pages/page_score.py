"""How the fields of one page were read."""

from dataclasses import dataclass, field


@dataclass
class FieldScore:
    """How one field was read: texts exactly right, texts there are, characters wrong,
    characters there are.
    """

    right: int = 0
    total: int = 0
    edits: int = 0
    characters: int = 0

    def add(self, other: "FieldScore") -> None:
        """Add another page's counts."""
        self.right += other.right
        self.total += other.total
        self.edits += other.edits
        self.characters += other.characters


@dataclass(frozen=True)
class Claim:
    """A value that was read, how sure the reader said it was (0–1), and whether it was right."""

    field: str
    confidence: float
    right: bool


@dataclass
class PageScore:
    """How one page was read; `missing` counts people without an entry, `extra` entries without a person.

    `skew_error` is in degrees, without a sign; `claims` are the values read with a confidence.
    """

    file: str
    fields: dict[str, FieldScore] = field(default_factory=dict)
    missing: int = 0
    extra: int = 0
    skew_error: float | None = None
    error: str | None = None
    series: str = ""
    severity: int | None = None
    claims: list[Claim] = field(default_factory=list)

    @property
    def names(self) -> FieldScore:
        """The count of the people's names."""
        return self.fields.get("name", FieldScore())

    def add(self, key: str, counts: FieldScore) -> None:
        """Count one more text of a field."""
        self.fields.setdefault(key, FieldScore()).add(counts)
