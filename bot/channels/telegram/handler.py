"""One update, from first look to last call."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, InlineQuery, Message, Update
from telegram.error import TelegramError

from bot.channels.telegram.address import GROUPS, Address, answer_to
from bot.channels.telegram.dispatch import Me, incoming_of, request_id
from bot.channels.telegram.inline import answer_of, points_for, points_to_begin_with, results_of
from bot.channels.telegram.keyboard import OUTLINE, is_outline, keyboard_of
from bot.channels.telegram.render import escape, pages_of
from bot.channels.telegram.sender import TOAST, Sender
from bot.chat.messages import Incoming, Reply
from bot.knowledge.model import Knowledge
from bot.text import shorten
from bot.wording import FAILED, UNKNOWN_ACTION
from bot.wording import Telegram as Wording

REMEMBERED = 2_000  # messages whose text is known, to tell an edit that changes nothing
_OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})
_INSIDE = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED})
_log = logging.getLogger(__name__)


class Conversation(Protocol):
    """What this channel talks to; ``bot.chat.chat.Chat`` is one."""

    async def handle(self, incoming: Incoming) -> Reply:
        """The reply to ``incoming``. Never raises."""


class Handler:
    """Deals with updates. ``knowledge`` gives what is served now; ``me`` is known once Telegram has told."""

    def __init__(self, conversation: Conversation, knowledge: Callable[[], Knowledge], sender: Sender, me: Me) -> None:
        self._conversation = conversation
        self._knowledge = knowledge
        self._sender = sender
        self._me = me
        self._texts: OrderedDict[tuple[int, int], int] = OrderedDict()
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
            elif message is not None and incoming_of(update, self._me) is not None:
                await self._sender.send(answer_to(message), [escape(sentence)])
        except TelegramError as second:
            _log.warning("could not tell of the failure: %s", second, extra={"request_id": request})

    async def _on_message(self, update: Update, message: Message, *, edited: bool = False) -> None:
        incoming = incoming_of(update, self._me)
        if incoming is None:
            if not edited and self._puzzles(message):
                await self._sender.send(answer_to(message), [Wording.ONLY_TEXT])
            return
        if self._heard(message) and edited:
            return
        reply = await self._conversation.handle(incoming)
        await self._show(reply, answer_to(message, quoting=True if edited else None), incoming.action)

    def _heard(self, message: Message) -> bool:
        """Whether this very text of ``message`` was asked before; from now on it was."""
        key, text = (message.chat.id, message.message_id), hash(message.text)
        if self._texts.get(key) == text:
            return True
        self._texts[key] = text
        if len(self._texts) > REMEMBERED:
            self._texts.popitem(last=False)
        return False

    def _puzzles(self, message: Message) -> bool:
        """Whether ``message`` is a photo, sticker, voice … in a private chat; an album counts once."""
        if message.chat.type in GROUPS or message.via_bot is not None or message.effective_attachment is None:
            return False
        album = message.media_group_id
        if album is not None and album == self._album:
            return False
        self._album = album or ""
        return True

    async def _show(self, reply: Reply, address: Address, action: str = "") -> None:
        pages = pages_of(reply)
        if pages:
            await self._sender.send(address, pages, keyboard_of(reply, outline=is_outline(reply, action)))
        elif reply.toast:
            await self._sender.send(address, [escape(reply.toast)])

    async def _on_press(self, update: Update, press: CallbackQuery) -> None:
        incoming = incoming_of(update, self._me)
        message = press.message
        if incoming is None:
            await self._sender.answer_press(press.id)
            return
        reply = await self._conversation.handle(incoming)
        pages = pages_of(reply)
        if message is None:  # under a message that was sent by inline mode: there is no chat to answer in
            told = reply.toast or shorten(reply.text, TOAST) or UNKNOWN_ACTION
            await self._sender.answer_press(press.id, told, alert=not reply.toast)
            return
        await self._sender.answer_press(press.id, reply.toast)
        if not pages:
            return
        outline = is_outline(reply, incoming.action)
        keyboard = keyboard_of(reply, outline=outline)
        turns = reply.turns or (press.data == incoming.action and incoming.action.startswith(OUTLINE))
        if (
            turns
            and len(pages) == 1
            and await self._sender.edit(message.chat.id, message.message_id, pages[0], keyboard)
        ):
            return
        await self._sender.send(answer_to(message), pages, keyboard)

    async def _on_typing(self, update: Update, query: InlineQuery) -> None:
        incoming = incoming_of(update, self._me)
        knowledge = self._knowledge()
        if incoming is None or not incoming.text:
            points = points_to_begin_with(knowledge)
        else:
            points = points_for(await self._conversation.handle(incoming))
        results = results_of(points, knowledge, self._me.username)
        await self._sender.answer_typing(answer_of(query.id, results))

    async def _on_membership(self, change: ChatMemberUpdated) -> None:
        """Say hello in a group that took the bot in; a change of its rights there is none of its concern."""
        was, now = change.old_chat_member.status, change.new_chat_member.status
        if change.chat.type in GROUPS and was in _OUTSIDE and now in _INSIDE:
            hello = Wording.HELLO_GROUP.format(username=self._me.username)
            await self._sender.send(Address(change.chat.id), [escape(hello)])
