"""quiz.yaml: what is read from it, and what is said of what cannot be."""

from pathlib import Path
from textwrap import dedent

import pytest

from bot.knowledge.load import load, validate_folder
from bot.knowledge.model import HandwrittenQuestion, QuizAdditions
from bot.knowledge.parse.quiz_file import parse_quiz
from bot.wording import Lint
from tests.unit.library import POINTS, SOURCE

GOOD = """\
questions:
  - {id: crop, point: rice, question: 种了什么？, right: 水稻, wrong: [小麦, 玉米], quote: 种植水稻}
alike:
  - [水稻, 小麦]
"""


def _folder(path: Path, quiz: bytes) -> Path:
    (path / "points.yaml").write_text(POINTS, encoding="utf-8")
    (path / "source.txt").write_text(SOURCE, encoding="utf-8")
    (path / "quiz.yaml").write_bytes(quiz)
    return path


def test_questions_and_families_are_read() -> None:
    written = HandwrittenQuestion("crop", "rice", "种了什么？", ("水稻",), ("小麦", "玉米"), "种植水稻", line=2)
    assert parse_quiz(GOOD, "q.yaml") == (QuizAdditions((written,), (("水稻", "小麦"),)), ())


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("questions:\n  - {id: a, point: p, question: 问, right: 甲}", 2, Lint.MISSING_KEY.format(key="wrong")),
        ("questions:\n  - {id: a, question: 问, right: 甲, wrong: 乙}", 2, Lint.MISSING_KEY.format(key="point")),
        (
            "questions:\n  - {id: A b, point: p, question: 问, right: 甲, wrong: 乙}",
            2,
            Lint.BAD_ID.format(id="A b", limit=40),
        ),
        (
            """\
            questions:
              - {id: a, point: p, question: 问, right: 甲, wrong: 乙}
              - {id: a, point: p, question: 另问, right: 甲, wrong: 乙}
            """,
            3,
            Lint.ID_TWICE.format(id="a", line=2),
        ),
        (
            """\
            questions:
              - {id: a, point: p, question: 问什么？, right: 甲, wrong: 乙}
              - {id: b, point: p, question: 問什么, right: 甲, wrong: 乙}
            """,
            3,
            Lint.ASKED_TWICE.format(line=2),
        ),
        (
            "questions:\n  - {id: a, point: p, question: 问, right: 甲, wrong: 乙, answer: 丙}",
            2,
            Lint.UNKNOWN_KEY.format(key="answer", known="id、note、point、question、quote、right、wrong"),
        ),
        ("alike:\n  - [甲, 乙]\n  - 丙", 3, Lint.NOT_A_LIST.format(key="alike")),
        ("alike:\n  - [甲, “甲”]", 2, Lint.TERM_TWICE.format(text="“甲”")),
        ("questions: ]", 1, "YAML 格式不对"),
        ("", 1, Lint.EMPTY_FILE),
    ],
)
def test_each_fault_names_its_line_and_none_is_fatal(text: str, line: int, message: str) -> None:
    _, issues = parse_quiz(dedent(text), "q.yaml")
    assert [(issue.file, issue.line, issue.fatal) for issue in issues] == [("q.yaml", line, False)]
    assert message in issues[0].message


def test_a_faulty_question_costs_only_itself() -> None:
    addition, _ = parse_quiz(GOOD.replace("alike:", "  - {id: b}\nalike:"), "q.yaml")
    assert [written.id for written in addition.questions] == ["crop"]
    assert addition.term_families == (("水稻", "小麦"),)


def test_a_folder_is_loaded_with_its_quiz_and_its_version_hangs_on_every_byte_of_it(tmp_path: Path) -> None:
    first = load(_folder(tmp_path, GOOD.encode()))
    second = load(_folder(tmp_path, GOOD.replace("玉米", "高粱").encode()))
    (tmp_path / "quiz.yaml").unlink()
    without = load(tmp_path)
    assert [written.id for written in first.quiz_additions.questions] == ["crop"]
    assert without.quiz_additions == QuizAdditions()
    assert len({first.version, second.version, without.version}) == 3


@pytest.mark.parametrize("quiz", [b"\xff\xfe", b"questions: [", b"", "题目".encode()[:-1]])
def test_a_quiz_file_that_cannot_be_read_is_told_and_the_answers_go_on(tmp_path: Path, quiz: bytes) -> None:
    loaded = validate_folder(_folder(tmp_path, quiz))
    assert loaded.knowledge is not None
    assert loaded.knowledge.quiz_additions == QuizAdditions()
    assert [Path(issue.file).name for issue in loaded.issues] == ["quiz.yaml"]
