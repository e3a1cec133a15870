"""Calls that wait, try again and make do with less."""

from __future__ import annotations

import logging

import pytest
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.channels.telegram.send.api import make_api
from bot.channels.telegram.send.sender import Address, Sender
from tests.unit.channels.telegram_fakes import TOKEN, Naps, RecordingRequest, Refusal

TOPIC = Address(-100200, 9, 50)


class Post:
    """A sender, the transport below it, and the naps it took."""

    def __init__(self, *, paced: bool = False) -> None:
        self.request = RecordingRequest()
        self.naps = Naps()
        self.sender = Sender(make_api(TOKEN, "http://telegram", request=self.request, paced=paced), sleep=self.naps)


@pytest.fixture
def post() -> Post:
    return Post()


async def test_a_message_goes_to_its_topic_as_a_reply(post: Post) -> None:
    await post.sender.send(TOPIC, ["<b>题</b>"], '{"inline_keyboard":[]}')
    assert post.request.sent() == [
        {
            "chat_id": -100200,
            "text": "<b>题</b>",
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "message_thread_id": 9,
            "reply_parameters": {"message_id": 50, "allow_sending_without_reply": True},
            "reply_markup": {"inline_keyboard": []},
        }
    ]


async def test_of_several_pages_the_first_replies_and_the_last_has_the_buttons(post: Post) -> None:
    await post.sender.send(TOPIC, ["一", "二", "三"], '{"inline_keyboard":[]}')
    sent = post.request.sent()
    assert ["reply_parameters" in page for page in sent] == [True, False, False]
    assert ["reply_markup" in page for page in sent] == [False, False, True]


async def test_a_flood_limit_is_waited_out_as_long_as_telegram_says(post: Post) -> None:
    post.request.plan("sendMessage", Refusal(429, "Too Many Requests", {"retry_after": 7}))
    await post.sender.send(TOPIC, ["一"])
    assert post.naps.seconds == [7]
    assert len(post.request.sent()) == 2


@pytest.mark.slow
async def test_a_flood_limit_under_pacing_is_waited_out_once(caplog: pytest.LogCaptureFixture) -> None:
    paced = Post(paced=True)
    paced.request.plan("sendMessage", Refusal(429, "Too Many Requests", {"retry_after": 2}))
    await paced.sender.send(TOPIC, ["一"])
    assert paced.naps.seconds == [2]


@pytest.mark.parametrize(
    "trouble",
    [TimedOut(), NetworkError("reset"), Refusal(502, "Bad Gateway"), Refusal(500, "Internal"), b"<html>"],
)
async def test_a_lost_line_is_tried_again_after_growing_pauses(
    post: Post, trouble: Exception | Refusal | bytes
) -> None:
    post.request.plan("sendMessage", trouble, trouble, trouble)
    await post.sender.send(TOPIC, ["一"])
    assert post.naps.seconds == [1, 2, 4]
    assert len(post.request.sent()) == 4


async def test_a_message_is_never_given_up_while_the_line_is_down(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    post.request.plan("sendMessage", *[TimedOut() for _ in range(2_000)])
    await post.sender.send(TOPIC, ["一"])
    assert post.naps.seconds[:5] == [1, 2, 4, 5, 5]
    assert set(post.naps.seconds[5:]) == {5}
    assert len(post.request.sent()) == 2_001
    assert len([record for record in caplog.records if "again in" in record.message]) == 3


async def test_a_flood_limit_is_waited_out_as_often_as_it_comes(post: Post) -> None:
    post.request.plan("sendMessage", *[Refusal(429, "Too Many Requests", {"retry_after": 600})] * 9)
    await post.sender.send(TOPIC, ["一"])
    assert post.naps.seconds == [600] * 9


async def test_results_for_somebody_who_types_are_given_up_soon(post: Post) -> None:
    post.request.plan("answerInlineQuery", *[TimedOut() for _ in range(9)])
    await post.sender.answer_inline_query({"inline_query_id": "q1", "results": []})
    assert len(post.request.sent("answerInlineQuery")) == 4


async def test_a_group_that_became_a_supergroup_is_followed(post: Post) -> None:
    moved = Refusal(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -100999})
    post.request.plan("sendMessage", moved)
    await post.sender.send(Address(-5), ["一"])
    assert [page["chat_id"] for page in post.request.sent()] == [-5, -100999]


async def test_whoever_blocked_the_bot_is_left_alone(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    post.request.plan("sendMessage", Refusal(403, "Forbidden: bot was blocked by the user"))
    await post.sender.send(Address(7), ["一"])
    assert [(record.levelname, record.name) for record in caplog.records if "dropped" in record.message] == [
        ("INFO", "bot.channels.telegram.send.sender")
    ]


@pytest.mark.parametrize(
    ("refusal", "missing"),
    [
        ("Bad Request: message to be replied not found", "reply_parameters"),
        ("Bad Request: message thread not found", "message_thread_id"),
        ("Bad Request: can't parse entities: unsupported start tag", "parse_mode"),
        ("Bad Request: BUTTON_DATA_INVALID", "reply_markup"),
    ],
)
async def test_what_telegram_complains_of_is_left_out(post: Post, refusal: str, missing: str) -> None:
    post.request.plan("sendMessage", Refusal(400, refusal))
    await post.sender.send(TOPIC, ["<b>一 &amp; 二</b>"], '{"inline_keyboard":[]}')
    first, second = post.request.sent()
    assert first.keys() - second.keys() == {missing}
    assert second["text"] == ("一 & 二" if missing == "parse_mode" else "<b>一 &amp; 二</b>")


async def test_a_refusal_that_nothing_helps_against_is_raised(post: Post) -> None:
    post.request.plan("sendMessage", Refusal(400, "Bad Request: message is too long"))
    with pytest.raises(BadRequest):
        await post.sender.send(TOPIC, ["一"])
    post.request.plan("sendMessage", *[Refusal(400, "Bad Request: message thread not found")] * 2)
    with pytest.raises(BadRequest):
        await post.sender.send(TOPIC, ["一"])


async def test_a_group_that_does_not_let_the_bot_speak_is_no_error(post: Post) -> None:
    post.request.plan("sendMessage", Refusal(400, "Bad Request: not enough rights to send text messages to the chat"))
    await post.sender.send(TOPIC, ["一"])
    assert len(post.request.sent()) == 1


async def test_an_edit_that_changes_nothing_is_done(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    same = "Bad Request: message is not modified: specified new message content is the same"
    post.request.plan("editMessageText", Refusal(400, same))
    assert await post.sender.edit(7, 3, "一", None)
    assert not [record for record in caplog.records if record.name.startswith("bot.")]


async def test_a_message_that_cannot_be_edited_any_more_says_so(post: Post) -> None:
    post.request.plan("editMessageText", Refusal(400, "Bad Request: message can't be edited"))
    assert not await post.sender.edit(7, 3, "一", None)


async def test_a_press_that_is_too_old_is_no_error(post: Post) -> None:
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    post.request.plan("answerCallbackQuery", Refusal(400, late))
    await post.sender.answer_press("p1", "谢谢")
    assert post.naps.seconds == []


async def test_a_press_that_cannot_be_answered_stops_nothing(post: Post) -> None:
    post.request.plan("answerCallbackQuery", *[TimedOut() for _ in range(9)])
    await post.sender.answer_press("p1", "谢谢")
    assert len(post.request.sent("answerCallbackQuery")) == 4


async def test_a_toast_is_at_most_two_hundred_characters(post: Post) -> None:
    await post.sender.answer_press("p1", "长" * 300, alert=True)
    assert post.request.sent("answerCallbackQuery") == [
        {"callback_query_id": "p1", "text": "长" * 200, "show_alert": True}
    ]
