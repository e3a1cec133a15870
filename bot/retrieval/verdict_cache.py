"""What was judged lately: the questions of a group are much alike, and a judgement is a pure function of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.retrieval.ranking.decision import Judgement

CacheKey = tuple[str, str]
"""The core of a question, and that of the one before it."""
Value = TypeVar("Value")


class VerdictCache(Generic[Value]):
    """Keeps up to ``limit`` values by what was asked; the oldest go first. Several threads may use it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: dict[CacheKey, Value] = {}

    def get(self, asked: CacheKey, make: Callable[[], Value]) -> Value:
        """The value for ``asked``, made if it is not there."""
        found = self._kept.get(asked)
        if found is None:
            found = make()
            if len(self._kept) >= self._limit:
                oldest = next(iter(tuple(self._kept)))  # of a copy, as another thread may add meanwhile
                self._kept.pop(oldest, None)
            self._kept[asked] = found
        return found

    def find(self, asked: CacheKey) -> Value | None:
        """The value for ``asked``; None if it is not there."""
        return self._kept.get(asked)

    def latest(self, count: int) -> list[CacheKey]:
        """What was asked last and is still kept, the oldest first."""
        return list(self._kept)[-count:]


JudgementCache = VerdictCache[tuple[Judgement, bool]]
