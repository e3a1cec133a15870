"""Every screen of the page without a serious fault of axe-core: in the light, in the dark, with twice the text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.wording import Contests, Web
from tests.e2e.browser import open_browser, serious_faults, small_targets, width_beyond
from tests.e2e.test_study_room import DESK, PHONE, SMALL, answer, introduce, say, served, shoot, visitor

pytestmark = pytest.mark.asyncio(loop_scope="module")

TWICE = "document.addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')"
NARROW = """
() => [...document.querySelectorAll(".top h1, .top-name, .sheet h1, .block-title, .label, .text")]
  .filter((node) => node.getClientRects().length && node.textContent.trim().length > 3)
  .filter((node) => {
    const [box, size] = [node.getBoundingClientRect(), parseFloat(getComputedStyle(node).fontSize)];
    return box.width < 4 * size && box.height > 3 * size;
  })
  .map((node) => node.outerHTML.slice(0, 80))
"""
WAYS: dict[str, dict[str, Any]] = {
    "light": {**PHONE, "color_scheme": "light"},
    "dark": {**SMALL, "color_scheme": "dark"},
    "large": {**SMALL, "color_scheme": "light"},
    "desk": {**DESK, "color_scheme": "dark"},
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("way", WAYS)
async def test_no_screen_has_a_serious_fault(browser: Browser, tmp_path: Path, way: str) -> None:
    async with (
        served(tmp_path) as (address, _),
        visitor(browser, "about:blank", **WAYS[way], reduced_motion="reduce") as page,
    ):
        if way == "large":
            await page.add_init_script(TWICE)
        faults: dict[str, list[str]] = {}

        async def look(name: str) -> None:
            await shoot(page, f"axe-{way}-{name}")
            found = await serious_faults(page) + await small_targets(page) + await page.evaluate(NARROW)
            if await width_beyond(page) > 0:
                found.append("wider than the screen")
            fixed = await page.evaluate(
                """() => [".top", ".composer"].map((one) => document.querySelector(one)?.offsetHeight ?? 0)
                     .reduce((sum, height) => sum + height, 0) / window.innerHeight"""
            )
            if way == "large" and fixed > 0.25:
                found.append(f"header and input take {fixed:.0%}")
            if found:
                faults[name] = found

        await page.goto(address)
        await look("first")
        await say(page, "今年种了多少亩水稻")
        await look("answer")
        await page.goto(f"{address}/study")
        await look("study-guest")
        await page.locator(".entry").first.click()
        await expect(page.locator("#log")).to_contain_text(Contests.NAME_FIRST)
        await look("name")
        await introduce(page, "<b>")
        await expect(page.locator(".refusal")).to_have_text(Web.NAME_MARKS)
        await look("name-refused")
        await introduce(page, "王芳")
        await page.get_by_role("button", name="5 题").click()
        await expect(page.locator("#log")).to_contain_text("第 1/5 题")
        await look("question")
        await answer(page)
        await look("verdict")
        for path in ("/study", "/read", "/read?find=水稻", "/outline"):
            await page.goto(address + path)
            await look(path.strip("/").replace("?", "-"))
        await page.goto(f"{address}/read")
        await page.locator(".sentence").first.click()
        await look("read-picked")
        assert faults == {}
