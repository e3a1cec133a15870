"""The figures of the comparison count what they say, and a threshold is never better than one that could be set."""

import pytest

from bot.cli.evaluation import Case
from tests.bench.answering import Answering
from tests.bench.passages import Passage
from tests.bench.scoring import Outcome, falsely_answered, outcome, quantile, right, right_within

HOLDS = Passage("甲乙", "甲乙丙")


def _asked(*rows: tuple[str, float]) -> list[Outcome]:
    """Outcomes by their letter: right, wrong or missed where there is an answer; false or quiet where there is none."""
    kinds = {
        "right": (True, True, True),
        "wrong": (True, True, False),
        "missed": (True, False, False),
        "false": (False, True, False),
        "quiet": (False, False, True),
    }
    return [Outcome(*kinds[what], score) for what, score in rows]


def test_right_counts_answerable_questions_only() -> None:
    assert right(_asked(("right", 1), ("wrong", 1), ("missed", 0), ("right", 1), ("quiet", 0), ("false", 1))) == 0.5


def test_falsely_answered_counts_questions_without_an_answer_only() -> None:
    assert falsely_answered(_asked(("false", 1), ("quiet", 0), ("quiet", 0), ("false", 1), ("wrong", 1))) == 0.5


def test_shares_of_nothing_are_nothing() -> None:
    assert (right([]), falsely_answered([]), right_within([])) == (0, 0, 0)


def test_the_threshold_lies_above_the_first_false_answer_that_is_too_many() -> None:
    asked = _asked(("right", 9), ("false", 8), ("right", 7), ("false", 6), ("right", 5))
    assert right_within(asked, limit=0.5) == pytest.approx(2 / 3)
    assert right_within(asked, limit=0) == pytest.approx(1 / 3)
    assert right_within(asked, limit=1) == 1


def test_equal_scores_pass_a_threshold_together() -> None:
    asked = _asked(("right", 5), ("right", 3), ("false", 3))
    assert right_within(asked, limit=0) == 0.5
    assert right_within(asked[::-1], limit=0) == 0.5


def test_what_the_system_was_silent_on_stays_silent_under_every_threshold() -> None:
    assert right_within(_asked(("missed", 9), ("quiet", 8), ("right", 1)), limit=0) == 0.5


def test_verdicts_without_scores_stand_as_they_are_or_not_at_all() -> None:
    one_false_of_twenty = [("right", 1.0), ("false", 1.0), *[("quiet", 1.0)] * 19]
    assert right_within(_asked(*one_false_of_twenty)) == 1
    assert right_within(_asked(*one_false_of_twenty, ("false", 1.0))) == 0


@pytest.mark.parametrize(
    ("kind", "gold", "expected"),
    [
        ("direct", ("丙",), Outcome(answerable=True, answered=True, right=True, score=7)),
        ("direct", ("丁",), Outcome(answerable=True, answered=True, right=False, score=7)),
        ("oos_near", (), Outcome(answerable=False, answered=True, right=False, score=7)),
    ],
)
def test_an_outcome_is_judged_as_the_evaluation_judges(kind: str, gold: tuple[str, ...], expected: Outcome) -> None:
    record = Answering("rapidfuzz", "ratio", [HOLDS]).ask("甲乙")
    assert outcome(Case("1", kind, "甲乙", gold), record, 7) == expected


def test_a_quantile_is_one_of_the_values() -> None:
    assert [quantile([3, 1, 2, 4], share) for share in (0, 0.5, 0.99, 1)] == [1, 3, 4, 4]
