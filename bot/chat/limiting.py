"""Says so, once, where a member or a chat asks more than is listened to; then nothing until there is room again."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.chat.administering.rights import Rights
from bot.chat.limits import Limits
from bot.chat.messages import Incoming, Reply
from bot.chat.places import group_of
from bot.chat.replies import say
from bot.wording import Notices as Wording

_log = logging.getLogger(__name__)


class Limiter:
    """Counts by ``limits``; whoever has a role by ``rights`` is always listened to."""

    def __init__(self, limits: Limits, rights: Rights) -> None:
        self._limits = limits
        self._rights = rights

    async def refuse(self, incoming: Incoming, now: datetime) -> Reply | None:
        """Count ``incoming``; the reply where it is too much, which is empty where that was said. Never raises.

        A message counts at the moment when it was said: what waited while the bot was away is no flood.
        """
        if incoming.unlimited:
            return None
        moment = min(incoming.at or now.timestamp(), now.timestamp())
        # while somebody types, each letter may be a question: that takes nothing from what is asked in earnest
        member = f"{incoming.person}\0typing" if incoming.preview else incoming.person
        refused = self._limits.take(member, "" if incoming.solo else group_of(incoming.chat), moment)
        if refused is None or await self._rights.role_of(incoming.person) is not None:
            return None
        if not self._limits.tell(refused):
            return Reply()
        _log.warning(
            "too much from a %s, which is told and not listened to for %d s",
            refused.whose,
            refused.seconds,
            extra={"request_id": incoming.request_id, "key": incoming.chat if refused.whose == "chat" else member},
        )
        text = Wording.TOO_FAST if refused.whose == "member" else Wording.TOO_FAST_HERE
        sentence = text.format(seconds=refused.seconds)
        return Reply(toast=sentence) if incoming.action else say(sentence)
