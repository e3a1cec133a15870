"""An update, and the message that it replies to → what the conversation is asked. Pure: no call is made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Bot, CallbackQuery, Chat, InlineQuery, Message, MessageEntity, MessageOriginUser, Update, User
from telegram.constants import ChatType

from bot.channels.telegram.command_menu import CAPABILITIES
from bot.channels.telegram.receive.downloads import Download, document_of
from bot.channels.telegram.send.formatting import action_of
from bot.channels.telegram.send.sender import GROUPS, chat_key, thread_of
from bot.conversation.capabilities import OFFERS
from bot.conversation.commands import ADMIN_COMMANDS, command_of
from bot.conversation.messages import Choice, Code, Incoming, parse_action

RawUpdate = dict[str, Any]
_ENVELOPE = frozenset({"update_id", "message"})
_PLAIN = frozenset({"message_id", "date", "chat", "from", "text"})

INLINE = "inline"  # no chat of this channel: nothing can be brought there, so no contest is played there
EDIT_PATIENCE = timedelta(minutes=10)
_OURS = frozenset(offer.name for offer in OFFERS) | ADMIN_COMMANDS  # what is for this bot if no bot is named
_NAMED = re.compile(r"[/／][^\s@＠]+[@＠](\w+)")
_LINKED = frozenset("pcoh")  # what a deep link may do; judging an answer takes a button


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is: its id, and its user name without the @."""

    id: int
    username: str


def update_of(raw: RawUpdate, bot: Bot) -> Update:
    """``raw``, read. Raises what the library raises for JSON that it does not understand.

    Nearly all updates are a plain text in a private chat. The library looks for each of the hundred things
    that a message may have, which takes as long as all the rest; a message with five is read directly.
    """
    message = raw.get("message")
    if message is None or raw.keys() != _ENVELOPE or message.keys() != _PLAIN:
        return Update.de_json(raw, bot)
    plain = Message(
        message["message_id"],
        datetime.fromtimestamp(message["date"], UTC),
        Chat.de_json(message["chat"], bot),
        from_user=User.de_json(message["from"], bot),
        text=message["text"],
    )
    plain.set_bot(bot)
    update = Update(raw["update_id"], message=plain)
    update.set_bot(bot)
    return update


def request_id(update: Update) -> str:
    """What the log lines about ``update`` carry."""
    return f"tg-{update.update_id}"


def incoming_of(update: Update, me: BotIdentity, download: Download) -> Incoming | None:
    """What ``update`` asks the conversation; None if it asks this bot nothing.

    In groups only what is addressed to the bot counts: a command for it, a mention of it, a reply to it. A message
    that was edited in a group counts within ``EDIT_PATIENCE`` if it asks something: no command but /ask is done
    by an edit. A photo, a video … counts as what stands below it does; a document in a private chat also without a
    word, and its bytes come by ``download`` when they are read.
    """
    incoming = _incoming(update, me, download)
    return None if incoming is None else replace(incoming, sequence=update.update_id, channel=CAPABILITIES)


def _incoming(update: Update, me: BotIdentity, download: Download) -> Incoming | None:
    message = update.message or update.edited_message
    if message is not None:
        incoming = _of_message(message, me, request_id(update), edited=update.message is None)
        document = message.document
        if incoming is None or document is None or not is_file(message):
            return incoming
        return replace(incoming, document=document_of(document, download))
    if update.callback_query is not None:
        return _of_press(update.callback_query, request_id(update))
    if update.inline_query is not None:
        return _of_typing(update.inline_query, request_id(update))
    return None


def is_file(message: Message) -> bool:
    """Whether ``message`` is a document. Telegram calls moving pictures documents too, for old programs."""
    return message.document is not None and message.animation is None


def _of_message(message: Message, me: BotIdentity, request: str, *, edited: bool) -> Incoming | None:
    text = _text(message)
    person = _person(message)
    if text is None or person is None or (message.via_bot is not None and message.via_bot.id == me.id):
        return None
    in_group = message.chat.type in GROUPS
    if _entities(message) or in_group:
        addressed = _addressed(message, text, me, edited=edited) if in_group else _plain(message, text, me)
        if addressed is None:
            return None
        text = addressed
    action = ""
    if text.startswith("/start ") and not is_file(message):
        text, action = "/start", _linked(text[7:].strip())
    author = replied_member(message)
    return Incoming(
        person,
        chat_key(message.chat.id, thread_of(message)),
        "" if action else text,
        action,
        request,
        name=_name(message),
        is_private=message.chat.type == ChatType.PRIVATE,
        reply_to_member=f"telegram:{author.id}" if author is not None else "",
        reply_to_name=author.full_name if author is not None else "",
        answer=replied_answer_id(message, me.id),
        offered=replied_choices(message, me.id),
        sent_at=(message.edit_date if edited and message.edit_date is not None else message.date).timestamp(),
    )


def _person(message: Message) -> str | None:
    """The key of who speaks: an anonymous admin and a channel speak as a chat. None for other bots."""
    if message.sender_chat is not None:
        return None if message.is_automatic_forward else f"telegram:{message.sender_chat.id}"
    if message.from_user is None or message.from_user.is_bot:
        return None
    return f"telegram:{message.from_user.id}"


def _name(message: Message) -> str:
    if message.sender_chat is not None:
        return message.sender_chat.title or ""
    return message.from_user.full_name if message.from_user is not None else ""


def _plain(message: Message, text: str, me: BotIdentity) -> str:
    """What is asked in a private chat: the bot's own name, alone or behind a command, says nothing there.

    A notice to others stays as it was written.
    """
    command = _command(message)
    if command is not None and command.name == "say":
        return f"/{command.name}{text[command.length :]}"
    asked, _ = _without_mentions(message, text, me)
    return f"/{command.name}{asked[command.length :]}" if command is not None else asked


def _addressed(message: Message, text: str, me: BotIdentity, *, edited: bool) -> str | None:
    """What is asked in a group; None if the bot is not addressed."""
    asked, mentioned = _without_mentions(message, text, me)
    command = _command(message)
    if command is not None:
        ours = (
            command.bot == me.username.lower()
            if command.bot
            else mentioned or command.name in _OURS or replies_to_bot(message, me.id)
        )
        if not ours:
            return None
        asked = f"/{command.name}{asked[command.length :]}"
    elif not mentioned and not replies_to_bot(message, me.id) and not _is_unmarked_command(asked, me):
        return None
    meant = command_of(asked)
    if edited and (not _is_fresh_edit(message) or (meant is not None and meant.name != "ask")):
        return None
    quoted = message.reply_to_message
    bare = not asked or (meant is not None and meant.name == "ask" and not meant.rest)
    if bare and quoted is not None and not replies_to_bot(message, me.id):
        return quoted.text or quoted.caption or asked  # «@bot» under somebody's question
    return asked


def _is_unmarked_command(text: str, me: BotIdentity) -> bool:
    """Whether ``text`` is a command that Telegram does not mark as one: ／ask or /答题."""
    command = command_of(text)
    if command is None or not command.slashed or command.name == "unknown":
        return False
    named = _NAMED.match(text)
    return named is None or named[1].lower() == me.username.lower()


def _is_fresh_edit(message: Message) -> bool:
    """Whether ``message`` was edited so soon that whoever wrote it still waits for the answer."""
    return message.edit_date is not None and message.edit_date - message.date <= EDIT_PATIENCE


@dataclass(frozen=True, slots=True)
class _Command:
    """``/name@bot`` at the start of a message: its parts in lower case, and how many characters it takes."""

    name: str
    bot: str
    length: int


def _command(message: Message) -> _Command | None:
    for entity in _entities(message):
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            spelled = _spelled(message, entity)
            name, _, bot = spelled[1:].lower().partition("@")
            return _Command(name, bot, len(spelled))
    return None


def _without_mentions(message: Message, text: str, me: BotIdentity) -> tuple[str, bool]:
    """``text`` without the bot's name, and whether it stood there. Entities count in UTF-16."""
    found = [entity for entity in _entities(message) if _is_me(message, entity, me)]
    if not found:
        return text, False
    encoded = text.encode("utf-16-le")
    for entity in sorted(found, key=lambda entity: entity.offset, reverse=True):
        encoded = encoded[: entity.offset * 2] + encoded[(entity.offset + entity.length) * 2 :]
    return encoded.decode("utf-16-le", "replace").strip(), True


def _is_me(message: Message, entity: MessageEntity, me: BotIdentity) -> bool:
    if entity.type == MessageEntity.MENTION:
        return _spelled(message, entity).lower() == f"@{me.username.lower()}"
    return entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == me.id


def _text(message: Message) -> str | None:
    """What was written: as a message, or below a photo, a file …; None if nothing was."""
    return (message.caption or "") if is_file(message) else message.text or message.caption


def _entities(message: Message) -> Sequence[MessageEntity]:
    """The commands, mentions … in the text of ``message``, or in the words below a photo or a file."""
    return message.entities if message.text is not None else message.caption_entities


def _spelled(message: Message, entity: MessageEntity) -> str:
    return message.parse_entity(entity) if message.text is not None else message.parse_caption_entity(entity)


def _linked(payload: str) -> str:
    """The action that a deep link's ``payload`` spells, or nothing."""
    action = parse_action(payload)
    return str(action) if action is not None and action.code in _LINKED else ""


def _of_press(press: CallbackQuery, request: str) -> Incoming | None:
    if press.data is None:  # a game's button
        return None
    chat = (
        f"{INLINE}:telegram:{press.from_user.id}"
        if press.message is None
        else chat_key(press.message.chat.id, thread_of(press.message))
    )
    return Incoming(
        f"telegram:{press.from_user.id}",
        chat,
        action=action_of(press.data),
        request_id=request,
        name=press.from_user.full_name,
        is_private=press.message is None or press.message.chat.type == ChatType.PRIVATE,
    )


def _of_typing(query: InlineQuery, request: str) -> Incoming:
    person = query.from_user.id
    return Incoming(
        f"telegram:{person}",
        f"{INLINE}:telegram:{person}",
        query.query.strip(),
        request_id=request,
        is_inline=True,
    )


def replies_to_bot(message: Message, me: int) -> bool:
    """Whether ``message`` replies to the bot. Every message of a topic «replies» to the topic's first one."""
    other = message.reply_to_message
    return (
        other is not None
        and other.from_user is not None
        and other.from_user.id == me
        and other.forum_topic_created is None
    )


def replied_answer_id(message: Message, me: int) -> str:
    """The id of the answer of the bot's that ``message`` replies to, as its buttons have it; nothing for others."""
    other = message.reply_to_message
    if other is None or other.reply_markup is None or not replies_to_bot(message, me):
        return ""
    pressed = (button.callback_data for row in other.reply_markup.inline_keyboard for button in row)
    actions = (parse_action(data) for data in pressed if isinstance(data, str))
    thumbs = {Code.HELPFUL, Code.UNHELPFUL}
    return next((action.target for action in actions if action is not None and action.code in thumbs), "")


def replied_choices(message: Message, me: int) -> tuple[Choice, ...]:
    """The numbered choices of the bot's list that ``message`` replies to, in their order; none for other messages."""
    other = message.reply_to_message
    if other is None or other.reply_markup is None or not replies_to_bot(message, me):
        return ()
    buttons = [button for row in other.reply_markup.inline_keyboard for button in row]
    found: list[Choice] = []
    for button in buttons:
        number, dot, label = button.text.partition(". ")
        if dot and number == str(len(found) + 1) and isinstance(button.callback_data, str):
            found.append(Choice(label, action_of(button.callback_data)))
    return tuple(found)


def replied_member(message: Message) -> User | None:
    """The member whose message ``message`` replies to; in a private chat, whose message was forwarded there.

    Nobody if a chat speaks, be it for an anonymous admin: that is many people.
    """
    other = message.reply_to_message
    if other is None or other.sender_chat is not None or other.forum_topic_created is not None:
        return None
    author = other.from_user
    if message.chat.type == ChatType.PRIVATE:
        author = other.forward_origin.sender_user if isinstance(other.forward_origin, MessageOriginUser) else None
    return None if author is None or author.is_bot else author
