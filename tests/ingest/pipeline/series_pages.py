"""One small test page for each series that has a form: what is drawn, and what is to be read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.series import load_series
from tests.ingest.pipeline.drawn_table import Drawn, draw_table, grid

Row = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class TestPage:
    """A drawn page of a series with the household and persons on it; `form` is the printed form's key."""

    __test__ = False

    name: str
    series: str
    form: str | None
    cells: Sequence[Drawn]
    household: dict[str, str]
    persons: list[dict[str, str]]

    def draw(self) -> NDArray[np.uint8]:
        """The page's pixels."""
        return draw_table(self.cells)


def series_pages() -> list[TestPage]:
    """A page for each series, and for each form of the applications."""
    return [
        _register("colonial_removed_register", COLONIAL_HOUSE, [*COLONIAL, *REMOVED_THEN]),
        _register("household_registration", HOUSE, POST_WAR),
        _register("household_removed_registration", HOUSE, [*POST_WAR, *REMOVED_NOW]),
        _application("birth", BIRTH),
        _application("death", DEATH),
        _parties("marriage", MARRIAGE, MARRIED),
        _parties("divorce", DIVORCE, DIVORCED),
        _initial(),
    ]


Asked = tuple[str, str, Sequence[str]]
"""A field's key, its label as printed, and what each person has there."""

COLONIAL_HOUSE = [
    ("address", "本籍", "臺中州豐原郡豐原街字豐原十二番地"),
    ("head", "戶主", "林阿水"),
]
COLONIAL: list[Asked] = [
    ("relation", "続柄", ["戶主", "妻", "螟蛉子"]),
    ("name", "氏名", ["林阿水", "陳氏玉", "林添丁"]),
    ("birth_date", "生年月日", ["明治二十三年五月三日", "明治二十八年一月九日", "大正八年十二月一日"]),
    ("father", "父", ["林土", "陳木", "王火旺"]),
]
REMOVED_THEN: list[Asked] = [("removed_on", "除戸年月日", ["昭和十年三月二日", "", ""])]
HOUSE = [("address", "戶籍地址", "臺中縣豐原鎮下街里三鄰八戶"), ("head", "戶長", "林阿水")]
POST_WAR: list[Asked] = [
    ("relation", "稱謂", ["戶長", "妻", "長女"]),
    ("name", "姓名", ["林阿水", "陳玉", "林美雲"]),
    ("birth_date", "出生日期", ["民前二十二年五月三日", "民前十七年一月九日", "民國三十年十二月一日"]),
    ("father", "父", ["林土", "陳木", "林阿水"]),
    ("birth_place", "出生地", ["臺灣省臺中縣", "臺灣省彰化縣", "臺灣省臺中縣"]),
]
REMOVED_NOW: list[Asked] = [("removed_on", "除戶日期", ["", "民國五十二年三月八日", ""])]


def _register(series: str, house: Sequence[tuple[str, str, str]], asked: Sequence[Asked]) -> TestPage:
    """A vertical form: the household at the right, labels left of it, persons in columns right to left."""
    cells, right = [], 3380
    for _, label, text in house:
        cells.append(Drawn((right - 180, 160, right, 500), label, printed=True, vertical=True, size=54))
        cells.append(Drawn((right - 180, 500, right, 2300), text, vertical=True, size=60))
        right -= 180
    height = 2140 // len(asked)
    for row, (_, label, values) in enumerate(asked):
        top = 160 + row * height
        columns = [(label, 120), *((value, 330) for value in values)]
        edge = right
        for place, (text, width) in enumerate(columns):
            box = (edge - width, top, edge, top + height)
            cells.append(Drawn(box, text, printed=place == 0, vertical=True, size=52))
            edge -= width
    persons = [
        {key: values[place] for key, _, values in asked if values[place]} for place in range(len(asked[0][2]))
    ]
    return TestPage(series, series, None, cells, {key: text for key, _, text in house}, persons)


BIRTH = {
    "申請類別": "出生登記",
    "申請日期": "民國九十三年五月六日",
    "出生者姓名": "林美玲",
    "性別": "女",
    "出生日期": "民國九十三年四月二十八日",
    "出生別": "長女",
    "出生地": "臺中市北屯區",
    "父姓名": "林志明",
    "母姓名": "陳淑芬",
    "戶籍地址": "臺中市北屯區文心路",
    "申請人": "林志明",
    "與當事人關係": "父",
    "登記日期": "民國九十三年五月六日",
}
DEATH = {
    "申請類別": "死亡登記",
    "申請日期": "民國八十年二月三日",
    "死亡者姓名": "黃阿水",
    "性別": "男",
    "死亡日期": "民國八十年一月三十日",
    "死亡地點": "臺北市大安區",
    "死亡原因": "肺炎",
    "配偶姓名": "李香",
    "申請人": "黃文德",
    "與當事人關係": "長男",
    "登記日期": "民國八十年二月三日",
}


def _application(form: str, values: dict[str, str]) -> TestPage:
    """A horizontal form of labels and values, two pairs a row, in the order of the form's labels."""
    series = load_series("registration_application")
    labels = next(one for one in series.forms if one.key == form).labels
    pairs = [((label, 2), (values.get(label, ""), 4)) for label in labels]
    rows = [[cell for pair in pairs[at : at + 2] for cell in pair] for at in range(0, len(pairs), 2)]
    cells = grid(rows, 180, 220, 260, 190, labels)
    return _told(form, cells, values, [])


MARRIAGE = {
    "申請類別": "結婚登記",
    "結婚日期": "民國七十年十月十日",
    "證人一": "吳天賜",
    "證人二": "周明山",
    "登記日期": "民國七十年十月十二日",
    "申請人": "王大明",
}
MARRIED: list[Asked] = [
    ("name", "姓名", ["王大明", "陳麗華"]),
    ("birth_date", "出生日期", ["民國四十五年三月一日", "民國四十八年十二月九日"]),
    ("father", "父姓名", ["王水木", "陳添丁"]),
]
DIVORCE = {
    "申請類別": "離婚登記",
    "離婚日期": "民國七十五年三月三日",
    "離婚方式": "兩願離婚",
    "證人一": "吳天賜",
}
DIVORCED: list[Asked] = [
    ("name", "姓名", ["王大明", "陳麗華"]),
    ("birth_date", "出生日期", ["民國四十五年三月一日", "民國四十八年二月九日"]),
]


def _parties(form: str, values: dict[str, str], asked: Sequence[Asked]) -> TestPage:
    """Two parties: side by side under their headings, or (離婚) one below the other beside them."""
    series = load_series("registration_application")
    printed = [*next(one for one in series.forms if one.key == form).labels, "男方", "女方"]
    pairs = [((label, 2), (text, 4)) for label, text in values.items()]
    rows: list[Row] = [[*one, *other] for one, other in zip(pairs[::2], pairs[1::2], strict=True)]
    if form == "marriage":
        rows.append([("", 2), ("男方", 5), ("女方", 5)])
        rows += [[(label, 2), *((text, 5) for text in texts)] for _, label, texts in asked]
    else:
        for place, party in enumerate(("男方", "女方")):
            beside = [cell for _, label, texts in asked for cell in ((label, 2), (texts[place], 3))]
            rows.append([(party, 2), *beside])
    persons = [{key: texts[place] for key, _, texts in asked} for place in (0, 1)]
    return _told(form, grid(rows, 180, 220, 260, 190, printed), values, persons)


def _told(
    form: str, cells: Sequence[Drawn], values: dict[str, str], persons: list[dict[str, str]]
) -> TestPage:
    series = load_series("registration_application")
    fields = {label: series.field_labelled(label) for label in values}
    keyed = {
        level: {field.key: values[label] for label, field in fields.items() if field and field.level == level}
        for level in ("household", "person")
    }
    told = persons or [keyed["person"]]
    return TestPage(form, "registration_application", form, cells, keyed["household"], told)


INITIAL = [
    ["戶長", "林阿福", "男", "民前十二年三月一日", "臺灣臺中", "農"],
    ["妻", "林王氏招", "女", "民前八年十二月六日", "臺灣臺中", "家務"],
    ["長男", "林清水", "男", "民國十二年三月二日", "臺灣臺中", "學生"],
]


def _initial() -> TestPage:
    """A table of persons in rows under a row of labels, the household in pairs above it."""
    keys = ["relation", "name", "sex", "birth_date", "birth_place", "occupation"]
    labels, widths = ["稱謂", "姓名", "性別", "出生年月日", "籍貫", "職業"], [1, 2, 1, 4, 2, 2]
    above: list[Row] = [[("戶長", 1), ("林阿福", 3), ("住址", 1), ("臺中縣豐原鎮下街里", 7)]]
    table = [list(zip(row, widths, strict=True)) for row in (labels, *INITIAL)]
    cells = [
        *grid(above, 180, 220, 260, 190, ["住址"]),
        *grid(table, 180, 500, 260, 200, labels),
    ]
    persons = [dict(zip(keys, row, strict=True)) for row in INITIAL]
    house = {"head": "林阿福", "address": "臺中縣豐原鎮下街里"}
    return TestPage("initial", "initial_registration_application", "initial", cells, house, persons)
