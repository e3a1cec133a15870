"""A real browser for the tests, and what they ask of any page in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, Request, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOW_TO_GET_ONE = (
    "no browser found: install the system's Chromium, such as `apt-get install chromium fonts-noto-cjk`, "
    "or put it on the PATH as chromium, chromium-browser or google-chrome"
)


def find_browser() -> str:
    """The path of the system's browser. Without one the test is skipped, but fails where CI is set."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(HOW_TO_GET_ONE)
        pytest.skip(HOW_TO_GET_ONE)
    return found


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """The system's Chromium, headless, until the block ends."""
    path = find_browser()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def watched_page(browser: Browser, **device: Any) -> AsyncIterator[Page]:
    """A page of a context of its own on that device; at the end nothing may have been complained about."""
    watch = Watch()
    context = await browser.new_context(locale="zh-CN", **device)
    watch.over(context)
    page = await context.new_page()
    page.set_default_timeout(15_000)
    try:
        yield page
        assert watch.complaints == []
    finally:
        await context.close()


class Watch:
    """Everything that a page complained about: console errors, exceptions, breaches of the content policy."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watch every page of ``context``. A 404 that a test asks for is a complaint as well."""
        context.on("console", lambda message: self._note(message.type, message.text))
        context.on("weberror", lambda error: self._note("error", str(error.error)))
        context.on("requestfailed", self._failed)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what was still loading when the page was left
            self._note("error", f"{request.failure}: {request.url}")

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)


CONTRAST = """
(selectors) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (color) => {
    const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = color.slice(0, 3).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const color = rgba(getComputedStyle(node).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  const found = {};
  for (const selector of selectors) {
    for (const node of document.querySelectorAll(selector)) {
      if (!node.getClientRects().length) continue;
      const [a, b] = [light(rgba(getComputedStyle(node).color)), light(behind(node))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      found[selector] = Math.min(found[selector] ?? 99, ratio);
    }
  }
  return found;
}
"""


async def contrasts(page: Page, selectors: list[str]) -> dict[str, float]:
    """The least contrast (1–21) of text against its ground for each selector; none for what is not to be seen."""
    found: dict[str, float] = await page.evaluate(CONTRAST, selectors)
    return found


async def width_beyond(page: Page) -> int:
    """CSS pixels by which the page is wider than the window: anything above 0 scrolls sideways."""
    beyond: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return beyond


async def overlap(one: Locator, other: Locator) -> float:
    """The height in CSS pixels that ``one`` and ``other``, both as wide as the column, have in common."""
    a, b = await one.bounding_box(), await other.bounding_box()
    assert a is not None and b is not None
    return max(0.0, min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"]))


SMALL_TARGETS = """
(least) => [...document.querySelectorAll("button, input, a[href]")]
  .filter((node) => node.getClientRects().length && !node.closest(".skip"))
  .filter((node) => { const box = node.getBoundingClientRect(); return box.height < least || box.width < least; })
  .map((node) => node.outerHTML.slice(0, 80))
"""


async def small_targets(page: Page, least: int = 44) -> list[str]:
    """The buttons, fields and links that are less than ``least`` CSS pixels wide or high."""
    found: list[str] = await page.evaluate(SMALL_TARGETS, least)
    return found


async def serious_faults(page: Page) -> list[str]:
    """What axe-core (WCAG 2 A and AA, best practices) finds serious or critical on the page, each with its place."""
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    await page.evaluate(script)
    found: list[str] = await page.evaluate(
        """async () => (await axe.run()).violations
          .filter((fault) => ["serious", "critical"].includes(fault.impact))
          .flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 120)}`))"""
    )
    return found
