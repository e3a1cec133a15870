"""Changing and deleting messages."""

from __future__ import annotations

from tests.standin import limits
from tests.standin.chats import ADMINS
from tests.standin.errors import Json, bad_request
from tests.standin.keyboard import reply_markup
from tests.standin.messages import Message
from tests.standin.methods.registry import method
from tests.standin.methods.targets import find_message, joined_chat, writable_chat
from tests.standin.params import Params
from tests.standin.text import Marked
from tests.standin.world import World

Content = tuple[Marked | None, Json | None, str | None]
"""Text, keyboard and markup."""
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@method("editMessageText")
async def edit_message_text(world: World, params: Params) -> Json | bool:
    """New text and buttons for the bot's own message; leaving reply_markup out takes the buttons away."""
    message = _editable(world, params)
    if message.text is None:
        raise bad_request("there is no text in the message to edit")
    text = limits.message_text(params)
    markup = reply_markup(params, only_inline=True)
    return _edit(world, params, message, (text, markup, _html(params, "text")))


@method("editMessageCaption")
async def edit_message_caption(world: World, params: Params) -> Json | bool:
    """New caption and buttons for the bot's own file."""
    message = _editable(world, params)
    if message.caption is None:
        raise bad_request("there is no caption in the message to edit")
    markup = reply_markup(params, only_inline=True)
    return _edit(world, params, message, (limits.caption(params), markup, _html(params, "caption")))


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(world: World, params: Params) -> Json | bool:
    """New buttons, or none, for the bot's own message."""
    message = _editable(world, params)
    markup = reply_markup(params, only_inline=True)
    return _edit(world, params, message, (message.text or message.caption, markup, message.html))


@method("deleteMessage")
async def delete_message(world: World, params: Params) -> bool:
    """Delete a message of the bot, a recent one of a private chat, or any as a group's administrator."""
    chat = joined_chat(world, params)
    message = find_message(chat, params, "message to delete not found")
    own = message.by_bot
    admin = chat.status(world.bot.id) in ADMINS
    if not own and not admin and chat.owner is None:
        raise bad_request("message can't be deleted")
    if not admin and world.clock.date() - message.date > limits.DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    return True


def _editable(world: World, params: Params) -> Message:
    if (inline_id := params.text("inline_message_id")) is not None:
        if inline_id not in world.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return world.inline_messages[inline_id]
    chat = writable_chat(world, params)
    message = find_message(chat, params, "message to edit not found")
    if not message.by_bot or message.service:
        raise bad_request("message can't be edited")
    return message


def _html(params: Params, name: str) -> str | None:
    """The markup a text came in, for tests to see."""
    return params.text(name) if params.text("parse_mode") else None


def _edit(world: World, params: Params, message: Message, after: Content) -> Json | bool:
    """Apply an edit that changes something, keeping what was there before."""
    text, markup, html = after
    before = message.text if message.text is not None else message.caption
    if text == before and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    message.remember()
    if message.text is not None:
        message.text = text
    elif message.caption is not None:
        message.caption = text
    message.markup, message.html, message.edit_date = markup, html, world.clock.date()
    return True if params.has("inline_message_id") else message.wire()
