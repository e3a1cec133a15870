"""The channel from start to stop: connecting, the menu, the logs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.command_menu import set_command_menu
from bot.channels.telegram.contest_channel import TelegramContestChannel
from bot.channels.telegram.log_redaction import HIDDEN, TokenFilter, redacted_logs
from bot.channels.telegram.send.api import make_api
from bot.conversation.commands import ADMIN_COMMANDS
from bot.conversation.messages import Part, Reply
from bot.errors import ConfigError
from bot.wording import Offers
from bot.wording import Telegram as Wording
from tests.unit.channels.telegram_fakes import (
    TOKEN,
    FakeConversation,
    FakeLedger,
    Json,
    Naps,
    RecordingRequest,
    Refusal,
    message,
    some_knowledge,
    update,
)
from tests.unit.event_loop import until


class Setup:
    """A channel over a recorded transport."""

    def __init__(self, reply: str = "答", owners: tuple[str, ...] = ()) -> None:
        self.request = RecordingRequest()
        self.naps = Naps()
        self.ledger = FakeLedger()
        self.conversation = FakeConversation(Reply((Part("text", reply),)))
        self.stop = asyncio.Event()
        self.quizzes = TelegramContestChannel()
        self.channel = TelegramChannel(
            TOKEN,
            self.conversation,
            some_knowledge,
            lambda _bot: self.ledger,
            owners=owners,
            quizzes=self.quizzes,
            api_url="http://telegram",
            request=self.request,
            sleep=self.naps,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.channel.run(self.stop))
        try:
            yield
        finally:
            self.stop.set()
            await task


async def test_the_channel_answers_from_start_to_stop() -> None:
    setup = Setup()
    setup.request.arrive(update(number=10, message=message("问")))
    async with setup.running():
        await setup.channel.started.wait()
        await until(setup.request.sent)
        setup.request.arrive(update(number=11, message=message("再问")))
        await until(lambda: len(setup.request.sent()) == 2)
    assert [incoming.text for incoming in setup.conversation.heard] == ["问", "再问"]
    assert not setup.channel.started.is_set()
    assert setup.ledger.rows == {10: None, 11: None}
    assert setup.request.sent("getUpdates")[-1]["offset"] == 12
    assert {url.rpartition("/")[0] for url in setup.request.urls} == {f"http://telegram/bot{TOKEN}"}


async def test_a_notice_to_a_group_that_says_too_many_is_for_later() -> None:
    setup = Setup()
    async with setup.running():
        await setup.channel.started.wait()
        setup.request.plan("sendMessage", Refusal(429, "Too Many Requests: retry after 45", {"retry_after": 45}))
        notice = Reply((Part("text", "明天开会"),))
        said = asyncio.create_task(setup.quizzes.announce("telegram:-100200", notice))
        await until(said.done)
        assert await said == "later"


async def test_only_the_updates_that_are_used_are_asked_for() -> None:
    setup = Setup()
    async with setup.running():
        await until(lambda: setup.request.sent("getUpdates"))
    assert setup.request.sent("getUpdates")[0]["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "inline_query",
        "my_chat_member",
        "poll_answer",
        "poll",
    ]


async def test_the_menu_is_set_for_each_kind_of_chat_and_again_if_that_fails() -> None:
    setup = Setup()
    setup.request.plan("setMyCommands", NetworkError("down"), Refusal(500, "Internal"))
    async with setup.running():
        await until(lambda: len(setup.request.sent("setMyCommands")) == 4)
    scopes = [params["scope"]["type"] for params in setup.request.sent("setMyCommands")]
    assert scopes == ["all_private_chats", "all_group_chats"] * 2
    assert setup.naps.seconds == [60]
    first = setup.request.sent("setMyCommands")[0]["commands"][0]
    assert first == {"command": "ask", "description": Wording.MENU.format(word="问", what=Offers.COMMANDS["ask"])}


async def test_owners_on_telegram_have_the_admins_commands_in_their_private_chats() -> None:
    setup = Setup(owners=("telegram:12", "wecom:zhang", "telegram:x", "telegram:-5"))
    async with setup.running():
        await until(lambda: len(setup.request.sent("setMyCommands")) == 3)
    menu = setup.request.sent("setMyCommands")[2]
    assert menu["scope"] == {"type": "chat", "chat_id": 12}
    names = {command["command"] for command in menu["commands"]}
    assert names >= ADMIN_COMMANDS | {"ask", "help"}
    for everybodys in setup.request.sent("setMyCommands")[:2]:
        shown = {command["command"] for command in everybodys["commands"]}
        assert shown & ADMIN_COMMANDS == {"quiet"}  # which everybody may use in private


@pytest.mark.parametrize(
    "refusal", [Refusal(400, "Bad Request: chat not found"), Refusal(403, "Forbidden: bot was blocked by the user")]
)
async def test_an_owner_who_never_wrote_to_the_bot_has_no_menu_and_nobody_is_warned(
    refusal: Refusal, caplog: pytest.LogCaptureFixture
) -> None:
    request = RecordingRequest()
    api = make_api(TOKEN, "http://telegram", request=request, paced=False)

    async def call(method: str, menu: Json) -> object:
        if "chat_id" in menu["scope"]:
            request.plan(method, refusal)
        return await api.call(method, menu)

    naps = Naps()
    await set_command_menu(call, ["telegram:12"], sleep=naps)
    assert len(request.sent("setMyCommands")) == 3
    assert naps.seconds == []
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_an_owners_menu_is_set_again_when_the_line_was_down() -> None:
    setup = Setup(owners=("telegram:12",))
    setup.request.plan("setMyCommands", *[NetworkError("down") for _ in range(3)])
    async with setup.running():
        await until(lambda: len(setup.request.sent("setMyCommands")) == 6)
    assert setup.naps.seconds == [60]


async def test_a_server_that_cannot_be_reached_yet_is_waited_for() -> None:
    setup = Setup()
    setup.request.plan("getMe", NetworkError("no route"), Refusal(502, "Bad Gateway"))
    setup.request.arrive(update(number=10, message=message("问")))
    async with setup.running():
        await until(setup.request.sent)
    assert setup.naps.seconds[:2] == [1, 2]


async def test_the_channel_can_be_stopped_while_it_waits_for_the_server() -> None:
    setup = Setup()
    setup.request.plan("getMe", *[NetworkError("no route") for _ in range(100_000)])
    async with setup.running():
        await until(lambda: len(setup.naps.seconds) > 3)
    assert not setup.channel.started.is_set()


@pytest.mark.parametrize("refusal", [Refusal(401, "Unauthorized"), Refusal(404, "Not Found")])
async def test_a_token_that_telegram_refuses_is_told_without_showing_it(
    refusal: Refusal, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    setup = Setup()
    setup.request.plan("getMe", refusal)
    with pytest.raises(ConfigError) as caught:
        await setup.channel.run(setup.stop)
    assert str(caught.value) == Wording.TOKEN_REFUSED
    assert caught.value.__cause__ is None
    assert TOKEN not in str(caught.value) + caplog.text


@pytest.mark.parametrize("token", ["", "4711", "4711:a b", "4711:密", " 4711:abc", "4711:abc\n"])
def test_what_cannot_be_a_token_is_refused_at_once(token: str) -> None:
    with pytest.raises(ConfigError):
        TelegramChannel(token, FakeConversation(Reply()), some_knowledge, lambda _bot: FakeLedger())


async def test_the_token_never_reaches_the_log_even_at_debug(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    setup = Setup()
    leak = f"failed: http://telegram/bot{TOKEN}/sendMessage"
    setup.request.plan("getMe", NetworkError(leak))
    setup.request.plan("getUpdates", NetworkError(leak), ValueError(leak), f"<html>{TOKEN}".encode())
    setup.request.plan("sendMessage", *[NetworkError(leak) for _ in range(9)])
    setup.request.arrive(update(number=10, message=message("问")))
    async with setup.running():
        await until(lambda: len(setup.request.sent()) == 10)
    assert caplog.records
    assert TOKEN not in caplog.text
    assert HIDDEN in caplog.text


def test_a_stack_trace_loses_its_token_but_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    with redacted_logs(TOKEN):
        try:
            raise RuntimeError(f"The token `{TOKEN}` was rejected")
        except RuntimeError:
            logging.getLogger("x").exception("failed for %s", TOKEN)
    assert TOKEN not in caplog.text
    assert f"RuntimeError: The token `{HIDDEN}` was rejected" in caplog.text
    assert f"failed for {HIDDEN}" in caplog.text


def test_a_percent_encoded_token_is_a_token_too() -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, "file/bot4711%%3A%s", ("AAs_secret-of_the-bot",), None)
    TokenFilter(TOKEN).filter(record)
    assert record.getMessage() == f"file/bot{HIDDEN}"


def test_other_lines_are_left_as_they_are() -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, "nothing %s", ("here",), None)
    assert TokenFilter(TOKEN).filter(record)
    assert (record.msg, record.args) == ("nothing %s", ("here",))


def test_httpx_keeps_its_request_lines_to_itself() -> None:
    with redacted_logs(TOKEN):
        assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
        assert not logging.getLogger("httpcore").isEnabledFor(logging.DEBUG)
