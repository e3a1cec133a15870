"""Roles of members, and the audit log. A role replaces an earlier one of the same member; the log is appended to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["host", "editor", "owner"]
"""Quiz hosts rule over contests and the settings of chats; editors over the knowledge too; owners over roles too."""


@dataclass(frozen=True, slots=True)
class RoleRecord:
    """What a member may do, by whom it was given."""

    member: str
    role: Role
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Who did what, when; ``allowed`` is False where it was refused."""

    at: datetime
    actor: str
    action: str
    detail: str
    allowed: bool
    request_id: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row of the audit log, with its number: those of later rows are greater."""

    number: int
    row: AuditRecord
