"""While meanings are on their way less is said than later, and nothing else."""

from __future__ import annotations

import pytest

from bot import wording
from bot.features.answers import presenter as replies
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from tests.unit.library import knowledge


@pytest.fixture(scope="module")
def provisional() -> Retriever:
    return Retriever(knowledge(), shared_tokenizer(), provisional=True)


@pytest.mark.parametrize("question", ["今年种了多少亩水稻", "种田", "请问镇长是谁？", "第二部分讲什么"])
def test_a_phrasing_letter_by_letter_and_a_section_by_its_name_are_answered(
    provisional: Retriever, question: str
) -> None:
    verdict = provisional.ask(question)
    assert (verdict.kind, verdict.points) == ("answer", provisional.by_words().ask(question).points)


def test_an_answer_that_is_not_sure_is_offered_instead(provisional: Retriever) -> None:
    question = "水稻种了多大一片"
    later, now = provisional.by_words().ask(question), provisional.ask(question)
    assert (later.kind, now.kind, now.reason) == ("answer", "suggest", "preparing")
    assert now.matches[0].point == later.point


@pytest.mark.parametrize("question", ["明天下不下雨", "田间课堂几点开课", "村里有几个养猪场"])
def test_that_the_source_does_not_say_something_is_not_said_yet(provisional: Retriever, question: str) -> None:
    assert provisional.by_words().ask(question).kind in {"decline", "suggest"}
    assert provisional.ask(question).reason == "preparing"


def test_a_figure_that_the_source_does_not_carry_is_missing_whatever_is_meant(provisional: Retriever) -> None:
    verdict = provisional.ask("2019年种了多少亩水稻")
    assert (verdict.kind, verdict.reason, verdict.missing) == ("decline", "premise", "2019年")


@pytest.mark.parametrize("question", ["你好", "谢谢", "你是谁"])
def test_smalltalk_is_answered_in_kind(provisional: Retriever, question: str) -> None:
    assert provisional.ask(question).kind == "chat"


def test_by_words_for_good_it_is_as_one_that_was_made_so(provisional: Retriever) -> None:
    for question in ("水稻种了多大一片", "明天下不下雨"):
        assert provisional.by_words().ask(question) == Retriever(knowledge(), shared_tokenizer()).ask(question)


@pytest.mark.parametrize("text", ["真的吗", "为什么", "还有呢"])
@pytest.mark.parametrize("question", ["明天下不下雨", "水稻种了多大一片"])
def test_a_reaction_does_not_say_no_to_what_is_not_known_yet(provisional: Retriever, question: str, text: str) -> None:
    assert provisional.ask(question).reason == "preparing"
    verdict = provisional.ask(text, (question,))
    assert (verdict.kind, verdict.reason, verdict.matches) == ("chat", "preparing", ())
    reply = replies.smalltalk(provisional.knowledge, verdict.intent, verdict)
    assert reply.text == wording.NOT_YET_BEFORE


def test_a_reaction_to_what_is_sure_is_as_later(provisional: Retriever) -> None:
    for question in ("种田", "2019年种了多少亩水稻"):
        later, now = provisional.by_words().ask("真的吗", (question,)), provisional.ask("真的吗", (question,))
        assert (now.reason, now.points) == (later.reason, later.points)
