"""Votes in the bot's polls."""

from __future__ import annotations

from tests.standin.control.lookup import must_be_in, the_message, the_user
from tests.standin.control.registry import action
from tests.standin.errors import Json, Refused
from tests.standin.params import Params
from tests.standin.polls import Poll
from tests.standin.world import World

CHANNEL_BOT: Json = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
"""Who Telegram names as the voter when an anonymous administrator votes."""


@action("vote")
async def vote(world: World, params: Params) -> Json:
    """Vote by option numbers or texts, none to retract; ``anonymous`` votes as the chat itself."""
    message, user = the_message(world, params), the_user(world, params)
    must_be_in(message.chat, user)
    poll = message.poll
    if poll is None:
        raise Refused("the message has no poll")
    world.close_due_polls()
    anonymous = params.flag("anonymous")
    numbers = [_number(poll, option) for option in params.items("options") or []]
    poll.vote(message.chat.id if anonymous else user.id, numbers)
    chosen = sorted(numbers)
    if not poll.is_anonymous:
        voter: Json = {"user": CHANNEL_BOT, "voter_chat": message.chat.wire()} if anonymous else {"user": user.wire()}
        answer: Json = {
            "poll_id": poll.id,
            "option_ids": chosen,
            "option_persistent_ids": poll.persistent_ids(chosen),
        }
        world.updates.put("poll_answer", {**answer, **voter})
    world.updates.put("poll", poll.wire())
    return {"poll_id": poll.id, "option_ids": chosen}


def _number(poll: Poll, option: object) -> int:
    if isinstance(option, int):
        return option
    if isinstance(option, str) and option in poll.options:
        return poll.options.index(option)
    raise Refused(f"no option {option!r}; there are {poll.options}")
