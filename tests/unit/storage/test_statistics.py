"""What is counted for admins, on a real file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.features.statistics.summary import days_until
from bot.quiz.question import PASSED
from bot.records.contests import REVIEW, AnswerRecord
from bot.records.statistics import Accuracy, DayFigures, QuestionCount
from bot.storage.store import SqlStore
from tests.unit.storage.rows import liked, missed

NOW = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)  # Monday noon in Shanghai
MONDAY, SUNDAY = NOW.date(), NOW.date() - timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 1, 16, 0, tzinfo=UTC)  # in Shanghai
TWO_DAYS = days_until(NOW, 2, "Asia/Shanghai")
HOUR = timedelta(hours=1)


def asked(at: datetime, who: str = "w1", verdict: str = "answer", point: str = "road") -> QuestionCount:
    return QuestionCount(at, who, verdict, point if verdict == "answer" else "")


def answer(
    number: int, point: str, *, right: bool = True, chosen: tuple[int, ...] = (1,), contest: str = "c"
) -> AnswerRecord:
    return AnswerRecord(contest, number, "ann", "g", f"q{number}", point, chosen, right, 100, 1, NOW)


async def append(store: SqlStore, *counts: QuestionCount) -> None:
    await store.question_counts.append_counts(*counts)


async def test_a_day_begins_at_midnight_by_the_clocks_that_were_asked_for(store: SqlStore) -> None:
    rows: list[QuestionCount] = [
        asked(MIDNIGHT - timedelta(microseconds=1), "w1"),
        asked(MIDNIGHT, "w1", "decline"),
        asked(MIDNIGHT + HOUR, "w1", "suggest"),
        asked(NOW, "w2"),
        asked(MIDNIGHT - 25 * HOUR, "too early"),
    ]
    await append(store, *rows)
    figures = await store.statistics.figures(TWO_DAYS, 5)
    assert figures.days == (DayFigures(SUNDAY, answered=1, active=1), DayFigures(MONDAY, 1, 1, 1, active=2))
    assert (figures.asked, figures.answered, figures.suggested, figures.declined) == (4, 2, 1, 1)
    elsewhere = await store.statistics.figures(days_until(NOW, 2, "Asia/Kathmandu"), 5)  # 2 hours 15 minutes behind
    assert [day.asked for day in elsewhere.days] == [3, 1]


async def test_a_member_who_asked_on_two_days_is_one_and_who_cannot_be_told_apart_is_none(store: SqlStore) -> None:
    await append(store, asked(MIDNIGHT - HOUR), asked(NOW), asked(NOW, "w2"), asked(NOW, ""), asked(NOW, ""))
    figures = await store.statistics.figures(TWO_DAYS, 5)
    assert (figures.active, [day.active for day in figures.days], figures.asked) == (2, [1, 2], 5)


async def test_the_points_that_answered_most_come_first_and_no_more_than_wanted(store: SqlStore) -> None:
    await append(
        store, *(asked(NOW, point=point) for point in ("a", "c", "b", "c", "b")), asked(NOW, verdict="decline")
    )
    assert (await store.statistics.figures(TWO_DAYS, 5)).top == (("b", 2), ("c", 2), ("a", 1))
    assert (await store.statistics.figures(TWO_DAYS, 1)).top == (("b", 2),)


async def test_what_was_asked_of_another_document_is_told_apart_and_no_point_of_the_main_one(store: SqlStore) -> None:
    beside = replace(asked(NOW, point="a"), document="tea")
    await append(store, asked(NOW, point="a"), beside, beside, replace(asked(NOW, verdict="decline"), document="tea"))
    figures = await store.statistics.figures(TWO_DAYS, 5)
    assert figures.documents == (("tea", 3, 2), ("", 1, 1))
    assert figures.top == (("a", 1),)


async def test_the_weakest_points_of_quizzes_come_first_without_reviews_and_what_does_not_count(
    store: SqlStore,
) -> None:
    await store.contests.save(
        answer(1, "good"),
        answer(2, "half"),
        answer(3, "half", right=False),
        answer(4, "bad", right=False),
        answer(5, "bad", right=False, chosen=()),
        answer(6, "bad", contest=REVIEW),
        answer(7, "half", right=False, chosen=PASSED),
        replace(answer(8, "good", right=False), voided=True),
    )
    figures = await store.statistics.figures(TWO_DAYS, 2)
    assert figures.weakest == (Accuracy("bad", 0, 1), Accuracy("half", 1, 2))
    assert (figures.quiz, figures.quiz_right) == (4, 2)
    every = await store.statistics.figures(TWO_DAYS, 5)
    assert [one.point for one in every.weakest] == ["bad", "half"]  # nobody got the others wrong


async def test_thumbs_and_questions_without_an_answer_are_those_of_the_same_days(store: SqlStore) -> None:
    await store.save_feedback(liked("k1", at=NOW))
    await store.save_feedback(liked("k2", at=NOW, helpful=False))
    await store.save_feedback(liked("k3", at=NOW - 100 * HOUR))
    await store.save_miss(missed("没有的", at=NOW))
    await store.save_miss(missed("更早的", at=NOW - 100 * HOUR))
    figures = await store.statistics.figures(TWO_DAYS, 5)
    assert (figures.helpful, figures.unhelpful, figures.misses) == (1, 1, 1)


async def test_nothing_at_all_is_zero_everywhere(store: SqlStore) -> None:
    figures = await store.statistics.figures(TWO_DAYS, 5)
    assert figures.days == (DayFigures(SUNDAY), DayFigures(MONDAY))
    assert (figures.active, figures.top, figures.weakest, figures.quiz, figures.misses) == (0, (), (), 0, 0)


def test_days_follow_the_clocks_also_where_a_day_has_23_or_25_hours() -> None:
    for now, hours in ((datetime(2026, 3, 29, 12, tzinfo=UTC), 23), (datetime(2026, 10, 25, 12, tzinfo=UTC), 25)):
        before, day = days_until(now, 2, "Europe/Berlin")
        assert (day.date, day.end - day.start) == (now.date(), hours * HOUR)
        assert (before.end, before.end - before.start) == (day.start, 24 * HOUR)
