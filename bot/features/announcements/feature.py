"""Announcements and quiet hours as a feature: /say, /quiet, and the outbox beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.access.quotas import AuditLog
from bot.access.roles import RolePolicy
from bot.chats.group_registry import GroupRegistry
from bot.chats.quiet_hours import parse_quiet_hours
from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.chats.time_zone_names import zone_name
from bot.conversation.channel import Channels
from bot.conversation.chat_permissions import ChatPermissions
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say, told, with_topic_note
from bot.conversation.router import Feature, Handler, private
from bot.features.announcements.composer import AnnouncementComposer, reporting
from bot.features.announcements.outbox import Outbox
from bot.records.feedback import Clock
from bot.wording import Notices as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


class QuietHoursCommand:
    """Shows and sets quiet hours. In private everybody sets their own; in a group its admins and the bot's do.

    What is done or refused in a group is written into the audit log.
    """

    def __init__(
        self, quiet: QuietHoursRepository, rights: RolePolicy, channels: Channels, audit: AuditLog, clock: Clock
    ) -> None:
        self._quiet = quiet
        self._channels = channels
        self._permissions = ChatPermissions(channels, lambda person: rights.may(person, "host"), audit, clock)

    async def quiet(self, text: str, incoming: Incoming) -> Reply:
        """Show a chat's quiet hours, or set them if this person may. Raises StorageError."""
        if self._channels.of(incoming.chat) is None:
            return say(Wording.QUIET_NOT_HERE)
        if not text:
            return with_topic_note(await self._show(incoming), incoming.chat, Wording.QUIET_TOPICS)
        if not await self._permissions.may("quiet", text, incoming):
            return told(Wording.QUIET_ADMINS, incoming)
        if text in Wording.QUIET_OFF_WORDS:
            await self._quiet.save(incoming.chat, None)
            return with_topic_note(say(Wording.QUIET_STOPPED), incoming.chat, Wording.QUIET_TOPICS)
        hours = parse_quiet_hours(text, self._quiet.zone)
        if hours is None:
            return say(Wording.QUIET_BAD)
        await self._quiet.save(incoming.chat, hours)
        reply = say(Wording.QUIET_SET.format(hours=hours, zone=zone_name(self._quiet.zone)))
        return with_topic_note(reply, incoming.chat, Wording.QUIET_TOPICS)

    async def press(self, rest: str, incoming: Incoming) -> Reply:
        """Set the quiet hours of the button ``<number>``, or none by ``off``. Raises StorageError."""
        words = {str(number): hours for number, hours in enumerate(Wording.QUIET_CHOICES)}
        return await self.quiet(words.get(rest, Wording.QUIET_OFF_WORDS[0] if rest == "off" else ""), incoming)

    async def _show(self, incoming: Incoming) -> Reply:
        hours = await self._quiet.load(incoming.chat)
        choices = [
            Choice(hours, Code.ADMIN.to(f"yquiet-{number}")) for number, hours in enumerate(Wording.QUIET_CHOICES)
        ]
        if hours is None:
            return Reply((Part("text", Wording.QUIET_OFF),), tuple(choices))
        text = Wording.QUIET.format(hours=hours, zone=zone_name(self._quiet.zone))
        return Reply((Part("text", text),), (*choices, Choice(Wording.QUIET_STOP, Code.ADMIN.to("yquiet-off"))))


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
