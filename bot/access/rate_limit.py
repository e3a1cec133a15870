"""How much is listened to: token buckets, one a member and one a chat. Pure: moments come in as seconds.

A bucket holds what may be asked in a minute and fills evenly. Once it is empty it stays shut until a sixth of it is
there again: whoever is told to wait for some seconds can ask a few questions then, and is not told after each of them.

In a chat each member has a share that the others cannot use up: who asks little is heard while the chat's bucket is
empty. Whoever is refused there is told by himself.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from cachetools import LRUCache

MAX_KEPT: Final = 10_000
MINUTE: Final = 60.0
_ROOM: Final = 1 / 6  # of a bucket, before it opens again
_SHARE: Final = 1 / 20  # of a chat's bucket, that each member has whatever the others ask

Whose = Literal["member", "chat"]


@dataclass(frozen=True, slots=True)
class RateLimited:
    """Too much came: from a member or a chat of that key. There is room again in ``seconds``.

    ``member``: who is refused.
    """

    whose: Whose
    key: str
    seconds: int
    member: str = ""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    seen: float  # when the latest was said
    came: float  # when the latest came
    shut: float | None = None  # until one was said then, or came at the next
    shut_by: float = 0.0
    told: bool = False


class _Buckets:
    """The buckets of all members, or of all chats; the longest unused go first when there are too many."""

    def __init__(self, per_minute: int, limit: int) -> None:
        self._size = float(per_minute)
        self._by_key: LRUCache[str, _Bucket] = LRUCache(limit)

    def __len__(self) -> int:
        return len(self._by_key)

    def at(self, key: str, moment: float, came: float) -> _Bucket:
        """The bucket of ``key``, filled by the time that passed until ``moment``, or until ``came`` if that is longer.

        What comes out of turn empties nothing; and whatever clocks say, nobody waits for longer than was told.
        """
        bucket = self._by_key.get(key)
        if bucket is None:
            bucket = self._by_key[key] = _Bucket(self._size, moment, came)
        passed = max(moment - bucket.seen, came - bucket.came, 0.0)
        bucket.tokens = min(bucket.tokens + passed * self._size / MINUTE, self._size)
        bucket.seen, bucket.came = max(bucket.seen, moment), max(bucket.came, came)
        if bucket.shut is not None and (bucket.seen >= bucket.shut or bucket.came >= bucket.shut_by):
            bucket.shut, bucket.told = None, False
            bucket.tokens = max(bucket.tokens, self._room)
        return bucket

    def find(self, key: str) -> _Bucket | None:
        """The bucket of ``key``, if there is one."""
        return self._by_key.get(key)

    def wait(self, bucket: _Bucket) -> int:
        """Seconds until there is room in a bucket of these; 0 if there is. An empty one is shut from now on."""
        if bucket.shut is None:
            if bucket.tokens >= 1.0:
                return 0
            seconds = (self._room - bucket.tokens) * MINUTE / self._size
            bucket.shut, bucket.shut_by = bucket.seen + seconds, bucket.came + seconds
        return max(ceil(min(bucket.shut - bucket.seen, bucket.shut_by - bucket.came)), 1)

    @property
    def _room(self) -> float:
        return max(self._size * _ROOM, 1.0)


class RateLimits:
    """Counts what comes. ``member`` and ``chat``: how much each may ask in a minute, or at once; 0 for no limit.

    At most ``kept`` members and as many chats are remembered; whoever is forgotten begins with a full bucket.
    """

    def __init__(self, member: int, chat: int, *, kept: int = MAX_KEPT) -> None:
        self._by: dict[Whose, _Buckets] = {}
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
            bucket = members.at(member, moment, came)
            if wait := members.wait(bucket):
                return RateLimited("member", member, wait, member)
            taken.append(bucket)
        if chats is not None and chat:
            bucket = chats.at(chat, moment, came)
            share = self._shares.at(_share_of(member, chat), moment, came)
            wait = chats.wait(bucket)
            if wait and share.tokens < 1.0:
                share.shut, share.shut_by = bucket.shut, bucket.shut_by
                return RateLimited("chat", chat, wait, member)
            share.tokens = max(share.tokens - 1.0, 0.0)
            taken += [] if wait else [bucket]
        for bucket in taken:
            bucket.tokens -= 1.0
        return None

    def should_notify(self, refused: RateLimited) -> bool:
        """Whether ``refused`` is still to be told; it is not again before there was room."""
        if refused.whose == "chat":
            bucket = self._shares.find(_share_of(refused.member, refused.key))
        else:
            bucket = self._by[refused.whose].find(refused.key)
        if bucket is None or bucket.told:
            return False
        bucket.told = True
        return True


def _share_of(member: str, chat: str) -> str:
    return f"{chat}\0{member}"
