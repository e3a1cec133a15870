"""Polls and quizzes: sendPoll and stopPoll."""

from __future__ import annotations

from tests.standin import limits
from tests.standin.errors import Json, bad_request
from tests.standin.keyboard import reply_markup
from tests.standin.methods.registry import method
from tests.standin.methods.targets import draft, find_message, writable_chat
from tests.standin.params import Params
from tests.standin.polls import Poll
from tests.standin.text import Marked
from tests.standin.world import World

STORED = ("shuffle_options", "hide_results_until_closes", "allow_adding_options")


@method("sendPoll")
async def send_poll(world: World, params: Params) -> Json:
    """A poll or quiz; anonymous unless told otherwise."""
    target = draft(world, params, "polls")
    poll = _poll(world, params)
    if target.chat.type == "channel" and not poll.is_anonymous:
        raise bad_request("non-anonymous polls can't be sent to channel chats")
    if target.chat.type != "channel" and (params.flag("members_only") or params.items("country_codes")):
        raise bad_request("members_only and country_codes are available only in channel chats")
    world.polls[poll.id] = poll
    message = target.send(world)
    message.poll = poll
    return message.wire()


@method("stopPoll")
async def stop_poll(world: World, params: Params) -> Json:
    """Close the bot's own poll; the closed poll comes back."""
    chat = writable_chat(world, params)
    message = find_message(chat, params, "message with poll to stop not found")
    markup = reply_markup(params, only_inline=True)
    if message.poll is None:
        raise bad_request("message is not a poll")
    if not message.by_bot:
        raise bad_request("poll can't be stopped")
    if message.poll.is_closed:
        raise bad_request("poll has already been closed")
    message.poll.is_closed = True
    message.markup = markup
    world.updates.put("poll", message.poll.wire())
    return message.poll.wire()


def _poll(world: World, params: Params) -> Poll:
    question = limits.poll_question(params)
    options = limits.poll_options(params)
    kind = params.words("type") or "regular"
    if kind not in {"regular", "quiz"}:
        raise bad_request("unsupported poll type specified")
    is_quiz = kind == "quiz"
    is_anonymous = params.flag("is_anonymous", default=True)
    if params.flag("allow_adding_options") and (is_quiz or is_anonymous):
        raise bad_request("options can't be added to anonymous polls and quizzes")
    period, date = limits.close_date(params, world.clock.date())
    return Poll(
        id=world.next_id("53"),
        question=question,
        options=options,
        is_anonymous=is_anonymous,
        type=kind,
        allows_multiple_answers=params.flag("allows_multiple_answers"),
        allows_revoting=params.flag("allows_revoting", default=not is_quiz),
        members_only=params.flag("members_only"),
        correct=limits.correct_options(params, len(options)) if is_quiz else [],
        explanation=limits.poll_explanation(params) if is_quiz else Marked(""),
        description=limits.poll_description(params),
        open_period=period,
        close_date=date,
        is_closed=params.flag("is_closed"),
        settings={name: params.flag(name) for name in STORED},
    )
