"""What differs between two versions is told by what members meet, in a few lines."""

from __future__ import annotations

from dataclasses import replace
from difflib import unified_diff

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.diff.diff import MAX_LINES, ChangedItem, Diff, FieldChange, ItemChanges, compare
from bot.knowledge.diff.text_diff import text_diff
from bot.knowledge.files import Files
from bot.knowledge.model import GoldenQuestion, HandwrittenQuestion, Knowledge, QuizAdditions
from bot.knowledge.parse.points_file import parse_points
from bot.wording import Difference
from tests.unit.library import POINTS, SOURCE, knowledge


def _read(points: str, source: str = SOURCE) -> Knowledge:
    parsed = parse_points(points, source, "points.yaml")
    assert parsed.issues == ()
    return parsed.knowledge


def _after(old: str, new: str) -> Diff:
    assert old in POINTS
    return compare(knowledge(), _read(POINTS.replace(old, new, 1)))


def test_the_same_files_and_other_comments_differ_in_nothing() -> None:
    diff = _after("points:\n", "# 注\npoints:\n")
    assert diff.is_empty
    assert diff.lines() == (Difference.NOTHING,)


def test_a_question_more_and_one_less() -> None:
    diff = _after("questions: [镇长是谁, 谁讲的话,", "questions: [谁是镇长, 谁讲的话,")
    changed = ChangedItem("speaker", "讲话人是张远", (FieldChange("questions", ("镇长是谁",), ("谁是镇长",)),))
    assert diff == Diff(points=ItemChanges(changed=(changed,)))
    assert diff.lines() == ("～ 要点“讲话人是张远”：问法“镇长是谁”改成“谁是镇长”",)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("aliases: [镇长]", "aliases: [镇长, 书记, 领导]", "～ 要点“讲话人是张远”：别名加了 2 条（“书记”）"),
        ("aliases: [水稻, 种田]", "aliases: [种田]", "～ 要点“种植水稻3200亩”：别名少了 1 条（“水稻”）"),
        ("aliases: [水稻, 种田]", "aliases: [种田, 水稻]", "～ 要点“种植水稻3200亩”：别名换了顺序"),
        ("title: 种植水稻3200亩", "title: 水稻3200亩", "～ 要点“水稻3200亩”：标题“种植水稻3200亩”改成“水稻3200亩”"),
        (
            "quote: 全镇今年种植水稻3200亩,比去年多种400亩。",
            "quote: 全镇今年种植水稻3200亩",
            "～ 要点“种植水稻3200亩”：引文“…植水稻3200亩,比去年多种400亩。”改成“…植水稻3200亩”",
        ),
        (
            "facts: [{ask: 水稻种植面积, value: 3200亩}]",
            "",
            "～ 要点“种植水稻3200亩”：数字和名称少了 1 条（“水稻种植面积：3200亩”）",
        ),
        ("title: 开头}", "title: 署名}", "～ 章节“署名”：标题“开头”改成“署名”"),
        ("speaker: 青山镇镇长 张远", "speaker: 张远", "～ 署名“青山镇镇长 张远”改成“张远”"),
    ],
)
def test_each_change_has_its_line(old: str, new: str, line: str) -> None:
    assert _after(old, new).lines() == (line,)


def test_points_come_and_go() -> None:
    fewer = _read(POINTS[: POINTS.index("  - id: school")])
    school = ChangedItem("school", "新建教学楼,招聘教师")
    assert compare(knowledge(), fewer) == Diff(points=ItemChanges(removed=(school,)))
    assert compare(knowledge(), fewer).lines() == ("－ 要点“新建教学楼,招聘教师”",)
    assert compare(fewer, knowledge()) == Diff(points=ItemChanges(added=(school,)))
    assert compare(fewer, knowledge()).lines() == ("＋ 要点“新建教学楼,招聘教师”",)


@pytest.mark.parametrize(
    ("source", "removed", "added"),
    [
        (SOURCE + "\n又一句。", 0, 5),
        (SOURCE.replace("组织“田间课堂”", "办“田间课堂”"), 2, 1),
        (SOURCE.replace("一、", "1、").replace("三、", "3、"), 2, 2),
        ("", len(SOURCE), 0),
    ],
)
def test_what_changed_in_the_source_is_counted_in_characters(source: str, removed: int, added: int) -> None:
    diff = compare(knowledge(), replace(knowledge(), source=source))
    assert (diff.source_removed, diff.source_added) == (removed, added)
    assert diff.lines() == (Difference.SOURCE.format(removed=removed, added=added),)


def _with_quiz(*written: HandwrittenQuestion, alike: tuple[tuple[str, ...], ...] = ()) -> Knowledge:
    return replace(knowledge(), quiz_additions=QuizAdditions(written, alike))


CROP = HandwrittenQuestion("crop", "rice", "种了什么？", ("水稻",), ("小麦",), line=2)


def test_questions_of_the_quiz() -> None:
    moved = replace(CROP, line=9)
    assert compare(_with_quiz(CROP), _with_quiz(moved)).is_empty
    harder = replace(CROP, wrong=("小麦", "玉米"))
    assert compare(_with_quiz(CROP), _with_quiz(harder)).lines() == (
        "～ 答题“种了什么？”：错误选项加了 1 条（“玉米”）",
    )
    assert compare(_with_quiz(), _with_quiz(CROP)).lines() == ("＋ 答题“种了什么？”",)
    assert compare(_with_quiz(CROP), _with_quiz()).lines() == ("－ 答题“种了什么？”",)
    families = compare(_with_quiz(), _with_quiz(alike=(("水稻", "小麦"),)))
    assert families.lines() == ("～ 同类词加了 1 条（“水稻、小麦”）",)


def test_a_question_that_rests_now_is_told_one_that_rested_before_is_not() -> None:
    other = replace(CROP, id="other", question="另种了什么？")
    both = _with_quiz(CROP, other)
    diff = compare(both, both, inactive_before=["other"], inactive_now=["crop", "other"])
    assert diff.rested == (ChangedItem("crop", "种了什么？"),)
    assert diff.lines() == ("！ 答题“种了什么？”先不出了",)


def test_golden_questions() -> None:
    asked = replace(
        knowledge(), golden=(GoldenQuestion("水田有多大", ("rice",), 2), GoldenQuestion("有几家饭馆", (), 3))
    )
    assert compare(knowledge(), asked).lines() == ("～ 检验题加了 2 条（“水田有多大（rice）”）",)


def test_what_does_not_fit_is_counted_and_what_is_lost_comes_first() -> None:
    many = replace(knowledge(), points=tuple(replace(knowledge().point("rice"), id=f"p{n}") for n in range(40)))
    lines = compare(knowledge(), many).lines()
    assert len(lines) == MAX_LINES
    assert lines[:5] == tuple(f"－ 要点“{point.title}”" for point in knowledge().points)
    assert lines[-1] == "另有 34 处"


def test_no_line_is_longer_than_a_phone_bears() -> None:
    rice = knowledge().point("rice")
    changed = replace(
        rice, title="长" * 300, section="2", quotes=("长" * 300,), questions=("长" * 300,), gaps=("长" * 300,)
    )
    diff = compare(knowledge(), replace(knowledge(), points=(changed,)))
    assert max(map(len, diff.lines())) <= 120


texts = st.text("甲乙丙\n", max_size=4)
changes = st.builds(FieldChange, texts, st.lists(texts).map(tuple), st.lists(texts).map(tuple))
entries = st.lists(st.builds(ChangedItem, texts, texts, st.lists(changes, max_size=2).map(tuple)), max_size=2).map(
    tuple
)
things = st.builds(ItemChanges, entries, entries, entries)


@pytest.mark.slow
@given(st.builds(Diff, st.lists(changes, max_size=2).map(tuple), st.integers(), st.integers(), things, rested=entries))
def test_a_diff_comes_back_from_its_json(diff: Diff) -> None:
    assert Diff.from_json(diff.to_json()) == diff


@pytest.mark.parametrize("text", ["", "[]", "{", '{"points": 3}'])
def test_what_is_no_diff_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="not a diff"):
        Diff.from_json(text)


OLD = Files({"points.yaml": "甲\n乙\n丙\n", "quiz.yaml": "一\n"})
NEW = Files({"points.yaml": "甲\n丁\n丙\n", "source.txt": "新"})


def test_files_differ_line_by_line() -> None:
    assert text_diff(OLD, NEW, 1000).split("\n") == [
        *("--- points.yaml", "+++ points.yaml", "@@ -1,4 +1,4 @@", " 甲", "-乙", "+丁", " 丙", " "),
        *("--- quiz.yaml", "+++ quiz.yaml", "@@ -1,2 +1 @@", "-一", " "),
        *("--- source.txt", "+++ source.txt", "@@ -1 +1 @@", "-", "+新"),
    ]
    assert text_diff(OLD, OLD, 1000) == ""


@pytest.mark.parametrize("changed", [{3, 40}, {0}, {59}, {10, 16, 17, 25}, set(range(60))])
@pytest.mark.parametrize("added", [(), ("末一", "末二")])
def test_hunks_are_spelled_as_programs_read_them(changed: set[int], added: tuple[str, ...]) -> None:
    before = [f"第{number}行" for number in range(60)]
    after = [*(f"{line}改" if number in changed else line for number, line in enumerate(before)), *added]
    told = text_diff(Files({"a": "\n".join(before)}), Files({"a": "\n".join(after)}), 100_000)
    assert told == "\n".join(unified_diff(before, after, "a", "a", lineterm=""))


@pytest.mark.parametrize("limit", [30, 60, 100])
def test_a_long_comparison_is_cut_at_a_line_and_says_so(limit: int) -> None:
    whole = text_diff(OLD, NEW, 1000).split("\n")
    *kept, last = text_diff(OLD, NEW, limit).split("\n")
    assert kept == whole[: len(kept)]
    assert last == Difference.LINES_MORE.format(count=len(whole) - len(kept))
    assert len("\n".join([*kept, last])) <= limit


def test_files_too_long_to_compare_are_counted() -> None:
    long = Files({"source.txt": "行\n" * 30_000})
    assert text_diff(long, long.with_file("source.txt", "行\n" * 30_001), 1000) == Difference.TOO_LONG.format(
        name="source.txt", before=30_001, after=30_002
    )
