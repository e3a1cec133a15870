"""Questions of many wordings come together by what is asked."""

import random
from itertools import pairwise

import pytest

from bot.retrieval.clustering import AskedQuestion, QuestionGroup, cluster
from bot.retrieval.index.tokenizer import shared_tokenizer


def grouped(*questions: str) -> list[set[str]]:
    found = cluster([AskedQuestion(question, "decline") for question in questions], shared_tokenizer().words)
    return [{wording.text for wording in one.wordings} for one in found]


def of(*asked: AskedQuestion) -> tuple[QuestionGroup, ...]:
    return cluster(asked, shared_tokenizer().words)


def test_one_core_is_one_wording_whatever_stands_around_it() -> None:
    [found] = of(
        AskedQuestion("请问施工队是哪家？", "decline", 2),
        AskedQuestion("施工队是哪家", "suggest"),
        AskedQuestion("施工隊是哪家", "decline"),
    )
    [wording] = found.wordings
    assert (wording.text, wording.core, wording.times) == ("请问施工队是哪家？", "施工队是哪家", 4)
    assert wording.phrase == "施工队是哪家"
    assert found.kinds == {"decline": 3, "suggest": 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("修路的施工队是哪家", "修路的施工队是哪一家公司"),
        ("修路的施工队是哪家", "修路的施工对是哪家"),
        ("幼儿园什么时候开学", "什么时候开学幼儿园"),
        ("村里的幼儿园哪天开学", "村里的幼儿园在哪天开学"),
        ("镇上打算建几所中学", "镇上准备建几所中学呀"),
        ("镇上计划修几条路", "镇上要修多少条路呢"),
        ("幼儿园什么时候开学", "幼儿园啥时候开学啊"),
        ("有没有补贴", "是否有补贴呢"),
        ("卫生院在什么地方", "卫生院在哪里呀"),
        ("修这条路一共花了多少钱", "修这条路总共花了好多钱"),
    ],
)
def test_near_duplicates_stand_together(one: str, other: str) -> None:
    assert grouped(one, other) == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2023年修了多少公里路", "2024年修了多少公里路"),
        ("今年我们镇修了多少公里路", "去年我们镇修了多少公里路"),
        ("我们学校有什么新的变化", "我们农村有什么新的变化"),
        ("施工队是哪家", "幼儿园什么时候开学"),
        ("镇上打算建几所中学", "镇上打算建几所小学"),
        ("镇上准备建几所中学", "县里准备建几座桥"),
        ("幼儿园什么时候开学", "幼儿园什么时候放假"),
        ("计划生育罚多少钱", "生育补多少钱"),
        ("村长叫什么", "镇长叫什么"),
        ("养老金一个月多少", "低保一个月多少"),
    ],
)
def test_questions_about_different_things_stay_apart(one: str, other: str) -> None:
    assert len(grouped(one, other)) == 2


def test_a_chain_of_small_steps_does_not_swallow_everything() -> None:
    text = "修路的钱从哪里来的呢谁出的"
    steps = [text[start : start + 9] for start in range(5)]  # each near its neighbour, the ends share little
    assert all(grouped(one, other) == [{one, other}] for one, other in pairwise(steps))
    assert not any({steps[0], steps[-1]} <= found for found in grouped(*steps))


def test_the_most_asked_come_first_and_so_does_the_most_frequent_wording() -> None:
    first, second = of(
        AskedQuestion("幼儿园什么时候开学", "decline", 3),
        AskedQuestion("修路的施工队是哪家", "decline", 2),
        AskedQuestion("修路的施工队是哪一家", "unhelpful", 4),
    )
    assert [wording.text for wording in first.wordings] == ["修路的施工队是哪一家", "修路的施工队是哪家"]
    assert (first.times, second.times) == (6, 3)


def test_the_order_in_which_questions_came_changes_nothing() -> None:
    asked = [
        AskedQuestion(f"{place}的{thing}{end}", "decline")
        for place in ("村里", "镇上", "县里")
        for thing in ("幼儿园", "卫生院", "图书馆")
        for end in ("在哪里", "在哪", "几点开门", "几点钟开门")
    ]
    shuffled = list(asked)
    random.Random(7).shuffle(shuffled)
    assert of(*asked) == of(*shuffled)
    assert sum(one.times for one in of(*asked)) == len(asked)


def test_only_wordings_that_differ_stand_for_their_group() -> None:
    [found] = of(
        AskedQuestion("幼儿园什么时候开学", "decline", 3),
        AskedQuestion("幼儿园什么时间开学", "decline"),
        AskedQuestion("什么时候开学幼儿园", "decline"),
    )
    assert [wording.text for wording in found.distinct(3)] == ["幼儿园什么时候开学", "什么时候开学幼儿园"]
    assert len(found.distinct(1)) == 1


def test_what_nothing_is_left_of_is_left_out() -> None:
    assert of(AskedQuestion("？？？", "decline"), AskedQuestion("👍", "decline")) == ()


def test_a_single_character_is_compared_as_it_is() -> None:
    assert grouped("路", "路", "水") == [{"路"}, {"水"}]
