"""From a question to a verdict, on the small document."""

import gc
from dataclasses import replace
from weakref import ref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.model import Knowledge
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from tests.unit.library import SOURCE, knowledge, retriever


@pytest.mark.parametrize(
    ("question", "point"),
    [
        ("今年种了多少亩水稻", "rice"),
        ("请问田间课堂培训了多少人?谢谢", "classes"),
        ("修路花了多少錢", "road"),
        ("縣裡給修路補助了多少", "road"),
        ("教师招聘", "school"),
        ("招了多少名老师呀", "school"),
        ("镇长是谁", "speaker"),
    ],
)
def test_a_question_about_the_document_is_answered(question: str, point: str) -> None:
    verdict = retriever().ask(question)
    assert verdict.kind == "answer"
    assert verdict.point is not None
    assert verdict.point.id == point
    assert verdict.reason == "match"


@pytest.mark.parametrize("question", ["红楼梦的作者", "宇宙有多大年纪", "股票涨了吗"])
def test_a_question_about_something_else_is_declined(question: str) -> None:
    verdict = retriever().ask(question)
    assert verdict.kind == "decline"
    assert verdict.point is None


def test_what_the_curator_marked_as_unanswered_is_declined_with_the_passage_at_hand() -> None:
    verdict = retriever().ask("修路的施工队是哪家?")
    assert (verdict.kind, verdict.reason) == ("decline", "gap")
    assert verdict.matches[0].point.id == "road"


def test_a_follow_up_is_read_together_with_the_question_before_it() -> None:
    assert retriever().ask("具体多少").kind != "answer"
    verdict = retriever().ask("具体多少", ["田间课堂是做什么的"])
    assert verdict.point is not None
    assert verdict.point.id == "classes"
    assert verdict.context == "田间课堂是做什么的"


def test_a_new_question_is_not_dragged_back_to_the_old_topic() -> None:
    verdict = retriever().ask("今年种了多少亩水稻", ["修路花了多少钱"])
    assert verdict.point is not None
    assert verdict.point.id == "rice"
    assert verdict.context == ""


def test_a_verdict_says_by_which_phrasing_and_how_sure() -> None:
    match = retriever().ask("修路花了多少钱呢").matches[0]
    assert match.phrasing == "修路花了多少钱"
    assert 0.5 < match.score < 1
    assert dict(match.features)["cosine"] > 0.7


def test_a_question_that_is_a_curated_phrasing_letter_by_letter_is_certain() -> None:
    assert retriever().ask("修路花了多少钱").matches[0].score == 1


def test_a_knowledge_of_one_point_works() -> None:
    whole = knowledge()
    single: Knowledge = replace(whole, points=(whole.point("road"),))
    assert Retriever(single, shared_tokenizer()).ask("修路花了多少钱").kind == "answer"


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(st.text(max_size=400), st.lists(st.text(max_size=30), max_size=2))
def test_any_text_gets_a_verdict_and_an_answer_is_verbatim(text: str, history: list[str]) -> None:
    verdict = retriever().ask(text, history)
    assert verdict.kind in {"answer", "suggest", "decline", "chat"}
    assert (verdict.point is not None) == (verdict.kind == "answer")
    assert all(quote in SOURCE for match in verdict.matches for quote in match.point.quotes)
    assert all(0 <= match.score <= 1 for match in verdict.matches)


def test_the_same_question_gets_the_same_verdict() -> None:
    assert retriever().ask("水稻多种多少") == retriever().ask("水稻多种多少")


def test_a_retriever_that_is_not_needed_any_more_leaves_memory_without_the_collector() -> None:
    one = Retriever(knowledge(), shared_tokenizer())
    one.ask("今年种了多少亩水稻")
    there = ref(one)
    gc.disable()
    try:
        del one
        assert there() is None
    finally:
        gc.enable()
