"""Who does admins' work: kept by name, so that versions and the audit log name them and not a number alone."""

from __future__ import annotations

import logging

from bot.access.member_names import MemberNameCache
from bot.errors import StorageError
from bot.records.contests import QuizStore

_log = logging.getLogger(__name__)


class AdminNameRecorder:
    """What admins are called, kept in ``store``, where it is news."""

    def __init__(self, store: QuizStore) -> None:
        self._store = store
        self._names = MemberNameCache(store)

    async def record_seen(self, member: str, name: str) -> None:
        """Keep that ``member``, who did something, is called ``name``. Never raises: a number names them too."""
        rows = self._names.record_seen(member, name)
        if not rows:
            return
        try:
            await self._store.keep(*rows)
        except StorageError as error:
            self._names.forget(member)  # the next time it is news again
            _log.warning("the name of an admin is not kept: %s", error)
