"""Cleaning gives one spelling to what means the same, and is done after the first time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import clean, parse_count, readable, shorten, spell_count, squash, unify_characters


def test_width_script_and_case_become_one() -> None:
    assert clean("三級聯創 是什麼?AI") == "三级联创 是什么?ai"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("群眾 羣眾 羣衆", "群众 群众 群众"),
        ("頂峰 頂峯", "顶峰 顶峰"),
        ("為什麼 爲什麼 爲甚麼", "为什么 为什么 为什么"),
        ("裡面 裏面", "里面 里面"),
        ("台灣 臺灣", "台湾 台湾"),
        ("沿著 著手 執著 著作 顯著 名著", "沿着 着手 执着 著作 显著 名著"),
        ("么子 要么", "么子 要么"),
        ("衛生 衞生 鄉 鄕 清 淸 妳", "卫生 卫生 乡 乡 清 清 你"),
        ("民意迴訪 週期 瞭解 佔 發佈", "民意回访 周期 了解 占 发布"),
        ("ｓａｎｊｉ　１００％", "sanji 100%"),
    ],
)
def test_regional_variants_and_widths_are_one_spelling(typed: str, read: str) -> None:
    assert clean(typed) == read


def test_what_cannot_be_read_is_taken_out() -> None:
    assert readable("就\u200b业\u202e数\x07字\r\n呢") == "就业数字  呢"


def test_squashed_text_keeps_the_per_cent_sign_and_the_marks_inside_one_token() -> None:
    assert squash("达到 100%,“是”吗?_") == "达到100%是吗"
    assert squash("8:15-20:45 - A/B: C++, C#; 2031/8/5") == "8:15-20:45abc++c#2031/8/5"


def test_an_emoji_leaves_nothing_to_compare() -> None:
    assert squash("👍🏽 ❤️") == ""


def test_shortened_text_says_so() -> None:
    assert shorten("一二三四五", 4) == "一二三…"
    assert shorten("一二三四", 4) == "一二三四"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert squash(squash(text)) == squash(text)


@given(st.integers(1, 9_999))
def test_a_count_is_read_as_it_is_spelled(number: int) -> None:
    assert parse_count(spell_count(number)) == number
    assert parse_count(str(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("三十九", 39), ("一百零五", 105), ("３９", 39), ("⑨", 9), ("一千二百六十", 1260), ("甲", None), ("", None)],
)
def test_counts_are_read_in_any_spelling(text: str, number: int | None) -> None:
    assert parse_count(text) == number


def test_radicals_become_characters_where_they_stand() -> None:
    assert unify_characters("⽹⻚ ⺠法 ３条") == "网页 民法 3条"
