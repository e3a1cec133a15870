"""The conversations on the web page, and the names of its members."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.records.page import ExchangeRecord
from bot.storage.repository import Repository
from bot.storage.schema import exchanges, members


class PageRepository(Repository):
    """What is stored of the web page's visitors."""

    async def latest_exchanges(self, owner: str, limit: int) -> Sequence[ExchangeRecord]:
        """The latest exchanges of a visitor, the oldest of them first."""
        query = select(exchanges).where(exchanges.c.owner == owner).order_by(exchanges.c.number.desc()).limit(limit)
        return [ExchangeRecord(*row) for row in reversed(await self._fetch(query))]

    async def save_exchange(self, exchange: ExchangeRecord) -> None:
        """Save ``exchange``; it replaces an earlier one of the same owner and number."""
        await self._save(exchange)

    async def delete_exchanges(self, owner: str, before: int | None = None) -> None:
        """Delete the conversation of a visitor; with ``before``, what has a smaller number."""
        wanted = delete(exchanges).where(exchanges.c.owner == owner)
        await self._execute(wanted if before is None else wanted.where(exchanges.c.number < before))

    async def members_named(self, name: str) -> Sequence[str]:
        """The members that are shown by that name."""
        return [row[0] for row in await self._fetch(select(members.c.member).where(members.c.name == name).limit(10))]
