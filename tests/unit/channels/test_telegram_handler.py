"""One update in, the calls it makes out: the whole channel but for the fetching."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from telegram.error import TimedOut

from bot.channels.telegram.channel import start_work
from bot.conversation.messages import Choice, Incoming, Part, Reply
from bot.retrieval.verdict import Match, Verdict
from bot.wording import FAILED, ONLY_TEXT, UNKNOWN_ACTION, UNKNOWN_POINT
from bot.wording import Telegram as Wording
from tests.unit.channels.telegram_bot import ANSWER_MESSAGE, a_bot
from tests.unit.channels.telegram_fakes import (
    ANN,
    FORUM,
    GROUP,
    ME,
    PRIVATE,
    Json,
    Refusal,
    a_point,
    an_answer,
    message,
    press,
)

OUTLINE = Reply((Part("title", "目录"),), (Choice("一", "o:1"), Choice("二", "o:2")), numbered=True)


def labels(params: Json) -> list[list[str]]:
    return [[button["text"] for button in row] for row in params["reply_markup"]["inline_keyboard"]]


async def test_a_question_in_private_gets_the_passage_with_its_buttons() -> None:
    bot = await a_bot(an_answer())
    [(method, params)] = await bot.gets(message=message("问"))
    assert method == "sendMessage"
    assert params["chat_id"] == 7
    assert "<blockquote>" in params["text"]
    assert "reply_parameters" not in params
    assert labels(params)[0] == ["👍", "👎", "看前后文"]


async def test_a_question_in_a_topic_is_answered_there_as_a_reply() -> None:
    bot = await a_bot(an_answer())
    raw = message("/ask 问", chat=FORUM, message_thread_id=9, is_topic_message=True)
    [(_, params)] = await bot.gets(message=raw)
    assert params["message_thread_id"] == 9
    assert params["reply_parameters"]["message_id"] == 50


async def test_talk_in_a_group_is_met_with_silence() -> None:
    bot = await a_bot(an_answer())
    assert await bot.gets(message=message("吃了吗", chat=GROUP)) == []
    assert await bot.gets(message=message(chat=GROUP, sticker=_sticker())) == []
    assert bot.conversation.heard == []


async def test_a_sticker_in_private_gets_a_kind_sentence() -> None:
    bot = await a_bot(an_answer())
    [(_, params)] = await bot.gets(message=message(sticker=_sticker()))
    assert params["text"] == ONLY_TEXT


async def test_an_album_gets_the_kind_sentence_once() -> None:
    bot = await a_bot(an_answer())
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    calls = [await bot.gets(message=message(photo=photo, media_group_id="g")) for _ in range(3)]
    assert [len(made) for made in calls] == [1, 0, 0]


async def test_a_service_message_is_not_talked_back_to() -> None:
    bot = await a_bot(an_answer())
    assert await bot.gets(message=message(message_auto_delete_timer_changed={"message_auto_delete_time": 9})) == []


async def test_an_edit_is_answered_anew_and_only_when_the_text_changed() -> None:
    bot = await a_bot(an_answer())
    await bot.gets(message=message("什么是三级联创"))
    assert await bot.gets(edited_message=message("什么是三级联创", edit_date=2)) == []
    [(_, params)] = await bot.gets(edited_message=message("什么是四级联创", edit_date=3))
    assert params["reply_parameters"]["message_id"] == 50


async def test_an_edited_question_in_a_group_changes_its_answer_in_place_and_only_when_the_text_changed() -> None:
    bot = await a_bot(an_answer())
    await bot.gets(message=message("/ask 什么是三级联创", chat=GROUP))
    assert await bot.gets(edited_message=message("/ask 什么是三级联创", chat=GROUP, edit_date=2)) == []
    [(method, params)] = await bot.gets(edited_message=message("/ask 什么是四级联创", chat=GROUP, edit_date=3))
    assert (method, params["message_id"]) == ("editMessageText", 900)
    assert labels(params)[0] == ["👍", "👎", "看前后文"]


async def test_an_edited_question_in_a_group_whose_answer_is_gone_is_answered_anew() -> None:
    bot = await a_bot(an_answer())
    await bot.gets(message=message("/ask 什么是三级联创", chat=GROUP))
    bot.request.plan("editMessageText", Refusal(400, "Bad Request: message to edit not found"))
    made = await bot.gets(edited_message=message("/ask 什么是四级联创", chat=GROUP, edit_date=3))
    assert [method for method, _ in made] == ["editMessageText", "sendMessage"]


@pytest.mark.parametrize(
    "notice",
    [
        Reply((Part("text", "您问得有点快"),)),
        Reply((Part("text", "现在问的人太多"),), busy=True),
        Reply((Part("text", "这道题正在作答"),)),
        Reply((Part("text", "出了点问题"),), failed=True),
        Reply(),
    ],
    ids=["too fast", "busy", "withheld", "failed", "silence"],
)
async def test_an_edit_that_is_not_answered_leaves_the_answer_standing_until_one_is(notice: Reply) -> None:
    replies = {"什么是三级联创": an_answer(), "什么是四级联创": notice, "什么是五级联创": an_answer()}
    bot = await a_bot(lambda incoming: replies[incoming.text.removeprefix("/ask ")])
    bot.request.plan("sendMessage", _sent(900), _sent(901))
    await bot.gets(message=message("/ask 什么是三级联创", chat=GROUP))
    made = await bot.gets(edited_message=message("/ask 什么是四级联创", chat=GROUP, edit_date=2))
    assert [(method, params["text"]) for method, params in made] == [("sendMessage", notice.text)] * bool(notice.text)
    [(method, params)] = await bot.gets(edited_message=message("/ask 什么是五级联创", chat=GROUP, edit_date=3))
    assert (method, params["message_id"]) == ("editMessageText", 900)


async def test_an_edit_changes_a_notice_that_stood_in_the_place_of_an_answer() -> None:
    replies = {"甲": Reply((Part("text", "现在问的人太多"),), busy=True), "乙": an_answer()}
    bot = await a_bot(lambda incoming: replies[incoming.text.removeprefix("/ask ")])
    await bot.gets(message=message("/ask 甲", chat=GROUP))
    [(method, params)] = await bot.gets(edited_message=message("/ask 乙", chat=GROUP, edit_date=2))
    assert (method, params["message_id"]) == ("editMessageText", 900)


async def test_talk_that_becomes_a_question_by_an_edit_is_answered_once() -> None:
    bot = await a_bot(an_answer())
    assert await bot.gets(message=message("/ak 什么是三级联创", chat=GROUP)) == []
    [(method, _)] = await bot.gets(edited_message=message("/ask 什么是三级联创", chat=GROUP, edit_date=2))
    assert method == "sendMessage"
    assert await bot.gets(edited_message=message("/ask 什么是三级联创", chat=GROUP, edit_date=3)) == []


async def test_an_album_whose_first_photo_asks_something_is_answered_once() -> None:
    bot = await a_bot(an_answer())
    photo: Json = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}], "media_group_id": "g"}
    made = [
        await bot.gets(message=message(**(photo | ({"caption": "就业"} if first else {})))) for first in (True, False)
    ]
    assert [len(calls) for calls in made] == [1, 0]


async def test_a_press_with_a_toast_shows_only_that() -> None:
    bot = await a_bot(Reply(toast="谢谢,记下了。"))
    calls = await bot.gets(callback_query=press("u:a1", under=ANSWER_MESSAGE))
    assert calls == [("answerCallbackQuery", {"callback_query_id": "p1", "text": "谢谢,记下了。"})]


async def test_a_press_in_a_group_is_answered_under_the_message_with_the_button() -> None:
    bot = await a_bot(an_answer())
    under = message("要点", chat=GROUP, sender={"id": ME.id, "is_bot": True, "first_name": "x"}, message_id=60)
    (first, _), (second, params) = await bot.gets(callback_query=press("c:yiren", under=under))
    assert (first, second) == ("answerCallbackQuery", "sendMessage")
    assert params["reply_parameters"]["message_id"] == 60


async def test_the_outline_turns_its_pages_in_place() -> None:
    bot = await a_bot(OUTLINE)
    [(_, shown)] = await bot.gets(message=message("目录"))
    data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert data == "o:1"
    (_, _), (method, params) = await bot.gets(callback_query=press(data, under=ANSWER_MESSAGE))
    assert method == "editMessageText"
    assert params["message_id"] == 60


async def test_the_outline_button_under_an_answer_leaves_the_answer_standing() -> None:
    bot = await a_bot(lambda incoming: OUTLINE if incoming.action else Reply(choices=(Choice("目录", "o:"),)))
    methods = [method for method, _ in await bot.gets(callback_query=press("o-", under=ANSWER_MESSAGE))]
    assert methods == ["answerCallbackQuery", "sendMessage"]
    assert bot.conversation.heard[-1].action == "o:"


async def test_a_page_that_cannot_be_turned_is_sent_anew() -> None:
    bot = await a_bot(OUTLINE)
    bot.request.plan("editMessageText", Refusal(400, "Bad Request: message can't be edited"))
    methods = [method for method, _ in await bot.gets(callback_query=press("o:1", under=ANSWER_MESSAGE))]
    assert methods == ["answerCallbackQuery", "editMessageText", "sendMessage"]


async def test_a_reply_that_turns_takes_the_place_of_its_message_and_says_its_notice() -> None:
    bot = await a_bot(Reply((Part("text", "改好了"),), toast="好的", edits_message=True))
    (first, told), (second, params) = await bot.gets(callback_query=press("q:p-count-5", under=ANSWER_MESSAGE))
    assert (first, told["text"]) == ("answerCallbackQuery", "好的")
    assert (second, params["message_id"], params["text"]) == ("editMessageText", 60, "改好了")


async def test_a_section_that_is_gone_is_told_in_a_message_of_its_own() -> None:
    bot = await a_bot(Reply((Part("text", UNKNOWN_POINT),)))
    calls = await bot.gets(callback_query=press("p:weg", under=ANSWER_MESSAGE))
    assert calls[-1][1]["text"] == UNKNOWN_POINT


async def test_a_double_press_does_no_harm() -> None:
    bot = await a_bot(OUTLINE)
    same = Refusal(400, "Bad Request: message is not modified: specified new message content …")
    bot.request.plan("editMessageText", same)
    methods = [method for method, _ in await bot.gets(callback_query=press("o:1", under=ANSWER_MESSAGE))]
    assert methods == ["answerCallbackQuery", "editMessageText"]


async def test_a_press_under_an_inline_passage_is_answered_in_the_notice() -> None:
    bot = await a_bot(an_answer())
    [(method, params)] = await bot.gets(callback_query=press("p:yiren"))
    assert method == "answerCallbackQuery"
    assert params["show_alert"] is True
    assert params["text"].startswith("要点 yiren")


@pytest.mark.parametrize("action", ["q:s-5-20-contest-", "q:m", "q:x", "q:e-road", "q:f-1", "a:yquiet-1", "nonsense"])
async def test_a_press_without_a_chat_starts_and_changes_nothing_and_is_told_so(action: str) -> None:
    bot = await a_bot(an_answer())
    calls = await bot.gets(callback_query=press(action))
    told = {"callback_query_id": "p1", "text": UNKNOWN_ACTION, "show_alert": True}
    assert calls == [("answerCallbackQuery", told)]
    assert bot.conversation.heard == []


async def test_a_press_under_a_message_too_old_to_see_is_answered_in_its_chat() -> None:
    bot = await a_bot(an_answer())
    gone = {"chat": PRIVATE, "message_id": 3, "date": 0}
    calls = await bot.gets(callback_query=press("c:yiren", under=gone))
    assert calls[-1][0] == "sendMessage"


async def test_a_games_button_only_stops_waiting() -> None:
    bot = await a_bot(an_answer())
    assert await bot.gets(callback_query=press(None, under=ANSWER_MESSAGE)) == [
        ("answerCallbackQuery", {"callback_query_id": "p1"})
    ]


async def test_the_bot_says_hello_when_a_group_takes_it_in_and_only_then() -> None:
    bot = await a_bot(an_answer())
    [(_, params)] = await bot.gets(my_chat_member=_membership("left", "member"))
    assert "@study_bot" in params["text"]
    assert await bot.gets(my_chat_member=_membership("member", "administrator")) == []
    assert await bot.gets(my_chat_member=_membership("member", "kicked")) == []
    assert await bot.gets(my_chat_member=_membership("left", "member", chat=PRIVATE)) == []


async def test_a_group_is_known_from_when_it_takes_the_bot_in_until_it_puts_it_out() -> None:
    bot = await a_bot(an_answer())
    await bot.gets(my_chat_member=_membership("left", "member"))
    assert bot.groups.titles == {"telegram:-100200": "学习小组"}
    for status in ("kicked", "left"):
        await bot.gets(my_chat_member=_membership("member", status))
        assert bot.groups.titles == {}
        await bot.gets(my_chat_member=_membership(status, "administrator"))
        assert bot.groups.titles == {"telegram:-100200": "学习小组"}


async def test_a_group_that_speaks_to_the_bot_is_known_and_a_private_chat_is_none() -> None:
    bot = await a_bot(an_answer())
    await bot.gets(
        message=message("/ask 问", chat={**FORUM, "title": "新名字"}, message_thread_id=9, is_topic_message=True)
    )
    await bot.gets(message=message("问"))
    await bot.gets(my_chat_member=_membership("left", "member", chat=PRIVATE))
    assert bot.groups.titles == {"telegram:-100200": "新名字"}


async def test_silence_says_nothing_and_stops_the_waiting_sign_of_a_press() -> None:
    bot = await a_bot(Reply())
    assert await bot.gets(message=message("问")) == []
    assert [method for method, _ in await bot.gets(callback_query=press("p:x", under=ANSWER_MESSAGE))] == [
        "answerCallbackQuery"
    ]


async def test_typing_shows_matching_passages() -> None:
    matches = (Match(a_point(), 0.9, "问"), Match(a_point("qita", "2", 9), 0.2, "问"), Match(a_point(), 0.1, "又"))
    bot = await a_bot(Reply(verdict=Verdict("answer", "问", "match", matches)))
    [(method, params)] = await bot.gets(inline_query=_typing("人"))
    assert method == "answerInlineQuery"
    assert [result["id"] for result in params["results"]] == ["yiren", "qita"]
    first = params["results"][0]
    assert first["description"] == a_point().quote
    assert "—— 第一部分" in first["input_message_content"]["message_text"]
    assert first["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://t.me/study_bot?start=p-yiren"
    assert params["is_personal"] is True  # who plays in a contest is not given what others are
    assert bot.conversation.heard[0].is_inline


async def test_typing_nothing_yet_shows_where_one_may_begin() -> None:
    bot = await a_bot(an_answer())
    [(_, params)] = await bot.gets(inline_query=_typing(""))
    assert [result["id"] for result in params["results"]] == ["yiren", "qita"]
    assert bot.conversation.heard == []


async def test_while_a_contest_asks_its_players_are_offered_nothing_to_begin_with() -> None:
    bot = await a_bot(an_answer())
    typing = _typing("")
    bot.conversation.players.add(f"telegram:{typing['from']['id']}")
    [(_, params)] = await bot.gets(inline_query=typing)
    assert params["results"] == []


async def test_typing_what_is_not_in_the_document_shows_the_way_to_ask() -> None:
    bot = await a_bot(Reply(verdict=Verdict("decline", "天气", "unrelated", (Match(a_point(), 0.01, "x"),))))
    [(_, params)] = await bot.gets(inline_query=_typing("天气"))
    assert params["results"] == []
    assert params["button"] == {"text": Wording.ASK_IN_PRIVATE, "start_parameter": "ask"}


async def test_a_failure_is_logged_and_told_with_its_number(caplog: pytest.LogCaptureFixture) -> None:
    bot = await a_bot(_broken)
    [(_, params)] = await bot.gets(message=message("问"))
    assert params["text"] == FAILED.format(request_id="tg-1")
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.__dict__["request_id"] == "tg-1"
    assert record.exc_info is not None


async def test_a_failure_of_a_press_is_told_in_its_notice() -> None:
    bot = await a_bot(_broken)
    [(method, params)] = await bot.gets(callback_query=press("c:yiren", under=ANSWER_MESSAGE))
    assert method == "answerCallbackQuery"
    assert "tg-1" in params["text"]


async def test_a_failure_while_nobody_asked_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    bot = await a_bot(an_answer())
    bot.request.plan("sendMessage", Refusal(400, "Bad Request: what is this"))
    calls = await bot.gets(my_chat_member=_membership("left", "member"))
    assert len(calls) == 1
    assert any(record.levelno == logging.ERROR for record in caplog.records)


async def test_a_network_that_stays_away_costs_no_answer_and_is_not_apologised_for(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bot = await a_bot(an_answer())
    bot.request.plan("sendMessage", *[TimedOut() for _ in range(8)])
    calls = await bot.gets(message=message("问"))
    assert len(calls) == 9
    assert {params["text"] for _, params in calls} == {calls[0][1]["text"]}
    assert "<blockquote>" in calls[0][1]["text"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_an_update_that_cannot_be_read_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    bot = await a_bot(an_answer())
    assert start_work(bot.app, {"update_id": 1, "message": {"chat": "nonsense"}}) is None
    assert "update 1 cannot be read" in caplog.text


def _broken(_: Incoming) -> Reply:
    raise RuntimeError("broken on purpose")


def _sent(number: int) -> bytes:
    """Telegram's answer that a message was sent, with its id."""
    return json.dumps({"ok": True, "result": {"message_id": number, "date": 1, "chat": GROUP, "text": "x"}}).encode()


def _sticker() -> Json:
    return {
        "file_id": "a",
        "file_unique_id": "b",
        "type": "regular",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
    }


def _typing(text: str) -> Json:
    return {"id": "q1", "from": ANN, "query": text, "offset": ""}


def _membership(was: str, now: str, *, chat: Json = GROUP) -> Json:
    def status(name: str) -> Json:
        user = {"id": ME.id, "is_bot": True, "first_name": "x"}
        rights: dict[str, Any] = {}
        if name == "kicked":
            rights = {"until_date": 0}
        if name == "administrator":
            flags = "be_edited manage_chat delete_messages manage_video_chats restrict_members promote_members"
            flags += " change_info invite_users post_stories edit_stories delete_stories"
            rights = {f"can_{flag}": False for flag in flags.split()} | {"is_anonymous": False}
        return {"status": name, "user": user, **rights}

    return {"chat": chat, "from": ANN, "date": 1, "old_chat_member": status(was), "new_chat_member": status(now)}
