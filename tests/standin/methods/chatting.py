"""Chats and their members, as the bot sees them."""

from __future__ import annotations

from tests.standin.chats import ADMINS, INSIDE, member_wire
from tests.standin.errors import Json, bad_request
from tests.standin.methods.registry import method
from tests.standin.methods.targets import find_chat, joined_chat
from tests.standin.params import Params
from tests.standin.posting import change_status
from tests.standin.world import World


@method("getChat")
async def get_chat(world: World, params: Params) -> Json:
    """A chat in full."""
    return joined_chat(world, params).full()


@method("getChatMember")
async def get_chat_member(world: World, params: Params) -> Json:
    """A user's membership; ``left`` for a user who is known but not here."""
    chat = joined_chat(world, params)
    number = params.number("user_id")
    if number is None:
        raise bad_request("invalid user_id specified")
    user = world.users.get(number)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_wire(user, chat.status(user.id))


@method("getChatAdministrators")
async def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """Owner and administrators, without other bots."""
    chat = joined_chat(world, params)
    if chat.owner is not None:
        raise bad_request("there are no administrators in the private chat")
    return [member_wire(world.users[user_id], status) for user_id, status in chat.members.items() if status in ADMINS]


@method("getChatMemberCount")
async def get_chat_member_count(world: World, params: Params) -> int:
    """How many are in the chat, bots included."""
    chat = joined_chat(world, params)
    return 2 if chat.owner is not None else sum(status in INSIDE for status in chat.members.values())


@method("leaveChat")
async def leave_chat(world: World, params: Params) -> bool:
    """The bot goes."""
    chat = find_chat(world, params)
    if chat.owner is not None:
        raise bad_request("chat member status can't be changed in private chats")
    change_status(world, joined_chat(world, params), world.bot, "left", world.bot)
    return True
