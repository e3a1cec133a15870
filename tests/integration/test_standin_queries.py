"""Pressed buttons, inline queries and command menus, between the stand-in and python-telegram-bot."""

from __future__ import annotations

import asyncio

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.error import BadRequest

from tests.standin.client import CallbackAnswer, Refused, Standin, User


@pytest.fixture
async def ann(telegram: Standin) -> User:
    return await telegram.user("安安", username="ann", started=True)


BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("上下文", callback_data="c:1")]])


def article(number: int | str, text: str = "文") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(str(number), "题", InputTextMessageContent(text))


async def test_a_pressed_button_gets_the_bots_answer(telegram: Standin, bot: Bot, ann: User) -> None:
    await bot.send_message(ann.id, "答", reply_markup=BUTTONS)
    message = await ann.chat.last()
    pressing = asyncio.create_task(ann.press(message, "上下文"))
    query = (await bot.get_updates(timeout=5))[0].callback_query
    assert query is not None and query.message is not None
    assert (query.data, query.from_user.id, query.message.message_id) == ("c:1", ann.id, message.message_id)
    assert await query.answer("好", show_alert=True)
    assert (await pressing).answer == CallbackAnswer("好", True, None)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await query.answer("再")


async def test_late_unknown_and_long_answers_are_refused(telegram: Standin, bot: Bot, ann: User) -> None:
    await bot.send_message(ann.id, "答", reply_markup=BUTTONS)
    press = await ann.press(await ann.chat.last(), data="c:1", wait=0)
    assert press.answer is None
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(press.id, "字" * 201)
    await telegram.advance(60)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(press.id)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("1")


async def test_only_buttons_that_are_there_now_can_be_pressed(telegram: Standin, bot: Bot, ann: User) -> None:
    sent = await bot.send_message(ann.id, "答", reply_markup=BUTTONS)
    message = await ann.chat.last()
    with pytest.raises(Refused, match="no button '下一题'; there are \\['上下文'\\]"):
        await ann.press(message, "下一题")
    await bot.edit_message_reply_markup(ann.id, sent.message_id)
    with pytest.raises(Refused, match="no button"):
        await ann.press(message, "上下文")
    await ann.press_stale(message, "c:1", wait=0)
    assert (await bot.get_updates())[0].callback_query is not None


async def test_anybody_can_forge_any_press(telegram: Standin, bot: Bot, ann: User) -> None:
    group = await telegram.supergroup("群", [ann])
    await bot.send_message(group.id, "答")
    stranger = await telegram.user("路人")
    await stranger.press_stale(await group.last(), "a:x-1", wait=0)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None and (query.data, query.from_user.id) == ("a:x-1", stranger.id)


async def test_an_inline_query_finds_results_and_one_is_sent(telegram: Standin, bot: Bot, ann: User) -> None:
    group = await telegram.supergroup("群", [ann])
    asking = asyncio.create_task(ann.inline("就业"))
    await bot.get_updates(offset=-1)
    while (query := (await bot.get_updates(timeout=5))[-1].inline_query) is None:
        pass
    assert (query.query, query.chat_type) == ("就业", "supergroup")
    assert await query.answer([article(1, "就业是民生之本")], cache_time=0)
    sent = await ann.choose(await asking, 0, group)
    assert sent.text == "就业是民生之本"
    received = (await bot.get_updates())[-1].message
    assert received is not None and received.via_bot is not None
    assert received.via_bot.id == bot.id


@pytest.mark.parametrize(
    ("results", "complaint"),
    [
        ([article(1), article(1)], "Result_id_duplicate"),
        ([article("字" * 22)], "Result_id_invalid"),
        ([article(number) for number in range(51)], "Results_too_much"),
        ([article(1, "字" * 4097)], "Message is too long"),
        ([article(1, "")], "Message text is empty"),
    ],
)
async def test_bad_inline_results_are_refused(
    telegram: Standin, bot: Bot, ann: User, results: list[InlineQueryResultArticle], complaint: str
) -> None:
    found = await ann.inline("就业", wait=0)
    with pytest.raises(BadRequest, match=complaint):
        await bot.answer_inline_query(found.id, results)


async def test_command_menus_belong_to_a_scope_and_a_language(telegram: Standin, bot: Bot) -> None:
    group = await telegram.group("群")
    await bot.set_my_commands([BotCommand("ask", "问一问")])
    await bot.set_my_commands([BotCommand("quiz", "答题")], BotCommandScopeAllGroupChats(), "zh")
    await bot.set_my_commands([BotCommand("stop", "结束")], BotCommandScopeChat(group.id))
    assert await bot.get_my_commands() == (BotCommand("ask", "问一问"),)
    assert await bot.get_my_commands(BotCommandScopeAllGroupChats()) == ()
    assert await telegram.commands("all_group_chats", "zh") == [{"command": "quiz", "description": "答题"}]
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([BotCommand("stop", "结束")], BotCommandScopeChat(4711))
    assert (await telegram.commands({"type": "chat", "chat_id": group.id}))[0]["command"] == "stop"
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize("name", ["答题", "Quiz", "a-b", "", "a" * 33])
async def test_command_names_are_latin_and_short(bot: Bot, name: str) -> None:
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([(name, "答题")])


async def test_menus_and_descriptions_have_their_sizes(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await bot.set_my_commands([(f"c{number}", "令") for number in range(101)])
    with pytest.raises(BadRequest, match="Bot_command_description_invalid"):
        await bot.set_my_commands([("ask", "字" * 257)])
    await bot.set_my_description("学习助手")
    await bot.set_my_short_description("助手")
    assert (await bot.get_my_description()).description == "学习助手"
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_short_description("字" * 121)
