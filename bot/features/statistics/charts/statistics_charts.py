"""What is counted for admins → charts, and a picture of them where the extra for it is installed.

Points are named by their titles here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec

from bot.features.statistics.charts.bars import Row, Series, columns, rows
from bot.features.statistics.charts.shapes import Chart
from bot.features.statistics.summary import accuracy, asked_line, percent, quiz_line, short_date, span
from bot.records.statistics import Figures
from bot.wording import Insight as Wording

IN_PICTURE = 3  # points of each kind: a picture that is too high is shown small


def charts_of(figures: Figures) -> tuple[Chart, ...]:
    """All charts of ``figures``; none for what nothing is known of."""
    return _known((asked_by_day(figures), active_by_day(figures), top_points(figures), weakest_points(figures)))


def pictured(figures: Figures) -> tuple[Chart, ...]:
    """The charts that fit into one picture on a phone."""
    return _known((asked_by_day(figures), top_points(figures, IN_PICTURE), weakest_points(figures, IN_PICTURE)))


def tiles_of(figures: Figures) -> tuple[tuple[str, str], ...]:
    """The numbers to be seen first: what, and how many."""
    return (
        (Wording.TILE_ASKED, f"{figures.asked:,}"),
        (Wording.TILE_ANSWERED, percent(figures.answered, figures.asked)),
        (Wording.TILE_DECLINED, f"{figures.declined:,}"),
        (Wording.TILE_MEMBERS, f"{figures.active:,}"),
    )


def asked_by_day(figures: Figures) -> Chart | None:
    """Questions by day and by what became of them."""
    if not figures.asked:
        return None
    series = (
        Series(Wording.ANSWERED, "answered", tuple(day.answered for day in figures.days)),
        Series(Wording.SUGGESTED, "suggested", tuple(day.suggested for day in figures.days)),
        Series(Wording.DECLINED, "declined", tuple(day.declined for day in figures.days)),
    )
    return columns(Wording.BY_DAY, Wording.DAY_HEADING, _names(figures), series, summary=asked_line(figures))


def active_by_day(figures: Figures) -> Chart | None:
    """Members who asked, by day."""
    if not figures.active:
        return None
    active = Series(Wording.MEMBERS, "active", tuple(day.active for day in figures.days))
    summary = Wording.ACTIVE.format(count=figures.active)
    return columns(Wording.ACTIVE_BY_DAY, Wording.DAY_HEADING, _names(figures), (active,), summary=summary)


def top_points(figures: Figures, count: int | None = None) -> Chart | None:
    """The points that were asked for most."""
    if not figures.top:
        return None
    most = figures.top[0][1]
    items = [Row(title, times / most, Wording.TIMES.format(count=times)) for title, times in figures.top[:count]]
    return rows(Wording.TOP, (Wording.POINT_HEADING, Wording.TIMES_HEADING), items, "answered")


def weakest_points(figures: Figures, count: int | None = None) -> Chart | None:
    """The points that quizzes went worst on."""
    if not figures.weakest:
        return None
    items = [Row(one.point, one.share, accuracy(one.right, one.answered)) for one in figures.weakest[:count]]
    headings = (Wording.POINT_HEADING, Wording.ACCURACY_HEADING)
    return rows(Wording.WEAKEST, headings, items, "right", summary=quiz_line(figures))


def _names(figures: Figures) -> list[str]:
    return [short_date(day.date) for day in figures.days]


def _known(charts: Iterable[Chart | None]) -> tuple[Chart, ...]:
    return tuple(chart for chart in charts if chart is not None)


_NEEDED = ("PIL", "pylopdf_fonts_zh_cn")


def drawing() -> Callable[[str, Figures], bytes] | None:
    """What draws figures under a heading, as a PNG; None without the extra ``pictures``."""
    return draw_figures if all(find_spec(name) is not None for name in _NEEDED) else None


def draw_rankings(
    heading: str,
    below: str,
    tiles: Sequence[tuple[str, str]],
    rankings: Sequence[tuple[str, tuple[str, str], Sequence[tuple[str, float, str]]]],
) -> bytes:
    """A picture of ``rankings``: each a title, headings, and for each name its share of the most and its number."""
    from bot.features.statistics.charts.png import draw  # noqa: PLC0415 - as below

    charts = [rows(title, heads, [Row(*row) for row in found], "answered") for title, heads, found in rankings]
    return draw(heading, below, tiles, charts)


def ranking_drawing() -> Callable[..., bytes] | None:
    """``draw_rankings``; None without the extra ``pictures``."""
    return draw_rankings if drawing() is not None else None


def draw_figures(heading: str, figures: Figures) -> bytes:
    """The picture of ``figures``, whose points are named by their titles."""
    from bot.features.statistics.charts.png import draw  # noqa: PLC0415 - loads Pillow, which most runs never need

    return draw(heading, span(figures.days), tiles_of(figures), pictured(figures))
