"""The knowledge folder is changed beside the real process: watched, asked for with SIGHUP, looked over by /reload."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.wording import Versions
from tests.e2e.admin_bot import ABOUT_ROAD, BROKEN, BROKEN_AT, GONE, LONG, LONGER, ROAD, SLOW, AdminBot, new_admin_bot
from tests.e2e.bot_process import write_knowledge
from tests.unit.library import POINTS, SOURCE


@pytest.fixture
async def admin_bot(tmp_path: Path) -> AsyncIterator[AdminBot]:
    async with new_admin_bot(tmp_path) as opened:
        yield opened


async def test_reload_refuses_a_broken_folder_and_tells_where_it_is_broken(admin_bot: AdminBot) -> None:
    before, mark = await admin_bot.version(), await admin_bot.telegram.mark()
    (admin_bot.knowledge / "points.yaml").write_text(BROKEN, encoding="utf-8")
    await admin_bot.told(mark, Versions.FOLDER_BROKEN)
    refused = await admin_bot.ask("/reload")
    assert refused.text.startswith(Versions.REFUSED.format(count=1))
    assert refused.text.splitlines()[1].startswith(BROKEN_AT)
    assert (refused.labels, await admin_bot.answer(ABOUT_ROAD), await admin_bot.version()) == ([], ROAD, before)


async def test_files_that_change_in_the_folder_are_taken_in_unless_something_breaks(admin_bot: AdminBot) -> None:
    path, before = admin_bot.knowledge / "points.yaml", await admin_bot.version()
    mark = await admin_bot.telegram.mark()
    path.write_text(LONGER, encoding="utf-8")
    taken = await admin_bot.told(mark, Versions.FOLDER_TAKEN.format(number=2))
    assert taken.labels == [Versions.ROLL_BACK.format(number=1)]
    second = await admin_bot.version()
    assert (await admin_bot.answer(ABOUT_ROAD), second == before) == (LONG, False)

    mark = await admin_bot.telegram.mark()
    path.write_text(BROKEN, encoding="utf-8")
    broken = await admin_bot.told(mark, Versions.FOLDER_BROKEN)
    assert BROKEN_AT in broken.text
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version()) == (LONG, second)

    mark = await admin_bot.telegram.mark()
    path.write_text(GONE, encoding="utf-8")
    asks = await admin_bot.told(mark, Versions.FOLDER_ASKS)
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version()) == (LONG, second)
    sure = await admin_bot.press(asks, Versions.APPLY_ANYWAY)
    await admin_bot.press(sure, Versions.CONFIRM)
    assert await admin_bot.answer(ABOUT_ROAD) == ""


async def test_a_folder_that_takes_the_place_of_another_is_taken_in_and_watched_on(admin_bot: AdminBot) -> None:
    new = write_knowledge(admin_bot.folder / "new")
    (new / "points.yaml").write_text(LONGER, encoding="utf-8")
    mark = await admin_bot.telegram.mark()
    admin_bot.knowledge.rename(admin_bot.folder / "old")
    new.rename(admin_bot.knowledge)
    await admin_bot.told(mark, Versions.FOLDER_TAKEN.format(number=2))
    assert await admin_bot.answer(ABOUT_ROAD) == LONG
    mark = await admin_bot.telegram.mark()
    (admin_bot.knowledge / "points.yaml").write_text(POINTS, encoding="utf-8")
    await admin_bot.told(mark, Versions.FOLDER_TAKEN.format(number=3))
    assert await admin_bot.answer(ABOUT_ROAD) == ROAD


async def test_files_that_change_in_the_folder_wait_where_others_were_sent(admin_bot: AdminBot) -> None:
    await admin_bot.applied(await admin_bot.send("points.yaml", LONGER))
    mark = await admin_bot.telegram.mark()
    (admin_bot.knowledge / "source.txt").write_text(f"{SOURCE}\n", encoding="utf-8")
    asks = await admin_bot.told(mark, Versions.FOLDER_AND_UPLOADS)
    assert await admin_bot.answer(ABOUT_ROAD) == LONG
    await admin_bot.press(asks, Versions.APPLY)
    assert await admin_bot.answer(ABOUT_ROAD) == ROAD


async def test_sighup_takes_in_what_broke_something_and_refuses_what_is_broken(admin_bot: AdminBot) -> None:
    path, before = admin_bot.knowledge / "points.yaml", await admin_bot.version()
    mark = await admin_bot.telegram.mark()
    path.write_text(BROKEN, encoding="utf-8")
    first = await admin_bot.told(mark, Versions.FOLDER_BROKEN)
    admin_bot.bot.send(signal.SIGHUP)
    again = await admin_bot.told(first, Versions.FOLDER_BROKEN)
    assert BROKEN_AT in again.text
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version()) == (ROAD, before)

    mark = await admin_bot.telegram.mark()
    path.write_text(GONE, encoding="utf-8")
    asks = await admin_bot.told(mark, Versions.FOLDER_ASKS)
    assert await admin_bot.answer(ABOUT_ROAD) == ROAD
    admin_bot.bot.send(signal.SIGHUP)  # whoever runs the server may not have seen yet what breaks
    asks_again = await admin_bot.told(asks, Versions.FOLDER_ASKS)
    assert await admin_bot.answer(ABOUT_ROAD) == ROAD
    admin_bot.bot.send(signal.SIGHUP)  # and now means it
    await admin_bot.told(asks_again, Versions.FOLDER_TAKEN.format(number=2))
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version() == before) == ("", False)

    admin_bot.bot.send(signal.SIGHUP)  # nothing is new
    assert await admin_bot.telegram.quiet(after=await admin_bot.telegram.mark(), timeout=SLOW) == []
