"""Telegram without a network: a transport that records calls and plays canned answers, and makers of updates."""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.receive.parse_update import BotIdentity, incoming_of
from bot.conversation.messages import Choice, Incoming, Part, Reply
from bot.conversation.router import Router
from bot.errors import DocumentError, StorageError
from bot.knowledge.model import Knowledge, Point, Section
from bot.knowledge.structure import Span
from bot.retrieval.verdict import Match, Verdict

Json = dict[str, Any]
TOKEN = "4711:AAs_secret-of_the-bot"
ME = BotIdentity(4711, "study_bot")
_BOT: Json = {"id": ME.id, "is_bot": True, "first_name": "学习助手", "username": ME.username}
_SENT: Json = {
    "message_id": 900,
    "date": 1,
    "from": _BOT,
    "chat": {"id": 7, "type": "private", "first_name": "安安"},
    "text": "要点",
}
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?!\w)")
_RESULTS: dict[str, object] = {
    "getMe": _BOT,
    "sendMessage": _SENT,
    "sendDocument": _SENT,
    "sendPhoto": _SENT,
    "editMessageText": _SENT,
    "getFile": {"file_id": "f1", "file_unique_id": "u1", "file_size": 8, "file_path": "documents/一.yaml"},
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API: its method, its parameters and its files, as they went over the wire.

    The fetching of a file is a call of ``download``.
    """

    method: str
    params: Json
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that says no."""

    status: int
    description: str
    parameters: Json | None = None


class RecordingRequest(BaseRequest):
    """Answers every call at once from memory. ``getUpdates`` behaves as Telegram does, with ``pending``.

    ``planned`` holds what the next calls of a method get: a Refusal, an exception to raise, bytes to send as they
    are. ``keep`` switches the recording off, for a benchmark.
    """

    def __init__(self, *, keep: bool = True) -> None:
        self.calls: list[Call] = []
        self.planned: defaultdict[str, deque[Refusal | Exception | bytes]] = defaultdict(deque)
        self.pending: list[Json] = []
        self.count = 0
        self.urls: set[str] = set()
        self._keep = keep
        self._arrived = asyncio.Event()
        self._canned = {
            method: json.dumps({"ok": True, "result": result}).encode() for method, result in _RESULTS.items()
        }

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: object, **__: object
    ) -> tuple[int, bytes]:
        endpoint = "download" if "/file/bot" in url else url.rpartition("/")[2]
        self.count += 1
        wire = request_data.json_parameters if request_data is not None else {}
        if self._keep:
            self.urls.add(url)
            params = {key: _read(value) for key, value in wire.items()}
            self.calls.append(Call(endpoint, params, _files(request_data)))
        if self.planned.get(endpoint):
            return _play(self.planned[endpoint].popleft())
        if endpoint == "getUpdates":
            return 200, await self._updates(int(wire["offset"]), int(wire["timeout"]))
        if endpoint == "download":
            return 200, b"title: x"
        return 200, self._canned.get(endpoint, b'{"ok":true,"result":true}')

    def arrive(self, *updates: Json) -> None:
        """Updates that Telegram has for the bot from now on."""
        self.pending.extend(updates)
        self._arrived.set()

    def plan(self, method: str, *answers: Refusal | Exception | bytes) -> None:
        """What the next calls of ``method`` get, before all is well again."""
        self.planned[method].extend(answers)

    def sent(self, method: str = "sendMessage") -> list[Json]:
        """The parameters of all calls of ``method``."""
        return [call.params for call in self.calls if call.method == method]

    async def _updates(self, offset: int, wait: int) -> bytes:
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        while wait and not self.pending:
            self._arrived.clear()
            await self._arrived.wait()
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        await asyncio.sleep(0)
        return json.dumps({"ok": True, "result": self.pending[:100]}).encode()


def _read(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _files(data: RequestData | None) -> dict[str, tuple[str, bytes]]:
    """The name and the bytes of each file, by the name of its field."""
    if data is None:
        return {}
    found = {}
    for name, (file_name, content, *_) in data.multipart_data.items():
        assert isinstance(content, bytes)
        found[name] = (str(file_name), content)
    return found


def _play(planned: Refusal | Exception | bytes) -> tuple[int, bytes]:
    if isinstance(planned, Exception):
        raise planned
    if isinstance(planned, bytes):
        return 200, planned
    body: Json = {"ok": False, "error_code": planned.status, "description": planned.description}
    if planned.parameters is not None:
        body["parameters"] = planned.parameters
    return planned.status, json.dumps(body).encode()


class FakeConversation(Router):
    """Replies from a table by text or action, and keeps what came in."""

    def __init__(self, reply: Reply | Callable[[Incoming], Reply]) -> None:
        self.heard: list[Incoming] = []
        self.shown: list[tuple[str, str, Reply]] = []
        self.players: set[str] = set()
        self._reply = reply

    async def handle(self, incoming: Incoming) -> Reply:
        self.heard.append(incoming)
        return self._reply if isinstance(self._reply, Reply) else self._reply(incoming)

    def withholds(self, incoming: Incoming) -> bool:
        return incoming.person in self.players

    def remember_offer(self, chat: str, person: str, reply: Reply) -> None:
        self.shown.append((chat, person, reply))


class FakeLedger:
    """A ledger in memory, which may outlive several pollers; while ``broken`` it keeps nothing and says so."""

    def __init__(self) -> None:
        self.rows: dict[int, str | None] = {}
        self.broken = False
        self.writes = 0
        """How often it was asked, also while it was broken."""

    async def mark_handled(self, update_ids: Collection[int]) -> None:
        await self._write()
        self.rows |= dict.fromkeys(update_ids, None)

    async def park(self, update_id: int, body: str) -> None:
        await self._write()
        self.rows[update_id] = body

    async def delete_handled(self, below: int) -> None:
        await self._write()
        self.rows = {key: body for key, body in self.rows.items() if key >= below or body is not None}

    async def handled_ids(self) -> frozenset[int]:
        await self._write()
        return frozenset(key for key, body in self.rows.items() if body is None)

    async def parked(self) -> list[str]:
        await self._write()
        return [body for _, body in sorted(self.rows.items()) if body is not None]

    async def _write(self) -> None:
        self.writes += 1
        await asyncio.sleep(0)
        if self.broken:
            raise StorageError("坏了")


class Naps:
    """Waits no time at all, and remembers how long it should have."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


# ── updates, as Telegram sends them ─────────────────────────────────────────────────────────────────────────

ANN: Json = {"id": 7, "is_bot": False, "first_name": "安安"}
PRIVATE: Json = {"id": 7, "type": "private", "first_name": "安安"}
GROUP: Json = {"id": -100200, "type": "supergroup", "title": "学习小组"}
FILE: Json = {"file_id": "f1", "file_unique_id": "u1", "file_name": "points.yaml", "file_size": 8}
FORUM: Json = {**GROUP, "is_forum": True}


def message(text: str | None = None, *, chat: Json = PRIVATE, sender: Json | None = ANN, **more: Any) -> Json:
    """A message as JSON; commands and mentions get the entities that Telegram gives them."""
    found: Json = {"message_id": 50, "date": 1, "chat": chat, **({"from": sender} if sender else {})}
    if text is not None:
        found |= {"text": text, **({"entities": marks} if (marks := entities_of(text)) else {})}
    return found | more


def entities_of(text: str) -> list[Json]:
    """Commands at the start and @names anywhere, with offsets in UTF-16 units."""
    found: list[Json] = []
    at = 0
    for word in text.split(" "):
        command = _COMMAND.match(word) if at == 0 else None
        if command is not None:
            found.append({"type": "bot_command", "offset": at, "length": command.end()})
        elif word.startswith("@"):
            found.append({"type": "mention", "offset": at, "length": _units(word)})
        at += _units(word) + 1
    return found


def with_file(caption: str = "", *, document: Json | None = None, **more: Any) -> Json:
    """A message with a file, and what stands below it."""
    below: Json = {"caption": caption, "caption_entities": entities_of(caption)} if caption else {}
    return message(document=document or FILE, **below, **more)


def forwarded_from(user: int) -> Json:
    """Where a forwarded message comes from."""
    return {"type": "user", "date": 1, "sender_user": {"id": user, "is_bot": False, "first_name": "波"}}


def press(action: str | None, *, under: Json | None = None, sender: Json = ANN) -> Json:
    """A pressed button under a message; under none it was sent by inline mode."""
    data: Json = {"id": "p1", "from": sender, "chat_instance": "c", **({"data": action} if action else {})}
    return data | ({"message": under} if under else {"inline_message_id": "i1"})


def update(*, number: int = 1, **content: Json) -> Json:
    """An update as JSON: ``update(message=…)``, ``update(callback_query=…)`` …"""
    return {"update_id": number, **content}


def read(raw: Json) -> Update:
    """The update as the library sees it."""
    return Update.de_json(raw)


def dispatched(raw: Json) -> Incoming | None:
    """What an update asks the conversation; a file that it brings is told when it is read, and not fetched."""
    return incoming_of(read(raw), ME, _no_download)


async def _no_download(file_id: str, size: int) -> bytes:
    raise DocumentError(f"{file_id} of {size} bytes was asked for")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


# ── something to talk about ─────────────────────────────────────────────────────────────────────────────────

SOURCE = "第一句话。创先争优要坚持<以人为本>。第三句话。"


def a_point(point_id: str = "yiren", section: str = "1", start: int = 5) -> Point:
    quote = SOURCE[start:18]
    return Point(point_id, f"要点 {point_id}", section, (quote,), (Span(start, 18),))


def some_knowledge(points: Sequence[Point] = (a_point(), a_point("qita", "2", 9))) -> Knowledge:
    sections = (Section("1", "第一部分"), Section("2", "第二部分"))
    return Knowledge("讲话", "李斌", SOURCE, sections, tuple(points), "v1")


def an_answer(point: Point | None = None, *, question: str = "问") -> Reply:
    """A reply such as the conversation gives to a question that a point answers."""
    point = point or a_point()
    return Reply(
        parts=(Part("title", point.title), Part("quote", point.quote), Part("citation", "第一部分")),
        choices=(Choice("相近的一条", "p:qita"), Choice("又一条" + "长" * 40, "p:yiren")),
        tools=(Choice("👍", "u:a1"), Choice("👎", "d:a1"), Choice("看前后文", "c:yiren")),
        verdict=Verdict("answer", question, "match", (Match(point, 0.9, question),)),
    )
