"""/room in a chat: a room is opened, its links go to whom they are for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.messages import Incoming
from bot.features.rooms.request_parser import RoomRequest, room_wanted, rule_text
from bot.quiz.banks.model import BankQuestion
from bot.records.papers import CompetitionRecord
from bot.wiring import make_papers
from bot.wording import Contests
from bot.wording import RoomNotices as Wording
from tests.unit.channels.live_room import LiveRooms, live_rooms
from tests.unit.features.contests.fixtures import FakeChannel


def said(text: str, *, group: bool = False) -> Incoming:
    chat = "telegram:-100" if group else "telegram:1"
    return Incoming("telegram:1", chat, text=text, name="王芳", is_private=not group)


def host_link(text: str) -> str:
    return next(line for line in text.splitlines() if "/host?t=" in line)


async def asks(live: LiveRooms, text: str, *, group: bool = False) -> str:
    return (await live.router.handle(said(text, group=group))).text


async def test_a_room_opened_in_private_comes_with_every_link(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live:
        live.contests.channels.add("telegram", FakeChannel())
        text = await asks(live, "/room 3 20")
        (room,) = live.rooms.open_rooms
        assert f"https://study.example/room/{room.code}\n" in text and f"/room/{room.code}/wall" in text
        assert len(room.contest.setup.questions) == 3 and room.contest.rules.hosted
        token = host_link(text).partition("?t=")[2]
        assert live.rooms.is_host(room, token) and not live.rooms.is_host(room, token[:-1] + "x")


async def test_the_hosts_link_of_a_group_goes_to_its_opener_alone(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live:
        channel = FakeChannel()
        live.contests.channels.add("telegram", channel)
        text = await asks(live, "开房间 抢答 5", group=True)
        (room,) = live.rooms.open_rooms
        assert "/host" not in text and Wording.HOST_IN_PRIVATE in text and room.contest.rules.mode == "buzzer"
        (chat, reply) = channel.said[-1]
        assert chat == "telegram:1" and live.rooms.is_host(room, host_link(reply.text).partition("?t=")[2])


async def test_a_room_that_nobody_could_lead_is_not_left_open(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live:
        live.contests.channels.add("telegram", FakeChannel(mute={"telegram:1"}))
        assert await asks(live, "/room", group=True) == Wording.HOST_NOT_SENT
        assert live.rooms.open_rooms == []


async def test_without_a_page_there_is_no_room(tmp_path: Path) -> None:
    async with live_rooms(tmp_path, served=False) as live:
        live.contests.channels.add("telegram", FakeChannel())
        assert await asks(live, "/room") == Wording.NO_PAGE


async def test_a_saved_bank_says_which_of_its_questions_have_no_source(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live:
        live.contests.channels.add("telegram", FakeChannel())
        made = [BankQuestion("single", f"月亮离地球多远（{number}）？", ("很远", "不远"), (0,)) for number in range(2)]
        await live.saved_banks.save("天文", made)
        text = await asks(live, "/room 2 20 题库 天文")
        assert Wording.NO_SOURCE.format(count=2) in text
        (room,) = live.rooms.open_rooms
        assert {question.kind for question in room.contest.setup.questions} == {"bank"}
        assert "没有" in await asks(live, "/room 题库 地理")


async def test_a_bank_that_papers_are_written_on_is_not_to_be_read_in_a_room_until_that_is_over(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live:
        live.contests.channels.add("telegram", FakeChannel())
        await live.saved_banks.save("天文", [BankQuestion("single", "月亮离地球多远？", ("很远", "不远"), (0,))])
        make_papers(
            live.store, live.rooms.library, live.contests, live.saved_banks, clock=live.time, zone="Asia/Shanghai"
        )
        assert list(await live.rooms.source.bank_names()) == ["天文"]
        begins, ends = live.time() + timedelta(days=1), live.time() + timedelta(days=2)
        coming = CompetitionRecord(
            id="k1",
            title="天文竞赛",
            starts_at=begins,
            ends_at=ends,
            document="main",
            bank="天文",
            count=1,
            minutes=10,
            tries=1,
            counting="best",
            branches="",
            has_roster=False,
            author="telegram:1",
            published_at=live.time(),
            seed="s",
        )
        await live.store.papers.save_competition(coming)
        assert list(await live.rooms.source.bank_names()) == []
        assert Contests.BANK_WITHHELD.format(name="天文") in await asks(live, "/room 2 20 题库 天文")
        live.time.now = ends + timedelta(seconds=1)
        assert list(await live.rooms.source.bank_names()) == ["天文"]


async def test_numbers_that_cannot_be_played_are_refused_with_a_sentence(tmp_path: Path) -> None:
    async with live_rooms(tmp_path) as live:
        live.contests.channels.add("telegram", FakeChannel())
        for text in ("/room 201", "/room 0", "/room 10 3"):
            assert "一个房间" in await asks(live, text)
        assert live.rooms.open_rooms == []


@pytest.mark.parametrize(("count", "missing"), [(1, ("抢答", "风险")), (2, ("风险",)), (3, ("风险",)), (4, ())])
def test_the_rule_tells_of_the_rounds_that_there_are(count: int, missing: tuple[str, ...]) -> None:
    text = rule_text(RoomRequest(mode="rounds").rules(count))
    assert "必答题答对加 10 分" in text and " 0 分" not in text and text.endswith("。")
    assert [word for word in ("抢答", "风险") if word not in text] == list(missing)


def test_words_behind_the_command_are_read_as_behind_a_quiz() -> None:
    assert room_wanted("") == RoomRequest()
    assert room_wanted("10 20 春耕") == RoomRequest(10, 20, topic="春耕")
    assert room_wanted("挑战 15") == RoomRequest(15, mode="challenge")
    assert room_wanted("分环节 20").mode == "rounds"
    assert room_wanted("分队").teams and room_wanted("分队").mode == "contest"
    assert room_wanted("题库 天文").topic == "题库 天文"
