"""From questions to the figures that an admin sees, over a real database and through a restart."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from prometheus_client import CollectorRegistry

from bot.access.roles import RolePolicy
from bot.access.secret import load_or_create_secret
from bot.channels.web.admin.ports import AdminPageData
from bot.channels.web.app import build_web
from bot.channels.web.metrics import WebMetrics
from bot.conversation.messages import Incoming, Reply
from bot.conversation.router import Router
from bot.features.admin_login.login import AdminLogin, make_login_link
from bot.features.answers.question_counter import QuestionCounter
from bot.features.contests.feature import ContestsFeature
from bot.features.statistics.charts.statistics_charts import drawing
from bot.features.statistics.commands import Stats, make_stats
from bot.library import Library
from bot.storage.store import SqlStore
from bot.wiring import make_router, make_study
from bot.wording import Console as Wording
from tests.unit.features.fakes import FakeRoles
from tests.unit.library import knowledge, retriever


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Bot:
    """One process: a conversation and its web page on a database."""

    chat: Router
    web: httpx.AsyncClient

    async def say(self, person: str, text: str = "", action: str = "") -> Reply:
        return await self.chat.handle(Incoming(person, person, text=text, action=action))

    async def link(self) -> str:
        reply = await self.say("test:owner", action="a:sl-")
        return reply.parts[1].text


@asynccontextmanager
async def started(path: Path) -> AsyncIterator[Bot]:
    store = await SqlStore.open(f"sqlite+aiosqlite:///{path}")
    secret = await load_or_create_secret(store.first_writer, lambda: secrets.token_hex(32))
    counting = QuestionCounter(store.question_counts, secret, now)
    rights = RolePolicy(["test:owner"], FakeRoles({}))
    login = AdminLogin(
        secret, store.first_writer, rights, store.audit, clock=now, new_nonce=lambda: secrets.token_urlsafe(16)
    )
    stats = Stats(
        store.statistics,
        knowledge,
        clock=now,
        zone="Asia/Shanghai",
        drawing=drawing(),
        invite=make_login_link(login, lambda: "http://page.test/", public=True),
    )
    quizzing = ContestsFeature(
        store.contests, list, knowledge, audit=store.audit, clock=now, new_id=lambda: "q", also_forget=counting.forget
    )
    quizzes = [quizzing.feature(), make_study(quizzing, store.contests, knowledge, now, "Asia/Shanghai").feature()]
    chat = make_router(
        Library(retriever()),
        store,
        now,
        "t",
        rights=rights,
        audit=store.audit,
        features=[make_stats(stats), *quizzes],
        guard=quizzing.guard,
        counting=counting,
    )

    async def answers() -> bool:
        return True

    app = build_web(
        chat,
        knowledge=knowledge,
        probe=answers,
        storage=store.ping,
        metrics=WebMetrics(CollectorRegistry()),
        console=AdminPageData(login, stats.figures, "Asia/Shanghai"),
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://page.test") as web:
        yield Bot(chat, web)
    await chat.drain()
    await store.close()


async def test_what_members_ask_is_what_the_admin_is_told_also_after_a_restart(tmp_path: Path) -> None:
    async with started(tmp_path / "bot.sqlite3") as bot:
        for person in ("test:a", "test:b"):
            await bot.say(person, "修路花了多少钱")
        await bot.say("test:a", "今天股市怎么样")
        for _ in range(3):  # programs that name no session are no members
            await bot.web.post("/api/ask", json={"question": "修路花了多少钱"})
    async with started(tmp_path / "bot.sqlite3") as bot:
        told = await bot.say("test:owner", "/stats 1")
        assert "提问 6 次：答上 5（83%），给建议 0，没答 1。" in told.text
        assert "提问的有 2 人。" in told.text and "1. 硬化村道12.5公里　5 次" in told.text
        assert [file.name.endswith(".png") and file.data[:4] for file in told.files] == [b"\x89PNG"]


async def test_a_member_who_is_forgotten_is_not_counted_any_more(tmp_path: Path) -> None:
    async with started(tmp_path / "bot.sqlite3") as bot:
        for person in ("test:a", "test:b"):
            await bot.say(person, "修路花了多少钱")
        sure = await bot.say("test:a", "/forget")
        await bot.say("test:a", action=sure.choices[0].action)
        await bot.chat.drain()
        assert "提问 1 次" in (await bot.say("test:owner", "/stats 1")).text


async def test_a_link_opens_the_page_once_and_neither_a_restart_nor_a_second_process_opens_it_again(
    tmp_path: Path,
) -> None:
    async with started(tmp_path / "bot.sqlite3") as one, started(tmp_path / "bot.sqlite3") as other:
        link = await one.link()
        assert (await other.web.get(link)).status_code == 200
        token = httpx.URL(link).params["t"]
        assert (await other.web.post("/admin/enter", data={"t": token})).status_code == 303
        assert (await other.web.get("/admin")).status_code == 200
        replayed = await one.web.post("/admin/enter", data={"t": token})
        assert replayed.status_code == 403 and Wording.REFUSALS["used"] in replayed.text
        cookies = dict(other.web.cookies)
    async with started(tmp_path / "bot.sqlite3") as again:
        assert (await again.web.post("/admin/enter", data={"t": token})).status_code == 403
        again.web.cookies.update(cookies)
        assert (await again.web.get("/admin")).status_code == 200
