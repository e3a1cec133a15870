"""A page with real contests and reviews behind it, on a real store; visitors by their cookies."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from prometheus_client import CollectorRegistry

from bot.access.roles import RolePolicy
from bot.access.secret import Secret
from bot.channels.web.app import build_web
from bot.channels.web.conversation_client import CAPABILITIES
from bot.channels.web.conversation_log import ConversationLog
from bot.channels.web.members import PageMembers
from bot.channels.web.metrics import WebMetrics
from bot.channels.web.sessions import Sessions
from bot.conversation.router import Router
from bot.features.answers.null_store import NullStore
from bot.features.contests.feature import ContestsFeature
from bot.features.contests.text_channel import TextContestChannel
from bot.quiz.question import Question
from bot.storage.store import SqlStore
from bot.wiring import make_accounts, make_study
from tests.unit.channels.web_support import healthy, storing
from tests.unit.features.contests.fixtures import POINTS, Time
from tests.unit.features.fakes import FakeAudit
from tests.unit.library import knowledge
from tests.unit.quiz.builders import question
from tests.unit.storage.rows import open_store

BROWSER = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


class StudyRoom:
    """One process of the bot; ``store`` outlives it."""

    def __init__(self, store: SqlStore, time: Time, *, several: bool = False) -> None:
        self.time = time
        self.store = store
        bank = [question(n, point=POINTS[n % len(POINTS)], correct=(0, 2) if several else (n % 4,)) for n in range(40)]
        self.bank: dict[str, Question] = {one.question: one for one in bank}
        ids = itertools.count(int(time().timestamp()))
        served = knowledge()
        self.contests = ContestsFeature(
            store.contests,
            lambda: bank,
            lambda: served,
            audit=FakeAudit(),
            clock=time,
            new_id=lambda: f"c{next(ids)}",
            sleep=time.sleep,
        )
        study = make_study(self.contests, store.contests, lambda: served, time, "Asia/Shanghai")
        rights = RolePolicy((), NullStore())
        accounts = make_accounts(self.contests, store, rights, FakeAudit(), time)
        router = Router([self.contests.feature(), study.feature(), accounts], rights, FakeAudit(), time)
        self.log = ConversationLog(store.page)
        cookies = itertools.count(int(time().timestamp()))
        self.sessions = Sessions(
            lambda: f"s{next(cookies)}",
            Secret("k"),
            log=self.log,
            members=PageMembers(store.contests, store.page, time),
        )
        self.contests.channels.add("web", TextContestChannel(self.sessions.post), CAPABILITIES["web"])
        self.contests.also_forget.append(self.sessions.forget)
        router.directory.add(CAPABILITIES["web"])
        self.app = build_web(
            router,
            knowledge=lambda: served,
            probe=healthy,
            storage=storing,
            metrics=WebMetrics(CollectorRegistry()),
            sessions=self.sessions,
            settled=self.contests.settled,
        )

    @asynccontextmanager
    async def visitor(self, browser: str = BROWSER, cookies: httpx.Cookies | None = None) -> AsyncIterator[Visitor]:
        """Somebody with a browser, on its own cookies or on those of another one."""
        transport = httpx.ASGITransport(app=self.app, client=("127.0.0.1", 9))
        headers = {"User-Agent": browser}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=headers, cookies=cookies, follow_redirects=True
        ) as client:
            yield Visitor(client, self.bank)


class Visitor:
    """What somebody does on the page, without JavaScript; ``page`` is what it shows now."""

    def __init__(self, client: httpx.AsyncClient, bank: dict[str, Question]) -> None:
        self.client = client
        self._bank = bank
        self.page = ""

    async def opens(self, path: str = "/") -> str:
        return await self._shows(await self.client.get(path))

    async def says(self, text: str) -> str:
        return await self._shows(await self.client.post("/", data={"question": text}))

    async def presses(self, label: str) -> str:
        """The last button of that label."""
        found = re.findall(r'value="([^"]+)"[^>]*>(?:<span class="label">)?([^<]+)<', self.page)
        action = next(html.unescape(value) for value, shown in reversed(found) if html.unescape(shown) == label)
        return await self._shows(await self.client.post("/", data={"action": action}))

    async def is_called(self, name: str, **then: str) -> str:
        return await self._shows(await self.client.post("/name", data={"name": name, **then}))

    async def becomes(self, name: str) -> None:
        """A member by that name."""
        await self.opens()
        assert name in await self.is_called(name)

    async def answers(self, *, right: bool = True) -> str:
        """The open question."""
        asked = self.asked
        wanted = [asked.options[n] for n in (asked.correct if right else ((asked.correct[0] + 1) % 4,))]
        shown = re.findall(r'"label">[A-D]\. ([^<]+)<', self.page)[-4:]  # shuffled
        correct = [shown.index(option) for option in wanted]
        if 'class="several"' in self.page:
            form = re.findall(r'name="form" value="([^"]+)"', self.page)[-1]
            ticked = {f"option{index}": "1" for index in correct}
            return await self._shows(await self.client.post("/", data={"form": form, **ticked}))
        action = re.findall(r'data-answers="([^"]+)"', self.page)[-1]
        return await self._shows(await self.client.post("/", data={"action": f"{action}{correct[0]}"}))

    @property
    def asked(self) -> Question:
        """The question that stands last on the page."""
        found = [(self.page.rfind(f">{text}<"), one) for text, one in self._bank.items()]
        return max(found, key=lambda one: one[0])[1]

    async def _shows(self, response: httpx.Response) -> str:
        self.page = response.text
        return self.page


@asynccontextmanager
async def study_room(folder: Path, *, several: bool = False) -> AsyncIterator[StudyRoom]:
    """A room on a store in ``folder``, taken up where the one before it ended."""
    store = await open_store(folder / "bot.sqlite3", timeout_seconds=1)
    time = Time()
    room = StudyRoom(store, time, several=several)
    await room.contests.restore()
    try:
        yield room
    finally:
        await room.contests.contests.close()
        await room.log.drain()
        await store.close()
