"""Names for what is drawn and written of pages, so that none is written over another's."""

from collections.abc import Hashable


class OutputNames:
    """The names given in one call; each page keeps its own, for the picture as for the text."""

    def __init__(self) -> None:
        self._names: dict[Hashable, str] = {}
        self._taken: set[str] = set()

    def name(self, page: Hashable, wanted: str) -> str:
        """Return a page's name: the one wanted, or with ~2, ~3 where another page of the call has that."""
        if page not in self._names:
            name, times = wanted, 1
            # Some file systems take a and A for one.
            while name.casefold() in self._taken:
                times += 1
                name = f"{wanted}~{times}"
            self._names[page] = name
            self._taken.add(name.casefold())
        return self._names[page]
