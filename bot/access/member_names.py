"""Names of members: how one that is typed is shown; saved if they are new, looked up for boards and the audit log."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from cachetools import FIFOCache

from bot.errors import StorageError
from bot.records.contests import MemberRecord
from bot.text import readable
from bot.wording import Web

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


MAX_NAME = 64  # characters
MAX_KNOWN = 20_000
MAX_TYPED: Final = 20
"""Characters of a name that somebody types."""
_SPACES = re.compile(r"\s+")
_log = logging.getLogger(__name__)


class NameRefusedError(Exception):
    """A name that cannot be had; the text is the sentence for who wanted it."""


def shown_name(typed: str, limit: int = MAX_TYPED) -> str:
    """``typed`` as others will see it, in one line, without marks that mean something on a page or in a sheet.

    Raises NameRefusedError.
    """
    name = _SPACES.sub(" ", readable(unicodedata.normalize("NFKC", readable(typed)))).strip()
    if not any(char.isalnum() for char in name):
        raise NameRefusedError(Web.NAME_EMPTY)
    if any(char in "<>&\"'`\\/" for char in name):
        raise NameRefusedError(Web.NAME_MARKS)
    if len(name) > limit:
        raise NameRefusedError(Web.NAME_LONG.format(limit=limit))
    return name


def told_apart(names: Mapping[str, str], nameless: str) -> dict[str, str]:
    """The names of members as a list shows them: of one name each with a number that hangs on the member alone.

    ``nameless`` stands for who has no name.
    """
    shown = {member: name or nameless for member, name in names.items()}
    many = {name for name, times in Counter(shown.values()).items() if times > 1}
    return {member: f"{name}#{_tag(member)}" if name in many else name for member, name in shown.items()}


def _tag(member: str) -> str:
    return f"{int(sha256(member.encode()).hexdigest()[:8], 16) % 1000:03d}"


class MemberNameCache:
    """The shown names of members; those seen last are known without a look at the store."""

    def __init__(self, store: ContestRepository, limit: int = MAX_KNOWN) -> None:
        self._store = store
        self._known: FIFOCache[str, str] = FIFOCache(limit)

    def record_seen(self, member: str, name: str) -> tuple[MemberRecord, ...]:
        """A member was met under this name: the row to keep, if it is news."""
        name = readable(name).strip()[:MAX_NAME]  # no database keeps a NUL or half a character
        if not name or self._known.get(member) == name:
            return ()
        self._known[member] = name
        return (MemberRecord(member, name),)

    async def names_of(self, members: Iterable[str]) -> dict[str, str]:
        """The names of ``members``, as far as they are known. Raises StorageError."""
        wanted = set(members)
        unknown = wanted - self._known.keys()
        if unknown:
            for member, name in (await self._store.names(unknown)).items():
                self._known[member] = name
        return {member: self._known[member] for member in wanted if member in self._known}

    def forget(self, member: str) -> None:
        """Know nothing of a member any more."""
        self._known.pop(member, None)


class AdminNameRecorder:
    """Saves what admins are called, so that versions and the audit log name them and not a number alone."""

    def __init__(self, store: ContestRepository) -> None:
        self._store = store
        self._names = MemberNameCache(store)

    async def record_seen(self, member: str, name: str) -> None:
        """Keep that ``member``, who did something, is called ``name``. Never raises: a number names them too."""
        rows = self._names.record_seen(member, name)
        if not rows:
            return
        try:
            await self._store.save(*rows)
        except StorageError as error:
            self._names.forget(member)  # the next time it is news again
            _log.warning("the name of an admin is not kept: %s", error)
