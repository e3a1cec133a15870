"""Reports of quiz questions on a real file, and what of quizzes is forgotten in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.records.announcements import ChatOutbox, Notice
from bot.records.contests import (
    AnswerRecord,
    ContestRecord,
    PollRecord,
    RemovedQuestionRecord,
    ReportCount,
    ReportRecord,
)
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON

DAY = timedelta(days=1)


def report(key: str, question: str, at: datetime = NOON) -> ReportRecord:
    return ReportRecord(key, question, at)


async def test_a_report_of_the_same_key_counts_once_and_the_most_reported_come_first(store: SqlStore) -> None:
    await store.contests.save(report("a", "q1"), report("b", "q2"))
    await store.contests.save(report("a", "q1", NOON + DAY), report("c", "q2"), report("d", "q0"))
    assert await store.reports.list_reported() == [ReportCount("q2", 2), ReportCount("q0", 1), ReportCount("q1", 1)]


async def test_the_reports_of_one_question_are_deleted_alone(store: SqlStore) -> None:
    await store.contests.save(report("a", "q1"), report("b", "q1"), report("c", "q2"))
    await store.reports.delete_reports("q1")
    assert await store.reports.list_reported() == [ReportCount("q2", 1)]


async def test_a_question_that_is_removed_twice_is_restored_by_once(store: SqlStore) -> None:
    for question in ("q1", "q2", "q1"):
        await store.reports.remove_question(question)
    assert await store.reports.list_removed_questions() == {"q1", "q2"}
    await store.reports.restore_question("q1")
    assert await store.reports.list_removed_questions() == {"q2"}


async def test_notices_that_nobody_was_told_of_for_long_are_forgotten_and_no_others(store: SqlStore) -> None:
    kept = Notice("new", "一", NOON)
    await store.contests.save_outboxes(ChatOutbox("group", (Notice("old", "一", NOON - DAY), kept)))
    assert await store.delete_before(NOON) == 1
    assert await store.contests.find_outbox("group") == (kept,)


async def test_reports_are_withdrawn_by_their_keys(store: SqlStore) -> None:
    await store.contests.save(report("a", "q1"), report("b", "q1"), report("c", "q2"))
    await store.contests.delete_member("ann", ("a", "c", "z"))
    await store.contests.delete_member("ann")
    assert await store.reports.list_reported() == [ReportCount("q1", 1)]


async def test_reports_and_the_polls_of_contests_that_are_over_are_forgotten_and_nothing_else(store: SqlStore) -> None:
    long_ago = NOON - 91 * DAY
    over = ContestRecord("over", "group", "ann", long_ago, "{}", "{}", long_ago)
    answer = AnswerRecord("over", 0, "ann", "group", "q1", "p", (1,), True, 900, 7, long_ago)
    lately = replace(over, id="lately", finished=NOON - 90 * DAY)
    waiting = replace(over, id="waiting", finished=None)
    polls = [PollRecord(f"poll-{of.id}", of.id, 0, "m") for of in (over, lately, waiting)]
    await store.contests.save(over, lately, waiting, answer, *polls)
    await store.contests.save(report("a", "q1", long_ago), report("b", "q1", NOON - 90 * DAY))
    assert await store.delete_before(NOON - 90 * DAY) == 2
    assert await store.reports.list_reported() == [ReportCount("q1", 1)]
    stored = {found.contest.id: list(found.polls) for found in await store.contests.contests(long_ago)}
    assert stored == {"over": [], "lately": [polls[1]], "waiting": [polls[2]]}
    assert await store.contests.answers_of("ann") == [answer]


async def test_a_removed_question_is_read_once_and_again_after_each_change(store: SqlStore) -> None:
    first = await store.contests.list_removed_questions()
    assert await store.contests.list_removed_questions() is first  # asked for before every question of every contest
    await store.reports.remove_question("q1")
    assert await store.contests.list_removed_questions() == {"q1"}
    await store.contests.save(RemovedQuestionRecord("q2"))
    assert await store.contests.list_removed_questions() == {"q1", "q2"}
