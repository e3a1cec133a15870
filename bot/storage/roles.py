"""Who was given which role. Implements ``bot.records.roles.GivenRoles``."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.records.admin import KeptRole, Role
from bot.storage.dialect import for_reading
from bot.storage.query import rows_of
from bot.storage.schema import roles


class SqlRoles:
    """Reads roles; ``SqlStore.keep`` writes them. Every method raises StorageError when it could not."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reading = for_reading(engine)

    async def role(self, member: str) -> Role | None:
        """The role that was given to ``member``, if any."""
        found = await rows_of(self._reading, select(roles.c.role).where(roles.c.member == member))
        return next((row.role for row in found), None)

    async def all(self) -> Sequence[KeptRole]:
        """All roles that were given, by role and then in the order in which they were."""
        query = select(roles).order_by(roles.c.role, roles.c.at, roles.c.member)
        return [KeptRole(*row) for row in await rows_of(self._reading, query)]
