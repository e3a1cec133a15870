"""Who may set how a chat is: everybody for themselves; in a group its admins of this moment, and quiz hosts.

What is set in a group, and who tried to and may not, is in the audit log before it is done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.access.quotas import AuditLog, AuditQuota
from bot.conversation.channel import Channels
from bot.conversation.messages import Incoming
from bot.errors import RightsUnknownError
from bot.records.feedback import Clock
from bot.records.roles import AuditRecord
from bot.text import readable, shorten
from bot.wording import Admin as Wording

MAX_WANTED = 40  # characters of what is set that the audit log keeps
_IN_GROUPS = "groups"  # anybody can be admin of a group: what such admins set hides nobody's refusal


class ChatPermissions:
    """``is_host`` tells whether a member rules everywhere, asked at each action."""

    def __init__(
        self, channels: Channels, is_host: Callable[[str], Awaitable[bool]], audit: AuditLog, clock: Clock
    ) -> None:
        self._channels = channels
        self.is_host = is_host
        self._audit = audit
        self._quota = AuditQuota(audit)
        self._clock = clock

    async def is_moderator(self, incoming: Incoming) -> bool:
        """Whether this person is a quiz host or, at this very moment, an admin of the chat.

        Raises RightsUnknownError.
        """
        return await self.is_host(incoming.person) or await self._is_chat_admin(incoming)

    async def may(self, action: str, wanted: str, incoming: Incoming) -> bool:
        """Whether this person may set what ``action`` sets to ``wanted``; nothing is wanted by who only looks.

        Raises StorageError where that cannot be written down, RightsUnknownError where nobody can tell just now; then
        nothing is written down.
        """
        if incoming.is_private:
            return True
        host = await self.is_host(incoming.person)
        allowed = host or await self._is_chat_admin(incoming)
        if allowed and not wanted:
            return True
        # what a member typed who may not set it is not ours to keep
        detail = f"{incoming.chat} {shorten(readable(wanted), MAX_WANTED)}" if allowed else incoming.chat
        row = AuditRecord(self._clock(), incoming.person, action, detail, allowed, incoming.request_id)
        if host:
            await self._audit.append(row)
        else:
            await self._quota.try_append(row, kind=_IN_GROUPS if allowed else "")
        return allowed

    async def _is_chat_admin(self, incoming: Incoming) -> bool:
        channel = self._channels.of(incoming.chat)
        heads = channel is not None and await channel.is_admin(incoming.chat, incoming.person)
        if heads is None:
            raise RightsUnknownError(Wording.UNSURE)
        return heads
