"""What kind of thing is asked for."""

import pytest

from bot.retrieval.normalize.question import answer_types


@pytest.mark.parametrize(
    ("question", "types"),
    [
        ("修路花了多少钱", {"money"}),
        ("总投资多少万元", {"money"}),
        ("招了几名老师", {"count"}),
        ("全市排第几", {"rank"}),
        ("什么时候修好", {"time"}),
        ("镇长是谁", {"person"}),
        ("村委会的电话", {"contact"}),
        ("补助怎么申请", {"procedure"}),
        ("为什么修路", {"reason"}),
        ("田间课堂是什么", set()),
    ],
)
def test_the_kind_of_thing_is_read_off_the_question(question: str, types: set[str]) -> None:
    assert answer_types(question) == types
