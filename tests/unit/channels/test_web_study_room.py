"""Members of the page, and what they practise there: by posted forms, on a real store."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.channels.web.conversation_client import Answer, Channel, ConversationClient
from bot.channels.web.conversation_log import PRUNE_EVERY
from bot.contests.runner import HELD_ALONE
from bot.conversation.messages import say
from bot.errors import StorageError
from bot.quiz.contest.state import LEFT_ALONE
from bot.records.contests import REVIEW
from bot.storage.page import PageRepository
from bot.wording import Contests, Web
from tests.unit.channels.study_room import Visitor, study_room

_NOTICE = say("早上好")
DESKTOP_PAGES = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
OTHER_BROWSER = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/128.0"


async def counted(visitor: Visitor) -> int:
    """How many questions the page says that a member has answered."""
    page = await visitor.says("我的")
    found = re.findall(r"一共答了 (\d+) 题", page)
    return int(found[-1]) if found else 0


async def test_a_guest_is_asked_for_a_name_and_goes_on_where_he_was(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as guest:
        await guest.opens()
        page = await guest.says("答题 3")
        assert Contests.NAME_FIRST in page and 'name="question" value="答题 3"' in page
        page = await guest.is_called("王芳", question="答题 3")
        assert "第 1/3 题" in page


async def test_a_round_is_played_to_its_board_at_ones_own_pace(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("答题 3")
        for number, right in enumerate((True, False, True), start=1):
            assert f"第 {number}/3 题" in member.page and "秒）" not in member.page
            await room.time.advance(3600)
            page = await member.answers(right=right)
            assert (Contests.RIGHT in page) if right else ("答错了" in page)
            if number < 3:
                assert f"第 {number + 1}/3 题" not in page
                await member.presses(Contests.REVIEW_NEXT)
        assert "答题结束" in member.page and "王芳" in member.page and "2 分" in member.page
        assert await counted(member) == 3


async def test_several_options_are_ticked_and_sent_together(tmp_path: Path) -> None:
    async with study_room(tmp_path, several=True) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("答题 2")
        assert 'type="checkbox"' in member.page
        assert Contests.RIGHT in await member.answers()


async def test_a_round_goes_on_after_a_restart_and_with_the_browser_closed_and_opened(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("答题 2")
        await member.answers()
        await member.presses(Contests.REVIEW_NEXT)
        cookies = member.client.cookies
    async with study_room(tmp_path) as room, room.visitor(cookies=cookies) as member:
        page = await member.opens()
        assert "第 2/2 题" in page and Contests.RIGHT in page
        page = await member.answers(right=False)
        assert "答错了" in page and "答题结束" in page
        assert await counted(member) == 2


async def test_wrong_answers_are_repeated_before_they_are_due_and_in_time(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("答题 1")
        await member.answers(right=False)
        await room.time.advance(60)
        await member.says("错题")
        await member.presses(Contests.PRACTICE_BEGIN)
        assert Contests.PRACTICE_MOVES_NOTHING in await member.answers()
        await room.time.advance(3 * 24 * 3600)
        await member.says("错题")
        await member.presses(Contests.REVIEW_BEGIN)
        assert Contests.RIGHT in await member.answers()
        key = next(iter(await room.store.page.members_named("王芳")))
        answers = await room.store.contests.answers_of(key)
        assert [one.contest == REVIEW for one in answers] == [False, True, True]


async def test_the_same_answer_sent_twice_and_one_after_the_end_count_once(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("答题 1")
        action = re.findall(r'data-answers="([^"]+)"', member.page)[-1]
        for option in (0, 1, 2):
            await member.client.post("/", data={"action": f"{action}{option}"})
        assert await counted(member) == 1


async def test_an_answer_for_somebody_else_is_not_taken(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as one, room.visitor() as other:
        await one.becomes("王芳")
        await other.becomes("李强")
        await one.says("答题 1")
        action = re.findall(r'data-answers="([^"]+)"', one.page)[-1]
        page = await other.client.post("/", data={"action": f"{action}0"})
        assert Contests.NOT_OPEN in page.text
        assert await counted(one) == await counted(other) == 0


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", Web.NAME_EMPTY),
        ("\u200b\u202e\x00 \t", Web.NAME_EMPTY),
        ("<b>王芳</b>", Web.NAME_MARKS),
        ("长" * 200, Web.NAME_LONG.format(limit=20)),
        ("王芳", Web.NAME_TAKEN.format(name="王芳")),
        (" 王\u200b芳\u202e ", Web.NAME_TAKEN.format(name="王芳")),
    ],
)
async def test_a_name_that_cannot_be_had_is_refused_and_told(tmp_path: Path, typed: str, refusal: str) -> None:
    async with study_room(tmp_path) as room, room.visitor() as first, room.visitor() as second:
        await first.becomes("王芳")
        await second.opens()
        page = await second.is_called(typed, question="答题 1")
        assert refusal.replace("<", "&lt;").replace(">", "&gt;").replace(" & ", " &amp; ") in page
        assert "第 1/1 题" not in page


async def test_a_member_changes_the_name_and_keeps_what_was_scored(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("答题 1")
        await member.answers()
        await member.becomes("王小芳")
        assert await counted(member) == 1
        assert "王小芳：" in member.page


async def test_posts_without_a_cookie_and_with_a_forged_one_score_nothing(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("答题 1")
        action = re.findall(r'data-answers="([^"]+)"', member.page)[-1]
        forged = member.client.cookies["session"][:-1] + "0"
        async with room.visitor() as stranger:
            for number in range(200):
                stranger.client.cookies.clear()
                if number % 2:
                    stranger.client.cookies.set("session", forged)
                page = await stranger.client.post("/", data={"action": f"{action}0"})
                assert Contests.NAME_FIRST in page.text
            stranger.client.cookies.clear()
            refused = await stranger.client.post("/name", data={"name": "张三"})
            assert refused.status_code == 403 and Web.NO_COOKIE in refused.text
        assert await counted(member) == 0
        assert await room.store.page.members_named("张三") == []


async def test_a_copied_cookie_is_refused_in_another_browser(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("答题 1")
        action = re.findall(r'data-answers="([^"]+)"', member.page)[-1]
        async with room.visitor(OTHER_BROWSER, member.client.cookies) as thief:
            refused = await thief.client.post("/", data={"action": f"{action}0"})
            assert refused.status_code == 403 and Web.OTHER_BROWSER in refused.text
            assert "王芳" not in await thief.opens("/study")
        assert await counted(member) == 0


async def test_a_look_with_another_browser_costs_no_member_the_membership(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("答题 1")
        await member.answers()
        async with room.visitor(OTHER_BROWSER, member.client.cookies) as elsewhere:
            for path in ("/", "/study"):
                page = await elsewhere.client.get(path)
                assert Web.OTHER_BROWSER in page.text and "set-cookie" not in page.headers
            assert "set-cookie" not in (await elsewhere.client.post("/", data={"question": "我的"})).headers
            assert "set-cookie" in (await elsewhere.client.post("/clear", follow_redirects=False)).headers
            assert Contests.NAME_FIRST in await elsewhere.says("我的")
        assert await counted(member) == 1


async def test_who_asks_for_the_pages_of_a_desktop_stays_a_member(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        async with room.visitor(DESKTOP_PAGES, member.client.cookies) as same:
            assert "王芳" in await same.opens("/study")


async def test_a_conversation_that_cannot_be_read_once_is_read_the_next_time_and_never_pruned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("目录")
        cookies = member.client.cookies
    async with study_room(tmp_path) as room, room.visitor(cookies=cookies) as member:
        with monkeypatch.context() as away:
            away.setattr(PageRepository, "latest_exchanges", _fails)
            for _ in range(PRUNE_EVERY):
                await member.says("排行")
        await room.log.drain()
        assert '<span class="words">目录</span>' in await member.opens()


async def _fails(*_: object) -> None:
    raise StorageError("读不出来")


async def test_only_so_many_contests_and_names_come_from_one_address_in_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.features.contests.commands.CONTESTS", (2, 9))
    monkeypatch.setattr("bot.channels.web.members.NAMES", (1, 9))
    async with study_room(tmp_path) as room, room.visitor() as member, room.visitor() as other:
        await member.becomes("王芳")
        for _ in range(2):
            assert "第 1/3 题" in await member.says("答题 3")
            await member.says("结束答题")
        assert Contests.TOO_MANY_STARTED in await member.says("答题 3")
        await other.opens()
        assert Web.NAME_TOO_MANY in await other.is_called("李强", question="答题 3")
        assert "王小芳" in await member.is_called("王小芳")
        await room.time.advance(24 * 3600)
        assert (await member.says("答题 3")).count("第 1/3 题") == 3


async def test_who_leaves_in_the_middle_holds_no_task_and_what_is_over_is_not_held_for_long(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member, room.visitor() as other:
        await member.becomes("王芳")
        await other.becomes("李强")
        await member.says("答题 3")
        [left] = room.contests.contests.all()
        assert left.contest.progress.phase == "open" and left.alarm is None
        await room.time.advance(LEFT_ALONE.total_seconds() + 2)
        assert len(room.contests.contests.asking) == 1
        await other.says("答题 1")
        assert left.contest.finished
        await room.time.advance(HELD_ALONE.total_seconds() + 1)
        await other.answers()
        await member.says("答题 1")
        assert room.contests.contests.find(left.contest.setup.id) is None
        assert len(room.contests.contests.all()) == 2


async def test_a_name_does_not_lift_the_bound_on_what_is_saved_of_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.web.conversation_log.EXCHANGES", (3, 99))
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        cookies = member.client.cookies
    async with study_room(tmp_path) as room, room.visitor(cookies=cookies) as member:
        await member.opens()
        for _ in range(5):
            await member.says("排行")
        await room.log.drain()
        [key] = await room.store.page.members_named("王芳")
        assert len(await room.store.page.latest_exchanges(key, 99)) == 3


async def test_what_is_posted_while_a_guest_is_asked_for_a_name_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with study_room(tmp_path) as room, room.visitor() as guest:
        await guest.opens()
        await guest.says("目录")
        ask = ConversationClient.ask

        async def interrupted(
            client: ConversationClient, channel: Channel, who: str, *args: Any, **said: Any
        ) -> Answer:
            await room.sessions.post(f"web:{who}", _NOTICE)
            return await ask(client, channel, who, *args, **said)

        monkeypatch.setattr(ConversationClient, "ask", interrupted)
        page = await guest.says("答题 3")
        assert Contests.NAME_FIRST in page and "早上好" in page


async def test_a_code_that_joins_accounts_is_shown_and_not_stored(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member, room.visitor() as other:
        await member.becomes("王芳")
        await other.becomes("李强")
        code = re.findall("关联码：([0-9A-Z]{4}-[0-9A-Z]{4})", await member.says("关联账号"))[0]
        assert "王芳" in await other.says(f"/link {code}")
        await room.log.drain()
        for name in ("王芳", "李强"):
            [key] = await room.store.page.members_named(name)
            assert await room.store.page.latest_exchanges(key, 99) == []


async def test_the_conversation_is_cleared_and_scores_stay(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("答题 1")
        await member.answers()
        page = (await member.client.post("/clear")).text
        assert "第 1/1 题" not in page
        assert await counted(member) == 1
        cookies = member.client.cookies
    async with study_room(tmp_path) as room, room.visitor(cookies=cookies) as member:
        assert "第 1/1 题" not in await member.opens()


async def test_who_is_forgotten_is_a_guest_again_and_the_name_is_free(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member, room.visitor() as other:
        await member.becomes("王芳")
        await member.says("答题 1")
        await member.answers()
        [key] = await room.store.page.members_named("王芳")
        await member.says("忘记我")
        assert Contests.FORGOTTEN in await member.presses(Contests.FORGET_YES)
        await room.log.drain()
        assert await room.store.page.latest_exchanges(key, 99) == []
        assert Contests.NAME_FIRST in await member.says("我的")
        await other.becomes("王芳")


async def test_a_question_a_day_waits_on_the_page_that_was_closed(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        await member.says("每日一题 8:00")
        await room.sessions.post(next(iter(await room.store.page.members_named("王芳"))), _NOTICE)
        fragment = await member.client.get("/chat?after=0")
        assert "早上好" in fragment.text and "早上好" in await member.opens()


async def test_what_was_posted_is_given_to_the_open_page_once(tmp_path: Path) -> None:
    async with study_room(tmp_path) as room, room.visitor() as member:
        await member.becomes("王芳")
        fragment = (await member.client.post("/chat", data={"question": "答题 1"})).text
        numbers = re.findall(r'data-number="(\d+)"', fragment)
        assert "第 1/1 题" in fragment
        assert "exchange" not in (await member.client.get(f"/chat?after={numbers[-1]}")).text
