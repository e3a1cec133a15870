"""Every number has one spelling, however it was typed, and words stay words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.normalize.numerals import normalize_numerals


@pytest.mark.parametrize(
    ("spelling", "typed"),
    [
        ("3.6万", "三万六千 三万六 3万6 3万6千 36000 3.6万 3.60万 三点六万 3点6万 叁万陆仟"),
        ("4047人", "四千零四十七人 4千零47人 4047人"),
        ("502人", "五百零二人 502人"),
        ("7.2亿元", "七点二亿元 7.2亿元 七亿两千万元 720000000元 72000万元 7.2个亿元"),
        ("1700.8万", "一千七百点八万 1700点8万 17008000"),
        ("928.6万", "九百二十八点六万 九二八点六万"),
        ("100%", "百分之百 百分百 百分之一百 100% 100.0% 一百%"),
        ("18.7%", "百分之十八点七 百分之18.7 18.70%"),
        ("3%", "百分之三 3%"),
        ("0.5%", "百分之零点五"),
        ("29个名次", "二十九个名次 29个名次"),
        ("2010年", "二〇一〇年 二零一零年 2010年"),
        ("1949年", "一九四九年"),
        ("4050人员", "四零五零人员"),
        ("30005", "三万零五 3万零5"),
        ("2300", "两千三 两千三百"),
        ("4000零几十", "四千零几十"),
    ],
)
def test_a_number_has_one_spelling(spelling: str, typed: str) -> None:
    assert {form: normalize_numerals(form) for form in typed.split()} == dict.fromkeys(typed.split(), spelling)


@pytest.mark.parametrize("word", ["一零", "四零后", "九零后"])
def test_two_digits_are_no_number_because_one_of_them_is_a_zero(word: str) -> None:
    assert normalize_numerals(word) == word


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("八个一", "8个1"),
        ("三级联创", "3级联创"),
        ("第一要务", "第1要务"),
        ("第三部分第二点", "第3部分第2点"),
        ("五大提速", "5大提速"),
        ("三年大变样", "3年大变样"),
        ("十佳公务员", "10佳公务员"),
        ("两个转型", "2个转型"),
        ("两抢一盗", "2抢1盗"),
        ("二月", "2月"),
        ("零就业", "0就业"),
        ("第十条", "第10条"),
    ],
)
def test_a_small_number_in_digits_is_written_as_in_words(word: str, typed: str) -> None:
    assert normalize_numerals(typed) == word
    assert normalize_numerals(word) == word


NO_NUMBERS = """
    一是 二是 一下 一些 统一 万一 千方百计 千家万户 三三两两 一五一十 三四个 五一 十二五 几百万 几十万 数十亿 十几个
    百分之几 百分之百分之 三点五 第二点三是 第十二点三是 上午九时 晚上八时 二把手 5g g20 1.2.3 0739 1234567890123
"""


@pytest.mark.parametrize("word", NO_NUMBERS.split())
def test_what_is_no_number_stays_as_it_is(word: str) -> None:
    assert normalize_numerals(word) == word


@given(st.text(alphabet="零一二两三五十百千万亿点个几第年分之0129.%a人", max_size=30))
def test_respelling_twice_is_respelling_once(text: str) -> None:
    once = normalize_numerals(text)
    assert normalize_numerals(once) == once


@pytest.mark.parametrize(
    "piece", ["1", "一", "1.1", "百分之", "十点", "一百", "三万零", "1点", "百分之一点", "个亿", "9万"]
)
def test_long_repetitions_are_read_at_once(piece: str) -> None:
    once = normalize_numerals(piece * 3000)
    assert normalize_numerals(once) == once
