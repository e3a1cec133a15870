"""Who was given which role, and the audit log: who did what. Its rows are appended and read, never changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select

from bot.records.roles import AuditRecord, AuditRow, Role, RoleRecord
from bot.storage.repository import Repository
from bot.storage.schema import audit, roles


class AuditRepository(Repository):
    """The rows of the audit log, numbered in their order."""

    async def append(self, *rows: AuditRecord) -> None:
        """Append all of ``rows`` or none."""
        await self._save(*rows)

    async def page(
        self,
        limit: int,
        *,
        actor: str = "",
        actions: Collection[str] = (),
        before: int | None = None,
        after: int | None = None,
    ) -> Sequence[AuditRow]:
        """At most ``limit`` rows, the newest first: of all, or of one ``actor``, or of some ``actions``.

        ``before`` and ``after`` are numbers of rows, which grow: the newest rows older than ``before``, or, with
        ``after``, the oldest rows newer than it.
        """
        query = select(audit).order_by(audit.c.id if after is not None else audit.c.id.desc()).limit(limit)
        if actor:
            query = query.where(audit.c.actor == actor)
        if actions:
            query = query.where(audit.c.action.in_(sorted(actions)))
        if before is not None:
            query = query.where(audit.c.id < before)
        if after is not None:
            query = query.where(audit.c.id > after)
        found = [AuditRow(row.id, AuditRecord(*row[1:])) for row in await self._fetch(query)]
        return found[::-1] if after is not None else found


class RoleRepository(Repository):
    """At most one role for a member; owners stand in ADMINS instead."""

    async def find_role(self, member: str) -> Role | None:
        """The role that was given to ``member``, if any."""
        found = await self._fetch(select(roles.c.role).where(roles.c.member == member))
        return next((row.role for row in found), None)

    async def list_roles(self) -> Sequence[RoleRecord]:
        """All roles that were given, by role and then in the order in which they were."""
        query = select(roles).order_by(roles.c.role, roles.c.at, roles.c.member)
        return [RoleRecord(*row) for row in await self._fetch(query)]

    async def save_role(self, role: RoleRecord) -> None:
        """Save ``role``, instead of an earlier one of the same member."""
        await self._save(role)

    async def delete_role(self, member: str) -> None:
        """Delete the role of ``member``, if there is one."""
        await self._execute(delete(roles).where(roles.c.member == member))
