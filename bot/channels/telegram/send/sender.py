"""A reply → where it belongs, by calls that wait, try again and make do with less: an answer gets through if it can.

=========================  ==================================================================================
flood limit (429)          wait as long as Telegram says, and try again
timeout, 5xx, nonsense     try again after a growing pause, for as long as the process runs: a question counts
                           as dealt with only when its answer is through. A message whose receipt was lost may
                           come twice: an answer too many is better than none
group became a supergroup  send to its new id
message or topic is gone   send without the reply, without the topic; what belongs to its topic alone is dropped
markup was refused         send as plain text
kicked, blocked, no right  nobody is there to read it: logged and dropped, or raised if somebody wants to know
too large (413)            raised: another try would not be smaller
nothing changed, too late  what was wanted is so already, or does not matter any more
=========================  ==================================================================================

What is of no use any more after some seconds, such as the notice on a pressed button, is tried ``FEW_TRIES`` times.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from json import dumps
from typing import Any, Final, Literal, NamedTuple, Protocol

from telegram import InputFile, MaybeInaccessibleMessage, Message
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.send.api import retry_after_seconds
from bot.channels.telegram.send.errors import (
    degrade,
    is_edit_lost,
    is_obsolete,
    is_too_large,
    is_topic_missing,
    is_unreachable,
    poll_refusal_of,
)
from bot.channels.telegram.send.formatting import (
    Keyboard,
    escape,
    is_outline,
    keyboard_of,
    render_pages,
    utf16_length,
    without_markup,
)
from bot.conversation.messages import Attachment, Reply
from bot.wording import Telegram as Wording

GROUPS = frozenset({ChatType.GROUP.value, ChatType.SUPERGROUP.value})
FEW_TRIES = 3  # after the first
LONGEST_FLOOD = 30.0  # seconds that something is waited for which can be said later as well
MAX_PAUSE = 5.0  # seconds between two tries: when the line is back, nobody waits much longer
TOAST = 200  # characters
MEGABYTE = 1024 * 1024
CAPTION = 1024  # UTF-16 units below a file
MAX_UPLOAD = 50 * MEGABYTE
MAX_PHOTO = 10 * MEGABYTE
Kind = Literal["photo", "document"]
_METHODS: Final[dict[Kind, str]] = {"photo": "sendPhoto", "document": "sendDocument"}
_NO_PREVIEW: Final = '{"is_disabled":true}'  # of a link that a document may have
_log = logging.getLogger(__name__)


class Address(NamedTuple):
    """A chat, the forum topic in it, and the message to reply to; None if an answer just follows.

    ``stays``: what does not come into that topic comes nowhere else.
    """

    chat: int
    thread: int | None = None
    reply_to: int | None = None
    stays: bool = False


def chat_key(chat: int, thread: int | None) -> str:
    """The conversation's key for a chat, or for a topic in it."""
    return f"telegram:{chat}" if thread is None else f"telegram:{chat}:{thread}"


def address_of(key: str) -> Address:
    """The address of the conversation that ``chat_key`` named. Raises ValueError for anything else."""
    _, chat, *thread = key.split(":")
    return Address(int(chat), int(thread[0]) if thread else None)


def thread_of(message: MaybeInaccessibleMessage) -> int | None:
    """The topic that ``message`` lies in. Plain replies have a thread id too, which must not be sent back."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None


def reply_address(message: MaybeInaccessibleMessage, *, quoting: bool | None = None) -> Address:
    """The address for the answer to ``message``: in groups as a reply to it, in private just below it.

    ``quoting`` decides that instead.
    """
    in_group = message.chat.type in GROUPS if quoting is None else quoting
    return Address(message.chat.id, thread_of(message), message.message_id if in_group else None)


class Caller(Protocol):
    """What the sender needs of the Bot API."""

    async def call(self, method: str, data: dict[str, Any]) -> Any:
        """Call ``method``; raises TelegramError."""

    async def fetch(self, path: str) -> bytes:
        """The file at ``path``; raises TelegramError."""


class Sender:
    """Sends and edits messages, answers presses. ``sleep`` waits between two tries."""

    def __init__(
        self,
        api: Caller,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._api = api
        self._sleep = sleep

    async def send(self, address: Address, pages: Sequence[str], keyboard: Keyboard | None = None) -> int | None:
        """Send ``pages`` of HTML to ``address``; the first one replies, the last one carries ``keyboard``.

        Returns the id of the last message; None if it was dropped.
        """
        sent: Any = None
        last = len(pages) - 1
        for number, page in enumerate(pages):
            data = placement_of(address, replies=number == 0)
            data |= {"text": page, "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}
            if keyboard is not None and number == last:
                data["reply_markup"] = keyboard
            sent = await self.call("sendMessage", data, stays=address.stays)
        return sent.get("message_id") if isinstance(sent, dict) else None

    async def edit(self, chat: int, message_id: int, page: str, keyboard: Keyboard | None) -> bool:
        """Put ``page`` and ``keyboard`` in a message's place; False if that message cannot be changed."""
        data: dict[str, Any] = {
            "chat_id": chat,
            "message_id": message_id,
            "text": page,
            "parse_mode": "HTML",
            "link_preview_options": _NO_PREVIEW,
        }
        if keyboard is not None:
            data["reply_markup"] = keyboard
        try:
            await self.call("editMessageText", data)
        except BadRequest as error:
            if not is_edit_lost(error):
                raise
            return False
        return True

    async def answer_press(self, press_id: str, toast: str = "", *, alert: bool = False) -> None:
        """Stop the waiting sign on a pressed button, with a short notice if there is one. Never raises.

        The sign goes away by itself; the message that the press asked for must not fail for its sake.
        """
        data: dict[str, Any] = {"callback_query_id": press_id}
        if toast:
            data["text"] = toast[:TOAST]
        if alert:
            data["show_alert"] = True
        try:
            await self.call("answerCallbackQuery", data, tries=FEW_TRIES)
        except TelegramError as error:
            _log.info("press not answered: %s", error)

    async def answer_inline_query(self, data: dict[str, Any]) -> None:
        """Show results to somebody who types; whoever types on asks anew, so a lost line costs nothing."""
        try:
            await self.call("answerInlineQuery", data, tries=FEW_TRIES)
        except BadRequest:
            raise
        except TelegramError as error:
            _log.info("inline query not answered: %s", error)

    async def send_once(self, address: Address, page: str) -> None:
        """Send one page of HTML, and never again once it may have come through.

        Raises TelegramError as Telegram says it; waits of more than ``LONGEST_FLOOD`` seconds together too.
        """
        data: dict[str, Any] = {
            "chat_id": address.chat,
            "text": page,
            "parse_mode": "HTML",
            "link_preview_options": _NO_PREVIEW,
        }
        waited = 0.0
        while True:
            try:
                await self._api.call("sendMessage", data)
            except ChatMigrated as error:
                if data["chat_id"] == error.new_chat_id:
                    raise
                data["chat_id"] = error.new_chat_id
            except RetryAfter as error:
                wait = retry_after_seconds(error)
                waited += wait
                if waited > LONGEST_FLOOD:
                    raise
                await self._sleep(wait)
            else:
                return

    async def call(
        self, method: str, data: dict[str, Any], *, tries: int | None = None, stays: bool = False, strict: bool = False
    ) -> Any:
        """Call ``method``, as the table above says. Returns its result; None if it was dropped.

        ``data`` is changed when the call makes do with less; what ``stays`` is dropped if its topic is gone. Raises
        BadRequest when nothing helps against a refusal, and, if ``tries`` after the first are all there is time for,
        TelegramError after the last. If it is ``strict``, a refusal that stands against all that is sent there is
        raised instead of dropped.
        """
        failed = 0
        while True:
            try:
                return await self._api.call(method, data)
            except Forbidden as error:
                if strict:
                    raise
                _log.info("%s dropped: %s", method, error)
                return None
            except ChatMigrated as error:
                if data.get("chat_id") == error.new_chat_id:
                    raise
                data["chat_id"] = error.new_chat_id
            except BadRequest as error:
                if is_obsolete(error):
                    _log.debug("%s not needed any more: %s", method, error)
                    return None
                if strict and poll_refusal_of(error) is not None:
                    raise
                if is_unreachable(error) or (stays and is_topic_missing(error)):
                    _log.info("%s dropped: %s", method, error)
                    return None
                if not degrade(data, error):
                    raise
                _log.info("%s with less: %s", method, error)
            except TelegramError as error:  # the line, a server in trouble, a proxy's page instead of JSON
                failed += 1
                if is_too_large(error) or (tries is not None and failed > tries):
                    raise
                await self._rest(method, failed, error)

    async def fetch(self, path: str, *, tries: int) -> bytes:
        """The file at ``path``, as getFile names it. Raises TelegramError after ``tries`` more than the first."""
        failed = 0
        while True:
            try:
                return await self._api.fetch(path)
            except (Forbidden, BadRequest, InvalidToken):  # it is not there, or not for us
                raise
            except TelegramError as error:
                failed += 1
                if failed > tries:
                    raise
                await self._rest("fetching a file", failed, error)

    async def _rest(self, what: str, failed: int, error: TelegramError) -> None:
        """Wait before another try of ``what``, which has failed so many times."""
        pause = retry_after_seconds(error) if isinstance(error, RetryAfter) else _pause(failed)
        level = logging.INFO if failed <= FEW_TRIES else logging.DEBUG  # the poller tells of a long outage
        _log.log(level, "%s again in %g s: %s", what, pause, error)
        await self._sleep(pause)


def placement_of(address: Address, *, replies: bool) -> dict[str, Any]:
    """The parameters that put a message where ``address`` says."""
    data: dict[str, Any] = {"chat_id": address.chat}
    if address.thread is not None:
        data["message_thread_id"] = address.thread
    if replies and address.reply_to is not None:
        data["reply_parameters"] = {"message_id": address.reply_to, "allow_sending_without_reply": True}
    return data


def _pause(failed: int) -> float:
    """Seconds to wait after so many failures: 1, 2, 4, then always the same."""
    return min(MAX_PAUSE, 0.5 * 2.0 ** min(failed, 10))


async def deliver(sender: Sender, address: Address, reply: Reply, action: str = "") -> int | None:
    """Send ``reply``, which answers ``action``, with its files; returns the id of the last message.

    None if there is none: it was dropped as nobody is there, or nothing is to be shown.
    """
    pages = render_pages(reply)
    keyboard = keyboard_of(reply, outline=is_outline(reply, action))
    if reply.files:
        return await send_with_files(sender, address, pages, keyboard, reply.files)
    if not pages and reply.toast:
        pages = [escape(reply.toast)]
    return await sender.send(address, pages, keyboard)


class ReplySender:
    """Shows replies. ``username`` is the bot's, for the way to it."""

    def __init__(self, sender: Sender, username: str) -> None:
        self._sender = sender
        self._username = username

    async def send(self, reply: Reply, address: Address, action: str = "") -> bool:
        """Send ``reply``, which answers ``action``, to ``address``; False if nobody is there to read it."""
        sent = await deliver(self._sender, address, reply, action)
        return sent is not None or not (reply.files or reply.toast or render_pages(reply))

    async def send_private(self, person: str, reply: Reply, action: str = "") -> bool:
        """Send ``reply``, which answers ``action``, to the private chat of ``person``; False if that is closed."""
        private = address_of(person)
        return private.chat > 0 and await self.send(reply, private, action)  # below 0 a chat speaks: a hidden admin

    async def send_private_notice(self, address: Address, *, reached: bool) -> None:
        """Say at ``address`` that a reply went to the private chat; if it did not, how to open that."""
        if reached:
            await self._sender.send(address, [escape(Wording.SENT_APART)])
        else:
            await self._sender.send(address, [escape(Wording.WRITE_FIRST)], self._way_to_the_bot())

    def _way_to_the_bot(self) -> Keyboard:
        button = {"text": Wording.TO_PRIVATE, "url": f"https://t.me/{self._username}?start=hello"}
        return dumps({"inline_keyboard": [[button]]})


async def send_with_files(
    sender: Sender,
    address: Address,
    pages: Sequence[str],
    keyboard: Keyboard | None,
    files: Sequence[Attachment],
) -> int | None:
    """Send ``files`` to ``address``, one after another; the first has ``pages`` below it, and ``keyboard``.

    A text that is too long for that comes before them, with the keyboard. Returns the id of the last message; None
    if it was dropped, as nobody is there.
    """
    fits = len(pages) <= 1 and utf16_length(without_markup("".join(pages))) <= CAPTION
    sent: int | None = None
    if not fits:
        sent = await sender.send(address, pages, keyboard)
        if sent is None:
            return None
    for number, file in enumerate(files):
        first = number == 0
        where = Address(address.chat, address.thread, address.reply_to if first and fits else None)
        below = "".join(pages) if first and fits else ""
        sent = await _send(sender, where, file, below, keyboard if first and fits else None)
        if sent is None:
            return None
    return sent


async def _send(
    sender: Sender, address: Address, file: Attachment, below: str, keyboard: Keyboard | None
) -> int | None:
    message = await _upload(sender, address, file, below, keyboard)
    if isinstance(message, dict):
        return int(message["message_id"])
    sorry = escape(Wording.FILE_NOT_SENT.format(name=file.name))
    return await sender.send(address, [below, sorry] if below else [sorry], keyboard)


async def _upload(sender: Sender, address: Address, file: Attachment, below: str, keyboard: Keyboard | None) -> Any:
    """The message as Telegram gives it back; None if it takes no such file, or takes none there."""
    kinds: list[Kind] = ["document"] if len(file.data) <= MAX_UPLOAD else []
    if file.picture and len(file.data) <= MAX_PHOTO:
        kinds.insert(0, "photo")
    for kind in kinds:
        data = placement_of(address, replies=True)
        data[kind] = InputFile(file.data, filename=file.name)
        if below:
            data |= {"caption": below, "parse_mode": "HTML"}
        if keyboard is not None:
            data["reply_markup"] = keyboard
        try:
            return await sender.call(_METHODS[kind], data)
        except BadRequest as error:  # a picture of odd proportions still goes as a file
            _log.warning("%s refused: %s", _METHODS[kind], error)
        except TelegramError as error:  # too large for a server on the way
            _log.warning("%s failed: %s", _METHODS[kind], error)
    return None
