"""Members as admins write and read them: ``telegram:12345``, a bare number, a button's ``telegram.12345``, a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bot.wording import Roles as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository


# An id that begins with a dash is a group or channel, behind which anybody may speak; one with an @ is a user name.
_MEMBER = re.compile(r"([a-z]{1,20}):([A-Za-z0-9][A-Za-z0-9._@-]{0,63})", re.ASCII)
_IDS = {
    "telegram": re.compile(r"[1-9]\d{0,15}", re.ASCII),  # at most 52 bits, as Telegram says
    "wechat": re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII),  # an openid has 28 characters
}
"""What an id of a channel looks like, if that is known."""
_CHANNELS = ("telegram", "wecom", "wechat", "terminal")  # those on which a person can be told apart for good
_ANY_TELEGRAM = "telegram:1"  # there an id is a number
_BUTTON = re.compile(r"[A-Za-z0-9._-]{1,48}", re.ASCII)


def parse_member(text: str, asker: str) -> str | None:
    """The member that ``text`` names, a bare number one of the channel of ``asker``; None if it is none.

    If the asker's own id is a number, so are those of the others of that channel.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    channel, _, own = asker.partition(":")
    found = _MEMBER.fullmatch(f"{channel}:{text}" if text.isdecimal() else text)
    if found is not None and found[1] in _IDS and not _IDS[found[1]].fullmatch(found[2]):
        return None
    if found is None or (found[1] == channel and own.isdecimal() and not found[2].isdecimal()):
        return None
    return found[0]


def invalid_owner_places(owners: Sequence[str]) -> list[int]:
    """The places, counted from 1, of those ``owners`` that can be nobody."""
    return [
        place
        for place, owner in enumerate(owners, start=1)
        if owner.partition(":")[0] not in _CHANNELS or parse_member(owner, _ANY_TELEGRAM) != owner
    ]


def to_button(member: str) -> str:
    """``member`` in the letters of a button; nothing if that cannot be."""
    spelled = member.replace(":", ".", 1)
    return spelled if _MEMBER.fullmatch(member) and _BUTTON.fullmatch(spelled) else ""


def from_button(spelled: str) -> str | None:
    """The member that ``to_button`` spelled so; None for anything else, as buttons can be forged."""
    member = spelled.replace(".", ":", 1)
    return member if _MEMBER.fullmatch(member) else None


class MemberLabels:
    """How members are shown: by name and key, or by key alone if no name is known."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    @classmethod
    async def load(cls, members: Iterable[str], names: ContestRepository) -> MemberLabels:
        """For these ``members``. Raises StorageError."""
        wanted = frozenset(members)
        return cls(await names.names(wanted) if wanted else {})

    def full(self, member: str) -> str:
        """What ``member`` is called."""
        name = self._names.get(member, "")
        return Wording.WHO.format(name=name, member=member) if name else member

    def short(self, member: str) -> str:
        """The same for a button."""
        return self._names.get(member) or member
