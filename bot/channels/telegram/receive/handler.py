"""One update, from first look to last call."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from cachetools import FIFOCache
from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, InlineQuery, Message, Update
from telegram.error import TelegramError

from bot.channels.telegram.receive.downloads import fetch
from bot.channels.telegram.receive.parse_update import BotIdentity, incoming_of, request_id
from bot.channels.telegram.send.formatting import OUTLINE, escape, is_outline, keyboard_of, render_pages
from bot.channels.telegram.send.inline import inline_answer, inline_results, points_for, points_to_begin_with
from bot.channels.telegram.send.sender import (
    GROUPS,
    TOAST,
    Address,
    ReplySender,
    Sender,
    chat_key,
    deliver,
    reply_address,
)
from bot.conversation.messages import Code, Incoming, Reply, parse_action
from bot.conversation.router import Router
from bot.knowledge.model import Knowledge
from bot.text import shorten
from bot.wording import FAILED, ONLY_TEXT, UNKNOWN_ACTION
from bot.wording import Telegram as Wording

REMEMBERED = 2_000  # messages whose text is known, to tell an edit that changes nothing
_OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})
_INSIDE = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED})
_ANYWHERE = frozenset(Code) - {Code.QUIZ, Code.ADMIN}  # to read and to judge; contests and admins' work need a chat
_log = logging.getLogger(__name__)


class GroupObserver(Protocol):
    """Is told in which groups the bot is; ``bot.chats.group_registry.GroupRegistry`` does. No method raises."""

    async def record_seen(self, chat: str, title: str) -> None:
        """The bot is in ``chat``, which is called ``title`` now."""

    async def record_left(self, chat: str) -> None:
        """The bot is not in ``chat`` any more."""


class NullGroupObserver:
    """Does nothing: for a bot without a store."""

    async def record_seen(self, chat: str, title: str) -> None:
        """Do nothing."""

    async def record_left(self, chat: str) -> None:
        """Do nothing."""


class UpdateHandler:
    """Deals with updates. ``knowledge`` gives what is served now; ``me`` is known once Telegram has told.

    ``groups`` takes note of where the bot is.
    """

    def __init__(
        self,
        conversation: Router,
        knowledge: Callable[[], Knowledge],
        sender: Sender,
        me: BotIdentity,
        groups: GroupObserver | None = None,
    ) -> None:
        self._conversation = conversation
        self._knowledge = knowledge
        self._sender = sender
        self._me = me
        self._delivery = ReplySender(sender, me.username)
        self._groups = groups or NullGroupObserver()
        self._texts: FIFOCache[tuple[int, int], int] = FIFOCache(REMEMBERED)
        self._answers: FIFOCache[tuple[int, int], int] = FIFOCache(REMEMBERED)
        self._album = ""

    async def on_update(self, update: Update, _context: object = None) -> None:
        """Deal with ``update``. Raises what could not be dealt with."""
        if update.message is not None:
            await self._on_message(update, update.message)
        elif update.callback_query is not None:
            await self._on_press(update, update.callback_query)
        elif update.edited_message is not None:
            await self._on_message(update, update.edited_message, edited=True)
        elif update.inline_query is not None:
            await self._on_typing(update, update.inline_query)
        elif update.my_chat_member is not None:
            await self._on_membership(update.my_chat_member)

    async def on_error(self, update: object, error: Exception | None) -> None:
        """Log ``error``, then tell whoever asked. Raises nothing.

        A line that is down is no such error: the sender waits for it, and the answer comes when it is back.
        """
        request = request_id(update) if isinstance(update, Update) else "-"
        _log.error("update failed", exc_info=error, extra={"request_id": request})
        if not isinstance(update, Update):
            return
        sentence = FAILED.format(request_id=request)
        message = update.message or update.edited_message
        try:
            if update.callback_query is not None:
                await self._sender.answer_press(update.callback_query.id, sentence, alert=True)
            elif message is not None and self._incoming(update) is not None:
                await self._sender.send(reply_address(message), [escape(sentence)])
        except TelegramError as second:
            _log.warning("could not tell of the failure: %s", second, extra={"request_id": request})

    async def on_full(self, update: Update) -> bool:
        """``update`` was dropped, as too many wait: say so; False if it was not for the bot. Raises nothing."""
        message = update.message or update.edited_message
        try:
            if update.callback_query is not None:
                await self._sender.answer_press(update.callback_query.id, Wording.TOO_MANY, alert=True)
            elif message is not None and self._incoming(update) is not None:
                await self._sender.send(reply_address(message), [escape(Wording.TOO_MANY)])
            else:
                return False
        except TelegramError as error:
            _log.warning("could not tell that something was dropped: %s", error)
        return True

    def _incoming(self, update: Update) -> Incoming | None:
        return incoming_of(update, self._me, partial(fetch, self._sender))

    async def _on_message(self, update: Update, message: Message, *, edited: bool = False) -> None:
        incoming = self._incoming(update)
        if incoming is None:
            if not edited and self._puzzles(message):
                await self._sender.send(reply_address(message), [ONLY_TEXT])
            return
        if self._heard(message) and edited:
            return
        reply = await self._conversation.handle(incoming)
        in_album = message.media_group_id is not None and self._in_same_album(message)
        if incoming.document is not None and reply.text == ONLY_TEXT and in_album:
            return
        address = reply_address(message, quoting=True if edited else None)
        if reply.private and not incoming.is_private:
            reached = await self._show_to(reply, incoming)
            await self._delivery.send_private_notice(address, reached=reached)
        elif not (edited and await self._replaced(message, reply)):
            self._answered(message, reply, await deliver(self._sender, address, reply, incoming.action))
        if message.chat.type in GROUPS:
            await self._groups.record_seen(chat_key(message.chat.id, None), message.chat.title or "")

    def _heard(self, message: Message) -> bool:
        """Whether this very text of ``message``, or this very file, was dealt with before; from now on it was."""
        said = message.document.file_unique_id if message.document is not None else message.text or message.caption
        key, text = (message.chat.id, message.message_id), hash(said)
        if self._texts.get(key) == text:
            return True
        self._texts[key] = text
        return False

    def _answered(self, message: Message, reply: Reply, sent: int | None) -> None:
        """Remember that ``message`` was answered in a group by the message ``sent``, if that is one whole page.

        What only says that there is no answer now does not count if an answer stands already.
        """
        if sent is None or message.chat.type not in GROUPS or reply.files or len(render_pages(reply)) != 1:
            return
        key = (message.chat.id, message.message_id)
        if key in self._answers and not _answers(reply):
            return
        self._answers[key] = sent

    async def _replaced(self, message: Message, reply: Reply) -> bool:
        """Put ``reply`` in the place of the answer to what ``message`` said before its edit; False if it cannot.

        An answer gives way to another answer only, not to a notice that there is none now.
        """
        sent = self._answers.get((message.chat.id, message.message_id))
        pages = render_pages(reply)
        if sent is None or not _answers(reply) or reply.files or len(pages) != 1:
            return False
        keyboard = keyboard_of(reply, outline=is_outline(reply))
        return await self._sender.edit(message.chat.id, sent, pages[0], keyboard)

    def _puzzles(self, message: Message) -> bool:
        """Whether ``message`` is a photo, sticker, voice … in a private chat; an album counts once."""
        if message.chat.type in GROUPS or message.via_bot is not None or message.effective_attachment is None:
            return False
        return not self._in_same_album(message)

    def _in_same_album(self, message: Message) -> bool:
        """Whether the last message that this was asked of belongs to the same album."""
        last, self._album = self._album, message.media_group_id or ""
        return bool(self._album) and self._album == last

    async def _on_press(self, update: Update, press: CallbackQuery) -> None:
        incoming = self._incoming(update)
        message = press.message
        if incoming is None:
            await self._sender.answer_press(press.id)
            return
        if message is None and not _works_anywhere(incoming.action):
            await self._sender.answer_press(press.id, UNKNOWN_ACTION, alert=True)
            return
        reply = await self._conversation.handle(incoming)
        if await self._shown_apart(reply, incoming, press):
            return
        if message is None:  # under a message that was sent by inline mode: there is no chat to answer in
            told = reply.toast or shorten(reply.text, TOAST) or UNKNOWN_ACTION
            await self._sender.answer_press(press.id, told, alert=not reply.toast)
            return
        await self._sender.answer_press(press.id, reply.toast)
        pages = render_pages(reply)
        turns = reply.edits_message or (press.data == incoming.action and incoming.action.startswith(OUTLINE))
        if turns and len(pages) == 1:
            keyboard = keyboard_of(reply, outline=is_outline(reply, incoming.action))
            if await self._sender.edit(message.chat.id, message.message_id, pages[0], keyboard):
                return
        if pages or reply.files:
            await self._delivery.send(reply, reply_address(message), incoming.action)

    async def _shown_apart(self, reply: Reply, incoming: Incoming, press: CallbackQuery) -> bool:
        """Show what nobody else may see, or what a notice cannot hold, in the private chat of who pressed.

        The notice on the button, which others do not see, tells of it. False if the reply belongs elsewhere.
        """
        here = incoming.is_private and press.message is not None
        apart = (reply.private and not here) or (reply.files and press.message is None)
        if not apart or not (reply.parts or reply.files):
            return False
        reached = await self._show_to(reply, incoming)
        told = reply.toast or Wording.SENT_APART if reached else Wording.WRITE_FIRST
        await self._sender.answer_press(press.id, told, alert=not reached)
        return True

    async def _show_to(self, reply: Reply, incoming: Incoming) -> bool:
        """Show ``reply`` in the private chat of whoever asked; False if that cannot be written to."""
        reached = await self._delivery.send_private(incoming.person, reply, incoming.action)
        if reached:
            self._conversation.remember_offer(incoming.person, incoming.person, reply)
        return reached

    async def _on_typing(self, update: Update, query: InlineQuery) -> None:
        incoming = self._incoming(update)
        if incoming is None:
            results = inline_results(points_to_begin_with(self._knowledge()), self._knowledge(), self._me.username)
        else:
            async with self._conversation.reading(incoming):
                results = await self._inline_results(incoming)
        await self._sender.answer_inline_query(inline_answer(query.id, results))

    async def _inline_results(self, incoming: Incoming) -> list[dict[str, Any]]:
        knowledge, document = self._knowledge(), ""
        if incoming.text:
            reply = await self._conversation.handle(incoming)
            points, document = points_for(reply), reply.document
        else:
            points = () if self._conversation.withholds(incoming) else points_to_begin_with(knowledge)
        return inline_results(points, knowledge, self._me.username, document)

    async def _on_membership(self, change: ChatMemberUpdated) -> None:
        """Say hello in a group that took the bot in; a change of its rights there is none of its concern."""
        was, now = change.old_chat_member.status, change.new_chat_member.status
        if change.chat.type not in GROUPS:
            return
        group = chat_key(change.chat.id, None)
        if now in _OUTSIDE:
            await self._groups.record_left(group)
            return
        await self._groups.record_seen(group, change.chat.title or "")
        if was in _OUTSIDE and now in _INSIDE:
            hello = Wording.HELLO_GROUP.format(username=self._me.username)
            await self._sender.send(Address(change.chat.id), [escape(hello)])


def _answers(reply: Reply) -> bool:
    """Whether ``reply`` is to the question itself, and not to when or how often it was asked."""
    verdict = reply.verdict
    return verdict is not None and verdict.reason != "preparing" and not (reply.busy or reply.failed)


def _works_anywhere(action: str) -> bool:
    """Whether ``action`` may be done below a message that inline mode sent, if the bot is in no chat."""
    found = parse_action(action)
    return found is not None and found.code in _ANYWHERE
