"""How much is listened to: token buckets, one a member and one a chat. Pure: moments come in as seconds.

A bucket holds what may be asked in a minute and fills evenly. Once it is empty it stays shut until a sixth of it is
there again: whoever is told to wait for some seconds can ask a few questions then, and is not told after each of them.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

MAX_KEPT: Final = 10_000
MINUTE: Final = 60.0
_ROOM: Final = 1 / 6  # of a bucket, before it opens again

Whose = Literal["member", "chat"]


@dataclass(frozen=True, slots=True)
class Refused:
    """Too much came: from a member or a chat of that key. There is room again in ``seconds``."""

    whose: Whose
    key: str
    seconds: int


@dataclass(slots=True)
class _Bucket:
    tokens: float
    seen: float
    shut: float | None = None
    told: bool = False


class _Buckets:
    """The buckets of all members, or of all chats; the longest unused go first when there are too many."""

    def __init__(self, per_minute: int, limit: int) -> None:
        self._size = float(per_minute)
        self._limit = limit
        self._by_key: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._by_key)

    def at(self, key: str, moment: float) -> _Bucket:
        """The bucket of ``key``, filled up to ``moment``. What comes out of turn fills nothing and empties nothing."""
        bucket = self._by_key.get(key)
        if bucket is None:
            bucket = self._by_key[key] = _Bucket(self._size, moment)
            if len(self._by_key) > self._limit:
                self._by_key.popitem(last=False)
        self._by_key.move_to_end(key)
        passed = max(moment - bucket.seen, 0.0)
        bucket.tokens = min(bucket.tokens + passed * self._size / MINUTE, self._size)
        bucket.seen = max(bucket.seen, moment)
        if bucket.shut is not None and bucket.seen >= bucket.shut:
            bucket.shut, bucket.told = None, False
            bucket.tokens = max(bucket.tokens, self._room)
        return bucket

    def find(self, key: str) -> _Bucket | None:
        """The bucket of ``key``, if there is one."""
        return self._by_key.get(key)

    def wait(self, bucket: _Bucket) -> int:
        """Seconds until there is room in a bucket of these; 0 where there is. An empty one is shut from now on."""
        if bucket.shut is None:
            if bucket.tokens >= 1.0:
                return 0
            bucket.shut = bucket.seen + (self._room - bucket.tokens) * MINUTE / self._size
        return max(ceil(bucket.shut - bucket.seen), 1)

    @property
    def _room(self) -> float:
        return max(self._size * _ROOM, 1.0)


class Limits:
    """Counts what comes. ``member`` and ``chat``: how much each may ask in a minute, or at once; 0 for no limit.

    At most ``kept`` members and as many chats are remembered; whoever is forgotten begins with a full bucket.
    """

    def __init__(self, member: int, chat: int, *, kept: int = MAX_KEPT) -> None:
        self._by: dict[Whose, _Buckets] = {}
        if member:
            self._by["member"] = _Buckets(member, kept)
        if chat:
            self._by["chat"] = _Buckets(chat, kept)

    def __len__(self) -> int:
        return sum(len(buckets) for buckets in self._by.values())

    def take(self, member: str, chat: str, moment: float) -> Refused | None:
        """Count one question of ``member`` in ``chat`` (nothing: nobody else is there), said at ``moment``.

        Where it is refused, nothing is counted.
        """
        keys: dict[Whose, str] = {"member": member, "chat": chat}
        found = [
            (whose, key, buckets, buckets.at(key, moment))
            for whose, key in keys.items()
            if key and (buckets := self._by.get(whose)) is not None
        ]
        for whose, key, buckets, bucket in found:
            wait = buckets.wait(bucket)
            if wait:
                return Refused(whose, key, wait)
        for *_, bucket in found:
            bucket.tokens -= 1.0
        return None

    def tell(self, refused: Refused) -> bool:
        """Whether ``refused`` is still to be told; it is not again before there was room."""
        bucket = self._by[refused.whose].find(refused.key)
        if bucket is None or bucket.told:
            return False
        bucket.told = True
        return True
