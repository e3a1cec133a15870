"""The state of the server: everything there is between a start and a reset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from tests.standin.chats import Chat
from tests.standin.clock import Clock
from tests.standin.errors import Json
from tests.standin.faults import Faults
from tests.standin.files import StoredFile
from tests.standin.flood import Flood
from tests.standin.journal import Journal
from tests.standin.messages import Message
from tests.standin.people import User
from tests.standin.polls import Poll
from tests.standin.queries import Query
from tests.standin.signals import Signal
from tests.standin.updates import UpdateQueue
from tests.standin.webhooks import Webhook

TOKEN = "7000000001:AAStandInTokenForTestsOnly_0123456789ab"
BOT_USERNAME = "standin_bot"


@dataclass(slots=True)
class Switches:
    """How the server behaves; a test may turn each one."""

    privacy: bool = True
    """Groups show the bot only what is meant for it."""
    mention_delivery: bool = False
    """A bare @mention counts as meant for it."""
    flood: bool = False
    """Sending too fast is answered with 429."""
    inline: bool = True
    """The bot takes inline queries."""
    inline_feedback: bool = False
    """The bot hears which inline result was chosen."""


@dataclass(slots=True)
class Settings:
    """What the bot set up for itself; it outlives a reset, as the bot may go on running."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)


@dataclass(slots=True)
class Counters:
    """Numbers never given twice, not even after a reset: a running bot may remember old ones."""

    user: Callable[[], int] = field(default_factory=lambda: count(5_000_001).__next__)
    chat: Callable[[], int] = field(default_factory=lambda: count(1_000_001).__next__)
    message: Callable[[], int] = field(default_factory=lambda: count(1).__next__)
    update: Callable[[], int] = field(default_factory=lambda: count(900_001).__next__)
    other: Callable[[], int] = field(default_factory=lambda: count(10_000_001).__next__)


class World:
    """Users, chats, messages, queries and updates; empty but for the bot."""

    def __init__(self, clock: Clock, counters: Counters, settings: Settings, first_call: int = 1) -> None:
        self.clock = clock
        self.counters = counters
        self.settings = settings
        self.switches = Switches()
        self.bot = User(int(TOKEN.split(":", maxsplit=1)[0]), "学习助手", BOT_USERNAME, is_bot=True)
        self.signal = Signal()
        self.updates = UpdateQueue(self.signal, counters.update)
        self.journal = Journal(first_call)
        self.faults = Faults()
        self.flood = Flood()
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.polls: dict[str, Poll] = {}
        self.files: dict[str, StoredFile] = {}
        self.callbacks: dict[str, Query] = {}
        self.inline_queries: dict[str, Query] = {}
        self.inline_messages: dict[str, Message] = {}

    def next_id(self, prefix: str = "") -> str:
        """A new id for a poll, a query or a file."""
        return f"{prefix}{self.counters.other() * 7919}"

    def next_message_id(self, chat: Chat) -> int:
        """A message id: its own count in supergroups and channels, one count for all other chats."""
        if chat.type in {"supergroup", "channel"}:
            chat.last_message_id += 1
        else:
            chat.last_message_id = self.counters.message()
        return chat.last_message_id

    def private_chat(self, user: User) -> Chat:
        """The chat between the bot and a user."""
        if user.id not in self.chats:
            self.chats[user.id] = Chat(user.id, "private", owner=user)
        return self.chats[user.id]

    def add_file(self, name: str, mime_type: str, content: bytes, size: int | None, folder: str) -> StoredFile:
        """Keep a file and give it an id."""
        file_id = self.next_id("BQACAgUAAx")
        extension = name.rsplit(".", 1)[-1] if "." in name else "bin"
        path = f"{folder}/file_{len(self.files)}.{extension}"
        stored = StoredFile(file_id, name, mime_type, content, len(content) if size is None else size, path)
        self.files[file_id] = stored
        return stored

    def close_due_polls(self) -> None:
        """Close the polls whose time is over, and tell the bot."""
        for poll in self.polls.values():
            if poll.is_due(self.clock.now()):
                poll.is_closed = True
                self.updates.put("poll", poll.wire())
