"""Which sections a question asks for by their place."""

import pytest

from bot.knowledge.model import Section
from bot.retrieval.source.lookup import MAX_PLACES, sections_asked_for
from tests.unit.library import retriever

SECTIONS = (
    Section("0", "开头"),
    Section("1", "第一部分", "一、春耕"),
    Section("2", "第二部分", "二、道路"),
    Section("2.1", "第二部分·一是", "一是修路"),
    Section("2.2", "第二部分·二是", "二是架桥"),
)


@pytest.mark.parametrize(
    ("core", "sections"),
    [
        ("第三部分第二点讲了什么", ("3.2",)),
        ("讲话第二部分的第1点主要讲什么内容", ("2.1",)),
        ("第二部分二是", ("2.2",)),
        ("第三部分二是什么", ("3.2",)),
        ("第一部分讲了什么", ("1",)),
        ("第二部分讲了什么", ("2", "2.1", "2.2")),
        ("第2块的标题", ("2", "2.1", "2.2")),
        ("第二部分有哪几点", ("2", "2.1", "2.2")),
        ("第二大块分成几个方面分别是什么", ("2", "2.1", "2.2")),
        ("一共几部分", ("1", "2")),
        ("讲话分成几大块分别讲啥", ("1", "2")),
        ("这篇文章的框架是什么", ("1", "2")),
        ("两大部分各自的标题", ("1", "2")),
    ],
)
def test_a_place_becomes_the_id_of_a_section_and_an_outline_those_of_the_chapters(
    core: str, sections: tuple[str, ...]
) -> None:
    assert sections_asked_for(core, SECTIONS) == sections


@pytest.mark.parametrize(
    "core", ["第一方阵", "第一动力是什么", "农民收入居全市第几", "三个部分", "十大工程", "第一部分修了多少公里路"]
)
def test_a_number_in_another_question_is_no_place(core: str) -> None:
    found = sections_asked_for(core, SECTIONS)
    assert found == (("1", "2") if core == "三个部分" else ())


def test_a_document_without_chapters_has_no_outline_to_show() -> None:
    assert sections_asked_for("一共几部分", SECTIONS[:2]) == ()
    many = tuple(Section(str(number), "章", f"第{number}章") for number in range(1, MAX_PLACES + 2))
    assert sections_asked_for("一共几部分", many) == ()
    assert sections_asked_for("一共几部分", many[:-1]) == tuple(section.id for section in many[:-1])


def test_a_section_is_answered_with_its_first_passage() -> None:
    verdict = retriever().ask("第二部分讲了什么")
    assert verdict.point is not None
    assert verdict.point.id == "road"
    assert verdict.sections == ()


def test_an_outline_is_answered_with_the_headings_of_all_parts() -> None:
    verdict = retriever().ask("请问讲话一共分几部分?")
    assert verdict.kind == "answer"
    assert verdict.sections == ("1", "2", "3")


def test_a_section_that_is_not_there_is_not_answered() -> None:
    assert retriever().ask("第七部分讲了什么").kind != "answer"
