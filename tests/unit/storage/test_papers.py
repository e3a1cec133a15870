"""Competitions and papers in the database: a paper stands, its answers replace each other, results are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.records.papers import CompetitionRecord, EntrantRecord, PaperAnswerRecord, PaperRecord, RosterRecord
from bot.storage.store import SqlStore
from tests.unit.storage.rows import NOON

COMPETITION = CompetitionRecord(
    *("c", "冬季学习", NOON, NOON + timedelta(days=3), "", "", 2, 10, 2, "best", "", True, "a", NOON, "s")
)


def paper(name: str, member: str = "m", number: int = 1, *, minutes: int = 0) -> PaperRecord:
    started_at = NOON + timedelta(minutes=minutes)
    return PaperRecord(name, "c", member, number, started_at, started_at + timedelta(minutes=10), 2, b"q")


def entrant(member: str = "m", name: str = "甲") -> EntrantRecord:
    return EntrantRecord("c", member, name, "一支部", NOON)


def answer(of: str, number: int, *, right: bool = True, chosen: tuple[int, ...] = (1,)) -> PaperAnswerRecord:
    return PaperAnswerRecord(of, number, f"q{number}", chosen, "", right, 7, NOON)


async def test_a_competition_is_read_as_it_was_saved_with_its_list_of_names(store: SqlStore) -> None:
    names = [
        RosterRecord("c", "张三", "一支部"),
        RosterRecord("c", "张三", "二支部"),
        RosterRecord("c", "李四", "一支部"),
    ]
    await store.papers.save_competition(COMPETITION, names)
    assert await store.papers.competition("c") == COMPETITION
    assert list(await store.papers.competitions()) == [COMPETITION]
    assert list(await store.papers.branches_on_roster("c", "张三")) == ["一支部", "二支部"]
    assert await store.papers.count_roster("c") == {"一支部": 2, "二支部": 1}


async def test_a_competition_is_deleted_with_all_names_when_it_is_long_over(store: SqlStore) -> None:
    papers, ends_at = store.papers, COMPETITION.ends_at
    later = replace(COMPETITION, id="d", ends_at=ends_at + timedelta(days=1))
    for one in (COMPETITION, later):
        await papers.save_competition(one, [RosterRecord(one.id, "张三", "一支部")])
        await papers.save_entrant(replace(entrant(), competition=one.id))
        await papers.start_paper(replace(paper(f"p{one.id}"), competition=one.id))
        await papers.save_answers(answer(f"p{one.id}", 0))
    assert await store.delete_before(ends_at) == 0
    assert await store.delete_before(ends_at + timedelta(seconds=1)) == 5
    assert list(await papers.competitions()) == [later]
    assert not await papers.roster("c") and not await papers.entrants("c")
    assert await papers.paper("pc") is None and not await papers.answers("pc")
    assert await papers.roster("d") and await papers.entrants("d") and await papers.answers("pd")


async def test_papers_of_a_channel_are_left_out_of_those_being_written(store: SqlStore) -> None:
    await store.papers.start_paper(paper("p", "web:a"))
    await store.papers.start_paper(paper("q", "telegram:1"))
    assert [one.id for one in await store.papers.open_papers(NOON, besides="web")] == ["q"]
    assert len(await store.papers.open_papers(NOON)) == 2


async def test_a_second_paper_of_the_same_id_changes_nothing(store: SqlStore) -> None:
    await store.papers.start_paper(paper("p"))
    await store.papers.give_in("p", NOON + timedelta(minutes=1))
    await store.papers.start_paper(paper("p", minutes=5))
    assert await store.papers.paper("p") == replace(paper("p"), given_in_at=NOON + timedelta(minutes=1))


async def test_a_paper_is_given_in_once(store: SqlStore) -> None:
    await store.papers.start_paper(paper("p"))
    await store.papers.give_in("p", NOON + timedelta(minutes=1), [answer("p", 0)])
    await store.papers.give_in("p", NOON + timedelta(minutes=2))
    kept = await store.papers.paper("p")
    assert kept is not None and kept.given_in_at == NOON + timedelta(minutes=1)
    assert list(await store.papers.answers("p")) == [answer("p", 0)]


async def test_results_count_the_present_answers_of_papers_that_are_over(store: SqlStore) -> None:
    await store.papers.start_paper(paper("p"))
    await store.papers.start_paper(paper("q", minutes=5))
    await store.papers.save_answers(answer("p", 0, right=False), answer("p", 1), answer("q", 0))
    await store.papers.save_answers(answer("p", 0))
    await store.papers.save_answers(answer("p", 1, chosen=()))
    assert list(await store.papers.results("c", NOON + timedelta(minutes=9))) == []
    [result] = await store.papers.results("c", NOON + timedelta(minutes=10))
    assert (result.paper, result.points, result.total, result.ms) == ("p", 1, 2, 600_000)
    assert len(await store.papers.results("c", NOON + timedelta(minutes=15))) == 2


async def test_results_of_linked_accounts_are_those_of_one_person(store: SqlStore) -> None:
    await store.contests.link_accounts("telegram:1", "web:2", NOON)
    await store.papers.start_paper(paper("p", "telegram:1"))
    await store.papers.start_paper(paper("q", "web:2", 2))
    await store.papers.save_entrant(entrant("web:2", "乙"))
    await store.papers.save_entrant(entrant("telegram:1"))
    found = await store.papers.results("c", NOON + timedelta(days=1))
    assert await store.papers.entrants_by_person("c") == {"telegram:1": entrant("telegram:1")}
    assert {one.person for one in found} == {"telegram:1"} and len(found) == 2


async def test_a_competition_that_is_ended_ends_the_papers_being_written(store: SqlStore) -> None:
    await store.papers.save_competition(COMPETITION)
    await store.papers.start_paper(paper("p"))
    await store.papers.end_competition("c", NOON + timedelta(minutes=3))
    ended = await store.papers.competition("c")
    assert ended is not None and ended.ends_at == NOON + timedelta(minutes=3)
    [result] = await store.papers.results("c", NOON + timedelta(minutes=3))
    assert result.ms == 180_000


async def test_a_member_who_is_deleted_leaves_no_paper_and_no_answer(store: SqlStore) -> None:
    await store.papers.save_entrant(entrant())
    await store.papers.start_paper(paper("p"))
    await store.papers.save_answers(answer("p", 0))
    await store.contests.delete_member("m")
    assert await store.papers.paper("p") is None
    assert list(await store.papers.answers("p")) == [] and list(await store.papers.entrants("c")) == []
