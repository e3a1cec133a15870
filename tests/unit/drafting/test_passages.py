"""A document, cut into passages as long as an answer."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.passages import MAX_PASSAGE, cut_passages
from bot.knowledge.model import is_id
from tests.unit.drafting.documents import RULE, TALK, knowledge_of


def test_an_article_is_a_passage_with_the_items_below_it() -> None:
    passages = {passage.name: passage for passage in cut_passages(knowledge_of(RULE))}
    assert [*passages] == ["s1-1", "s1-2", "s2-1", "s2-2", "s3-1"]
    stopped = passages["s2-2"]
    assert stopped.quote == (
        "第四条 有下列情形之一的，停借三个月：\n（一）把书弄丢又不赔的；\n（二）超过借期60日不还的。"
    )
    assert stopped.title == "第四条 有下列情形之一的，停借三个月…"
    assert (stopped.section, stopped.headings) == ("s2", ("借阅",))


def test_a_paragraph_of_running_text_is_a_passage_and_headings_are_none() -> None:
    quotes = [passage.quote for passage in cut_passages(knowledge_of(TALK))]
    assert quotes == [
        "读书要有计划。今年新购图书1200册，新办借书证86张。我们要把“一书一会”办下去，让“流动书箱”走进车间。",
        "第一，选好书。好书是走出来的，不是摆出来的。",
    ]


def test_a_long_article_is_cut_at_its_items() -> None:
    items = "\n".join(f"（{number}）{text * 12}；" for number, text in zip("一二三四", "甲乙丙丁", strict=True))
    long = "\n".join(f"（{number}）{'很长的一项' * 20}第{number}项；" for number in "五六七八")
    passages = cut_passages(knowledge_of(f"办法\n第一章 总则\n第一条 有下列情形的：\n{items}\n{long}\n"))
    assert len(passages) > 1
    assert all(len(passage.quote) <= MAX_PASSAGE for passage in passages)
    assert all(passage.quote.startswith(("第一条", "（")) for passage in passages)


def test_the_same_text_twice_is_one_passage() -> None:
    passages = cut_passages(knowledge_of("通知\n请大家按时到会。\n请大家按时到会。\n请带好笔记本和笔。\n"))
    assert [passage.quote for passage in passages] == ["请大家按时到会。", "请带好笔记本和笔。"]


@given(st.text(alphabet="甲乙丙第一二三条章节、（）。，；：是\n 123.“”", max_size=400))
def test_passages_of_any_text_are_verbatim_in_order_apart_and_named_once(text: str) -> None:
    source = f"题目\n{text}\n最后一段话说完了。"
    try:
        knowledge = knowledge_of(source)
    except Exception as error:
        pytest.skip(f"no knowledge: {type(error).__name__}")
    passages = cut_passages(knowledge)
    assert all(knowledge.source[one.span.start : one.span.end] == one.quote for one in passages)
    assert all(one.span.end <= other.span.start for one, other in pairwise(passages))
    assert len({one.name for one in passages}) == len(passages)
    assert all(is_id(one.name) for one in passages)
    assert {one.section for one in passages} <= {section.id for section in knowledge.sections}
