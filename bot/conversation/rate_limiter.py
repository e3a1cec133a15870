"""Says so, once, where a member or a chat asks more than is listened to; then nothing until there is room again.

Help, and the ways out of what was begun, are counted apart: whoever asks too much still gets those.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from bot.access.rate_limit import RateLimits
from bot.access.roles import RolePolicy
from bot.conversation.buttons import Code
from bot.conversation.commands import Command
from bot.conversation.messages import Incoming, Reply
from bot.conversation.replies import told
from bot.records.chat_key import group_of
from bot.wording import Notices as Wording

_ALWAYS = frozenset({"help", "start", "stop", "skip", "forget"})
_log = logging.getLogger(__name__)


class Limiter:
    """Counts by ``limits``; whoever has a role by ``rights`` is always listened to.

    ``stopwatch`` gives seconds that go on whatever is done to the clock; None: the clock does, too.
    """

    def __init__(self, limits: RateLimits, rights: RolePolicy, stopwatch: Callable[[], float] | None = None) -> None:
        self._limits = limits
        self._rights = rights
        self._stopwatch = stopwatch

    async def refuse(self, incoming: Incoming, now: datetime, command: Command | None) -> Reply | None:
        """Count ``incoming``, which is ``command``; the reply if it is too much, empty if that was said. Never raises.

        A message counts at the moment when it was said: what waited while the bot was away is no flood.
        """
        if incoming.skip_rate_limit:
            return None
        clock = now.timestamp()
        came = clock if self._stopwatch is None else self._stopwatch()
        moment = came - max(clock - (incoming.sent_at or clock), 0.0)
        # while somebody types, each letter may be a question: that takes nothing from what is asked in earnest
        apart = "\0typing" if incoming.is_inline else "\0help" if _is_always_heard(incoming, command) else ""
        chat = "" if incoming.is_private or apart else group_of(incoming.chat)
        refused = self._limits.try_acquire(f"{incoming.person}{apart}", chat, moment, came)
        if refused is None or await self._rights.role_of(incoming.person) is not None:
            return None
        if not self._limits.should_notify(refused):
            return Reply()
        _log.warning(
            "too much from a %s, which is told and not listened to for %d s",
            refused.scope,
            refused.seconds,
            extra={"request_id": incoming.request_id, "key": refused.key},
        )
        text = Wording.TOO_FAST if refused.scope == "member" else Wording.TOO_FAST_HERE
        sentence = text.format(seconds=refused.seconds)
        return told(sentence, incoming)


def _is_always_heard(incoming: Incoming, command: Command | None) -> bool:
    """Whether ``incoming`` asks for help or leaves something."""
    if incoming.action:
        return incoming.action == Code.HELP.to()
    return command is not None and command.name in _ALWAYS
