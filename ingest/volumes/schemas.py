"""What a station is told of a volume before it puts the book back on the shelf."""

from pydantic import BaseModel, ConfigDict, Field


class PageHeld(BaseModel):
    """A page that is stored and processed, and which of its views are (2 and up are slips, 浮籤)."""

    designation: str
    views: list[int]


class PageUnderWay(BaseModel):
    """A page's view that is declared but not processed.

    `expected` and `pending` need nobody; `failed` and `refused` pages need somebody before they are there.
    """

    designation: str
    view: int
    state: str


class VolumeCount(BaseModel):
    """A volume against its book: how many pages it should have, and which are there or under way.

    `pages_held` and `pages_under_way` count the whole volume; the lists hold as many pages as were asked
    for, in register order, and `next` is the cursor of those behind them.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "designation": "板橋-0001",
                    "series": "colonial_register",
                    "title": "",
                    "expected_pages": 212,
                    "open_ended": False,
                    "quality": {"skew_flag": 3.0},
                    "pages_held": 2,
                    "pages_under_way": 1,
                    "have": [
                        {"designation": "1", "views": [1]},
                        {"designation": "2", "views": [1, 2]},
                    ],
                    "in_progress": [{"designation": "3", "view": 1, "state": "pending"}],
                    "next": None,
                }
            ]
        }
    )
    designation: str
    series: str
    title: str
    expected_pages: int | None = Field(
        description="as counted on the paper; null where nobody counted, or where the volume grows"
    )
    open_ended: bool = Field(description="whether the series' volumes grow, so that no count closes them")
    quality: dict[str, float] = Field(
        description="the limits that the series sets for its scans, by threshold; others are the usual ones"
    )
    pages_held: int
    pages_under_way: int
    have: list[PageHeld]
    in_progress: list[PageUnderWay]
    next: str | None
