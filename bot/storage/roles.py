"""Who was given which role."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.records.roles import Role, RoleRecord
from bot.storage.repository import Repository
from bot.storage.schema import roles


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
