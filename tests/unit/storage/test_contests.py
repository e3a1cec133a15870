"""What is kept of quizzes on a real file, beside a store in memory that does the same by the letter."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StorageError
from bot.records.announcements import ChatOutbox, Notice
from bot.records.chats import QuietHoursRecord, QuizSettingsRecord, ScheduleRecord
from bot.records.contests import (
    REVIEW,
    AnswerRecord,
    BoardRecord,
    ContestRecord,
    ContestRow,
    MemberRecord,
    PlayerRecord,
    PollRecord,
    ProgressRecord,
    Ranked,
    RemovedQuestionRecord,
    SettingRecord,
)
from bot.storage.contests import ContestRepository
from bot.storage.store import SqlStore
from tests.unit.features.contests.fake_store import FakeQuizStore
from tests.unit.storage.rows import NOON, open_store

CONTEST = ContestRecord("c1", "group", "ann", NOON, "{}", "{}")


def answer(
    member: str,
    *,
    round: int = 0,
    contest: str = "c1",
    chat: str = "group",
    right: bool = True,
    ms: int = 1000,
    at: datetime = NOON,
    point: str = "p",
    chosen: tuple[int, ...] = (1,),
) -> AnswerRecord:
    return AnswerRecord(contest, round, member, chat, f"q{round}", point, chosen, right, ms, 7, at)


async def test_a_contest_comes_back_with_all_that_belongs_to_it(store: SqlStore) -> None:
    rows = (
        PlayerRecord("c1", "ann", "红队"),
        answer("ann", chosen=(0, 2)),
        answer("bob", round=1),
        PollRecord("77", "c1", 0, "5"),
    )
    await store.contests.save(CONTEST, *rows, answer("cem", contest="c0"))
    [stored] = await store.contests.contests(NOON)
    assert stored.contest == CONTEST
    assert (list(stored.players), list(stored.answers), list(stored.polls)) == ([rows[0]], [*rows[1:3]], [rows[3]])


async def test_the_board_of_a_contest_is_its_latest_and_no_poll(store: SqlStore) -> None:
    await store.contests.save(CONTEST, BoardRecord("c1", "5"), PollRecord("77", "c1", 0, "4"))
    await store.contests.save(BoardRecord("c1", "9"), replace(CONTEST, id="c2"))
    first, second = await store.contests.contests(NOON)
    assert (first.board, [poll.poll for poll in first.polls]) == ("9", ["77"])
    assert (second.board, second.polls) == ("", [])


async def test_progress_replaces_progress_and_a_contest_finished_long_ago_stays_away(store: SqlStore) -> None:
    await store.contests.save(CONTEST, ProgressRecord("c1", '{"round": 1}'))
    assert [stored.contest.progress for stored in await store.contests.contests(NOON)] == ['{"round": 1}']
    await store.contests.save(ProgressRecord("c1", '{"round": 2}', NOON))
    assert len(await store.contests.contests(NOON)) == 1
    assert await store.contests.contests(NOON + timedelta(seconds=1)) == []


async def test_a_whole_contest_replaces_the_progress_before_it_in_the_same_transaction(store: SqlStore) -> None:
    whole = replace(CONTEST, progress='{"round": 3}')
    await store.contests.save(CONTEST, ProgressRecord("c1", '{"round": 2}', NOON), whole)
    [stored] = await store.contests.contests(NOON + timedelta(seconds=1))
    assert stored.contest == whole


async def test_an_answer_that_is_kept_again_is_there_once(store: SqlStore) -> None:
    await store.contests.save(CONTEST, answer("ann", right=False))
    await store.contests.save(answer("ann"), answer("ann"))
    [stored] = await store.contests.contests(NOON)
    assert [row.right for row in stored.answers] == [True]


async def test_ranks_by_right_answers_then_time_in_a_chat_and_a_period(store: SqlStore) -> None:
    old = NOON - timedelta(days=40)
    await store.contests.save(
        MemberRecord("ann", "安安"),
        answer("ann", ms=3000),
        answer("ann", round=1, right=False, ms=9000),
        answer("bob", ms=2000),
        answer("cem", at=old, contest="c0"),
        answer("cem", at=old, contest="c0", round=1),
        answer("dan", chat="other", contest="c2"),
        answer("eve", chosen=(), right=False),
        answer("fay", contest=REVIEW, round=5),
    )
    rank = store.contests.rank
    assert await rank("group", NOON, 10) == [Ranked("bob", "", 1, 1, 2000), Ranked("ann", "安安", 1, 2, 3000)]
    assert [found.member for found in await rank("group", None, 10)] == ["cem", "bob", "ann"]
    assert [found.member for found in await rank(None, NOON, 2)] == ["dan", "bob"]


async def test_a_groups_ranking_has_its_topics_and_no_group_whose_key_begins_alike(store: SqlStore) -> None:
    await store.contests.save(
        answer("ann", chat="telegram:-1"),
        answer("ann", chat="telegram:-1:7", contest="c2"),
        answer("bob", chat="telegram:-1:_", contest="c3"),
        answer("cem", chat="telegram:-12:7", contest="c4"),
        answer("dan", chat="telegram:-12", contest="c5"),
    )
    ranked = await store.contests.rank("telegram:-1", None, 10)
    assert {found.member: found.points for found in ranked} == {"ann": 2, "bob": 1}


async def test_who_is_forgotten_is_in_no_table_any_more(store: SqlStore, path: Path) -> None:
    await store.contests.save(
        replace(CONTEST, starter="zoe"),
        PlayerRecord("c1", "zoe", "红队"),
        answer("zoe"),
        answer("bob"),
        ContestRecord("c9", "zoe", "bob", NOON, "{}", "{}"),
        PollRecord("9", "c9", 0, "m"),
        MemberRecord("zoe", "佐伊"),
        SettingRecord("zoe", "draft", "8"),
        ScheduleRecord("zoe", "reminder", 8, 0, "Asia/Shanghai", NOON),
        QuietHoursRecord("zoe", time(22), time(7)),
        QuizSettingsRecord("zoe", 5, 20, "contest", "right"),
        ChatOutbox("zoe", (Notice("n1", "一", NOON, posted_to="zoe"),)),
    )
    await store.contests.delete_member("zoe")
    with sqlite3.connect(path) as other:
        dump = "\n".join(other.iterdump())
    other.close()
    assert "zoe" not in dump and "佐伊" not in dump
    assert "'bob'" in dump


async def test_to_forget_who_speaks_as_a_group_leaves_what_is_kept_of_the_group(store: SqlStore) -> None:
    group = "telegram:-100"
    await store.contests.save(
        replace(CONTEST, chat=group, starter=group),
        answer(group, chat=group),
        answer("bob", chat=group),
        MemberRecord(group, "群"),
        daily := ScheduleRecord(group, "daily", 8, 0, "Asia/Shanghai", NOON),
        hours := QuietHoursRecord(group, time(22), time(7)),
        usual := QuizSettingsRecord(group, 5, 20, "contest", "right"),
        ChatOutbox(group, (Notice("n1", "一", NOON),)),
    )
    await store.contests.delete_member(group)
    [kept] = await store.contests.contests(NOON)
    assert (kept.contest.chat, kept.contest.starter, [row.member for row in kept.answers]) == (group, "", ["bob"])
    assert await store.contests.find_schedule(group, "daily") == daily
    assert await store.contests.find_quiet_hours(group) == hours
    assert await store.contests.find_quiz_settings(group) == usual
    assert len(await store.contests.find_outbox(group)) == 1
    assert await store.contests.names([group]) == {}


async def test_all_rows_of_a_call_are_kept_or_none(store: SqlStore) -> None:
    bad = answer("ann", at=datetime(2026, 1, 1))
    with pytest.raises(StorageError):
        await store.contests.save(CONTEST, bad)
    assert await store.contests.contests(NOON) == []


@pytest.mark.parametrize("count", [0, 1, 1200])
async def test_names_of_however_many(store: SqlStore, count: int) -> None:
    names = {f"m{number}": f"名{number}" for number in range(count)}
    await store.contests.save(*(MemberRecord(*pair) for pair in names.items()))
    assert await store.contests.names([*names, "nobody"]) == names


MEMBERS = st.sampled_from(["ann", "bob", "cem"])
CONTESTS = st.sampled_from(["c1", "c2", REVIEW])
MOMENTS = st.integers(0, 5).map(lambda days: NOON + timedelta(days=days))
ANSWERS = st.builds(
    AnswerRecord,
    CONTESTS,
    st.integers(0, 2),
    MEMBERS,
    st.sampled_from(["group", "other"]),
    st.just("q"),
    st.sampled_from(["p1", "p2"]),
    st.sampled_from([(), (0,), (1, 2)]),
    st.booleans(),
    st.integers(0, 20_000),
    st.integers(0, 9),
    MOMENTS,
).map(lambda row: row if row.chosen else replace(row, right=False))
CHATS = st.sampled_from(["group", "other", "ann", "bob"])
NOTICES = st.builds(
    Notice,
    st.sampled_from(["n1", "n2"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=5),
    MOMENTS,
    author=MEMBERS,
    state=st.sampled_from(["waiting", "begun", "sent", "later"]),
    author_told=st.booleans(),
    repeated=st.booleans(),
    posted_to=CHATS,
)
ROWS: st.SearchStrategy[ContestRow] = st.one_of(
    ANSWERS,
    ANSWERS,
    st.builds(PlayerRecord, CONTESTS, MEMBERS, st.sampled_from(["红队", "蓝队"])),
    # names come without control characters and half characters: chat.names takes them out
    st.builds(MemberRecord, MEMBERS, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=3)),
    st.builds(PollRecord, st.sampled_from(["1", "2"]), CONTESTS, st.integers(0, 2), st.just("m")),
    st.builds(BoardRecord, st.sampled_from(["c1", "c2"]), st.sampled_from(["7", "8"])),
    st.builds(SettingRecord, MEMBERS, st.sampled_from(["draft", "preview"]), st.sampled_from(["", "8", "9"])),
    st.builds(
        ScheduleRecord,
        CHATS,
        st.sampled_from(["daily", "reminder"]),
        st.integers(0, 23),
        st.just(30),
        st.sampled_from(["Asia/Shanghai", "Europe/Berlin"]),
        MOMENTS,
    ),
    st.builds(QuietHoursRecord, CHATS, st.times(), st.times()),
    st.builds(QuizSettingsRecord, CHATS, st.integers(1, 50), st.just(20), st.just("buzzer"), st.just("speed")),
    st.builds(RemovedQuestionRecord, st.sampled_from(["q1", "q2"])),
    st.builds(ChatOutbox, CHATS, st.lists(NOTICES, max_size=3).map(tuple)),
    st.builds(ProgressRecord, st.sampled_from(["c1", "c2"]), st.sampled_from(["a", "b"]), st.none() | MOMENTS),
)


@dataclass(frozen=True)
class Deleted:
    member: str


@dataclass(frozen=True)
class Moved:
    old: str
    new: str


Step = list[ContestRow] | Deleted | Moved
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.lists(ROWS, max_size=12),
    st.lists(ROWS, max_size=12),
    st.builds(Deleted, MEMBERS),
    st.builds(Moved, st.sampled_from(["group", "ann"]), st.sampled_from(["other", "bob"])),
)
BATCHES = st.lists(STEPS, max_size=8)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES)
async def test_whatever_is_kept_it_reads_as_from_memory(tmp_path: Path, batches: list[Step]) -> None:
    path = tmp_path / "one.sqlite3"
    path.unlink(missing_ok=True)
    opened = await open_store(path)
    try:
        await reads_as_from_memory(opened, batches)
    finally:
        await opened.close()


async def reads_as_from_memory(opened: SqlStore, batches: list[Step]) -> None:
    """Whatever an empty store keeps, it reads as the one in memory does."""
    fake = FakeQuizStore()
    starts: list[ContestRow] = [
        CONTEST,
        replace(CONTEST, id="c2", chat="other", starter="bob", started=NOON + timedelta(days=1)),
    ]
    for batch in (starts, *batches):
        for store in (opened.contests, fake):
            await take(store, batch)
    assert await read_all(opened.contests) == await read_all(fake)


async def take(store: ContestRepository, step: Step) -> None:
    match step:
        case Deleted(member):
            await store.delete_member(member)
        case Moved(old, new):
            await store.move_chat(old, new)
        case rows:
            await store.save(*rows)


async def read_all(of: ContestRepository) -> list[object]:
    """All that can be read, in an order that does not depend on the store.

    The notices of two chats that become one come in the order in which they were saved: the one in memory forgets it.
    """
    by_text: Callable[[object], str] = repr
    later = NOON + timedelta(days=2)
    found: list[object] = [
        (kept.contest, kept.board, *(sorted(rows, key=by_text) for rows in (kept.players, kept.answers, kept.polls)))
        for kept in await of.contests(later)
    ]
    for chat in ("group", "other", None):
        found.append(await of.rank(chat, None, 2))
        found.append(await of.rank(chat, later, 2))
    for member in ("ann", "bob", "cem"):
        found.append(sorted(await of.answers_of(member), key=by_text))
        found.append(await of.setting(member, "draft"))
    for chat in ("group", "other", "ann", "bob"):
        found.append((await of.find_schedule(chat, "daily"), await of.find_quiet_hours(chat)))
        found.append((await of.find_quiz_settings(chat), sorted(await of.find_outbox(chat), key=by_text)))
    found.append(await of.names(["ann", "bob", "cem"]))
    found.append(await of.settings("draft"))
    found.append((await of.list_schedules("reminder"), await of.list_quiet_hours()))
    found.append(
        (
            await of.list_removed_questions(),
            {chat: sorted(rows, key=by_text) for chat, rows in (await of.list_outboxes()).items()},
        )
    )
    found.append([await of.last_contests(chat, 1) for chat in ("group", "other")])
    found.append([await of.contest(contest) for contest in ("c1", "c2", "c3")])
    return found


async def test_answers_given_in_contests_are_listed_and_counted_by_question(store: SqlStore) -> None:
    await store.contests.save(
        answer("ann"),
        answer("bob", right=False),
        answer("cyd", chosen=()),  # taken back
        answer("ann", round=1, right=False),
        answer("ann", round=2, contest=REVIEW),
    )
    played = await store.contests.list_played_answers()
    assert sorted((one.contest, one.question, one.member, one.right) for one in played) == [
        ("c1", "q0", "ann", True),
        ("c1", "q0", "bob", False),
        ("c1", "q1", "ann", False),
    ]
    assert await store.contests.count_played_answers() == {"q0": (2, 1), "q1": (1, 0)}


async def test_an_answer_that_is_saved_anew_stays_where_it_was_in_time(store: SqlStore) -> None:
    await store.contests.save(answer("ann"))
    await store.contests.save(replace(answer("ann"), voided=True, at=NOON + timedelta(days=8)))
    [kept] = await store.contests.answers_of("ann")
    assert (kept.voided, kept.at) == (True, NOON)
