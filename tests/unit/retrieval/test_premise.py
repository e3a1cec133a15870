"""What a question takes for granted and the document does not carry is told."""

import pytest

from bot.retrieval.premise import Premises, figures

PREMISES = Premises("全镇今年种植水稻3200亩,增长18.7%,总投资460万元。湖南", ["2个村修路了吗"])


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("今年种了3200亩水稻吗", ""),
        ("增长18.7%是真的吗", ""),
        ("3000多亩水稻", ""),  # a rounded figure claims nothing exactly
        ("2015年种了多少水稻", "2015年"),
        ("增长20%吗", "20%"),
        ("投资46万了吗", "46万"),
        ("去年种了多少水稻", "去年"),
        ("湖北种了多少水稻", "湖北"),
        ("湖南种了多少水稻", ""),
        ("有3个村吗", ""),  # single digits tell nothing
    ],
)
def test_a_year_a_figure_a_place_or_a_time_that_stands_nowhere_is_named(question: str, missing: str) -> None:
    assert PREMISES.missing(question) == missing


def test_figures_are_read_with_their_units() -> None:
    assert figures("2015年增长18.7%,投资460万元,共3个") == {"2015年", "18.7%", "460万"}
