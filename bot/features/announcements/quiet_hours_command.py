"""/quiet: the hours in which a chat hears nothing of the bot's own accord."""

from __future__ import annotations

from bot.access.audit_quota import AuditLog
from bot.access.roles import RolePolicy
from bot.chats.quiet_hours import parse_quiet_hours
from bot.chats.quiet_hours_repository import QuietHoursRepository
from bot.chats.time_zone_names import zone_name
from bot.conversation.channel import Channels
from bot.conversation.chat_permissions import ChatPermissions
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say, told, with_topic_note
from bot.records.feedback import Clock
from bot.wording import Notices as Wording


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
