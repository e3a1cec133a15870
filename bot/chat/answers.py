"""The answers given lately, so that a 👍 or 👎 knows its question. Kept in memory only, without names."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

MAX_ANSWERS = 20_000


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given: to which question, with which point."""

    question: str
    point: str


class Answers:
    """The answers of this process by their id; the oldest go first when there are too many."""

    def __init__(self, prefix: str, limit: int = MAX_ANSWERS) -> None:
        self._prefix = prefix  # differs between processes: a button from before a restart must not hit a new answer
        self._limit = limit
        self._count = 0
        self._given: OrderedDict[str, Given] = OrderedDict()

    def add(self, question: str, point: str) -> str:
        """Remember an answer; gives its id, short ASCII."""
        self._count += 1
        answer = f"{self._prefix}{self._count:x}"
        self._given[answer] = Given(question, point)
        if len(self._given) > self._limit:
            self._given.popitem(last=False)
        return answer

    def get(self, answer: str) -> Given | None:
        """The answer of that id; None where it is too old or of another process."""
        return self._given.get(answer)


def feedback_key(answer: str, person: str) -> str:
    """The same for the same person and answer, and nobody's name can be read from it."""
    return hashlib.sha256(f"{answer}\0{person}".encode()).hexdigest()[:32]
