"""The miss loop on a real database, across restarts of the program."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from bot.access.roles import RolePolicy
from bot.conversation.messages import Incoming, Reply
from bot.conversation.router import Router
from bot.features.unanswered.commands import make_misses
from bot.library import Library
from bot.storage.store import SqlStore
from bot.threads import run_in_background, run_in_thread
from bot.wiring import make_router
from bot.wording import Misses
from tests.unit.features.unanswered.fixtures import ADMIN, MEMBER, FakeEditing, FakeRoles, action_of
from tests.unit.library import NOON, retriever

QUESTION = "幼儿园什么时候开学"


class Program:
    """The parts that a restart leaves behind: the database, and the knowledge as it was changed."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite+aiosqlite:///{folder / 'bot.sqlite3'}"
        self.library = Library(retriever())
        self.editing = FakeEditing(self.library)
        self.seconds = count(1)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Router]:
        store = await SqlStore.open(self.url)

        def clock() -> datetime:
            return NOON + timedelta(seconds=next(self.seconds))

        numbers = count(1)
        misses = make_misses(
            lambda: self.library.current,
            store.unanswered,
            self.editing,
            clock,
            lambda: f"{next(numbers):04x}",
            settings=store.contests,
            in_thread=run_in_thread,
            in_background=run_in_background,
        )
        rights = RolePolicy([ADMIN], FakeRoles())
        chat = make_router(self.library, store, clock, "t", rights=rights, audit=store.audit, features=[misses])
        try:
            yield chat
        finally:
            await chat.drain()
            await store.close()


async def say(chat: Router, text: str, person: str = ADMIN) -> Reply:
    reply = await chat.handle(Incoming(person, person, text=text))
    await chat.drain()
    return reply


async def press(chat: Router, reply: Reply, label: str) -> Reply:
    return await chat.handle(Incoming(ADMIN, ADMIN, action=action_of(reply, label)))


async def test_a_link_and_its_undo_survive_restarts(tmp_path: Path) -> None:
    program = Program(tmp_path)
    async with program.running() as chat:
        await say(chat, QUESTION, MEMBER)
    async with program.running() as chat:
        card = await say(chat, "/misses")
    async with program.running() as chat:
        linked = await press(chat, await press(chat, card, "关联：新建教学楼"), Misses.LINK_SURELY)
        assert (await say(chat, QUESTION, MEMBER)).point is program.library.current.knowledge.point("school")
    async with program.running() as chat:
        assert (await say(chat, "/misses")).text == Misses.NONE.format(days=90)
        assert "版本 3" in (await press(chat, linked, "撤销")).text
    async with program.running() as chat:
        assert (await press(chat, linked, "撤销")).text == Misses.UNDO_GONE
        assert QUESTION in (await say(chat, "/misses")).text


async def test_what_is_ignored_stays_ignored_and_a_new_point_stays_added(tmp_path: Path) -> None:
    program = Program(tmp_path)
    async with program.running() as chat:
        for question in (QUESTION, QUESTION, "路灯装了几盏"):
            await say(chat, question, MEMBER)
        await press(chat, await say(chat, "/misses"), "忽略")
        await press(chat, await press(chat, await say(chat, "/misses"), "新要点"), "第二部分")
        await say(chat, "其中县级")
        await say(chat, "180万元")
        added = await press(chat, await press(chat, await say(chat, "县级补助"), "预览"), "添加")
    async with program.running() as chat:
        assert (await say(chat, "/misses")).text == Misses.NONE.format(days=90)
        assert (await say(chat, "路灯装了几盏", MEMBER)).point is not None
        await press(chat, added, "撤销")
        assert "路灯装了几盏" in (await say(chat, "/misses")).text


async def test_a_suggestion_that_is_tapped_leaves_nothing_behind(tmp_path: Path) -> None:
    program = Program(tmp_path)
    async with program.running() as chat:
        reply = await chat.handle(Incoming(MEMBER, MEMBER, text="教师工资"))
        await chat.handle(Incoming(MEMBER, MEMBER, action=reply.choices[0].action))  # while it is being kept
        await chat.drain()
        assert (await say(chat, "/misses")).text == Misses.NONE.format(days=90)
