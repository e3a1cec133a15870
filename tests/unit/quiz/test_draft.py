"""Text is cut at the ends of its clauses."""

from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.generation.draft import clauses_around, elide_around

TEXT = "拓宽门路,做到促进就业,新增4047人。援助502人;稳定3.6万人。"


def test_what_stands_before_comes_first_and_what_does_not_fit_stays_out() -> None:
    assert clauses_around(TEXT, "4047人", 12) == "新增4047人"
    assert clauses_around(TEXT, "4047人", 14) == "做到促进就业,新增4047人"
    assert clauses_around(TEXT, "4047人", 23) == "拓宽门路,做到促进就业,新增4047人"
    assert clauses_around(TEXT, "4047人", 100) == TEXT.rstrip("。")


def test_no_more_is_taken_than_needed() -> None:
    assert clauses_around(TEXT, "502人", 100, least=10) == "新增4047人。援助502人"


def test_a_part_that_does_not_stand_there_has_nothing_around_it() -> None:
    assert clauses_around(TEXT, "503人", 100) == clauses_around(TEXT, "", 100) == ""


def test_what_was_left_out_is_marked_on_its_side() -> None:
    assert elide_around(TEXT, "4047人", 16) == "…做到促进就业,新增4047人…"
    assert elide_around(TEXT, "拓宽", 8) == "拓宽门路…"
    assert elide_around(TEXT, "3.6万人", 10) == "…稳定3.6万人…"
    assert elide_around(TEXT, "502人", 100) == TEXT


@given(st.text(alphabet="甲乙丙,。、\n", min_size=1, max_size=60), st.integers(3, 40))
def test_no_text_is_longer_than_its_limit_and_all_of_it_is_verbatim(text: str, limit: int) -> None:
    short = elide_around(text, text[:1], limit)
    assert len(short) <= limit
    assert short.strip("…") in text
