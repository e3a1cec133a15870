"""Figures → a picture, where the extra for it is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from bot.features.statistics.charts.statistics_charts import pictured, tiles_of
from bot.features.statistics.summary import span
from bot.records.statistics import Figures

_NEEDED = ("PIL", "pylopdf_fonts_zh_cn")


def drawing() -> Callable[[str, Figures], bytes] | None:
    """What draws figures under a heading, as a PNG; None without the extra ``pictures``."""
    return draw_figures if all(find_spec(name) is not None for name in _NEEDED) else None


def draw_figures(heading: str, figures: Figures) -> bytes:
    """The picture of ``figures``, whose points are named by their titles."""
    from bot.features.statistics.charts.png import draw  # noqa: PLC0415 - loads Pillow, which most runs never need

    return draw(heading, span(figures.days), tiles_of(figures), pictured(figures))
