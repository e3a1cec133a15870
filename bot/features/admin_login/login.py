"""Who may enter the page for admins: by a link that the bot gave, once; then by a cookie, while the right lasts."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from bot.access.quotas import AuditLog, AuditQuota
from bot.access.roles import RolePolicy, includes
from bot.access.secret import Secret
from bot.conversation.messages import Part, Reply
from bot.features.admin_login.signed_token import SignedToken, sign_token, verify_token
from bot.records.feedback import Clock
from bot.records.roles import AuditRecord, Role
from bot.wording import Console as Words
from bot.wording import Insight as Wording

if TYPE_CHECKING:
    from bot.storage.first_writer import FirstWriter


_log = logging.getLogger(__name__)
LINK_LASTS = timedelta(minutes=10)
COOKIE_LASTS = timedelta(hours=12)
NEEDED: Final[Role] = "editor"

Refusal = Literal["altered", "expired", "used", "no right"]


@dataclass(frozen=True, slots=True)
class LoginRefused:
    """Why somebody was not let in; ``person`` is empty if nobody knows who that was."""

    why: Refusal
    person: str = ""


@dataclass(frozen=True, slots=True)
class AdminSession:
    """Who sees the page; ``owner``: also what owners alone may see."""

    person: str
    owner: bool = False


class AdminLogin:
    """Gives out links, lets people in. ``new_nonce`` gives what nobody can guess.

    ``current`` reads the secret anew, as another process may have changed it; None: it never changes.
    """

    def __init__(
        self,
        secret: Secret,
        used: FirstWriter,
        rights: RolePolicy,
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
        self._quota = AuditQuota(audit)

    async def refresh(self) -> None:
        """Sign by the secret of this moment from now on. Raises StorageError."""
        if self._current is not None:
            self._secret = await self._current()

    def issue_link(self, person: str) -> str:
        """What lets ``person`` in, once, within ten minutes."""
        token = SignedToken(person, self._clock() + LINK_LASTS, self._new_nonce())
        return sign_token(self._secret, "link", token)

    async def verify_link(self, link: str, request_id: str) -> LoginRefused | None:
        """Why ``link`` lets nobody in, audited; None if it does. It is not used up by this. Raises StorageError."""
        checked = await self._checked(link)
        if isinstance(checked, LoginRefused):
            return await self.audit_refusal(checked, request_id)
        if await self._used.is_used(checked.nonce):
            return await self.audit_refusal(LoginRefused("used", checked.person), request_id)
        return None

    async def redeem_link(self, link: str, request_id: str) -> str | LoginRefused:
        """Use up ``link``: the cookie for who comes by it, or why nobody does. Audited. Raises StorageError."""
        checked = await self._checked(link)
        if isinstance(checked, LoginRefused):
            return await self.audit_refusal(checked, request_id)
        if not await self._used.use(checked.nonce, checked.until, self._clock()):
            return await self.audit_refusal(LoginRefused("used", checked.person), request_id)
        await self._audit.append(AuditRecord(self._clock(), checked.person, "console", "", True, request_id))
        token = SignedToken(checked.person, self._clock() + COOKIE_LASTS, self._new_nonce())
        return sign_token(self._secret, "cookie", token)

    async def session_of(self, cookie: str) -> AdminSession | None:
        """Who comes with ``cookie``, as far as that person may see the page at this moment. Raises StorageError."""
        token = await self._valid(cookie)
        if token is None or await self._used.is_used(token.nonce):
            return None
        role = await self._rights.role_of(token.person)
        return AdminSession(token.person, owner=role == "owner") if includes(role, NEEDED) else None

    async def revoke_session(self, cookie: str) -> None:
        """Let ``cookie``, and every copy of it, open nothing any more. Raises StorageError."""
        token = await self._valid(cookie)
        if token is not None:
            await self._used.use(token.nonce, token.until, self._clock())

    async def audit_refusal(self, refused: LoginRefused, request_id: str) -> LoginRefused:
        """Audit that somebody was refused, as far as there is room. Raises StorageError.

        Whoever has a link can come by it without end, whether it lets them in or not. All of that is in the program's
        log.
        """
        fields = {"request_id": request_id, "person": refused.person, "what": refused.why}
        _log.warning("refused: console", extra=fields)
        row = AuditRecord(self._clock(), refused.person, "console", Words.REASONS[refused.why], False, request_id)
        await self._quota.try_append(row, kind=f"link {refused.why}")
        return refused

    async def _valid(self, cookie: str) -> SignedToken | None:
        await self.refresh()
        token = verify_token(self._secret, "cookie", cookie)
        return None if token is None or token.until <= self._clock() else token

    async def _checked(self, link: str) -> SignedToken | LoginRefused:
        await self.refresh()
        token = verify_token(self._secret, "link", link)
        if token is None:
            return LoginRefused("altered")
        if token.until <= self._clock():
            return LoginRefused("expired", token.person)
        return token if await self._rights.may(token.person, NEEDED) else LoginRefused("no right", token.person)


def make_login_link(
    login: AdminLogin, address: Callable[[], str], *, public: bool
) -> Callable[[str], Awaitable[Reply]]:
    """What gives a member the link to the page at ``address``; not ``public``: it opens on this machine alone."""

    async def invite(person: str) -> Reply:
        await login.refresh()
        minutes = LINK_LASTS // timedelta(minutes=1)
        link = f"{address().rstrip('/')}/admin/enter?t={login.issue_link(person)}"
        parts = (Part("text", Wording.LINK.format(minutes=minutes)), Part("text", link))
        return Reply(parts if public else (*parts, Part("note", Wording.LINK_HERE)), private=True)

    return invite
