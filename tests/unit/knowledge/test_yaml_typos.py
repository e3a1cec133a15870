"""Slips of the pen in YAML: each is named with its line and its mend; what is meant as it stands is left alone."""

from __future__ import annotations

from textwrap import dedent

import pytest

from bot.knowledge.files import Files
from bot.knowledge.load import ValidationResult, validate_files
from bot.knowledge.parse.points_file import parse_points
from bot.wording import Lint
from tests.unit.knowledge.changes import changed, line_of
from tests.unit.library import POINTS, SOURCE

NBSP, WIDE = "\u00a0", "\u3000"
RICE = line_of("- id: rice")
QUESTIONS = "    questions: [今年种了多少亩水稻, 水稻比去年多种多少亩, 田里种了多少稻子]\n"


def faults_of(text: str) -> list[tuple[int, str, bool]]:
    return [(issue.line, issue.message, issue.fatal) for issue in loaded(text).issues]


def loaded(text: str) -> ValidationResult:
    return validate_files(Files({"points.yaml": text, "source.txt": SOURCE}))


def with_questions(block: str) -> str:
    """The small document with other questions of the rice; their first line is ``RICE`` + 5."""
    return changed(QUESTIONS, block)


@pytest.mark.parametrize(
    ("block", "line", "message"),
    [
        ("    questions：\n      - 种了多少亩\n", 0, Lint.WIDE_COLON.format(key="questions")),
        ("    questions：[种了多少亩]\n", 0, Lint.WIDE_COLON.format(key="questions")),
        ("    questions:[种了多少亩]\n", 0, Lint.NO_SPACE.format(key="questions")),
        (f"    questions:{NBSP}[种了多少亩]\n", 0, Lint.NO_SPACE.format(key="questions")),
        (f"    questions:\n{WIDE}{WIDE}- 种了多少亩\n", 1, Lint.WIDE_INDENT),
        (f"    questions:\n      - 种了多少亩\n{NBSP * 6}- 多种多少亩\n", 2, Lint.WIDE_INDENT),
        (f"{NBSP * 4}questions: [种了多少亩]\n", 0, Lint.WIDE_INDENT),
        ("    questions:\n\t- 种了多少亩\n", 1, Lint.TAB),
        ("    questions:\n      － 种了多少亩\n      － 多种多少亩\n", 1, Lint.WIDE_DASH.format(dash="－")),
        ("    questions:\n      - 种了多少亩\n      — 多种多少亩\n", 2, Lint.WIDE_DASH.format(dash="—")),
        ("    questions:\n      - 种了多少亩\n      –多种多少亩\n", 2, Lint.WIDE_DASH.format(dash="–")),
        ("    questions:\n      • 种了多少亩\n", 1, Lint.WIDE_DASH.format(dash="•")),
        ("    questions:\n      -种了多少亩\n      -多种多少亩\n", 1, Lint.NO_DASH_SPACE),
        (f"    questions:\n      -{WIDE}种了多少亩\n", 1, Lint.NO_DASH_SPACE),
        ("    questions:\n      - #2号田种了什么\n", 1, Lint.ALL_COMMENT),
        ("    questions: [“种了多少亩, 多种多少”]\n", 0, Lint.CURLY),
        ("    questions: [{种了多少亩，多种多少: 1]\n", 0, Lint.WIDE_COMMA),
        ("    facts: [{ask：面积, value：3200亩}]\n", 0, Lint.WIDE_COLON.format(key="ask")),
        ("    facts:\n      - ask: 面积\n        value：3200亩\n", 2, Lint.WIDE_COLON.format(key="value")),
        ("    facts: [{ask: 面积，value: 3200亩}]\n", 0, Lint.WIDE_COMMA),
    ],
)
def test_what_yaml_surely_reads_otherwise_is_the_one_fault_that_is_told(block: str, line: int, message: str) -> None:
    found = faults_of(with_questions(block))
    assert found[0] == (RICE + 5 + line, message, True)
    assert {told for _, told, _ in found} == {message}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("title: 种植水稻3200亩", "title：种植水稻3200亩", RICE + 1, Lint.WIDE_COLON.format(key="title")),
        ("title: 种植水稻3200亩", "title:种植水稻3200亩", RICE + 1, Lint.NO_SPACE.format(key="title")),
        ("- id: rice", "- id：rice", RICE, Lint.WIDE_COLON.format(key="id")),
        ("- id: rice", "－ id: rice", RICE, Lint.WIDE_DASH.format(dash="－")),
        ("- id: rice", "- id: “rice”", RICE, Lint.CURLY),
        ("title: 种植水稻3200亩", "title: “种植: 水稻3200亩”", RICE + 1, Lint.CURLY),
        ("source: source.txt", "source：source.txt", 3, Lint.WIDE_COLON.format(key="source")),
        ("source: source.txt", "source: “source.txt”", 3, Lint.CURLY),
        ("points:\n", "points：\n", line_of("points:"), Lint.WIDE_COLON.format(key="points")),
    ],
)
def test_a_slip_anywhere_in_the_file_is_named_where_it_stands(old: str, new: str, line: int, message: str) -> None:
    assert faults_of(changed(old, new)) == [(line, message, True)]


@pytest.mark.parametrize(
    ("block", "line", "message"),
    [
        ("    questions:\n      - 负责人 #2号 是谁\n", 1, Lint.COMMENT.format(text="负责人")),
        ("    questions: [谁主持，主持人是谁]\n", 0, Lint.WIDE_COMMA_IN.format(text="谁主持，主持人是谁")),
        ("    questions:\n      - “谁种的稻子”\n", 1, Lint.CURLY_AROUND.format(text="“谁种的稻子”")),
    ],
)
def test_what_may_be_meant_is_told_and_served(block: str, line: int, message: str) -> None:
    text = with_questions(block)
    assert faults_of(text) == [(RICE + 5 + line, message, False)]
    assert loaded(text).knowledge is not None


@pytest.mark.parametrize(
    "block",
    [
        "    questions: [种了多少亩]  # 今年的\n",
        '    questions: ["负责人 #2号 是谁", "谁主持，主持人是谁"]\n',
        "    questions:\n      - 谁主持，主持人是谁\n      - 什么是“田间课堂”\n      - “田间课堂”是什么\n",
        "    questions:\n      - “田间课堂”\n      - 田间课堂是什么\n",
        "    questions:\n      - 问题：什么是三级联创\n      - C#怎么样\n      - －3℃会怎么样\n",
        "    questions:\n      - >-\n        　　－ 分几路种\n        title：分几路\n",
    ],
)
def test_what_is_written_as_it_is_meant_is_no_slip(block: str) -> None:
    assert faults_of(with_questions(block)) == []


@pytest.mark.parametrize("value", ["yes", "no", "是", "3:30", "2023-01-01", "0123", "1e3", "null", "~x", "2.10", "on"])
def test_an_unquoted_value_is_read_as_it_is_typed_and_never_as_a_truth_a_number_or_a_date(value: str) -> None:
    parsed = parse_points(with_questions(f"    questions:\n      - {value}\n"), SOURCE, "points.yaml")
    assert parsed.knowledge.point("rice").questions == (value,)


def test_a_colon_that_makes_a_mapping_of_a_question_is_told_with_both_ways_out() -> None:
    assert faults_of(with_questions("    questions:\n      - 问题: 什么\n")) == [
        (RICE + 6, Lint.NOT_A_TEXT.format(key="questions"), True)
    ]
    assert "引号" in Lint.NOT_A_TEXT
    assert "全角冒号" in Lint.NOT_A_TEXT


def test_a_key_that_stands_twice_is_told_with_both_lines() -> None:
    assert faults_of(with_questions(QUESTIONS + QUESTIONS)) == [
        (RICE + 6, Lint.KEY_TWICE.format(key="questions", line=RICE + 5), True)
    ]


def test_slips_of_the_other_files_are_named_too_and_cost_no_answer() -> None:
    golden = "questions:\n  - ask：水田有多大\n    point: rice\n"
    quiz = dedent("""\
        questions：
          - {id: crop, point: rice, question: 种了什么？, right: 水稻, wrong: [小麦, 玉米]}
        """)
    files = Files({"points.yaml": POINTS, "source.txt": SOURCE, "golden.yaml": golden, "quiz.yaml": quiz})
    found = validate_files(files)
    assert [(issue.file, issue.line, issue.message, issue.fatal) for issue in found.issues] == [
        ("golden.yaml", 2, Lint.WIDE_COLON.format(key="ask"), False),
        ("quiz.yaml", 1, Lint.WIDE_COLON.format(key="questions"), False),
    ]
    assert found.knowledge is not None
