"""/stats: what was counted, and what an admin reads of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.access.roles import RolePolicy
from bot.conversation.messages import Incoming, Part, Reply
from bot.conversation.router import Router
from bot.features.statistics.commands import Drawing, Invite, Stats, make_stats
from bot.features.statistics.summary import percent, with_titles
from bot.records.statistics import Accuracy, Day, DayFigures, Figures
from bot.storage.statistics import StatisticsRepository
from bot.wording import Admin
from bot.wording import Insight as Wording
from tests.unit.features.fakes import FakeAudit, FakeRoles
from tests.unit.features.shelf.test_shelf import library_of_points
from tests.unit.library import NOON, knowledge

TODAY = NOON.date()


class FakeFigures(StatisticsRepository):
    """Ten questions a day, of which six were answered, and what is told beside them."""

    def __init__(self, figures: Figures | None = None) -> None:
        self.asked_for: list[Sequence[Day]] = []
        self.figures_ = figures or Figures(
            (), active=8, top=(("road", 9), ("gone", 1)), weakest=(Accuracy("rice", 1, 3),), quiz=12, quiz_right=8
        )

    async def figures(self, days: Sequence[Day], top: int) -> Figures:
        self.asked_for.append(days)
        f = self.figures_
        by_day = f.days or tuple(DayFigures(day.date, 6, 1, 3, 4) for day in days)
        return Figures(
            by_day, f.active, f.top[:top], f.weakest[:top], f.quiz, f.quiz_right, f.helpful, f.unhelpful, f.misses
        )


def desk(
    store: FakeFigures | None = None, *, drawing: Drawing | None = None, invite: Invite | None = None
) -> tuple[Router, FakeAudit]:
    audit = FakeAudit()
    stats = Stats(
        store or FakeFigures(),
        knowledge,
        clock=lambda: NOON,
        zone="Asia/Shanghai",
        drawing=drawing,
        invite=invite,
    )
    rights = RolePolicy(["test:owner"], FakeRoles({"test:editor": "editor", "test:host": "host"}))
    return Router([make_stats(stats)], rights, audit, lambda: NOON), audit


def said(text: str = "", *, by: str = "editor", action: str = "") -> Incoming:
    return Incoming(f"test:{by}", "c", text=text, action=action, request_id="r1")


async def a_link(_: str) -> Reply:
    return Reply((Part("text", "link"),), private=True)


async def told(text: str, store: FakeFigures | None = None) -> str:
    reply = await desk(store)[0].route(said(text))
    assert reply is not None
    return reply.text


async def test_a_week_is_told_with_sums_points_by_their_titles_and_days_the_latest_first() -> None:
    lines = (await told("/stats")).splitlines()
    assert lines[:4] == [
        "统计：近 7 天（4月28日—5月4日）",
        "提问 70 次：答上 42（60%），给建议 7，没答 21。",
        "提问的有 8 人。",
        "答题 12 次，答对 67%。",
    ]
    assert lines[4:9] == [
        "问得最多的",
        "1. 硬化村道12.5公里　9 次",
        "2. 已删的要点 gone　1 次",
        "答题最容易错的",
        "1. 种植水稻3200亩　答对 33%（1/3）",
    ]
    assert lines[9:11] == ["每天的提问", "5/4　提问 10，没答 3，4 人"]
    assert len(lines) == 9 + 1 + 7 + 1  # and the note that pictures are missing


@pytest.mark.parametrize(
    ("text", "days"), [("/stats", 7), ("统计", 7), ("/stats 30", 30), ("/stats 1", 1), ("/stats 90天", 90)]
)
async def test_as_many_days_are_told_as_asked_for_and_the_last_one_is_today(text: str, days: int) -> None:
    store = FakeFigures()
    await told(text, store)
    assert [len(asked) for asked in store.asked_for] == [days]
    assert store.asked_for[0][-1].date == TODAY


@pytest.mark.parametrize("rest", ["0", "91", "-3", "abc", "7 8", "99999", "1e1"])
async def test_other_numbers_of_days_are_answered_with_what_is_possible(rest: str) -> None:
    assert await told(f"/stats {rest}") == Wording.BAD_DAYS.format(longest=90)


async def test_many_days_are_not_all_listed_and_the_reply_says_so() -> None:
    text = await told("/stats 30")
    assert text.count("没答 3，4 人") == 14
    assert "更早的 16 天没有列出。" in text


async def test_days_without_a_question_are_left_out_and_counted() -> None:
    busy = [DayFigures(TODAY - timedelta(days=n), answered=1, active=1) if n in {2, 20} else None for n in range(30)]
    days = tuple(day or DayFigures(TODAY - timedelta(days=n)) for n, day in enumerate(busy))[::-1]
    lines = (await told("/stats 30", FakeFigures(Figures(days)))).splitlines()
    listed = lines.index("每天的提问")
    assert lines[listed + 1 : listed + 4] == [
        "5/2　提问 1，没答 0，1 人",
        "4/14　提问 1，没答 0，1 人",
        "另有 28 天没有人提问。",
    ]


async def test_nothing_asked_and_nothing_played_is_said_so() -> None:
    nothing = FakeFigures(Figures(tuple(DayFigures(TODAY - timedelta(days=n)) for n in (1, 0))))
    assert (await told("/stats 2", nothing)).splitlines()[:3] == [
        "统计：近 2 天（5月3日—5月4日）",
        Wording.NOTHING,
        Wording.NO_QUIZ,
    ]


async def test_the_picture_goes_with_the_text_and_has_the_titles() -> None:
    drawn: list[tuple[str, Figures]] = []

    def draw(heading: str, figures: Figures) -> bytes:
        drawn.append((heading, figures))
        return b"png"

    reply = await desk(drawing=draw)[0].route(said("/stats 30"))
    assert reply is not None
    assert [(file.name, file.data, file.picture) for file in reply.files] == [("stats-2026-05-04.png", b"png", True)]
    assert drawn[0][0] == knowledge().title and drawn[0][1].top[0] == ("硬化村道12.5公里", 9)
    assert "更早的 16 天见图。" in reply.text and Wording.NO_PICTURE not in reply.text


async def test_a_picture_that_cannot_be_drawn_costs_only_the_picture(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: str, __: Figures) -> bytes:
        raise OSError("no font")

    reply = await desk(drawing=broken)[0].route(said("/stats"))
    assert reply is not None
    assert reply.files == () and reply.text.startswith("统计")
    assert [record.__dict__["request_id"] for record in caplog.records] == ["r1"]


@pytest.mark.parametrize("asked", [said("/stats"), said("/stats 91"), said(action="a:sd-30"), said(action="a:sl-")])
async def test_wherever_it_is_asked_nobody_else_sees_the_figures(asked: Incoming) -> None:
    at, _ = desk(invite=a_link)
    reply = await at.route(asked)
    assert reply is not None and reply.private


async def test_the_other_spans_are_a_tap_away_and_the_page_is_opened_in_private() -> None:
    invited: list[str] = []

    async def invite(person: str) -> Reply:
        invited.append(person)
        return await a_link(person)

    at, audit = desk(invite=invite)
    week = await at.route(said("/stats"))
    assert week is not None
    assert [(choice.label, choice.action) for choice in week.choices] == [
        ("近 30 天", "a:sd-30"),
        ("打开管理页", "a:sl-"),
    ]
    month = await at.route(said(action="a:sd-30"))
    assert month is not None and "近 30 天" in month.text and month.choices[0].action == "a:sd-7"
    assert audit.rows == []  # who only reads leaves no trace
    link = await at.route(said(action="a:sl-"))
    assert link is not None and link.private and invited == ["test:editor"]
    assert [(row.actor, row.action, row.allowed) for row in audit.rows] == [("test:editor", "sl", True)]


@pytest.mark.parametrize("by", ["member", "host"])
async def test_who_is_no_editor_sees_nothing_and_the_try_is_audited(by: str) -> None:
    at, audit = desk(invite=a_link)
    for incoming in (said("/stats", by=by), said(action="a:sd-30", by=by), said(action="a:sl-", by=by)):
        reply = await at.route(incoming)
        needs = Admin.REFUSED_ROLE.format(needed="编辑", role="主持人")
        told = needs if by == "host" else Admin.REFUSED
        assert reply is not None and told in (reply.text, reply.toast) and reply.files == ()
    assert [(row.action, row.allowed) for row in audit.rows] == [("stats", False), ("sd", False), ("sl", False)]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 0, "—"), (0, 9, "0%"), (1, 3, "33%"), (1, 1000, "1%"), (999, 1000, "99%"), (7, 7, "100%")],
)
def test_all_and_nothing_are_said_only_where_it_is_all_or_nothing(part: int, whole: int, shown: str) -> None:
    assert percent(part, whole) == shown


async def test_a_button_to_a_page_that_is_not_there_is_out_of_date() -> None:
    at, _ = desk()
    week = await at.route(said("/stats"))
    assert week is not None and [choice.action for choice in week.choices] == ["a:sd-30"]
    assert await at.route(said(action="a:sl-")) == Reply(toast=Admin.GONE, private=True)


def test_a_weak_point_of_another_document_is_told_with_the_title_of_that() -> None:
    other = library_of_points().documents["bbbbbb"].knowledge
    figures = Figures((), weakest=(Accuracy("first", 1, 3), Accuracy("rice", 1, 3), Accuracy("gone", 1, 3)))
    named = [one.point for one in with_titles(figures, knowledge(), {"bbbbbb": other}).weakest]
    assert named[0] == "《食堂管理办法》食堂管理办法的第一条"
    assert named[1:] == [knowledge().point("rice").title, Wording.GONE_POINT.format(id="gone")]
