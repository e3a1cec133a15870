"""Writing errors are mended by the document's own words; what is well written stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.retrieval.sound import folded, look_alikes, readings, spelled_out
from bot.retrieval.spelling import Speller

SPELLER = Speller(
    ["田间课堂培训农户多少人次", "硬化村道多少公里", "新建教学楼一栋", "招聘教师多少名", "自己办的田间课堂"],
    {"今天": 9, "天气": 9, "怎么": 9, "么样": 3},
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("田见课堂", "田间课堂"),  # homophone
        ("田间课糖培训", "田间课堂培训"),
        ("应化村道多少公里", "硬化村道多少公里"),  # ying/yin folded
        ("招聘教思多少名", "招聘教师多少名"),  # shi/si folded
        ("己办的田间课堂", None),  # one character alone has no pair to be judged by
        ("自已办的田间课堂", "自己办的田间课堂"),  # look-alike
        ("tianjianketang", "田间课堂"),
        ("xinjianjiaoxuelou", "新建教学楼"),
        ("xin建jiaoxue楼", "新建教学楼"),
    ],
)
def test_homophones_look_alikes_and_pinyin_are_read_as_the_document_writes_them(typed: str, meant: str | None) -> None:
    mended = SPELLER.mend(typed)
    assert (mended.text if mended else None) == meant


@pytest.mark.parametrize("typed", ["田间课堂培训农户多少人次", "今天天气怎么样", "how old is it", "", "田", "2015年"])
def test_what_is_well_written_or_about_something_else_stays(typed: str) -> None:
    assert SPELLER.mend(typed) is None


def test_pinyin_is_cut_into_the_fewest_syllables() -> None:
    assert spelled_out("jiaoxuelou") == (("jiao", "xue", "lou"),)
    assert set(spelled_out("pingan")) == {("ping", "an"), ("pin", "gan")}
    assert spelled_out("hello") == ()


def test_common_mix_ups_fold_together() -> None:
    assert folded("zhuang") == folded("zuang")
    assert folded("lan") == folded("nan")
    assert folded("jing") == folded("jin")
    assert folded("jia") != folded("jie")
    assert readings("行") >= {"xing", "hang"}
    assert "己" in look_alikes("已")


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.characters(min_codepoint=0x61, max_codepoint=0x9FA5), max_size=60))
def test_any_text_is_mended_in_bounded_work_and_never_grows_wild(text: str) -> None:
    mended = SPELLER.mend(text)
    assert mended is None or len(mended.text) <= len(text)
