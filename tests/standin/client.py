"""The tests' way to the stand-in: start it, people it, watch the bot; the package's docstring is the tour."""

from __future__ import annotations

import asyncio
import base64
import os
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from tests.standin.actors import Chat, User, next_message, number_of
from tests.standin.clock import Clock
from tests.standin.controls import Controls
from tests.standin.server import served
from tests.standin.views import Button, Call, CallbackAnswer, Found, Message, Press, message_view
from tests.standin.wire import Line, Refused
from tests.standin.world import TOKEN

__all__ = [
    "Button",
    "Call",
    "CallbackAnswer",
    "Chat",
    "Found",
    "Message",
    "Press",
    "Refused",
    "Standin",
    "User",
]

BOT_ID = int(TOKEN.split(":")[0])
ROOT = Path(__file__).parents[2]


class Marked(Protocol):
    """Anything that knows how many calls the bot had made by then."""

    @property
    def mark(self) -> int:
        """That number."""


After = Marked | int


class Standin(Controls):
    """A running stand-in, seen from a test."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.token = TOKEN
        self.base_url = f"{url}/bot"
        self.base_file_url = f"{url}/file/bot"
        super().__init__(Line(url))

    @classmethod
    @asynccontextmanager
    async def running(cls, clock: Clock | None = None) -> AsyncIterator[Standin]:
        """One in this event loop, on a free port."""
        async with served(clock or Clock(time.time)) as url:
            telegram = cls(url)
            try:
                yield telegram
            finally:
                await telegram.close()

    @classmethod
    @asynccontextmanager
    async def process(cls) -> AsyncIterator[Standin]:
        """One in a process of its own, on a free port."""
        command = (sys.executable, "-m", "tests.standin", "--port", "0")
        process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=dict(os.environ), stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        address = (await process.stdout.readline()).decode().strip()
        if not address:
            raise RuntimeError("the stand-in did not start; its error output says why")
        telegram = cls(address)
        try:
            yield telegram
        finally:
            await telegram.close()
            process.kill()
            await process.communicate()

    async def close(self) -> None:
        """Let go of the connection; the server goes on."""
        await self._line.close()

    # People and places

    async def user(
        self,
        first_name: str,
        *,
        username: str | None = None,
        last_name: str | None = None,
        language_code: str | None = "zh-hans",
        started: bool = False,
        id: int | None = None,
    ) -> User:
        """A person; ``started`` means the private chat with the bot is open already."""
        names = {"first_name": first_name, "last_name": last_name, "username": username}
        more = {"language_code": language_code, "started": started, "id": id}
        return User(self._line, await self._line.call("create_user", **names, **more), BOT_ID)

    async def group(
        self,
        title: str,
        members: Iterable[User] = (),
        *,
        admins: Iterable[User] = (),
        bot: str | None = "member",
    ) -> Chat:
        """A basic group."""
        return await self._chat("group", title, members, admins, bot)

    async def supergroup(
        self,
        title: str,
        members: Iterable[User] = (),
        *,
        admins: Iterable[User] = (),
        bot: str | None = "member",
        username: str | None = None,
    ) -> Chat:
        """A supergroup."""
        return await self._chat("supergroup", title, members, admins, bot, username=username)

    async def forum(
        self,
        title: str,
        members: Iterable[User] = (),
        *,
        topics: Iterable[str] = (),
        admins: Iterable[User] = (),
        bot: str | None = "member",
    ) -> Chat:
        """A supergroup with topics."""
        return await self._chat("supergroup", title, members, admins, bot, is_forum=True, topics=list(topics))

    async def channel(
        self,
        title: str,
        members: Iterable[User] = (),
        *,
        admins: Iterable[User] = (),
        bot: str | None = "administrator",
        username: str | None = None,
    ) -> Chat:
        """A channel."""
        return await self._chat("channel", title, members, admins, bot, username=username)

    # What the bot did

    async def mark(self) -> int:
        """The number of calls made so far."""
        return await self._line.mark()

    async def calls(self, *methods: str, chat_id: Chat | User | int | None = None, after: After = 0) -> list[Call]:
        """The calls so far, of some methods, in a chat, after a mark; each may be left open."""
        chosen = {"methods": list(methods), "chat_id": _number(chat_id), "after": _mark(after)}
        return [Call(**raw) for raw in await self._line.call("calls", **chosen)]

    async def wait_for(
        self,
        *methods: str,
        chat_id: Chat | User | int | None = None,
        after: After = 0,
        timeout: float = 5.0,  # noqa: ASYNC109  # the server keeps the time
    ) -> Call:
        """The first call of one of the methods after a mark, failed ones too; TimeoutError if none comes."""
        chosen = {"methods": list(methods), "chat_id": _number(chat_id), "after": _mark(after)}
        raw = await self._line.call("wait", timeout=timeout, **chosen)
        if raw["call"] is None:
            made = [call.method for call in await self.calls(after=after)]
            raise TimeoutError(f"no {' or '.join(methods) or 'call'} within {timeout} s; the bot called {made}")
        return Call(**raw["call"])

    async def reply(self, to: Message | Press, timeout: float = 5.0) -> Message:  # noqa: ASYNC109
        """The bot's next message in the chat of what a user did."""
        return await next_message(self._line, to, timeout)

    async def quiet(self, *, after: After = 0, seconds: float = 0.3, timeout: float = 10.0) -> list[Call]:  # noqa: ASYNC109
        """The calls since a mark, once the bot has taken all updates and made no call for some seconds."""
        deadline = time.monotonic() + timeout
        made, since = await self._busy(after), time.monotonic()
        while time.monotonic() < deadline:
            await asyncio.sleep(min(0.03, seconds))
            now = await self._busy(after)
            if len(now) != len(made) or await self.pending():
                made, since = now, time.monotonic()
            if time.monotonic() - since >= seconds:
                return made
        raise TimeoutError(f"the bot is not quiet after {timeout} s: {[call.method for call in made]}")

    async def message(self, chat: Chat | User | int, message_id: int) -> Message:
        """A message as it is now."""
        mark = await self._line.mark()
        raw = await self._line.call("message", chat_id=number_of(chat), message_id=message_id)
        return message_view(raw, mark)

    async def now(self, message: Message) -> Message:
        """The same message as it is now."""
        return await self.message(message.chat_id, message.message_id)

    async def download(self, message: Message) -> bytes:
        """The bytes of the document or the largest photo of a message."""
        raw = message.raw.get("document") or message.raw["photo"][-1]
        return base64.b64decode((await self._line.call("file", file_id=raw["file_id"]))["content"])

    async def _chat(
        self,
        kind: str,
        title: str,
        members: Iterable[User],
        admins: Iterable[User],
        bot: str | None,
        **more: object,
    ) -> Chat:
        people = {"members": [user.id for user in members], "admins": [user.id for user in admins]}
        raw = await self._line.call("create_chat", type=kind, title=title, bot=bot, **people, **more)
        return Chat(self._line, raw, BOT_ID)

    async def _busy(self, after: After) -> list[Call]:
        return [call for call in await self.calls(after=after) if call.method.lower() != "getupdates"]


def _mark(after: After) -> int:
    return after if isinstance(after, int) else after.mark


def _number(chat: Chat | User | int | None) -> int | None:
    return None if chat is None else number_of(chat)
