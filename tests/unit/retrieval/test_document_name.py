"""A document's own name carries nothing in a question to it."""

import pytest

from bot.retrieval.normalize.question import DocumentName
from tests.unit.library import retriever

NAME = DocumentName("青山镇春季工作讲话")


@pytest.mark.parametrize(
    ("core", "plain"),
    [
        ("青山镇的水稻种了多少亩", "水稻种了多少亩"),
        ("青山镇今年种了多少水稻", "今年种了多少水稻"),
        ("青山的水稻种了多少亩", "水稻种了多少亩"),
        ("我们镇里水稻种了多少亩", "水稻种了多少亩"),
        ("全镇种了多少水稻", "种了多少水稻"),
        ("青山镇长是谁", "青山镇长是谁"),  # of somebody else
        ("青山镇委在哪", "青山镇委在哪"),
        ("绿水镇种了多少水稻", "绿水镇种了多少水稻"),
        ("青山镇", "青山镇"),
    ],
)
def test_it_is_taken_out_of_a_question(core: str, plain: str) -> None:
    assert NAME.without(core) == plain


def test_a_title_without_a_name_takes_nothing_out() -> None:
    assert DocumentName("春季工作讲话").without("春季的水稻") == "春季的水稻"


@pytest.mark.parametrize("question", ["种了多少水稻", "修路花了多少钱", "招了多少名老师", "有没有教大家种地的课"])
def test_with_the_name_in_front_the_same_is_answered(question: str) -> None:
    plain, named = retriever().ask(question), retriever().ask(f"请问青山镇的{question}")
    assert (named.kind, named.point) == (plain.kind, plain.point)
