"""What holds for every message, whatever it is made of: tried with the questions that are measured with.

On the first document, by words alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

import pytest

from bot.config import ROOT
from bot.features.answers import presenter as replies
from bot.retrieval.core_judge import CoreJudge
from bot.retrieval.index.phrasing import Phrasing
from bot.retrieval.ranking.candidates import SearchResult
from bot.retrieval.retriever import Retriever
from bot.retrieval.verdict import Verdict
from tests.unit.library import retriever, retriever_of
from tests.unit.retrieval.speech import speech
from tests.unit.retrieval.test_messages import RULES

pytestmark = pytest.mark.slow

ASKED = 60
FRAMES = (
    "昨天单位开会，老刘讲了半天，我坐在后面没听清，{}",
    "我今年五十三了，在街口开个小店，晚上陪孩子写作业才翻出这篇，{}",
    "群里的各位，我刚从外地回来，上个月的学习没赶上，想补一补。{}",
)


@cache
def answered() -> dict[str, Verdict]:
    """Questions that are each answered alone, and how."""
    found: dict[str, Verdict] = {}
    for name in ("dev", "fresh-a"):
        for line in (ROOT / "tests" / "eval" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            data = json.loads(line)
            if data["kind"].startswith("oos") or data["kind"] == "chat" or data.get("history"):
                continue
            verdict = speech().ask(data["question"])
            if verdict.kind == "answer" and not verdict.parts:
                found[data["question"]] = verdict
    assert len(found) >= ASKED
    return dict(list(found.items())[:ASKED])


def shown(verdict: Verdict) -> set[str]:
    return {point.id for one in (verdict, *verdict.parts) for point in one.points} | {
        section for one in (verdict, *verdict.parts) for section in one.sections
    }


def reply_text(asked: Retriever, question: str) -> str:
    verdict = asked.ask(question)
    if verdict.point is not None:
        return replies.answered(asked.knowledge, verdict, verdict.point).text
    if verdict.kind == "chat":
        return replies.smalltalk(asked.knowledge, verdict.intent, verdict).text
    return replies.unanswered(asked.knowledge, verdict).text


def test_of_two_questions_that_are_each_answered_alone_both_answers_are_shown() -> None:
    hidden = [
        (one, other)
        for (one, first), (other, second) in combinations(answered().items(), 2)
        if not shown(first) | shown(second) <= shown(speech().ask(f"{one.rstrip('?？。')}？{other}"))
    ]
    assert hidden == []


def test_a_story_around_a_question_changes_no_answer() -> None:
    changed = [
        frame.format(question)
        for question, verdict in answered().items()
        if not re.search("[,，?？。].", question)  # of one clause: what else it says may be taken for story
        for frame in FRAMES
        if shown(speech().ask(frame.format(question))) != shown(verdict)
    ]
    assert changed == []


def test_every_quote_of_every_card_stands_word_for_word_at_its_place() -> None:
    knowledge = speech().knowledge
    questions = list(answered())
    for one, other in pairwise(questions):
        verdict = speech().ask(f"{one}？{other}")
        for point in (point for part in (verdict, *verdict.parts) for point in part.points):
            texts = knowledge.excerpt_texts(point)
            spans = knowledge.excerpt(point)
            assert [knowledge.source[span.start : span.end] for span in spans] == list(texts)
            sections = {section.title for span in spans if (section := knowledge.section_at(span.start)) is not None}
            assert knowledge.citation(point) in sections


def terms(asked: Retriever) -> Iterator[str]:
    """The words of a document, and its whole terms."""
    words = sorted({word for word in asked.words(asked.knowledge.source) if re.fullmatch("[\u4e00-\u9fff]{2,8}", word)})
    yield from words[:: max(len(words) // 80, 1)]


@pytest.mark.parametrize("wording", ["{}", "有没有提到{}", "{}是怎么说的", "关于{}说了什么"])
def test_that_it_is_not_said_is_never_said_of_a_term_of_the_source(wording: str) -> None:
    documents = (speech(), retriever(), retriever_of(RULES))
    questions = [(document, wording.format(term)) for document in documents for term in terms(document)]
    told = {question: reply_text(document, question) for document, question in questions}
    assert {question: text for question, text in told.items() if "没有说到" in text or "没有提到" in text} == {}


def test_work_grows_no_further_than_with_the_parts_that_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    search = CoreJudge._search

    def counted(self: CoreJudge, core: str, without: Phrasing | None = None) -> SearchResult:
        searched.append(core)
        return search(self, core, without)

    monkeypatch.setattr(CoreJudge, "_search", counted)
    questions = list(answered())
    counts: list[int] = []
    for parts in (5, 10, 20):
        asked = Retriever(speech().knowledge, speech()._index.tokenizer, like=speech())
        searched.clear()
        asked.ask("？".join(question.rstrip("?？。")[:14] for question in questions[:parts]))
        counts.append(len(searched))
    assert max(counts) <= 12 * 5
