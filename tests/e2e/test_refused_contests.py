"""The real process in groups that do not take what a contest brings: no polls, no words, a topic that is gone."""

from __future__ import annotations

from bot.wording import ChatRefusals as Wording
from bot.wording import Contests
from tests.e2e.bot_process import BotProcess
from tests.e2e.match import Match
from tests.standin.client import Standin, User


async def test_a_group_without_polls_is_asked_once_and_plays_on_when_they_are_allowed(
    telegram: Standin, bot: BotProcess, ann: User
) -> None:
    group = await telegram.supergroup("学习小组", [ann])
    await group.permit("can_send_polls", allowed=False)
    await telegram.quiet()
    begins = await ann.ask(group, "/quiz 20 20", timeout=20)
    told = await telegram.reply(begins, timeout=20)
    assert told.text == Wording.NO_POLLS.format(number=1, total=10, minutes=30)  # the small bank has no more
    await telegram.quiet(seconds=1)
    assert len(await telegram.calls("sendPoll")) == 1
    await group.permit("can_send_polls", allowed=True)
    match = Match(telegram, group)
    match.mark = (await ann.press(told, Contests.RESUME)).mark
    poll = await match.poll()
    assert poll.poll is not None and poll.poll["question"].startswith("第 1/10 题")


async def test_where_the_bot_may_not_speak_either_whoever_started_is_told_in_private(
    telegram: Standin, bot: BotProcess, ann: User
) -> None:
    group = await telegram.supergroup("学习小组", [ann])
    await telegram.quiet()
    for right in ("can_send_polls", "can_send_messages"):
        await group.permit(right, allowed=False)
    asked = await ann.say(group, "/quiz 20 20")
    call = await telegram.wait_for("sendMessage", chat_id=ann, after=asked, timeout=20)
    assert call.params["text"] == Wording.NO_POLLS_NOR_WORDS.format(title="竞赛")
    await telegram.quiet(seconds=1)
    assert len(await telegram.calls("sendPoll")) == 1


async def test_the_contest_of_a_deleted_topic_ends_and_nothing_comes_into_the_general_one(
    telegram: Standin, bot: BotProcess, ann: User
) -> None:
    forum = await telegram.forum("论坛", [ann], topics=["答题"])
    match = Match(telegram, forum, forum.topics["答题"])
    await match.starts(ann, "/quiz 3 5")
    await match.votes(await match.poll(), "安安", ann, correctly=True)
    await telegram.quiet()
    await forum.delete_topic("答题")
    mark = await telegram.mark()
    await match.time_is_over()
    call = await telegram.wait_for("sendMessage", chat_id=ann, after=mark, timeout=20)
    assert call.message.text.splitlines()[0] == Wording.NO_TOPIC.format(title="竞赛")
    assert "安安　1 分" in call.message.text
    assert await telegram.quiet(seconds=1)
    assert [message for message in await forum.messages() if message.raw.get("message_thread_id") is None] == [
        message for message in await forum.messages() if "大家好" in message.text or message.raw.get("new_chat_members")
    ]
    assert (await ann.ask(forum, "/stop", timeout=20)).text == Contests.NOT_RUNNING
