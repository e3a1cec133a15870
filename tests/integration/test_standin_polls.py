"""The stand-in's polls and quizzes, as python-telegram-bot sends and reads them."""

from __future__ import annotations

import httpx
import pytest
from telegram import Bot, Poll, Update
from telegram.error import BadRequest
from telegram.warnings import PTBDeprecationWarning

from tests.standin.client import Chat, Message, Refused, Standin, User


@pytest.fixture
async def ann(telegram: Standin) -> User:
    return await telegram.user("安安")


@pytest.fixture
async def group(telegram: Standin, ann: User) -> Chat:
    return await telegram.supergroup("学习小组", [ann])


async def quiz(telegram: Standin, bot: Bot, group: Chat, **more: object) -> Message:
    """A quiz for everyone to see, the second option right."""
    how: dict[str, object] = {"type": Poll.QUIZ, "correct_option_ids": [1], "is_anonymous": False} | more
    await bot.send_poll(group.id, "组建率是多少?", ["50%", "100%", "80%"], **how)  # type: ignore[arg-type]
    return (await telegram.wait_for("sendPoll")).message


async def updates(bot: Bot, kind: str) -> list[Update]:
    """The waiting updates of a kind; nothing is confirmed."""
    return [update for update in await bot.get_updates() if getattr(update, kind) is not None]


async def test_a_quiz_comes_back_whole(bot: Bot, group: Chat) -> None:
    sent = await bot.send_poll(
        group.id,
        "哪些对?",
        ["甲", "乙", "丙"],
        type=Poll.QUIZ,
        is_anonymous=False,
        allows_multiple_answers=True,
        correct_option_ids=[0, 2],
        explanation="<b>出处</b>\n2.2",
        explanation_parse_mode="HTML",
        open_period=20,
        shuffle_options=True,
        hide_results_until_closes=True,
    )
    poll = sent.poll
    assert poll is not None
    assert (poll.correct_option_ids, poll.explanation, poll.is_anonymous) == ((0, 2), "出处\n2.2", False)
    assert (poll.allows_revoting, poll.members_only, poll.is_closed) == (False, False, False)
    assert poll.close_date is not None
    assert len({option.persistent_id for option in poll.options}) == 3


async def test_shuffling_and_hiding_are_stored_though_never_sent_back(telegram: Standin, bot: Bot, group: Chat) -> None:
    sent = await quiz(telegram, bot, group, shuffle_options=True, hide_results_until_closes=True)
    settings = (await telegram.now(sent)).raw["poll_settings"]
    assert settings == {
        "shuffle_options": True,
        "hide_results_until_closes": True,
        "allow_adding_options": False,
    }


@pytest.mark.filterwarnings("ignore:.*correct_option_id.*")
async def test_the_older_single_answer_is_understood(telegram: Standin, bot: Bot, group: Chat) -> None:
    with pytest.warns(PTBDeprecationWarning):
        await bot.send_poll(group.id, "问", ["甲", "乙"], type=Poll.QUIZ, correct_option_id=1)
    old = {"chat_id": group.id, "question": "问", "options": ["甲"], "type": "quiz", "correct_option_id": 0}
    async with httpx.AsyncClient(base_url=telegram.base_url + telegram.token, trust_env=False) as http:
        assert (await http.post("/sendPoll", json=old)).status_code == 200
    polls = [call.message.poll for call in await telegram.calls("sendPoll")]
    assert [poll["correct_option_ids"] for poll in polls if poll] == [[1], [0]]


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"question": "字" * 301}, "Poll question length must not exceed 300"),
        ({"options": []}, "Poll must have at least one answer option"),
        ({"options": list("甲乙丙丁戊己庚辛壬癸子丑寅")}, "Poll can't have more than 12 options"),
        ({"options": ["甲", "字" * 101]}, "Poll options length must not exceed 100"),
        ({"options": ["甲", " "]}, "Text must be non-empty"),
        ({"explanation": "字" * 201}, "Poll explanation length must not exceed 200"),
        ({"explanation": "一\n二\n三\n四"}, "Poll explanation must not have more than 2 line feeds"),
        ({"correct_option_ids": []}, "Correct quiz option list must be non-empty"),
        ({"correct_option_ids": [1, 0]}, "Correct quiz option list must be increasing"),
        ({"correct_option_ids": [2]}, "Wrong quiz correct_option_id"),
        ({"open_period": 4}, "Poll open period must be between 5 and 2628000 seconds"),
        ({"open_period": 2_628_001}, "Poll open period must be between 5 and 2628000 seconds"),
        ({"description": "字" * 1025}, "Poll description length must not exceed 1024"),
        ({"chat_id": 77}, "Chat not found"),
    ],
)
async def test_a_poll_beyond_the_limits_is_refused(
    bot: Bot, group: Chat, changed: dict[str, object], complaint: str
) -> None:
    good: dict[str, object] = {
        "chat_id": group.id,
        "question": "问",
        "options": ["甲", "乙"],
        "type": Poll.QUIZ,
    }
    good |= {"correct_option_ids": [0]}
    with pytest.raises(BadRequest) as refused:
        await bot.send_poll(**(good | changed))  # type: ignore[arg-type]
    assert refused.value.message == complaint


async def test_a_poll_at_the_limits_is_sent(bot: Bot, group: Chat) -> None:
    options = ["😀" * 100, *list("乙丙丁戊己庚辛壬癸子丑")]
    sent = await bot.send_poll(group.id, "😀" * 300, options, description="字" * 1024, open_period=2_628_000)
    assert sent.poll is not None
    assert len(sent.poll.options) == 12


async def test_votes_reach_the_bot_with_their_poll_and_no_chat(
    telegram: Standin, bot: Bot, group: Chat, ann: User
) -> None:
    sent = await quiz(telegram, bot, group)
    await ann.vote(sent, "100%")

    answer = (await updates(bot, "poll_answer"))[0].poll_answer
    assert answer is not None and answer.user is not None and sent.poll is not None
    assert (answer.poll_id, answer.user.id, answer.option_ids) == (sent.poll["id"], ann.id, (1,))
    assert answer.option_persistent_ids == (sent.poll["options"][1]["persistent_id"],)
    state = (await updates(bot, "poll"))[-1].poll
    assert state is not None
    assert [option.voter_count for option in state.options] == [0, 1, 0]


async def test_a_quiz_takes_one_vote_and_a_poll_lets_go_of_it(
    telegram: Standin, bot: Bot, group: Chat, ann: User
) -> None:
    sent = await quiz(telegram, bot, group)
    await ann.vote(sent, 0)
    with pytest.raises(Refused, match="can't revote"):
        await ann.vote(sent, 1)
    with pytest.raises(Refused, match="can't revote"):
        await ann.retract(sent)
    await bot.send_poll(group.id, "几点?", ["早", "晚"], is_anonymous=False)
    poll = (await telegram.calls("sendPoll"))[-1].message
    await ann.vote(poll, "早")
    await ann.retract(poll)
    answers = [update.poll_answer for update in await updates(bot, "poll_answer")]
    assert [answer.option_ids for answer in answers if answer] == [(0,), (0,), ()]


async def test_an_anonymous_administrator_votes_as_the_chat(
    telegram: Standin, bot: Bot, group: Chat, ann: User
) -> None:
    await ann.vote(await quiz(telegram, bot, group), 1, anonymous=True)
    answer = (await updates(bot, "poll_answer"))[0].poll_answer
    assert answer is not None and answer.voter_chat is not None
    assert answer.voter_chat.id == group.id


async def test_an_anonymous_poll_tells_numbers_but_no_voters(
    telegram: Standin, bot: Bot, group: Chat, ann: User
) -> None:
    await ann.vote(await quiz(telegram, bot, group, is_anonymous=True), 1)
    assert await updates(bot, "poll_answer") == []
    assert len(await updates(bot, "poll")) == 1


async def test_the_servers_clock_closes_a_poll_and_says_so(telegram: Standin, bot: Bot, group: Chat, ann: User) -> None:
    sent = await quiz(telegram, bot, group, open_period=20)
    await telegram.advance(19)
    assert await updates(bot, "poll") == []
    await telegram.advance(2)
    closed = (await updates(bot, "poll"))[-1].poll
    assert closed is not None
    assert closed.is_closed
    with pytest.raises(Refused, match="closed poll"):
        await ann.vote(sent, 1)


async def test_stopping_a_poll_returns_it_closed_and_works_once(telegram: Standin, bot: Bot, group: Chat) -> None:
    sent = await quiz(telegram, bot, group)
    assert (await bot.stop_poll(group.id, sent.message_id)).is_closed
    with pytest.raises(BadRequest, match="Poll has already been closed"):
        await bot.stop_poll(group.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message with poll to stop not found"):
        await bot.stop_poll(group.id, 999)
    with pytest.raises(BadRequest, match="Message is not a poll"):
        await bot.stop_poll(group.id, (await bot.send_message(group.id, "甲")).message_id)


async def test_a_channel_takes_only_anonymous_polls(telegram: Standin, bot: Bot) -> None:
    channel = await telegram.channel("频道")
    await bot.send_poll(channel.id, "问", ["甲"])
    with pytest.raises(BadRequest, match="Non-anonymous polls can't be sent to channel chats"):
        await bot.send_poll(channel.id, "问", ["甲"], is_anonymous=False)
