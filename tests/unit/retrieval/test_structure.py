"""A question that asks by place names its section; one that asks for something in it does not."""

import pytest

from bot.retrieval.structure import section_asked_for
from tests.unit.library import retriever


@pytest.mark.parametrize(
    ("core", "section"),
    [
        ("第三部分第二点讲了什么", "3.2"),
        ("第3部分的第2点", "3.2"),
        ("第二部分的三是说的什么", "2.3"),
        ("第一部分主要讲什么", "1"),
        ("讲话第二大块说了些啥", "2"),
        ("第三部分第二点里就业多少人", ""),
        ("第一要务是什么", ""),
        ("一共几部分", ""),
    ],
)
def test_the_section_is_read_off_the_question(core: str, section: str) -> None:
    assert section_asked_for(core) == section


def test_a_section_is_answered_with_its_first_passage() -> None:
    verdict = retriever().ask("第二部分讲了什么")
    assert verdict.point is not None
    assert verdict.point.id == "road"


def test_a_section_that_is_not_there_is_not_answered() -> None:
    assert retriever().ask("第七部分讲了什么").kind != "answer"
