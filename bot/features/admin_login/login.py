"""Who may enter the page for admins: by a link that the bot gave, once; then by a cookie, while the right lasts."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from bot.access.audit_quota import Attempts, AuditLog
from bot.access.roles import Rights
from bot.access.secret import Secret
from bot.conversation.messages import Part, Reply
from bot.features.admin_login.signed_token import Ticket, read_ticket, write_ticket
from bot.records.admin import Audited, Role
from bot.records.feedback import Clock
from bot.wording import Console as Words
from bot.wording import Insight as Wording

_log = logging.getLogger(__name__)
LINK_LASTS = timedelta(minutes=10)
COOKIE_LASTS = timedelta(hours=12)
NEEDED: Final[Role] = "editor"

Refusal = Literal["altered", "expired", "used", "no right"]


class UsedLinks(Protocol):
    """Where it is kept which links were used, and which cookies were given back, by any process."""

    async def use(self, nonce: str, until: datetime, now: datetime) -> bool:
        """Note that a link is used; False where it was before. Raises StorageError."""

    async def is_used(self, nonce: str) -> bool:
        """Whether a link was used. Raises StorageError."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody was not let in; ``person`` is empty where nobody knows who that was."""

    why: Refusal
    person: str = ""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who sees the page; ``owner``: also what owners alone may see."""

    person: str
    owner: bool = False


class Entrance:
    """Gives out links, lets people in. ``new_nonce`` gives what nobody can guess.

    ``current`` reads the secret anew, as another process may have changed it; None: it never changes.
    """

    def __init__(
        self,
        secret: Secret,
        used: UsedLinks,
        rights: Rights,
        audit: AuditLog,
        *,
        clock: Clock,
        new_nonce: Callable[[], str],
        current: Callable[[], Awaitable[Secret]] | None = None,
    ) -> None:
        self._secret = secret
        self._used = used
        self._rights = rights
        self._audit = audit
        self._clock = clock
        self._new_nonce = new_nonce
        self._current = current
        self._attempts = Attempts(audit)

    async def refresh(self) -> None:
        """Sign by the secret of this moment from now on. Raises StorageError."""
        if self._current is not None:
            self._secret = await self._current()

    def link(self, person: str) -> str:
        """What lets ``person`` in, once, within ten minutes."""
        ticket = Ticket(person, self._clock() + LINK_LASTS, self._new_nonce())
        return write_ticket(self._secret, "link", ticket)

    async def knock(self, link: str, request_id: str) -> Refused | None:
        """Why ``link`` lets nobody in, audited; None where it does. It is not used up by this. Raises StorageError."""
        checked = await self._checked(link)
        if isinstance(checked, Refused):
            return await self.refuse(checked, request_id)
        if await self._used.is_used(checked.nonce):
            return await self.refuse(Refused("used", checked.person), request_id)
        return None

    async def enter(self, link: str, request_id: str) -> str | Refused:
        """Use up ``link``: the cookie for who comes by it, or why nobody does. Audited. Raises StorageError."""
        checked = await self._checked(link)
        if isinstance(checked, Refused):
            return await self.refuse(checked, request_id)
        if not await self._used.use(checked.nonce, checked.until, self._clock()):
            return await self.refuse(Refused("used", checked.person), request_id)
        await self._audit.keep(Audited(self._clock(), checked.person, "console", "", True, request_id))
        ticket = Ticket(checked.person, self._clock() + COOKIE_LASTS, self._new_nonce())
        return write_ticket(self._secret, "cookie", ticket)

    async def admitted(self, cookie: str) -> Admitted | None:
        """Who comes with ``cookie``, as far as that person may see the page at this moment. Raises StorageError."""
        ticket = await self._valid(cookie)
        if ticket is None or await self._used.is_used(ticket.nonce):
            return None
        if not await self._rights.may(ticket.person, NEEDED):
            return None
        return Admitted(ticket.person, owner=await self._rights.may(ticket.person, "owner"))

    async def leave(self, cookie: str) -> None:
        """Let ``cookie``, and every copy of it, open nothing any more. Raises StorageError."""
        ticket = await self._valid(cookie)
        if ticket is not None:
            await self._used.use(ticket.nonce, ticket.until, self._clock())

    async def refuse(self, refused: Refused, request_id: str) -> Refused:
        """Audit that somebody was refused, as far as there is room. Raises StorageError.

        Whoever has a link can come by it without end, whether it lets them in or not. All of that is in the program's
        log.
        """
        fields = {"request_id": request_id, "person": refused.person, "what": refused.why}
        _log.warning("refused: console", extra=fields)
        row = Audited(self._clock(), refused.person, "console", Words.REASONS[refused.why], False, request_id)
        await self._attempts.keep(row, kind=f"link {refused.why}")
        return refused

    async def _valid(self, cookie: str) -> Ticket | None:
        await self.refresh()
        ticket = read_ticket(self._secret, "cookie", cookie)
        return None if ticket is None or ticket.until <= self._clock() else ticket

    async def _checked(self, link: str) -> Ticket | Refused:
        await self.refresh()
        ticket = read_ticket(self._secret, "link", link)
        if ticket is None:
            return Refused("altered")
        if ticket.until <= self._clock():
            return Refused("expired", ticket.person)
        return ticket if await self._rights.may(ticket.person, NEEDED) else Refused("no right", ticket.person)


def invitation(entrance: Entrance, address: Callable[[], str], *, public: bool) -> Callable[[str], Awaitable[Reply]]:
    """What gives a member the link to the page at ``address``; not ``public``: it opens on this machine alone."""

    async def invite(person: str) -> Reply:
        await entrance.refresh()
        minutes = LINK_LASTS // timedelta(minutes=1)
        link = f"{address().rstrip('/')}/admin/enter?t={entrance.link(person)}"
        parts = (Part("text", Wording.LINK.format(minutes=minutes)), Part("text", link))
        return Reply(parts if public else (*parts, Part("note", Wording.LINK_HERE)), private=True)

    return invite
