"""Live rooms over HTTP: the real application on a real store, in which no time passes by itself."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from prometheus_client import CollectorRegistry

from bot.access.roles import RolePolicy
from bot.access.secret import Secret
from bot.channels.web.app import build_web
from bot.channels.web.members import PageMembers
from bot.channels.web.metrics import WebMetrics
from bot.channels.web.sessions import Sessions
from bot.contests.question_source import QuestionSource
from bot.conversation.router import Router
from bot.features.answers.null_store import NullStore
from bot.features.contests.feature import ContestsFeature
from bot.features.rooms.channel import RoomChannel
from bot.features.rooms.feature import RoomCommand
from bot.features.rooms.rooms import CHANNEL, Rooms
from bot.features.rooms.snapshot import phase_of
from bot.library import Library
from bot.quiz.question import Question
from bot.saved_banks import SavedBanks
from bot.storage.store import SqlStore
from tests.unit.channels.web_support import healthy, storing
from tests.unit.event_loop import settle, until
from tests.unit.features.contests.fixtures import POINTS, Time
from tests.unit.features.fakes import FakeAudit
from tests.unit.library import retriever
from tests.unit.quiz.builders import question
from tests.unit.storage.rows import open_store

JSON = {"Accept": "application/json"}
Snapshot = dict[str, Any]


class LiveRooms:
    """One process of the bot with its rooms; ``store`` outlives it."""

    def __init__(
        self, store: SqlStore, time: Time, *, bank: Sequence[Question] | None = None, served: bool = True
    ) -> None:
        self.time = time
        self.store = store
        self.bank = (
            list(bank)
            if bank is not None
            else [question(n, point=POINTS[n % len(POINTS)], correct=(n % 4,)) for n in range(40)]
        )
        ids = itertools.count(int(time().timestamp()))
        library = Library(retriever())
        self.contests = ContestsFeature(
            store.contests,
            lambda: self.bank,
            lambda: library.current.knowledge,
            audit=FakeAudit(),
            clock=time,
            new_id=lambda: f"c{next(ids)}",
            sleep=time.sleep,
        )
        saved = SavedBanks(store.banks, time)
        source = QuestionSource(store.contests, self.contests.questions, lambda: library.current.knowledge, saved)
        self.saved_banks = saved
        self.rooms = Rooms(
            self.contests.contests,
            store.rooms,
            store.contests,
            source,
            library,
            secret=Secret("k"),
            address=lambda: "https://study.example",
            clock=time,
            new_id=lambda: f"r{next(ids)}",
            guard=self.contests.guard,
        )
        if served:
            self.contests.channels.add(CHANNEL, RoomChannel())
        self.contests.also_restore.append(self.rooms.restore)
        command = RoomCommand(self.rooms, self.contests.channels, is_public=True)
        features = [self.contests.feature(), command.feature(self.contests.guarded)]
        self.router = Router(features, RolePolicy((), NullStore()), FakeAudit(), time)
        cookies = itertools.count(int(time().timestamp()))
        self.app = build_web(
            self.router,
            knowledge=lambda: library.current.knowledge,
            probe=healthy,
            storage=storing,
            metrics=WebMetrics(CollectorRegistry()),
            sessions=Sessions(
                lambda: f"s{next(cookies)}", Secret("k"), members=PageMembers(store.contests, store.page, time)
            ),
            rooms=self.rooms,
            stopwatch=lambda: time().timestamp(),
        )

    @asynccontextmanager
    async def browser(
        self, cookies: httpx.Cookies | None = None, address: str = "127.0.0.1"
    ) -> AsyncIterator[httpx.AsyncClient]:
        """A browser whose script asks for JSON."""
        transport = httpx.ASGITransport(app=self.app, client=(address, 9))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=JSON, cookies=cookies
        ) as client:
            yield client


class Hall:
    """A room that is played: its host and its players, each with a browser."""

    def __init__(self, live: LiveRooms, host: httpx.AsyncClient, code: str) -> None:
        self.live = live
        self.host = host
        self.code = code
        self.players: dict[str, httpx.AsyncClient] = {}

    @property
    def right(self) -> tuple[int, ...]:
        """The right options of the question that is shown."""
        room = self.live.rooms.find(self.code)
        assert room is not None
        return room.contest.setup.questions[room.contest.current].correct

    async def controls(self, action: str, **fields: str) -> httpx.Response:
        done = await self.host.post(f"/room/{self.code}/control", data={"action": action, **fields})
        await settle()
        return done

    async def joins(self, browser: httpx.AsyncClient, name: str, team: str = "") -> httpx.Response:
        done = await browser.post(f"/room/{self.code}/join", data={"name": name, "team": team})
        if done.status_code == 200:
            self.players[name] = browser
        return done

    async def answers(self, name: str, *, right: bool = True, question: int | None = None) -> httpx.Response:
        number = question if question is not None else (await self.sees(name))["question"]["number"]
        chosen = self.right if right else tuple((index + 1) % 4 for index in self.right)
        done = await self.players[name].post(
            f"/room/{self.code}/answer", data={"question": str(number), "choice": [str(one) for one in chosen]}
        )
        await settle()
        return done

    async def waits_for(self, phase: str) -> None:
        """Until the room shows ``phase``: what is stored on the way is stored by a thread."""
        room = self.live.rooms.find(self.code)
        assert room is not None
        await until(lambda: phase_of(room.shown) == phase)

    async def sees(self, name: str = "", view: str = "player") -> Snapshot:
        browser = self.players[name] if name else self.host
        shown = await browser.get(f"/room/{self.code}/state", params={"view": view})
        assert shown.status_code == 200, shown.text
        found: Snapshot = json.loads(shown.content)
        return found


async def member(browser: httpx.AsyncClient, name: str = "王芳") -> None:
    """Somebody who has said a name on the page."""
    await browser.get("/")
    await browser.post("/name", data={"name": name})


@asynccontextmanager
async def live_rooms(
    folder: Path, *, bank: Sequence[Question] | None = None, time: Time | None = None, served: bool = True
) -> AsyncIterator[LiveRooms]:
    """Rooms on a store in ``folder``, taken up where those before ended."""
    store = await open_store(folder / "bot.sqlite3", timeout_seconds=1)
    live = LiveRooms(store, time or Time(), bank=bank, served=served)
    await live.contests.restore()
    try:
        yield live
    finally:
        live.rooms.close()
        await live.contests.contests.close()
        await store.close()


@asynccontextmanager
async def hall(live: LiveRooms, **fields: str) -> AsyncIterator[Hall]:
    """A room that a member has opened as ``fields`` of the form say."""
    async with live.browser() as host:
        await member(host)
        opened = await host.post("/room/open", data=fields)
        assert opened.status_code == 200, opened.text
        await settle()
        yield Hall(live, host, opened.json()["code"])
