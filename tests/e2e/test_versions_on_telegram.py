"""The versions that were, with the real process: looked at, brought back with one tap, and kept across kills."""

from __future__ import annotations

from pathlib import Path

from bot.wording import Versions
from tests.e2e.admin_bot import (
    ABOUT_ROAD,
    BREAKS,
    BROKEN,
    BROKEN_AT,
    GONE,
    LONG,
    LONGER,
    ROAD,
    SLOW,
    admin_bot,
    new_admin_bot,
    staff,
)
from tests.standin.client import Standin
from tests.unit.library import POINTS


async def test_history_diff_and_a_rollback_with_one_tap(tmp_path: Path) -> None:
    async with new_admin_bot(tmp_path) as one:
        first = await one.version()
        await one.applied(await one.send("points.yaml", LONGER))
        history = await one.ask("/history")
        newest, oldest = history.text.index("第 2 版"), history.text.index("第 1 版")
        assert newest < oldest
        assert "书记" in history.text
        assert "～ 要点“硬化村道12.5公里”：引文" in history.text
        assert Versions.FIRST_NOTE in history.text
        assert history.labels == [Versions.ROLL_BACK.format(number=1)]

        diff = await one.ask("/diff 2")
        assert "引文" in diff.text
        text = (await one.telegram.download(diff)).decode()
        assert f"-    quote: {ROAD}" in text
        assert f"+    quote: {LONG}" in text
        assert (await one.ask("/diff 1")).text == Versions.DIFF_FIRST
        assert (await one.ask("/diff 9")).text == Versions.NO_SUCH_VERSION.format(number=9)

        back = await one.press(history, Versions.ROLL_BACK.format(number=1))
        assert back.text == Versions.ROLLED_BACK.format(to=1, number=3)
        assert (await one.answer(ABOUT_ROAD), await one.version()) == (ROAD, first)
        await one.press(back, Versions.ROLL_BACK.format(number=2))
        assert await one.answer(ABOUT_ROAD) == LONG
        choice = await one.ask("/rollback")
        assert Versions.ROLL_BACK.format(number=1) in choice.labels


async def test_a_rollback_that_breaks_golden_questions_takes_a_second_yes(tmp_path: Path) -> None:
    async with new_admin_bot(tmp_path) as one:
        sure = await one.press(await one.send("points.yaml", GONE), Versions.APPLY_ANYWAY)
        done = await one.press(sure, Versions.CONFIRM)
        await one.press(done, Versions.ROLL_BACK.format(number=1))
        assert await one.answer(ABOUT_ROAD) == ROAD
        sure = await one.ask("/rollback 2")
        assert BREAKS in sure.text
        assert await one.answer(ABOUT_ROAD) == ROAD
        await one.press(sure, Versions.CONFIRM)
        assert await one.answer(ABOUT_ROAD) == ""


async def test_versions_and_rollbacks_outlast_a_kill(telegram: Standin, tmp_path: Path) -> None:
    people = await staff(telegram)
    async with admin_bot(telegram, tmp_path, *people) as one:
        first = await one.version()
        done = await one.applied(await one.send("points.yaml", LONGER))
        offered = await one.send("points.yaml", POINTS)
        await one.bot.kill()
    async with admin_bot(telegram, tmp_path, *people) as two:
        assert (await two.press(offered, Versions.DISCARD)).text == Versions.DISCARDED  # it still waited for a yes
        late = await two.boss.press(offered, Versions.APPLY)
        assert late.answer is not None and late.answer.text == Versions.GONE
        assert await two.answer(ABOUT_ROAD) == LONG
        assert "第 2 版" in (await two.ask("/history")).text
        back = await two.press(done, Versions.ROLL_BACK.format(number=1))  # the button of before
        assert back.text == Versions.ROLLED_BACK.format(to=1, number=3)
        await two.bot.kill()
    async with admin_bot(telegram, tmp_path, *people) as three:
        assert (await three.answer(ABOUT_ROAD), await three.version()) == (ROAD, first)
        assert (await three.ask("/reload")).text == Versions.SAME
        await three.bot.kill()
    async with admin_bot(telegram, tmp_path, *people) as four:
        history = await four.ask("/history")
        assert history.labels == [Versions.ROLL_BACK.format(number=number) for number in (2, 1)]
        await four.press(history, Versions.ROLL_BACK.format(number=2))
        assert await four.answer(ABOUT_ROAD) == LONG


async def test_a_folder_that_changed_while_the_bot_was_off_is_taken_in_at_the_start(
    telegram: Standin, tmp_path: Path
) -> None:
    people = await staff(telegram)
    async with admin_bot(telegram, tmp_path, *people) as one:
        assert await one.bot.stop() == 0
        points = one.knowledge / "points.yaml"
    points.write_text(LONGER, encoding="utf-8")
    async with admin_bot(telegram, tmp_path, *people) as two:
        told = await two.told(0, Versions.START_TAKEN.format(number=2))
        assert await two.answer(ABOUT_ROAD) == LONG
        await two.press(told, Versions.ROLL_BACK.format(number=1))
        assert await two.answer(ABOUT_ROAD) == ROAD
        assert await two.bot.stop() == 0
    mark = await telegram.mark()
    points.write_text(BROKEN, encoding="utf-8")
    async with admin_bot(telegram, tmp_path, *people) as three:
        told = await three.told(mark, Versions.START_BROKEN.format(number=3))
        assert BROKEN_AT in told.text
        assert (await three.answer(ABOUT_ROAD), told.labels) == (ROAD, [])
        points.write_text(POINTS, encoding="utf-8")  # what is served already
        assert (await three.ask("/reload")).text == Versions.SAME
        mark = await telegram.mark()
        points.write_text(LONGER, encoding="utf-8")
        await three.told(mark, Versions.FOLDER_TAKEN.format(number=4))
        assert await three.answer(ABOUT_ROAD) == LONG


async def test_an_apply_that_a_kill_cut_off_is_told_to_be_live_and_a_preview_outlasts_a_kill(
    telegram: Standin, tmp_path: Path
) -> None:
    people = await staff(telegram)
    async with admin_bot(telegram, tmp_path, *people) as one:
        offered = await one.send("points.yaml", LONGER)
        await one.bot.kill()
    async with admin_bot(telegram, tmp_path, *people) as two:
        await telegram.fault("sendMessage", "hang", seconds=30)
        await two.boss.press(offered, Versions.APPLY, wait=0)
        await telegram.struck("sendMessage", timeout=SLOW)  # it is served, and the confirmation is on its way
        await two.bot.kill()
    async with admin_bot(telegram, tmp_path, *people) as three:
        told = await three.press(offered, Versions.APPLY)
        assert told.text.startswith("这次改动已经换上了，不用再点：现在是第 2 版，")
        assert await three.answer(ABOUT_ROAD) == LONG
        said = [message.text for message in await three.boss.chat.messages()]
        assert Versions.GONE not in said
