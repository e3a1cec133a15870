"""How much is listened to: token buckets, one a member and one a chat. Moments come in as seconds.

A bucket holds what may be asked in a minute and fills evenly. Once it is empty it stays shut until a sixth of it is
there again: whoever is told to wait for some seconds can ask a few questions then, and is not told after each of them.

In a chat each member has a share that the others cannot use up: who asks little is heard while the chat's bucket is
empty. Whoever is refused there is told by himself.

It is said once that somebody asks more than is listened to; then nothing until there is room again. Help, and the ways
out of what was begun, are counted apart: whoever asks too much still gets those.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Final, Literal

from cachetools import LRUCache

from bot.access.roles import RolePolicy
from bot.conversation.commands import Command
from bot.conversation.messages import Code, Incoming, Reply, told
from bot.records.chats import group_of
from bot.wording import Notices as Wording

MAX_KEPT: Final = 10_000
MINUTE: Final = 60.0
_ROOM: Final = 1 / 6  # of a bucket, before it opens again
_SHARE: Final = 1 / 20  # of a chat's bucket, that each member has whatever the others ask

Scope = Literal["member", "chat"]
_ALWAYS = frozenset({"help", "start", "stop", "skip", "forget"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Too much came: from a member or a chat of that key. There is room again in ``seconds``.

    ``member``: who is refused.
    """

    scope: Scope
    key: str
    seconds: int
    member: str = ""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    sent_at: float  # of the latest message
    arrived_at: float
    reopens_by_sent: float | None = None  # empty until a message was sent then, or arrived at the next; None: open
    reopens_by_arrival: float = 0.0
    notified: bool = False


class _Buckets:
    """The buckets of all members, or of all chats; the longest unused go first when there are too many."""

    def __init__(self, per_minute: int, limit: int) -> None:
        self._size = float(per_minute)
        self._by_key: LRUCache[str, _Bucket] = LRUCache(limit)

    def __len__(self) -> int:
        return len(self._by_key)

    def refilled(self, key: str, moment: float, came: float) -> _Bucket:
        """The bucket of ``key``, filled by the time that passed until ``moment``, or until ``came`` if that is longer.

        What comes out of turn empties nothing; and whatever clocks say, nobody waits for longer than was told.
        """
        bucket = self._by_key.get(key)
        if bucket is None:
            bucket = self._by_key[key] = _Bucket(self._size, moment, came)
        passed = max(moment - bucket.sent_at, came - bucket.arrived_at, 0.0)
        bucket.tokens = min(bucket.tokens + passed * self._size / MINUTE, self._size)
        bucket.sent_at, bucket.arrived_at = max(bucket.sent_at, moment), max(bucket.arrived_at, came)
        if bucket.reopens_by_sent is not None and (
            bucket.sent_at >= bucket.reopens_by_sent or bucket.arrived_at >= bucket.reopens_by_arrival
        ):
            bucket.reopens_by_sent, bucket.notified = None, False
            bucket.tokens = max(bucket.tokens, self._room)
        return bucket

    def find(self, key: str) -> _Bucket | None:
        """The bucket of ``key``, if there is one."""
        return self._by_key.get(key)

    def seconds_to_wait(self, bucket: _Bucket) -> int:
        """Seconds until there is room in a bucket of these; 0 if there is. An empty one is shut from now on."""
        if bucket.reopens_by_sent is None:
            if bucket.tokens >= 1.0:
                return 0
            seconds = (self._room - bucket.tokens) * MINUTE / self._size
            bucket.reopens_by_sent = bucket.sent_at + seconds
            bucket.reopens_by_arrival = bucket.arrived_at + seconds
        return max(ceil(min(bucket.reopens_by_sent - bucket.sent_at, bucket.reopens_by_arrival - bucket.arrived_at)), 1)

    @property
    def _room(self) -> float:
        return max(self._size * _ROOM, 1.0)


class RateLimits:
    """Counts what comes. ``member`` and ``chat``: how much each may ask in a minute, or at once; 0 for no limit.

    At most ``kept`` members and as many chats are remembered; whoever is forgotten begins with a full bucket.
    """

    def __init__(self, member: int, chat: int, *, kept: int = MAX_KEPT) -> None:
        self._by: dict[Scope, _Buckets] = {}
        self._shares = _Buckets(max(int(chat * _SHARE), 1), kept)
        if member:
            self._by["member"] = _Buckets(member, kept)
        if chat:
            self._by["chat"] = _Buckets(chat, kept)

    def __len__(self) -> int:
        return sum(len(buckets) for buckets in self._by.values())

    def try_acquire(self, member: str, chat: str, moment: float, came: float | None = None) -> RateLimited | None:
        """Count one question of ``member`` in ``chat`` (nothing: nobody else is there), said at ``moment``.

        ``came`` is when it got here, by a clock that nobody sets; left out, it came when it was said. If it is
        refused, nothing is counted.
        """
        came = moment if came is None else came
        taken = []
        members, chats = self._by.get("member"), self._by.get("chat")
        if members is not None:
            bucket = members.refilled(member, moment, came)
            if wait := members.seconds_to_wait(bucket):
                return RateLimited("member", member, wait, member)
            taken.append(bucket)
        if chats is not None and chat:
            bucket = chats.refilled(chat, moment, came)
            share = self._shares.refilled(_share_of(member, chat), moment, came)
            wait = chats.seconds_to_wait(bucket)
            if wait and share.tokens < 1.0:
                share.reopens_by_sent, share.reopens_by_arrival = bucket.reopens_by_sent, bucket.reopens_by_arrival
                return RateLimited("chat", chat, wait, member)
            share.tokens = max(share.tokens - 1.0, 0.0)
            taken += [] if wait else [bucket]
        for bucket in taken:
            bucket.tokens -= 1.0
        return None

    def should_notify(self, refused: RateLimited) -> bool:
        """Whether ``refused`` is still to be told; it is not again before there was room."""
        if refused.scope == "chat":
            bucket = self._shares.find(_share_of(refused.member, refused.key))
        else:
            bucket = self._by[refused.scope].find(refused.key)
        if bucket is None or bucket.notified:
            return False
        bucket.notified = True
        return True


def _share_of(member: str, chat: str) -> str:
    return f"{chat}\0{member}"


class Limiter:
    """Counts by ``limits``; whoever has a role by ``rights`` is always listened to.

    ``stopwatch`` gives seconds that go on whatever is done to the clock; None: the clock does, too.
    """

    def __init__(self, limits: RateLimits, rights: RolePolicy, stopwatch: Callable[[], float] | None = None) -> None:
        self._limits = limits
        self._rights = rights
        self._stopwatch = stopwatch

    async def refuse(self, incoming: Incoming, now: datetime, command: Command | None) -> Reply | None:
        """Count ``incoming``, which is ``command``; the reply if it is too much, empty if that was said. Never raises.

        A message counts at the moment when it was said: what waited while the bot was away is no flood.
        """
        if incoming.skip_rate_limit:
            return None
        clock = now.timestamp()
        came = clock if self._stopwatch is None else self._stopwatch()
        moment = came - max(clock - (incoming.sent_at or clock), 0.0)
        # while somebody types, each letter may be a question: that takes nothing from what is asked in earnest
        apart = "\0typing" if incoming.is_inline else "\0help" if _is_always_heard(incoming, command) else ""
        chat = "" if incoming.is_private or apart else group_of(incoming.chat)
        refused = self._limits.try_acquire(f"{incoming.person}{apart}", chat, moment, came)
        if refused is None or await self._rights.role_of(incoming.person) is not None:
            return None
        if not self._limits.should_notify(refused):
            return Reply()
        _log.warning(
            "too much from a %s, which is told and not listened to for %d s",
            refused.scope,
            refused.seconds,
            extra={"request_id": incoming.request_id, "key": refused.key},
        )
        text = Wording.TOO_FAST if refused.scope == "member" else Wording.TOO_FAST_HERE
        sentence = text.format(seconds=refused.seconds)
        return told(sentence, incoming)


def _is_always_heard(incoming: Incoming, command: Command | None) -> bool:
    """Whether ``incoming`` asks for help or leaves something."""
    if incoming.action:
        return incoming.action == Code.HELP.to()
    return command is not None and command.name in _ALWAYS
