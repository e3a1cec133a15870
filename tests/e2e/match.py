"""A contest as members see it, played and counted by a test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from bot.wording import Contests as Wording
from tests.standin.client import Call, Chat, Message, Standin, User

NAMES = ("安安", "小波", "小程", "小丁", "小娥")


def right(poll: Message) -> int:
    """The right option of a quiz."""
    assert poll.poll is not None
    return int(poll.poll["correct_option_ids"][0])


def wrong(poll: Message) -> int:
    assert poll.poll is not None
    return (right(poll) + 1) % len(poll.poll["options"])


def question_of(poll: Message) -> str:
    """What a quiz asks, whether it came once or is the second copy."""
    assert poll.poll is not None
    return str(poll.poll["question"]).replace(Wording.SENT_AGAIN, "")


class Match:
    """A contest in a chat or topic, poll by poll; ``first`` is whether the first vote to each question was right."""

    def __init__(self, telegram: Standin, chat: Chat, thread: int | None = None) -> None:
        self.telegram = telegram
        self.chat = chat
        self.thread = thread
        self.mark = 0
        self.first: dict[tuple[str, str], bool] = {}
        self.questions: list[str] = []

    async def starts(self, starter: User, text: str) -> None:
        self.mark = (await starter.say(self.chat, text, thread=self.thread)).mark

    async def poll(self, timeout: float = 30.0) -> Message:  # noqa: ASYNC109 - the server keeps the time
        """The next question."""
        while True:
            call = await self.telegram.wait_for("sendPoll", chat_id=self.chat, after=self.mark, timeout=timeout)
            self.mark = call.mark
            if self._is_here(call):
                assert call.message.poll is not None
                self.questions.append(question_of(call.message))
                return call.message

    async def polls_to_the_end(self) -> AsyncIterator[Message]:
        """All questions that come before the final board."""
        while True:
            call = await self.telegram.wait_for(
                "sendPoll", "sendMessage", chat_id=self.chat, after=self.mark, timeout=30
            )
            if call.method == "sendPoll":
                yield await self.poll()
            else:
                self.mark = call.mark
                if self._is_here(call) and call.message.text.startswith("答题结束"):
                    return

    async def votes(self, poll: Message, name: str, member: User, *, correctly: bool) -> None:
        await member.vote(poll, right(poll) if correctly else wrong(poll))
        self.first.setdefault((name, question_of(poll)), correctly)

    @property
    def points(self) -> dict[str, int]:
        """The test's own count, of those who voted."""
        names = {name for name, _ in self.first}
        return {name: sum(was for (who, _), was in self.first.items() if who == name) for name in names}

    async def time_is_over(self, seconds: float = 6) -> None:
        """Every vote was taken by the bot, then the platform closes the poll."""
        await self.telegram.quiet(timeout=30)
        await self.telegram.advance(seconds)

    async def board(self, beginning: str = "答题结束") -> list[str]:
        """The lines of the last board, once it is there."""
        async with asyncio.timeout(30):
            while True:
                boards = [
                    message.text
                    for message in await self.chat.messages()
                    if message.text.startswith(beginning) and message.raw.get("message_thread_id") == self.thread
                ]
                if boards:
                    return [line for line in boards[-1].splitlines()[1:] if "　" in line]
                await asyncio.sleep(0.05)

    async def final(self) -> dict[str, int]:
        """The points on the last board, once it is there."""
        return {name_of(line): int(line.split("　")[1].split()[0]) for line in await self.board()}

    def _is_here(self, call: Call) -> bool:
        return call.status == 200 and call.message.raw.get("message_thread_id") == self.thread


def name_of(line: str) -> str:
    """Whose line of a board it is."""
    return line.split("　", maxsplit=1)[0].rsplit(maxsplit=1)[-1]
