"""A document is shown by questions made of its own words, each with the passage that it was made of."""

from __future__ import annotations

from bot.features.knowledge_versions.sample_questions import COUNT, sample_questions
from bot.knowledge.files import Files
from bot.knowledge.load import validate_files
from bot.wording import Samples
from tests.unit.library import retriever, retriever_of

ARTICLES = [
    "第一条 阅览室从早上八点开到晚上六点。",
    "第二条 每次借书不超过五本，一个月内归还。",
    "第三条 书弄湿了要照价赔偿。",
    "第四条 期刊只能在室内看。",
]


def test_articles_are_asked_for_by_their_number_and_answered_with_their_words_and_place() -> None:
    knowledge = validate_files(Files({"阅览室.txt": "\n".join(["阅览室规则", *ARTICLES])})).knowledge
    assert knowledge is not None
    samples = sample_questions(retriever_of(knowledge))
    assert len(samples) == COUNT
    for sample in samples:
        assert sample.answer in ARTICLES
        assert sample.answer.startswith(sample.place)
    assert Samples.ARTICLE.format(label="第一条") in {sample.question for sample in samples}


def test_points_are_asked_for_as_people_do() -> None:
    samples = sample_questions(retriever())
    assert {sample.place for sample in samples} <= {point.title for point in retriever().knowledge.points}
    assert len(samples) == COUNT


def test_a_document_that_answers_nothing_has_no_samples() -> None:
    knowledge = validate_files(Files({"空.txt": "无。"})).knowledge
    assert knowledge is not None
    assert sample_questions(retriever_of(knowledge)) == ()
