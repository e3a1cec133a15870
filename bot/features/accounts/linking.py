"""/link gives a code that joins two accounts, /unlink parts them again: scores and wrong answers follow.

Whoever has a code can take part in all that belongs to its account, and gives what belongs to theirs. So a code is for
ten minutes and one use, cannot be guessed, and is used only after both accounts were shown by name. A role follows
between platforms that know who somebody is, never to the page, where a cookie of a year is all that tells.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from cachetools import FIFOCache

from bot.access.members import MemberLabels
from bot.access.quotas import AuditLog
from bot.access.roles import RolePolicy
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.channel import Channels
from bot.conversation.messages import Choice, Code, Incoming, Part, Reply, say
from bot.conversation.router import Feature, Handle, Handler
from bot.records.accounts import LinkCode
from bot.records.chats import channel_of
from bot.records.feedback import Clock
from bot.records.roles import AuditRecord
from bot.text import clean
from bot.wording import Accounts as Wording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository
    from bot.storage.first_writer import FirstWriter

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What a code is made of: no two of these are mistaken for each other."""
LENGTH: Final = 8
LIFETIME: Final = timedelta(minutes=10)
MAX_WRONG: Final = 5  # codes that an account may get wrong within LIFETIME
MAX_ACCOUNTS: Final = 10  # of one person
_MAX_KEPT: Final = 5_000
_NO: Final = "no"
_MANY: Final = frozenset({"web"})  # channels on which one person may have several accounts
_log = logging.getLogger(__name__)


class FailedAttempts:
    """Wrong codes within LIFETIME by account, counted in memory.

    Not of all together: codes are too many to be found by trying, and whoever likes could keep everybody from linking.
    """

    def __init__(self) -> None:
        self._by_account: FIFOCache[str, deque[datetime]] = FIFOCache(_MAX_KEPT)

    def are_too_many(self, account: str, now: datetime) -> bool:
        """Whether ``account`` may not try another code now."""
        own = self._by_account.get(account, deque())
        while own and own[0] <= now - LIFETIME:
            own.popleft()
        return len(own) >= MAX_WRONG

    def add(self, account: str, now: datetime) -> None:
        """``account`` got a code wrong."""
        self._by_account.setdefault(account, deque()).append(now)


class AccountLinking:
    """``new_code`` makes a code of LENGTH characters of ALPHABET, by a source that nobody can foresee.

    ``first`` lets each code be used once, in whichever process. ``audit`` is told if one of the two has a role.
    """

    def __init__(
        self,
        store: ContestRepository,
        first: FirstWriter,
        rights: RolePolicy,
        audit: AuditLog,
        channels: Channels,
        *,
        guard: AnswerGuard,
        clock: Clock,
        new_code: Callable[[], str],
    ) -> None:
        self._store = store
        self._first = first
        self._rights = rights
        self._audit = audit
        self._channels = channels
        self._guard = guard
        self._clock = clock
        self._new_code = new_code
        self._failed = FailedAttempts()
        self._turn = asyncio.Lock()  # or two codes used at once might join what must not be one person

    def feature(self, guarded: Callable[[Handle], Handler]) -> Feature:
        """/link and /unlink; ``guarded`` says so where quizzes are paused, and asks for a name where there is none."""
        return Feature(
            commands={"link": guarded(self.link), "unlink": guarded(self.unlink)},
            code=Code.QUIZ,
            buttons={"u": guarded(self.press)},
        )

    async def link(self, rest: str, incoming: Incoming) -> Reply:
        """A code for this account, or what the code ``rest`` would join, to be confirmed. Raises StorageError."""
        if not incoming.is_private:
            return say(Wording.PRIVATE)
        if not rest.strip():
            return await self._give(incoming)
        code = _spelled(rest)
        giver = await self._find(code, incoming)
        if isinstance(giver, Reply):
            return giver
        names = await MemberLabels.load((giver, incoming.person), self._store)
        text = Wording.CONFIRM.format(other=_called(giver, names), own=_called(incoming.person, names))
        choices = (Choice(Wording.YES, Code.QUIZ.to(f"u-{code}")), Choice(Wording.NO, Code.QUIZ.to(f"u-{_NO}")))
        role = Wording.CONFIRM_ROLE if self._rights.is_shared(giver, incoming.person) else Wording.CONFIRM_NO_ROLE
        return Reply(
            (Part("text", text), Part("note", role), Part("note", Wording.CONFIRM_OWN)), choices, transient=True
        )

    async def press(self, rest: str, incoming: Incoming) -> Reply:
        """Join two accounts, or do not. Raises StorageError."""
        if not incoming.is_private:
            return say(Wording.PRIVATE)
        if rest == _NO:
            return replace(say(Wording.NOTHING), edits_message=True)
        async with self._turn:
            giver = await self._redeem(_spelled(rest), incoming)
        if isinstance(giver, Reply):
            return giver
        names = await MemberLabels.load((giver, incoming.person), self._store)
        channel = self._channels.of(giver)
        if channel is not None:
            await channel.post(giver, say(Wording.TOLD.format(other=_called(incoming.person, names))))
        return say(Wording.LINKED.format(other=_called(giver, names)))

    async def unlink(self, _: str, incoming: Incoming) -> Reply:
        """Part this account from the others of its person. Raises StorageError."""
        if not incoming.is_private:
            return say(Wording.PRIVATE)
        async with self._turn:
            _own, *others = await self._store.accounts_of(incoming.person)
            if not others:
                return say(Wording.NOT_LINKED)
            now = self._clock()
            await self._write_audit("unlink", incoming, others[0], now)
            await self._store.unlink_account(incoming.person, now)
            self._guard.linked = await self._store.linked_accounts()
        names = await MemberLabels.load(others, self._store)
        return say(Wording.UNLINKED.format(others=Wording.AND.join(_called(other, names) for other in others)))

    async def _redeem(self, code: str, incoming: Incoming) -> str | Reply:
        """Join the account that gave ``code`` with this one: that account, or why they are not joined."""
        giver = await self._find(code, incoming)
        if isinstance(giver, Reply):
            return giver
        now = self._clock()
        await self._write_audit("link", incoming, giver, now)
        if not await self._first.use(f"link-{_digest(code)}", now + LIFETIME, now):
            return say(Wording.WRONG_CODE)
        await self._store.delete_link_code(_digest(code))
        await self._store.link_accounts(giver, incoming.person, now)
        self._guard.linked = await self._store.linked_accounts()
        return giver

    async def _give(self, incoming: Incoming) -> Reply:
        now = self._clock()
        code = self._new_code()
        await self._store.save_link_code(LinkCode(_digest(code), incoming.person, now + LIFETIME), now)
        minutes = int(LIFETIME.total_seconds() // 60)
        shown = f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
        parts = (Part("title", Wording.CODE.format(code=shown)), Part("text", Wording.HOW.format(code=shown)))
        _, *others = await self._store.accounts_of(incoming.person)
        names = await MemberLabels.load(others, self._store)
        linked = Wording.ALREADY.format(others=Wording.AND.join(_called(other, names) for other in others))
        already = (Part("note", linked),) if others else ()
        return Reply(
            (*parts, *already, Part("note", Wording.KEEP_IT.format(minutes=minutes))), private=True, transient=True
        )

    async def _find(self, code: str, incoming: Incoming) -> str | Reply:
        """The account that gave ``code``, or why it cannot be joined with this one. Raises StorageError."""
        now = self._clock()
        if self._failed.are_too_many(incoming.person, now):
            return say(Wording.TOO_MANY)
        kept = await self._store.find_link_code(_digest(code), now)
        if kept is None:
            self._failed.add(incoming.person, now)
            return say(Wording.WRONG_CODE)
        accounts = await self._store.accounts_of(kept.account)
        mine = await self._store.accounts_of(incoming.person)
        if incoming.person in accounts:
            return say(Wording.SAME if incoming.person == kept.account else Wording.ALREADY_THIS)
        channels = [channel_of(account) for account in (*accounts, *mine) if channel_of(account) not in _MANY]
        if len(channels) != len(set(channels)) or len(accounts) + len(mine) > MAX_ACCOUNTS:
            return say(Wording.SAME_CHANNEL)
        return kept.account

    async def _write_audit(self, action: str, incoming: Incoming, other: str, now: datetime) -> None:
        """Write who joined what, or parted, if one of the two has a role. Raises StorageError."""
        if await self._rights.role_of(incoming.person) is None and await self._rights.role_of(other) is None:
            return
        await self._audit.append(AuditRecord(now, incoming.person, action, other, True, incoming.request_id))


def _called(account: str, names: MemberLabels) -> str:
    """An account as people know it: a name and where it is."""
    where = Wording.CHANNELS.get(channel_of(account), channel_of(account))
    name = names.short(account)
    return Wording.ACCOUNT.format(name=name, where=where) if name != account else where


def _spelled(code: str) -> str:
    """A code as it was given, however it was typed."""
    return "".join(char for char in clean(code).upper() if char.isascii() and char.isalnum())[: 2 * LENGTH]


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
