"""Accounts that belong to one person, and the codes that join them.

Nothing is rewritten when accounts are joined: every row keeps the account that it came from, and what is read of a
person is read of all accounts. So they can be parted again at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from bot.records.accounts import LinkCode, LinkedAccount
from bot.storage.repository import Repository, UnitOfWork
from bot.storage.schema import link_codes, linked_accounts


class AccountRepository(Repository):
    """Accounts that are not linked belong to persons of their own."""

    async def accounts_of(self, account: str) -> tuple[str, ...]:
        """All accounts of the person who has ``account``, that one first."""
        person = select(linked_accounts.c.person).where(linked_accounts.c.account == account).scalar_subquery()
        query = select(linked_accounts.c.account).where(linked_accounts.c.person == person)
        others = sorted(row[0] for row in await self._fetch(query) if row[0] != account)
        return (account, *others)

    async def person_of(self, account: str) -> str:
        """What the person who has ``account`` is called in rankings."""
        query = select(linked_accounts.c.person).where(linked_accounts.c.account == account)
        return next((str(row[0]) for row in await self._fetch(query)), account)

    async def linked_accounts(self) -> Mapping[str, frozenset[str]]:
        """Every account that is linked → all accounts of its person."""
        together: defaultdict[str, set[str]] = defaultdict(set)
        for account, person in await self._fetch(select(linked_accounts.c.account, linked_accounts.c.person)):
            together[person].add(account)
        return {account: frozenset(found) for found in together.values() for account in found}

    async def link_accounts(self, account: str, other: str, now: datetime) -> None:
        """Let ``other``, and what is linked with it, belong to the person of ``account``."""
        person = await self.person_of(account)
        joined = {*await self.accounts_of(account), *await self.accounts_of(other)}
        await self._save(*(LinkedAccount(one, person, now) for one in sorted(joined)))

    async def unlink_account(self, account: str, now: datetime) -> None:
        """Let ``account`` belong to a person of its own; the others stay together."""
        _, *others = await self.accounts_of(account)
        person = await self.person_of(account)
        if person == account and others:
            person = others[0]
        together = others if len(others) > 1 else []
        parted = {account, *others} - {*together}
        await self._write(
            UnitOfWork(
                tuple(LinkedAccount(one, person, now) for one in together),
                (delete(linked_accounts).where(linked_accounts.c.account.in_(parted)),),
            )
        )

    async def save_link_code(self, code: LinkCode, now: datetime) -> None:
        """Save ``code`` in place of an earlier one of its account; those that have expired go."""
        earlier = (link_codes.c.account == code.account) & (link_codes.c.digest != code.digest)
        await self._write(UnitOfWork((code,), (delete(link_codes).where(earlier | (link_codes.c.expires_at < now)),)))

    async def find_link_code(self, digest: str, now: datetime) -> LinkCode | None:
        """The code of that digest, if there is one that has not expired."""
        query = select(link_codes).where(link_codes.c.digest == digest, link_codes.c.expires_at > now)
        return next((LinkCode(*row) for row in await self._fetch(query)), None)

    async def delete_link_code(self, digest: str) -> None:
        """Delete that code: it was used."""
        await self._execute(delete(link_codes).where(link_codes.c.digest == digest))
