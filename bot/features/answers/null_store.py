"""A Store that keeps nothing: for the command line, where a question is asked once and nobody judges it."""

from __future__ import annotations

from datetime import datetime

from bot.records.feedback import Feedback, Miss
from bot.records.roles import AuditRecord, Role


class NullStore:
    """Keeps nothing and never fails."""

    async def save_feedback(self, feedback: Feedback) -> None:
        """Nothing is kept."""

    async def delete_feedback(self, key: str) -> None:
        """Nothing was kept."""

    async def save_miss(self, miss: Miss) -> None:
        """Nothing is kept."""

    async def delete_miss(self, key: str) -> None:
        """Nothing was kept."""

    async def delete_before(self, moment: datetime) -> int:
        """There is nothing to forget."""
        return 0

    async def find_role(self, _member: str) -> Role | None:
        """Nobody has a role."""
        return None

    async def append(self, *rows: AuditRecord) -> None:
        """Nothing is kept."""

    async def ping(self) -> None:
        """Always there."""
