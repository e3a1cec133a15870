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


TOOLS = ("锄头", "铁锹", "水桶", "梯子", "剪刀", "推车", "喷壶", "雨衣")
ROOMS = ("东库", "西库", "南棚", "北棚", "地窖")


def test_of_forty_articles_ten_changed_three_added_and_two_removed_are_told_as_exactly_these() -> None:
    bodies = [f"{tool}放在{room}，用完当天归还给{room}的保管员。" for room in ROOMS for tool in TOOLS]
    changed = {number: text.replace("当天", "三天内") for number, text in enumerate(bodies) if number % 4 == 1}
    removed = {6, 27}
    added = {10: "新买的油漆先登记再领。", 22: "下雨天不得晾晒帐篷。", 33: "钥匙丢了马上报告组长。"}
    new: list[str] = []
    for number, text in enumerate(bodies):
        if number in added:
            new.append(added[number])
        if number not in removed:
            new.append(changed.get(number, text))
    old, edition = ([f"第{at}条 {text}" for at, text in enumerate(texts, 1)] for texts in (bodies, new))
    found = compared(old, edition)
    assert [one.text.split(" ", 1)[1] for _, one in found.changed] == list(changed.values())
    assert [one.text.split(" ", 1)[1] for one, _ in found.changed] == [bodies[number] for number in changed]
    assert [one.text.split(" ", 1)[1] for one in found.added] == list(added.values())
    assert [one.text.split(" ", 1)[1] for one in found.removed] == [bodies[number] for number in sorted(removed)]
    assert {one.text.split(" ", 1)[1] for one, _ in found.moved}.isdisjoint(changed.values())


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
