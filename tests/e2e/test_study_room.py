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
from tests.e2e.browser import Watch, open_browser, small_targets, width_beyond

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SMALL: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
QUESTION = "#log .exchange:last-child .options:not(.answered)"


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
    watch = Watch()
    context = await browser.new_context(locale="zh-CN", **device)
    watch.over(context)
    page = await context.new_page()
    page.set_default_timeout(15_000)
    try:
        await page.goto(address)
        yield page
        assert watch.complaints == []
    finally:
        await context.close()


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
