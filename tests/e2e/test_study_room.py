"""The page as a study room, in a real browser on the real bot: a name, practice, the book of wrong answers, ranks."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.wording import Contests, Web
from tests.e2e.bot_process import BotProcess, bot_process
from tests.e2e.browser import open_browser, small_targets, watched_page, width_beyond

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SMALL: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
KEPT = """() => new Promise((done) => {
  const timer = setInterval(() => { if (localStorage.getItem("read-place")) { clearInterval(timer); done(); } }, 50);
})"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@asynccontextmanager
async def served(folder: Path, **settings: str) -> AsyncIterator[tuple[str, BotProcess]]:
    """A bot on the small document, and the address of its page."""
    async with bot_process(folder, **settings) as process:
        await process.says("http://127.0.0.1:")
        found = re.search(r"http://127\.0\.0\.1:\d+", process.output)
        assert found is not None
        yield found[0], process


@asynccontextmanager
async def visitor(browser: Browser, address: str, **device: Any) -> AsyncIterator[Page]:
    """A page at ``address``; at the end nothing may have been complained about."""
    async with watched_page(browser, **device) as page:
        await page.goto(address)
        yield page


async def shoot(page: Page, name: str) -> None:
    """A screenshot where somebody wants to look at it."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def introduce(page: Page, name: str) -> None:
    """Say a name in the form that stands last on the page."""
    await page.locator("input.name").last.fill(name)
    await page.locator(".name-form .main-link").last.click()


async def answer(page: Page) -> None:
    """Answer the open question by its first option, and wait for the verdict."""
    questions = page.locator(".options:not(.answered)")
    await expect(questions).to_have_count(1)
    if await page.locator(".several").count():
        await page.locator(".several input[type=checkbox]").first.check()
        await page.locator(".several .main-link").click()
    else:
        await questions.locator("button.option").first.click()
    await expect(page.locator("#log")).to_contain_text(re.compile("答对了|答错了"))


async def test_a_visitor_says_a_name_once_and_practises_to_the_end(browser: Browser, tmp_path: Path) -> None:
    async with served(tmp_path) as (address, _), visitor(browser, address, **PHONE) as page:
        await shoot(page, "first-visit")
        await page.get_by_role("link", name=Web.STUDY).click()
        await shoot(page, "study-guest")
        assert await small_targets(page) == [] and await width_beyond(page) == 0
        await page.locator(".entry").first.click()
        await expect(page.locator("#log")).to_contain_text(Contests.NAME_FIRST)
        await shoot(page, "name-asked")
        await introduce(page, "王芳")
        await expect(page.locator("#log")).to_contain_text("不限时间")
        await shoot(page, "menu")
        await page.get_by_role("button", name="5 题").click()
        for number in range(1, 6):
            await expect(page.locator("#log")).to_contain_text(f"第 {number}/5 题")
            await shoot(page, f"question-{number}")
            before = await page.locator("#log .exchange").count()
            await answer(page)
            await shoot(page, f"verdict-{number}")
            assert await small_targets(page) == [] and await width_beyond(page) == 0
            if number < 5:
                await page.get_by_role("button", name=Contests.REVIEW_NEXT).last.click()
            assert before
        await expect(page.locator("#log")).to_contain_text("答题结束")
        await expect(page.locator("#log")).to_contain_text("王芳")
        await shoot(page, "board")


async def test_a_round_goes_on_after_the_bot_was_killed_and_the_browser_closed(
    browser: Browser, tmp_path: Path
) -> None:
    state = tmp_path / "browser.json"
    async with served(tmp_path) as (address, process), visitor(browser, f"{address}/study", **SMALL) as page:
        port = address.rpartition(":")[2]
        await introduce(page, "李强")
        await expect(page.locator("h1")).to_contain_text("李强")
        await page.goto(address)
        await say(page, "答题 2")
        await answer(page)
        await page.get_by_role("button", name=Contests.REVIEW_NEXT).last.click()
        await expect(page.locator("#log")).to_contain_text("第 2/2 题")
        await page.context.storage_state(path=state)
        await process.stop()
    async with (
        served(tmp_path, HTTP_PORT=port) as (again, _),
        visitor(browser, again, **SMALL, storage_state=str(state)) as page,
    ):
        await expect(page.locator("#log")).to_contain_text("第 2/2 题")
        await answer(page)
        await expect(page.locator("#log")).to_contain_text("答题结束")
        await page.goto(f"{again}/study")
        await page.get_by_role("button", name="错题本").click()
        await shoot(page, "wrong")
        await page.goto(f"{again}/study")
        await page.get_by_role("button", name="我的成绩").click()
        await expect(page.locator("#log")).to_contain_text("一共答了 2 题")
        await page.goto(f"{again}/study")
        await page.get_by_role("button", name="排行").click()
        await expect(page.locator("#log")).to_contain_text("李强")
        await shoot(page, "rank")
        await page.goto(f"{again}/study")
        await page.locator("summary").click()
        await shoot(page, "settings")
        await page.get_by_role("button", name=Web.CLEAR).click()
        await expect(page.locator("#log .exchange")).to_have_count(1)


async def test_without_javascript_a_round_is_played_as_well(browser: Browser, tmp_path: Path) -> None:
    async with (
        served(tmp_path) as (address, _),
        visitor(browser, address, **PHONE, java_script_enabled=False) as page,
    ):
        await say(page, "答题 2")
        await introduce(page, "赵敏")
        for number in (1, 2):
            await expect(page.locator("#latest ~ .exchange, #latest").last).to_contain_text(f"第 {number}/2 题")
            await answer(page)
            await expect(page.locator("#latest")).to_be_in_viewport()
            if number == 1:
                await page.get_by_role("button", name=Contests.REVIEW_NEXT).last.click()
        await expect(page.locator("#log")).to_contain_text("答题结束")


async def test_the_whole_text_is_read_searched_and_copied_with_its_place(browser: Browser, tmp_path: Path) -> None:
    async with served(tmp_path) as (address, _), visitor(browser, address, **PHONE) as page:
        await say(page, "今年种了多少亩水稻")
        await page.get_by_role("link", name=Web.IN_WHOLE_TEXT).last.click()
        target = page.locator(".sentence:target")
        await expect(target).to_be_in_viewport()
        await expect(target).to_contain_text("水稻")
        await shoot(page, "read-target")
        await target.click()
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await page.get_by_role("button", name=Web.COPY_WITH_PLACE_LABEL).click()
        await expect(page.locator("#copied")).to_have_text(Web.COPIED)
        copied = await page.evaluate("navigator.clipboard.readText()")
        assert "水稻" in copied and "——《青山镇春季工作讲话》" in copied
        await shoot(page, "read-copied")
        assert await small_targets_but_sections(page) == [] and await width_beyond(page) == 0
        size = "node => parseFloat(getComputedStyle(node).fontSize)"
        before = await target.evaluate(size)
        await page.locator("#larger").click()
        assert await target.evaluate(size) > before
        await page.locator("#find").fill("水稻")
        await page.locator("#find").press("Enter")
        await expect(page.locator("mark").first).to_have_text("水稻")
        await shoot(page, "found")
        assert await small_targets(page) == [] and await width_beyond(page) == 0
        await page.locator(".point-list a").last.click()
        await expect(page.locator(".sentence:target")).to_be_in_viewport()
        last = page.locator(".sentence").last
        await last.scroll_into_view_if_needed()
        await page.evaluate("window.dispatchEvent(new Event('scroll'))")
        await page.evaluate(KEPT)
        await page.goto(f"{address}/read")
        assert await page.locator(".sentence").first.evaluate(size) > before  # kept


async def small_targets_but_sections(page: Page) -> list[str]:
    """Small targets that are to be seen: what is folded away has no size."""
    return [found for found in await small_targets(page) if "#s" not in found]


async def say(page: Page, text: str) -> None:
    """Type ``text`` and send it; returns when something new stands there."""
    replies = page.locator("#log .exchange:not(.pending)")
    before = await replies.count()
    await page.locator("#question").fill(text)
    await page.locator(".send").click()
    await expect(page.locator(".pending")).to_have_count(0)
    await expect(replies.nth(before)).to_be_visible()
