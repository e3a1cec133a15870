"""Versions whose meanings lack: served by words at once, by meaning when those are made, and nothing is held up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.knowledge.edit.amendment import AddQuestion
from bot.wording import Versions as Wording
from tests.unit.features.knowledge_versions.fixtures import SlowMeanings, VersionsHarness
from tests.unit.features.roles.fixtures import EDITOR
from tests.unit.library import POINTS

ASKED = "今年种了多少亩水稻"  # a phrasing of the document's own
EVERYDAY = "娃娃们念书的屋子"  # has no word of the passage that it means
SENSES = (("娃娃", "念书", "新变化"), ("水稻", "稻子", "田里"), ("修路", "村道", "公路"), ("镇长", "讲话"))
PHRASING = AddQuestion("school", "先生请了几位")


@asynccontextmanager
async def _harness(points: str = POINTS, **files: str) -> AsyncIterator[tuple[VersionsHarness, SlowMeanings]]:
    """A process that has begun and no meanings yet."""
    maker = SlowMeanings(SENSES)
    harness = VersionsHarness(points, **files)
    harness.maker = maker
    await harness.start()
    task = asyncio.create_task(harness.versions.keep_understanding(harness.tell))
    try:
        yield harness, maker
    finally:
        maker.let()
        task.cancel()


async def _waits(maker: SlowMeanings) -> None:
    """Until the next meaning is waited for."""
    assert await asyncio.to_thread(maker.waiting.wait, 20)


async def _understood(harness: VersionsHarness) -> None:
    """Until what is served is served by meaning too, and what is to be told of that is told."""
    async with asyncio.timeout(20):
        while harness.library.current.provisional:  # noqa: ASYNC110 - what is waited for is the swap itself
            await asyncio.sleep(0)
    await asyncio.sleep(0)


async def test_what_begins_without_meanings_answers_by_words_and_later_by_meaning() -> None:
    async with _harness() as (harness, maker):
        await _waits(maker)
        assert await harness.answers(ASKED) == "种植水稻3200亩"
        assert harness.library.current.ask(EVERYDAY).reason == "preparing"
        maker.let()
        await _understood(harness)
        assert harness.library.current.has_embeddings
        assert harness.library.current.ask(EVERYDAY).reason != "preparing"


async def test_a_folder_that_changes_is_served_before_its_meanings_are_made() -> None:
    async with _harness() as (harness, maker):
        maker.let()
        await _understood(harness)
        harness.write("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
        await harness.changes.changed()
        assert harness.versions.number == 2
        assert await harness.answers("镇长贵姓") == "讲话人是张远"


async def test_a_change_while_meanings_are_made_waits_for_none_of_them_and_none_is_made_twice() -> None:
    async with _harness() as (harness, maker):
        await _waits(maker)
        assert (await harness.versions.amend([PHRASING], author=EDITOR, note="关联")).number == 2
        assert await harness.answers(PHRASING.question) == "新建教学楼,招聘教师"
        harness.write("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
        await harness.changes.changed()
        assert harness.versions.number == 3
        assert len(maker.made) <= 1  # the version that was begun with is given up after the one that it was at
        maker.let()
        await _understood(harness)
        assert len(maker.made) == len(set(maker.made))
        assert set(harness.library.current.texts) <= set(maker.made)
        assert await harness.answers("镇长贵姓") == "讲话人是张远"


async def test_a_version_that_has_all_its_meanings_is_served_by_them_at_once() -> None:
    async with _harness() as (harness, maker):
        maker.let()
        await _understood(harness)
        harness.write("title: 第一部分·抓好春耕生产", "title: 第一部分")
        await harness.changes.changed()
        assert harness.versions.number == 2
        assert harness.library.current.has_embeddings


BY_WORDS = "老师一共招聘了几名"
GOLDEN = f"questions:\n  - {{ask: {EVERYDAY}, point: school}}\n  - {{ask: {BY_WORDS}, point: school}}\n"


async def test_golden_questions_that_only_meanings_answer_are_not_told_to_break_while_those_lack() -> None:
    async with _harness(**{"golden.yaml": GOLDEN}) as (harness, maker):
        maker.let()
        await _understood(harness)
        assert await harness.answers(EVERYDAY) == "新建教学楼,招聘教师"
        shown = await harness.send("points.yaml", POINTS.replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,"))
        assert Wording.GOLDEN_FINE.format(count=2) in shown.text
        assert Wording.GOLDEN_LATER in shown.text
        await harness.press(shown, "应用")
        await _understood(harness)
        assert harness.told == []


async def test_a_golden_question_that_breaks_by_words_is_told_before_there_are_meanings() -> None:
    async with _harness(**{"golden.yaml": GOLDEN}) as (harness, _):
        shown = await harness.send("points.yaml", POINTS[: POINTS.index("  - id: school")])
        broken = Wording.GOLDEN_BREAKS.format(ask=BY_WORDS, was="新建教学楼,招聘教师", now=Wording.NOT_ANSWERED)
        assert broken in shown.text


async def test_a_golden_question_that_breaks_by_meaning_alone_is_told_to_owners_when_meanings_are_there() -> None:
    async with _harness(**{"golden.yaml": GOLDEN}) as (harness, maker):
        maker.let()
        await _understood(harness)
        before = len(maker.made)
        maker.hold()
        harness.write(", 学校有什么新变化", "")  # nothing else of this point has the sense of what is asked
        harness.write("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
        await harness.changes.changed()
        [taken] = harness.told
        assert Wording.FOLDER_TAKEN.format(number=2) in taken.text
        await _waits(maker)
        maker.let()
        await _understood(harness)
        assert len(maker.made) == before + 1
        [_, worse] = harness.told
        assert worse.text.startswith("第 2 版的语义索引准备好了，检验题又查了一遍，有 1 道不如从前：")
        assert f"“{EVERYDAY}”" in worse.text
        assert [choice.action for choice in worse.choices] == ["a:rb-1"]


async def test_a_golden_question_that_somebody_let_break_is_not_told_again_when_meanings_are_there() -> None:
    async with _harness(**{"golden.yaml": GOLDEN}) as (harness, maker):
        maker.let()
        await _understood(harness)
        maker.hold()
        changed = POINTS[: POINTS.index("  - id: school")].replace("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
        shown = await harness.send("points.yaml", changed)
        assert f"✗ “{BY_WORDS}”" in shown.text and f"✗ “{EVERYDAY}”" not in shown.text
        await harness.press(await harness.press(shown, Wording.APPLY_ANYWAY), Wording.CONFIRM)
        await _waits(maker)
        maker.let()
        await _understood(harness)
        [worse] = harness.told
        assert f"“{EVERYDAY}”" in worse.text and BY_WORDS not in worse.text


async def test_without_a_model_that_works_the_bot_goes_on_by_words_and_says_no_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with _harness() as (harness, maker):
        maker.broken = True
        maker.let()
        await _understood(harness)
        assert harness.library.current.ask("明天下不下雨").reason not in {"preparing", "match"}
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == [
        "version 1 goes on by words alone, its meanings cannot be made: OSError('the model does not load')"
    ]


async def test_the_log_tells_what_is_decided_about_a_folder_and_why(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with _harness() as (harness, maker):
        await harness.changes.changed()
        harness.write("quote: 青山镇镇长 张远", "quote: 青山镇镇长 李远")
        await harness.changes.changed()
        harness.write("quote: 青山镇镇长 李远", "quote: 青山镇镇长 张远")
        harness.write("[镇长是谁,", "[镇长贵姓, 镇长是谁,")
        await harness.changes.changed()
        maker.let()
        await _understood(harness)
    said = "\n".join(record.message for record in caplog.records)
    for line in (
        "the folder is unchanged, version 1 is served",
        "the folder is not taken in: points.yaml:",
        "knowledge version 2 is served, by words",
        "the folder is taken in as version 2",
        "the meanings of version 1 are not waited for, version 2 is served",
        "knowledge version 2 is served by meaning too, after",
    ):
        assert line in said
