"""A message → the questions in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.message.parts import (
    MAX_PARTS,
    asks_for_another,
    compares,
    disputed,
    split_message,
    without_excluded,
)
from bot.text import clean


@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        ("押金多少，周一开不开门", ("押金多少", "周一开不开门")),
        ("押金是多少？周一开门吗？", ("押金是多少", "周一开门吗")),
        ("押金多少\n周一开不开门", ("押金多少", "周一开不开门")),
        ("1. 押金多少 2. 周一开不开门 3. 能借几本", ("押金多少", "周一开不开门", "能借几本")),
        ("①押金多少；②能借几本", ("押金多少", "能借几本")),
        ("一、押金多少，二、能借几本", ("押金多少", "能借几本")),
        ("押金和借期分别是多少", ("押金是多少", "借期是多少")),
        ("押金、借期、册数各是怎么规定的", ("押金是怎么规定的", "借期是怎么规定的", "册数是怎么规定的")),
        ("押金多少，另外丢了书怎么赔", ("押金多少", "丢了书怎么赔")),
        ("说说押金，还有借期，还有赔偿", ("说说押金", "借期", "赔偿")),
        ("麻烦问下押金多少 借期几天 谢谢", ("押金多少", "借期几天")),
        ("押金多少 借期几天 有没有说", ("押金多少", "借期几天")),
        ("押金多少？借期几天？群里有谁晓得的没", ("押金多少", "借期几天")),
        ("想问两个事，一个是押金，一个是借期", ("押金", "借期")),
        ("有两点不清楚：第一个是押金多少，第二个是借期几天", ("押金多少", "借期几天")),
        ("“借书证”和“阅览证”不是一回事吧 一个管啥一个管啥", ("“借书证”管啥", "“阅览证”管啥")),
    ],
)
def test_a_message_of_several_questions_is_split(typed: str, questions: tuple[str, ...]) -> None:
    assert split_message(typed).questions == questions


@pytest.mark.parametrize(
    "typed",
    [
        "押金多少",
        "押金 借期",
        "关于押金，是怎么规定的",
        "押金为50元对吗",
        "来了两个人，一个是老师，一个是学生",
        "我是新搬来的，办证要带什么",
        "借期7.2万天",
        "还有多少本书",
        "昨天听邻居讲的 押金多少 我明天想去办 有晓得的没",
        "押金多少，有谁记得",
        "",
        "，，，",
    ],
)
def test_a_message_that_asks_one_thing_is_not_split(typed: str) -> None:
    assert split_message(typed).questions == ()


def test_the_clause_that_asks_is_found_in_a_story() -> None:
    split = split_message("我上周六带孩子去图书室，结果门是关的，白跑一趟，请问周末几点开门")

    assert split.focus[0] == "请问周末几点开门"
    assert split.focus[1].endswith("白跑一趟,请问周末几点开门")


def test_an_invitation_is_no_clause_that_asks() -> None:
    assert split_message("一起团个水壶 还差两个人 你要不要").focus == ("还差两个人,你要不要",)


def test_who_asks_for_another_is_told_by_the_words() -> None:
    assert asks_for_another("全镇又办了个什么")
    assert not asks_for_another("又快又好怎么做到")


def test_a_comparison_is_told_by_its_words() -> None:
    assert compares("跟我们的3册比谁多")
    assert not compares("谁多借了一本")


def test_whose_notes_differ_wants_what_is_told_before_them() -> None:
    assert split_message("老李讲押金涨了10块,我笔记上不是这个数,哪位帮看看原文").focus == ("老李讲押金涨了10块",)


@given(st.text(alphabet="一二押金多少和还有另外,。?1.2、 \n分别怎么(①吗不", max_size=300))
def test_any_message_has_a_bounded_number_of_parts(typed: str) -> None:
    assert len(split_message(typed).questions) <= MAX_PARTS


@pytest.mark.parametrize("ending", ["原话怎么讲的啊", "原文是怎么写的", "把原话发出来看看"])
def test_whose_words_are_wanted_of_is_what_is_told_before(ending: str) -> None:
    story = "我家地挨着水渠,去年老是堵,听说今年要清淤"
    assert split_message(f"{story},{ending}").focus == ("听说今年要清淤",)


@pytest.mark.parametrize(
    ("typed", "claim"),
    [
        ("隔壁老张说押金要80元，是不是这么讲的", "押金要80元对吗"),
        ("群里有人说借期是十五天 真的假的", "借期是十五天对吗"),
        ("听他讲新书架有三个 不对吧", "新书架有三个对吗"),
        ("我笔记上抄的是押金80元，帮忙确认一下抄对没", "押金80元对吗"),
        ("老张说押金涨了，是不是这么讲的", ""),
    ],
)
def test_what_somebody_is_said_to_claim_is_asked_for(typed: str, claim: str) -> None:
    assert disputed(clean(typed)) == claim


def test_what_is_not_to_be_told_is_not_asked() -> None:
    assert without_excluded("押金多少,借期那个我知道不用说") == "押金多少"
    assert without_excluded("借期我知道了") == "借期我知道了"
