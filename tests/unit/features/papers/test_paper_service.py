"""Papers: begun, saved answer by answer, given in by hand or by time, ranked; what is not allowed changes nothing."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from bot.errors import PaperRefusedError
from bot.features.papers.competitions import CompetitionPlan
from bot.features.papers.paper_service import GivenAnswer
from bot.quiz.paper import PaperRules
from bot.records.papers import PaperAnswerRecord, PaperRecord
from bot.wording import Papers as Wording
from tests.unit.features.papers.fixtures import Hall, answers, hall


async def refused(sentence: str, doing: object) -> None:
    with pytest.raises(PaperRefusedError) as told:
        await doing  # type: ignore[misc]  # any of the service's coroutines
    assert sentence.partition("{")[0] in str(told.value)


async def test_a_paper_is_answered_one_by_one_and_given_in(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        written = await there.start(of, "web:a")
        assert len(written.paper.questions) == 5 and not written.answers
        for number, given in answers(written, 3).items():
            written = await there.papers.save(written.paper.id, "web:a", {number: given})
        assert written.answered == 5 and written.next_open() is None
        there.time.now += timedelta(minutes=2)
        written = await there.papers.give_in(written.paper.id, "web:a")
        assert written.score.points == 3 and written.paper.ms == 120_000
        placement = (await there.papers.board(of)).placement("web:a")
        assert placement is not None and placement.score.points == 3


async def test_answers_that_come_with_the_giving_in_count_though_the_clock_goes_on(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:

        def ticking() -> datetime:
            there.time.now += timedelta(microseconds=1)
            return there.time.now

        there.papers._clock = ticking
        of = await there.publish()
        assert (await there.write(of, "web:a", 4)).score.points == 4
        placement = (await there.papers.board(of)).placement("web:a")
        assert placement is not None and placement.score.points == 4


async def test_a_paper_ends_by_itself_with_what_was_saved_though_the_bot_was_away(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        written = await there.start(of, "web:a")
        await there.papers.save(written.paper.id, "web:a", {0: answers(written, 5)[0]})
    async with hall(tmp_path) as there:
        there.time.now += timedelta(minutes=11)
        assert await there.papers.writing(of, "web:a") is None
        [placement] = (await there.papers.board(of)).persons
        assert placement.score.points == 1 and placement.score.ms == 600_000


async def test_a_restart_goes_on_with_the_same_questions_and_answers(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        before = await there.start(of, "web:a")
        before = await there.papers.save(before.paper.id, "web:a", {2: GivenAnswer((1,))})
    async with hall(tmp_path, bank=[]) as there:
        after = await there.papers.writing(of, "web:a")
        assert after == before
        assert await there.start(of, "web:a") == before


@pytest.mark.parametrize("given_in", [True, False])
async def test_nothing_changes_after_the_end(tmp_path: Path, *, given_in: bool) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        written = await there.start(of, "web:a")
        if given_in:
            await there.papers.give_in(written.paper.id, "web:a")
        else:
            there.time.now += timedelta(minutes=10)
        sentence = Wording.GIVEN_IN if given_in else Wording.LATE
        await refused(sentence, there.papers.save(written.paper.id, "web:a", {0: GivenAnswer((0,))}))
        after = await there.papers.give_in(written.paper.id, "web:a", answers(written, 5))
        assert after.score.points == 0 and not after.answers


async def test_a_paper_is_nobody_elses(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        written = await there.start(of, "web:a")
        await refused(Wording.NOT_YOURS, there.papers.save(written.paper.id, "web:b", {0: GivenAnswer((0,))}))
        await refused(Wording.NOT_YOURS, there.papers.give_in(written.paper.id, "web:b"))
        await refused(Wording.NOT_YOURS, there.papers.read(written.paper.id, "web:b"))
        await refused(Wording.NOT_YOURS, there.papers.read("nothing", "web:b"))
        assert not (await there.papers.read(written.paper.id, "web:a")).answers


async def test_a_linked_account_goes_on_with_the_paper_of_its_person(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        written = await there.start(of, "web:a")
        await there.store.contests.link_accounts("telegram:1", "web:a", there.time())
        assert await there.start(of, "telegram:1") == written
        await there.papers.give_in(written.paper.id, "telegram:1", answers(written, 4))
        [placement] = (await there.papers.board(of)).persons
        assert (placement.score.person, placement.score.points) == ("telegram:1", 4)


async def test_there_are_so_many_tries_a_day_by_the_clocks_of_the_zone(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        for _ in range(2):
            await there.write(of, "web:a", 1)
        await refused(Wording.NO_TRIES_TOMORROW, there.start(of, "web:a"))
        local = there.time().astimezone(there.papers._zone)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        there.time.now = midnight.astimezone(there.time().tzinfo) - timedelta(seconds=1)
        await refused(Wording.NO_TRIES_TOMORROW, there.start(of, "web:a"))
        there.time.now += timedelta(seconds=1)
        assert (await there.start(of, "web:a")).paper.number == 3


async def test_nobody_is_told_to_come_back_on_the_day_after_the_last(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        plan = there.plan()
        local = there.time().astimezone(there.papers._zone)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        of = await there.publish(CompetitionPlan(plan.title, plan.starts_at, midnight, PaperRules(5, 10, 1)))
        await there.write(of, "web:a", 1)
        with pytest.raises(PaperRefusedError) as told:
            await there.start(of, "web:a")
        assert str(told.value) == Wording.NO_TRIES.format(tries=1)


async def test_two_starts_at_once_are_one_paper(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        entrant = await there.competitions.enter(of, "web:a", "甲", "")
        found = await asyncio.gather(*(there.papers.start(of, entrant) for _ in range(5)))
        assert len({written.paper.id for written in found}) == 1


async def test_the_same_delivery_does_not_count_for_the_next_question(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        written = await there.start(of, "telegram:1")
        await there.papers.save(written.paper.id, "telegram:1", {0: GivenAnswer((1,))}, receipt=7)
        again = await there.papers.save(written.paper.id, "telegram:1", {1: GivenAnswer((1,))}, receipt=7)
        assert list(again.answers) == [0]


async def test_questions_and_options_that_are_not_there_are_refused_as_a_whole(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        written = await there.start(of, "web:a")
        ok = GivenAnswer((0,))
        await refused(Wording.NO_SUCH_QUESTION, there.papers.save(written.paper.id, "web:a", {0: ok, 5: ok}))
        await refused(
            Wording.NO_SUCH_OPTION, there.papers.save(written.paper.id, "web:a", {0: ok, 1: GivenAnswer((4,))})
        )
        assert not (await there.papers.read(written.paper.id, "web:a")).answers


async def test_branches_are_ranked_by_their_average_with_the_share_of_the_list(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        names = (("姓名a", "一支部"), ("姓名b", "一支部"), ("姓名c", "二支部"), ("姓名d", "二支部"))
        plan = there.plan()
        of = await there.publish(CompetitionPlan(plan.title, plan.starts_at, plan.ends_at, plan.rules, names=names))
        for person, right in (("web:a", 5), ("web:b", 2), ("web:c", 4)):
            await there.write(of, person, right)
        first, second = (await there.papers.board(of)).branches
        assert (first.score.branch, first.score.points, first.score.rate) == ("二支部", Fraction(4), Fraction(1, 2))
        assert (second.score.branch, second.score.points, second.score.rate) == ("一支部", Fraction(7, 2), Fraction(1))


async def test_only_names_on_the_list_take_part_each_for_one_person(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        names = (("张三", "一支部"), ("张三", "二支部"), ("李四", "一支部"))
        plan = there.plan()
        of = await there.publish(CompetitionPlan(plan.title, plan.starts_at, plan.ends_at, plan.rules, names=names))
        enter = there.competitions.enter
        await refused(Wording.NAME_NOT_LISTED, enter(of, "web:a", "王五", "一支部"))
        assert (await enter(of, "web:a", "李四", "")).branch == "一支部"
        await refused(Wording.NAME_IN_USE, enter(of, "web:b", "李四", ""))
        await refused(Wording.BRANCH_NOT_LISTED, enter(of, "web:b", "张三", ""))
        assert (await enter(of, "web:b", "张三", "二支部")).branch == "二支部"
        assert (await enter(of, "web:c", " 张三\u200b", "一支部")).name == "张三"
        assert (await enter(of, "web:c", "李四", "一支部")).name == "张三"


async def test_a_list_whose_names_are_padded_knows_them_without(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        names = (("张\u3000三", "一支部"), ("张三", "一支部"), ("王 小 明", "一支部"), ("Ann Lee", "二支部"))
        plan = there.plan()
        of = await there.publish(CompetitionPlan(plan.title, plan.starts_at, plan.ends_at, plan.rules, names=names))
        assert [row.name for row in await there.competitions.roster(of)] == ["张三", "王小明", "Ann Lee"]
        assert (await there.competitions.enter(of, "web:a", "张三", "")).branch == "一支部"
        assert (await there.competitions.enter(of, "web:b", "王小\u3000明", "")).name == "王小明"
        assert (await there.competitions.enter(of, "web:c", "Ann Lee", "")).name == "Ann Lee"


@pytest.mark.parametrize("name", ["", "<b>甲</b>", "甲" * 200, "\u202e\u0000", "=1+1'"])
async def test_a_name_that_cannot_be_shown_is_refused(tmp_path: Path, name: str) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        with pytest.raises(PaperRefusedError):
            await there.competitions.enter(of, "web:a", name, "")
        assert not await there.store.papers.entrants(of.id)


async def test_a_competition_begins_and_ends_at_its_time(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        plan = there.plan()
        later = there.time() + timedelta(hours=1)
        of = await there.publish(CompetitionPlan(plan.title, later, plan.ends_at, plan.rules))
        await refused(Wording.NOT_YET.partition("“")[0], there.start(of, "web:a"))
        there.time.now = plan.ends_at - timedelta(minutes=4)
        written = await there.start(of, "web:a")
        assert written.paper.due_at == plan.ends_at
        there.time.now = plan.ends_at
        await refused(Wording.OVER.partition("“")[0], there.start(of, "web:b"))


async def test_a_competition_that_is_ended_counts_what_was_written(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        written = await there.start(of, "web:a")
        await there.papers.save(written.paper.id, "web:a", {0: answers(written, 1)[0]})
        there.time.now += timedelta(minutes=1)
        await there.papers.end(of)
        await refused(Wording.LATE, there.papers.save(written.paper.id, "web:a", {1: GivenAnswer((0,))}))
        [placement] = (await there.papers.board(of)).persons
        assert placement.score.points == 1


async def test_no_answer_is_acknowledged_behind_an_end_that_comes_while_one_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        written = await there.start(of, "web:a")
        store, paper = there.papers._store, written.paper.id
        begun, go_on, save = asyncio.Event(), asyncio.Event(), store.save_answers

        async def slowly(*rows: PaperAnswerRecord) -> None:
            begun.set()
            await go_on.wait()
            await save(*rows)

        monkeypatch.setattr(store, "save_answers", slowly)
        saving = asyncio.create_task(there.papers.save(paper, "web:a", {0: answers(written, 5)[0]}))
        await begun.wait()
        there.time.now += timedelta(minutes=1)
        await there.papers.end(of)
        go_on.set()
        await saving
        there.time.now += timedelta(minutes=1)
        await refused(Wording.LATE, there.papers.save(paper, "web:a", {1: answers(written, 5)[1]}))
        assert (await there.papers.read(paper, "web:a")).score.points == 1


async def test_a_paper_begun_while_its_competition_is_ended_ends_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hall(tmp_path) as there, hall(tmp_path) as other:
        other.time.now = there.time.now
        of = await there.publish()
        store = there.papers._store
        start = store.start_paper

        async def overtaken(paper: PaperRecord) -> None:
            await other.papers.end(of)
            await start(paper)

        monkeypatch.setattr(store, "start_paper", overtaken)
        written = await there.start(of, "web:a")
        assert written.paper.due_at == there.time()
        await refused(Wording.LATE, there.papers.save(written.paper.id, "web:a", {0: GivenAnswer((0,))}))


async def test_what_is_forgotten_takes_no_answers_and_has_no_place(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        of = await there.publish()
        await there.write(of, "web:b", 3)
        await there.papers.board(of)
        written = await there.start(of, "web:a")
        await there.papers.forget("web:b")
        await there.papers.forget("web:a")
        await there.papers.save(written.paper.id, "web:a", {0: GivenAnswer((0,))})  # just before it is deleted
        for member in ("web:a", "web:b"):
            await there.store.contests.delete_member(member)
        await refused(Wording.NOT_YOURS, there.papers.save(written.paper.id, "web:a", {1: GivenAnswer((0,))}))
        assert not await there.store.papers.answers(written.paper.id)
        assert not (await there.papers.board(of)).persons
        again = await there.start(of, "web:a")
        again = await there.papers.save(again.paper.id, "web:a", {1: GivenAnswer((0,))})
        assert again.answered == 1 and again.paper.id in there.papers._writing


async def plan_refused(there: Hall, plan: CompetitionPlan) -> str:
    with pytest.raises(PaperRefusedError) as told:
        await there.competitions.check(plan)
    return str(told.value)


async def test_a_plan_that_cannot_be_held_is_told_why(tmp_path: Path) -> None:
    async with hall(tmp_path) as there:
        good = there.plan()
        assert await there.competitions.check(good) == good

        def plan(title: str = "甲", hours: float = 1, rules: PaperRules = good.rules) -> CompetitionPlan:
            return CompetitionPlan(title, good.starts_at, good.starts_at + timedelta(hours=hours), rules)

        assert await plan_refused(there, plan(title=" ")) == Wording.NO_TITLE
        assert "40" in await plan_refused(there, plan(title="甲" * 41))
        assert await plan_refused(there, plan(hours=0)) == Wording.BAD_WINDOW
        assert "92" in await plan_refused(there, plan(hours=24 * 93))
        assert "100" in await plan_refused(there, plan(rules=PaperRules(count=101)))
        assert "40" in await plan_refused(there, plan(rules=PaperRules(count=50)))


async def test_what_another_process_saved_behind_the_end_counts_for_nothing(tmp_path: Path) -> None:
    async with hall(tmp_path) as there, hall(tmp_path) as other:
        other.time = there.time
        other.papers._clock = there.time
        of = await there.publish()
        written = await there.start(of, "web:a")
        paper, given = written.paper.id, answers(written, 5)
        await other.papers.save(paper, "web:a", {0: given[0]})  # and holds it as being written from now on
        there.time.now += timedelta(minutes=1)
        await there.papers.give_in(paper, "web:a")
        there.time.now += timedelta(minutes=1)
        await other.papers.save(paper, "web:a", {1: given[1]})
        assert (await other.papers.read(paper, "web:a")).score.points == 1
        [placement] = (await there.papers.board(of)).persons
        assert placement.score.points == 1
        assert sum(one.answered for one in await there.papers.question_shares(of)) == 1
