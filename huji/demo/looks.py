"""Step 7: a linked agency looks people up, on the record."""

from typing import Any

from huji.demo.people import PURPOSE, People
from huji.demo.site import DemoFailed, Site


class Looks:
    """An agency's open case, and every look taken in it."""

    def __init__(self, site: Site, people: People) -> None:
        """Open a case with the agency's key."""
        self._agency = site.with_key(people.agency_key)
        case = self._agency.post("/cases", {"purpose": PURPOSE, "case_number": "115-稅-0001"})
        self._case = case["id"]
        self.taken: list[dict[str, Any]] = []

    def look(self, query: dict[str, Any], as_of: int | None = None) -> dict[str, Any]:
        """Ask, and keep what was asked and how many hits came."""
        answer: dict[str, Any] = self._agency.post("/lookups", query | {"case": self._case, "as_of": as_of})
        self.taken.append({"query": query, "as_of": answer["edition"], "hits": len(answer["hits"])})
        return answer

    def picture(self, entry_id: str) -> bytes:
        """Look at the page behind an entry."""
        jpeg: bytes = self._agency.post("/lookups/images", {"case": self._case, "entry": entry_id})
        if not jpeg.startswith(b"\xff\xd8"):
            raise DemoFailed("the page behind the entry is no JPEG")
        return jpeg

    def must_find(self, query: dict[str, Any], entry_id: str, as_of: int | None = None) -> dict[str, Any]:
        """Ask, and fail unless this entry is among the hits."""
        answer = self.look(query, as_of)
        if entry_id not in {hit["entry"] for hit in answer["hits"]}:
            raise DemoFailed("a look did not find the entry it should find")
        return answer

    def must_not_find(self, query: dict[str, Any], entry_id: str, as_of: int | None = None) -> None:
        """Ask, and fail if this entry is among the hits."""
        answer = self.look(query, as_of)
        if entry_id in {hit["entry"] for hit in answer["hits"]}:
            raise DemoFailed("a look found an entry it must not find")
