"""Sending text, showing that the bot is at work, and reacting."""

from __future__ import annotations

from tests.standin import limits
from tests.standin.errors import Json, bad_request
from tests.standin.methods.registry import method
from tests.standin.methods.targets import draft, find_message, joined_chat, writable_chat
from tests.standin.params import Params
from tests.standin.reactions import REACTIONS
from tests.standin.world import World

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


@method("sendMessage")
async def send_message(world: World, params: Params) -> Json:
    """A text message; the sent message comes back."""
    target = draft(world, params)
    text = limits.message_text(params)
    message = target.send(world)
    message.text = text
    message.html = params.text("text") if params.text("parse_mode") else None
    if (preview := params.child("link_preview_options")) is not None:
        message.content["link_preview_options"] = dict(preview.values)
    return message.wire()


@method("sendChatAction")
async def send_chat_action(world: World, params: Params) -> bool:
    """Show that the bot is typing, or the like."""
    chat = writable_chat(world, params)
    if params.words("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    thread_id = params.number("message_thread_id")
    if thread_id is not None and thread_id not in chat.topics:
        raise bad_request("message thread not found")
    return True


@method("setMessageReaction")
async def set_message_reaction(world: World, params: Params) -> bool:
    """One emoji on a message, or none; a bot has one reaction a message."""
    chat = joined_chat(world, params)
    message = find_message(chat, params, "message to react not found")
    reactions = params.children("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if reaction.words("type") != "emoji" or reaction.words("emoji").replace("\ufe0f", "") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    message.reactions[world.bot.id] = [dict(reaction.values) for reaction in reactions]
    return True
