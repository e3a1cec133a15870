"""Charts on a phone: nothing overlaps, nothing is outside, whatever the numbers are."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.features.statistics.charts.bars import Row, Series, columns, rows, short_number, ticks
from bot.features.statistics.charts.shapes import WIDTH, Chart, Label, fitted, text_width
from bot.features.statistics.charts.statistics_charts import charts_of, draw_figures, drawing, tiles_of
from bot.features.statistics.summary import LONGEST
from bot.records.statistics import Accuracy, DayFigures, Figures

TODAY = date(2026, 11, 25)


def of_days(count: int, each: int) -> Figures:
    days = tuple(
        DayFigures(TODAY - timedelta(days=ago), each, each // 2, each // 3, each // 4) for ago in reversed(range(count))
    )
    return Figures(
        days,
        active=each,
        top=(("路", each),) if each else (),
        weakest=(Accuracy("校" * 60, 1, 3),),
        quiz=3,
        quiz_right=1,
    )


def span_of(label: Label) -> tuple[float, float]:
    wide = text_width(label.text, label.size)
    left = label.x - {"start": 0.0, "middle": wide / 2, "end": wide}[label.anchor]
    return left, left + wide


def check(chart: Chart) -> None:
    """Everything stands inside, and no two texts on a line touch."""
    for box in chart.boxes:
        assert box.x >= -0.01 and box.x + box.width <= WIDTH + 0.01
        assert box.y >= -0.01 and box.y + box.height <= chart.height + 0.01
        assert box.width > 0 and box.height > 0
    for label in chart.labels:
        left, right = span_of(label)
        assert left >= -2.01 and right <= WIDTH + 0.01, label
        assert 0 < label.y <= chart.height + 4, label
    by_line: dict[float, list[Label]] = {}
    for label in chart.labels:
        by_line.setdefault(label.y, []).append(label)
    for labels in by_line.values():
        spans = sorted(map(span_of, labels))
        assert all(one[1] <= other[0] for one, other in pairwise(spans)), labels


@settings(max_examples=200, deadline=None)
@given(count=st.integers(1, LONGEST), each=st.integers(0, 2_000_000_000))
def test_any_number_of_days_and_any_numbers_fit(count: int, each: int) -> None:
    for chart in charts_of(of_days(count, each)):
        check(chart)


@settings(max_examples=100, deadline=None)
@given(
    names=st.lists(st.text(st.characters(codec="utf-8"), max_size=80), min_size=1, max_size=8),
    share=st.floats(0, 1),
    number=st.sampled_from(["1 次", "103,703,670 次", "33%（1/3）"]),
)
def test_any_names_fit_beside_their_numbers(names: list[str], share: float, number: str) -> None:
    check(rows("t", ("a", "b"), [Row(name, share, number) for name in names], "right"))


@given(st.integers(0, 10**12))
def test_an_axis_has_few_round_ticks_from_zero_to_no_less_than_the_highest(highest: int) -> None:
    marks = ticks(highest)
    assert marks[0] == 0 and marks[-1] >= highest and 2 <= len(marks) <= 6
    assert len({b - a for a, b in pairwise(marks)}) == 1
    assert str(marks[1]).rstrip("0") in {"1", "2", "5"}


def test_bars_are_as_high_as_their_numbers_and_stand_on_each_other() -> None:
    chart = columns("t", "日期", ["11/25"], [Series("a", "answered", (3,)), Series("b", "declined", (1,))])
    low, high = (box for box in chart.boxes if box.width > 10)
    assert low.height == pytest.approx(3 * high.height)
    assert high.y + high.height == pytest.approx(low.y)
    assert chart.table == (("日期", "a", "b"), ("11/25", "3", "1"))


def test_numbers_stand_over_bars_where_they_fit_and_the_latest_day_always_has_its_name() -> None:
    week, quarter = (charts_of(of_days(count, 40))[0] for count in (7, 90))
    assert sum(label.above for label in week.labels) == 7
    assert sum(label.above for label in quarter.labels) == 0
    for chart in (week, quarter):
        assert "11/25" in [label.text for label in chart.labels]
        assert len(chart.table) - 1 in {7, 90}


def test_what_nothing_is_known_of_has_no_chart_but_its_tiles() -> None:
    nothing = Figures((DayFigures(TODAY),))
    assert charts_of(nothing) == ()
    assert [number for _, number in tiles_of(nothing)] == ["0", "—", "0", "0"]


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, "0"), (9999, "9,999"), (15_000, "1.5万"), (99_999, "10万"), (1_200_000, "120万"), (300_000_000, "3亿")],
)
def test_numbers_beside_an_axis_are_short(number: int, shown: str) -> None:
    assert short_number(number) == shown


def test_a_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    assert fitted("三级联创", 10, 40) == "三级联创"
    assert fitted("三级联创", 10, 39) == "三级…"
    assert fitted("三级联创", 10, 1) == "…"


@pytest.mark.parametrize(("days", "each"), [(1, 0), (1, 3), (7, 40), (90, 123_456_789)])
def test_the_picture_is_a_png_for_a_phone(days: int, each: int) -> None:
    assert drawing() is draw_figures
    with Image.open(BytesIO(draw_figures("一个标题" * 20, of_days(days, each)))) as image:
        assert image.format == "PNG" and image.width == 1080 and 400 < image.height < 2000
        assert len(image.convert("RGB").getcolors(100_000) or ()) > 5
