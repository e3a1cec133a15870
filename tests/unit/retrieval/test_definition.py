"""Questions for what a term means, and passages that do not say it."""

import pytest

from bot.retrieval.premises.passage import only_mentioned, term_asked_for
from tests.unit.library import retriever


@pytest.mark.parametrize(
    ("core", "term"),
    [
        ("什么是田间课堂", "田间课堂"),
        ("田间课堂是什么", "田间课堂"),
        ("啥叫田间课堂呀", "田间课堂"),
        ("田间课堂是什么意思", "田间课堂"),
        ("田间课堂是怎么回事", "田间课堂"),
        ("田间课堂这个词指什么", "田间课堂"),
        ("田间课堂的定义是什么", "田间课堂"),
        ("田间课堂在哪里", ""),
        ("什么时候开课", ""),
        ("是什么", ""),
    ],
)
def test_the_term_is_read_off_the_question(core: str, term: str) -> None:
    assert term_asked_for(core) == term


@pytest.mark.parametrize(
    ("passage", "mentioned"),
    [
        ("组织田间课堂培训农户", True),
        ("田间课堂是在地头办的培训班", False),
        ("所谓田间课堂在地头办", False),
        ("田间课堂指在地头办的班", False),
        ("修好进村道路", False),
    ],
)
def test_a_passage_that_says_what_it_is_does_more_than_mention_it(passage: str, mentioned: bool) -> None:
    assert only_mentioned("田间课堂", passage) is mentioned
    assert not only_mentioned("", passage)


def test_the_meaning_of_a_named_term_is_asked_of_the_passage_that_it_names() -> None:
    for question in ("田间课堂是怎么回事", "田间课堂是个什么东西", "啥叫田间课堂"):
        verdict = retriever().ask(question)
        assert verdict.point is not None, question
        assert verdict.point.id == "classes"
