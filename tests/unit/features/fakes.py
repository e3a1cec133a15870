"""What admins' work needs from outside, in lists and dicts, by the letter of its protocols."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from itertools import count

from bot.access.roles import RolePolicy
from bot.access.secret import Secret
from bot.errors import StorageError
from bot.features.admin_login.login import AdminLogin
from bot.records.banks import BankRecord, BankSummary
from bot.records.chats import GroupRecord
from bot.records.contests import ContestRow, SettingRecord
from bot.records.roles import AuditRecord, Role
from bot.storage.banks import BankRepository
from bot.storage.chats import GroupRepository
from bot.storage.contests import ContestRepository
from bot.storage.first_writer import FirstWriter
from tests.unit.library import NOON

SECRET = Secret("s")


class FakeBanks(BankRepository):
    """Keeps banks in a dict."""

    def __init__(self) -> None:
        self._kept: dict[str, BankRecord] = {}

    async def save(self, bank: BankRecord) -> None:
        self._kept[bank.name] = bank

    async def find(self, name: str) -> BankRecord | None:
        return self._kept.get(name)

    async def list(self) -> Sequence[BankSummary]:
        return [BankSummary(bank.name, bank.saved_at, bank.count) for bank in self._kept.values()]


class FakeRoles:
    """Roles in a dict; counts how often it was asked."""

    def __init__(self, roles: dict[str, Role]) -> None:
        self.roles = roles
        self.asked = 0

    async def find_role(self, member: str) -> Role | None:
        self.asked += 1
        return self.roles.get(member)


class FakeAudit:
    """An audit log in a list. ``broken``: nothing can be kept."""

    def __init__(self, *, broken: bool = False) -> None:
        self.rows: list[AuditRecord] = []
        self.broken = broken

    async def append(self, *rows: AuditRecord) -> None:
        if self.broken:
            raise StorageError("数据库写不进去")
        self.rows += rows


class FakeUsedLinks(FirstWriter):
    """Used links in a set."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.broken = False

    async def use(self, nonce: str, until: datetime, now: datetime) -> bool:
        if self.broken:
            raise StorageError("数据库写不进去")
        assert until > now
        new = nonce not in self.used
        self.used.add(nonce)
        return new

    async def is_used(self, nonce: str) -> bool:
        return nonce in self.used


class FakeSettings(ContestRepository):
    """Settings in a dict."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    async def setting(self, owner: str, name: str) -> str:
        return self.kept.get((owner, name), "")

    async def save(self, *rows: ContestRow) -> None:
        self.kept |= {(row.owner, row.name): row.value for row in rows if isinstance(row, SettingRecord)}


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Gate:
    """An entrance with all that is around it; ``again`` is the same after a restart, or another process."""

    def __init__(
        self,
        used: FakeUsedLinks | None = None,
        secret: Secret = SECRET,
        current: Callable[[], Awaitable[Secret]] | None = None,
    ) -> None:
        self.clock = HandClock(NOON)
        self.audit = FakeAudit()
        self.used = used or FakeUsedLinks()
        self.roles = FakeRoles({"telegram:7": "editor", "telegram:8": "host"})
        numbers = count(1)
        self.login = AdminLogin(
            secret,
            self.used,
            RolePolicy(["telegram:1"], self.roles),
            self.audit,
            clock=self.clock,
            new_nonce=lambda: f"n{next(numbers)}",
            current=current,
        )

    def again(self) -> Gate:
        return Gate(self.used)

    @property
    def audited(self) -> list[tuple[str, str, bool]]:
        return [(row.actor, row.detail, row.allowed) for row in self.audit.rows]


class FakeGroups(GroupRepository):
    """Groups in a dict, written in turn when ``writable``; while ``broken`` it keeps nothing and says so."""

    def __init__(self, *titles: str) -> None:
        self.rows = {f"test:{title}": GroupRecord(f"test:{title}", title, NOON) for title in titles}
        self.broken = False
        self.writable = asyncio.Event()
        self.writable.set()
        self.written = 0

    async def save_group(self, group: GroupRecord) -> None:
        await self._begin_write()
        self.rows[group.chat] = group

    async def delete_group(self, chat: str) -> None:
        await self._begin_write()
        self.rows.pop(chat, None)

    async def _begin_write(self) -> None:
        await self.writable.wait()
        if self.broken:
            raise StorageError("坏了")
        self.written += 1

    async def list_groups(self) -> Sequence[GroupRecord]:
        return sorted(self.rows.values(), key=lambda row: (row.title, row.chat))
