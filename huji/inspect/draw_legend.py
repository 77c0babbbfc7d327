"""Draw what the colours of an overlay mean."""

from PIL import ImageDraw

from domain.series import Series
from huji.inspect import palette
from huji.inspect.find_font import font_of_size

LEGEND_HEIGHT = 84
SIZE, SWATCH = 17, 26


def draw_legend(pen: ImageDraw.ImageDraw, corner: tuple[int, int], width: int, series: Series) -> None:
    """Draw the legend, row after row, from a corner."""
    font = font_of_size(SIZE)
    x, y = corner[0] + 10, corner[1] + 8
    for colour, told in _meanings(series):
        wide = SWATCH + 8 + font.getlength(told) + 22
        if x + wide > width and x > corner[0] + 10:
            x, y = corner[0] + 10, y + SIZE + 8
        pen.rectangle((x, y + 3, x + SWATCH, y + SIZE), fill=colour)
        pen.text((x + SWATCH + 8, y), told, fill=(0, 0, 0), font=font)
        x += round(wide)


def _meanings(series: Series) -> list[tuple[palette.Colour, str]]:
    sure, doubtful = palette.SURE_FROM, palette.DOUBTFUL_BELOW
    return [
        (palette.SURE, f"可信 sure ≥{sure:.2f}"),
        (palette.LIKELY, f"大致 likely ≥{doubtful:.2f}"),
        (palette.DOUBTFUL, "存疑 doubtful"),
        (palette.LABEL, f"{series.title} 欄名 label"),
        (palette.CELL, "格 cell 列,行 跨 spans"),
        (palette.RULE, "框線 rule"),
        (palette.REJECTED, "未採線 rule not used"),
        (palette.CROP, "頁緣 page"),
        (palette.FLAGGED, "影像品質 quality"),
        (palette.RED_INK, "紅字 red ink"),
        (palette.SEAL, "印章（未讀）seal, taken out"),
        (palette.OTHER_INK, "他色 other ink"),
    ]
