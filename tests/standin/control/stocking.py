"""Users, chats, members and topics for a test to begin with."""

from __future__ import annotations

from tests.standin.chats import MEMBER_RIGHTS, STATUSES, Chat
from tests.standin.control.lookup import chat_view, the_chat, the_user
from tests.standin.control.registry import action
from tests.standin.errors import Json, Refused
from tests.standin.params import Params
from tests.standin.people import User
from tests.standin.posting import add_message, change_block, change_status, deliver
from tests.standin.world import World

TYPES = {"group", "supergroup", "channel"}
TOPIC_COLOR = 0x6FB9F0


@action("create_user")
async def create_user(world: World, params: Params) -> Json:
    """A person; ``started`` for one whose private chat with the bot is open already."""
    number = params.number("id") or world.counters.user()
    if number in world.users:
        raise Refused(f"user {number} exists")
    user = User(
        id=number,
        first_name=params.words("first_name") or "某人",
        username=params.text("username"),
        last_name=params.text("last_name"),
        language_code=params.text("language_code"),
        started=params.flag("started"),
    )
    world.users[user.id] = user
    world.private_chat(user)
    return user.wire()


@action("create_chat")
async def create_chat(world: World, params: Params) -> Json:
    """A group, supergroup (a forum too) or channel with its people; the bot comes last and hears of it."""
    kind = params.words("type")
    if kind not in TYPES:
        raise Refused(f"no such chat type: {kind}")
    number = world.counters.chat()
    chat = Chat(
        id=-number if kind == "group" else -1_000_000_000_000 - number,
        type=kind,
        title=params.words("title"),
        username=params.text("username"),
        is_forum=params.flag("is_forum"),
    )
    world.chats[chat.id] = chat
    for status, key in (("member", "members"), ("administrator", "admins")):
        chat.members |= dict.fromkeys(params.numbers(key) or [], status)
    people = [world.users[number] for number in chat.members if number in world.users]
    if len(people) < len(chat.members):
        raise Refused("unknown member")
    for name in params.items("topics") or []:
        _add_topic(world, chat, str(name), people[0] if people else world.bot)
    if bot_status := params.text("bot"):
        admins = [user for user in people if chat.status(user.id) == "administrator"]
        change_status(world, chat, world.bot, bot_status, (admins or people or [world.bot])[0])
    return chat_view(chat)


@action("set_member")
async def set_member(world: World, params: Params) -> Json:
    """Give a user, or the bot, another status in a chat; ``by_id`` did it."""
    chat, user = the_chat(world, params), the_user(world, params)
    status = params.words("status")
    if status not in STATUSES or chat.owner is not None:
        raise Refused(f"no such status here: {status}")
    by = the_user(world, params, "by_id") if params.has("by_id") else user
    change_status(world, chat, user, status, by)
    return chat_view(chat)


@action("create_topic")
async def create_topic(world: World, params: Params) -> Json:
    """A new topic in a forum."""
    chat = the_chat(world, params)
    creator = the_user(world, params) if params.has("user_id") else world.bot
    return {"message_thread_id": _add_topic(world, chat, params.words("name"), creator)}


@action("delete_topic")
async def delete_topic(world: World, params: Params) -> Json:
    """A topic of a forum goes with its messages."""
    chat, number = the_chat(world, params), params.number("message_thread_id") or 0
    if chat.topics.pop(number, None) is None:
        raise Refused(f"no topic {number} in chat {chat.id}")
    for message in chat.messages.values():
        message.deleted = message.deleted or message.thread_id == number
    return chat_view(chat)


@action("permit")
async def permit(world: World, params: Params) -> Json:
    """Switch a right of everybody in a group on or off."""
    chat, right = the_chat(world, params), params.words("right")
    if right not in MEMBER_RIGHTS:
        raise Refused(f"no such right: {right}")
    if params.flag("allowed"):
        chat.forbidden.discard(right)
    else:
        chat.forbidden.add(right)
    return chat_view(chat)


@action("block")
async def block(world: World, params: Params) -> Json:
    """A user blocks the bot, or takes it back."""
    user = the_user(world, params)
    change_block(world, user, blocked=params.flag("blocked", default=True))
    return user.wire()


@action("migrate")
async def migrate(world: World, params: Params) -> Json:
    """A group becomes a supergroup under a new number; the old one refuses and tells the new."""
    old = the_chat(world, params)
    if old.type != "group":
        raise Refused("only a group becomes a supergroup")
    new = Chat(-1_000_000_000_000 - world.counters.chat(), "supergroup", old.title, members=dict(old.members))
    world.chats[new.id] = new
    for chat, content in ((old, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": old.id})):
        message = add_message(world, chat, None)
        message.service, message.content = True, dict(content)
        deliver(world, message)
    old.migrated_to = new.id
    return chat_view(new)


def _add_topic(world: World, chat: Chat, name: str, creator: User) -> int:
    if not chat.is_forum:
        raise Refused("only forums have topics")
    message = add_message(world, chat, creator)
    message.service, message.thread_id = True, message.id
    message.content = {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOR}}
    chat.topics[message.id] = name
    deliver(world, message)
    return message.id
