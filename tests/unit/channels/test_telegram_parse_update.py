"""What an update asks the conversation, and when it asks nothing."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.messages import Choice, Incoming
from tests.unit.channels.telegram_fakes import (
    ANN,
    FORUM,
    GROUP,
    ME,
    PRIVATE,
    Json,
    dispatched,
    entities_of,
    forwarded_from,
    message,
    press,
    update,
)

OURS: Json = message("要点", chat=GROUP, sender={"id": ME.id, "is_bot": True, "first_name": "学习助手"})
THEIRS: Json = message("什么是三级联创", chat=GROUP, sender={"id": 8, "is_bot": False, "first_name": "波"})


def asked(text: str | None = None, **more: Any) -> str | None:
    """What a new message asks, or None."""
    incoming = dispatched(update(message=message(text, **more)))
    return None if incoming is None else incoming.text


def in_group(text: str | None = None, **more: Any) -> str | None:
    return asked(text, chat=GROUP, **more)


def test_every_text_in_a_private_chat_is_a_question() -> None:
    incoming = dispatched(update(number=31, message=message("什么是三级联创")))
    assert incoming == Incoming(
        "telegram:7", "telegram:7", "什么是三级联创", request_id="tg-31", name="安安", sequence=31, sent_at=1.0
    )


def test_an_edited_message_was_said_when_it_was_edited() -> None:
    edited = message("@study_bot 问", chat=GROUP, edit_date=99)
    incoming = dispatched(update(edited_message=edited))
    assert incoming is not None
    assert incoming.sent_at == 99.0


def test_a_notice_to_others_stays_as_it_was_written() -> None:
    assert asked("/say 有问题就问 @study_bot ，别的 别问") == "/say 有问题就问 @study_bot ，别的 别问"
    assert asked("/say@study_bot 第一行\n  第二行") == "/say 第一行\n  第二行"


def test_a_person_without_a_user_name_is_known_by_id() -> None:
    incoming = dispatched(update(message=message("问", sender=ANN)))
    assert incoming is not None
    assert incoming.person == "telegram:7"


def test_a_command_comes_in_one_spelling() -> None:
    assert asked("/OUTLINE") == "/outline"
    assert asked("/outline@study_bot 第一部分") == "/outline 第一部分"
    assert in_group("/Ask@Study_Bot 什么是三级联创") == "/ask 什么是三级联创"


def test_a_deep_link_is_the_press_of_a_button() -> None:
    incoming = dispatched(update(message=message("/start p-sanji")))
    assert incoming is not None
    assert (incoming.text, incoming.action) == ("", "p:sanji")


@pytest.mark.parametrize("payload", ["ask", "u-a1", "d-a1", "p-汉字", "p", "-"])
def test_a_deep_link_that_leads_nowhere_is_a_hello(payload: str) -> None:
    incoming = dispatched(update(message=message(f"/start {payload}")))
    assert incoming is not None
    assert (incoming.text, incoming.action) == ("/start", "")


def test_talk_in_a_group_is_none_of_the_bots_business() -> None:
    assert in_group("今天天气真好") is None
    assert in_group("@somebody 你看呢") is None
    assert in_group("今天", reply_to_message=THEIRS) is None


def test_a_mention_in_a_group_is_taken_out_of_the_question() -> None:
    assert in_group("@study_bot 什么是三级联创") == "什么是三级联创"
    assert in_group("请问 @Study_Bot 什么是三级联创") == "请问  什么是三级联创"
    assert in_group("什么是三级联创 @study_bot") == "什么是三级联创"


def test_a_mention_behind_emoji_is_found_in_utf16() -> None:
    assert in_group("🎉🎉👍 @study_bot 就业") == "🎉🎉👍  就业"


def test_a_mention_by_name_of_a_bot_counts_as_well() -> None:
    entity = {
        "type": "text_mention",
        "offset": 0,
        "length": 4,
        "user": {"id": ME.id, "is_bot": True, "first_name": "x"},
    }
    assert in_group("学习助手 就业", entities=[entity]) == "就业"
    entity["user"] = ANN
    assert in_group("学习助手 就业", entities=[entity]) is None


def test_a_mention_can_carry_a_command() -> None:
    assert in_group("@study_bot /outline") == "/outline"


def test_an_address_that_only_contains_the_name_is_no_mention() -> None:
    assert in_group("@study_bot_fans 就业") is None


def test_a_reply_to_the_bot_is_a_question() -> None:
    assert in_group("那农村呢", reply_to_message=OURS) == "那农村呢"


def test_a_command_for_another_bot_is_left_to_it() -> None:
    assert in_group("/ask@other_bot 就业") is None
    assert in_group("/ban") is None
    assert in_group("/ask@other_bot 就业", reply_to_message=OURS) is None


def test_a_bare_command_of_ours_is_answered_in_a_group() -> None:
    assert in_group("/ask 就业") == "/ask 就业"
    assert in_group("/help") == "/help"


def test_an_unknown_command_with_our_name_is_passed_on() -> None:
    assert in_group("/dance@study_bot") == "/dance"


def test_a_mention_under_somebodys_question_asks_that_question() -> None:
    assert in_group("@study_bot", reply_to_message=THEIRS) == "什么是三级联创"
    assert in_group("/ask@study_bot", reply_to_message=THEIRS) == "什么是三级联创"
    assert in_group("@study_bot", reply_to_message=OURS) == ""


def test_a_topic_is_a_chat_of_its_own() -> None:
    raw = message("/ask 就业", chat=FORUM, message_thread_id=9, is_topic_message=True)
    incoming = dispatched(update(message=raw))
    assert incoming is not None
    assert incoming.chat == "telegram:-100200:9"


def test_the_thread_of_a_plain_reply_is_no_topic() -> None:
    raw = message("那农村呢", chat=GROUP, message_thread_id=9, reply_to_message=OURS)
    incoming = dispatched(update(message=raw))
    assert incoming is not None
    assert incoming.chat == "telegram:-100200"


def test_a_message_in_a_topic_that_the_bot_opened_is_not_a_reply_to_it() -> None:
    opening = OURS | {"forum_topic_created": {"name": "答题", "icon_color": 1}}
    raw = {"chat": FORUM, "message_thread_id": 9, "is_topic_message": True, "reply_to_message": opening}
    assert asked("今天天气真好", **raw) is None


def test_an_anonymous_admin_speaks_as_the_group() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    raw = message("/ask 就业", chat=GROUP, sender=anonymous, sender_chat=GROUP)
    incoming = dispatched(update(message=raw))
    assert incoming is not None
    assert incoming.person == "telegram:-100200"


def test_other_bots_and_forwarded_channel_posts_are_not_answered() -> None:
    assert in_group("/ask 就业", sender={"id": 9, "is_bot": True, "first_name": "b"}) is None
    channel = {"id": -100300, "type": "channel", "title": "频道"}
    assert in_group("/ask 就业", sender_chat=channel, is_automatic_forward=True) is None
    assert dispatched(update(channel_post=message("/ask 就业", chat=channel, sender=None))) is None


def test_a_passage_sent_by_inline_mode_is_not_a_question() -> None:
    assert asked("要点", via_bot={"id": ME.id, "is_bot": True, "first_name": "x"}) is None
    assert asked("别的", via_bot={"id": 99, "is_bot": True, "first_name": "y"}) == "别的"


PHOTO: Json = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}


def below_a_photo(caption: str, **more: Any) -> str | None:
    return asked(**PHOTO, caption=caption, caption_entities=entities_of(caption), **more)


def test_what_stands_below_a_photo_is_asked_as_a_message_is() -> None:
    assert below_a_photo("就业") == "就业"
    assert below_a_photo("/ask 就业", chat=GROUP) == "/ask 就业"
    assert below_a_photo("@study_bot 就业", chat=GROUP) == "就业"
    assert below_a_photo("那农村呢", chat=GROUP, reply_to_message=OURS) == "那农村呢"
    assert below_a_photo("今天真热闹", chat=GROUP) is None


def test_a_mention_under_somebodys_photo_asks_what_stands_below_it() -> None:
    theirs = {**THEIRS, **PHOTO, "caption": "什么是三级联创"}
    del theirs["text"]
    assert in_group("@study_bot", reply_to_message=theirs) == "什么是三级联创"


def test_what_is_no_text_asks_nothing() -> None:
    assert asked(**PHOTO) is None
    assert in_group(**PHOTO) is None


def test_an_edited_question_is_asked_again_in_private() -> None:
    incoming = dispatched(update(edited_message=message("改过的问题", edit_date=2)))
    assert incoming is not None
    assert incoming.text == "改过的问题"


def edited_in_group(text: str, *, after: int = 60, **more: Any) -> str | None:
    incoming = dispatched(update(edited_message=message(text, chat=GROUP, edit_date=1 + after, **more)))
    return None if incoming is None else incoming.text


def test_a_question_that_is_mended_soon_is_asked_again_in_a_group() -> None:
    assert edited_in_group("/ask 就业") == "/ask 就业"
    assert edited_in_group("@study_bot 就业") == "就业"
    assert edited_in_group("那农村呢", reply_to_message=OURS) == "那农村呢"
    assert edited_in_group("那农村呢") is None
    assert edited_in_group("/ask@other_bot 就业") is None


def test_an_edit_in_a_group_that_comes_late_or_starts_something_asks_nothing() -> None:
    assert edited_in_group("/ask 就业", after=601) is None
    assert edited_in_group("@study_bot 就业", after=601) is None
    for command in ("/quiz 5", "/stop", "/答题", "@study_bot 答题", "@study_bot /say 你好"):
        assert edited_in_group(command) is None


def test_a_command_that_telegram_does_not_mark_is_one_in_a_group() -> None:
    assert in_group("／答题") == "／答题"
    assert in_group("/答题 5") == "/答题 5"
    assert in_group("／ask　就业") == "／ask　就业"
    assert in_group("／ask@study_bot 就业") == "／ask@study_bot 就业"
    assert in_group("／ask@other_bot 就业") is None
    assert in_group("/三级联创是什么") is None


def test_ask_without_words_below_somebodys_question_asks_that_however_it_is_written() -> None:
    for bare in ("/ask@study_bot：", "／ask", "@study_bot 问"):
        assert in_group(bare, reply_to_message=THEIRS) == "什么是三级联创"


LIST: Json = {
    **OURS,
    "reply_markup": {
        "inline_keyboard": [
            [{"text": "1. 甲", "callback_data": "p:jia"}],
            [{"text": "2. 乙", "callback_data": "o-2.1"}],
            [{"text": "目录", "callback_data": "o-"}],
        ]
    },
}


def test_a_reply_to_a_numbered_list_says_what_that_list_offers() -> None:
    incoming = dispatched(update(message=message("2", chat=GROUP, reply_to_message=LIST)))
    assert incoming is not None
    assert incoming.offered == (Choice("甲", "p:jia"), Choice("乙", "o:2.1"))
    assert in_group("2") is None
    other = dispatched(update(message=message("/ask 2", chat=GROUP, reply_to_message={**THEIRS, **LIST, "from": ANN})))
    assert other is not None
    assert other.offered == ()


def test_nine_thousand_characters_go_to_the_conversation_as_they_are() -> None:
    assert asked("长" * 9000) == "长" * 9000


def test_a_press_belongs_to_whoever_pressed() -> None:
    bo = {"id": 8, "is_bot": False, "first_name": "波"}
    incoming = dispatched(update(number=5, callback_query=press("c:yiren", under=OURS, sender=bo)))
    assert incoming == Incoming(
        "telegram:8", "telegram:-100200", action="c:yiren", request_id="tg-5", name="波", sequence=5, is_private=False
    )


def test_a_press_under_a_message_too_old_to_see_keeps_its_chat() -> None:
    gone = {"chat": PRIVATE, "message_id": 3, "date": 0}
    incoming = dispatched(update(callback_query=press("c:yiren", under=gone)))
    assert incoming is not None
    assert incoming.chat == "telegram:7"


def test_a_press_without_a_message_or_without_data() -> None:
    inline = dispatched(update(callback_query=press("c:yiren")))
    assert inline is not None
    assert inline.chat == "inline:telegram:7"
    assert dispatched(update(callback_query=press(None, under=OURS))) is None


def test_an_outline_button_elsewhere_means_the_same_to_the_conversation() -> None:
    incoming = dispatched(update(callback_query=press("o-2.1", under=OURS)))
    assert incoming is not None
    assert incoming.action == "o:2.1"


def test_typing_in_inline_mode_is_a_preview() -> None:
    query = {"id": "q", "from": ANN, "query": " 就业 ", "offset": ""}
    incoming = dispatched(update(number=2, inline_query=query))
    assert incoming == Incoming(
        "telegram:7", "inline:telegram:7", "就业", request_id="tg-2", is_inline=True, sequence=2
    )


def about(**more: Any) -> tuple[str, str]:
    """Whom a command is about, by key and name."""
    incoming = dispatched(update(message=message("/ask@study_bot", **more)))
    assert incoming is not None
    return incoming.reply_to_member, incoming.reply_to_name


def test_an_admins_command_in_a_group_is_for_this_bot_unless_another_is_named() -> None:
    assert in_group("/stats") == "/stats"
    assert in_group("/stats@other_bot") is None


def test_a_reply_to_a_member_is_about_that_member() -> None:
    assert about(chat=GROUP, reply_to_message=THEIRS) == ("telegram:8", "波")
    assert about(chat=GROUP) == ("", "")


def test_a_reply_to_a_bot_or_to_somebody_who_speaks_as_a_chat_is_about_nobody() -> None:
    hidden = message(
        "通知", chat=GROUP, sender={"id": 1087968824, "is_bot": True, "first_name": "x"}, sender_chat=GROUP
    )
    channel = {"id": -100300, "type": "channel", "title": "频道"}
    posted = message("通知", chat=GROUP, sender={"id": 777000, "is_bot": False, "first_name": "x"}, sender_chat=channel)
    for other in (OURS, hidden, posted):
        assert about(chat=GROUP, reply_to_message=other) == ("", "")


def test_a_message_of_a_topic_is_not_about_who_opened_the_topic() -> None:
    opened = message(chat=FORUM, forum_topic_created={"name": "学习", "icon_color": 1}, sender=THEIRS["from"])
    assert about(chat=FORUM, message_thread_id=9, is_topic_message=True, reply_to_message=opened) == ("", "")


def test_in_private_a_reply_to_a_forwarded_message_is_about_its_author() -> None:
    assert about(reply_to_message=message("什么是三级联创", forward_origin=forwarded_from(8))) == ("telegram:8", "波")
    hidden = {"type": "hidden_user", "date": 1, "sender_user_name": "波"}
    assert about(reply_to_message=message("什么是三级联创", forward_origin=hidden)) == ("", "")
    assert about(reply_to_message=message("我自己的话")) == ("", "")


def test_a_command_under_an_answer_of_the_bots_says_which_answer() -> None:
    keyboard = [[{"text": "👍", "callback_data": "u:r7"}, {"text": "上下文", "callback_data": "c:rice"}]]
    answer = {**OURS, "reply_markup": {"inline_keyboard": keyboard}}
    incoming = dispatched(update(message=message("/why", chat=GROUP, reply_to_message=answer)))
    assert incoming is not None
    assert (incoming.text, incoming.answer) == ("/why", "r7")


def test_buttons_under_somebody_elses_message_name_no_answer() -> None:
    keyboard = [[{"text": "👍", "callback_data": "u:r7"}]]
    other = {**message("看这个", message_id=61), "reply_markup": {"inline_keyboard": keyboard}}
    incoming = dispatched(update(message=message("/why", reply_to_message=other)))
    assert incoming is not None
    assert incoming.answer == ""
