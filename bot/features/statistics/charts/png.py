"""Charts → a PNG that reads well on a phone. Pillow draws, with a Chinese font that comes as a package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

from bot.features.statistics.charts.shapes import WIDTH, Box, Chart, Label, Line, Role, fitted, text_width

SCALE: Final = 3  # pixels a unit: 1080 wide
_PAGE = 360
_MARGIN = (_PAGE - WIDTH) / 2
_PAD = 12.0  # above and below what stands on a card
_EDGE = 10.0  # beside it
_GAP = 8.0
_HEAD = 66.0
_TILE = 54.0
_TITLE = 24.0
_ROUND = 8.0
_HALO = 6  # pixels of ground around a label that stands above lines
_COLOURS: Final[dict[Role, str]] = {
    "answered": "#0a7d43",
    "suggested": "#b97700",
    "declined": "#b3261e",
    "active": "#3d5a8a",
    "right": "#3d5a8a",
    "track": "#e9edf0",
    "axis": "#e3e3e3",
    "ink": "#1a1a1a",
    "soft": "#5c5c5c",
    "ground": "#eef0f2",
    "card": "#ffffff",
}
_ANCHORS: Final = {"start": "ls", "middle": "ms", "end": "rs"}


def draw(heading: str, below: str, tiles: Sequence[tuple[str, str]], charts: Sequence[Chart]) -> bytes:
    """A PNG of a heading, a line below it, tiles (what, and how many) and charts; takes some tenths of a second.

    Raises OSError where the font cannot be read.
    """
    height = _HEAD + _TILE + _PAD + sum(_card_height(chart) + _GAP for chart in charts) + _PAD - _GAP
    canvas = _Canvas(height)
    canvas.label(Label(_MARGIN, 32, fitted(heading, 18, WIDTH), 18), strong=True)
    canvas.label(Label(_MARGIN, 53, below, 13, role="soft"))
    _draw_tiles(canvas, tiles)
    y = _HEAD + _TILE + _PAD
    for chart in charts:
        _draw_card(canvas, chart, y)
        y += _card_height(chart) + _GAP
    return canvas.png()


class _Canvas:
    """Draws in units, from the origin that it was moved to."""

    def __init__(self, height: float) -> None:
        self._image = Image.new("RGB", (_PAGE * SCALE, round(height * SCALE)), _COLOURS["ground"])
        self._draw = ImageDraw.Draw(self._image)
        self._x = self._y = 0.0

    def move_to(self, x: float, y: float) -> None:
        self._x, self._y = x, y

    def box(self, box: Box, radius: float = 0) -> None:
        left, top = self._at(box.x, box.y)
        right, bottom = left + box.width * SCALE - 1, top + box.height * SCALE - 1
        self._draw.rounded_rectangle((left, top, right, max(bottom, top)), radius * SCALE, _COLOURS[box.role])

    def line(self, line: Line) -> None:
        left, top = self._at(line.x, line.y)
        self._draw.line((left, top, left + line.width * SCALE, top), _COLOURS[line.role], width=2)

    def label(self, label: Label, *, strong: bool = False) -> None:
        at, anchor = self._at(label.x, label.y), _ANCHORS[label.anchor]
        font, ink = _font(round(label.size * SCALE)), _COLOURS[label.role]
        if label.above:
            self._draw.text(at, label.text, font=font, anchor=anchor, stroke_width=_HALO, fill=_COLOURS["card"])
        # the package has one weight; a thin outline makes another
        self._draw.text(at, label.text, font=font, anchor=anchor, stroke_width=1 if strong else 0, fill=ink)

    def png(self) -> bytes:
        out = BytesIO()
        self._image.quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return (self._x + x) * SCALE, (self._y + y) * SCALE


@lru_cache(maxsize=16)  # a size each; numbers on tiles have several
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(sans_path(), pixels)


def _draw_tiles(canvas: _Canvas, tiles: Sequence[tuple[str, str]]) -> None:
    wide = (WIDTH - _GAP * (len(tiles) - 1)) / len(tiles)
    for place, (name, number) in enumerate(tiles):
        x = _MARGIN + place * (wide + _GAP)
        canvas.box(Box(x, _HEAD, wide, _TILE, "card"), _ROUND)
        size = min(21.0, 21 * (wide - 10) / max(text_width(number, 21), 1))  # a huge number is written smaller
        canvas.label(Label(x + wide / 2, _HEAD + 27, number, size, "middle"), strong=True)
        canvas.label(Label(x + wide / 2, _HEAD + 45, name, 12, "middle", "soft"))


def _card_height(chart: Chart) -> float:
    return _PAD + _TITLE + chart.height + _PAD


def _draw_card(canvas: _Canvas, chart: Chart, y: float) -> None:
    canvas.move_to(_MARGIN, y)
    canvas.box(Box(-_EDGE, 0, WIDTH + 2 * _EDGE, _card_height(chart), "card"), _ROUND)
    canvas.label(Label(0, _PAD + 12, chart.title, 14), strong=True)
    canvas.move_to(_MARGIN, y + _PAD + _TITLE)
    for line in chart.lines:
        canvas.line(line)
    for box in chart.boxes:
        canvas.box(box)
    for label in chart.labels:
        canvas.label(label)
    canvas.move_to(0, 0)
