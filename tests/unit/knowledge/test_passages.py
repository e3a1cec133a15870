"""Two editions are compared passage by passage: changed, added, removed, moved, and nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.diff.passages import PassageChanges, compare_passages, shared_sentences
from bot.knowledge.parse.source_text import parse_structure

RULES = [f"第{number}条 {text}" for number, text in zip("一二三四五六", (
    "花园每天早上六点开门。", "狗要牵着走，不能进草坪。", "孩子不能爬树，也不能摘花。", "自行车推着走，停在北门。",
    "晚上十点关灯锁门，值班员最后走。", "长椅坏了请告诉门卫。",
), strict=True)]  # fmt: skip


def compared(old: list[str], new: list[str]) -> PassageChanges:
    return compare_passages(parse_structure("\n".join(old)), parse_structure("\n".join(new)))


def test_what_changed_came_went_and_moved_is_told_exactly() -> None:
    new = [
        RULES[0].replace("六点", "七点"),
        "第二条 花园中午不关门，欢迎来乘凉。",
        RULES[1].replace("第二条", "第三条"),
        RULES[3],
        RULES[4],
        RULES[5],
    ]
    found = compared(RULES, new)
    assert [(one.place, other.place) for one, other in found.changed] == [("第一条", "第一条")]
    assert [one.place for one in found.added] == ["第二条"]
    assert [one.text for one in found.removed] == [RULES[2]]
    assert [(one.place, other.place) for one, other in found.moved] == [("第二条", "第三条")]
    assert compared(RULES, RULES).is_empty


def test_how_much_two_documents_share_tells_editions_from_others() -> None:
    old, new = parse_structure("\n".join(RULES)), parse_structure("\n".join([*RULES[:4], "第五条 完全是别的话了。"]))
    assert shared_sentences(old, new) == 0.8
    assert shared_sentences(old, parse_structure("图书馆借书要先办证。")) == 0.0
    assert shared_sentences(old, parse_structure("")) == 0.0


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), unique=True), st.lists(st.integers(0, 9), unique=True))
def test_each_passage_is_told_once(old: list[int], new: list[int]) -> None:
    lines = [f"{'甲乙丙丁戊己庚辛壬癸'[number] * 9}。" for number in range(10)]
    found = compared([lines[n] for n in old], [lines[n] for n in new])
    if len(old) > 1 and len(new) > 1 and old[0] == new[0]:  # else the first line is a title of one of them only
        gone, came = set(old) - set(new), set(new) - set(old)
        assert len(found.removed) + len(found.changed) == len(gone)
        assert len(found.added) + len(found.changed) == len(came)
