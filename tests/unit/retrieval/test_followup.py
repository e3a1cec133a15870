"""A question leans on the one before it when it points back; a new subject never does."""

import pytest

from bot.retrieval.message.followup import (
    may_be_followup,
    names_subject,
    own_content,
    refers_back,
    with_other_code,
    without_reference,
)
from tests.unit.retrieval.speech import speech


@pytest.mark.parametrize(
    "core", ["那村里的呢", "除了这个还修什么", "其中补助多少", "还有吗", "老师也有吗", "最后怎么样了", "具体多少"]
)
def test_what_points_back_is_seen(core: str) -> None:
    assert refers_back(core)
    assert may_be_followup(core)


@pytest.mark.parametrize("core", ["就业情况怎么样", "今年种了多少亩水稻", "计划生育", "书记叫什么名字"])
def test_what_stands_by_itself_does_not_point_back(core: str) -> None:
    assert not refers_back(core)


def test_the_other_code_is_asked_for_where_there_are_two() -> None:
    history = ["kd20多重"]
    assert with_other_code("另外那个型号的呢", history, ["kd20", "m300"]) == "m300多重"
    assert with_other_code("另外那个型号的呢", history, ["kd20", "m300", "m400"]) == ""
    assert with_other_code("另外说说押金", history, ["kd20", "m300"]) == ""
    assert with_other_code("另外那个呢", ["多重"], ["kd20", "m300"]) == ""


@pytest.mark.parametrize(("core", "own"), [("那农户培训方面呢", True), ("那修路那块呢", False), ("那农村的呢", False)])
def test_a_follow_up_may_name_a_subject_of_its_own(core: str, own: bool) -> None:
    assert names_subject(core) is own


def test_what_is_left_is_what_the_question_is_about() -> None:
    assert own_content("那农村的呢") == "农村"
    assert own_content("具体多少") == ""
    assert without_reference("那农村的呢") == "农村的"


@pytest.mark.slow
@pytest.mark.parametrize("before", ["什么是三级联创", "地区生产总值增长了多少", "环境卫生怎么整治"])
@pytest.mark.parametrize("question", ["今天天气怎么样", "高考几号", "股票涨了吗", "帮我订机票", "房价多少", "书记叫啥"])
def test_a_new_subject_is_never_read_together_with_the_old_one(before: str, question: str) -> None:
    assert speech().ask(question, [before]).context == ""
    assert speech().ask(question, [before]).matches == speech().ask(question).matches


@pytest.mark.slow
def test_a_follow_up_of_the_speech_finds_its_passage() -> None:
    verdict = speech().ask("那农村的呢", ["今年城镇新增就业多少人"])
    assert verdict.point is not None
    assert "转移就业502人" in "".join(speech().knowledge.excerpt_texts(verdict.point))


@pytest.mark.slow
@pytest.mark.parametrize("question", ["那农村的呢", "农村有多少", "其中女的多少", "具体多少", "卫生怎么整"])
@pytest.mark.parametrize("before", [[], ["今年城镇新增就业多少人"], ["什么是三级联创", "今年城镇新增就业多少人"]])
def test_who_asks_the_same_again_is_answered_the_same(question: str, before: list[str]) -> None:
    first = speech().ask(question, before)
    assert speech().ask(question, [*before, question]) == first
    assert speech().ask(question, [*before, f"请问{question}", question]) == first
