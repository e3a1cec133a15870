"""The audit log: who did what. Rows are appended and read, never changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from bot.records.roles import AuditRecord, AuditRow
from bot.storage.repository import Repository
from bot.storage.schema import audit


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
