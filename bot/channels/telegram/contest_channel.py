"""Quizzes on Telegram: polls and boards go out, votes come in, rights are asked for when they are needed.

Votes are read from Telegram's JSON as it is: a ``poll_answer`` says who chose what, a ``poll`` how the poll stands. A
contest brings them by the hundred, nothing is answered to them, and their order does not matter; the library's objects
and chain of handlers would cost more than all the rest of a vote.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, Protocol

from telegram import ChatMember
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.receive.parse_update import RawUpdate
from bot.channels.telegram.send.errors import delivery_outcome_of, poll_refusal_of
from bot.channels.telegram.send.formatting import keyboard_of, render_pages
from bot.channels.telegram.send.sender import FEW_TRIES, Address, Sender, address_of, chat_key, deliver
from bot.conversation.channel import AskedQuestion, DeliveryOutcome, RefusedQuestion, SentQuestion
from bot.conversation.messages import Reply
from bot.features.contests.presenter import heading, question
from bot.quiz.question import MAX_EXPLANATION, MAX_LINE_FEEDS, MAX_OPTION, MAX_QUESTION
from bot.text import shorten
from bot.wording import Contests as Wording

ASK_PATIENCE = 240.0  # seconds; a contest itself waits a little longer before it goes on without the question
SIZE_PATIENCE = 3.0  # seconds; only groups of the same name are told apart by it
MOVED = "migrate_to_chat_id"  # what a group that became a supergroup says last
_RULERS = frozenset({ChatMember.ADMINISTRATOR, ChatMember.OWNER})
_log = logging.getLogger(__name__)


class PollVoteHandler(Protocol):
    """Who takes votes, wherever their chat goes; ``bot.features.contests.polls.Polls`` does."""

    async def voted(self, poll: str, member: str, name: str, chosen: Iterable[int], receipt: int) -> None:
        """A member voted, or took a vote back. Returns when that is kept."""

    async def seen(self, poll: str, question: str, options: Sequence[str], *, closed: bool) -> None:
        """The platform tells how a poll stands."""

    async def moved(self, old: str, new: str) -> None:
        """A group became a supergroup, which has another key."""


class TelegramContestChannel:
    """A ``QuizChannel``. Before the first connection, and between two, calls wait for one."""

    polls: Final = True

    def __init__(self) -> None:
        self._sender: Sender | None = None
        self._announcer: Sender | None = None
        self._connected = asyncio.Event()

    @asynccontextmanager
    async def connected(self, sender: Sender, announcer: Sender | None = None) -> AsyncIterator[None]:
        """Within, calls go out by ``sender``, and announcements by ``announcer`` if there is one.

        An announcement keeps no rhythm: it takes its turn among answers, and hears at once of a chat that says too
        many, as nothing else is announced while one is on its way.
        """
        self._sender, self._announcer = sender, announcer or sender
        self._connected.set()
        try:
            yield
        finally:
            self._connected.clear()
            self._sender = self._announcer = None

    async def hears(self) -> None:
        """Return when updates are being fetched."""
        await self._line()

    async def ask(self, chat: str, asked: AskedQuestion) -> SentQuestion | RefusedQuestion | None:
        """Send a quiz poll, or in words what no poll can ask; None if it is refused, or cannot be sent for minutes."""
        if asked.question.needs_words:
            return SentQuestion("") if await self.post(chat, question(asked)) else None
        address = address_of(chat)
        try:
            async with asyncio.timeout(ASK_PATIENCE):
                message = await (await self._line()).call("sendPoll", poll_of(address, asked), strict=True)
        except (TelegramError, TimeoutError) as error:
            _log.warning("a question was not sent: %r", error)
            reason = poll_refusal_of(error) if isinstance(error, TelegramError) else None
            return RefusedQuestion(reason) if reason is not None else None
        if message is None:
            return None
        return SentQuestion(str(message["message_id"]), str(message["poll"]["id"]))

    async def close(self, chat: str, message: str) -> None:
        """Stop a poll before its time."""
        data = {"chat_id": address_of(chat).chat, "message_id": int(message)}
        try:
            await (await self._line()).call("stopPoll", data, tries=FEW_TRIES)
        except TelegramError as error:
            _log.info("a poll was not stopped: %s", error)

    async def post(self, chat: str, reply: Reply) -> str:
        """Send ``reply`` and its files; returns the id of its last message."""
        try:
            sent = await deliver(await self._line(), address_of(chat)._replace(stays=True), reply)
        except TelegramError as error:
            _log.warning("a message of a quiz was not sent: %s", error)
            return ""
        return "" if sent is None else str(sent)

    async def edit(self, chat: str, message: str, reply: Reply) -> bool:
        """Put ``reply`` in a message's place."""
        pages = render_pages(reply)
        if len(pages) != 1:
            return False
        try:
            sender = await self._line()
            return await sender.edit(address_of(chat).chat, int(message), pages[0], keyboard_of(reply))
        except TelegramError as error:
            _log.info("a board was not edited: %s", error)
            return False

    async def announce(self, chat: str, reply: Reply) -> DeliveryOutcome:
        """Send ``reply``, which is one page, never twice."""
        announcer = self._announcer
        if announcer is None:
            return "later"
        [page] = render_pages(reply)
        try:
            await announcer.send_once(address_of(chat), page)
        except TelegramError as error:
            _log.warning("an announcement was not sent: %r", error)
            return delivery_outcome_of(error)
        return "sent"

    async def is_admin(self, chat: str, member: str) -> bool | None:
        """Whether Telegram says so now; who speaks as the chat itself is one of its admins."""
        where, who = address_of(chat).chat, address_of(member).chat
        if where == who:
            return True
        try:
            found: Any = await (await self._line()).call(
                "getChatMember", {"chat_id": where, "user_id": who}, tries=FEW_TRIES
            )
        except (BadRequest, Forbidden) as error:  # Telegram has answered: there is no such member, or no such chat
            _log.info("rights are not known: %s", error)
            return False
        except TelegramError as error:
            _log.warning("rights cannot be asked for: %s", error)
            return None
        return isinstance(found, dict) and found.get("status") in _RULERS

    async def size(self, chat: str) -> int | None:
        """What Telegram says within a moment."""
        if self._sender is None:
            return None
        try:
            async with asyncio.timeout(SIZE_PATIENCE):
                found = await self._sender.call("getChatMemberCount", {"chat_id": address_of(chat).chat}, tries=0)
        except (TelegramError, TimeoutError) as error:
            _log.info("the size of a group is not known: %r", error)
            return None
        return found if isinstance(found, int) else None

    async def _line(self) -> Sender:
        while self._sender is None:
            await self._connected.wait()
        return self._sender


def poll_of(address: Address, asked: AskedQuestion) -> dict[str, Any]:
    """The parameters of sendPoll, within Telegram's limits."""
    question = asked.question
    title = f"{heading(asked)}{Wording.COLON}"
    data: dict[str, Any] = {
        "chat_id": address.chat,
        "question": title + shorten(question.question, MAX_QUESTION - len(title)),
        "options": json.dumps([{"text": shorten(option, MAX_OPTION)} for option in question.options]),
        "type": "quiz",
        "is_anonymous": False,
        "allows_multiple_answers": len(question.correct) > 1,
        "correct_option_ids": json.dumps(list(question.correct)),
        "shuffle_options": len(question.options) > 2,
        "explanation": explanation_of(question.explanation),
        "open_period": asked.seconds,
    }
    if address.thread is not None:
        data["message_thread_id"] = address.thread
    return data


def explanation_of(text: str) -> str:
    """``text`` in as many characters and lines as Telegram takes below an answer."""
    lines = text.split("\n")
    kept = [*lines[:MAX_LINE_FEEDS], " ".join(lines[MAX_LINE_FEEDS:])] if len(lines) > MAX_LINE_FEEDS else lines
    return shorten("\n".join(kept), MAX_EXPLANATION)


def handle_poll_update(poll_votes: PollVoteHandler, raw: RawUpdate) -> Coroutine[Any, Any, None] | None:
    """What hands over what ``raw`` says, to be awaited; None, with a line in the log, if it cannot be read."""
    try:
        work = _work(poll_votes, raw)
    except (KeyError, TypeError) as error:
        _log.error("update %s cannot be read: %r", raw.get("update_id"), error)
        return None
    return _logged(work, raw)


def _work(poll_votes: PollVoteHandler, raw: RawUpdate) -> Coroutine[Any, Any, None]:
    if "poll_answer" in raw:
        return _vote(poll_votes, raw)
    if "poll" in raw:
        return _state(poll_votes, raw["poll"])
    message = raw["message"]
    return poll_votes.moved(chat_key(message["chat"]["id"], None), chat_key(message[MOVED], None))


def _vote(poll_votes: PollVoteHandler, raw: RawUpdate) -> Coroutine[Any, Any, None]:
    vote = raw["poll_answer"]
    chat = vote.get("voter_chat")  # an anonymous admin votes as the chat
    voter = chat or vote["user"]
    name = f"{voter['first_name']} {voter.get('last_name', '')}".strip() if chat is None else chat.get("title", "")
    return poll_votes.voted(vote["poll_id"], f"telegram:{voter['id']}", name, vote["option_ids"], raw["update_id"])


def _state(poll_votes: PollVoteHandler, poll: dict[str, Any]) -> Coroutine[Any, Any, None]:
    options = [option["text"] for option in poll["options"]]
    return poll_votes.seen(poll["id"], poll["question"], options, closed=poll["is_closed"])


async def _logged(work: Coroutine[Any, Any, None], raw: RawUpdate) -> None:
    try:
        await work
    except Exception:
        _log.exception("update failed", extra={"request_id": f"tg-{raw.get('update_id')}"})
