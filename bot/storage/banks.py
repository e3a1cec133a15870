"""Question banks that organisers brought. A bank is written and read as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.records.banks import BankRecord, BankSummary
from bot.storage.repository import Repository
from bot.storage.schema import question_banks as table


class BankRepository(Repository):
    """Banks by their names."""

    async def save(self, bank: BankRecord) -> None:
        """Save ``bank``, instead of an earlier one of the same name."""
        await self._save(bank)

    async def delete(self, name: str) -> None:
        """Delete the bank of that name, if there is one."""
        await self._execute(delete(table).where(table.c.name == name))

    async def find(self, name: str) -> BankRecord | None:
        """The bank of that name, if there is one."""
        rows = await self._fetch(select(table).where(table.c.name == name))
        return BankRecord(*rows[0]) if rows else None

    async def list(self) -> Sequence[BankSummary]:
        """All banks without their questions, the one saved last first."""
        query = select(table.c.name, table.c.saved_at, table.c.count).order_by(table.c.saved_at.desc(), table.c.name)
        return [BankSummary(*row) for row in await self._fetch(query)]
