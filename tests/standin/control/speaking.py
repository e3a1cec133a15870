"""What users send: text, stickers, files, edits, reactions."""

from __future__ import annotations

import base64
import binascii

from tests.standin.control.lookup import must_be_in, the_chat, the_message, the_user
from tests.standin.control.registry import action
from tests.standin.errors import Json, Refused
from tests.standin.messages import Message
from tests.standin.params import Params
from tests.standin.people import User
from tests.standin.posting import add_message, change_block, deliver, thread_of
from tests.standin.text import Marked, trimmed, with_found
from tests.standin.world import World


@action("say")
async def say(world: World, params: Params) -> Json:
    """A text; without ``user_id`` a channel's own post. Entities are found as an app finds them."""
    message = _begin(world, params)
    message.text = _text(params, "text")
    if not message.text.text:
        raise Refused("a message needs a text")
    return _finish(world, message)


@action("sticker")
async def sticker(world: World, params: Params) -> Json:
    """A sticker, known by its emoji."""
    message = _begin(world, params)
    stored = world.add_file("sticker.webp", "image/webp", b"RIFF", None, "stickers")
    shape: Json = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
    message.content = {"sticker": {**stored.wire(), **shape, "emoji": params.words("emoji") or "👍"}}
    return _finish(world, message)


@action("document")
async def document(world: World, params: Params) -> Json:
    """A file; ``size`` may claim more bytes than ``content`` (base64) has."""
    message = _begin(world, params)
    try:
        content = base64.b64decode(params.words("content"), validate=True)
    except binascii.Error:
        raise Refused("content is not base64") from None
    mime_type = params.words("mime_type") or "application/octet-stream"
    stored = world.add_file(params.words("name"), mime_type, content, params.number("size"), "documents")
    message.content = {"document": stored.document()}
    if params.has("album"):
        message.content["media_group_id"] = params.words("album")
    message.caption = _text(params, "caption")
    return _finish(world, message)


@action("forward")
async def forward(world: World, params: Params) -> Json:
    """A message of the chat ``source_id``, sent on by a user."""
    original = the_message(world, Params({**params.values, "chat_id": params.number("source_id")}))
    if original.sender is None:
        raise Refused("only a person's message can be forwarded here")
    message = _begin(world, params)
    origin: Json = {"type": "user", "date": original.date, "sender_user": original.sender.wire()}
    message.text, message.caption = original.text, original.caption
    message.content = {**original.content, "forward_origin": origin}
    return _finish(world, message)


@action("edit")
async def edit(world: World, params: Params) -> Json:
    """A user changes a text of their own, or the caption of a file."""
    message = the_message(world, params)
    sender = None if message.sender is None else message.sender.id
    if (message.text or message.caption) is None or message.by_bot or sender != params.number("user_id"):
        raise Refused("only a user's own text or caption can be edited")
    message.remember()
    if message.text is not None:
        message.text = _text(params, "text")
    else:
        message.caption = _text(params, "text")
    message.edit_date = world.clock.date()
    deliver(world, message, edited=True)
    return message.wire()


@action("react")
async def react(world: World, params: Params) -> Json:
    """A user puts an emoji on a message; an empty one takes it away."""
    message, user = the_message(world, params), the_user(world, params)
    before = message.reactions.get(user.id, [])
    emoji = params.words("emoji")
    message.reactions[user.id] = [{"type": "emoji", "emoji": emoji}] if emoji else []
    update: Json = {
        "chat": message.chat.wire(),
        "message_id": message.id,
        "user": user.wire(),
        "date": world.clock.date(),
        "old_reaction": before,
        "new_reaction": message.reactions[user.id],
    }
    world.updates.put("message_reaction", update)
    return update


def _begin(world: World, params: Params) -> Message:
    """A new message of the user, in its thread; writing to the bot in private starts the chat."""
    chat = the_chat(world, params)
    sender: User | None = None
    if params.has("user_id"):
        sender = the_user(world, params)
        must_be_in(chat, sender)
        if chat.type == "channel":
            raise Refused("a channel's posts are in its own name")
    elif chat.type != "channel":
        raise Refused("only channels post in their own name")
    reply_to = the_message(world, params, "reply_to") if params.has("reply_to") else None
    thread_id = params.number("thread")
    if thread_id is not None and thread_id not in chat.topics:
        raise Refused(f"no topic {thread_id} in chat {chat.id}")
    if sender is not None and chat.owner is sender:
        change_block(world, sender, blocked=False)
        sender.started = True
    message = add_message(world, chat, sender)
    message.reply_to = reply_to
    message.thread_id = thread_of(chat, reply_to) if thread_id is None else thread_id
    return message


def _finish(world: World, message: Message) -> Json:
    deliver(world, message)
    return message.wire()


def _text(params: Params, name: str) -> Marked:
    return with_found(trimmed(Marked(params.words(name))))
