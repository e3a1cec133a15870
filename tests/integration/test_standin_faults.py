"""Faults, flood control and the raw HTTP of the stand-in."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from tests.standin.bots import connected_bot
from tests.standin.client import Refused, Standin, User


@pytest.fixture
async def ann(telegram: Standin) -> User:
    return await telegram.user("安安", started=True)


def seconds(told: RetryAfter) -> float:
    """How long to wait; the library is between two types for it."""
    wait = told.retry_after
    return wait if isinstance(wait, int) else wait.total_seconds()


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("400", BadRequest),
        ("500", NetworkError),
        ("502", NetworkError),
        ("not_json", TelegramError),
        ("drop", NetworkError),
    ],
)
async def test_an_ordered_fault_strikes_once(
    telegram: Standin, bot: Bot, ann: User, kind: str, error: type[TelegramError]
) -> None:
    await telegram.fault("sendMessage", kind)
    with pytest.raises(error):
        await bot.send_message(ann.id, "一")
    await bot.send_message(ann.id, "一")
    assert [message.text for message in await ann.chat.messages()] == ["一"]
    assert [call.ok for call in await telegram.calls("sendMessage")] == [False, True]


async def test_a_fault_that_struck_is_known_while_the_call_still_hangs(telegram: Standin, bot: Bot, ann: User) -> None:
    await telegram.fault("sendMessage", "hang", seconds=60)
    with pytest.raises(TimeoutError, match="sendMessage"):
        await telegram.struck("sendMessage", timeout=0.01)
    sending = asyncio.create_task(bot.send_message(ann.id, "一"))
    await telegram.struck("sendMessage")
    assert not sending.done()
    assert await telegram.calls("sendMessage") == []
    sending.cancel()


async def test_a_lost_answer_leaves_the_message_sent(telegram: Standin, bot: Bot, ann: User) -> None:
    await telegram.fault("sendMessage", "drop", carried_out=True)
    with pytest.raises(NetworkError):
        await bot.send_message(ann.id, "一")
    assert (await ann.chat.last()).text == "一"


async def test_a_hanging_call_times_out(telegram: Standin, bot: Bot, ann: User) -> None:
    await telegram.fault("sendMessage", "hang", seconds=5)
    with pytest.raises(TimedOut):
        await bot.send_message(ann.id, "一", read_timeout=0.1)
    assert await ann.chat.messages() == []


@pytest.mark.filterwarnings("ignore:.*retry_after.*")
async def test_a_429_on_order_tells_how_long_to_wait(telegram: Standin, bot: Bot, ann: User) -> None:
    await telegram.fault("*", "429", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(RetryAfter) as told:
            await bot.send_chat_action(ann.id, "typing")
        assert seconds(told.value) == 7
    await bot.send_chat_action(ann.id, "typing")
    with pytest.raises(Refused, match="no such fault"):
        await telegram.fault("*", "earthquake")


@pytest.mark.filterwarnings("ignore:.*retry_after.*")
async def test_flood_control_counts_by_chat_and_by_minute_in_groups(telegram: Standin, bot: Bot, ann: User) -> None:
    group = await telegram.group("群", [ann])
    await telegram.configure(flood=True)
    await bot.send_message(ann.id, "一")
    with pytest.raises(RetryAfter):
        await bot.send_message(ann.id, "二")
    for number in range(20):
        await bot.send_message(group.id, str(number))
        await telegram.advance(1)
    with pytest.raises(RetryAfter) as told:
        await bot.send_message(group.id, "二十一")
    assert 30 < seconds(told.value) <= 41
    await telegram.advance(41)
    await bot.send_message(group.id, "二十一")


async def test_a_wrong_token_and_an_unknown_method_are_told_apart(telegram: Standin, bot: Bot) -> None:
    stranger = Bot("1:wrong", base_url=telegram.base_url)
    with pytest.raises(InvalidToken, match="was rejected by the server"):
        await stranger.initialize()
    await stranger.shutdown()
    async with httpx.AsyncClient(base_url=telegram.base_url + telegram.token, trust_env=False) as http:
        missing = await http.get("/makeCoffee")
        assert (missing.status_code, missing.json()) == (
            404,
            {"ok": False, "error_code": 404, "description": "Not Found"},
        )


async def test_every_way_to_pass_parameters_is_understood(telegram: Standin, ann: User) -> None:
    values: dict[str, str | int] = {"chat_id": ann.id, "text": "一"}
    async with httpx.AsyncClient(base_url=telegram.base_url + telegram.token, trust_env=False) as http:
        answers = [
            await http.get("/sendMessage", params=values),
            await http.post("/SENDMESSAGE", data=values),
            await http.post("/sendMessage", json=values),
            await http.post("/sendMessage", files={name: (None, str(value)) for name, value in values.items()}),
        ]
        refused = await http.post("/sendMessage", content=b"{", headers={"Content-Type": "application/json"})
    assert [answer.json()["result"]["text"] for answer in answers] == ["一"] * 4
    assert refused.status_code == 400
    assert [call.params for call in await telegram.calls()] == [values] * 4


async def test_calls_can_be_waited_for_and_silence_says_what_was_done(telegram: Standin, bot: Bot, ann: User) -> None:
    mark = await telegram.mark()
    with pytest.raises(BadRequest):
        await bot.send_message(ann.id, "")
    call = await telegram.wait_for("sendMessage", chat_id=ann, after=mark)
    assert (call.ok, call.status, call.error) == (False, 400, "Bad Request: message text is empty")
    with pytest.raises(TimeoutError, match=r"no sendPoll within 0\.05 s; the bot called \['sendMessage'\]"):
        await telegram.wait_for("sendPoll", after=mark, timeout=0.05)
    assert [one.method for one in await telegram.quiet(after=mark, seconds=0.05)] == ["sendMessage"]


async def test_the_server_runs_as_a_process_of_its_own() -> None:
    async with Standin.process() as telegram, connected_bot(telegram) as bot:
        ann = await telegram.user("安安", started=True)
        await bot.send_message(ann.id, "一")
        assert (await ann.chat.last()).text == "一"
