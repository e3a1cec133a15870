"""Made questions, recounted from the source alone: right options are true, wrong ones are not."""

from collections import Counter
from dataclasses import replace

import pytest

from bot.quiz.generation.bank import make_bank
from bot.quiz.generation.draft import lint_question
from bot.text import squash
from tests.unit.quiz.documents import DOCUMENTS, document
from tests.unit.quiz.recount import faults

SEEDS, FEW_SEEDS = range(30), range(3)


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_right_option_is_true_by_the_source_and_no_wrong_one_is(name: str) -> None:
    knowledge = document(name)
    for seed in SEEDS:
        bank = make_bank(knowledge, seed)
        assert bank
        found = [(question.question, list(faults(question, knowledge.source))) for question in bank]
        assert [entry for entry in found if entry[1]] == []


def test_a_wrong_key_is_noticed_by_the_recount() -> None:
    knowledge = document("law")
    for question in make_bank(knowledge):
        turned = replace(question, correct=tuple(set(range(len(question.options))) - set(question.correct)))
        assert list(faults(turned, knowledge.source))


def test_all_kinds_are_made_from_documents_without_points() -> None:
    kinds = {question.kind for name in DOCUMENTS for question in make_bank(document(name))}
    assert kinds >= {
        "figure", "true_false", "statement", "several", "relation", "table",
    }  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_about_as_many_statements_are_right_as_wrong(name: str) -> None:
    for seed in FEW_SEEDS:
        judged = Counter(question.correct for question in make_bank(document(name), seed) if question.form == "judged")
        assert abs(judged[0,] - judged[1,]) <= 3


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_question_fits_a_poll_and_has_one_reading(name: str) -> None:
    for seed in FEW_SEEDS:
        bank = make_bank(document(name), seed)
        assert [problem for question in bank for problem in lint_question(question)] == []
        assert len({question.id for question in bank}) == len(bank)
        assert all(len(question.correct) == 1 or question.question.endswith("（多选）") for question in bank)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_half_width_mark_stands_beside_chinese_characters_in_what_is_asked(name: str) -> None:
    for question in make_bank(document(name)):
        assert not [text for text in (question.question, *question.options) if any(mark in text for mark in ",;!?")]


def test_a_changed_statement_says_what_stands_in_its_place() -> None:
    for name in DOCUMENTS:
        knowledge = document(name)
        for question in make_bank(knowledge):
            if question.kind == "true_false" and question.correct == (1,):
                note, *_ = question.explanation.split("\n")
                real = note.removeprefix("原文是“").partition("”")[0]
                assert squash(real) in squash(knowledge.source)
                assert squash(real) not in squash(question.question)


def test_a_document_of_one_sentence_gives_what_it_can() -> None:
    knowledge = replace(document("plain"), source="图书室每天开放10小时，读者一次可以借书5册。")
    assert make_bank(knowledge)
    assert make_bank(replace(knowledge, source="欢迎光临。")) == ()
