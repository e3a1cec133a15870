"""golden.yaml: what is read from it, and what is said of what tests nothing."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest

from bot.knowledge.files import Files
from bot.knowledge.load import validate_files
from bot.knowledge.model import GoldenQuestion
from bot.knowledge.parse.golden_file import golden_of, lint_golden, parse_golden
from bot.wording import Lint
from tests.unit.library import POINTS, SOURCE, knowledge

GOOD = """\
questions:
  - {ask: 水田有多大, point: rice}
  - {ask: 路和学校, several: [road, school]}
  - ask: 镇上有几家饭馆
"""


def test_questions_are_read() -> None:
    assert parse_golden(GOOD, "g.yaml") == (
        (
            GoldenQuestion("水田有多大", ("rice",), line=2),
            GoldenQuestion("路和学校", ("road", "school"), line=3),
            GoldenQuestion("镇上有几家饭馆", (), line=4),
        ),
        (),
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("questions:\n  - {point: rice}", 2, Lint.MISSING_KEY.format(key="ask")),
        ("questions:\n  - {ask: 。, point: rice}", 2, Lint.NOTHING_TO_MATCH.format(text="。")),
        ("questions:\n  - ask: 问\n    point:", 3, Lint.EMPTY_VALUE.format(key="point")),
        ("questions:\n  - ask: 问\n    several: []", 3, Lint.EMPTY_VALUE.format(key="several")),
        ("questions:\n  - ask: 问\n    point: [rice, road]", 3, Lint.GOLDEN_SEVERAL),
        ("questions:\n  - {ask: 问, point: rice, several: [road]}", 2, Lint.GOLDEN_SEVERAL),
        (
            "questions:\n  - {ask: 问, points: rice}",
            2,
            Lint.UNKNOWN_KEY.format(key="points", known="ask、point、several"),
        ),
        ("questions:\n  - {ask: 就业?}\n  - {ask: 就業}", 3, Lint.ASKED_TWICE.format(line=2)),
        ("questions: 问", 1, Lint.NOT_A_LIST.format(key="questions")),
        ("questions:\n\t- ask: 问", 2, Lint.TAB),
        ("", 1, Lint.EMPTY_FILE),
    ],
)
def test_what_cannot_be_read_is_told_and_costs_no_answer(text: str, line: int, message: str) -> None:
    _, issues = parse_golden(dedent(text), "g.yaml")
    assert [(issue.file, issue.line, issue.message, issue.fatal) for issue in issues] == [
        ("g.yaml", line, message, False)
    ]


@pytest.mark.parametrize("ask", ["今年种了多少亩水稻？", "水稻種植面積", "田间课堂几点开课", "种植水稻3200亩", "水稻"])
def test_what_the_knowledge_has_in_these_words_tests_nothing(ask: str) -> None:
    id_ = "classes" if "课堂" in ask else "rice"
    asked = replace(knowledge(), golden=(GoldenQuestion(ask, ("rice",), line=7),))
    assert [(issue.line, issue.message, issue.fatal) for issue in lint_golden(asked, "g.yaml")] == [
        (7, Lint.GOLDEN_IS_PHRASING.format(text=ask, id=id_), False)
    ]


def test_a_point_that_is_not_there_is_told_and_its_question_kept() -> None:
    golden, issues = parse_golden("questions:\n  - {ask: 水田有多大, several: [rice, wheat]}", "g.yaml")
    assert issues == ()
    assert [issue.message for issue in lint_golden(replace(knowledge(), golden=golden), "g.yaml")] == [
        Lint.GOLDEN_POINT_GONE.format(text="水田有多大", id="wheat")
    ]


def test_without_a_file_each_point_is_asked_for_by_its_first_question() -> None:
    assert golden_of(knowledge())[:2] == (
        GoldenQuestion("镇长是谁", ("speaker",)),
        GoldenQuestion("今年种了多少亩水稻", ("rice",)),
    )
    written = (GoldenQuestion("水田有多大", ("rice",), line=2),)
    assert golden_of(replace(knowledge(), golden=written)) == written


def test_any_one_of_several_points_is_right_and_no_point_means_no_answer() -> None:
    either = GoldenQuestion("路和学校", ("road", "school"))
    assert either.accepts(["rice", "school"])
    assert not either.accepts(["rice"])
    assert not either.accepts([])
    unsaid = GoldenQuestion("镇上有几家饭馆")
    assert unsaid.accepts([])
    assert not unsaid.accepts(["rice"])


def test_of_a_point_that_cannot_be_read_only_the_cause_is_told_and_not_that_its_golden_question_lost_it() -> None:
    text = POINTS.replace("quote: 全镇今年", "quote: 全县今年")
    files = Files({"points.yaml": text, "source.txt": SOURCE, "golden.yaml": GOOD})
    assert [issue.file for issue in validate_files(files).issues] == ["points.yaml"]
