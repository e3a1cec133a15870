"""Roles, the audit log and groups in memory, by the letter of their protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.admin_ports import Audited, DropChat, KeptChat, Role
from bot.errors import StorageError
from tests.unit.chat.quiz_stage import START


class FakeRoles:
    """Roles in a dict; counts how often it was asked."""

    def __init__(self, roles: Mapping[str, Role]) -> None:
        self.roles = dict(roles)
        self.asked = 0

    async def role(self, member: str) -> Role | None:
        self.asked += 1
        return self.roles.get(member)


class FakeAudit:
    """An audit log in a list."""

    def __init__(self) -> None:
        self.rows: list[Audited] = []

    async def keep(self, *rows: Audited) -> None:
        self.rows.extend(rows)


class FakeGroups:
    """Groups in a dict; while ``broken`` it keeps nothing and says so."""

    def __init__(self, *titles: str) -> None:
        self.rows = {f"test:{title}": KeptChat(f"test:{title}", title, START) for title in titles}
        self.broken = False
        self.written = 0

    async def keep(self, *rows: KeptChat | DropChat) -> None:
        if self.broken:
            raise StorageError("坏了")
        for row in rows:
            self.written += 1
            if isinstance(row, KeptChat):
                self.rows[row.chat] = row
            else:
                self.rows.pop(row.chat, None)

    async def groups(self) -> Sequence[KeptChat]:
        return sorted(self.rows.values(), key=lambda row: (row.title, row.chat))
