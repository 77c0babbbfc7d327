"""Nobody watches."""


class Silent:
    """Counts what it is told."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.totals: dict[str, int] = {}
        self.told: dict[str, int] = {}
        self._stage = ""

    def begin(self, stage: str, total: int) -> None:
        """A stage begins."""
        self._stage, self.totals[stage], self.told[stage] = stage, total, 0

    def advance(self, count: int) -> None:
        """So many bytes more."""
        self.told[self._stage] += count
