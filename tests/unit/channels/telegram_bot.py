"""The whole channel but for the fetching: one update in, the calls it makes out."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.telegram.channel import build_application, start_work
from bot.channels.telegram.send.api import make_api
from bot.channels.telegram.send.sender import Sender
from bot.conversation.messages import Incoming, Reply
from tests.unit.channels.telegram_fakes import (
    ME,
    TOKEN,
    FakeConversation,
    Json,
    Naps,
    RecordingRequest,
    message,
    some_knowledge,
    update,
)

ANSWER_MESSAGE: Json = message("要点", sender={"id": ME.id, "is_bot": True, "first_name": "x"}, message_id=60)


class FakeGroups:
    """Writes down where the bot is."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}

    async def record_seen(self, chat: str, title: str) -> None:
        self.titles[chat] = title

    async def record_left(self, chat: str) -> None:
        self.titles.pop(chat, None)


class Bot:
    """A bot with a scripted conversation. ``await bot.gets(message=…)`` deals with one update to the end."""

    def __init__(self, reply: Reply | Callable[[Incoming], Reply]) -> None:
        self.request = RecordingRequest()
        self.groups = FakeGroups()
        self.conversation = FakeConversation(reply)
        self._reply = reply
        self._number = 0

    async def start(self) -> Bot:
        """Get ready; gives itself."""
        api = make_api(TOKEN, "http://telegram", request=self.request, paced=False)
        await api.initialize()
        self.app = build_application(api, self.conversation, some_knowledge, Sender(api, sleep=Naps()), self.groups)
        await self.app.initialize()
        self.request.calls.clear()
        return self

    async def gets(self, **content: Json) -> list[tuple[str, Json]]:
        """Deal with an update; gives the calls that this made."""
        self._number += 1
        before = len(self.request.calls)
        work = start_work(self.app, update(number=self._number, **content))
        assert work is not None
        await work
        return [(call.method, call.params) for call in self.request.calls[before:]]


async def a_bot(reply: Reply | Callable[[Incoming], Reply]) -> Bot:
    """A bot that says ``reply``."""
    return await Bot(reply).start()
