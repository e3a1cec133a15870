"""What is read of roles and of the audit log. ``storage`` and the tests' fakes implement these.

Every method raises StorageError when it could not do what it says.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.records.admin import Audited, DropRole, KeptRole, Role


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of the audit log, with its number: those of later rows are greater."""

    number: int
    row: Audited


class GivenRoles(Protocol):
    """The roles that were given."""

    async def role(self, member: str) -> Role | None:
        """The role that was given to ``member``, if any."""

    async def all(self) -> Sequence[KeptRole]:
        """All roles that were given, by role and then in the order in which they were."""


class RoleBook(Protocol):
    """Where roles are written."""

    async def keep(self, *rows: KeptRole | DropRole) -> None:
        """Keep all of ``rows`` or none; durable when it returns."""


class AuditTrail(Protocol):
    """The audit log, read."""

    async def page(
        self,
        limit: int,
        *,
        actor: str = "",
        actions: Collection[str] = (),
        before: int | None = None,
        after: int | None = None,
    ) -> Sequence[Logged]:
        """At most ``limit`` rows, the newest first: of all, or of one ``actor``, or of some ``actions``.

        The newest rows older than the number ``before``, or, with ``after``, the oldest rows newer than it.
        """
