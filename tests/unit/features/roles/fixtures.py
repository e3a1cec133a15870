"""Fakes of what admins' work stands on: roles, the audit log, and features that write down what they did."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation.messages import Incoming, Reply, say
from bot.errors import StorageError
from bot.records.contests import ContestRow, MemberRecord
from bot.records.roles import AuditRecord, AuditRow, Role, RoleRecord
from bot.storage.contests import ContestRepository
from bot.storage.roles import AuditRepository, RoleRepository

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)  # noon in Shanghai
OWNER, EDITOR, HOST, MEMBER = "telegram:1", "telegram:2", "telegram:3", "telegram:4"


class FakeRolesAndAudit(ContestRepository):
    """Roles, names and the audit log in memory. While ``unreadable`` or ``unwritable`` it says so."""

    def __init__(self, roles: dict[str, Role] | None = None) -> None:
        self.given = {member: RoleRecord(member, role, OWNER, NOON) for member, role in (roles or {}).items()}
        self.log: list[AuditRecord] = []
        self.known: dict[str, str] = {}
        self.unreadable = False
        self.unwritable = False

    @property
    def roles(self) -> FakeRoles:
        return FakeRoles(self)

    @property
    def audit(self) -> FakeTrail:
        return FakeTrail(self)

    async def append(self, *rows: AuditRecord) -> None:
        self.check_writable()
        self.log += rows

    async def save(self, *rows: ContestRow) -> None:
        self.check_writable()
        self.known |= {row.member: row.name for row in rows if isinstance(row, MemberRecord)}

    def check_writable(self) -> None:
        if self.unwritable:
            raise StorageError("写不进去")

    async def names(self, members: Collection[str]) -> dict[str, str]:
        return {member: self.known[member] for member in members if member in self.known}


class FakeRoles(RoleRepository):
    """The roles of a FakeRolesAndAudit."""

    def __init__(self, store: FakeRolesAndAudit) -> None:
        self._store = store

    async def find_role(self, member: str) -> Role | None:
        if self._store.unreadable:
            raise StorageError("读不出来")
        row = self._store.given.get(member)
        return row.role if row else None

    async def list_roles(self) -> Sequence[RoleRecord]:
        return sorted(self._store.given.values(), key=lambda row: (row.role, row.at, row.member))

    async def save_role(self, role: RoleRecord) -> None:
        self._store.check_writable()
        self._store.given[role.member] = role

    async def delete_role(self, member: str) -> None:
        self._store.check_writable()
        self._store.given.pop(member, None)


class FakeTrail(AuditRepository):
    """The audit log of a FakeRolesAndAudit; rows are numbered from 1."""

    def __init__(self, store: FakeRolesAndAudit) -> None:
        self._store = store

    async def page(
        self,
        limit: int,
        *,
        actor: str = "",
        actions: Collection[str] = (),
        before: int | None = None,
        after: int | None = None,
    ) -> Sequence[AuditRow]:
        found = [
            AuditRow(number, row)
            for number, row in enumerate(self._store.log, start=1)
            if actor in {"", row.actor}
            and (not actions or row.action in actions)
            and (before is None or number < before)
            and (after is None or number > after)
        ]
        return (found[:limit] if after is not None else found[-limit:])[::-1]


class Work:
    """A feature's handles: each writes down what was asked for, and answers."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []

    async def do(self, rest: str, incoming: Incoming) -> Reply:
        self.done.append((incoming.person, rest))
        return say("办好了")

    async def fail(self, rest: str, incoming: Incoming) -> Reply:
        raise StorageError("存不下")

    async def typed(self, incoming: Incoming) -> Reply | None:
        self.done.append((incoming.person, incoming.text))
        return say("记下了") if incoming.text.startswith("标题") else None


def said(text: str, person: str = OWNER, *, about: str = "", about_name: str = "") -> Incoming:
    return Incoming(
        person, "telegram:-100", text=text, request_id="r7", reply_to_member=about, reply_to_name=about_name
    )


def pressed(action: str, person: str = OWNER) -> Incoming:
    return replace(said("", person), action=action)
