"""``AnnouncementsHarness``: one process of a bot whose admins announce things. The router, the composer and the
outbox are real; the store, the groups' channel and the clock, which is moved by hand, are fakes."""

from __future__ import annotations

import asyncio
from itertools import count

from bot.access.roles import RolePolicy
from bot.chats.group_registry import GroupRegistry
from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.conversation.channel import Channels
from bot.conversation.messages import Incoming, Reply
from bot.conversation.router import Router
from bot.features.announcements.composer import AnnouncementComposer, reporting
from bot.features.announcements.feature import QuietHoursCommand, announcements
from bot.features.announcements.outbox import Outbox
from bot.records.announcements import Notice
from bot.records.chats import QuietHoursRecord
from bot.records.contests import ContestRow
from tests.unit.event_loop import settle
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.features.contests.fixtures import FakeChannel, Time
from tests.unit.features.fakes import FakeAudit, FakeGroups, FakeRoles

ZONE = "Asia/Shanghai"


class SlowStore(FakeQuizStore):
    """Takes a moment for everything, as a database does: what others do meanwhile comes between."""

    async def save(self, *rows: ContestRow) -> None:
        await asyncio.sleep(0)
        await super().save(*rows)

    async def setting(self, owner: str, name: str) -> str:
        found = await super().setting(owner, name)
        await asyncio.sleep(0)
        return found

    async def find_quiet_hours(self, chat: str) -> QuietHoursRecord | None:
        found = await super().find_quiet_hours(chat)
        await asyncio.sleep(0)
        return found

    async def find_outbox(self, chat: str) -> tuple[Notice, ...]:
        found = await super().find_outbox(chat)
        await asyncio.sleep(0)
        return found


class AnnouncementsHarness:
    """``boss`` is an editor, ``host`` a quiz host; ``again`` is the next process on the same store and channel."""

    def __init__(
        self,
        *groups: str,
        time: Time | None = None,
        store: FakeQuizStore | None = None,
        kept: FakeGroups | None = None,
        channel: FakeChannel | None = None,
    ) -> None:
        self.time = time or Time()
        self.store = store or SlowStore()
        self.kept = kept or FakeGroups(*groups)
        self.channel = channel or FakeChannel()
        self.audit = FakeAudit()
        self.groups = GroupRegistry(self.kept, self.time)
        self.quiet = QuietHoursRepository(self.store, self.time, ZONE, sleep=self.time.sleep)
        rights = RolePolicy(["test:owner"], FakeRoles({"test:boss": "editor", "test:host": "host"}))
        channels = Channels()
        channels.add("test", self.channel)
        self.outbox = Outbox(
            self.store,
            channels,
            self.quiet,
            self.groups,
            clock=self.time,
            report=reporting(ZONE),
            sleep=self.time.sleep,
        )
        ids = count(int(self.time().timestamp()))
        composer = AnnouncementComposer(
            self.outbox, self.groups, self.quiet, self.store, clock=self.time, new_id=lambda: f"{next(ids):x}"
        )
        quiet_command = QuietHoursCommand(self.quiet, rights, channels, self.audit, self.time)
        self.desk = Router([announcements(composer, quiet_command, self.outbox)], rights, self.audit, self.time)
        self._running: asyncio.Task[None] | None = None

    async def opens(self) -> AnnouncementsHarness:
        """Say what was held back, from now on."""
        self._running = asyncio.create_task(self.outbox.run())
        await settle()
        return self

    async def closes(self) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def again(self) -> AnnouncementsHarness:
        await self.closes()
        harness = AnnouncementsHarness(time=self.time, store=self.store, kept=self.kept, channel=self.channel)
        return await harness.opens()

    async def says(self, text: str, *, by: str = "boss", chat: str = "", is_private: bool = True) -> Reply:
        incoming = Incoming(f"test:{by}", chat or f"test:{by}", text=text, is_private=is_private)
        return await self.desk.route(incoming) or Reply()

    async def taps(
        self, label: str, reply: Reply, *, by: str = "boss", chat: str = "", is_private: bool = True
    ) -> Reply:
        """Press the button of ``reply`` that begins with ``label``."""
        action = next(choice.action for choice in reply.choices if choice.label.startswith(label))
        incoming = Incoming(f"test:{by}", chat or f"test:{by}", action=action, is_private=is_private)
        return await self.desk.route(incoming) or Reply()

    def heard(self, chat: str) -> list[str]:
        """What was said in ``chat`` of the bot's own accord."""
        return [reply.text for where, reply in self.channel.said if where == f"test:{chat}"]
