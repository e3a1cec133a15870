"""What quizzes need of a channel. ``channels`` and the tests' fakes implement these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.chat.messages import Reply
from bot.quiz.contest import Mode
from bot.quiz.question import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way to a chat: the ``number``-th (from 1) of ``total``, open for ``seconds``."""

    contest: str
    number: int
    total: int
    question: Question
    seconds: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class Sent:
    """A question that has reached its chat. ``message`` is what ``close`` needs, if the channel closes anything.

    ``poll`` is the platform's id, where the platform collects the answers.
    """

    message: str
    poll: str = ""


class Poster(Protocol):
    """Says things in chats of its own accord. No method raises: what could not be said is logged."""

    async def post(self, chat: str, reply: Reply) -> str:
        """Say ``reply`` in ``chat``; gives what ``edit`` needs, or nothing where it could not."""

    async def edit(self, chat: str, message: str, reply: Reply) -> bool:
        """Put ``reply`` in a message's place; False where that cannot be done."""

    async def is_admin(self, chat: str, member: str) -> bool:
        """Whether ``member`` may now rule over ``chat``; False where nobody can tell."""


class QuizChannel(Poster, Protocol):
    """A channel that quizzes are played on."""

    @property
    def polls(self) -> bool:
        """Whether the platform collects the answers, shows each at once what was right, and closes in time."""

    async def ask(self, chat: str, asked: Asked) -> Sent | None:
        """Bring a question to ``chat``; None where it could not."""

    async def close(self, chat: str, message: str) -> None:
        """Take no more answers to a question."""
