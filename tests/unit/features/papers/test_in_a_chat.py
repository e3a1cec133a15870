"""Papers in a chat: held in one line, written by buttons and typed, told in groups that want it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.access.roles import RolePolicy
from bot.chats.quiet_hours import QuietHours, parse_quiet_hours
from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.conversation.channel import Channels
from bot.conversation.chat_permissions import ChatPermissions
from bot.conversation.messages import Incoming, Reply
from bot.conversation.router import Router
from bot.features.papers.commands import PaperCommands
from bot.features.papers.organising import Organising
from bot.features.papers.reminders import CompetitionReminders
from bot.features.papers.writing import PaperWriting
from bot.quiz.question import Question
from bot.records.papers import CompetitionRecord
from bot.wording import Admin
from bot.wording import Papers as Wording
from tests.unit.features.contests.fixtures import FakeChannel
from tests.unit.features.fakes import FakeAudit, FakeRoles
from tests.unit.features.papers.fixtures import BANK, ZONE, Hall, hall

HOST, MEMBER, GROUP = "telegram:1", "telegram:2", "telegram:-100"


class Chats:
    """The chats of one process of the bot. Replies are kept by person; ``channel`` has what it says by itself."""

    def __init__(self, there: Hall) -> None:
        self.there = there
        self.channel = FakeChannel()
        self.audit = FakeAudit()
        self.last: dict[str, Reply] = {}
        self.sequence = 0
        channels = Channels()
        channels.add("telegram", self.channel)
        rights = RolePolicy((), FakeRoles({HOST: "host"}))
        store = there.store.contests
        self.quiet = QuietHoursRepository(store, there.time, ZONE)

        async def may_hold(person: str) -> bool:
            return await rights.may(person, "host")

        organising = Organising(
            there.papers,
            may_hold=may_hold,
            document=lambda: "",
            source_of=lambda document, bank: bank or "《文件》",
            address=lambda: "https://example.org",
            new_id=lambda: "plan",
            zone=ZONE,
        )
        self.writing = PaperWriting(there.papers)
        self.reminders = CompetitionReminders(
            there.papers,
            store,
            channels,
            self.quiet,
            ChatPermissions(channels, may_hold, self.audit, there.time),
            address=lambda: "https://example.org",
            take_up=self.writing.take_up,
        )
        commands = PaperCommands(there.papers, organising, self.writing, self.reminders)
        self.router = Router([commands.feature(), commands.organisers_feature()], rights, self.audit, there.time)

    async def says(self, text: str, who: str = MEMBER, chat: str = "", *, again: bool = False) -> str:
        if not again:
            self.sequence += 1
        incoming = Incoming(who, chat or who, text, name="小明", sequence=self.sequence, is_private=not chat)
        return await self._told(incoming)

    async def presses(self, label: str, who: str = MEMBER, chat: str = "") -> str:
        """The button of the last reply that begins with that label."""
        self.sequence += 1
        action = next(one.action for one in self.last[who].choices if one.label.startswith(label))
        incoming = Incoming(who, chat or who, action=action, name="小明", sequence=self.sequence, is_private=not chat)
        return await self._told(incoming)

    async def begins(self, of: CompetitionRecord, who: str = MEMBER) -> str:
        await self.says("学习竞赛", who)
        shown = await self.presses(Wording.BEGIN if self.has(Wording.BEGIN, who) else Wording.BEGIN_AGAIN, who)
        if "第 1/" in shown:
            return shown
        await self.says(f"姓名{who[-1]}", who)
        return await self.presses(Wording.NO_BRANCH, who)

    def has(self, label: str, who: str = MEMBER) -> bool:
        return any(one.label == label for one in self.last[who].choices)

    def asked(self, who: str = MEMBER) -> Question:
        """The question of the last reply, as it was put."""
        by_text = {one.question: one for one in BANK}
        found = next(by_text[part.text] for part in self.last[who].parts if part.text in by_text)
        form = self.last[who].form
        assert form is not None
        options = tuple(label.partition(" ")[2] for label in form.labels)
        right = [options.index(option) for option in found.right]
        return replace(found, options=options, correct=tuple(sorted(right)))

    async def answers(self, *, right: bool = True, who: str = MEMBER) -> str:
        asked = self.asked(who)
        wrong = (next(n for n in range(4) if n not in asked.correct),)
        return await self.says("".join("ABCD"[n] for n in (asked.correct if right else wrong)), who)

    async def _told(self, incoming: Incoming) -> str:
        reply = self.last[incoming.person] = await self.router.handle(incoming)
        return reply.text or reply.toast


@asynccontextmanager
async def chats(folder: Path) -> AsyncIterator[Chats]:
    async with hall(folder) as there:
        yield Chats(there)


async def test_a_host_holds_a_competition_in_one_line_and_one_tap(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        shown = await at.says("学习竞赛 新建 冬训 3天 5题 10分钟 每天2次 取最后 支部:一支部、二支部", HOST)
        assert "冬训" in shown and "5 题，10 分钟，每天 2 次，取最后一次" in shown and "一支部、二支部" in shown
        assert not await at.there.competitions.all()
        told = await at.presses(Wording.PUBLISH, HOST)
        [of] = await at.there.competitions.all()
        assert f"https://example.org/paper/{of.id}" in told
        assert (of.title, of.count, of.counting, of.author) == ("冬训", 5, "last", HOST)
        assert [row.action for row in at.audit.rows] == ["pp"]
        assert await at.presses(Wording.SEE_RANKS, HOST) == Wording.NO_RANKS


async def test_members_hold_none(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        assert await at.says("学习竞赛 新建 冬训 3天") == Wording.HOSTS_ONLY
        await at.says("学习竞赛 新建 冬训 3天 5题", HOST)
        at.last[MEMBER] = at.last[HOST]
        assert await at.presses(Wording.PUBLISH) == Admin.REFUSED
        assert not await at.there.competitions.all()


async def test_a_plan_that_cannot_be_read_is_told_how_to_write(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        assert await at.says("学习竞赛 新建", HOST) == Wording.HOW_TO_PLAN
        assert await at.says("学习竞赛 新建 冬训 20题", HOST) == Wording.NO_WINDOW
        assert "40" in await at.says("学习竞赛 新建 冬训 3天 99题", HOST)


async def test_a_paper_is_written_by_buttons_and_by_typing(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        assert "第 1/5 题" in await at.begins(of)
        for number in range(5):
            asked = at.asked()
            if len(asked.correct) == 1 and number % 2:
                told = await at.presses("ABCD"[asked.correct[0]])
            else:
                told = await at.answers(right=number != 0)
            assert "答对" not in told and "出处" not in told
        assert told == Wording.GIVE_IN_ALL
        told = await at.presses(Wording.GIVE_IN)
        assert "答对 4 题，共 5 题" in told and "第 1 名" in told
        wrong = await at.presses(Wording.MISTAKES)
        assert "正确答案" in wrong and "出处" in wrong
        assert "姓名2" in await at.says("学习竞赛 排行")


async def test_nothing_typed_becomes_a_name_before_it_is_confirmed(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        await at.says("学习竞赛")
        await at.presses(Wording.BEGIN)
        for question in ("这份文件讲了什么", "可以先看看吗", "第三条怎么说？"):
            await at.says(question)
        assert "王芳" in await at.says("王芳")
        assert "“王芳”（机关支部）" in await at.says("机关支部")
        assert not await at.there.store.papers.entrants(of.id)
        assert Wording.ASK_NAME in await at.presses(Wording.CHANGE_NAME)
        await at.says("王芳芳")
        await at.says("机关支部")
        assert "第 1/5 题" in await at.says("开始答卷")
        [entrant] = await at.there.store.papers.entrants(of.id)
        assert (entrant.name, entrant.branch) == ("王芳芳", "机关支部")


async def test_the_words_of_a_paper_are_understood(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        await at.begins(of)
        assert "第 2/5 题" in await at.says("不知道")
        assert await at.says("看答案") == Wording.NO_HELP
        assert "自动交卷" in await at.says("不玩了")
        assert "第 2/5 题" in await at.says("再念一遍题目")
        assert "第 3/5 题" in await at.answers()
        assert "4 题没答" in await at.says("交卷")
        assert "第 1/5 题" in await at.presses(Wording.GO_ON)
        await at.says("交卷")
        assert "答对 1 题" in await at.presses(Wording.GIVE_IN)


async def test_whether_to_give_in_is_answered_by_typing_too(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        await at.begins(of)
        await at.answers()
        await at.says("交卷")
        assert "第 2/5 题" in await at.says("先不交")
        await at.says("交卷")
        assert "答对 1 题" in await at.says("确定")
        await at.begins(of)
        await at.says("交卷")
        assert "答对 0 题" in await at.says("交卷")


async def test_what_may_be_an_answer_gives_no_paper_in(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        await at.begins(of)
        await at.answers()
        assert "4 题没答" in await at.says("交卷")
        assert "第 3/5 题" in await at.says("1")  # option 1 of the second question
        assert "3 题没答" in await at.says("交卷")
        assert Wording.SAY_GIVE_IN in await at.says("好的")
        assert "第 3/5 题" in await at.says("接着答")
        for _ in range(3):
            told = await at.answers()
        assert told == Wording.GIVE_IN_ALL
        for said in ("对", "1", "好"):
            assert Wording.SAY_GIVE_IN in await at.says(said)
        [record] = await at.there.store.papers.open_papers(at.there.time())
        written = await at.there.papers.read(record.id, MEMBER)
        assert written.answered == 5 and written.is_right(4)
        assert "答对" in await at.says("是的")


async def test_after_a_restart_typed_answers_go_on_and_none_counts_twice(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        await at.begins(of)
        first = at.asked()
        letters = "".join("ABCD"[n] for n in first.correct)
        await at.says(letters)
        sequence = at.sequence
    async with chats(tmp_path) as at:
        await at.writing.take_up()
        at.sequence = sequence
        assert "第 2/5 题" in await at.says(letters, again=True)  # the platform delivers it again
        [record] = await at.there.store.papers.open_papers(at.there.time())
        assert len(await at.there.store.papers.answers(record.id)) == 1
        assert "第 3/5 题" in await at.answers()


async def test_an_answer_that_comes_late_is_told_with_the_result(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        await at.begins(of)
        await at.answers()
        at.there.time.now += timedelta(minutes=10)
        told = await at.presses("A") if not at.last[MEMBER].expects_answer else await at.answers()
        assert "答对 1 题" in told and Wording.BY_ITSELF in told


async def test_a_button_of_somebody_elses_paper_saves_nothing(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        await at.begins(of)
        at.last[HOST] = at.last[MEMBER]
        assert await at.presses(Wording.GIVE_IN, HOST) == Wording.NOT_YOURS
        for forged in ("q:y-a-nothing-0-1", "q:y-a--0-1", "q:y-h-", "q:y-zz", "q:y-n-x-99999999999", "q:y-b-x-9"):
            await at.router.handle(Incoming(HOST, HOST, action=forged))
        [record] = await at.there.store.papers.open_papers(at.there.time())
        assert record.member == MEMBER and not await at.there.store.papers.answers(record.id)


async def test_in_a_group_a_paper_is_only_told_of(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        told = await at.says("学习竞赛", MEMBER, GROUP)
        assert f"https://example.org/paper/{of.id}" in told
        assert not any(choice.label == Wording.BEGIN for choice in at.last[MEMBER].choices)
        reply = await at.router.handle(Incoming(MEMBER, GROUP, action=f"q:y-s-{of.id}", is_private=False))
        assert reply.toast == Wording.IN_PRIVATE


async def test_the_same_answers_have_the_same_points_typed_and_on_the_page(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        await at.begins(of)
        for number in range(5):
            await at.answers(right=number in {1, 3})
        told = await at.presses(Wording.GIVE_IN)
        [typed] = (await at.there.papers.board(of)).persons
        record = (await at.there.store.papers.papers_of(of.id, [MEMBER]))[0]
        written = await at.there.papers.read(record.id, MEMBER)
        other = await at.there.start(of, "web:b")
        by_id = {one.id: number for number, one in enumerate(written.paper.questions)}
        assert typed.score.points == 2 and "答对 2 题" in told
        assert len(by_id) == len(other.paper.questions)


async def test_groups_that_switched_it_on_are_told_once_and_not_in_quiet_hours(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        at.channel.admins.add((GROUP, MEMBER))
        assert await at.says("学习竞赛 提醒 开", "telegram:3", GROUP) == Wording.REMIND_ADMINS
        assert await at.says("学习竞赛 提醒 开", MEMBER, GROUP) == Wording.REMIND_ON
        of = await at.there.publish()
        hours: QuietHours | None = parse_quiet_hours("0:00-23:59", ZONE)
        await at.quiet.save(GROUP, hours)
        await at.reminders.look()
        assert not at.channel.said
        await at.quiet.save(GROUP, None)
        for _ in range(2):
            await at.reminders.look()
        [(chat, reply)] = at.channel.said
        assert chat == GROUP and re.search(rf"https://example.org/paper/{of.id}", reply.text)
        at.there.time.now = of.ends_at - timedelta(hours=23)
        for _ in range(2):
            await at.reminders.look()
        assert len(at.channel.said) == 2 and "结束" in at.channel.said[1][1].text
        assert await at.says("学习竞赛 提醒 关", MEMBER, GROUP) == Wording.REMIND_OFF
        await at.there.publish()
        await at.reminders.look()
        assert len(at.channel.said) == 2


async def test_a_host_releases_a_name_of_the_list_that_somebody_else_took(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        plan = replace(at.there.plan(), names=(("张三", "一支部"), ("李四", "二支部")))
        of = await at.there.publish(plan)
        taken = await at.there.start(of, "web:x", "张三")
        await at.says("学习竞赛")
        await at.presses(Wording.BEGIN)
        assert "学习竞赛 释放 张三" in await at.says("张三")
        assert await at.says("学习竞赛 释放 张三") == Wording.HOSTS_ONLY
        assert await at.says("学习竞赛 释放", HOST) == Wording.HOW_TO_RELEASE
        assert "李四" in await at.says("学习竞赛 释放 李四", HOST)
        assert await at.says("学习竞赛 释放 张三", HOST) == Wording.RELEASE_CHOOSE
        assert "一支部" in at.last[HOST].choices[0].label
        assert await at.presses("释放 张三", HOST) == Wording.RELEASED.format(name="张三")
        assert await at.there.store.papers.paper(taken.paper.id) is None
        assert [row.action for row in at.audit.rows] == ["pr"]
        await at.says("学习竞赛")
        await at.presses(Wording.BEGIN)
        assert "第 1/5 题" in await at.says("张三")


async def test_a_guest_of_the_page_sees_no_ranks(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        await at.there.write(of, "web:a", 3)
        guest = Incoming("web:b", "web:b", "学习竞赛 排行")
        assert (await at.router.handle(guest)).text == Wording.RANKS_OF_NAMED
        pressed = Incoming("web:b", "web:b", action=f"q:y-k-{of.id}-b")
        assert "姓名" not in (await at.router.handle(pressed)).text
        assert "姓名a" in (await at.router.handle(replace(guest, name="王芳"))).text
        assert "姓名a" in (await at.router.handle(replace(guest, person="web:a", chat="web:a"))).text


async def test_a_host_ends_a_competition_with_one_tap(tmp_path: Path) -> None:
    async with chats(tmp_path) as at:
        of = await at.there.publish()
        assert await at.says(f"学习竞赛 结束 {of.title}") == Wording.HOSTS_ONLY
        await at.says(f"学习竞赛 结束 {of.title}", HOST)
        assert "结束了" in await at.presses(Wording.END, HOST)
        assert at.there.competitions.phase((await at.there.competitions.all())[0]) == "over"
