"""A document without points can be looked through, read whole, and talked to like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import wording
from bot.conversation.capabilities import EVERYTHING, Capabilities
from bot.conversation.messages import Incoming, Reply
from bot.errors import UnknownSectionError
from bot.features.answers.document_presenter import (
    LISTED,
    MAX_TEXT,
    MAX_WHOLE,
    outline,
    section_outline,
    source_example,
    source_examples,
    whole_text_reply,
)
from bot.knowledge.files import Files
from bot.knowledge.load import validate_files
from bot.knowledge.model import Knowledge
from bot.library import Library
from tests.unit.library import conversation, retriever_of
from tests.unit.library import knowledge as curated

RULES = """苗圃守则
先说一句：爱护树苗。
第一章 浇水
第一条 早晚各浇一次。
第二条 雨天不浇。
第二章 施肥
第三条 每月施肥一次，用量如下：
（一）大苗一斤；
（二）小苗半斤。"""
BARE = Capabilities("这里")


def document(text: str = RULES) -> Knowledge:
    knowledge = validate_files(Files({"苗圃守则.txt": text})).knowledge
    assert knowledge is not None
    return knowledge


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in reply.choices]


def long_chapter() -> str:
    articles = "\n".join(f"第{number}条 {'这一条写得很长' * 5}。" for number in range(1, 46))
    return f"长守则\n第一章 很多条\n{articles}\n第二章 完\n第四十六条 完了。"


def test_the_outline_has_the_sections_of_the_source_and_what_comes_before_them() -> None:
    reply = outline(document())
    assert labels(reply) == [wording.BEGINNING, "第一章 浇水", "第二章 施肥"]
    assert section_outline(document(), "s0").text.split("\n")[1] == "先说一句：爱护树苗。"


def test_the_outline_of_a_document_with_points_has_the_sections_that_have_some() -> None:
    assert labels(outline(curated())) == [section.title for section in curated().sections]


def test_a_short_section_shows_its_text_with_its_place() -> None:
    reply = section_outline(document(), "s1")
    assert reply.text == "第一章 浇水\n第一条 早晚各浇一次。\n第二条 雨天不浇。\n—— 第一章"
    assert reply.choices[-1].label == wording.BACK_TO_OUTLINE
    assert reply.point is not None


def test_a_long_section_lists_what_is_in_it_some_at_a_time() -> None:
    knowledge = document(long_chapter())
    first = section_outline(knowledge, "s1")
    assert len(first.choices) == LISTED + 2
    more = first.choices[LISTED]
    assert more.label == wording.MORE_SECTIONS.format(count=45 - LISTED)
    second = section_outline(knowledge, more.action.partition(":")[2])
    assert labels(second)[0].startswith(f"第{LISTED + 1}条")
    article = section_outline(knowledge, second.choices[0].action.partition(":")[2])
    assert article.choices[-1].action == "o:s1"


def test_a_very_long_text_is_shown_up_to_a_sentence_with_what_comes_next() -> None:
    source = "读本\n一、开头\n" + "这是一句不长的话。" * 200
    reply = section_outline(document(source), "s1")
    quote = next(part.text for part in reply.parts if part.kind == "quote")
    assert len(quote) <= MAX_TEXT
    assert quote.endswith("。")
    assert reply.choices[0].action.startswith("p:at-")


def test_a_section_that_is_not_there_is_told_so() -> None:
    for target in ("s9", "s1.9", "7"):
        with pytest.raises(UnknownSectionError):
            section_outline(document(), target)
    assert labels(section_outline(document(), "_99")) == labels(outline(document()))


def test_the_whole_text_is_a_page_a_file_or_the_text_itself() -> None:
    knowledge = document()
    assert "/read" in whole_text_reply(knowledge, EVERYTHING).text
    sent = whole_text_reply(knowledge, replace(BARE, files=True))
    assert [file.name for file in sent.files] == ["苗圃守则.txt"]
    assert sent.files[0].data.decode("utf-8-sig") == f"{RULES}\n"
    here = whole_text_reply(knowledge, BARE)
    assert here.text == f"{wording.WHOLE_HERE.format(title='苗圃守则')}\n{RULES}"
    long = whole_text_reply(document(long_chapter()), BARE)
    assert len(long.text) < MAX_WHOLE
    assert labels(long) == ["第一章 很多条", "第二章 完"]


def test_a_file_has_a_name_that_every_system_takes() -> None:
    knowledge = replace(document(), title='a/b:"c"?\n')
    assert whole_text_reply(knowledge, replace(BARE, files=True)).files[0].name == "abc.txt"
    nameless = replace(document(), title="...")
    assert whole_text_reply(nameless, replace(BARE, files=True)).files[0].name == f"{wording.WHOLE_NAME}.txt"


def test_what_is_offered_to_ask_is_the_name_of_a_section() -> None:
    assert source_example(document()) == "施肥"
    assert source_example(document("便条\n明天开会。")) == "便条"


def test_the_text_of_a_section_without_a_heading_is_not_said_twice() -> None:
    knowledge = document(long_chapter())
    articles = section_outline(knowledge, section_outline(knowledge, "").choices[0].action.partition(":")[2])
    text = section_outline(knowledge, articles.choices[0].action.partition(":")[2])
    assert [part.kind for part in text.parts] == ["quote", "citation"]
    assert text.parts[0].text.startswith("第1条")


def test_sections_with_headings_are_offered_before_sentences_and_what_comes_first() -> None:
    assert [choice.label for choice in source_examples(document())] == ["第一章 浇水", "第二章 施肥"]
    sentences = "须知\n第一，进门要登记，出门要还卡，不许代领。\n第二，钥匙不外借。\n第一章 开门\n第一条 八点开门。"
    assert [choice.label for choice in source_examples(document(sentences))] == ["第一章 开门"]


@pytest.mark.parametrize(
    "text", [RULES, "明天开会。", "# 手册\n## 开机\n按一下。\n## 关机\n再按一下。", long_chapter()]
)
async def test_everything_that_members_do_works_without_points(text: str) -> None:
    chat = conversation(Library(retriever_of(document(text))))
    pressed: list[str] = []
    waiting = [
        "/start",
        "/help",
        "/outline",
        "你好",
        "你是谁",
        "目录",
        "为什么",
        "/why",
        "/ask",
        "出处呢",
        "今天天气怎么样",
    ]
    for said in waiting:
        reply = await chat.handle(Incoming("p", "c", text=said))
        assert reply.parts and not reply.failed, said
        assert "（）" not in reply.text
        pressed += [choice.action for choice in (*reply.choices, *reply.tools)]
    seen: set[str] = set()
    while pressed and len(seen) < 40:
        action = pressed.pop()
        if action in seen or action[0] in "ud":
            continue
        seen.add(action)
        reply = await chat.handle(Incoming("p", "c", action=action))
        assert (reply.parts or reply.toast) and not reply.failed, action
        pressed += [choice.action for choice in (*reply.choices, *reply.tools)]
    assert any(action.startswith("o:s") for action in seen)
