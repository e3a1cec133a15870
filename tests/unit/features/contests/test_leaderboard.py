"""Boards: everybody has a place on them, names are told apart, organisers take the list along."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from io import BytesIO

import openpyxl
import pytest

from bot.conversation.messages import Reply
from bot.quiz.contest.scoring import Placement, Score, assign_places
from bot.wording import Contests as Wording
from tests.unit.features.contests.fixtures import ContestsHarness

MEMBERS = [f"m{number:02d}" for number in range(30)]


@pytest.fixture
async def harness() -> AsyncIterator[ContestsHarness]:
    opened = await ContestsHarness().opens()
    await opened.say("/quiz 1 20", by="m00")
    for number, member in enumerate(MEMBERS):
        await opened.time.advance(0.1)
        await opened.vote(member, right=number < 28)
    await opened.time.advance(25)
    yield opened
    await opened.dies()


def lines(reply: Reply) -> list[str]:
    return [part.text for part in reply.parts]


def press_of(reply: Reply, label: str) -> str:
    return next(choice.action for choice in reply.choices if choice.label == label)


async def test_whoever_is_far_down_sees_a_place_below_the_first_ones(harness: ContestsHarness) -> None:
    shown = lines(await harness.say("/rank", by="m25"))
    assert len(shown) == 1 + 15 + 1
    assert shown[-1] == Wording.RANK_OWN.format(place=26, count=30, points=1, answered=1)
    assert not any(line.startswith("您") for line in lines(await harness.say("/rank", by="m03")))
    alone = lines(await harness.say("/rank", by="m25", chat="test:m25", is_private=True))
    assert Wording.RANK_OWN.format(place=26, count=30, points=1, answered=1) in alone
    assert Wording.RANK_OWN_NONE in lines(await harness.say("/rank", by="zoe", chat="test:zoe", is_private=True))


async def test_the_final_board_tells_each_the_own_place_and_nobody_else(harness: ContestsHarness) -> None:
    final = harness.channel.said[-1][1]
    assert "还有 20 人" in final.text
    own = press_of(final, Wording.OWN_BUTTON)
    assert (await harness.press(own, by="m25")).toast == Wording.OWN_PLACE.format(place=26, count=30, points=1, right=1)
    assert (await harness.press(own, by="zoe")).toast == Wording.OWN_NONE
    assert (await harness.press(own, by="m25", chat="test:other")).toast == Wording.GONE


async def test_the_full_list_has_everybody(harness: ContestsHarness) -> None:
    first = await harness.say("/rank", by="m01")
    full = await harness.press(press_of(first, Wording.RANK_FULL), by="m01")
    assert len(lines(full)) == 1 + 30
    assert len(lines(await harness.say("/rank 本轮", by="m01"))) == 1 + 30


async def test_members_of_one_name_are_told_apart(harness: ContestsHarness) -> None:
    harness.store.members |= {"test:m01": "张伟", "test:m02": "张伟"}
    shown = [line for line in lines(await harness.say("/rank", by="m01")) if "张伟" in line]
    assert len({line.split("　")[0].split()[-1] for line in shown}) == 2
    assert shown == [line for line in lines(await harness.say("/rank", by="m07")) if "张伟" in line]


async def test_an_organiser_takes_the_list_along_and_a_member_does_not(harness: ContestsHarness) -> None:
    harness.store.members["test:m01"] = "=1+1"
    assert (await harness.say("/rank 本轮 导出", by="m05")).text == Wording.RANK_EXPORT_ADMINS
    harness.channel.admins.add(("test:group", "test:m05"))
    for text, width in (("/rank 本轮 导出", 8), ("/rank 导出", 5)):
        [file] = (await harness.say(text, by="m05")).files
        sheet = openpyxl.load_workbook(BytesIO(file.data)).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        assert len(rows) == 1 + 30
        assert len(rows[0]) == width
        assert rows[2][1] == "=1+1"
        assert sheet.cell(3, 2).data_type == "s"


async def test_the_list_of_all_chats_is_for_quiz_hosts_alone(harness: ContestsHarness) -> None:
    harness.channel.admins |= {("test:group", "test:m05"), ("test:m06", "test:m06")}  # a private chat is one's own
    assert (await harness.say("/rank 总 导出", by="m05")).text == Wording.RANK_EXPORT_HOSTS
    assert (
        await harness.say("/rank 导出", by="m06", chat="test:m06", is_private=True)
    ).text == Wording.RANK_EXPORT_HOSTS
    harness.hosts.add("test:m07")
    assert len((await harness.say("/rank 导出", by="m07", chat="test:m07", is_private=True)).files) == 1


async def test_nothing_of_an_open_question_is_on_the_list_of_its_round(harness: ContestsHarness) -> None:
    await harness.say("/quiz 2 20", by="m00")
    await harness.vote("m01", right=True)
    harness.channel.admins.add(("test:group", "test:m05"))
    assert lines(await harness.say("/rank 本轮", by="m05"))[1:] == [Wording.NOBODY]
    [file] = (await harness.say("/rank 本轮 导出", by="m05")).files
    sheet = openpyxl.load_workbook(BytesIO(file.data)).active
    assert sheet is not None
    assert len(list(sheet.iter_rows())) == 1


async def test_organisers_begin_a_season_and_earlier_ones_can_still_be_seen(harness: ContestsHarness) -> None:
    assert (await harness.say("/rank 赛季", by="m01")).text == Wording.SEASON_NONE
    assert (await harness.say("/season 新", by="m01")).text == Wording.SEASON_ADMINS
    harness.channel.admins.add(("test:group", "test:m01"))
    asked = await harness.say("赛季 新", by="m01")
    assert asked.text == Wording.SEASON_CONFIRM.format(number=1)
    assert (await harness.say("/season", by="m01")).text == Wording.SEASON_NONE
    assert (await harness.press(asked.choices[0].action, by="m01")).text.startswith("第 1 赛季开始了")
    assert lines(await harness.say("/rank 赛季", by="m02"))[1] == Wording.RANK_EMPTY
    await harness.say("/quiz 1 20", by="m07")
    await harness.time.advance(1)
    await harness.vote("m07")
    await harness.time.advance(30)
    shown = lines(await harness.say("/rank 本赛季", by="m07"))
    assert [line.split("　")[0] for line in shown] == [Wording.SEASON_TITLE.format(number=1), "🥇 m07"]
    await harness.press((await harness.say("/season 新", by="m01")).choices[0].action, by="m01")
    assert lines(await harness.say("/rank season", by="m07"))[1] == Wording.RANK_EMPTY
    assert lines(await harness.say("/rank 第1赛季", by="m07")) == shown
    assert (await harness.say("/season", by="m02")).text.startswith("现在是第 2 赛季")
    assert [row.action for row in harness.audit.rows] == ["season"] * len(harness.audit.rows)


@pytest.mark.parametrize("said", ["/rank", "/rank 总", "/rank 完整"])
async def test_thousands_are_placed_beside_the_event_loop(
    harness: ContestsHarness, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    placed_by: list[threading.Thread] = []

    def place(found: Sequence[Score]) -> Sequence[Placement[Score]]:
        placed_by.append(threading.current_thread())
        return assign_places(found)

    monkeypatch.setattr("bot.features.contests.leaderboard.assign_places", place)
    await harness.say(said, by="ann")
    assert placed_by
    assert threading.main_thread() not in placed_by


async def test_two_who_begin_a_season_begin_the_same_one(harness: ContestsHarness) -> None:
    harness.channel.admins |= {("test:group", "test:m01"), ("test:group", "test:m02")}
    asked = [await harness.say("赛季 新", by=by) for by in ("m01", "m02")]
    told = await asyncio.gather(
        *(harness.press(one.choices[0].action, by=by) for one, by in zip(asked, ("m01", "m02"), strict=True))
    )
    assert [reply.text[:5] for reply in told if reply.text] == ["第 1 赛"]
    assert [reply.toast for reply in told if reply.toast] == [Wording.SEASON_ALREADY.format(number=1)]
    await harness.time.advance(60)
    assert (await harness.press(asked[0].choices[0].action, by="m01")).toast == Wording.SEASON_ALREADY.format(number=1)
    assert (await harness.press(asked[0].choices[0].action, by="m09")).toast == Wording.SEASON_ADMINS
    assert (await harness.say("/season", by="m03")).text.startswith("现在是第 1 赛季，11月2日 12:00 开始")


async def test_the_numbers_of_seasons_never_change(harness: ContestsHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.features.contests.seasons.MAX_SEASONS", 2)
    harness.channel.admins.add(("test:group", "test:m01"))
    for _ in range(2):
        await harness.press((await harness.say("赛季 新", by="m01")).choices[0].action, by="m01")
        await harness.time.advance(60)
    assert (await harness.say("赛季 新", by="m01")).text == Wording.SEASON_TOO_MANY.format(count=2)
    assert (await harness.say("/season", by="m01")).text.startswith("现在是第 2 赛季")
