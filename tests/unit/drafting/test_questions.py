"""Golden questions and quiz questions of a draft."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.drafting.draft import draft_text, make_draft
from bot.drafting.merge import merge_items
from bot.drafting.questions import golden_text, make_golden, make_quiz, quiz_text
from bot.errors import KnowledgeError
from bot.knowledge.diff.diff import compare
from bot.knowledge.files import GOLDEN_FILE, POINTS_FILE, QUIZ_FILE, Files
from bot.knowledge.load import require_servable, validate_files
from bot.knowledge.model import GoldenQuestion, Knowledge
from bot.knowledge.parse.golden_file import parse_golden
from bot.knowledge.parse.quiz_file import parse_quiz
from bot.quiz.generation.handwritten import inactive_ids, lint_handwritten
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from tests.unit.drafting.documents import RULE, TALK, knowledge_of


def _drafted(text: str, **files: str) -> Knowledge:
    draft = draft_text(make_draft(knowledge_of(text), "source.txt"))
    named = {name.replace("_", "."): body for name, body in files.items()}
    return require_servable(validate_files(Files({POINTS_FILE: draft, "source.txt": text, **named})))


def _golden(held_back: dict[str, str]) -> tuple[GoldenQuestion, ...]:
    return make_golden(Retriever(_drafted(RULE), shared_tokenizer()), held_back)


def test_a_term_and_a_figure_are_asked_for_in_a_way_that_no_point_has() -> None:
    knowledge = _drafted(TALK)
    golden = make_golden(Retriever(knowledge, shared_tokenizer()), {})
    phrasings = {text for point in knowledge.points for text in (*point.aliases, *point.questions)}
    assert golden
    assert phrasings.isdisjoint(one.ask for one in golden)


def test_of_what_a_model_wrote_only_what_is_answered_as_it_should_be_is_a_golden_question() -> None:
    found = {one.ask: one.points for one in _golden({"s2-1": "每人一次最多借几册", "s3-1": "每人每次可以借多少册"})}
    assert found["每人一次最多借几册"] == ("s2-1",)
    assert "每人每次可以借多少册" not in found


def test_what_the_source_does_not_say_is_asked_for_as_well() -> None:
    draft = make_draft(knowledge_of(RULE), "source.txt").with_phrasings({}, {"s2-1": ["阅览室的电话号码"]})
    files = Files({POINTS_FILE: draft_text(draft), "source.txt": RULE})
    golden = make_golden(Retriever(require_servable(validate_files(files)), shared_tokenizer()), {})
    assert [one.ask for one in golden if not one.points] == ["阅览室的电话号码，文件里写了吗"]


def test_the_text_of_golden_questions_is_read_as_what_was_written() -> None:
    golden = _golden({"s2-1": "每人一次最多借几册"})
    read, issues = parse_golden(golden_text(golden), GOLDEN_FILE)
    assert issues == ()
    assert [replace(one, line=0) for one in read] == list(golden)
    assert parse_golden(golden_text(()), GOLDEN_FILE) == ((), ())


@pytest.mark.parametrize("text", [RULE, TALK])
def test_quiz_questions_are_written_down_if_nothing_is_amiss_with_them(text: str) -> None:
    quiz = make_quiz(_drafted(text))
    read, issues = parse_quiz(quiz_text(quiz), QUIZ_FILE)
    assert issues == ()
    assert [replace(one, line=0) for one in read.questions] == [replace(one, line=0) for one in quiz]
    assert quiz
    assert lint_handwritten(_drafted(text, quiz_yaml=quiz_text(quiz)), QUIZ_FILE) == []


def test_an_edition_names_the_questions_whose_words_went() -> None:
    old = _drafted(RULE, quiz_yaml=quiz_text(make_quiz(_drafted(RULE))))
    edition = RULE.replace("每人每次可以借5册，借期30日。", "每人每次可以借8册，借期60日。")
    new = _drafted(edition, quiz_yaml=quiz_text(make_quiz(_drafted(RULE))))
    lost = {one.id for one in old.quiz_additions.questions if one.quote and one.quote not in edition}
    found = compare(old, new, inactive_before=inactive_ids(old), inactive_now=inactive_ids(new))
    assert lost
    assert lost <= {item.id for item in found.rested}


BASE = "# 头\nquestions:\n  - ask: 甲\n    point: a\n  - ask: 乙\n    point: b\n  - ask: 丙\n    point: c\n"


def test_questions_that_nobody_touched_become_the_new_ones_and_the_others_stay() -> None:
    new = BASE.replace("point: a", "point: a2").replace("point: b", "point: b2") + "  - ask: 丁\n    point: d\n"
    curated = BASE.replace("point: b", "point: own").partition("  - ask: 丙")[0] + "  - ask: 戊\n"
    merged = merge_items(new, BASE, curated, file=GOLDEN_FILE, key="ask")
    untouched, own, new_one = (
        "  - ask: 甲\n    point: a2\n",
        "  - ask: 乙\n    point: own\n",
        "  - ask: 丁\n    point: d\n",
    )
    assert merged == f"# 头\nquestions:\n{untouched}{own}  - ask: 戊\n{new_one}"


def test_a_list_that_was_empty_takes_new_questions_and_one_that_loses_all_is_empty() -> None:
    empty = "questions: []\n"
    assert merge_items(BASE, empty, empty, file=GOLDEN_FILE, key="ask") == BASE
    assert merge_items(empty, BASE, BASE, file=GOLDEN_FILE, key="ask") == "questions: []\n"


def test_questions_in_braces_are_told_to_be_written_by_lines() -> None:
    with pytest.raises(KnowledgeError, match="一行一项"):
        merge_items(BASE, BASE, "questions: [{ask: 甲}]\n", file=GOLDEN_FILE, key="ask")
