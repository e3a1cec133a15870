"""Scores count what they say."""

import pytest

from bot.cli.evaluation import Case, Scores, read_cases
from bot.errors import BotError
from bot.features.answers.record import Record

SOURCE = "甲乙丙丁。"


def _record(verdict: str, quote: str = "", reply: str = "") -> Record:
    return Record(
        id="",
        verdict=verdict,
        reply=reply or quote,
        quote=quote,
        citation="",
        point="",
        suggestions=[],
        answers=[],
        ms=0.0,
    )


def _summary(*answers: tuple[str, tuple[str, ...], Record]) -> dict[str, object]:
    scores = Scores()
    for number, (kind, gold, record) in enumerate(answers):
        scores.add(Case(str(number), kind, "?", gold), record, SOURCE)
    return scores.summary()


def test_right_is_an_answer_that_holds_any_of_the_spans() -> None:
    summary = _summary(
        ("direct", ("甲乙", "丁"), _record("answer", "丙丁")),
        ("direct", ("甲乙",), _record("answer", "丙丁")),
        ("number", ("甲乙",), _record("suggest", reply="甲乙")),
        ("number", ("甲乙",), _record("decline")),
    )
    assert summary["right"] == 0.25


def test_falsely_answered_counts_only_answers_and_only_where_silence_is_right() -> None:
    summary = _summary(
        ("oos_near", (), _record("answer", "甲乙")),
        ("oos_near", (), _record("suggest")),
        ("oos_far", (), _record("decline")),
        ("oos_far", (), _record("chat")),
        ("direct", ("甲",), _record("answer", "甲")),
    )
    assert summary["falsely_answered"] == 0.25


def test_a_quote_that_is_not_in_the_source_is_unfaithful() -> None:
    summary = _summary(
        ("direct", ("甲",), _record("answer", "甲乙")),
        ("direct", ("甲",), _record("answer", "甲乙丁")),
        ("direct", ("甲",), _record("answer", "甲乙\n丁。")),
    )
    assert summary["unfaithful"] == 1


def test_lengths_are_those_of_the_replies_that_answer() -> None:
    summary = _summary(
        ("direct", ("甲",), _record("answer", "甲", reply="甲" * 10)),
        ("direct", ("甲",), _record("answer", "甲", reply="甲" * 30)),
        ("direct", ("甲",), _record("decline", reply="无" * 99)),
    )
    assert (summary["median_reply"], summary["longest_reply"]) == (20, 30)


@pytest.mark.parametrize(
    ("lines", "line"), [(["{"], 1), (['{"id": 1, "kind": "direct", "question": "?"}', "", "[]"], 3)]
)
def test_a_line_that_is_no_case_is_named(lines: list[str], line: int) -> None:
    with pytest.raises(BotError, match=f"第 {line} 行"):
        read_cases(lines)


def test_a_file_without_cases_is_told() -> None:
    with pytest.raises(BotError, match="没有题目"):
        read_cases(["", " "])
