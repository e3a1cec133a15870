"""The audit log, as it is read."""

from __future__ import annotations

from dataclasses import dataclass

from bot.records.admin import AuditRecord


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row of the audit log, with its number: those of later rows are greater."""

    number: int
    row: AuditRecord
