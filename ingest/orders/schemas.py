"""What a station is told of the pages it shall scan again."""

import uuid
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class OrderView(BaseModel):
    """One page's view to be scanned again; a rescan batch names the request and this page."""

    request_id: uuid.UUID
    request_number: str
    volume: str
    designation: str
    view: int
    fault: str | None = Field(description="the fault code the request gives the page, if it gives one")
    fault_zh: str = Field("", description="what the fault is called in 正體中文, empty without one")
    fault_en: str = Field("", description="the same in English")
    note: str = Field(description="why the scan at hand will not do, in the operator's words")
    ordered_at: datetime
    on_its_way: bool = Field(description="whether a rescan of it is declared and not yet processed")


class OrderList(BaseModel):
    """The open orders, oldest first; `next` is the cursor of the following ones, if there are any."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "orders": [
                        {
                            "request_id": "01a1fc67-3e80-7297-b36b-edcc34ae2265",
                            "request_number": "115-000012",
                            "volume": "板橋-0001",
                            "designation": "12",
                            "view": 1,
                            "fault": "blurred",
                            "fault_zh": "模糊",
                            "fault_en": "blurred",
                            "note": "下緣模糊,請壓平後重掃",
                            "ordered_at": "2026-11-02T09:00:00Z",
                            "on_its_way": False,
                        }
                    ],
                    "next": None,
                }
            ]
        }
    )
    orders: list[OrderView]
    next: str | None
