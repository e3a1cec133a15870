"""The golden questions of the first document are answered as they say, by words alone already."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.config import ROOT
from bot.knowledge.load import load
from bot.knowledge.parse.golden_file import lint_golden, parse_golden
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval_factory import foreign_questions

pytestmark = pytest.mark.slow


FOLDER = ROOT / "knowledge" / "shuangqing"


def test_each_golden_question_is_right() -> None:
    golden, issues = parse_golden((FOLDER / "golden.yaml").read_text(encoding="utf-8"), "golden.yaml")
    assert issues == ()
    knowledge = replace(load(FOLDER), golden=golden)
    assert lint_golden(knowledge, "golden.yaml") == []
    assert len({question.points[0] for question in golden if question.points}) == 40, "each on a point of its own"
    assert len([question for question in golden if not question.points]) == 10
    retriever = Retriever(knowledge, shared_tokenizer(), None, foreign_questions())
    answers = {question: [point.id for point in retriever.ask(question.ask).points] for question in golden}
    assert [question.ask for question, points in answers.items() if not question.accepts(points)] == []
