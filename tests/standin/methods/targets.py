"""Where a call points to: the chat, the message, the thread; and whether the bot may act there."""

from __future__ import annotations

from dataclasses import dataclass

from tests.standin.chats import ADMINS, Chat
from tests.standin.errors import ApiError, Json, bad_request, forbidden
from tests.standin.keyboard import reply_markup
from tests.standin.messages import Message
from tests.standin.params import Params
from tests.standin.posting import add_message, thread_of
from tests.standin.world import World


@dataclass(frozen=True, slots=True)
class Draft:
    """A message about to be sent: everything but its content."""

    chat: Chat
    reply_to: Message | None
    thread_id: int | None
    markup: Json | None

    def send(self, world: World) -> Message:
        """Put the message into its chat; the caller fills in the content."""
        message = add_message(world, self.chat, None if self.chat.type == "channel" else world.bot)
        message.by_bot = True
        message.reply_to, message.thread_id, message.markup = self.reply_to, self.thread_id, self.markup
        return message


_RIGHTS = {"text messages": "can_send_messages", "polls": "can_send_polls"}


def draft(world: World, params: Params, what: str = "text messages") -> Draft:
    """Check chat, thread, reply and keyboard of a sending call; ``what`` is sent, in Telegram's words."""
    chat = writable_chat(world, params, what)
    reply_to = _reply_to(chat, params)
    thread_id = params.number("message_thread_id")
    if thread_id is not None and thread_id not in chat.topics:
        raise bad_request("message thread not found")
    if thread_id is None:
        thread_id = thread_of(chat, reply_to)
    return Draft(chat, reply_to, thread_id, reply_markup(params))


def find_chat(world: World, params: Params) -> Chat:
    """The chat of ``chat_id``: a number or a public @username."""
    given = params.text("chat_id")
    if not given:
        raise bad_request("chat_id is empty")
    if given.startswith("@"):
        name = given[1:].lower()
        found = [chat for chat in world.chats.values() if chat.owner is None and chat.username is not None]
        chat = next((chat for chat in found if (chat.username or "").lower() == name), None)
    else:
        chat = world.chats.get(params.number("chat_id") or 0)
    if chat is None or (chat.owner is not None and not _has_met(world, chat)):
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        parameters: Json = {"migrate_to_chat_id": chat.migrated_to}
        raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", parameters)
    return chat


def joined_chat(world: World, params: Params) -> Chat:
    """A chat the bot is in; 403 once it was removed."""
    chat = find_chat(world, params)
    if chat.owner is None and not chat.has(world.bot.id):
        kicked = chat.status(world.bot.id) == "kicked"
        raise forbidden(f"bot {'was kicked from' if kicked else 'is not a member of'} the {chat.type} chat")
    return chat


def writable_chat(world: World, params: Params, what: str = "text messages") -> Chat:
    """A chat the bot may write to, or send ``what`` to."""
    chat = joined_chat(world, params)
    if chat.owner is not None and chat.owner.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.owner is not None and not chat.owner.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.type == "channel" and chat.status(world.bot.id) not in ADMINS:
        raise bad_request("need administrator rights in the channel chat")
    right = _RIGHTS.get(what, "can_send_messages")
    if chat.status(world.bot.id) == "restricted" or not chat.may(world.bot.id, right):
        raise bad_request(f"not enough rights to send {what} to the chat")
    return chat


def find_message(chat: Chat, params: Params, missing: str) -> Message:
    """The message of ``message_id``, or the given complaint."""
    number = params.number("message_id")
    if number is None:
        raise bad_request("message identifier is not specified")
    message = chat.find(number)
    if message is None:
        raise bad_request(missing)
    return message


def _has_met(world: World, chat: Chat) -> bool:
    """Whether the bot knows the person at all: from a private chat or from a group both are in."""
    person = chat.owner
    if person is None or person.started or person.blocked:
        return True
    return any(
        other.has(person.id) and other.has(world.bot.id) for other in world.chats.values() if other.owner is None
    )


def _reply_to(chat: Chat, params: Params) -> Message | None:
    reply = params.child("reply_parameters")
    number = reply.number("message_id") if reply is not None else params.number("reply_to_message_id")
    if number is None:
        return None
    message = chat.find(number)
    optional = (reply or params).flag("allow_sending_without_reply")
    if message is None and not optional:
        raise bad_request("message to be replied not found")
    return message
