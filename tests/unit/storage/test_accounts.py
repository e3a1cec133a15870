"""Accounts of one person on a real file: whatever is split over two that are joined counts as if it were one."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StorageError
from bot.records.accounts import LinkCode
from bot.records.contests import REVIEW, AnswerRecord, MemberRecord
from bot.storage.repository import UnitOfWork
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON, open_store

HISTORY = st.lists(
    st.tuples(
        st.sampled_from(["c1", "c2", REVIEW]),
        st.integers(0, 3),
        st.sampled_from([(), (0,), (99,)]),
        st.booleans(),
        st.integers(0, 9000),
        st.integers(0, 5),
        st.booleans(),
    ),
    max_size=10,
    unique_by=lambda row: row[:2],
)


def answer(member: str, chat: str, *, contest: str = "c1", number: int = 0, right: bool = True) -> AnswerRecord:
    return AnswerRecord(contest, number, member, chat, "q", "p", (0,), right, 1000, 1, NOON)


async def test_joined_accounts_are_one_in_the_ranking_and_one_book_until_they_are_parted(store: SqlStore) -> None:
    contests = store.contests
    await contests.save(
        answer("telegram:1", "chat"),
        answer("web:a", "chat", contest="c2"),
        answer("web:b", "chat", contest="c2", right=False),
        MemberRecord("telegram:1", "安安"),
        MemberRecord("web:a", "小安"),
    )
    await contests.link_accounts("telegram:1", "web:a", NOON)
    assert await contests.accounts_of("web:a") == ("web:a", "telegram:1")
    ranked = [(row.member, row.name, row.points) for row in await contests.rank("chat", None, 9)]
    assert ranked == [("telegram:1", "安安", 2), ("web:b", "", 0)]
    assert [row.contest for row in await contests.answers_of("telegram:1")] == ["c1", "c2"]
    await contests.unlink_account("telegram:1", NOON)
    assert await contests.accounts_of("web:a") == ("web:a",)
    points = [(row.member, row.points) for row in await contests.rank("chat", None, 9)]
    assert points == [("telegram:1", 1), ("web:a", 1), ("web:b", 0)]


async def test_who_leaves_parts_nobody_else_and_who_asks_anew_loses_no_code_if_the_store_dies_in_between(
    store: SqlStore,
) -> None:
    contests = store.contests
    await contests.link_accounts("telegram:1", "web:a", NOON)
    await contests.link_accounts("telegram:1", "wecom:1", NOON)
    await contests.save_link_code(LinkCode("d1", "wecom:1", NOON + timedelta(minutes=9)), NOON)
    write, units = contests._write, count()

    async def dies(unit: UnitOfWork) -> None:
        if next(units):
            raise StorageError("away")
        await write(unit)

    contests._write = dies
    with suppress(StorageError):
        await contests.unlink_account("telegram:1", NOON)
    assert set(await contests.accounts_of("web:a")) == {"web:a", "wecom:1"}
    units = count()
    with suppress(StorageError):
        await contests.save_link_code(LinkCode("d2", "wecom:1", NOON + timedelta(minutes=9)), NOON)
    found = [await contests.find_link_code(digest, NOON) for digest in ("d1", "d2")]
    assert [one is not None for one in found] == [False, True]


async def test_in_a_chat_a_person_has_the_name_of_the_account_that_answered_there(store: SqlStore) -> None:
    contests = store.contests
    await contests.save(
        answer("telegram:1", "group"), MemberRecord("telegram:1", "小鱼"), MemberRecord("web:a", "王芳")
    )
    await contests.link_accounts("web:a", "telegram:1", NOON)
    assert [row.name for row in await contests.rank("group", None, 9)] == ["小鱼"]


async def test_of_three_accounts_the_others_stay_together(store: SqlStore) -> None:
    contests = store.contests
    await contests.link_accounts("telegram:1", "web:a", NOON)
    await contests.link_accounts("web:a", "web:b", NOON)
    await contests.unlink_account("telegram:1", NOON)
    assert await contests.accounts_of("web:b") == ("web:b", "web:a")
    assert await contests.person_of("web:b") == await contests.person_of("web:a") != "telegram:1"
    assert await contests.linked_accounts() == dict.fromkeys(["web:a", "web:b"], frozenset({"web:a", "web:b"}))


async def test_an_answer_given_by_both_counts_once(store: SqlStore) -> None:
    contests = store.contests
    later = replace(answer("web:a", "chat", right=False), at=NOON + timedelta(seconds=1))
    await contests.save(answer("telegram:1", "chat"), later)
    await contests.link_accounts("telegram:1", "web:a", NOON)
    assert [(row.points, row.answered) for row in await contests.rank("chat", None, 9)] == [(1, 1)]
    assert len(await contests.answers_of("web:a")) == 1


async def test_a_code_is_found_until_it_expires_and_a_new_one_replaces_it(store: SqlStore) -> None:
    contests, minute = store.contests, timedelta(minutes=1)
    await contests.save_link_code(LinkCode("d1", "web:a", NOON + minute), NOON)
    assert await contests.find_link_code("d1", NOON) == LinkCode("d1", "web:a", NOON + minute)
    assert await contests.find_link_code("d1", NOON + minute) is None
    await contests.save_link_code(LinkCode("d2", "web:a", NOON + minute), NOON)
    assert await contests.find_link_code("d1", NOON) is None
    await contests.delete_link_code("d2")
    assert await contests.find_link_code("d2", NOON) is None


async def test_who_is_forgotten_is_linked_with_nobody(store: SqlStore) -> None:
    await store.contests.link_accounts("telegram:1", "web:a", NOON)
    await store.contests.delete_member("web:a")
    assert await store.contests.accounts_of("web:a") == ("web:a",)


def test_any_split_of_a_history_over_two_joined_accounts_counts_as_one_account_does(tmp_path: Path) -> None:
    numbers = count()
    with asyncio.Runner() as runner:
        store = runner.run(open_store(tmp_path / "bot.sqlite3"))

        async def counts(rows: list[AnswerRecord], accounts: list[str], chat: str) -> list[object]:
            contests = store.contests
            await contests.save(*rows)
            if len(accounts) == 2:
                await contests.link_accounts(accounts[0], accounts[1], NOON)
            ranked = [row for row in await contests.rank(chat, None, 9)]
            own = [replace(row, member="", chat="") for row in await contests.answers_of(accounts[-1])]
            return [[(row.points, row.answered, row.ms) for row in ranked], sorted(own, key=repr)]

        @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(HISTORY)
        def check(history: list[tuple[str, int, tuple[int, ...], bool, int, int, bool]]) -> None:
            number = next(numbers)
            one, other, alone = f"telegram:{number}", f"web:{number}", f"wecom:{number}"

            def rows(chat: str, of: tuple[str, str]) -> list[AnswerRecord]:
                return [
                    AnswerRecord(
                        contest if contest == REVIEW else f"{contest}-{chat}",
                        place,
                        of[second],
                        chat,
                        f"q{place}",
                        "p",
                        chosen,
                        right and chosen == (0,),
                        ms,
                        1,
                        NOON + timedelta(days=days),
                    )
                    for contest, place, chosen, right, ms, days, second in history
                ]

            joined = runner.run(counts(rows(f"a{number}", (one, other)), [one, other], f"a{number}"))
            single = runner.run(counts(rows(f"b{number}", (alone, alone)), [alone], f"b{number}"))
            assert repr(joined).replace(f"a{number}", "chat") == repr(single).replace(f"b{number}", "chat")

        check()
        runner.run(store.close())
