"""The knowledge folder is changed beside the real process: watched, asked for with SIGHUP, looked over by /reload."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.wording import Versions
from tests.e2e.bot_process import write_knowledge
from tests.e2e.office import ABOUT_ROAD, BROKEN, BROKEN_AT, GONE, LONG, LONGER, ROAD, SLOW, Office, new_office
from tests.unit.library import POINTS, SOURCE


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with new_office(tmp_path) as opened:
        yield opened


async def test_reload_refuses_a_broken_folder_and_tells_where_it_is_broken(office: Office) -> None:
    before, mark = await office.version(), await office.telegram.mark()
    (office.knowledge / "points.yaml").write_text(BROKEN, encoding="utf-8")
    await office.told(mark, Versions.FOLDER_BROKEN)
    refused = await office.ask("/reload")
    assert refused.text.startswith(Versions.REFUSED.format(count=1))
    assert refused.text.splitlines()[1].startswith(BROKEN_AT)
    assert (refused.labels, await office.answer(ABOUT_ROAD), await office.version()) == ([], ROAD, before)


async def test_files_that_change_in_the_folder_are_taken_in_unless_something_breaks(office: Office) -> None:
    path, before = office.knowledge / "points.yaml", await office.version()
    mark = await office.telegram.mark()
    path.write_text(LONGER, encoding="utf-8")
    taken = await office.told(mark, Versions.FOLDER_TAKEN.format(number=2))
    assert taken.labels == [Versions.ROLL_BACK.format(number=1)]
    second = await office.version()
    assert (await office.answer(ABOUT_ROAD), second == before) == (LONG, False)

    mark = await office.telegram.mark()
    path.write_text(BROKEN, encoding="utf-8")
    broken = await office.told(mark, Versions.FOLDER_BROKEN)
    assert BROKEN_AT in broken.text
    assert (await office.answer(ABOUT_ROAD), await office.version()) == (LONG, second)

    mark = await office.telegram.mark()
    path.write_text(GONE, encoding="utf-8")
    asks = await office.told(mark, Versions.FOLDER_ASKS)
    assert (await office.answer(ABOUT_ROAD), await office.version()) == (LONG, second)
    sure = await office.press(asks, Versions.APPLY_ANYWAY)
    await office.press(sure, Versions.CONFIRM)
    assert await office.answer(ABOUT_ROAD) == ""


async def test_a_folder_that_takes_the_place_of_another_is_taken_in_and_watched_on(office: Office) -> None:
    new = write_knowledge(office.folder / "new")
    (new / "points.yaml").write_text(LONGER, encoding="utf-8")
    mark = await office.telegram.mark()
    office.knowledge.rename(office.folder / "old")
    new.rename(office.knowledge)
    await office.told(mark, Versions.FOLDER_TAKEN.format(number=2))
    assert await office.answer(ABOUT_ROAD) == LONG
    mark = await office.telegram.mark()
    (office.knowledge / "points.yaml").write_text(POINTS, encoding="utf-8")
    await office.told(mark, Versions.FOLDER_TAKEN.format(number=3))
    assert await office.answer(ABOUT_ROAD) == ROAD


async def test_files_that_change_in_the_folder_wait_where_others_were_sent(office: Office) -> None:
    await office.applied(await office.send("points.yaml", LONGER))
    mark = await office.telegram.mark()
    (office.knowledge / "source.txt").write_text(f"{SOURCE}\n", encoding="utf-8")
    asks = await office.told(mark, Versions.FOLDER_AND_UPLOADS)
    assert await office.answer(ABOUT_ROAD) == LONG
    await office.press(asks, Versions.APPLY)
    assert await office.answer(ABOUT_ROAD) == ROAD


async def test_sighup_takes_in_what_broke_something_and_refuses_what_is_broken(office: Office) -> None:
    path, before = office.knowledge / "points.yaml", await office.version()
    mark = await office.telegram.mark()
    path.write_text(BROKEN, encoding="utf-8")
    first = await office.told(mark, Versions.FOLDER_BROKEN)
    office.bot.send(signal.SIGHUP)
    again = await office.told(first, Versions.FOLDER_BROKEN)
    assert BROKEN_AT in again.text
    assert (await office.answer(ABOUT_ROAD), await office.version()) == (ROAD, before)

    mark = await office.telegram.mark()
    path.write_text(GONE, encoding="utf-8")
    asks = await office.told(mark, Versions.FOLDER_ASKS)
    assert await office.answer(ABOUT_ROAD) == ROAD
    office.bot.send(signal.SIGHUP)  # whoever runs the server may not have seen yet what breaks
    asks_again = await office.told(asks, Versions.FOLDER_ASKS)
    assert await office.answer(ABOUT_ROAD) == ROAD
    office.bot.send(signal.SIGHUP)  # and now means it
    await office.told(asks_again, Versions.FOLDER_TAKEN.format(number=2))
    assert (await office.answer(ABOUT_ROAD), await office.version() == before) == ("", False)

    office.bot.send(signal.SIGHUP)  # nothing is new
    assert await office.telegram.quiet(after=await office.telegram.mark(), timeout=SLOW) == []
