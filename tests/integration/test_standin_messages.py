"""The stand-in's messages, as python-telegram-bot sends and reads them."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageOriginUser, ReplyParameters
from telegram.constants import ChatAction, MessageEntityType, ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError

from tests.standin.client import Refused, Standin, User


@pytest.fixture
async def ann(telegram: Standin) -> User:
    return await telegram.user("安安", username="ann", started=True)


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"d:{label}")] for label in labels])


async def test_html_becomes_text_and_entities_counted_in_utf16_units(bot: Bot, ann: User) -> None:
    html = '😀<b>就业</b>&lt;5&gt;<blockquote expandable>长文 <a href="https://t.me/x">链接</a></blockquote>'
    sent = await bot.send_message(ann.id, html, parse_mode=ParseMode.HTML)

    assert sent.text == "😀就业<5>长文 链接"
    by_type = {entity.type: sent.parse_entity(entity) for entity in sent.entities}
    assert by_type == {
        MessageEntityType.BOLD: "就业",
        MessageEntityType.EXPANDABLE_BLOCKQUOTE: "长文 链接",
        MessageEntityType.TEXT_LINK: "链接",
    }
    assert sent.entities[0].offset == 2


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("中<x>a</x>", 'Unsupported start tag "x" at byte offset 3'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("1 <2", "Unclosed start tag at byte offset 2"),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ("<i>1 < 2</i>", 'Unsupported start tag "" at byte offset 5'),
    ],
)
async def test_bad_html_is_refused_with_its_place(bot: Bot, ann: User, html: str, complaint: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.send_message(ann.id, html, parse_mode=ParseMode.HTML)
    assert refused.value.message == f"Can't parse entities: {complaint}".capitalize()


async def test_4096_units_fit_after_parsing_and_one_more_does_not(bot: Bot, ann: User) -> None:
    await bot.send_message(ann.id, "<b>" + "字" * 4094 + "😀</b>", parse_mode=ParseMode.HTML)
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(ann.id, "字" * 4095 + "😀")


@pytest.mark.parametrize("empty", ["", " \n ", "<b></b>"])
async def test_a_text_of_nothing_is_refused(bot: Bot, ann: User, empty: str) -> None:
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(ann.id, empty, parse_mode=ParseMode.HTML)


async def test_a_reply_needs_its_message_unless_it_may_do_without(bot: Bot, ann: User) -> None:
    asked = await ann.tell("三级联创是什么")
    reply = await bot.send_message(ann.id, "答", reply_parameters=ReplyParameters(asked.message_id))
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "三级联创是什么"

    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(ann.id, "答", reply_parameters=ReplyParameters(999))
    lone = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(ann.id, "答", reply_parameters=lone)).reply_to_message is None


async def test_unknown_blocking_and_never_met_people_cannot_be_written_to(telegram: Standin, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(12345, "在吗")
    stranger = await telegram.user("生人")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(stranger.id, "在吗")
    await telegram.group("群", [stranger])
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "在吗")
    await stranger.start()
    await bot.send_message(stranger.id, "你好")
    await stranger.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(stranger.id, "在吗")


async def test_an_edit_changes_the_message_and_its_history_is_kept(telegram: Standin, bot: Bot, ann: User) -> None:
    sent = await bot.send_message(ann.id, "一", reply_markup=keyboard("上下文"))
    edited = await bot.edit_message_text("<b>二</b>", ann.id, sent.message_id, parse_mode=ParseMode.HTML)
    assert isinstance(edited, Message)
    assert edited.edit_date is not None

    seen = await telegram.message(ann, sent.message_id)
    assert (seen.text, seen.html, seen.buttons) == ("二", "<b>二</b>", [])
    assert [edit["text"] for edit in seen.edits] == ["一"]


async def test_an_edit_that_changes_nothing_or_points_nowhere_is_refused(bot: Bot, ann: User) -> None:
    sent = await bot.send_message(ann.id, "一", reply_markup=keyboard("甲"))
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply"):
        await bot.edit_message_text("一", ann.id, sent.message_id, reply_markup=keyboard("甲"))
    await bot.edit_message_reply_markup(ann.id, sent.message_id, reply_markup=keyboard("乙"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(ann.id, sent.message_id, reply_markup=keyboard("乙"))
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("二", ann.id, 999)
    theirs = await ann.tell("我的话")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("二", ann.id, theirs.message_id)


async def test_a_deleted_message_is_gone(telegram: Standin, bot: Bot, ann: User) -> None:
    sent = await bot.send_message(ann.id, "一")
    assert await sent.delete()
    assert (await telegram.message(ann, sent.message_id)).deleted
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(ann.id, sent.message_id)
    old = await bot.send_message(ann.id, "二")
    await telegram.advance(49 * 3600)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await old.delete()


@pytest.mark.parametrize(
    ("button", "complaint"),
    [
        (InlineKeyboardButton("甲", callback_data="字" * 22), "Button_data_invalid"),
        (InlineKeyboardButton("甲", callback_data=""), "Button_data_invalid"),
        (InlineKeyboardButton("", callback_data="d"), "Inline keyboard button text must be non-empty"),
        (
            InlineKeyboardButton("甲"),
            "Can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
        ),
        (InlineKeyboardButton("甲", url="http://localhost/p"), "is invalid: wrong http url"),
    ],
)
async def test_bad_buttons_are_refused(bot: Bot, ann: User, button: InlineKeyboardButton, complaint: str) -> None:
    with pytest.raises(BadRequest, match=complaint):
        await bot.send_message(ann.id, "甲", reply_markup=InlineKeyboardMarkup([[button]]))


async def test_buttons_of_all_usual_kinds_come_back(bot: Bot, ann: User) -> None:
    row = [
        InlineKeyboardButton("甲", callback_data="字" * 21),
        InlineKeyboardButton("页", url="http://127.0.0.1:8080/p/a"),
        InlineKeyboardButton("转", switch_inline_query="就业"),
    ]
    sent = await bot.send_message(ann.id, "甲", reply_markup=InlineKeyboardMarkup([row]))
    assert sent.reply_markup == InlineKeyboardMarkup([row])


async def test_documents_and_photos_go_both_ways(telegram: Standin, bot: Bot, ann: User) -> None:
    sent = await bot.send_document(
        ann.id, "题,答".encode(), filename="错题.csv", caption="<i>导出</i>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("错题.csv", 7, "导出")
    call = (await telegram.calls("sendDocument"))[0]
    assert await telegram.download(call.message) == "题,答".encode()
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x20\x00\x00\x00\x10"
    photo = await bot.send_photo(ann.id, png)
    assert (photo.photo[-1].width, photo.photo[-1].height) == (32, 16)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(ann.id, b"x", caption="字" * 1025)
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(ann.id, b"")

    await ann.document(ann.chat, "points.yaml", b"title: x", caption="新知识")
    await ann.document(ann.chat, "big.docx", b"", size=21 * 1024 * 1024)
    small, big = [update.message for update in await bot.get_updates()]
    assert small is not None and small.document is not None and big is not None and big.document is not None
    file = await bot.get_file(small.document.file_id)
    assert await file.download_as_bytearray() == b"title: x"
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(big.document.file_id)


async def test_files_come_in_albums_as_replies_and_forwarded(telegram: Standin, bot: Bot, ann: User) -> None:
    said = await ann.tell("看这两份")
    first = await ann.document(ann.chat, "a.txt", b"a", caption="甲", album="one", reply_to=said)
    await ann.document(ann.chat, "b.txt", b"b", album="one")
    await ann.edit(first, "乙")
    await ann.forward(first, ann.chat)
    updates = await bot.get_updates()
    edited = updates[3].edited_message
    _, one, two, _, forwarded = [update.message for update in updates]
    assert one is not None and two is not None and forwarded is not None and edited is not None
    assert one.reply_to_message is not None and one.reply_to_message.message_id == said.message_id
    assert (one.media_group_id, two.media_group_id, one.caption, two.caption) == ("one", "one", "甲", None)
    assert (edited.message_id, edited.caption) == (first.message_id, "乙")
    assert isinstance(forwarded.forward_origin, MessageOriginUser) and forwarded.document == one.document
    assert (forwarded.forward_origin.sender_user.id, forwarded.caption) == (ann.id, "乙")
    with pytest.raises(Refused):
        await ann.edit(await telegram.now(await ann.sticker(ann.chat)), "丙")


async def test_fetching_a_file_is_journaled_and_can_fail(telegram: Standin, bot: Bot, ann: User) -> None:
    await ann.document(ann.chat, "a.txt", b"abc")
    message = (await bot.get_updates())[0].message
    assert message is not None and message.document is not None
    file = await bot.get_file(message.document.file_id)
    await telegram.fault("download", "502")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await file.download_as_bytearray()
    assert await file.download_as_bytearray() == b"abc"
    calls = await telegram.calls("download")
    assert [(call.status, call.result) for call in calls] == [(502, None), (200, {"size": 3})]


async def test_chat_actions_and_reactions_are_checked(telegram: Standin, bot: Bot, ann: User) -> None:
    said = await ann.tell("谢谢")
    assert await bot.send_chat_action(ann.id, ChatAction.TYPING)
    assert await bot.set_message_reaction(ann.id, said.message_id, "👍")
    assert (await telegram.now(said)).reactions == {bot.id: ["👍"]}
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(ann.id, said.message_id, "🧧")
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(ann.id, 999, "👍")
