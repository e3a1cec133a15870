"""How updates leave the stand-in: long polling, webhooks, and a whole Application on top."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
from telegram import Bot, Update
from telegram.error import Conflict, TelegramError
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, PollAnswerHandler, filters

from tests.standin.bots import connected_bot
from tests.standin.client import Standin
from tests.standin.receiver import Receiver, receiving


async def test_updates_wait_until_a_later_offset_confirms_them(telegram: Standin, bot: Bot) -> None:
    ann = await telegram.user("安安")
    for text in ("一", "二", "三"):
        await ann.tell(text)
    assert await telegram.pending() == 3
    first = await bot.get_updates(limit=1)
    again = await bot.get_updates(limit=2)
    assert [update.update_id for update in again] == [first[0].update_id, first[0].update_id + 1]
    rest = await bot.get_updates(offset=again[-1].update_id + 1)
    assert [update.effective_message.text for update in rest if update.effective_message] == ["三"]
    assert await telegram.pending() == 1
    assert len(await bot.get_updates(offset=-1)) == 1


async def test_a_long_poll_returns_as_soon_as_there_is_something(telegram: Standin, bot: Bot) -> None:
    ann = await telegram.user("安安")
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.polled()
    assert not polling.done()
    await ann.start("p-sanji")
    message = (await polling)[0].message
    assert message is not None
    assert message.text == "/start p-sanji"


async def test_kinds_that_are_not_wanted_do_not_come(telegram: Standin, bot: Bot) -> None:
    ann = await telegram.user("安安")
    await bot.get_updates(allowed_updates=[Update.MY_CHAT_MEMBER])
    await ann.tell("一")
    await ann.block()
    assert [update.message for update in await bot.get_updates()] == [None]


async def test_a_second_poller_ends_the_first(telegram: Standin, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.polled()
    async with connected_bot(telegram) as other:
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
            await first
        second.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await second


async def test_a_killed_bot_leaves_its_updates_to_the_next(telegram: Standin, bot: Bot) -> None:
    ann = await telegram.user("安安")
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await telegram.polled()
    polling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await polling
    await ann.tell("在吗")
    assert len(await bot.get_updates(timeout=5)) == 1


async def test_a_webhook_gets_updates_with_its_secret_until_it_takes_them(telegram: Standin, bot: Bot) -> None:
    receiver = Receiver(statuses=[500, 503])
    ann = await telegram.user("安安")
    async with receiving(receiver) as url:
        assert await bot.set_webhook(url, secret_token="geheim-1")
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await ann.tell("一")
        await ann.tell("二")
        await asyncio.wait_for(receiver.until(4), 5)
    texts = [update["message"]["text"] for update in receiver.updates]
    assert texts == ["一", "一", "一", "二"]
    assert set(receiver.secrets) == {"geheim-1"}
    info = await bot.get_webhook_info()
    assert (info.url, info.last_error_message) == (
        url,
        "Wrong response from the webhook: 503 Service Unavailable",
    )
    assert await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_webhook_must_be_https_and_its_secret_plain(bot: Bot) -> None:
    with pytest.raises(TelegramError, match="Bad webhook: an https url must be provided for webhook"):
        await bot.set_webhook("http://example.org/hook")
    with pytest.raises(TelegramError, match="Secret token contains unallowed characters"):
        await bot.set_webhook("https://example.org/hook", secret_token="密")


async def test_an_application_answers_commands_words_and_votes(telegram: Standin) -> None:
    voters: list[int] = []

    async def quiz(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_chat is not None
        await update.effective_chat.send_poll("问", ["甲", "乙"], is_anonymous=False)

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(f"答:{update.message.text}", do_quote=True)

    async def voted(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.poll_answer is not None and update.poll_answer.user is not None
        voters.append(update.poll_answer.user.id)

    builder = Application.builder().token(telegram.token).base_url(telegram.base_url)
    app = builder.base_file_url(telegram.base_file_url).build()
    app.add_handlers([CommandHandler("quiz", quiz), MessageHandler(filters.TEXT, echo), PollAnswerHandler(voted)])
    ann = await telegram.user("安安", username="ann")
    group = await telegram.supergroup("群", [ann])
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(timeout=5)
        reply = await ann.ask(ann.chat, "就业")
        assert (reply.text, reply.reply_to_id) == ("答:就业", (await ann.chat.messages())[0].message_id)
        poll = await ann.ask(group, "/quiz@standin_bot")
        mark = await ann.vote(poll, "乙")
        assert await telegram.quiet(after=mark, seconds=0.1) == []
        said = await ann.say(group, "闲聊")
        assert await telegram.quiet(after=said, seconds=0.1) == []
        await app.updater.stop()
        await app.stop()
    assert voters == [ann.id]


async def test_a_reset_forgets_people_and_calls_but_repeats_no_number(telegram: Standin, bot: Bot) -> None:
    await bot.set_my_commands([("ask", "问")])
    ann = await telegram.user("安安")
    await ann.tell("一")
    before = (await bot.get_updates())[0]
    mark = await telegram.mark()
    await telegram.reset()
    assert await telegram.calls() == []
    bo = await telegram.user("博")
    await bo.tell("二")
    after = (await bot.get_updates())[0]
    assert after.update_id > before.update_id
    assert bo.id != ann.id
    assert len(await telegram.calls("getUpdates", after=mark)) == 1
    assert await telegram.commands() == [{"command": "ask", "description": "问"}]
