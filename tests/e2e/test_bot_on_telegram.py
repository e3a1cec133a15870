"""The real process against the stand-in Bot API server: what members say, and what they get."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot import wording
from tests.e2e.bot_process import BotProcess, bot_on_telegram
from tests.standin.client import Chat, Standin, User
from tests.unit.library import SOURCE

pytestmark = pytest.mark.asyncio(loop_scope="module")
module_fixture = pytest_asyncio.fixture(scope="module", loop_scope="module")
ROAD = "硬化村道12.5公里,总投资460万元,其中县级补助180万元。"


@module_fixture
async def telegram() -> AsyncIterator[Standin]:
    async with Standin.process() as running:
        yield running


@module_fixture
async def bot(telegram: Standin, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotProcess]:
    folder = tmp_path_factory.mktemp("bot")
    async with bot_on_telegram(folder, telegram.url, telegram.token, LOG_LEVEL="DEBUG") as process:
        yield process
        assert await process.stop() == 0, process.output
        assert telegram.token not in process.output
        assert "Traceback" not in process.output


@module_fixture
async def ann(telegram: Standin, bot: BotProcess) -> User:
    return await telegram.user("安安", username="ann", started=True)


@module_fixture
async def group(telegram: Standin, ann: User) -> Chat:
    chat = await telegram.supergroup("学习小组", [ann])
    await _hello(telegram, chat)
    return chat


async def _hello(telegram: Standin, chat: Chat) -> None:
    """Wait for the one word that the bot says when it comes into a group."""
    hello = await telegram.wait_for("sendMessage", chat_id=chat)
    assert "/ask" in hello.message.text


async def test_start_greets_and_offers_examples_to_tap(telegram: Standin, ann: User) -> None:
    greeting = await telegram.reply(await ann.start())
    assert greeting.text.startswith("您好！")
    assert wording.OUTLINE_BUTTON in greeting.labels
    passage = await telegram.reply(await ann.press(greeting, greeting.labels[0]))
    assert passage.text.splitlines()[1] in SOURCE


async def test_a_question_gets_the_card(telegram: Standin, ann: User) -> None:
    card = await ann.ask(ann.chat, "修路花了多少钱")
    assert card.text == f"硬化村道12.5公里\n{ROAD}\n—— 第二部分·修好进村道路"
    assert f"<blockquote>{ROAD}</blockquote>" in ((await telegram.now(card)).html or "")
    assert card.labels[:3] == ["👍", "👎", "看前后文"]
    assert len(card.labels) == 5


async def test_the_buttons_of_a_card_do_what_they_say_however_often(telegram: Standin, ann: User) -> None:
    card = await ann.ask(ann.chat, "修路花了多少钱呢")
    thanks = await ann.press(card, "👍")
    assert thanks.answer is not None
    assert thanks.answer.text == wording.THANKS_HELPFUL
    again = await ann.press(card, "👍")
    assert again.answer is not None
    assert again.answer.text == wording.FEEDBACK_DROPPED
    context = await ann.press(card, "看前后文")
    assert SOURCE.splitlines()[2] in (await telegram.reply(context)).text


async def test_a_stale_button_says_what_to_do(telegram: Standin, ann: User) -> None:
    card = await ann.ask(ann.chat, "修路花了多少钱")
    press = await ann.press_stale(card, "p:gone")
    told = press.answer.text if press.answer and press.answer.text else (await telegram.reply(press)).text
    assert told == wording.UNKNOWN_POINT


async def test_a_number_picks_from_the_outline(ann: User) -> None:
    outline = await ann.ask(ann.chat, "目录")
    assert outline.text.startswith("《青山镇春季工作讲话》目录")
    await ann.ask(ann.chat, "2")
    assert "全镇今年种植水稻3200亩" in (await ann.ask(ann.chat, "1")).text


async def test_a_follow_up_leans_on_the_question_before(ann: User) -> None:
    await ann.ask(ann.chat, "田间课堂是做什么的")
    assert "860人次" in (await ann.ask(ann.chat, "一共多少人")).text


async def test_a_question_beside_the_document_is_declined(ann: User) -> None:
    assert (await ann.ask(ann.chat, "股票涨了吗")).text.startswith("《青山镇春季工作讲话》里没有说到")


async def test_a_deep_link_opens_the_passage(telegram: Standin, ann: User) -> None:
    assert ROAD in (await telegram.reply(await ann.start("p-road"))).text


async def test_a_user_without_a_username_is_served(telegram: Standin, bot: BotProcess) -> None:
    nameless = await telegram.user("无名", started=True)
    assert ROAD in (await nameless.ask(nameless.chat, "修路花了多少钱")).text


async def test_an_edited_question_is_answered_anew(telegram: Standin, ann: User) -> None:
    question = await ann.tell("种了多少水稻")
    await telegram.reply(question)
    edited = await ann.edit(question, "修路花了多少钱")
    assert ROAD in (await telegram.reply(edited)).text


@pytest.mark.parametrize("text", ["<b>修路</b> & *花了* _多少钱_", "\u202e修路花了多少钱", "`修路花了多少钱`"])
async def test_markup_in_a_question_does_no_harm(ann: User, text: str) -> None:
    assert ROAD in (await ann.ask(ann.chat, text)).text


async def test_what_cannot_be_read_is_met_with_a_kind_word(telegram: Standin, ann: User) -> None:
    assert (await ann.ask(ann.chat, "……")).text.startswith("我没看到文字")
    assert (await ann.ask(ann.chat, "😀😀")).text.startswith("好的")
    assert (await telegram.reply(await ann.sticker(ann.chat))).text.startswith("我只")


async def test_a_members_file_is_met_with_a_kind_word_and_not_fetched(telegram: Standin, ann: User) -> None:
    sent = await ann.document(ann.chat, "points.yaml", b"title: x", caption="修路花了多少钱")
    assert (await telegram.reply(sent)).text == wording.ONLY_TEXT
    large = await ann.document(ann.chat, "大.docx", b"", size=50 * 1024 * 1024)
    assert (await telegram.reply(large)).text == wording.ONLY_TEXT
    assert await telegram.calls("getFile", "download", after=sent) == []


async def test_nine_thousand_characters_are_met_with_a_hint(ann: User) -> None:
    assert (await ann.ask(ann.chat, "长" * 9000)).text.startswith("这段话有点长")


async def test_in_a_group_the_bot_is_silent_unless_spoken_to(telegram: Standin, ann: User, group: Chat) -> None:
    said = await ann.say(group, "修路花了多少钱")
    await ann.sticker(group)
    await ann.say(group, "/ask@other_bot 修路花了多少钱")
    assert [call.method for call in await telegram.quiet(after=said)] == []


@pytest.mark.parametrize("text", ["/ask 修路花了多少钱", "/ask@standin_bot 修路花了多少钱"])
async def test_in_a_group_a_command_is_answered_as_a_reply(
    telegram: Standin, ann: User, group: Chat, text: str
) -> None:
    said = await ann.say(group, text)
    card = await telegram.reply(said)
    assert (card.reply_to_id, ROAD in card.text) == (said.message_id, True)


async def test_in_a_group_a_mention_and_a_reply_are_answered(telegram: Standin, ann: User, group: Chat) -> None:
    await telegram.configure(mention_delivery=True)
    card = await ann.ask(group, "😀 @standin_bot 修路花了多少钱")
    assert ROAD in card.text
    said = await ann.say(group, "招了多少名老师", reply_to=card)
    answer = await telegram.reply(said)
    assert (answer.reply_to_id, "招聘教师15名" in answer.text) == (said.message_id, True)


async def test_in_a_forum_the_answer_stands_in_its_topic(telegram: Standin, ann: User) -> None:
    forum = await telegram.forum("论坛", [ann], topics=["闲谈", "学习"])
    await _hello(telegram, forum)
    said = await ann.say(forum, "/ask 修路花了多少钱", thread=forum.topics["学习"])
    card = await telegram.reply(said)
    assert (card.thread_id, card.reply_to_id) == (forum.topics["学习"], said.message_id)


async def test_a_channel_post_is_none_of_our_business(telegram: Standin, ann: User) -> None:
    channel = await telegram.channel("频道", admins=[ann])
    post = await channel.post("修路花了多少钱")
    assert [call.method for call in await telegram.quiet(after=post)] == []


async def test_inline_results_quote_the_passage_and_can_be_sent_anywhere(ann: User, group: Chat) -> None:
    found = await ann.inline("修路花了多少钱")
    assert found.results[0]["title"] == "硬化村道12.5公里"
    assert ROAD in (await ann.choose(found, 0, group)).text


async def test_an_inline_query_without_results_leads_to_the_private_chat(ann: User) -> None:
    found = await ann.inline("股票涨了吗")
    assert found.results == []
    assert found.button is not None


async def test_the_menu_is_set_for_private_chats_and_groups(telegram: Standin, ann: User) -> None:
    for scope in ("all_private_chats", "all_group_chats"):
        names = [command["command"] for command in await telegram.commands(scope=scope)]
        assert {"ask", "outline", "help"} <= set(names)


async def test_a_group_that_became_a_supergroup_is_still_served(telegram: Standin, ann: User) -> None:
    old = await telegram.group("小组", [ann])
    await _hello(telegram, old)
    await ann.ask(old, "/ask 修路花了多少钱")
    new = await old.migrate()
    assert ROAD in (await ann.ask(new, "/ask 修路花了多少钱")).text
