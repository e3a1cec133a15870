"""Privacy mode: which messages of a group a bot gets to see."""

from __future__ import annotations

from tests.standin.chats import ADMINS
from tests.standin.messages import Message
from tests.standin.people import User
from tests.standin.text import cut, span


def visible(message: Message, bot: User, *, privacy: bool, mention_delivery: bool) -> bool:
    """Whether the bot receives the message: always in private chats and channels, else by its rules."""
    chat = message.chat
    if not chat.is_group():
        return chat.owner is not None or chat.status(bot.id) in ADMINS
    if not chat.has(bot.id):
        return False
    if not privacy or chat.status(bot.id) in ADMINS or message.service:
        return True
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return True
    replied = message.reply_to
    if replied is not None and replied.sender is not None and replied.sender.id == bot.id:
        return True
    return _addressed(message, bot, mention_delivery=mention_delivery)


def _addressed(message: Message, bot: User, *, mention_delivery: bool) -> bool:
    """A command without a bot's name or with this one's; a mention, if mentions are delivered."""
    marked = message.text or message.caption
    if marked is None:
        return False
    name = f"@{bot.username}".lower()
    for mark in marked.entities:
        word = cut(marked.text, *span(mark)).lower()
        if mark["type"] == "bot_command" and ("@" not in word or word.endswith(name)):
            return True
        if mark["type"] == "mention" and word == name and mention_delivery:
            return True
    return False
