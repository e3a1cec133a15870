"""The documents that the benchmark of sizes makes."""

from __future__ import annotations

from tests.bench.size import ASKED, EACH, cases_of, document_of, sentences_of
from tests.unit.drafting.documents import knowledge_of


def test_a_document_has_as_many_sentences_as_wanted_in_articles_and_no_two_the_same() -> None:
    sentences = list(sentences_of(50))
    assert len({*sentences}) == 50
    assert sentences == list(sentences_of(50))
    structure = knowledge_of(document_of(sentences)).structure
    assert len([one for one in structure.sections if one.kind == "article"]) == 50 // EACH


def test_a_question_leaves_out_who_does_it_and_has_the_sentence_for_its_answer() -> None:
    [case, *_] = cases = cases_of(list(sentences_of(200)))
    assert len(cases) == ASKED
    assert "由谁" in case.question
    assert case.question.partition("由谁")[0] in case.gold[0]
    assert case.gold[0][-3:-1] in case.question
