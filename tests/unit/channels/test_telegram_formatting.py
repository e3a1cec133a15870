"""Replies as Telegram HTML and buttons."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Update

from bot.channels.telegram.receive.parse_update import update_of
from bot.channels.telegram.send.formatting import (
    PAGE,
    escape,
    is_outline,
    keyboard_of,
    render_pages,
    split_at,
    utf16_length,
    without_markup,
)
from bot.conversation.messages import Choice, Part, PartKind, Reply
from tests.unit.channels.telegram_fakes import TOKEN, an_answer, message, update


def buttons(reply: Reply, *, outline: bool = False) -> list[list[tuple[str, str]]]:
    """The rows of buttons as (label, data)."""
    rows = json.loads(keyboard_of(reply, outline=outline) or '{"inline_keyboard":[]}')["inline_keyboard"]
    return [[(button["text"], button["callback_data"]) for button in row] for row in rows]


def test_an_answer_shows_title_quote_and_place() -> None:
    assert render_pages(an_answer()) == [
        "<b>要点 yiren</b>\n<blockquote>创先争优要坚持&lt;以人为本&gt;</blockquote>\n<i>—— 第一部分</i>"
    ]


def test_a_long_quote_is_folded() -> None:
    reply = Reply((Part("quote", "长" * 301),))
    assert render_pages(reply) == [f"<blockquote expandable>{'长' * 301}</blockquote>"]


def test_a_quote_in_its_context_is_bold_and_joined() -> None:
    parts = (
        Part("citation", "一"),
        Part("context", "前。"),
        Part("quote", "引文。"),
        Part("context", "后。"),
    )
    assert render_pages(Reply(parts)) == ["<i>—— 一</i>\n前。<b>引文。</b>后。"]


def test_each_paragraph_of_a_context_has_its_own_line() -> None:
    one = (Part("context", "前一。"), Part("quote", "引一。"), Part("context", "后一。"))
    two = (Part("context", "前二。"), Part("quote", "引二。"))
    three = (Part("quote", "引三。"), Part("context", "后三。"))
    assert render_pages(Reply((*one, *two, *three))) == [
        "前一。<b>引一。</b>后一。\n前二。<b>引二。</b>\n<b>引三。</b>后三。"
    ]


def test_sentences_and_notes_of_the_bot() -> None:
    reply = Reply((Part("text", "您好 & 欢迎"), Part("note", "可以试试")))
    assert render_pages(reply) == ["您好 &amp; 欢迎\n<i>可以试试</i>"]


def test_a_toast_makes_no_message() -> None:
    assert render_pages(Reply(toast="谢谢")) == []


def test_a_long_reply_is_cut_at_the_end_of_a_sentence() -> None:
    sentence = "这是一句有二十个字的话用来凑够长度好吗。"
    pages = render_pages(Reply((Part("title", "题"), Part("quote", sentence * 300), Part("citation", "一"))))
    assert len(pages) == 2
    assert pages[0].endswith("好吗。</blockquote>")
    assert pages[1].startswith("<blockquote expandable>这是")
    assert pages[1].endswith("<i>—— 一</i>")


def test_emoji_count_twice_and_are_never_halved() -> None:
    pages = render_pages(Reply((Part("text", "🎉" * 5000),)))
    assert [utf16_length(page) for page in pages] == [4094, 4094, 1812]


KINDS: tuple[PartKind, ...] = ("title", "quote", "citation", "text", "note", "context")


@given(
    st.lists(
        st.builds(Part, st.sampled_from(KINDS), st.text("字<&>。🎉 \n", min_size=1).map(lambda text: text * 150)),
        max_size=6,
    )
)
def test_pages_fit_are_well_formed_and_lose_nothing_but_spaces(parts: list[Part]) -> None:
    pages = render_pages(Reply(tuple(parts)))
    assert all(0 < utf16_length(without_markup(page)) <= PAGE for page in pages if page.strip())
    for page in pages:
        for tag in ("b", "i", "blockquote"):
            assert page.count(f"<{tag}>") + page.count(f"<{tag} ") == page.count(f"</{tag}>")
    shown = "".join(without_markup(page) for page in pages).replace("—— ", "")
    assert "".join(shown.split()) == "".join("".join(part.text.split()) for part in parts)


def test_text_without_any_sentence_end_is_cut_where_it_has_to_be() -> None:
    assert split_at("字" * 10, 4) == ("字" * 4, "字" * 6)
    assert split_at("一。二。三三三三三三", 6) == ("一。二。", "三三三三三三")
    assert split_at("短", 10) == ("短", "")


def test_markup_is_escaped_and_comes_back() -> None:
    assert escape("<b>&amp;") == "&lt;b&gt;&amp;amp;"
    assert without_markup(f"<b>{escape('<b>&amp;')}</b>") == "<b>&amp;"


def test_tools_stand_in_one_row_and_choices_below_each_other() -> None:
    rows = buttons(an_answer())
    assert rows[0] == [("👍", "u:a1"), ("👎", "d:a1"), ("看前后文", "c:yiren")]
    assert rows[1] == [("相近的一条", "p:qita")]
    assert len(rows[2][0][0]) == 30
    assert rows[2][0][0].endswith("…")


def test_numbered_choices_show_their_number_but_the_way_back_has_none() -> None:
    reply = Reply(choices=(Choice("甲", "p:a"), Choice("乙", "p:b"), Choice("返回目录", "o:")), numbered=True)
    assert buttons(reply, outline=True) == [[("1. 甲", "p:a")], [("2. 乙", "p:b")], [("返回目录", "o:")]]


def test_an_outline_is_told_by_its_buttons_or_by_what_was_pressed() -> None:
    sections = Reply(choices=(Choice("一", "o:1"), Choice("二", "o:2")))
    points = Reply(choices=(Choice("甲", "p:a"), Choice("返回目录", "o:")))
    declined = Reply(choices=(Choice("目录", "o:"),))
    assert is_outline(sections)
    assert is_outline(points, "o:1")
    assert not is_outline(points)
    assert not is_outline(declined)
    assert not is_outline(Reply(), "o:1")


def test_the_outline_button_under_another_reply_opens_a_new_message() -> None:
    assert buttons(Reply(choices=(Choice("目录", "o:"),))) == [[("目录", "o-")]]


def test_labels_with_quotes_and_backslashes_survive() -> None:
    assert buttons(Reply(choices=(Choice('“"\\', "p:a"),))) == [[('“"\\', "p:a")]]


def test_no_buttons_no_keyboard() -> None:
    assert keyboard_of(Reply()) is None


def test_a_plain_message_read_directly_is_the_same_as_one_read_by_the_library() -> None:
    bot = Bot(TOKEN)
    for raw in (update(message=message("问")), update(message=message("/ask 问", is_topic_message=True))):
        ours, theirs = update_of(raw, bot), Update.de_json(raw, bot)
        assert ours.to_dict() == theirs.to_dict()
        assert ours.message is not None
        assert ours.message.get_bot() is bot
