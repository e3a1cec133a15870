"""Where a reply goes, and the files that go with it."""

from __future__ import annotations

import pytest
from telegram.error import NetworkError

from bot.channels.telegram.send.sender import MAX_PHOTO, MAX_UPLOAD
from bot.conversation.messages import Attachment, Choice, Part, Reply
from bot.wording import ONLY_TEXT
from bot.wording import Telegram as Wording
from tests.unit.channels.telegram_bot import ANSWER_MESSAGE, Bot, a_bot
from tests.unit.channels.telegram_fakes import (
    FORUM,
    GROUP,
    ME,
    Json,
    Refusal,
    message,
    press,
    with_file,
)

SHEET = Attachment("points.yaml", b"title: x")
CHART = Attachment("统计.png", b"PNG", picture=True)
EXPORT = Reply((Part("title", "第 <3> 版"),), (Choice("退回", "a:back-3"),), files=(SHEET,))
SECRET = Reply((Part("text", "只给您看"),), (Choice("甲", "a:x-1"),), numbered=True, private=True)
ASKED_IN_GROUP: Json = message("/ask@study_bot 统计", chat=GROUP)
UNDER_GROUP: Json = message("要点", chat=GROUP, sender={"id": ME.id, "is_bot": True, "first_name": "x"}, message_id=60)
CLOSED = Refusal(403, "Forbidden: bot can't initiate conversation with a user")


def files_of(bot: Bot) -> list[dict[str, tuple[str, bytes]]]:
    """The files of all calls that had some."""
    return [call.files for call in bot.request.calls if call.files]


# ── files ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_file_has_the_text_below_it_and_the_buttons() -> None:
    bot = await a_bot(EXPORT)
    [(method, params)] = await bot.gets(message=message("导出"))
    assert method == "sendDocument"
    assert (params["caption"], params["parse_mode"]) == ("<b>第 &lt;3&gt; 版</b>", "HTML")
    assert params["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "a:back-3"
    assert files_of(bot) == [{"document": ("points.yaml", b"title: x")}]


async def test_a_picture_is_shown() -> None:
    bot = await a_bot(Reply(files=(CHART,)))
    [(method, params)] = await bot.gets(message=message("统计"))
    assert (method, params) == ("sendPhoto", {"chat_id": 7})
    assert files_of(bot) == [{"photo": ("统计.png", b"PNG")}]


async def test_a_file_in_a_topic_goes_there_as_a_reply() -> None:
    bot = await a_bot(EXPORT)
    asked = message("/ask@study_bot 导出", chat=FORUM, message_thread_id=9, is_topic_message=True)
    [(_, params)] = await bot.gets(message=asked)
    assert params["message_thread_id"] == 9
    assert params["reply_parameters"]["message_id"] == 50


async def test_of_several_files_the_first_has_the_text_and_replies() -> None:
    bot = await a_bot(Reply(EXPORT.parts, EXPORT.choices, files=(CHART, SHEET)))
    (first, chart), (second, sheet) = await bot.gets(message=message("/ask@study_bot 导出", chat=GROUP))
    assert (first, second) == ("sendPhoto", "sendDocument")
    assert {"caption", "reply_markup", "reply_parameters"} <= chart.keys()
    assert not {"caption", "reply_markup", "reply_parameters"} & sheet.keys()


@pytest.mark.parametrize(("length", "methods"), [(1024, ["sendDocument"]), (1025, ["sendMessage", "sendDocument"])])
async def test_a_text_too_long_for_a_caption_comes_first(length: int, methods: list[str]) -> None:
    bot = await a_bot(Reply((Part("text", "<" + "长" * (length - 1)),), EXPORT.choices, files=(SHEET,)))
    calls = await bot.gets(message=message("导出"))
    assert [method for method, _ in calls] == methods
    assert ["reply_markup" in params for _, params in calls] == [True, False][: len(calls)]


async def test_emoji_count_twice_in_a_caption() -> None:
    bot = await a_bot(Reply((Part("text", "😀" * 513),), files=(SHEET,)))
    assert [method for method, _ in await bot.gets(message=message("导出"))] == ["sendMessage", "sendDocument"]


async def test_a_file_is_sent_again_as_long_as_the_line_is_down() -> None:
    bot = await a_bot(EXPORT)
    bot.request.plan("sendDocument", *[NetworkError("reset") for _ in range(5)])
    await bot.gets(message=message("导出"))
    assert files_of(bot) == [{"document": ("points.yaml", b"title: x")}] * 6


async def test_a_picture_that_telegram_does_not_take_goes_as_a_file() -> None:
    bot = await a_bot(Reply(EXPORT.parts, EXPORT.choices, files=(CHART,)))
    bot.request.plan("sendPhoto", Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    (_, photo), (method, params) = await bot.gets(message=message("统计"))
    assert method == "sendDocument"
    assert params == photo
    assert files_of(bot)[1] == {"document": ("统计.png", b"PNG")}


async def test_a_picture_too_large_to_be_shown_goes_as_a_file() -> None:
    bot = await a_bot(Reply(files=(Attachment("统计.png", b"x" * (MAX_PHOTO + 1), picture=True),)))
    assert [method for method, _ in await bot.gets(message=message("统计"))] == ["sendDocument"]


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(400, "Bad Request: file must be non-empty"),
        Refusal(400, "Bad Request: not enough rights to send documents to the chat"),
        Refusal(413, "Request Entity Too Large"),
    ],
)
async def test_a_file_that_cannot_be_sent_is_told_and_the_text_still_comes(refusal: Refusal) -> None:
    bot = await a_bot(EXPORT)
    bot.request.plan("sendDocument", refusal)
    calls = await bot.gets(message=message("导出"))
    assert [method for method, _ in calls] == ["sendDocument", "sendMessage", "sendMessage"]
    assert calls[1][1]["text"] == calls[0][1]["caption"]
    assert calls[2][1]["text"] == Wording.FILE_NOT_SENT.format(name="points.yaml")
    assert "reply_markup" in calls[2][1]


async def test_a_file_larger_than_telegram_takes_is_not_even_tried() -> None:
    bot = await a_bot(Reply(files=(Attachment("大.zip", b"x" * (MAX_UPLOAD + 1)),)))
    [(method, params)] = await bot.gets(message=message("导出"))
    assert (method, params["text"]) == ("sendMessage", Wording.FILE_NOT_SENT.format(name="大.zip"))


async def test_a_caption_whose_markup_is_refused_comes_as_plain_text() -> None:
    bot = await a_bot(EXPORT)
    bot.request.plan("sendDocument", Refusal(400, "Bad Request: can't parse entities: unsupported start tag"))
    (_, first), (_, second) = await bot.gets(message=message("导出"))
    assert first.keys() - second.keys() == {"parse_mode"}
    assert second["caption"] == "第 <3> 版"


async def test_a_press_may_bring_a_file() -> None:
    bot = await a_bot(Reply(toast="这就来", files=(SHEET,)))
    methods = [method for method, _ in await bot.gets(callback_query=press("a:x", under=ANSWER_MESSAGE))]
    assert methods == ["answerCallbackQuery", "sendDocument"]


# ── what nobody else may see ────────────────────────────────────────────────────────────────────────────────


async def test_in_a_private_chat_there_is_nobody_else() -> None:
    bot = await a_bot(SECRET)
    [(method, params)] = await bot.gets(message=message("统计"))
    assert (method, params["chat_id"], params["text"]) == ("sendMessage", 7, "只给您看")
    assert bot.conversation.shown == []


async def test_asked_for_in_a_group_it_goes_to_the_private_chat_and_the_group_is_told() -> None:
    bot = await a_bot(SECRET)
    (_, secret), (_, told) = await bot.gets(message=ASKED_IN_GROUP)
    assert (secret["chat_id"], secret["text"]) == (7, "只给您看")
    assert "reply_markup" in secret and "reply_parameters" not in secret
    assert (told["chat_id"], told["text"]) == (-100200, Wording.SENT_APART)
    assert told["reply_parameters"]["message_id"] == 50 and "reply_markup" not in told


async def test_what_is_offered_there_can_be_picked_by_number_there() -> None:
    bot = await a_bot(SECRET)
    await bot.gets(message=ASKED_IN_GROUP)
    assert bot.conversation.shown == [("telegram:7", "telegram:7", SECRET)]


async def test_a_person_who_never_wrote_to_the_bot_is_told_how_to_begin() -> None:
    bot = await a_bot(Reply(SECRET.parts, files=(SHEET,), private=True))
    bot.request.plan("sendDocument", CLOSED)
    bot.request.plan("sendMessage", CLOSED, CLOSED)
    *_, (_, told) = await bot.gets(message=ASKED_IN_GROUP)
    assert (told["chat_id"], told["text"]) == (-100200, Wording.WRITE_FIRST)
    [[button]] = told["reply_markup"]["inline_keyboard"]
    assert button["url"].startswith(f"https://t.me/{ME.username}")
    assert {call.params["chat_id"] for call in bot.request.calls[:-1]} == {7}
    assert bot.conversation.shown == []


async def test_a_groups_hidden_admin_has_no_private_chat() -> None:
    bot = await a_bot(SECRET)
    [(_, told)] = await bot.gets(message={**ASKED_IN_GROUP, "sender_chat": GROUP})
    assert (told["chat_id"], told["text"]) == (-100200, Wording.WRITE_FIRST)


async def test_pressed_in_a_group_it_is_told_of_in_the_notice_that_only_who_pressed_sees() -> None:
    bot = await a_bot(SECRET)
    (_, secret), (method, notice) = await bot.gets(callback_query=press("a:x-1", under=UNDER_GROUP))
    assert secret["chat_id"] == 7
    assert (method, notice) == ("answerCallbackQuery", {"callback_query_id": "p1", "text": Wording.SENT_APART})


async def test_pressed_by_somebody_who_never_wrote_to_the_bot_the_notice_says_how_to_begin() -> None:
    bot = await a_bot(SECRET)
    bot.request.plan("sendMessage", CLOSED)
    _, (_, notice) = await bot.gets(callback_query=press("a:x-1", under=UNDER_GROUP))
    assert (notice["text"], notice["show_alert"]) == (Wording.WRITE_FIRST, True)


async def test_pressed_under_an_inline_message_it_goes_to_the_private_chat_and_so_do_files() -> None:
    for reply in (SECRET, EXPORT):
        bot = await a_bot(reply)
        (_, sent), (method, _) = await bot.gets(callback_query=press("c:yiren"))
        assert (sent["chat_id"], method) == (7, "answerCallbackQuery")


async def test_a_notice_is_seen_by_nobody_else_anyway() -> None:
    bot = await a_bot(Reply(toast="记下了。", private=True))
    [(method, notice)] = await bot.gets(callback_query=press("a:x-1", under=UNDER_GROUP))
    assert (method, notice["text"]) == ("answerCallbackQuery", "记下了。")


# ── files that come in ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_file_is_put_to_the_conversation_and_the_reply_shown() -> None:
    bot = await a_bot(EXPORT)
    [(method, _)] = await bot.gets(message=with_file("新的一版"))
    [incoming] = bot.conversation.heard
    assert method == "sendDocument" and incoming.document is not None
    assert await incoming.document.read() == b"title: x"


async def test_an_album_of_files_gets_the_kind_sentence_once() -> None:
    bot = await a_bot(Reply((Part("text", ONLY_TEXT),)))
    calls = [await bot.gets(message=with_file(media_group_id="g", message_id=50 + n)) for n in range(3)]
    assert [len(made) for made in calls] == [1, 0, 0]
    assert len(await bot.gets(message=with_file(message_id=60))) == 1


async def test_every_file_of_an_album_that_is_taken_gets_its_reply() -> None:
    bot = await a_bot(EXPORT)
    calls = [await bot.gets(message=with_file(media_group_id="g", message_id=50 + n)) for n in range(3)]
    assert [len(made) for made in calls] == [1, 1, 1]


async def test_a_caption_that_was_edited_does_not_bring_the_file_again_but_another_file_does() -> None:
    bot = await a_bot(EXPORT)
    await bot.gets(message=with_file("新的一版"))
    assert await bot.gets(edited_message=with_file("新的一版，改过", edit_date=2)) == []
    other = {"file_id": "f2", "file_unique_id": "u2", "file_name": "points.yaml"}
    [(_, params)] = await bot.gets(edited_message=with_file("改过", document=other, edit_date=3))
    assert params["reply_parameters"]["message_id"] == 50


async def test_a_group_is_not_told_of_a_file_that_nobody_asked_the_bot_about() -> None:
    bot = await a_bot(Reply())
    ours = message("要点", chat=GROUP, sender={"id": ME.id, "is_bot": True, "first_name": "x"})
    assert await bot.gets(message=with_file(chat=GROUP, reply_to_message=ours)) == []
    assert len(bot.conversation.heard) == 1
