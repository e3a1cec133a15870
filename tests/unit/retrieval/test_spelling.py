"""Writing errors are mended by the document's own words; what is well written stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.retrieval.spelling.corrector import MAX_LENGTH, MAX_READINGS, SpellingCorrector
from bot.retrieval.spelling.lookalikes import look_alikes
from bot.retrieval.spelling.pinyin import NamesBySound, Syllables, fold_syllable, may_be_pinyin, readings, usual_reading

OFTEN = ["田间课堂", "田间课堂在哪里", "田间课堂培训", "硬化村道", "硬化村道在哪里", "硬化村道多长"]
SPELLER = SpellingCorrector(
    [*OFTEN, "田间课堂培训农户多少人次", "硬化村道多少公里", "新建教学楼一栋", "招聘教师多少名", "自己办的田间课堂"],
    {"今天": 90, "天气": 90, "怎么": 90, "么样": 30},
    ["田间课堂", "新建教学楼", "天津客厅"],
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
        ("硬化材道多少公里", "硬化村道多少公里"),
        ("田课堂培训", "田间课堂培训"),  # a character missing, and one typed twice
        ("硬化村村道多少公里", "硬化村道多少公里"),
        ("硬化硬化村道多少公里", "硬化村道多少公里"),
        ("硬化道村多少公里", "硬化村道多少公里"),  # neighbours changed
        ("tianjianketang", "田间课堂"),
        ("tianjiankeitang", "田间课堂"),  # a letter too many, one missing, one wrong
        ("tianjanketang", "田间课堂"),
        ("xinjianjiaoxuelpu", "新建教学楼"),
        ("xinjianjiaoxuelou", "新建教学楼"),
        ("xin建jiaoxue楼", "新建教学楼"),
        ("zhaopingjiaosi", "招聘教师"),  # ping/pin and si/shi folded
        ("xjjxl", "新建教学楼"),
        ("xjjxl一栋", "新建教学楼一栋"),
        ("tjkt", None),  # 田间课堂 or 天津客厅
    ],
)
def test_writing_errors_are_read_as_the_document_writes_it(typed: str, meant: str | None) -> None:
    mended = SPELLER.correct(typed)
    assert (mended.text if mended else None) == meant


@pytest.mark.parametrize(
    "typed",
    ["田间课堂培训农户多少人次", "今天天气怎么样", "", "田", "2015年", "县长叫什么名字", "村道在哪里", "课堂田间"],
)
def test_what_is_well_written_or_about_something_else_stays(typed: str) -> None:
    assert SPELLER.correct(typed) is None


def test_a_change_is_counted_and_pinyin_is_none() -> None:
    changes = {typed: mended.changes for typed in ("tianjianketang", "田见课堂", "硬化道村多少公里", "xjjxl")
               if (mended := SPELLER.correct(typed))}  # fmt: skip
    assert changes == {"tianjianketang": 0, "田见课堂": 1, "硬化道村多少公里": 1, "xjjxl": 1}


def test_a_mistyped_syllable_is_told_from_a_proper_one() -> None:
    syllables = Syllables("村道楼新建")
    assert "cun" in syllables
    assert syllables.mistyped("cnu") == {"cun"}
    assert syllables.mistyped("jan") == {"jian"}
    assert syllables.mistyped("cun") == frozenset()


def test_common_mix_ups_fold_together() -> None:
    assert fold_syllable("zhuang") == fold_syllable("zuang")
    assert fold_syllable("lan") == fold_syllable("nan")
    assert fold_syllable("jing") == fold_syllable("jin")
    assert fold_syllable("lv") == fold_syllable("lu")
    assert fold_syllable("jia") != fold_syllable("jie")
    assert readings("行") >= {"xing", "hang"}
    assert usual_reading("是") == "shi"
    assert readings("是") > {"shi"}


def test_look_alikes_are_mutual_and_never_the_character_itself() -> None:
    for pair in ("己已", "末未", "戊戌", "干千", "拨拔", "辨辩", "侯候", "折拆", "村材", "党堂"):
        first, second = pair
        assert second in look_alikes(first)
        assert first in look_alikes(second)
        assert first not in look_alikes(first)
    assert look_alikes("x") == frozenset()


def test_three_letters_in_a_row_may_be_pinyin() -> None:
    assert may_be_pinyin("sjlc是什么")
    assert not may_be_pinyin("5g是什么")


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.characters(min_codepoint=0x61, max_codepoint=0x9FA5), max_size=60))
def test_any_text_is_mended_and_never_grows_wild(text: str) -> None:
    mended = SPELLER.correct(text)
    assert mended is None or len(mended.text) <= 2 * len(text)


@pytest.mark.parametrize(
    "piece", ["tian", "xian", "zh", "a", "田", "田间", "己已", "tjkt", "是", "村cun", "jiaoxuelou"]
)
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    """An edge is followed from each place to a few others, from some readings to a few: never all ways at once."""
    speller = SpellingCorrector([*OFTEN, "新建教学楼一栋", "招聘教师多少名"], {}, ["田间课堂"])
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    speller.correct(text)
    chars = {char for known in [*OFTEN, "新建教学楼一栋", "招聘教师多少名"] for char in known}
    assert 0 < speller.steps <= MAX_LENGTH * 12 * (len(chars) + MAX_READINGS)
    worked = speller.steps
    assert speller.correct(piece * 200) is None
    assert speller.steps == worked  # longer ones are not tried


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("吴大连通工程是哪些", "五大连通工程是哪些"),
        ("武大连通公程", "五大连通工程"),
        ("五大连通工程", "五大连通工程"),
        ("舞大联桶宫成", "舞大联桶宫成"),  # too little of it is right
        ("六个道位怎么落实", "六个到位怎么落实"),
        ("到味不到味", "到味不到味"),
    ],
)
def test_a_name_typed_by_ear_is_read_as_the_document_has_it(typed: str, read: str) -> None:
    assert NamesBySound(["五大连通工程", "六个到位", "到位"]).respelled(typed) == read
