"""What is stored of admins' work, as records.

A record replaces an earlier one of the same key; ``AuditRecord`` and ``QuestionCount`` have none and are appended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["host", "editor", "owner"]
"""Quiz hosts rule over contests and the settings of chats; editors over the knowledge too; owners over roles too."""
Settlement = Literal["ignored", "linked", "added"]
"""How a question without an answer was dealt with: left alone, given to a point, made a point of its own."""


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A member says that a quiz question is bad. ``key`` is the same for the same member and question."""

    key: str
    question: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportCount:
    """No row, but what many of them say: so many members find a question bad."""

    question: str
    count: int


@dataclass(frozen=True, slots=True)
class BlobRecord:
    """The content of a file, by its SHA-256 in hex."""

    digest: str
    body: bytes


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """An applied version of the knowledge. ``files``, ``amendments`` and ``diff`` are JSON."""

    number: int
    at: datetime
    author: str
    origin: str
    note: str
    files: str
    amendments: str
    folder: str
    diff: str


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
class SettledRecord:
    """A question without an answer that was dealt with; ``core`` is what is left of it for comparing."""

    core: str
    how: Settlement
    point: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """A question was asked: by whom (nobody's name; nothing where nobody can be told apart), and what became of it."""

    at: datetime
    who: str
    verdict: str
    point: str


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group that the bot is in."""

    chat: str
    title: str
    at: datetime


AdminRow = (
    ReportRecord | BlobRecord | VersionRecord | RoleRecord | AuditRecord | SettledRecord | QuestionCount | GroupRecord
)
