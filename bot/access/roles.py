"""Who may do what: owners stand in the settings of the program, other roles in the store."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Final, Protocol

from bot.errors import RightsUnknownError, StorageError
from bot.records.chats import channel_of
from bot.records.roles import Role
from bot.wording import Admin as Wording

ROLES: Final[tuple[Role, ...]] = ("host", "editor", "owner")
"""From the least to the most."""
GRANTABLE: Final[tuple[Role, ...]] = ("host", "editor")
"""Those that can be given; who owns the bot stands in ADMINS alone, whatever a store may say."""
_log = logging.getLogger(__name__)


class RoleReader(Protocol):
    """The roles that were given, read."""

    async def find_role(self, member: str) -> Role | None:
        """The role that was given to ``member``, if any. Raises StorageError."""


class RolePolicy:
    """Tells at the moment of an action whether a member may do it. ``owners`` are those of ADMINS.

    ``accounts`` gives all accounts of a member's person, and may raise StorageError. A role holds for all of them whose
    channel is one of ``identified``: there a platform vouches for who somebody is. Any other account, such as a cookie
    of the page, stands for itself.
    """

    def __init__(
        self,
        owners: Sequence[str],
        roles: RoleReader,
        accounts: Callable[[str], Awaitable[Sequence[str]]] | None = None,
        identified: Collection[str] = (),
    ) -> None:
        self._owners = frozenset(owners)
        self._roles = roles
        self._accounts = accounts
        self._identified = frozenset(identified)

    @property
    def owners(self) -> frozenset[str]:
        """The members who may do everything."""
        return self._owners

    async def role_of(self, member: str) -> Role | None:
        """The role of ``member``; none if the store cannot tell: a right that is in doubt is no right."""
        try:
            return await self.read_role(member)
        except RightsUnknownError:
            return None

    async def read_role(self, member: str) -> Role | None:
        """The role of ``member``, if any. Raises RightsUnknownError if the store cannot tell."""
        if member in self._owners:
            return "owner"
        try:
            accounts = [one for one in await self._all_accounts(member) if one == member or self.is_shared(member, one)]
            if not self._owners.isdisjoint(accounts):
                return "owner"
            given = [await self._roles.find_role(account) for account in accounts]
        except StorageError as error:
            _log.warning("a role cannot be read: %s", error)
            raise RightsUnknownError(Wording.UNSURE) from None
        return max((role for role in given if role in GRANTABLE), key=ROLES.index, default=None)

    def is_shared(self, account: str, other: str) -> bool:
        """Whether a role of one of two linked accounts is the other's as well."""
        return {channel_of(account), channel_of(other)} <= self._identified

    async def _all_accounts(self, member: str) -> Sequence[str]:
        if self._accounts is None or channel_of(member) not in self._identified:
            return (member,)
        return await self._accounts(member)

    async def may(self, member: str, needed: Role) -> bool:
        """Whether ``member`` has the role ``needed``, or more; not if the store cannot tell."""
        return includes(await self.role_of(member), needed)

    async def read_may(self, member: str, needed: Role) -> bool:
        """As ``may``, for what must not take doubt for a no. Raises RightsUnknownError if the store cannot tell."""
        return includes(await self.read_role(member), needed)


def includes(role: Role | None, needed: Role) -> bool:
    """Whether who has ``role`` may do what takes ``needed``."""
    return role is not None and ROLES.index(role) >= ROLES.index(needed)
