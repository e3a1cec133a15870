"""How a message comes into a chat, from either side, and how the bot hears of it."""

from __future__ import annotations

from tests.standin.chats import INSIDE, Chat, member_wire
from tests.standin.errors import Json
from tests.standin.messages import Message
from tests.standin.people import User
from tests.standin.privacy import visible
from tests.standin.world import World


def add_message(world: World, chat: Chat, sender: User | None) -> Message:
    """A new, still empty message in the chat; no sender means the chat itself speaks."""
    message = Message(chat, world.next_message_id(chat), world.clock.date(), sender)
    chat.messages[message.id] = message
    return message


def deliver(world: World, message: Message, *, edited: bool = False) -> None:
    """Queue the update for a message of the user's side, if the bot may see it."""
    switches = world.switches
    if message.chat.owner is not None and message.chat.owner.blocked:
        return
    if not visible(message, world.bot, privacy=switches.privacy, mention_delivery=switches.mention_delivery):
        return
    kind = "channel_post" if message.chat.type == "channel" else "message"
    world.updates.put(f"edited_{kind}" if edited else kind, message.wire())


def thread_of(chat: Chat, reply_to: Message | None) -> int | None:
    """The thread a reply falls into: a forum topic, or the root of a reply thread in other supergroups."""
    if reply_to is None or chat.type != "supergroup":
        return None
    if chat.is_forum:
        return reply_to.thread_id
    return reply_to.thread_id or reply_to.id


def change_status(world: World, chat: Chat, user: User, status: str, by: User) -> None:
    """Give a user another membership, with the service message and the update that go with it."""
    before = chat.status(user.id)
    chat.members[user.id] = status
    joined, gone = before not in INSIDE and status in INSIDE, before in INSIDE and status not in INSIDE
    if (joined or gone) and chat.is_group():
        message = add_message(world, chat, by)
        message.service = True
        message.content = {"new_chat_members": [user.wire()]} if joined else {"left_chat_member": user.wire()}
        if joined and user.id == world.bot.id:
            message.content["new_chat_member"] = user.wire()
        deliver(world, message)
    if user.id == world.bot.id:
        world.updates.put("my_chat_member", _change(world, chat, user, (before, status), by))
    elif chat.has(world.bot.id):
        world.updates.put("chat_member", _change(world, chat, user, (before, status), by))


def change_block(world: World, user: User, *, blocked: bool) -> None:
    """A user blocks the bot or takes it back; the bot hears of either."""
    if user.blocked == blocked:
        return
    user.blocked = blocked
    before, after = ("member", "kicked") if blocked else ("kicked", "member")
    chat = world.private_chat(user)
    world.updates.put("my_chat_member", _change(world, chat, world.bot, (before, after), user))


def _change(world: World, chat: Chat, user: User, statuses: tuple[str, str], by: User) -> Json:
    """A ``ChatMemberUpdated`` object, from the status before to the one after."""
    before, after = statuses
    return {
        "chat": chat.wire(),
        "from": by.wire(),
        "date": world.clock.date(),
        "old_chat_member": member_wire(user, before),
        "new_chat_member": member_wire(user, after),
    }
