"""Members of the page: a name said once, and the browser that may use it.

A cookie is all that tells one visitor from another. A member's is good in the kind of browser it was given to: one that
was copied by mistake is told from it, while who changes to the pages of a desktop on the same device stays a member.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.access.member_names import NameRefusedError, shown_name
from bot.access.quotas import NAMES, VisitorQuota
from bot.records.contests import MemberRecord, SettingRecord
from bot.records.feedback import Clock
from bot.wording import Web

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository
    from bot.storage.page import PageRepository

_BROWSER: Final = "browser"  # a setting of a member: the kind of browser that the name was said in
_SYSTEMS: Final = ("HarmonyOS", "OpenHarmony", "Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
_FAMILIES: Final = ("MicroMessenger", "DingTalk", "QQ", "Edg", "OPR", "Firefox", "CriOS", "Chrome", "Safari")
_SWITCHED: Final = {
    "HarmonyOS": "Linux",
    "OpenHarmony": "Linux",
    "Android": "Linux",
    "iPhone": "Macintosh",
    "iPad": "Macintosh",
}
"""What a phone or tablet says of itself while it asks for the pages of a desktop."""


class PageMembers:
    """Who is called what on the page. Every method raises StorageError if the store cannot be used."""

    def __init__(
        self, store: ContestRepository, page: PageRepository, clock: Clock = lambda: datetime.now(UTC)
    ) -> None:
        self._clock = clock
        self._named = VisitorQuota("names", *NAMES)
        self._store = store
        self._page = page
        self._turn = asyncio.Lock()  # or two might take one name at the same time

    async def find(self, member: str) -> tuple[str, str]:
        """The name of ``member`` and the kind of browser that it was said in; nothing for a guest."""
        browser = await self._store.setting(member, _BROWSER)
        if not browser:
            return "", ""
        return (await self._store.names({member})).get(member, ""), browser

    async def introduce(self, member: str, name: str, browser: str, origin: str = "", *, shared: bool = False) -> str:
        """Call ``member`` by that name from now on; gives it as it is shown. Raises NameRefusedError.

        ``origin``: the address of a visitor, from which only so many are named in a day; ``shared``: by many.
        """
        shown = shown_name(name)
        async with self._turn:
            others = [one for one in await self._page.members_named(shown) if one != member]
            if others:
                raise NameRefusedError(Web.NAME_TAKEN.format(name=shown))
            known = await self._store.setting(member, _BROWSER)
            if not (known or self._named.try_acquire(origin, self._clock().date(), shared=shared)):
                raise NameRefusedError(Web.NAME_TOO_MANY)
            await self._store.save(MemberRecord(member, shown), SettingRecord(member, _BROWSER, browser))
        return shown


def browser_kind(user_agent: str) -> str:
    """System and family of a browser, without versions, which change."""
    system = next((one for one in _SYSTEMS if one in user_agent), "-")
    family = next((one for one in _FAMILIES if one in user_agent), "-")
    return f"{system}/{family}"


def is_same_kind(kind: str, other: str) -> bool:
    """Whether both may be one browser, as ``browser_kind`` gives them; it may ask for the desktop's pages or not."""
    (system, _, family), (other_system, _, other_family) = kind.partition("/"), other.partition("/")
    same = _SWITCHED.get(system, system) == _SWITCHED.get(other_system, other_system)
    return same and family == other_family
