"""Announcements and quiet hours as a feature: /say, /quiet, and the outbox beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.access.audit_quota import AuditLog
from bot.access.roles import RolePolicy
from bot.chats.group_registry import GroupRegistry
from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.conversation.channel import Channels
from bot.conversation.router import Feature, Handler, private
from bot.features.announcements.composer import AnnouncementComposer, reporting
from bot.features.announcements.outbox import Outbox
from bot.features.announcements.quiet_hours_command import QuietHoursCommand
from bot.records.feedback import Clock

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


def make_announcements(
    store: ContestRepository,
    channels: Channels,
    quiet: QuietHoursRepository,
    groups: GroupRegistry,
    *,
    rights: RolePolicy,
    audit: AuditLog,
    clock: Clock,
    new_id: Callable[[], str],
) -> Feature:
    """Announcements to ``groups``, kept in ``store`` until they are sent; ``audit`` keeps who set quiet hours."""
    outbox = Outbox(store, channels, quiet, groups, clock=clock, report=reporting(quiet.zone))
    composer = AnnouncementComposer(outbox, groups, quiet, store, clock=clock, new_id=new_id)
    return announcements(composer, QuietHoursCommand(quiet, rights, channels, audit, clock), outbox)


def announcements(composer: AnnouncementComposer, quiet_command: QuietHoursCommand, outbox: Outbox) -> Feature:
    """/say for editors, /quiet for everybody: who may set a chat's quiet hours is for ``quiet_command`` to tell."""
    return Feature(
        commands={
            "say": Handler(private(composer.say), "editor"),
            "quiet": Handler(quiet_command.quiet, None, audited=False),
        },
        buttons={
            "y": Handler(private(composer.pick), "editor", audited=False),
            "ysend": Handler(private(composer.send), "editor"),
            "ydrop": Handler(private(composer.drop), "editor"),
            "yback": Handler(private(composer.withdraw), "editor"),
            "yquiet": Handler(quiet_command.press, None, audited=False),
        },
        jobs={"announcements": outbox.run},
    )
