"""Finding what a control request names; what is not there is Refused."""

from __future__ import annotations

from tests.standin.chats import Chat
from tests.standin.errors import Json, Refused
from tests.standin.messages import Message
from tests.standin.params import Params
from tests.standin.people import User
from tests.standin.world import World


def the_user(world: World, params: Params, name: str = "user_id") -> User:
    """The user of that number."""
    user = world.users.get(params.number(name) or 0)
    if user is None:
        raise Refused(f"no user {params.number(name)}")
    return user


def the_chat(world: World, params: Params) -> Chat:
    """The chat of that number; a user's number is the private chat."""
    number = params.number("chat_id") or 0
    if number in world.users and number != world.bot.id:
        return world.private_chat(world.users[number])
    if number not in world.chats:
        raise Refused(f"no chat {number}")
    return world.chats[number]


def the_message(world: World, params: Params, name: str = "message_id") -> Message:
    """A message of the chat that was not deleted."""
    message = the_chat(world, params).find(params.number(name))
    if message is None:
        raise Refused(f"no message {params.number(name)} in chat {params.number('chat_id')}")
    return message


def must_be_in(chat: Chat, user: User) -> None:
    """Users act only in chats they are in."""
    if not chat.has(user.id):
        raise Refused(f"{user.first_name} is not in chat {chat.id}")


def chat_view(chat: Chat) -> Json:
    """A chat as a test sees it."""
    return {
        **chat.wire(),
        "topics": {name: number for number, name in chat.topics.items()},
        "members": {str(number): status for number, status in chat.members.items()},
    }
