"""The answers given lately, so that a 👍 or 👎 knows its question. Kept in memory only, without names."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import FIFOCache

from bot.records.chats import group_of

MAX_ANSWERS = 20_000


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given: to which question, with which point, in which chat."""

    question: str
    point: str
    chat: str


class Answers:
    """The answers of this process by their id; the oldest go first when there are too many.

    Members and visitors, of whom anybody may be many, have ``limit`` each.
    ``new_id`` gives what nobody can guess, and differs between processes: a button from before a restart must not hit a
    new answer.
    """

    def __init__(self, limit: int = MAX_ANSWERS, new_id: Callable[[], str] = lambda: secrets.token_urlsafe(16)) -> None:
        self._new_id = new_id
        self._of_members: FIFOCache[str, Given] = FIFOCache(limit)
        self._of_visitors: FIFOCache[str, Given] = FIFOCache(limit)

    def add(self, question: str, point: str, chat: str, *, visitor: bool = False) -> str:
        """Remember an answer that ``chat`` gets; gives its id: 128 bits, in 22 characters that a button may have."""
        answer = self._new_id()
        given = self._of_visitors if visitor else self._of_members
        given[answer] = Given(question, point, group_of(chat))
        return answer

    def get(self, answer: str, chat: str) -> Given | None:
        """The answer of that id; None where it is too old, of another process, or was given elsewhere than in ``chat``.

        Whoever is in a group has got what was answered there, in any topic.
        """
        given = self._of_members.get(answer) or self._of_visitors.get(answer)
        return given if given is not None and given.chat == group_of(chat) else None
