"""A paper in a real browser on the real bot: by taps, over reloads and kills, without JavaScript; every screen."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.records.papers import CompetitionRecord
from bot.storage.store import SqlStore
from bot.wording import Papers as Wording
from tests.e2e.browser import open_browser, serious_faults, small_targets, width_beyond
from tests.e2e.test_accessibility import NARROW, TWICE, WAYS
from tests.e2e.test_study_room import PHONE, SMALL, served, shoot, visitor

pytestmark = pytest.mark.asyncio(loop_scope="module")

COUNT = 5


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[str, Path]]:
    """A bot with a competition that runs; the address of its page, and its database."""
    folder = tmp_path_factory.mktemp("papers")
    await hold(folder, "c1")
    async with served(folder) as (address, _):
        yield f"{address}/paper/c1", database(folder)


def database(folder: Path) -> Path:
    return folder / "data" / "bot.sqlite3"


async def hold(folder: Path, name: str, *, minutes: int = 30) -> None:
    """Publish a competition before the bot starts."""
    now = datetime.now(UTC)
    ends_at = now + timedelta(days=2)
    of = CompetitionRecord(
        *(name, "冬季学习竞赛", now, ends_at, "", "", COUNT, minutes, 3, "best", "一支部\n二支部", False, "", now, "s")
    )
    store = await SqlStore.open(f"sqlite+aiosqlite:///{database(folder)}")
    await store.papers.save_competition(of)
    await store.close()


def right_answers(path: Path, paper: str) -> list[tuple[list[int], list[str]]]:
    """What is right in a paper: for each question the options, or what may be typed."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        [(body,)] = connection.execute("SELECT questions FROM papers WHERE id = ?", (paper,)).fetchall()
    return [(one["correct"], one["accepted"]) for one in json.loads(zlib.decompress(body))]


def answers_in(path: Path, paper: str) -> dict[int, tuple[str, str]]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT number, chosen, typed FROM paper_answers WHERE paper = ?", (paper,))
        return {row[0]: (row[1], row[2]) for row in rows}


async def begin(page: Page, name: str, branch: str = "一支部") -> str:
    """Begin a paper; its id."""
    await page.locator("input.name[name=name]").fill(name)
    await page.locator("select[name=branch]").select_option(branch)
    await page.get_by_role("button", name=Wording.BEGIN).click()
    await expect(page.locator(".paper-question")).to_have_count(COUNT)
    return await page.locator("input[name=paper]").input_value()


async def fill_in(page: Page, number: int, right: tuple[list[int], list[str]]) -> None:
    """Answer a question rightly, as somebody does who taps."""
    question = page.locator(".paper-question").nth(number)
    if right[1]:
        await question.locator("input.name").fill(right[1][0])
        return
    for index in right[0]:
        await question.locator(".option").nth(index).click()


async def faults_of(page: Page) -> list[str]:
    found = await serious_faults(page) + await page.evaluate(NARROW)
    found += [one for one in await small_targets(page) if 'type="radio"' not in one and 'type="checkbox"' not in one]
    return [*found, *(["wider than the screen"] if await width_beyond(page) > 0 else [])]


async def test_a_paper_is_written_by_taps_and_goes_on_after_a_reload(browser: Browser, site: tuple[str, Path]) -> None:
    address, path = site
    async with visitor(browser, address, **PHONE) as page:
        paper = await begin(page, "王芳")
        right = await asyncio.to_thread(right_answers, path, paper)
        await expect(page.locator("#clock")).to_contain_text("29:")
        for number in range(2):
            await fill_in(page, number, right[number])
        await expect(page.locator("#state")).to_have_text(Wording.ALL_SAVED)
        await expect(page.locator("#answered")).to_have_text(Wording.ANSWERED.format(answered=2, count=COUNT))
        assert set(await asyncio.to_thread(answers_in, path, paper)) == {0, 1}
        await page.reload()
        await expect(page.locator("#answered")).to_have_text(Wording.ANSWERED.format(answered=2, count=COUNT))
        for number in range(2, COUNT - 1):
            await fill_in(page, number, right[number])
        await expect(page.locator("#answered")).to_have_text(Wording.ANSWERED.format(answered=4, count=COUNT))
        asked: list[str] = []

        async def agree(dialog: Any) -> None:
            asked.append(dialog.message)
            await dialog.accept()

        page.on("dialog", agree)
        await page.locator("#give-in").click()
        await expect(page.locator(".paper-score")).to_have_text(Wording.SCORE.format(right=4, total=COUNT))
        assert asked == [Wording.GIVE_IN_MISSING.format(count=1)]
        await expect(page.locator(".mistakes li")).to_have_count(1)
        await expect(page.locator(".mistakes .quote")).to_be_visible()
        await page.get_by_role("link", name=Wording.SEE_RANKS).click()
        await expect(page.locator(".ranks .own").first).to_contain_text("王芳")


async def test_a_paper_is_written_without_javascript(browser: Browser, site: tuple[str, Path]) -> None:
    address, path = site
    async with visitor(browser, address, **SMALL, java_script_enabled=False) as page:
        paper = await begin(page, "李强", "二支部")
        right = await asyncio.to_thread(right_answers, path, paper)
        await fill_in(page, 0, right[0])
        await page.locator("#save").click()
        await expect(page.locator("[role=status]").first).to_have_text(Wording.SAVED)
        assert set(await asyncio.to_thread(answers_in, path, paper)) >= {0}
        for number in range(1, COUNT):
            await fill_in(page, number, right[number])
        await page.locator("#give-in").click()
        await expect(page.locator(".paper-score")).to_have_text(Wording.SCORE.format(right=COUNT, total=COUNT))


async def test_answers_given_without_a_network_are_saved_when_it_is_back(
    browser: Browser, site: tuple[str, Path]
) -> None:
    address, path = site
    context = await browser.new_context(locale="zh-CN", **PHONE)
    try:
        page = await context.new_page()
        await page.goto(address)
        paper = await begin(page, "赵敏")
        right = await asyncio.to_thread(right_answers, path, paper)
        await context.set_offline(True)
        for number in range(2):
            await fill_in(page, number, right[number])
        await expect(page.locator("#state")).to_have_text(Wording.NOT_SAVED)
        assert await asyncio.to_thread(answers_in, path, paper) == {}
        await context.set_offline(False)
        await expect(page.locator("#state")).to_have_text(Wording.ALL_SAVED, timeout=20_000)
        assert set(await asyncio.to_thread(answers_in, path, paper)) == {0, 1}
    finally:
        await context.close()


@pytest.mark.parametrize("way", WAYS)
async def test_no_screen_of_a_paper_has_a_serious_fault(browser: Browser, site: tuple[str, Path], way: str) -> None:
    address, path = site
    async with visitor(browser, "about:blank", **WAYS[way], reduced_motion="reduce") as page:
        if way == "large":
            await page.add_init_script(TWICE)
        faults: dict[str, list[str]] = {}

        async def look(name: str) -> None:
            await shoot(page, f"paper-{way}-{name}")
            if found := await faults_of(page):
                faults[name] = found

        await page.goto(address.rpartition("/")[0])
        await look("list")
        await page.goto(address)
        await look("start")
        paper = await begin(page, {"light": "甲一", "dark": "甲二", "large": "甲三", "desk": "甲四"}[way], "二支部")
        right = await asyncio.to_thread(right_answers, path, paper)
        await fill_in(page, 0, right[0])
        await expect(page.locator("#state")).to_have_text(Wording.ALL_SAVED)
        await look("paper")
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
        await page.locator("#give-in").click()
        await expect(page.locator(".paper-score")).to_be_visible()
        await look("result")
        await page.goto(f"{address}/ranks")
        await look("ranks")
        await page.goto(f"{address}/ranks?by=branch")
        await look("branches")
        await page.goto(f"{address}/certificate")
        await look("certificate")
        assert faults == {}


async def test_no_acknowledged_answer_is_lost_by_kills_and_none_counts_twice(tmp_path: Path) -> None:
    await hold(tmp_path, "c1")
    port, client = "0", httpx.AsyncClient(follow_redirects=True, timeout=10)
    acknowledged: dict[int, str] = {}
    paper, sent, chance = "", 0, random.Random(7)
    try:
        for life in range(3):
            async with served(tmp_path, HTTP_PORT=port) as (address, process):
                port = address.rpartition(":")[2]
                page = f"{address}/paper/c1"
                shown = (await client.get(page)).text
                if not paper:
                    shown = (await client.post(f"{page}/start", data={"name": "王芳", "branch": "一支部"})).text
                paper = shown.partition('name="paper" value="')[2].partition('"')[0]
                assert paper, "the paper is still being written"
                right = await asyncio.to_thread(right_answers, database(tmp_path), paper)
                unsure: set[int] = set()  # on its way when the bot was killed
                kill_after, dying = sent + chance.randrange(3, 12), None
                while dying is None or not dying.done():
                    number, choice = sent % COUNT, str(chance.randrange(2))
                    sent += 1
                    if sent == kill_after and life < 2:
                        dying = asyncio.create_task(process.kill())
                    try:
                        field = "t" if right[number][1] else "q"
                        unsure.add(number)
                        fields = {"paper": paper, f"{field}{number}": choice}
                        response = await client.post(f"{page}/answer", data=fields)
                    except httpx.HTTPError:
                        continue
                    if response.status_code == 200:
                        acknowledged[number] = choice
                        unsure.discard(number)
                    if life == 2 and sent > kill_after:
                        break
                found = await asyncio.to_thread(answers_in, database(tmp_path), paper)
                assert len(found) <= COUNT
                for number, choice in acknowledged.items():
                    assert number in unsure or choice in found[number], (life, number)
                if life == 2:
                    result = (await client.post(f"{page}/give-in", data={"paper": paper})).text
                    count = sum(found[number][0] == " ".join(map(str, one)) for number, (one, _) in enumerate(right))
                    assert Wording.SCORE.format(right=count, total=COUNT) in result
    finally:
        await client.aclose()
