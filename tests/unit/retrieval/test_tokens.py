"""A date, a time, a telephone number, a code or a unit is one token with one spelling, however it was typed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.normalize.numerals import codes, normalize_numerals, whole_words
from bot.text import squash


def spelled(text: str) -> str:
    return normalize_numerals(squash(text))


@pytest.mark.parametrize(
    "same",
    [
        "2031-08-05 2031年08月05日 2031/8/5 2031.08.05 二〇三一年八月五号 2031年8月5日",
        "8月21日 08月21日 八月二十一号 八月21号",
        "45天 45日 四十五天 四十五日",
        "三天内 3日内 三日内 3天内",
        "16:45 16点45分 十六点四十五 16时45分 16：45",
        "下午16:30 下午4点半 下午四点半 下午4:30 下午四点三十分",
        "8:00至20:15 08:00至20:15",
        "8:00开门 8点开门 八点开门",
        "0851-6620418 0851—6620418 08516620418 0851－6620418",
        "139-2222-0000 13922220000",
        "7公斤 7kg 七千克 7KG",
        "80元钱 80元 80块钱 八十块钱 80块",
        "周五 星期五 礼拜五",
        "两小时 2个小时 两个钟头 2小时",
        "4.5kW 4.5千瓦 4.5KW",
        "380V 380伏 380伏特",
        "12.5% 百分之十二点五 12.5％ 百分之12.5",
        "BX77 bx-77 ＢＸ77",
        "3-5天 3—5天 3~5天",
    ],
)
def test_a_token_has_one_spelling(same: str) -> None:
    assert len({spelled(typed) for typed in same.split()}) == 1


def test_different_tokens_stay_apart() -> None:
    for group in ("16:45 1645", "C C++ C#", "3-5天 35天", "8月21日 8月12日", "BX77 BX771", "1:20 120"):
        assert len({spelled(typed) for typed in group.split()}) == len(group.split()), group


@pytest.mark.parametrize(
    "text", ["三点要求", "3点要求", "第三点", "这三点", "一日三餐", "生日", "三刻", "同时30人", "讲了3点"]
)
def test_what_only_looks_like_a_time_stays(text: str) -> None:
    assert ":" not in spelled(text) and "天" not in spelled(text)


@given(st.text(alphabet="零一二两三十百千万点时分半整刻号日天月年下午晚上周块元kgvc+#0123459.:/-% 、", max_size=24))
@example("十日")
@example("借十日,十天")
def test_respelling_twice_is_respelling_once(text: str) -> None:
    once = spelled(text)
    assert spelled(once) == once
    assert normalize_numerals(once) == once


def test_mixed_words_are_whole_and_have_their_parts_behind_them() -> None:
    assert list(whole_words("bx77")) == ["bx77", "bx", "77"]
    assert list(whole_words("c++c#16:45")) == ["c++", "c#", "16:45"]
    assert list(whole_words("08516620418")) == ["08516620418", "6620418"]


def test_a_code_is_not_a_longer_or_a_neighbouring_code() -> None:
    terms = set(shared_tokenizer().terms(spelled("BX771型水泵")))
    assert "bx771" in terms
    assert {"bx77", "bx772"}.isdisjoint(terms)
    assert [code[0] for code in codes("bx77和k9的gdp")] == ["bx77", "k9"]


@pytest.mark.parametrize("piece", ["1:", "1-", "2025-", "下午", "1点", "a+", "c#", "0", "3月", "五点十"])
def test_long_repetitions_are_read_at_once(piece: str) -> None:
    once = spelled(piece * 3000)
    assert spelled(once) == once
