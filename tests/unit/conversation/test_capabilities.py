"""What is said follows from what a channel can do."""

from __future__ import annotations

import pytest

from bot import wording
from bot.channels.telegram.command_menu import CAPABILITIES as TELEGRAM
from bot.channels.terminal import CAPABILITIES as TERMINAL
from bot.channels.web.conversation_client import CAPABILITIES as HTTP
from bot.cli.ask import CAPABILITIES as COMMAND_LINE
from bot.conversation.capabilities import ADMIN_NEEDS, OFFERS, Capabilities, ChannelDirectory, listed
from bot.conversation.commands import ADMIN_COMMANDS, WORDS, Command
from bot.conversation.messages import Incoming
from bot.wording import Offers
from tests.unit.library import make_chat

WEB, API = HTTP["web"], HTTP["api"]
CHANNELS = (WEB, API, TERMINAL, TELEGRAM, COMMAND_LINE)


def said(text: str, channel: Capabilities) -> Incoming:
    return Incoming("p", "c", text=text, channel=channel)


def test_every_command_has_what_it_takes_and_a_description() -> None:
    names = {offer.name for offer in OFFERS}
    assert names | ADMIN_NEEDS.keys() == set(WORDS.values())
    assert ADMIN_NEEDS.keys() == ADMIN_COMMANDS - names
    assert all(offer.described(alone=alone) for offer in OFFERS for alone in (True, False))


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.where)
async def test_help_names_what_is_listed_there_and_nothing_else(channel: Capabilities) -> None:
    text = (await make_chat().handle(said("你能做什么", channel))).text
    names = {offer.name for offer in listed(channel, alone=True)} - {"ask"}
    assert {name for name in WORDS.values() if f"/{name} " in text} == names
    assert ("点一下" in text) is channel.buttons
    assert ("👍" in text) is channel.dialogue


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.where)
async def test_a_list_says_how_one_of_it_is_picked_only_where_that_can_be_done(channel: Capabilities) -> None:
    text = (await make_chat().handle(said("修路的施工队是哪家", channel))).text
    assert ("点一下" in text, "回复数字" in text) == (channel.buttons, channel.dialogue)


async def test_a_command_that_does_nothing_there_is_told_what_does_and_where_it_would() -> None:
    chat = make_chat()
    without = (await chat.handle(said("答题", API))).text
    assert without == Offers.MISSING["quizzes"].format(where=Offers.API)
    chat.directory.add(TERMINAL)  # which nobody else can get to
    assert (await chat.handle(said("答题", API))).text == without
    address = ""
    chat.directory.add(TELEGRAM, "Telegram", lambda: address)
    assert (await chat.handle(said("答题", API))).text == without  # it is not connected yet
    address = "https://t.me/some_bot"
    assert (await chat.handle(said("答题", API))).text.endswith(f"到 Telegram 找我：{address}")
    assert address in (await chat.handle(said("帮助", API))).text


async def test_an_admins_command_is_refused_where_nobody_can_be_known_and_its_word_is_a_question_there() -> None:
    chat = make_chat()
    for text in ("/stats", "/grant 12 编辑", "/id"):
        assert Offers.MISSING["identity"].format(where=Offers.WEB) in (await chat.handle(said(text, WEB))).text
    assert Offers.WEB not in (await chat.handle(said("统计", WEB))).text


def test_a_notice_takes_a_group_anywhere_in_this_process() -> None:
    directory = ChannelDirectory()
    directory.add(TERMINAL)
    assert directory.missing(Command("say"), TERMINAL) == "groups"
    directory.add(TELEGRAM)
    assert directory.missing(Command("say"), TERMINAL) is None
    assert directory.missing(Command("export"), TERMINAL) == "files"


async def test_an_unknown_command_is_told_those_that_work_there() -> None:
    told = (await make_chat().handle(said("/dance", API))).text
    assert told.startswith(wording.UNKNOWN_COMMAND.partition("{")[0])
    assert "/outline 目录" in told and "/quiz" not in told
    assert "/quiz 答题" in (await make_chat().handle(said("/dance", TERMINAL))).text


async def test_an_apology_speaks_of_no_button_where_there_is_none() -> None:
    chat = make_chat()
    for channel, hint in ((WEB, "点 👎"), (TERMINAL, "发 👎"), (COMMAND_LINE, "")):
        text = (await chat.handle(said("没用", channel))).text
        assert hint in text and ("👎" in text) is bool(hint)
