"""Questions without an answer, with the real process: given to a point on a phone, across kills, into the export."""

from __future__ import annotations

from pathlib import Path

from bot.wording import Misses, NewPoint
from tests.e2e.admin_bot import AdminBot, admin_bot, command, new_admin_bot, staff
from tests.standin.client import Standin
from tests.unit.library import POINTS, SOURCE

BENCHES = "操场边放了几条长凳"  # the document does not say: no admin, no answer
LUNCH = "村里的食堂几点开饭"
SCHOOL = "新建教学楼一栋,招聘教师15名,让孩子在家门口上学。"


async def linked(one: AdminBot) -> None:
    """The owner gives the largest group to the point about the school."""
    card = await one.ask("/misses")
    assert BENCHES in card.text
    sections = await one.press(card, Misses.OTHER)
    look = await one.press(await one.press(sections, "办好村里的学校"), "新建教学楼")
    assert SCHOOL in look.text  # what members would be told then
    done = await one.press(look, Misses.LINK_SURELY)
    assert done.text.startswith("已关联到“新建教学楼,招聘教师”，现在就生效")
    assert done.labels == [f"1. {Misses.UNDO}"]


async def test_a_declined_question_that_is_given_to_a_point_is_answered_from_then_on(
    telegram: Standin, tmp_path: Path
) -> None:
    people = await staff(telegram)
    exported, again = tmp_path / "exported", tmp_path / "again"
    async with admin_bot(telegram, tmp_path, *people) as one:
        before = await one.version()
        assert await one.answer(BENCHES) == ""
        await linked(one)
        assert await one.answer(BENCHES) == SCHOOL
        await one.bot.kill()
    async with admin_bot(telegram, tmp_path, *people) as two:
        assert await two.answer(BENCHES) == SCHOOL
        assert (await two.ask("/misses")).text == Misses.NONE.format(days=90)

        status, told = await command(tmp_path, "export", "-o", str(exported))
        assert (status, "第 2 版已写到" in told) == (0, True)
        text = (exported / "points.yaml").read_bytes().decode()
        assert text.replace(f", {BENCHES}]", "]") == POINTS
        assert text.count(BENCHES) == 1
        assert (exported / "source.txt").read_bytes().decode() == SOURCE
        assert (await command(tmp_path, "check", str(exported)))[0] == 0
        _, answered = await command(tmp_path, "ask", "--knowledge", str(exported), BENCHES)
        assert SCHOOL in answered

        done = [message for message in await two.boss.chat.messages() if message.text.startswith("已关联")][-1]
        undone = await two.press(done, Misses.UNDO)
        assert undone.text == Misses.UNDONE.format(number=3)
        assert (await two.answer(BENCHES), await two.version()) == ("", before)
        assert (await two.press(done, Misses.UNDO)).text == Misses.UNDO_GONE
        assert BENCHES in (await two.ask("/misses")).text
        await two.bot.kill()
    async with admin_bot(telegram, tmp_path, *people) as three:
        assert await three.answer(BENCHES) == ""
        assert (await command(tmp_path, "export", "-o", str(again)))[0] == 0
        assert (again / "points.yaml").read_bytes().decode() == POINTS


async def test_a_new_point_is_made_step_by_step_and_outlasts_a_kill(telegram: Standin, tmp_path: Path) -> None:
    people = await staff(telegram)
    quote = "其中县级补助180万元"
    async with admin_bot(telegram, tmp_path, *people) as one:
        assert await one.answer(LUNCH) == ""
        step = await one.press(await one.ask("/misses"), Misses.NEW)
        step = await one.press(step, "修好进村道路")
        assert "请发引文开头的几个字" in step.text
        assert "原文里找不到“没有的话”" in (await one.ask("没有的话")).text
        assert SOURCE[SOURCE.index("其中县级") :][:10] in (await one.ask("其中县级")).text
        titled = await one.ask("180万元")
        assert quote in titled.text
        assert NewPoint.QUESTION.format(question=LUNCH) in (await one.press(titled, NewPoint.TAKE_TITLE)).text
        more = await one.ask("食堂早上几点开门\n给食堂补助了多少")
        preview = await one.press(more, NewPoint.TO_PREVIEW)
        assert await one.answer(LUNCH) == ""
        assert quote in preview.text
        added = await one.press(preview, NewPoint.ADD)
        assert added.text == Misses.ADDED.format(title=quote, number=2)
        assert quote in await one.answer(LUNCH)
        await one.bot.kill()
    async with admin_bot(telegram, tmp_path, *people) as two:
        assert quote in await two.answer(LUNCH)
        assert (await two.press(added, Misses.UNDO)).text == Misses.UNDONE.format(number=3)
        assert await two.answer(LUNCH) == ""


async def test_a_group_that_is_ignored_is_listed_no_more_until_that_is_undone(tmp_path: Path) -> None:
    async with new_admin_bot(tmp_path) as one:
        assert (await one.ask("未答")).text == Misses.NONE.format(days=90)
        assert await one.answer(BENCHES) == await one.answer(LUNCH) == ""
        await one.ask(BENCHES, by=one.ann)
        card = await one.ask("/misses")
        assert BENCHES in card.text
        ignored = await one.press(card, Misses.IGNORE)
        assert ignored.text == Misses.IGNORED
        following = await one.press(ignored, Misses.NEXT)
        assert LUNCH in following.text
        assert (await one.press(card, Misses.IGNORE)).text.startswith(Misses.CHANGED)
        assert (await one.press(ignored, Misses.UNDO)).text == Misses.UNDONE_ONLY
        assert BENCHES in (await one.ask("/misses")).text
