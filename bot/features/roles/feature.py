"""Registers /grant, /revoke and /audit, and their buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.access.roles import RolePolicy
from bot.conversation.router import Feature, Handler
from bot.features.roles.audit_entries import AuditFormatter
from bot.features.roles.audit_view import PAGE, AuditView
from bot.features.roles.commands import ASK, CONFIRM, LIST, RoleCommands
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository
    from bot.storage.roles import AuditRepository, RoleRepository


def make_roles(
    roles: RoleRepository,
    audit: AuditRepository,
    rights: RolePolicy,
    names: ContestRepository,
    *,
    clock: Clock,
    zone: str,
    formatter: AuditFormatter | None = None,
) -> Feature:
    """/grant, /revoke and /audit, for owners, times in ``zone``. ``formatter`` knows more than names."""
    granting = RoleCommands(roles, rights, names, clock=clock, zone=zone)
    auditing = AuditView(audit, formatter or AuditFormatter(names), zone=zone)
    return Feature(
        commands={
            "grant": Handler(granting.grant, "owner"),
            "revoke": Handler(granting.revoke, "owner"),
            "audit": Handler(auditing.show, "owner", audited=False),
        },
        buttons={
            ASK: Handler(granting.ask, "owner", audited=False),
            CONFIRM: Handler(granting.confirm, "owner"),
            LIST: Handler(granting.overview, "owner", audited=False),
            PAGE: Handler(auditing.turn, "owner", audited=False),
        },
    )
